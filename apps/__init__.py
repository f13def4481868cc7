"""The programs. Windows, command line and platform stand on core; nothing stands on them."""

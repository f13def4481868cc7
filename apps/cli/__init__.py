"""The command line `tenderbox`: every job of a window as a command."""

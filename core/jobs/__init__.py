"""One use case a file. Jobs see ports and pure rooms, never adapters."""

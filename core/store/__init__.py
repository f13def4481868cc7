"""What survives on this machine: drafts and whole files, durable on return."""

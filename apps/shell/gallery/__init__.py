"""Every component in every state that matters, with neutral demo content."""

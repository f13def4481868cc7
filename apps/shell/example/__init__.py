"""The worked example: one screen from state to view, to be read beside docs/add-a-screen.md and copied."""

"""Where keys live. Chosen in one place, the composition root of the core."""

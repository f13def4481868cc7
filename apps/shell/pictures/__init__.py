"""``--picture``: one screen with demo content, drawn offscreen into a PNG file."""

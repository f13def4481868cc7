"""Things side by side: one column each, one criterion a row, differences in words."""

"""Forms from a schema: typed fields, tolerant entry, limits in words, and the widgets that show them."""

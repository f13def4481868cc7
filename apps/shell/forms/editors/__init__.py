"""The widgets that take an entry, one for each kind of field."""

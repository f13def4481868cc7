"""Choosing between mine and theirs where both changed the same thing."""

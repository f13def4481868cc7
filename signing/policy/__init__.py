"""The release policy: who may open what together, and how a key is shared over it."""

"""Adapters of the platform port: how signed objects travel."""

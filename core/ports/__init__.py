"""Protocols between jobs and the outside: clock, progress, drafts, platform, keys, documents. No adapters here."""

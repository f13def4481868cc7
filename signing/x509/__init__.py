"""Certificates, revocation lists, trust lists, path validation, key files."""

"""Signed and enveloped messages in the form of GB/T 35275, and session keys."""

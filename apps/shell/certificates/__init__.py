"""Choosing a certificate and entering its PIN: every state of a key in words, the PIN nowhere kept."""

"""Limits on what comes from outside, in one place for certificates, revocation lists and messages."""

from __future__ import annotations

CERTIFICATE_BYTES = 64 * 1024
CRL_BYTES = 8 * 1024 * 1024
TRUST_LIST_BYTES = 32 * 1024 * 1024
TRUST_ENTRIES = 1000  # roots, issuers or lists each
CHAIN_CERTIFICATES = 8  # in one message, signer included
CHAIN_CRLS = 8  # in one message
SIGNED_DATA_BYTES = 16 * 1024 * 1024
ENVELOPE_BYTES = 256 * 1024
RECIPIENTS = 64  # of one envelope
SECRET_BYTES = 1024  # content of one envelope: keys and shares, never documents
PATH_CANDIDATES = 8  # paths tried for one certificate
PATH_LENGTH = 6  # certificates from leaf to root
KEY_FILE_BYTES = 64 * 1024
KDF_ITERATIONS = 10_000_000  # more would be a way to stop the program

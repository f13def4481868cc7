"""Every number of the sealed container in one place. Source: docs/spec/sealed-bid.md §2, §3."""

from __future__ import annotations

import re

MAGIC = b"\x89TBX\r\n\x1a\n"
VERSION = 0
SUITE = 1  # SM2, SM3, SM4-GCM

PREAMBLE_BYTES = len(MAGIC) + 2 + 4  # magic, version, header length
HEADER_LIMIT = 1 << 20  # bytes
BODY_LIMIT = 4096  # bytes of the trailer's body
SIGNATURE_LIMIT = 1 << 18  # bytes
STAGE_LIMIT = 8
WRAP_LIMIT = 16384  # bytes of DER
PART_LIMIT = 1024
PADDED_LIMIT = 1 << 36  # bytes of one part
CHUNK_LIMIT = 1 << 18  # chunks of one file
CONTEXT_LIMIT = 64  # fields
CONTEXT_VALUE_LIMIT = 4096  # bytes of UTF-8

CHUNK_SIZE_STEP = 1 << 16  # bytes
CHUNK_SIZE_MAX = 1 << 22  # bytes
DEFAULT_CHUNK_SIZE = 1 << 20  # bytes

FILE_ID_BYTES = 16
DIGEST_BYTES = 32
TAG_BYTES = 16  # of one chunk
LENGTH_BYTES = 8  # the u64 before the content of a part

IDENTIFIER = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
CONTEXT_NAME = re.compile(r"[a-z][a-z0-9_]{0,63}")

_PRICE_STEP = 1 << 16  # bytes
_STEP = 1 << 10  # bytes


def padded_length(kind: str, content_length: int) -> int:
    """The length of a part as the header shows it: one price list looks like another."""
    step = _PRICE_STEP if kind in {"price", "summary"} else _STEP
    return -(-(LENGTH_BYTES + content_length) // step) * step

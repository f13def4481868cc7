"""What a cell of a draft holds, once its type is known: SQLite keeps any type, and a stranger's draft may use that."""

from __future__ import annotations

import sqlite3

from signing.canonical_json import NODE_LIMIT, SIZE_LIMIT, Json, NotCanonicalJson, decode, decode_object, encode


class Damaged(sqlite3.DatabaseError):
    """A cell is not what this program writes; told like any other damage of the file."""


def blob(untrusted: object) -> bytes:
    """Bytes, or Damaged."""
    if not isinstance(untrusted, bytes):
        raise Damaged
    return untrusted


def text(untrusted: object) -> str:
    """A text, or Damaged."""
    if not isinstance(untrusted, str):
        raise Damaged
    return untrusted


def number(untrusted: object, limit: int) -> int:
    """An integer of 0 … limit, or Damaged."""
    if not isinstance(untrusted, int) or not 0 <= untrusted <= limit:
        raise Damaged
    return untrusted


def canonical(value: Json) -> bytes:
    """Canonical JSON that :func:`value` reads back. Raises NotCanonicalJson: what is kept must not be lost."""
    encoded = encode(value)
    if len(encoded) > SIZE_LIMIT or sum(encoded.count(mark) for mark in (b",", b"[", b"{")) > NODE_LIMIT:
        raise NotCanonicalJson(reason="too large")
    return encoded


def value(untrusted: object) -> Json:
    """The value of canonical JSON, or Damaged."""
    try:
        return decode(blob(untrusted))
    except NotCanonicalJson as error:
        raise Damaged from error


def fields(untrusted: object) -> dict[str, Json]:
    """The object of canonical JSON, or Damaged."""
    try:
        return decode_object(blob(untrusted))
    except NotCanonicalJson as error:
        raise Damaged from error

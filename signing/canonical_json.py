"""Canonical JSON (RFC 8785) in the subset our formats use: no floating point numbers.

Writers call :func:`encode`; readers call :func:`decode`, which refuses every other spelling of the same value, so no
byte of a signed JSON text is malleable.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import NoReturn, TypeAlias, Union

import rfc8785

from signing.errors import SigningError

Json: TypeAlias = Union[bool, int, str, "Sequence[Json]", "Mapping[str, Json]", None]

DEPTH_LIMIT = 64  # nested arrays and objects
SIZE_LIMIT = 128 << 20  # bytes of one text
NODE_LIMIT = 4_000_000  # commas, brackets and braces of one text: what reading costs in time and memory


class NotCanonicalJson(SigningError):
    """A text is not the one canonical JSON spelling of its value. Params: reason."""

    code = "signing.not_canonical_json"
    exit_code = 32


def encode(value: Json) -> bytes:
    """The one UTF-8 spelling of ``value``: sorted keys, no white space, no floats, |integer| < 2**53."""
    _refuse_foreign(value, DEPTH_LIMIT)
    try:
        return rfc8785.dumps(value)
    except (rfc8785.CanonicalizationError, UnicodeError) as error:
        raise NotCanonicalJson(reason=type(error).__name__) from error


def decode(untrusted: bytes) -> Json:
    """The value of a canonical text; raises :class:`NotCanonicalJson` for any other bytes."""
    if len(untrusted) > SIZE_LIMIT or sum(untrusted.count(mark) for mark in (b",", b"[", b"{")) > NODE_LIMIT:
        raise NotCanonicalJson(reason="too large")
    try:
        value = json.loads(untrusted.decode("utf-8"), parse_float=_no_float, parse_constant=_no_float)
    except (ValueError, RecursionError) as error:
        raise NotCanonicalJson(reason=type(error).__name__) from error
    if encode(value) != untrusted:
        raise NotCanonicalJson(reason="spelling")
    result: Json = value
    return result


def decode_object(untrusted: bytes) -> dict[str, Json]:
    """Like :func:`decode`, for texts whose value must be an object."""
    value = decode(untrusted)
    if not isinstance(value, dict):
        raise NotCanonicalJson(reason="not an object")
    return value


def _no_float(text: str) -> NoReturn:
    raise ValueError(text)


def _refuse_foreign(value: object, depth: int) -> None:
    if depth < 0:
        raise NotCanonicalJson(reason="too deep")
    if value is None or isinstance(value, bool | int | str):
        return
    if isinstance(value, Mapping):
        for key, item in value.items():
            if not isinstance(key, str):
                raise NotCanonicalJson(reason="key")
            _refuse_foreign(item, depth - 1)
        return
    if isinstance(value, list | tuple):
        for item in value:
            _refuse_foreign(item, depth - 1)
        return
    raise NotCanonicalJson(reason=type(value).__name__)

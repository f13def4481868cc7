"""Reads the closing signature from the bytes of a PDF, strictly and without a PDF parser (report-pdf.md §4, 1 to 8)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from signing.errors import SignatureInvalid
from signing.pdf.layout import END, FILE_LIMIT, GAP_LENGTH, HEX_LENGTH, MARKER, byte_range, marker

_TAIL = re.compile(rb"\nstartxref\n(0|[1-9]\d{0,9})\n%%EOF\n\Z")
_RANGE = re.compile(rb"/ByteRange\[0 ([1-9]\d{0,9}) ([1-9]\d{0,9}) ([1-9]\d{0,9}) *\]/Contents<")
_HEX = re.compile(rb"[0-9a-f]{%d}" % HEX_LENGTH)


@dataclass(frozen=True, slots=True)
class PdfSignature:
    """The signature that covers a whole file. Nothing here is verified yet but the file's outer form.

    ``signed_bytes`` is everything but the message between its brackets; ``gap`` the offsets before ``<`` and after
    ``>``; ``revision_start`` the length of the frozen prefix.
    """

    cms_der: bytes
    signed_bytes: bytes
    gap: tuple[int, int]
    revision_start: int


def has_signature(untrusted: bytes) -> bool:
    """Whether anything in the bytes looks like a signature range at all."""
    return b"/ByteRange" in untrusted


def parse_last_signature(untrusted: bytes) -> PdfSignature:
    """The last signature of a file of this form; raises SignatureInvalid(reason) of report-pdf.md §4.

    Whether the message is right, and whether a viewer shows this very signature, is not decided here
    (:func:`signing.pdf.verify.assess_pdf`).
    """
    if len(untrusted) > FILE_LIMIT:
        raise SignatureInvalid(reason="size")
    if not untrusted.startswith(b"%PDF-1."):
        raise SignatureInvalid(reason="not_pdf")
    at = untrusted.rfind(b"/ByteRange")
    if at < 0:
        raise SignatureInvalid(reason="unsigned")
    _check_tail(untrusted)
    first, second = _covered(untrusted, at)
    message = _message(untrusted[first + 1 : second - 1])
    frozen_length = _frozen_length(untrusted, first)
    return PdfSignature(message, untrusted[:first] + untrusted[second:], (first, second), frozen_length)


def _check_tail(untrusted: bytes) -> None:
    tail = _TAIL.search(untrusted[-40:])
    if tail is None or not untrusted.startswith(b"xref\n", int(tail[1])):
        raise SignatureInvalid(reason="end")


def _covered(untrusted: bytes, at: int) -> tuple[int, int]:
    found = _RANGE.match(untrusted, at)
    if found is None:
        raise SignatureInvalid(reason="byte_range")
    first, second, length = (int(number) for number in found.groups())
    if found[0] != byte_range(first, second, length):
        raise SignatureInvalid(reason="byte_range")
    whole = first == found.end() - 1 and second == first + GAP_LENGTH and second + length == len(untrusted)
    if not whole or untrusted[second - 1 : second] != b">":
        raise SignatureInvalid(reason="coverage")
    return first, second


def _message(digits: bytes) -> bytes:
    if not _HEX.fullmatch(digits):
        raise SignatureInvalid(reason="hex")
    padded = bytes.fromhex(digits.decode("ascii"))
    length = _der_length(padded)
    if any(padded[length:]):
        raise SignatureInvalid(reason="padding")
    return padded[:length]


def _der_length(padded: bytes) -> int:
    """Length of the SEQUENCE at the start, whose own length takes two bytes: any message of ours is that long."""
    if padded[:2] != b"\x30\x82":
        raise SignatureInvalid(reason="padding")
    length = int.from_bytes(padded[2:4]) + 4
    if length > len(padded):
        raise SignatureInvalid(reason="padding")
    return length


def _frozen_length(untrusted: bytes, first: int) -> int:
    at = untrusted.rfind(b"\n" + MARKER, 0, first)
    frozen = untrusted[:at]
    if at < 0 or not untrusted.startswith(marker(at), at) or not frozen.removesuffix(b"\n").endswith(END):
        raise SignatureInvalid(reason="marker")
    return at

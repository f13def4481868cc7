"""The spelling of the closing revision (docs/spec/report-pdf.md §2), shared by writer and reader."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

FILE_LIMIT: Final = 256 << 20  # bytes
MESSAGE_LIMIT: Final = 16_384  # bytes of DER
HEX_LENGTH: Final = 2 * MESSAGE_LIMIT
GAP_LENGTH: Final = HEX_LENGTH + 2  # with < and >
BYTE_RANGE_ROOM: Final = 40  # bytes between the brackets
OBJECT_LIMIT: Final = 65_536

END: Final = b"%%EOF"
MARKER: Final = b"%Tenderbox-Report 0 "
FILTER: Final = "Adobe.PPKLite"
SUB_FILTER: Final = "adbe.pkcs7.detached"


def marker(frozen_length: int) -> bytes:
    """The line that begins a revision; the line feed before it is part of the revision."""
    return b"\n%s%d\n" % (MARKER, frozen_length)


def byte_range(first: int, second: int, length: int) -> bytes:
    """The signed range, always of one length."""
    return b"/ByteRange[%s]/Contents<" % (b"0 %d %d %d" % (first, second, length)).ljust(BYTE_RANGE_ROOM)


def signature_dictionary(signed_at: datetime, reason: str, location: str) -> tuple[bytes, int]:
    """The dictionary with an empty range and message, and where in it ``/ByteRange`` begins."""
    head = b"<</Type/Sig/Filter/%s/SubFilter/%s/M(%s)" % (
        FILTER.encode("ascii"),
        SUB_FILTER.encode("ascii"),
        signed_at.astimezone(UTC).strftime("D:%Y%m%d%H%M%SZ").encode("ascii"),
    )
    for name, text in ((b"/Reason", reason), (b"/Location", location)):
        if text:
            head += name + text_string(text)
    return head + byte_range(0, 0, 0) + b"0" * HEX_LENGTH + b">>>", len(head)


def text_string(text: str) -> bytes:
    """A PDF text string: literal where plain ASCII, else UTF-16BE in hexadecimal."""
    if text.isascii() and text.isprintable() and not set("()\\") & set(text):
        return b"(" + text.encode("ascii") + b")"
    return b"<FEFF" + text.encode("utf-16-be").hex().upper().encode("ascii") + b">"

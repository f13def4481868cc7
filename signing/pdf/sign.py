"""Closes a frozen PDF: one added page, one signature over the whole file (docs/spec/report-pdf.md)."""

from __future__ import annotations

from datetime import datetime

from signing.api import Signer
from signing.cms.signed_data import sign_detached
from signing.errors import PdfUnfit
from signing.pdf.layout import FILE_LIMIT, GAP_LENGTH, HEX_LENGTH, MESSAGE_LIMIT, byte_range
from signing.pdf.revision import Field, OpenRevision, append_revision


def append_and_sign(
    frozen: bytes,
    appended_page: bytes | None,
    signer: Signer,
    *,
    signed_at: datetime,
    field_name: str,
    reason: str = "",
    location: str = "",
) -> bytes:
    """The frozen bytes, followed by one revision with the page of ``appended_page`` and a signature over everything.

    ``frozen`` is an exact prefix of the result. Apart from the signature message the result depends on the arguments
    only. ``signed_at`` is aware, ``field_name`` without dots. Raises :class:`signing.errors.PdfUnfit` and what the
    signer raises.
    """
    if not field_name or "." in field_name:
        raise PdfUnfit(reason="field_name")
    opened = append_revision(frozen, appended_page, Field(field_name, signed_at, reason, location))
    return sign_revision(opened, signer, signed_at=signed_at)


def sign_revision(opened: OpenRevision, signer: Signer, *, signed_at: datetime) -> bytes:
    """Fills in the range and the message over everything else. Errors as of :func:`append_and_sign`."""
    content = bytearray(opened.content)
    if len(content) > FILE_LIMIT:
        raise PdfUnfit(reason="too_large")
    gap = opened.range_at + len(byte_range(0, 0, 0)) - 1
    after = gap + GAP_LENGTH
    content[opened.range_at : gap + 1] = byte_range(gap, after, len(content) - after)
    message = sign_detached(bytes(content[:gap] + content[after:]), signer, signed_at=signed_at)
    if len(message) > MESSAGE_LIMIT:
        raise PdfUnfit(reason="message_too_large")
    content[gap + 1 : after - 1] = message.hex().encode("ascii").ljust(HEX_LENGTH, b"0")
    return bytes(content)

"""Pages of a PDF from anywhere: how many, what they say, how they look. Parsed in a child process."""

from __future__ import annotations

import base64

from core.documents.hostile import read_hostile
from core.errors import DocumentInvalid


def is_pdf(untrusted: bytes) -> bool:
    """Whether the bytes begin as a PDF does; says nothing about the rest."""
    return untrusted.startswith(b"%PDF-")


def page_count(untrusted_pdf: bytes, *, where: str = "pdf") -> int:
    """Number of pages. Raises :class:`core.errors.DocumentInvalid` or :class:`core.errors.InputTooLarge`."""
    count = read_hostile("count", _pdf(untrusted_pdf, where), where=where).get("count")
    if not isinstance(count, int) or count < 1:
        raise DocumentInvalid(where=where, reason="pdf_unreadable")
    return count


def page_texts(untrusted_pdf: bytes, *, where: str = "pdf") -> tuple[str, ...]:
    """The text of each page in the order of its content. Errors as of :func:`page_count`."""
    pages = read_hostile("text", _pdf(untrusted_pdf, where), where=where).get("pages")
    if not isinstance(pages, list):
        raise DocumentInvalid(where=where, reason="pdf_unreadable")
    return tuple(str(page) for page in pages)


def render_png(untrusted_pdf: bytes, page: int, *, dpi: int = 96, where: str = "pdf") -> bytes:
    """A picture of one page (zero-based), at most 100 million pixels. Errors as of :func:`page_count`."""
    png = read_hostile("png", _pdf(untrusted_pdf, where), where=where, page=page, dpi=dpi).get("png")
    if not isinstance(png, str):
        raise DocumentInvalid(where=where, reason="pdf_unreadable")
    return base64.b64decode(png, validate=True)


def _pdf(untrusted: bytes, where: str) -> bytes:
    if not is_pdf(untrusted):
        raise DocumentInvalid(where=where, reason="not_pdf")
    return untrusted

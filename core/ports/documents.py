"""How jobs get documents laid out and counted, without knowing the typesetter or the PDF library."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from signing.canonical_json import Json


class DocumentRenderer(Protocol):
    """Lays out document data (docs/spec/document-data.md) as PDF/A-2b, the same bytes for the same input."""

    def render(self, template_id: str, data: Json, *, stamp: datetime) -> bytes:
        """The PDF; ``stamp`` (aware) is its creation time.

        ``template_id``: ``tender``, ``bid_letter``, ``opening_record``, ``evaluation_report``, ``notice`` or
        ``closing_page``. Raises :class:`core.errors.DocumentInvalid`, :class:`core.errors.GlyphMissing` or
        :class:`core.errors.InputTooLarge` with the place in the data.
        """

    def page_count(self, untrusted_pdf: bytes) -> int:
        """Pages of a PDF from anywhere; raises :class:`core.errors.DocumentInvalid` where it cannot be read."""

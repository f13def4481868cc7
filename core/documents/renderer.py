"""The adapter behind :class:`core.ports.documents.DocumentRenderer`: Typst and pdfium with one folder of fonts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from core.documents import pdf_pages, typst_render
from signing.canonical_json import Json


@dataclass(frozen=True, slots=True)
class TypstRenderer:
    """Renders with the font files of one folder (``<prefix>/share/tenderbox/fonts``); nothing is read before use."""

    fonts: Path

    def render(self, template_id: str, data: Json, *, stamp: datetime) -> bytes:
        """See :func:`core.documents.typst_render.render`."""
        return typst_render.render(template_id, data, fonts=self.fonts, stamp=stamp)

    def page_count(self, untrusted_pdf: bytes) -> int:
        """See :func:`core.documents.pdf_pages.page_count`."""
        return pdf_pages.page_count(untrusted_pdf)

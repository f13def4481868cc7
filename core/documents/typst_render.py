"""Document data to PDF with the Typst typesetter: PDF/A-2b, untagged, the same bytes for the same input.

Data goes in as JSON through ``sys_inputs`` only, so no text of a user is ever template source; templates may read
nothing outside their folder; fonts come from the given folder only.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Final

import typst

from core.documents.document_data import check_shape
from core.documents.fonts import check_text
from core.errors import DocumentInvalid
from signing.canonical_json import Json

TEMPLATES: Final = Path(__file__).parent / "templates"
TEMPLATE_IDS: Final = frozenset(
    {"tender", "bid_letter", "opening_record", "evaluation_report", "notice", "closing_page"}
)


def render(template_id: str, data: Json, *, fonts: Path, stamp: datetime) -> bytes:
    """The PDF of ``data`` (docs/spec/document-data.md) in the look of ``template_id``.

    ``stamp`` (aware) is the file's creation time, to the second. Raises :class:`core.errors.GlyphMissing`,
    :class:`core.errors.DocumentInvalid` or :class:`core.errors.InputTooLarge` with the place in the data.
    """
    if template_id not in TEMPLATE_IDS:
        raise DocumentInvalid(where=template_id, reason="template")
    check_shape(data)
    check_text(data, fonts)
    compiler = typst.Compiler(
        str(TEMPLATES / f"{template_id}.typ"),
        root=str(TEMPLATES),
        font_paths=_font_book(fonts),
        sys_inputs={"data": json.dumps(data, ensure_ascii=False, sort_keys=True)},
    )
    try:
        pdf = compiler.compile(
            format="pdf",
            pdf_standards=["a-2b"],
            pdf_tags=False,
            timestamp=stamp.astimezone(UTC).replace(microsecond=0),
        )
    except typst.TypstError as error:
        raise DocumentInvalid(where=template_id, reason="layout", detail=error.message) from error
    if not isinstance(pdf, bytes):
        raise DocumentInvalid(where=template_id, reason="layout", detail="no pdf")
    return pdf


@cache
def _font_book(fonts: Path) -> typst.Fonts:
    # Neither system fonts nor those inside Typst: the same four files everywhere give the same bytes everywhere.
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(fonts)])

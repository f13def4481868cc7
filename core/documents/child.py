"""The child process of :mod:`core.documents.hostile`: reads one PDF from standard input and answers in JSON.

Run as ``python -m core.documents.child``; parsers of hostile files are imported here and nowhere else in this room.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Mapping

from signing.canonical_json import Json
from signing.pdf.child_process import serve

PAGE_LIMIT = 5_000
PIXEL_LIMIT = 100_000_000


def count_pages(untrusted_pdf: bytes, _arguments: Mapping[str, Json]) -> Json:
    """``{"count": pages}``."""
    import pypdfium2  # noqa: PLC0415 -- after the limits are set

    return {"count": len(pypdfium2.PdfDocument(untrusted_pdf))}


def extract_text(untrusted_pdf: bytes, _arguments: Mapping[str, Json]) -> Json:
    """``{"pages": [text, …]}``."""
    import pypdfium2  # noqa: PLC0415

    document = pypdfium2.PdfDocument(untrusted_pdf)
    if len(document) > PAGE_LIMIT:
        raise ValueError(len(document))
    return {"pages": [page.get_textpage().get_text_bounded() for page in document]}


def render_page(untrusted_pdf: bytes, arguments: Mapping[str, Json]) -> Json:
    """``{"png": base64}`` of one page (zero-based) at a resolution in dots per inch."""
    import pypdfium2  # noqa: PLC0415

    scale = int(str(arguments["dpi"])) / 72
    page = pypdfium2.PdfDocument(untrusted_pdf)[int(str(arguments["page"]))]
    if page.get_width() * page.get_height() * scale * scale > PIXEL_LIMIT:
        raise ValueError("too many pixels")
    out = io.BytesIO()
    page.render(scale=scale).to_pil().save(out, "PNG", optimize=True)
    return {"png": base64.b64encode(out.getvalue()).decode("ascii")}


def check_archive_form(untrusted_pdf: bytes, _arguments: Mapping[str, Json]) -> Json:
    """``{"faults": [code, …]}`` of :mod:`core.documents.archive_form`."""
    from core.documents.archive_form import faults  # noqa: PLC0415

    return {"faults": list(faults(untrusted_pdf))}


if __name__ == "__main__":
    serve({"count": count_pages, "text": extract_text, "png": render_page, "archive_form": check_archive_form})

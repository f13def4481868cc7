"""What we can tell about PDF/A-2b without a validator: fonts, metadata, output intent, no active content.

Passing says "none of these faults", not "conforms to ISO 19005-2": that text was not at hand
(list: project reference 02-documents.md §1.3). Imported in the child process only.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import pikepdf

_ACTIVE = ("/JS", "/JavaScript", "/Launch", "/EmbeddedFile", "/AA", "/OpenAction", "/RichMedia", "/Movie", "/Sound")
_PART = re.compile(rb"<pdfaid:part>2</pdfaid:part>")
_LEVEL = re.compile(rb"<pdfaid:conformance>B</pdfaid:conformance>")
_FONT_FILES = ("/FontFile", "/FontFile2", "/FontFile3")


def faults(untrusted_pdf: bytes) -> tuple[str, ...]:
    """Codes of what is wrong, sorted, empty where nothing was found; raises pikepdf's errors on a broken file."""
    with pikepdf.open(io.BytesIO(untrusted_pdf), attempt_recovery=False) as pdf:
        return tuple(sorted({*_outer(pdf), *_objects(pdf)}))


def _outer(pdf: pikepdf.Pdf) -> Iterator[str]:
    if pdf.is_encrypted:
        yield "encrypted"
    if "/ID" not in pdf.trailer:
        yield "no_file_id"
    metadata = pdf.Root.get("/Metadata")
    packet = metadata.read_bytes() if isinstance(metadata, pikepdf.Stream) else b""
    if not (_PART.search(packet) and _LEVEL.search(packet)):
        yield "no_pdfa_mark"
    if not any(_is_intent(intent) for intent in pdf.Root.get("/OutputIntents", pikepdf.Array())):
        yield "no_output_intent"
    if "/EmbeddedFiles" in pdf.Root.get("/Names", pikepdf.Dictionary()):
        yield "active_content"


def _is_intent(intent: pikepdf.Object) -> bool:
    profile = intent.get("/DestOutputProfile")
    return intent.get("/S") == "/GTS_PDFA1" and isinstance(profile, pikepdf.Stream) and profile.get("/N") in (1, 3, 4)


def _objects(pdf: pikepdf.Pdf) -> Iterator[str]:
    for item in pdf.objects:
        if isinstance(item, pikepdf.Stream):
            if "/LZWDecode" in repr(item.get("/Filter", "")):
                yield "lzw"
            if item.get("/Type") == "/EmbeddedFile":
                yield "active_content"
        if not isinstance(item, pikepdf.Dictionary):
            continue
        if any(key in item for key in _ACTIVE) or item.get("/S") in _ACTIVE:
            yield "active_content"
        if item.get("/Type") == "/Font" and item.get("/Subtype") not in ("/Type0", "/Type3"):
            descriptor = item.get("/FontDescriptor", pikepdf.Dictionary())
            if not any(name in descriptor for name in _FONT_FILES):
                yield "font_not_embedded"

"""One incremental update that adds a page and an unsigned signature field to a frozen PDF.

The frozen bytes stay the exact prefix. qpdf (pikepdf) renumbers and spells the objects; which bytes are written where
is decided here. Not for files from outside: both inputs are our own.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf

from signing.errors import PdfUnfit
from signing.gm.sm3 import sm3
from signing.pdf.layout import END, OBJECT_LIMIT, marker, signature_dictionary

Number: TypeAlias = tuple[int, int]  # object and generation number

_LAST_XREF = re.compile(rb"startxref\r?\n(\d{1,10})\r?\n%%EOF\n?\Z")
_WIDGET_FLAGS = 4 + 128  # Print, Locked
_PAGE_OWN = ("/Parent", "/Type", "/Annots", "/StructParents", "/Tabs")


@dataclass(frozen=True, slots=True)
class Field:
    """The field to add and what its signature dictionary says."""

    name: str
    signed_at: datetime
    reason: str
    location: str


@dataclass(frozen=True, slots=True)
class OpenRevision:
    """Frozen bytes and revision with an empty range and message; ``range_at`` is where ``/ByteRange`` stands."""

    content: bytes
    range_at: int


def append_revision(frozen: bytes, appended_page: bytes | None, field: Field) -> OpenRevision:
    """Adds the only page of ``appended_page`` (or nothing) and the field. Raises PdfUnfit with a stable reason."""
    previous = _last_xref(frozen)
    try:
        with pikepdf.open(io.BytesIO(frozen), attempt_recovery=False) as pdf:
            return _append(pdf, frozen, previous, appended_page, field)
    except pikepdf.PdfError as error:
        raise PdfUnfit(reason="unreadable") from error


def _append(pdf: Pdf, frozen: bytes, previous: int, appended_page: bytes | None, field: Field) -> OpenRevision:
    if pdf.is_encrypted or "/AcroForm" in pdf.Root:
        raise PdfUnfit(reason="form_or_encryption")
    before = spelled(pdf)
    page = _last_page(pdf.Root.Pages) if appended_page is None else _add_page(pdf, appended_page)
    signature = pdf.make_indirect(Dictionary(Type=Name.Sig))
    widget = Dictionary(
        Type=Name.Annot, Subtype=Name.Widget, FT=Name.Sig, T=field.name, F=_WIDGET_FLAGS, Rect=[0, 0, 0, 0], P=page,
        V=signature,
    )  # fmt: skip
    form_field = pdf.make_indirect(widget)
    page.Annots = Array([*page.get("/Annots", Array()), form_field])
    pdf.Root.AcroForm = Dictionary(Fields=[form_field], SigFlags=3)
    body, at = signature_dictionary(field.signed_at, field.reason, field.location)
    changed = {number: text for number, text in spelled(pdf).items() if before.get(number) != text}
    del changed[signature.objgen]
    ordered = [*sorted(changed.items()), (signature.objgen, body)]
    content, offsets = _written(frozen, ordered)
    file_id = sm3(sm3(frozen) + sm3(appended_page or b"") + body)[:16]
    tail = _cross_reference(offsets, len(content), _trailer(pdf, previous, ordered, file_id))
    return OpenRevision(content + tail, offsets[signature.objgen[0]] + len(b"%d 0 obj\n" % signature.objgen[0]) + at)


def spelled(pdf: Pdf) -> Mapping[Number, bytes]:
    """Every object as it would be written: its value, and for streams the stored bytes."""
    return {item.objgen: _spell(item) for item in pdf.objects if item.objgen != (0, 0) and not _is_null(item)}


def _is_null(item: Object) -> bool:
    return item.unparse(resolved=True) == b"null"


def _spell(item: Object) -> bytes:
    if not isinstance(item, pikepdf.Stream):
        return item.unparse(resolved=True)
    raw = item.read_raw_bytes()
    entries = Dictionary({key: value for key, value in item.items() if key != "/Length"})
    entries.Length = len(raw)
    return entries.unparse(resolved=True) + b"\nstream\n" + raw + b"\nendstream"


def _add_page(pdf: Pdf, appended_page: bytes) -> Object:
    with pikepdf.open(io.BytesIO(appended_page), attempt_recovery=False) as extra:
        if len(extra.pages) != 1:
            raise PdfUnfit(reason="not_one_page")
        entries = {key: value for key, value in extra.pages[0].obj.items() if key not in _PAGE_OWN}
        page = pdf.copy_foreign(extra.make_indirect(Dictionary(entries)))
    tree = pdf.Root.Pages
    page.Type = Name.Page
    page.Parent = tree
    tree.Kids.append(page)
    tree.Count = int(tree.Count) + 1
    return page


def _last_page(node: Object) -> Object:
    while node.get("/Type") == "/Pages":
        node = node.Kids[len(node.Kids) - 1]
    return node


def _last_xref(frozen: bytes) -> int:
    found = _LAST_XREF.search(frozen[-64:])
    if not frozen.startswith(b"%PDF-1.") or found is None:
        raise PdfUnfit(reason="ending")
    offset = int(found[1])
    if frozen[offset : offset + 4] != b"xref":
        raise PdfUnfit(reason="xref_stream")
    return offset


def _written(frozen: bytes, ordered: Sequence[tuple[Number, bytes]]) -> tuple[bytes, Mapping[int, int]]:
    if len(ordered) > OBJECT_LIMIT or any(generation for (_, generation), _ in ordered):
        raise PdfUnfit(reason="objects")
    out = bytearray(frozen + marker(len(frozen)))
    offsets: dict[int, int] = {}
    for (number, _), body in ordered:
        offsets[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    return bytes(out), offsets


def _cross_reference(offsets: Mapping[int, int], at: int, trailer: bytes) -> bytes:
    out = bytearray(b"xref\n")
    for run in _runs(sorted(offsets)):
        out += b"%d %d\n" % (run[0], len(run))
        for number in run:
            out += b"%010d 00000 n \n" % offsets[number]
    return bytes(out) + b"trailer\n%s\nstartxref\n%d\n%s\n" % (trailer, at, END)


def _runs(numbers: Sequence[int]) -> Iterator[list[int]]:
    run: list[int] = []
    for number in numbers:
        if run and number != run[-1] + 1:
            yield run
            run = []
        run.append(number)
    yield run


def _trailer(pdf: Pdf, previous: int, ordered: Sequence[tuple[Number, bytes]], file_id: bytes) -> bytes:
    size = max(int(pdf.trailer.Size), 1 + max(number for (number, _), _ in ordered))
    entries = b"<</Size %d/Root %s" % (size, pdf.trailer.Root.unparse())
    if "/Info" in pdf.trailer:
        entries += b"/Info " + pdf.trailer.Info.unparse()
    first = bytes(pdf.trailer.ID[0]) if "/ID" in pdf.trailer else file_id
    return entries + b"/Prev %d/ID[<%s><%s>]>>" % (previous, first.hex().encode(), file_id.hex().encode())

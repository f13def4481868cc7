"""PDF files made to break a viewer."""

from __future__ import annotations

from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf

TEXT = b"BT /F1 24 Tf 72 700 Td (plain words here) Tj ET"


def plain_pages(count: int, content: bytes = TEXT) -> Pdf:
    """A document of Letter pages with one line each."""
    document = pikepdf.new()
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    for _ in range(count):
        page = document.add_blank_page(page_size=(612, 792))
        page.Resources = Dictionary(Font=Dictionary(F1=font))
        page.Contents = document.make_stream(content)
    return document


def small_file(path: Path, count: int = 3) -> Path:
    plain_pages(count).save(path)
    return path


def encrypted_file(path: Path, password: str) -> Path:
    plain_pages(2).save(path, encryption=pikepdf.Encryption(user=password, owner="owner"))
    return path


def empty_file(path: Path) -> Path:
    pikepdf.new().save(path)
    return path


def absurd_box_file(path: Path) -> Path:
    """Three pages; the second claims a side of a billion points."""
    document = plain_pages(3)
    document.pages[1].MediaBox = Array([0, 0, 10**9, 10**9])
    document.save(path)
    return path


def cyclic_outline_file(path: Path) -> Path:
    """A bookmark that is its own next one and its own child."""
    document = plain_pages(2)
    item = document.make_indirect(Dictionary(Title="round and round", Dest=Array([document.pages[0].obj, Name.Fit])))
    item.Next = item
    item.First = item
    item.Last = item
    outlines = document.make_indirect(Dictionary(Type=Name.Outlines, First=item, Last=item, Count=1))
    item.Parent = outlines
    document.Root.Outlines = outlines
    document.save(path)
    return path


def deep_outline_file(path: Path, depth: int) -> Path:
    """Each bookmark has one child, ``depth`` levels down."""
    document = plain_pages(1)
    outlines = document.make_indirect(Dictionary(Type=Name.Outlines, Count=depth))
    parent = outlines
    for level in range(depth):
        item = document.make_indirect(Dictionary(Title=f"level {level}", Parent=parent))
        item.Dest = Array([document.pages[0].obj, Name.Fit])
        parent.First = item
        parent.Last = item
        parent = item
    document.Root.Outlines = outlines
    document.save(path)
    return path


def broad_outline_file(path: Path, count: int) -> Path:
    """``count`` bookmarks, one in ten at the first level; written by hand because pikepdf takes seconds for it."""
    first = 5
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /Outlines 4 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] >>",
        b"<< /Type /Outlines /First %d 0 R /Last %d 0 R /Count %d >>" % (first, first + count - 10, count),
    ]
    for number in range(count):
        own = first + number
        head = own - number % 10
        parts = [b"<< /Title (mark %d) /Dest [3 0 R /Fit]" % number]
        if number % 10 == 0:
            parts.append(b"/Parent 4 0 R /First %d 0 R /Last %d 0 R /Count 9" % (own + 1, own + 9))
            if number + 10 < count:
                parts.append(b"/Next %d 0 R" % (own + 10))
        else:
            parts.append(b"/Parent %d 0 R" % head)
            if number % 10 < 9:
                parts.append(b"/Next %d 0 R" % (own + 1))
        objects.append(b" ".join([*parts, b">>"]))
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    path.write_bytes(out)
    return path


def hungry_file(path: Path) -> Path:
    """Page 2's content is 700 MB once unpacked, from a file of a few kilobytes."""
    import zlib

    document = plain_pages(3)
    packer = zlib.compressobj(1)
    data = TEXT + b" "
    packed = packer.compress(data) + b"".join(packer.compress(b" " * 10_000_000) for _ in range(70)) + packer.flush()
    content = document.make_stream(zlib.compress(packed, 1))
    content.Filter = Array([Name.FlateDecode, Name.FlateDecode])
    document.pages[1].Contents = content
    document.save(path, compress_streams=False)
    return path


def slow_file(path: Path) -> Path:
    """Page 1 calls forms within forms: some hundred million drawing steps."""
    document = plain_pages(2)
    inner = document.make_stream(b"0 0 m 600 780 l 300 20 l f " * 50)
    inner.update(Dictionary(Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 612, 792])))
    for _ in range(7):
        outer = document.make_stream(b"/X Do " * 12)
        outer.update(Dictionary(
            Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 612, 792]),
            Resources=Dictionary(XObject=Dictionary(X=inner)),
        ))  # fmt: skip
        inner = outer
    document.pages[0].Resources.XObject = Dictionary(X=inner)
    document.pages[0].Contents = document.make_stream(b"/X Do")
    document.save(path)
    return path


def boxed_file(path: Path, boxes: list[tuple[list[float], list[float] | None, int]]) -> Path:
    """One page for each (media box, crop box, rotation), a word at a place that is inside."""
    document = plain_pages(len(boxes))
    for page, (media, crop, rotate) in zip(document.pages, boxes, strict=True):
        page.MediaBox = Array(media)
        if crop is not None:
            page.CropBox = Array(crop)
        page.Rotate = rotate
    document.save(path)
    return path

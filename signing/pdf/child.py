"""The child process that reads a signed PDF's structure: ``python -m signing.pdf.child`` (report-pdf.md §4, 10 and 11).

It answers whether what a viewer shows as signed is what was verified, and whether the closing revision only adds.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import TYPE_CHECKING

from signing.canonical_json import Json
from signing.pdf.child_process import serve
from signing.pdf.layout import FILTER, SUB_FILTER

if TYPE_CHECKING:
    from pikepdf import Object, Pdf


_FIELD_MEMBERS = {"/Type", "/Subtype", "/FT", "/T", "/F", "/Rect", "/P", "/V"}


class _Refused(Exception):
    """The file is readable but not of the form; the argument is the stable reason."""


def read_structure(untrusted_pdf: bytes, arguments: Mapping[str, Json]) -> Json:
    """``{"reason": "", "field": name, "pages": n, "frozen_pages": m}``, or the reason why not."""
    import pikepdf  # noqa: PLC0415 -- after the limits are set

    first, second, frozen_length = (int(str(arguments[name])) for name in ("first", "second", "frozen_length"))
    try:
        with (
            pikepdf.open(io.BytesIO(untrusted_pdf), attempt_recovery=False) as pdf,
            pikepdf.open(io.BytesIO(untrusted_pdf[:frozen_length]), attempt_recovery=False) as frozen,
        ):
            name = _shown_field(pdf, untrusted_pdf, first, second)
            _check_only_added(pdf, frozen)
            if pdf.get_warnings() or frozen.get_warnings():
                return {"reason": "structure"}
            return {"reason": "", "field": name, "pages": len(pdf.pages), "frozen_pages": len(frozen.pages)}
    except _Refused as refused:
        return {"reason": str(refused)}
    except pikepdf.PdfError:
        return {"reason": "structure"}


def _shown_field(pdf: Pdf, untrusted_pdf: bytes, first: int, second: int) -> str:
    """The name of the one signature field, whose value is the signature between the offsets.

    Form and field have our members only: a form may bring its own pages (XFA), a field its own appearance.
    """
    form = pdf.Root.get("/AcroForm")
    if pdf.is_encrypted or form is None or set(form.keys()) != {"/Fields", "/SigFlags"} or len(form.Fields) != 1:
        raise _Refused("not_shown")
    field = form.Fields[0]
    if set(field.keys()) != _FIELD_MEMBERS or [float(edge) for edge in field.Rect] != [0, 0, 0, 0]:
        raise _Refused("not_shown")
    value = field.get("/V")
    if field.get("/FT") != "/Sig" or value is None or value.get("/Type") != "/Sig":
        raise _Refused("not_shown")
    expected_range = [0, first, second, len(untrusted_pdf) - second]
    contents = bytes.fromhex(untrusted_pdf[first + 1 : second - 1].decode("ascii"))
    same = (
        [int(number) for number in value.ByteRange] == expected_range
        and bytes(value.Contents) == contents
        and value.Filter == f"/{FILTER}"
        and value.SubFilter == f"/{SUB_FILTER}"
    )
    if not same:
        raise _Refused("not_shown")
    return str(field.T)


def _check_only_added(pdf: Pdf, frozen: Pdf) -> None:
    from signing.pdf.revision import spelled  # noqa: PLC0415 -- brings pikepdf

    now, before = spelled(pdf), spelled(frozen)
    changed = {number for number, text in before.items() if now.get(number) != text}
    pages = {frozen.Root.objgen, frozen.Root.Pages.objgen}
    same_roots = pdf.Root.objgen == frozen.Root.objgen and pdf.Root.Pages.objgen == frozen.Root.Pages.objgen
    if not same_roots or "/AcroForm" in frozen.Root:
        raise _Refused("frozen_changed")
    added = len(pdf.Root.Pages.Kids) - len(frozen.Root.Pages.Kids)
    if added == 0:
        pages = {frozen.Root.objgen, _last_leaf(frozen.Root.Pages).objgen}
    if added not in (0, 1) or not changed <= pages or not _differs_as_allowed(pdf, frozen, added):
        raise _Refused("frozen_changed")


def _last_leaf(node: Object) -> Object:
    for _ in range(64):
        if node.get("/Type") != "/Pages":
            return node
        node = node.Kids[len(node.Kids) - 1]
    raise _Refused("structure")


def _differs_as_allowed(pdf: Pdf, frozen: Pdf, added: int) -> bool:
    def without(item: Object, *keys: str) -> dict[str, bytes]:
        return {key: _text(value) for key, value in item.items() if key not in keys}

    tree, old_tree = pdf.Root.Pages, frozen.Root.Pages
    kids, old_kids = [kid.objgen for kid in tree.Kids], [kid.objgen for kid in old_tree.Kids]
    leaf, old_leaf = _last_leaf(tree), _last_leaf(old_tree)
    return (
        without(pdf.Root, "/AcroForm") == without(frozen.Root)
        and without(tree, "/Kids", "/Count") == without(old_tree, "/Kids", "/Count")
        and kids[: len(old_kids)] == old_kids
        and int(tree.Count) == int(old_tree.Count) + added
        and (_new_page if added else _only_field_added)(leaf, old_leaf, frozen)
    )


def _new_page(leaf: Object, _old_leaf: Object, frozen: Pdf) -> bool:
    return leaf.get("/Type") == "/Page" and leaf.objgen not in {item.objgen for item in frozen.objects}


def _only_field_added(leaf: Object, old_leaf: Object, _frozen: Pdf) -> bool:
    def annotations(page: Object) -> list[bytes]:
        return [_text(item) for item in page.get("/Annots", [])]

    rest = {key: _text(value) for key, value in leaf.items() if key != "/Annots"}
    old_rest = {key: _text(value) for key, value in old_leaf.items() if key != "/Annots"}
    return rest == old_rest and annotations(leaf)[:-1] == annotations(old_leaf)


def _text(value: object) -> bytes:
    unparse = getattr(value, "unparse", None)
    return bytes(unparse()) if unparse is not None else repr(value).encode()


if __name__ == "__main__":
    serve({"structure": read_structure})

"""Which member of an .xlsx archive holds which sheet."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Mapping
from typing import BinaryIO

from lxml import etree

from core.sheets.zip_scan import inflate

_MAX_INDEX_BYTES = 16 << 20
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_ID = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"


def sheet_members(stream: BinaryIO, names: Mapping[str, zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
    """Sheet names with their members, in workbook order; raises ValueError or KeyError where the index is broken."""
    relations = _parse(stream, names["xl/_rels/workbook.xml.rels"])
    targets = {relation.get("Id", ""): relation.get("Target", "") for relation in relations}
    found = {}
    for sheet in _parse(stream, names["xl/workbook.xml"]).iter("{*}sheet"):
        target = targets[sheet.get(_ID) or sheet.get(_STRICT_ID) or ""]
        member = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
        found[sheet.get("name", "")] = names[member]
    return found


def _parse(stream: BinaryIO, member: zipfile.ZipInfo) -> etree._Element:
    if member.file_size > _MAX_INDEX_BYTES:
        raise ValueError(member.filename)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(b"".join(inflate(stream, member)), parser)
    except etree.XMLSyntaxError as error:
        raise ValueError(member.filename) from error

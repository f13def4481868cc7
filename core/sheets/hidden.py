"""What the native reader does not tell of a worksheet: hidden rows, and formulas that carry no cached value."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import RawIOBase

from lxml import etree

_FIRST = 20  # cells named in a message


@dataclass(frozen=True, slots=True)
class RowMarks:
    """One-based numbers of hidden rows, and the first cells whose formula has no value."""

    hidden: frozenset[int] = frozenset()
    without_value: tuple[str, ...] = ()


def read_marks(chunks: Iterator[bytes]) -> RowMarks:
    """Reads the marks from the XML of a worksheet; raises ValueError where it is not well-formed."""
    hidden: set[int] = set()
    empty: list[str] = []
    number, has_formula = 0, False
    try:
        events = etree.iterparse(
            _ChunkReader(chunks), events=("end",), tag=("{*}row", "{*}f"),
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
        )  # fmt: skip
        for _, element in events:
            if element.tag.endswith("}f") or element.tag == "f":
                has_formula = True
                continue
            number = int(element.get("r", number + 1))
            if element.get("hidden") in ("1", "true"):
                hidden.add(number)
            if has_formula and len(empty) < _FIRST:
                empty.extend(_without_value(element))
            has_formula = False
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
    except etree.XMLSyntaxError as error:
        raise ValueError("worksheet XML") from error
    return RowMarks(frozenset(hidden), tuple(empty[:_FIRST]))


def _without_value(row: etree._Element) -> list[str]:
    names = []
    for cell in row:
        kinds = {etree.QName(child).localname: child for child in cell}
        if "f" in kinds and not (kinds["v"].text if "v" in kinds else None) and "is" not in kinds:
            names.append(cell.get("r", ""))
    return names


class _ChunkReader(RawIOBase):
    """A readable file over an iterator of chunks."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self._rest = b""

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        while not self._rest:
            chunk = next(self._chunks, None)
            if chunk is None:
                return b""
            self._rest = chunk
        cut = len(self._rest) if size < 0 else size
        piece, self._rest = self._rest[:cut], self._rest[cut:]
        return piece

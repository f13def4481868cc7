"""Header bands: from one to four rows of column titles, merged or not, to a layout of fields."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from core.boq.model import Question, TableRole
from core.boq.text import folded
from core.rules.boq_headers import FIELDS, ColumnRule, reading_rules
from core.sheets.cells import Cell, text_of

MAX_BAND = 4  # rows
_MAX_COLUMNS = 200  # of a header that are looked at
_UNIT_SUFFIX = re.compile(r"(\([^()]*\)|\[[^\[\]]*\])+$")
_LEGEND = re.compile(r"^\(?(\d{1,2}|[a-z]\d?)\)?(=.*)?$")  # 7, (7), 8=6*7, a, p0, d=b-a
_NUMERIC_FIELDS = frozenset({"quantity", "unit_price", "amount"})
_ASKED_FIELDS = frozenset({"code", "name", "feature", "unit", *_NUMERIC_FIELDS})
_ITEM_ROLES = frozenset(
    {TableRole.DETAIL, TableRole.UNIT_MEASURE, TableRole.PROVISIONAL_MATERIAL, TableRole.DAYWORK}
)  # fmt: skip
Row = Sequence[Cell]
Merge = tuple[tuple[int, int], tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Layout:
    """Which columns hold which field. Several columns of one field are one merged logical column, left first."""

    columns: Mapping[str, tuple[int, ...]]
    signature: str  # short digest of the column titles; equal for the repeated headers of a table
    height: int  # rows of the band
    questions: tuple[Question, ...] = ()

    def has(self, name: str) -> bool:
        """Whether the table has this field."""
        return name in self.columns


@dataclass(frozen=True, slots=True)
class MergeIndex:
    """Merged ranges by their first row, to look up the few that touch a header."""

    by_row: Mapping[int, tuple[Merge, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, merges: Sequence[Merge]) -> MergeIndex:
        """Indexes the ranges of a sheet."""
        rows: dict[int, list[Merge]] = {}
        for merge in merges:
            rows.setdefault(merge[0][0], []).append(merge)
        return cls({row: tuple(found) for row, found in rows.items()})

    def origin(self, row: int, column: int, first_row: int) -> tuple[int, int] | None:
        """The top left cell of the range covering a cell, looking up to ``first_row``; zero-based."""
        for start in range(row, first_row - 1, -1):
            for (top, left), (bottom, right) in self.by_row.get(start, ()):
                if top <= row <= bottom and left <= column <= right:
                    return top, left
        return None


@lru_cache(maxsize=4096)
def header_text(text: str) -> str:
    """A column title for comparison: folded, without trailing bracketed units and full stops."""
    return _UNIT_SUFFIX.sub("", folded(text).rstrip(".:")).rstrip(".:")


def may_be_header(cells: Row) -> bool:
    """A cheap first test: at least two cells are known column titles."""
    words = reading_rules().header_words
    hits = 0
    for cell in cells[:_MAX_COLUMNS]:
        if isinstance(cell, str) and 0 < len(cell) < 40 and header_text(cell) in words:
            hits += 1
            if hits >= 2:
                return True
    return False


def read_header(
    band: Sequence[Row], top: int, merges: MergeIndex, *, role: TableRole | None, sheet: str,
    answers: Mapping[str, tuple[str, ...]],
) -> Layout | None:  # fmt: skip
    """The layout of the header that begins with ``band[0]`` (zero-based row ``top``), or None.

    ``band`` may hold more rows than belong to the header. ``role`` None stands for a table without a title, which
    must show code, name, unit and quantity to be considered.
    """
    height, legends = _height(band)
    rows = [band[index] for index in range(height) if index not in legends]
    numbers = [top + index for index in range(height) if index not in legends]
    paths, joined = _paths(rows, numbers, merges)
    found = _candidates(paths, joined, role)
    if not _sufficient(found, role):
        return None
    signature = hashlib.sha256("\n".join("/".join(path) for path in paths.values()).encode()).hexdigest()[:8]
    columns: dict[str, tuple[int, ...]] = {}
    questions: list[Question] = []
    for name, groups in found.items():
        if len(groups) == 1 or name not in _ASKED_FIELDS:
            columns[name] = groups[0]
            continue
        options = tuple(f"{_letters(group[0])} {'/'.join(paths[group[0]])}" for group in groups)
        question = Question(f"column.{name}", f"{sheet}!{top + 1}", options)
        chosen = [option for option in options if option in answers.get(question.id, ())]
        if len(chosen) == 1:
            columns[name] = groups[options.index(chosen[0])]
        else:
            questions.append(question)
    return Layout(columns, signature, height, tuple(questions))


def _height(band: Sequence[Row]) -> tuple[int, frozenset[int]]:
    """How many rows the band has, and which of them only number or letter the columns."""
    identity = [column for column, cell in enumerate(band[0][:_MAX_COLUMNS]) if _is_identity(cell)]
    legends: set[int] = set()
    height = 1
    for index in range(1, min(len(band), MAX_BAND)):
        cells = band[index]
        filled = [column for column, cell in enumerate(cells[:_MAX_COLUMNS]) if text_of(cell)]
        if _is_legend(cells, filled, identity):
            legends.add(index)
        elif not filled or any(column in identity for column in filled) or not _all_titles(cells, filled):
            break
        height = index + 1
    return height, frozenset(legends)


def _is_identity(cell: Cell) -> bool:
    if not isinstance(cell, str):
        return False
    fields = {rule.field for rule in reading_rules().columns if header_text(cell) in rule.exact}
    return bool(fields & {"seq", "code", "name", "feature", "unit"})


def _is_legend(cells: Row, filled: Sequence[int], identity: Sequence[int]) -> bool:
    """A row that only numbers (1, 2, 3 …) or letters (A, B, D=B-A …) the columns.

    An item row of small numbers must not pass for one: marks begin with 1 or A, numbers count on without a gap, and
    nothing else stands in the columns that identify an item.
    """
    marks = {column: match.group(1) for column in filled if (match := _LEGEND.match(folded(text_of(cells[column]))))}
    if len(marks) < 4 or any(column in identity and column not in marks for column in filled):
        return False
    first, *rest = marks.values()
    if first == "1":
        return len(marks) == len(filled) and rest == [str(number) for number in range(2, len(marks) + 1)]
    return first == "a" and len(marks) * 4 >= len(filled) * 3


def _all_titles(cells: Row, filled: Sequence[int]) -> bool:
    return all(isinstance(cells[column], str) and len(text_of(cells[column])) <= 30 for column in filled)


def _paths(
    rows: Sequence[Row], numbers: Sequence[int], merges: MergeIndex
) -> tuple[dict[int, tuple[str, ...]], frozenset[int]]:
    """For every column its titles from group to leaf, normalised; and the columns that only a merge gives a title."""
    width = min(max(len(row) for row in rows), _MAX_COLUMNS)
    texts = {(number, column): header_text(text_of(cell))
             for number, row in zip(numbers, rows, strict=True) for column, cell in enumerate(row[:width])}  # fmt: skip
    deepest = {column: max((n for n in numbers if texts.get((n, column))), default=-1) for column in range(width)}
    paths: dict[int, tuple[str, ...]] = {}
    for column in range(width):
        path: list[str] = []
        for number in numbers:
            text = texts.get((number, column), "")
            if not text:
                origin = merges.origin(number, column, numbers[0])
                text = texts.get(origin, "") if origin else _group_title(texts, deepest, number, column)
            if text and (not path or path[-1] != text):
                path.append(text)
        if path:
            paths[column] = tuple(path)
    return paths, frozenset(column for column in paths if deepest[column] < 0)


def _group_title(texts: Mapping[tuple[int, int], str], deepest: Mapping[int, int], number: int, column: int) -> str:
    """The nearest group title to the left over an unmerged empty header cell that has a title below."""
    if deepest[column] <= number:
        return ""
    for left in range(column - 1, -1, -1):
        if deepest[left] <= number:
            return ""
        if texts.get((number, left)):
            return texts[number, left]
    return ""


def _candidates(
    paths: Mapping[int, tuple[str, ...]], joined: frozenset[int], role: TableRole | None
) -> dict[str, list[tuple[int, ...]]]:
    """Fields with the logical columns that may hold them."""
    matches: dict[str, list[tuple[int, int]]] = {}  # field -> (strength, column); strength 0 is best
    for column, path in paths.items():
        match = _match(path)
        if match is None:
            continue
        name, strength = match
        if name in _NUMERIC_FIELDS and _is_excluded("/".join(path), role):
            continue
        matches.setdefault(name, []).append((strength, column))
    found: dict[str, list[tuple[int, ...]]] = {}
    for name in FIELDS:
        columns = _strongest(name, matches.get(name, []), role)
        if columns:
            found[name] = _logical(columns, joined)
    return found


def _match(path: tuple[str, ...]) -> tuple[str, int] | None:
    """Field and strength of a column: 0 exact title, 1 ending, 2 contained, 3 only by a group title above."""
    columns = reading_rules().columns
    for depth, text in enumerate(reversed(path)):
        for strength, test in enumerate((_exact, _ending, _containing)):
            for rule in columns:
                if test(rule, text):
                    return rule.field, (strength if depth == 0 else 3)
    return None


def _exact(rule: ColumnRule, text: str) -> bool:
    return text in rule.exact


def _ending(rule: ColumnRule, text: str) -> bool:
    return text.endswith(rule.ending) if rule.ending else False


def _containing(rule: ColumnRule, text: str) -> bool:
    return any(word in text for word in rule.containing)


def _is_excluded(path: str, role: TableRole | None) -> bool:
    rules = reading_rules()
    words = rules.excluded
    if role is not None and role.value in rules.contract_stage_roles:
        words += rules.contract_stage
    return any(word in path for word in words)


def _strongest(name: str, matches: list[tuple[int, int]], role: TableRole | None) -> list[int]:
    own = [column for strength, column in matches if strength < 3]
    if own:
        exact = [column for strength, column in matches if strength == 0]
        return exact if exact and name not in _NUMERIC_FIELDS else own
    grouped = [column for _, column in matches]
    by_group_alone = role is not None and role.value in reading_rules().contract_stage_roles
    # A lone sub-column of a price group (labour, machinery …) is no price; several of them are a question.
    if len(grouped) == 1 and name != "quantity" and not by_group_alone:
        return []
    return grouped


def _logical(columns: list[int], joined: frozenset[int]) -> list[tuple[int, ...]]:
    """Columns under one merged title are one logical column."""
    groups: list[list[int]] = []
    for column in sorted(columns):
        if groups and column == groups[-1][-1] + 1 and column in joined:
            groups[-1].append(column)
        else:
            groups.append([column])
    return [tuple(group) for group in groups]


def _sufficient(found: Mapping[str, list[tuple[int, ...]]], role: TableRole | None) -> bool:
    if len(found) < 3 or "name" not in found:
        return False
    if role is None:
        return {"code", "unit", "quantity"} <= found.keys()
    if role in _ITEM_ROLES:
        return "quantity" in found and bool({"code", "unit"} & found.keys())
    return bool({"amount", "rate"} & found.keys()) or {"quantity", "unit"} <= found.keys()


def _letters(column: int) -> str:
    name = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(65 + rest) + name
    return name

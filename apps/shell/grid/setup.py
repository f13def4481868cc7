"""How the user has set up the columns: order, width, hidden, frozen. A value that is kept as text.

A damaged or foreign text gives the set-up of the program; columns it does not know are dropped, new ones are added.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

from apps.shell.grid.columns import Column

FORMAT = 1
TEXT_LIMIT = 65_536  # characters of a kept set-up
NARROWEST = 40
WIDEST = 1_200


@dataclass(frozen=True, slots=True)
class Placed:
    """One column as set up; the width is in pixels at scale 1.0."""

    key: str
    width: int
    hidden: bool = False
    frozen: bool = False


@dataclass(frozen=True, slots=True)
class Setup:
    """All columns in their order. Frozen ones come first, at least one column is seen."""

    placed: tuple[Placed, ...]

    @classmethod
    def of(cls, columns: Sequence[Column]) -> Setup:
        """The set-up the program starts with."""
        return cls(tuple(Placed(c.key, c.width, frozen=c.frozen) for c in columns)).mended()

    def mended(self) -> Setup:
        """Frozen columns first, widths within bounds, one column seen at least."""
        placed = sorted(self.placed, key=lambda column: not column.frozen)
        placed = [replace(column, width=min(max(column.width, NARROWEST), WIDEST)) for column in placed]
        if placed and all(column.hidden for column in placed):
            placed[0] = replace(placed[0], hidden=False)
        return Setup(tuple(placed))

    @property
    def shown(self) -> tuple[Placed, ...]:
        """The columns that are seen, in order."""
        return tuple(column for column in self.placed if not column.hidden)

    def changed(
        self, key: str, *, width: int | None = None, hidden: bool | None = None, frozen: bool | None = None
    ) -> Setup:
        """The set-up with one column changed."""
        placed = tuple(
            replace(
                column,
                width=column.width if width is None else width,
                hidden=column.hidden if hidden is None else hidden,
                frozen=column.frozen if frozen is None else frozen,
            )
            if column.key == key
            else column
            for column in self.placed
        )
        return Setup(placed).mended()

    def moved(self, key: str, before: int) -> Setup:
        """The set-up with one column moved to stand at place ``before`` of all columns."""
        moving = [column for column in self.placed if column.key == key]
        others = [column for column in self.placed if column.key != key]
        at = min(max(before, 0), len(others))
        return Setup((*others[:at], *moving, *others[at:])).mended()

    def dump(self) -> str:
        """The text that is kept."""
        columns = [[c.key, c.width, c.hidden, c.frozen] for c in self.placed]
        return json.dumps({"format": FORMAT, "columns": columns}, ensure_ascii=False)


def load_setup(untrusted_text: str, columns: Sequence[Column]) -> Setup:
    """The kept set-up fitted to the columns there are; whatever is damaged in it is as the program starts."""
    start = Setup.of(columns)
    if len(untrusted_text) > TEXT_LIMIT:
        return start
    try:
        kept = json.loads(untrusted_text)
    except (ValueError, RecursionError):
        return start
    listed = kept.get("columns") if isinstance(kept, dict) and kept.get("format") == FORMAT else None
    if not isinstance(listed, list):
        return start
    known = {column.key: column for column in start.placed}
    read = [column for entry in listed if (column := _placed(entry)) is not None]
    placed = [column for column in read if known.pop(column.key, None) is not None]
    for column in start.placed:  # new columns come where the program has them, as far as that can be said
        if column.key in known:
            placed.insert(min(start.placed.index(column), len(placed)), column)
    return Setup(tuple(placed)).mended()


def _placed(entry: object) -> Placed | None:
    if not isinstance(entry, list) or len(entry) != 4:
        return None
    key, width, hidden, frozen = entry
    if not isinstance(key, str) or not isinstance(hidden, bool) or not isinstance(frozen, bool):
        return None
    if not isinstance(width, int) or isinstance(width, bool):
        return None
    return Placed(key, width, hidden, frozen)

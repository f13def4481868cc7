"""What the page of the one-click check shows. No Qt."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from core.jobs.doctor.result import SEVERITY, Outcome, Result


class Phase(StrEnum):
    """Where one check is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Row:
    """One check. ``result`` is the last answer, kept while the check is run again."""

    name: str
    phase: Phase = Phase.WAITING
    result: Result | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """What the last command of the person led to: a catalogue key with one parameter, and its tone."""

    key: str
    tone: str = "ok"
    value: str = ""


@dataclass(frozen=True, slots=True)
class DoctorState:
    """The whole page. ``rows`` stand in the order they are shown in."""

    rows: tuple[Row, ...]
    running: bool = False
    note: Note | None = None

    @property
    def done(self) -> int:
        """How many checks have an answer of this run."""
        return sum(row.phase is Phase.DONE for row in self.rows)

    @property
    def finished(self) -> bool:
        """Whether every check has an answer."""
        return not self.running and all(row.result is not None for row in self.rows)

    def count(self, verdict: Outcome) -> int:
        """How many answers have this verdict."""
        return sum(row.result is not None and row.result.verdict is verdict for row in self.rows)

    @property
    def current(self) -> str:
        """The check at work, "" for none."""
        return next((row.name for row in self.rows if row.phase is Phase.RUNNING), "")

    @property
    def results(self) -> tuple[Result, ...]:
        """The answers there are."""
        return tuple(row.result for row in self.rows if row.result is not None)


def waiting(names: Iterable[str]) -> DoctorState:
    """The page before the first run."""
    return DoctorState(tuple(Row(name) for name in names))


def with_row(state: DoctorState, row: Row) -> DoctorState:
    """The state with one row in another phase."""
    return replace(state, rows=tuple(row if one.name == row.name else one for one in state.rows))


def failed_first(state: DoctorState, order: Sequence[str]) -> DoctorState:
    """The rows by severity, those of one verdict in the order of the registry."""
    ranks = {verdict: rank for rank, verdict in enumerate(SEVERITY)}

    def place(row: Row) -> tuple[int, int]:
        rank = ranks[row.result.verdict] if row.result is not None else len(ranks)
        return rank, order.index(row.name)

    return replace(state, rows=tuple(sorted(state.rows, key=place)))

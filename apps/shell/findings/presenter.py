"""Decides what the findings panel shows and what its buttons do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from apps.shell.compare.tsv import tsv
from apps.shell.findings.arrange import arrange, visible
from apps.shell.findings.state import FindingRow, FindingsState, Grouping, Stage
from apps.shell.findings.wording import Describe, as_text, describer, rows_of
from apps.shell.screen import Presenter
from apps.shell.tasks import Handle, Starter
from core.messages import Catalogue
from core.rules.finding import Finding, Severity
from signing.errors import CodedError


@dataclass(frozen=True, slots=True)
class FindingsActions:
    """What the owner does: go to a place, take the next step, put text on the clipboard, write a file, show an error.

    ``export`` None: no export is offered.
    """

    jump: Callable[[Finding], None]
    fix: Callable[[Finding], None]
    copy: Callable[[str], None]
    failed: Callable[[CodedError], None]
    export: Callable[[tuple[Finding, ...]], None] | None = None


class FindingsPresenter(Presenter[FindingsState]):
    """Turns findings into rows on a lane, then filters and groups them at once."""

    def __init__(
        self, words: Catalogue, show: Callable[[FindingsState], None], starter: Starter, actions: FindingsActions,
        describe: Describe | None = None,
    ) -> None:  # fmt: skip
        super().__init__(show, FindingsState())
        self._words, self._starter, self._actions = words, starter, actions
        self._describe = describe if describe is not None else describer(words)
        self._reading: Handle | None = None

    def begin(self) -> None:
        """A check has started: the old findings no longer hold."""
        self._stop_reading()
        self._show(replace(self.state, stage=Stage.CHECKING, rows=(), lines=(), current=-1))

    def set_findings(self, findings: Sequence[Finding]) -> None:
        """Shows what a check found."""
        self.begin()
        words, describe, taken = self._words, self._describe, tuple(findings)
        self._reading = self._starter.start(
            lambda context: rows_of(taken, words, describe, context), done=self._read, failed=self._failed
        )

    def group_by(self, grouping: Grouping) -> None:
        """Groups anew."""
        self._arranged(replace(self.state, grouping=grouping))

    def show_only(self, severity: Severity | None) -> None:
        """Shows one severity, or all."""
        self._arranged(replace(self.state, only=severity))

    def search(self, text: str) -> None:
        """Shows what holds every word of the text."""
        self._arranged(replace(self.state, search=text))

    def clear_filters(self) -> None:
        """Shows everything again."""
        self._arranged(replace(self.state, only=None, search=""))

    def stand_on(self, number: int) -> None:
        """The reader moved to a row."""
        if number != self.state.current and 0 <= number < len(self.state.rows):
            self._show(replace(self.state, current=number))

    def next_problem(self) -> None:
        """The next finding shown below the present one, from the last round to the first."""
        shown = visible(self.state.lines)
        if not shown:
            return
        numbers = [row.number for row in shown]
        place = numbers.index(self.state.current) + 1 if self.state.current in numbers else 0
        self.stand_on(numbers[place % len(numbers)])

    def jump(self, number: int) -> None:
        """Goes to the place of a finding."""
        if 0 <= number < len(self.state.rows) and self.state.rows[number].finding.where:
            self.stand_on(number)
            self._actions.jump(self.state.rows[number].finding)

    def fix(self, number: int) -> None:
        """Takes the next step a finding names."""
        if 0 <= number < len(self.state.rows) and self.state.rows[number].fix:
            self._actions.fix(self.state.rows[number].finding)

    def copy_current(self) -> None:
        """The present finding to the clipboard."""
        row = self.state.current_row
        if row is not None:
            self._copy((row,))

    def copy_all(self) -> None:
        """Every finding shown, in the order shown, to the clipboard."""
        self._copy(visible(self.state.lines))

    @property
    def can_export(self) -> bool:
        """Whether the owner writes files."""
        return self._actions.export is not None

    def export(self) -> None:
        """Hands the findings shown to the owner, who writes a file."""
        if self._actions.export is not None:
            self._actions.export(tuple(row.finding for row in visible(self.state.lines)))

    def _copy(self, rows: tuple[FindingRow, ...]) -> None:
        self._actions.copy(tsv(as_text(rows, self._words)))

    def _read(self, rows: tuple[FindingRow, ...]) -> None:
        self._reading = None
        self._arranged(replace(self.state, stage=Stage.SHOWN, rows=rows, current=-1))

    def _failed(self, error: CodedError) -> None:
        self._reading = None
        self._show(replace(self.state, stage=Stage.WAITING))
        self._actions.failed(error)

    def _arranged(self, state: FindingsState) -> None:
        lines = arrange(state.rows, state.grouping, state.only, state.search, self._words)
        kept = any(row.number == state.current for row in visible(lines))
        self._show(replace(state, lines=lines, current=state.current if kept else -1))

    def _stop_reading(self) -> None:
        if self._reading is not None:
            self._reading.forget()
            self._reading = None

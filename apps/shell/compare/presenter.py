"""Decides what of a comparison is shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from apps.shell.compare.differ import rows_of
from apps.shell.compare.state import CompareState, CompareTable
from apps.shell.compare.tsv import tsv
from apps.shell.compare.wording import as_rows, cell_text
from apps.shell.screen import Presenter
from core.messages import Catalogue


class ComparePresenter(Presenter[CompareState]):
    """``copy`` puts text on the clipboard."""

    def __init__(
        self, words: Catalogue, show: Callable[[CompareState], None], table: CompareTable, *,
        copy: Callable[[str], None],
    ) -> None:  # fmt: skip
        super().__init__(show, CompareState(table, rows_of(table)))
        self._words, self._copy = words, copy

    def set_table(self, table: CompareTable) -> None:
        """Compares other things; the reader stays on the same cell where it still exists."""
        state = replace(self.state, table=table, rows=rows_of(table))
        self._show(_kept(state))

    def show_only_differences(self, only: bool) -> None:
        """Hides or shows the criteria all agree on."""
        if only != self.state.only_differences:
            self._show(_kept(replace(self.state, only_differences=only)))

    def stand_on(self, criterion: str, subject: str) -> None:
        """The reader moved to a cell."""
        state = _kept(replace(self.state, current=(criterion, subject)))
        if state != self.state and state.current is not None:
            self._show(state)

    def copy_table(self) -> None:
        """Everything shown, with the differences in words."""
        self._copy(tsv(as_rows(self.state, self._words)))

    def copy_cell(self) -> None:
        """The text of the present cell, whole."""
        if self.state.current is not None:
            cell = self.state.table.cells.get(self.state.current)
            self._copy(cell_text(cell, self._words))


def _kept(state: CompareState) -> CompareState:
    """The state, without a current cell that is not shown."""
    if state.current is None:
        return state
    criterion, subject = state.current
    shown = any(row.criterion.id == criterion for row in state.shown)
    there = shown and any(one.id == subject for one in state.table.subjects)
    return state if there else replace(state, current=None)

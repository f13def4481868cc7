"""Above the table: filter, only problems, their numbers, undo and paste. Below it: rows, totals, the selection."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QMenu, QSizePolicy, QWidget

from apps.shell.grid.columns import shown
from apps.shell.grid.order import Query
from apps.shell.grid.problems import Severity
from apps.shell.grid.sheet import Sheet
from apps.shell.grid.summary import Summary
from apps.shell.theme.style import look_of
from apps.shell.widgets.button import button
from apps.shell.widgets.chip import Chip
from apps.shell.widgets.search_field import SearchField
from apps.shell.widgets.text import label, tip
from core.messages import Catalogue

_K = "shell.grid."
SCOPE_SHOWN = 2  # searched columns named in the empty filter


class FilterField(SearchField):
    """Down and Enter go to the table, Escape empties."""

    def __init__(self, words: Catalogue, table: QWidget) -> None:
        super().__init__(words, _K + "filter.name")
        self._table = table
        self.setMaxLength(200)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """As above."""
        if event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._table.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)


class TopBar(QWidget):
    """The line above the table."""

    def __init__(self, words: Catalogue, sheet: Sheet, table: QWidget, title: str) -> None:
        super().__init__()
        self._words = words
        px = look_of().px
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(8))
        self.title = label(title, "h2")
        self.title.setVisible(bool(title))
        self.errors, self.warnings = Chip("", "err"), Chip("", "warn")
        self.field = FilterField(words, table)
        self.field.setMinimumWidth(px(190))
        self.field.setMaximumWidth(px(300))
        self.field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.scope = button(words, "", kind="quiet", icon="filter", name_key=_K + "filter.scope")
        self.scope_menu = QMenu(self)
        self.scope.setMenu(self.scope_menu)
        self.only = QCheckBox(words.text(_K + "filter.only_problems"))
        self.next = button(words, "", kind="quiet", icon="arrow-down", name_key=_K + "act_next")
        self.undo = button(words, "", kind="quiet", icon="undo", name_key=_K + "act_undo")
        self.redo = button(words, "", kind="quiet", icon="redo", name_key=_K + "act_redo")
        self.columns = button(words, "", kind="quiet", icon="columns", name_key=_K + "act_columns")
        self.paste = button(words, _K + "act_paste", icon="paste")
        for leading in (self.title, self.errors, self.warnings, self.next):
            row.addWidget(leading)
        row.addStretch(1)
        row.addWidget(self.field, 20)
        for widget in (self.scope, self.only, self.undo, self.redo, self.columns, self.paste):
            row.addWidget(widget)
        self.paste.setVisible(any(column.editable for column in sheet.columns))
        self.show_scope(sheet, ())

    def show_scope(self, sheet: Sheet, chosen: tuple[str, ...]) -> None:
        """Names the searched columns in the empty field."""
        names = [c.caption(self._words) for c in sheet.columns if (c.key in chosen if chosen else c.searched)]
        listed = self._words.text(_K + "filter.joint").join(names[:SCOPE_SHOWN])
        self.field.setPlaceholderText(self._words.text(_K + "filter.hint", columns=listed))

    def show_query(self, sheet: Sheet, query: Query) -> None:
        """Shows a query that did not come from here."""
        for box in (self.field, self.only):
            box.blockSignals(True)
        self.field.setText(query.text)
        self.only.setChecked(query.only_problems)
        for box in (self.field, self.only):
            box.blockSignals(False)
        self.show_scope(sheet, query.columns)

    def show_problems(self, sheet: Sheet) -> None:
        """How many errors and warnings there are."""
        errors, warnings = sheet.problems.count(Severity.ERROR), sheet.problems.count(Severity.WARN)
        self.errors.show_chip(self._words.text(_K + "errors", count=f"{errors:,}"), "err")
        self.warnings.show_chip(self._words.text(_K + "warnings", count=f"{warnings:,}"), "warn")
        self.errors.setVisible(errors > 0)
        self.warnings.setVisible(warnings > 0)
        self.next.setVisible(errors + warnings > 0)

    def show_history(self, sheet: Sheet) -> None:
        """Whether there is something to undo or redo."""
        self.undo.setEnabled(sheet.history.next_undo() is not None)
        self.redo.setEnabled(sheet.history.next_redo() is not None)


class FootBar(QWidget):
    """The line below the table."""

    def __init__(self, words: Catalogue) -> None:
        super().__init__()
        self._words = words
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look_of().px(16))
        self.rows, self.said = label("", "small"), label("", "small")
        self.chosen, self.totals = label("", "small"), label("", "small")
        self.said.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        for widget in (self.rows, self.chosen, self.totals):
            widget.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        row.addWidget(self.rows)
        row.addWidget(self.said, 1)
        row.addWidget(self.chosen)
        row.addWidget(self.totals)

    def show_rows(self, sheet: Sheet) -> None:
        """How many rows are seen, and the totals of the columns that keep one."""
        seen, all_rows = len(sheet.order.visible), len(sheet.store)
        if sheet.order.query.filters:
            text = self._words.text(_K + "rows_filtered", hits=f"{sheet.order.hits:,}", total=f"{all_rows:,}")
        elif seen < all_rows:
            text = self._words.text(_K + "rows_folded", seen=f"{seen:,}", total=f"{all_rows:,}")
        else:
            text = self._words.text(_K + "rows", total=f"{all_rows:,}")
        self.rows.setText(text)
        self.show_totals(sheet)

    def show_totals(self, sheet: Sheet) -> None:
        """The sums over all rows."""
        parts = []
        for number, column in enumerate(sheet.columns):
            total = sheet.store.total(number)
            if total is not None:
                value = shown(column, total, self._words)
                parts.append(self._words.text(_K + "total", column=column.caption(self._words), value=value))
        self.totals.setText(self._words.text(_K + "dot").join(parts))

    def show_summary(self, summary: Summary) -> None:
        """What is selected; nothing for a single cell."""
        if summary.cells <= 1:
            self.chosen.setText("")
            return
        parts = [self._words.text(_K + "chosen", cells=f"{summary.cells:,}", filled=f"{summary.filled:,}")]
        if summary.numbers:
            parts.append(self._words.text(_K + "sum", value=f"{summary.total:,f}"))
        if summary.numbers > 1:
            parts.append(self._words.text(_K + "mean", value=f"{summary.mean:,f}"))
        if summary.totals_left_out:
            parts.append(self._words.text(_K + "left_out", count=f"{summary.totals_left_out:,}"))
        self.chosen.setText(self._words.text(_K + "dot").join(parts))

    def say(self, text: str) -> None:
        """A short confirmation."""
        self.said.setText(text)
        self.said.setToolTip(tip(text))

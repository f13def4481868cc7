"""The findings panel: filters, the list, the finding in full, copy and export."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget

from apps.shell.findings.detail import FindingDetail
from apps.shell.findings.filters import FindingFilters
from apps.shell.findings.finding_list import FindingList
from apps.shell.findings.model import FindingsModel
from apps.shell.findings.presenter import FindingsPresenter
from apps.shell.findings.row import FindingDelegate
from apps.shell.findings.state import FindingRow, FindingsState, Stage
from apps.shell.widgets.button import button
from apps.shell.widgets.card import Card
from apps.shell.widgets.empty import EmptyState
from core.messages import Catalogue


class FindingsView(Card):
    """Arrow keys walk, Enter goes to the place, Ctrl+Enter takes the next step, Ctrl+C copies, F4 is the next one."""

    def __init__(self, words: Catalogue, presenter: FindingsPresenter, title: str = "") -> None:
        super().__init__(title or words.text("shell.findings.title"))
        self._words, self._presenter = words, presenter
        self._copy_all = button(words, "shell.findings.copy_all", kind="quiet", icon="copy")
        self._export = button(words, "shell.findings.export", kind="quiet", icon="download")
        self._copy_all.clicked.connect(presenter.copy_all)
        self._export.clicked.connect(presenter.export)
        self._export.setVisible(presenter.can_export)
        self.header.addStretch(1)
        self.header.addWidget(self._copy_all)
        self.header.addWidget(self._export)
        self._filters = FindingFilters(
            words, only=presenter.show_only, search=presenter.search, group=presenter.group_by
        )  # fmt: skip
        self._model = FindingsModel(words)
        self._list = FindingList(self._model)
        self._list.setAccessibleName(words.text("shell.findings.list"))
        self._delegate = FindingDelegate(words, self._list, presenter.jump)
        self._list.use(self._delegate)
        self._list.selectionModel().currentChanged.connect(self._moved)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._list)
        self._empty = {name: self._empty_page(name) for name in ("waiting", "checking", "clean", "no_hits")}
        self._detail = FindingDetail(words, jump=presenter.jump, fix=presenter.fix, copy=presenter.copy_current)
        self.body.addWidget(self._filters)
        self.body.addWidget(self._pages, 1)
        self.body.addWidget(self._detail)
        self._shortcuts = self._keys()
        self._rows: tuple[FindingRow, ...] = ()
        self.show_state(presenter.state)

    @property
    def list(self) -> FindingList:
        """The findings: where the focus belongs."""
        return self._list

    def show_state(self, state: FindingsState) -> None:
        """Shows a state."""
        self._filters.show_state(state)
        page, some = _page_of(state), bool(state.rows)
        self._filters.setVisible(some)
        self._detail.setVisible(some and not page)
        self._copy_all.setEnabled(some and not page)
        self._export.setEnabled(some and not page)
        self._pages.setCurrentWidget(self._empty[page] if page else self._list)
        if state.rows is not self._rows:
            self._rows = state.rows
            self._delegate.forget()
        self._model.set_lines(state.lines)
        row = self._model.row_of(state.current)
        if row != self._list.currentIndex().row():
            self._list.stand_on(self._model.index(row) if row >= 0 else QModelIndex())
        self._list.viewport().update()
        self._detail.show_row(state.current_row)

    def _keys(self) -> tuple[QShortcut, ...]:
        made = []
        for key, action in (
            ("Return", lambda: self._presenter.jump(self._presenter.state.current)),
            ("Enter", lambda: self._presenter.jump(self._presenter.state.current)),
            ("Ctrl+Return", lambda: self._presenter.fix(self._presenter.state.current)),
            ("Ctrl+C", self._presenter.copy_current),
        ):
            shortcut = QShortcut(QKeySequence(key), self._list)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(action)
            made.append(shortcut)
        for key, action in (("F4", self._presenter.next_problem), ("Ctrl+F", self._filters.search.setFocus)):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(action)
            made.append(shortcut)
        return tuple(made)

    def _moved(self, current: QModelIndex) -> None:
        if current.isValid():
            line = self._model.line(current)
            if isinstance(line, FindingRow):
                self._presenter.stand_on(line.number)

    def _empty_page(self, name: str) -> EmptyState:
        reset = None
        if name == "no_hits":
            reset = button(self._words, "shell.findings.show_all")
            reset.clicked.connect(self._presenter.clear_filters)
        icon = {"waiting": "clock", "checking": "clock", "clean": "check-circle", "no_hits": "search"}[name]
        text = self._words.text
        page = EmptyState(icon, text(f"shell.findings.{name}"), text(f"shell.findings.{name}_hint"), reset)
        self._pages.addWidget(page)
        return page


def _page_of(state: FindingsState) -> str:
    """Which empty page stands instead of the list, "" for none."""
    if state.stage is not Stage.SHOWN:
        return state.stage.value
    if not state.rows:
        return "clean"
    return "" if state.lines else "no_hits"

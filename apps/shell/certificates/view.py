"""The certificate picker: what is there, everything about the chosen one, why it cannot be used, the PIN."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from apps.shell.certificates.facts_panel import FactsPanel
from apps.shell.certificates.model import CertificateModel
from apps.shell.certificates.pin_panel import PinPanel
from apps.shell.certificates.presenter import CertificatePresenter
from apps.shell.certificates.row import CertificateRow
from apps.shell.certificates.state import PickerState, Stage
from apps.shell.certificates.wording import explanation, trouble_text, verdict_of
from apps.shell.checklist.item_list import ItemList
from apps.shell.theme.style import look_of
from apps.shell.widgets.band import Band
from apps.shell.widgets.empty import EmptyState
from core.messages import Catalogue

POLL_MS = 1500  # a pulled token is seen within this time


class CertificatePicker(QWidget):
    """Asks its presenter to look while it is shown; Enter in the list goes to the PIN."""

    def __init__(self, words: Catalogue, presenter: CertificatePresenter, *, confirm_key: str) -> None:
        super().__init__()
        self._words, self._presenter = words, presenter
        self._model = CertificateModel(words, presenter.state)
        self._list = ItemList(self._enter)
        self._list.setModel(self._model)
        self._list.setAccessibleName(words.text("shell.certificates.list"))
        self._row = CertificateRow(words, self._list)
        self._list.setItemDelegate(self._row)
        self._list.selectionModel().currentChanged.connect(self._moved)
        self._facts = FactsPanel(words)
        self._why = Band("info", "")
        self._source = Band("err", "")
        self._pin = PinPanel(
            words, confirm_key, confirm=presenter.confirm, cancel=presenter.cancel, ready=presenter.ready_for
        )  # fmt: skip
        text = words.text
        self._looking = EmptyState("clock", text("shell.certificates.looking"), text("shell.certificates.looking_hint"))
        self._none = EmptyState("usb", text("shell.certificates.nothing"), text("shell.certificates.nothing_hint"))
        self._pages = QStackedWidget()
        self._lay_out()
        self._timer = QTimer(self)
        self._timer.setInterval(POLL_MS)
        self._timer.timeout.connect(presenter.poll)
        self.show_state(presenter.state)

    @property
    def pin(self) -> PinPanel:
        """The PIN's field and buttons."""
        return self._pin

    @property
    def list(self) -> ItemList:
        """The certificates: where the focus belongs first."""
        return self._list

    def show_state(self, state: PickerState) -> None:
        """Shows a state."""
        working = state.stage is Stage.WORKING
        self._model.set_state(state)
        row = self._model.row_of(state.chosen)
        if row >= 0 and row != self._list.currentIndex().row():
            self._list.setCurrentIndex(self._model.index(row))
        self._list.setEnabled(not working)
        self._list.viewport().update()
        looking = state.stage is Stage.LISTING
        page = self._looking if looking else self._both if state.choices else self._none
        self._pages.setCurrentWidget(page)
        self._source.setVisible(state.source_trouble is not None)
        if state.source_trouble is not None:
            self._source.show_message("err", trouble_text(state.source_trouble, self._words))
        choice = state.choice
        self._facts.show_choice(choice)
        tone, why = ("", "") if choice is None or working else explanation(state, choice, self._words)
        self._why.setVisible(bool(why))
        if why:
            self._why.show_message(tone, why)
        self._pin.show_pin(
            asked=choice is not None and choice.needs_pin,
            usable=choice is not None and verdict_of(state, choice).usable,
            working=working, wrong=bool(choice is not None and state.wrong == choice.id), turn=state.pin_turn,
        )  # fmt: skip

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Looks at once, then again and again."""
        super().showEvent(event)
        self._presenter.poll()
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        """Nothing of a PIN outlives the picker's being seen."""
        super().hideEvent(event)
        self._timer.stop()
        self._pin.edit.wipe()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """A window that goes to the back closes the eye."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and not self.isActiveWindow():
            self._pin.conceal()

    def _lay_out(self) -> None:
        px = look_of().px
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(px(12))
        detail = QWidget()
        column = QVBoxLayout(detail)
        column.setContentsMargins(0, 0, px(4), 0)
        column.setSpacing(px(14))
        column.addWidget(self._facts)
        column.addWidget(self._why)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidget(detail)
        area.setWidgetResizable(True)
        area.setAccessibleName(self._words.text("shell.certificates.facts"))
        detail.setAutoFillBackground(False)
        area.viewport().setAutoFillBackground(False)
        right = QVBoxLayout()
        right.setSpacing(px(12))
        right.addWidget(area, 1)
        right.addWidget(self._pin)
        self._both = QWidget()
        sides = QHBoxLayout(self._both)
        sides.setContentsMargins(0, 0, 0, 0)
        sides.setSpacing(px(20))
        sides.addWidget(self._list, 5)
        sides.addLayout(right, 6)
        for page in (self._looking, self._none, self._both):
            self._pages.addWidget(page)
        outer.addWidget(self._source)
        outer.addWidget(self._pages, 1)

    def _moved(self, current: QModelIndex) -> None:
        if current.isValid():
            self._presenter.choose(self._model.choice(current).id)

    def _enter(self, index: QModelIndex) -> None:
        self._presenter.choose(self._model.choice(index).id)
        target = self._pin.edit if self._pin.edit.isVisible() else self._pin.confirm
        target.setFocus()

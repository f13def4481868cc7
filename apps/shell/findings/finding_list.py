"""The list view of the findings: laid out some hundred rows at a time, so that 5,000 do not stall."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, Qt
from PySide6.QtGui import QFocusEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QListView

from apps.shell.findings.model import FindingsModel
from apps.shell.findings.row import FindingDelegate
from apps.shell.theme.style import look_of

_BATCH = 500  # rows laid out in one turn of the event loop


class FindingList(QListView):
    """One column of rows of one or two lines."""

    def __init__(self, model: FindingsModel) -> None:
        super().__init__()
        self._findings = model
        self._delegate: FindingDelegate | None = None
        self._measured_for = -1
        self._wanted = -1
        self.setModel(model)
        model.modelAboutToBeReset.connect(self._forget)
        self.setProperty("plain", True)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setBatchSize(_BATCH)
        self.verticalScrollBar().rangeChanged.connect(self._go_on)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.verticalScrollBar().setSingleStep(look_of().px(24))

    def use(self, delegate: FindingDelegate) -> None:
        """Draws by this delegate."""
        self._delegate = delegate
        self.setItemDelegate(delegate)
        self._measure()

    def stand_on(self, index: QModelIndex) -> None:
        """Makes a row the present one and brings it into sight, if need be as soon as it has been laid out."""
        self.setCurrentIndex(index)
        self._wanted = index.row()
        self._go_on()

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        """Who scrolls by hand wants to be elsewhere."""
        self._wanted = -1
        super().wheelEvent(event)

    @property
    def row_width(self) -> int:
        """The width rows are measured for: the scroll bar's place is kept free, so its coming lays out nothing anew."""
        return self.width() - self.verticalScrollBar().sizeHint().width() - 2 * self.frameWidth()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Another width wraps otherwise."""
        super().resizeEvent(event)
        if self.row_width != self._measured_for:
            self._measure()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Another look: other sizes."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.StyleChange, QEvent.Type.FontChange}:
            self._measure()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Coming by keyboard stands on the first finding."""
        super().focusInEvent(event)
        if self.currentIndex().isValid() or event.reason() == Qt.FocusReason.MouseFocusReason:
            return
        for row in range(min(2, self._findings.rowCount())):
            if self._findings.flags(self._findings.index(row)) & Qt.ItemFlag.ItemIsSelectable:
                self.setCurrentIndex(self._findings.index(row))
                return

    def _go_on(self, *_range: int) -> None:
        if not 0 <= self._wanted < self._findings.rowCount():
            return
        index = self._findings.index(self._wanted)
        self.scrollTo(index)
        if self.viewport().rect().intersects(self.visualRect(index)):
            self._wanted = -1

    def _forget(self) -> None:
        self._wanted = -1

    def _measure(self) -> None:
        if self._delegate is not None:
            self._measured_for = self.row_width
            self._delegate.measure(self._measured_for)
            self.scheduleDelayedItemsLayout()

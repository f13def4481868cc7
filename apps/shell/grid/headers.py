"""The two headers: titles with the sort and a lock where a column is protected; row numbers with a problem's sign."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from apps.shell.grid.columns import Align, Kind
from apps.shell.grid.model import GridModel
from apps.shell.grid.problems import Severity
from apps.shell.icons import pixmap
from apps.shell.theme.fonts import font
from apps.shell.theme.style import color, look_of


class ColumnHeader(QHeaderView):
    """Titles; the arrow and number of a sort key stand behind the title, a lock before it."""

    def __init__(self, model: GridModel, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._model = model
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(look_of().px(40))
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setFixedHeight(look_of().px(36))

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:  # noqa: N802
        """One title."""
        px = look_of().px
        sheet = self._model.sheet
        painter.save()
        painter.fillRect(rect, color("surface2"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, color("line2"))
        if self.visualIndex(section) < self.count() - 1:  # the frame of the table ends the last one
            painter.fillRect(rect.right(), rect.top() + px(8), 1, rect.height() - px(16), color("line2"))
        if 0 <= section < len(sheet.shown):
            self._title(painter, rect.adjusted(px(8), 0, -px(8), 0), section)
        painter.restore()

    def _title(self, painter: QPainter, inner: QRect, section: int) -> None:
        px, sheet = look_of().px, self._model.sheet
        column = sheet.column(section)
        if sheet.store.is_tree and section == sheet.tree_place:
            inner = inner.adjusted(px(18), 0, 0, 0)
        sort = self._model.wanted.sort
        left = column.alignment is Align.END
        places = [place for place, key in enumerate(sort) if key.column == column.key]
        if places:
            arrow = "arrow-down" if sort[places[0]].descending else "arrow-up"
            inner = self._sign(painter, inner, arrow, "primary", left=left)
            if len(sort) > 1:
                painter.setFont(font(px(11), bold=True))
                painter.setPen(color("primary"))
                side = Qt.AlignmentFlag.AlignLeft if left else Qt.AlignmentFlag.AlignRight
                painter.drawText(inner, int(side | Qt.AlignmentFlag.AlignVCenter), str(places[0] + 1))
                inner = inner.adjusted(px(10) if left else 0, 0, 0 if left else -px(10), 0)
        elif not column.editable and column.kind is not Kind.STATUS and any(c.editable for c in sheet.columns):
            inner = self._sign(painter, inner, "lock", "faint", left=left)
        painter.setFont(font(px(13), bold=True))
        painter.setPen(color("text" if places else "muted"))
        text = QFontMetrics(painter.font()).elidedText(
            column.caption(self._model.words), Qt.TextElideMode.ElideRight, inner.width()
        )
        flag = {Align.START: Qt.AlignmentFlag.AlignLeft, Align.CENTER: Qt.AlignmentFlag.AlignHCenter}.get(
            column.alignment, Qt.AlignmentFlag.AlignRight
        )
        painter.drawText(inner, int(flag | Qt.AlignmentFlag.AlignVCenter), text)

    @staticmethod
    def _sign(painter: QPainter, inner: QRect, name: str, token: str, *, left: bool) -> QRect:
        """A small sign on the side where the title does not stand, so that titles line up with their values."""
        size, gap = look_of().px(12), look_of().px(4)
        at = inner.left() if left else inner.right() - size + 1
        painter.drawPixmap(at, inner.top() + (inner.height() - size) // 2, pixmap(name, size, token))
        return inner.adjusted(size + gap, 0, 0, 0) if left else inner.adjusted(0, 0, -size - gap, 0)


class RowHeader(QHeaderView):
    """Row numbers as the rows were given; a sign where something is wrong in the row, seen columns or not."""

    def __init__(self, model: GridModel, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._model = model
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Wide enough for the largest number and a sign."""
        px = look_of().px
        digits = max(3, len(str(len(self._model.sheet.store))))
        wide = QFontMetrics(font(px(13))).horizontalAdvance("0" * digits)
        return QSize(wide + px(12 + 6 + 18), 0)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:  # noqa: N802
        """One number."""
        px, sheet = look_of().px, self._model.sheet
        painter.save()
        painter.fillRect(rect, color("surface2"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, color("line"))
        painter.fillRect(rect.right(), rect.top(), 1, rect.height(), color("line2"))
        if 0 <= section < len(sheet.order.visible):
            row = sheet.order.visible[section]
            worst = sheet.problems.worst(sheet.store.ids[row])
            current = self.selectionModel() is not None and self.selectionModel().currentIndex().row() == section
            painter.setFont(font(px(13), bold=current))
            painter.setPen(color("primary" if current else "muted"))
            if worst is not None:
                size = px(14)
                wrong = worst is Severity.ERROR
                picture = pixmap("x-circle" if wrong else "warning", size, "err" if wrong else "warn")
                painter.drawPixmap(rect.left() + px(6), rect.top() + (rect.height() - size) // 2, picture)
            inner = rect.adjusted(px(4), 0, -px(8), 0)
            painter.drawText(inner, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), str(row + 1))
        painter.restore()

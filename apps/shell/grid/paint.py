"""How cells look: quiet lines, numbers to the right, problems by colour, sign and words together."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPixmap
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from apps.shell.grid.columns import Align, Column, Kind
from apps.shell.grid.model import GridModel
from apps.shell.grid.problems import Problem, Severity
from apps.shell.grid.speech import problem_of_cell
from apps.shell.grid.store import RowKind
from apps.shell.icons import pixmap
from apps.shell.theme.fonts import font
from apps.shell.theme.look import Look
from apps.shell.theme.style import color, look_of

INDENT = 16  # pixels a level, at scale 1.0
CHEVRON = 16
SIGN = 14


@dataclass(frozen=True, slots=True)
class Paints:
    """Colours, fonts and signs of one look, made once and not for every cell."""

    look: Look
    surface: QColor
    group: QColor
    line: QColor
    text: QColor
    muted: QColor
    selection: QColor
    focus: QColor
    tint: dict[Severity, QColor]
    ink: dict[Severity, QColor]
    sign: dict[Severity, QPixmap]
    fine: QPixmap
    opened: QPixmap
    folded: QPixmap
    plain: QFont
    bold: QFont

    @classmethod
    def of(cls, look: Look) -> Paints:
        """Everything for the present look."""
        sign, chevron = look.px(SIGN), look.px(CHEVRON)
        return cls(
            look, color("surface"), color("surface2"), color("line"), color("text"), color("muted"),
            color("selection"), color("focus"),
            {Severity.ERROR: color("err_bg"), Severity.WARN: color("warn_bg")},
            {Severity.ERROR: color("err"), Severity.WARN: color("warn")},
            {Severity.ERROR: pixmap("x-circle", sign, "err"), Severity.WARN: pixmap("warning", sign, "warn")},
            pixmap("check", sign, "ok"), pixmap("chevron-down", chevron, "muted"),
            pixmap("chevron-right", chevron, "muted"), font(look.px(14)), font(look.px(14), bold=True),
        )  # fmt: skip


class CellPainter:
    """Paints one cell after the other with the same paints."""

    def __init__(self, model: GridModel) -> None:
        self._model = model
        self._paints: Paints | None = None

    def paints(self) -> Paints:
        """The paints of the present look."""
        look = look_of()
        if self._paints is None or self._paints.look != look:
            self._paints = Paints.of(look)
        return self._paints

    def chevron_rect(self, cell: QRect, row: int) -> QRect:
        """Where the sign that opens a group stands in the first cell of a row."""
        px = look_of().px
        left = cell.left() + px(6) + px(INDENT) * self._model.sheet.store.levels[row]
        return QRect(left, cell.top() + (cell.height() - px(CHEVRON)) // 2, px(CHEVRON), px(CHEVRON))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """One cell."""
        model, paints = self._model, self.paints()
        row, number = model.cell(index)
        column, kind = model.sheet.columns[number], model.sheet.store.kinds[row]
        problem = problem_of_cell(model.sheet, row, number)
        rect: QRect = option.rect  # type: ignore[attr-defined]  # the stubs lack the fields of style options
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        self._ground(painter, rect, kind, problem, chosen=chosen)
        inner = rect.adjusted(paints.look.px(8), 0, -paints.look.px(8), 0)
        if model.sheet.store.is_tree and index.column() == model.sheet.tree_place:
            inner.setLeft(self._tree(painter, rect, row))
        if column.kind is Kind.STATUS:
            inner = self._status_sign(painter, inner, problem, has_value=kind is RowKind.ITEM)
        elif problem is not None:
            inner = self._sign(painter, inner, column, problem)
        painter.setFont(paints.plain if kind is RowKind.ITEM else paints.bold)
        ink = paints.ink[problem.severity] if problem is not None and column.kind is Kind.STATUS else paints.text
        painter.setPen(ink)
        self._words(painter, inner, column, model.text(row, number))
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(paints.focus)
            painter.drawRect(rect.adjusted(0, 0, -1, -1))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))

    def _ground(self, painter: QPainter, rect: QRect, kind: RowKind, problem: Problem | None, *, chosen: bool) -> None:
        paints = self.paints()
        ground = paints.surface if kind is RowKind.ITEM else paints.group
        if problem is not None:
            ground = paints.tint[problem.severity]
        painter.fillRect(rect, paints.selection if chosen else ground)
        if chosen and problem is not None:
            painter.fillRect(rect.adjusted(0, 0, paints.look.px(3) - rect.width(), 0), paints.ink[problem.severity])
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, paints.line)

    def _tree(self, painter: QPainter, rect: QRect, row: int) -> int:
        """The sign of a group; returns where the text begins."""
        paints, chevron = self.paints(), self.chevron_rect(rect, row)
        if self._model.sheet.store.has_children(row):
            opened = self._model.sheet.order.is_open(row)
            painter.drawPixmap(chevron.topLeft(), paints.opened if opened else paints.folded)
        return chevron.right() + paints.look.px(4)

    def _status_sign(self, painter: QPainter, inner: QRect, problem: Problem | None, *, has_value: bool) -> QRect:
        paints = self.paints()
        if problem is None and not has_value:
            return inner
        sign = paints.sign[problem.severity] if problem is not None else paints.fine
        painter.drawPixmap(inner.left(), self._middle(inner), sign)
        return inner.adjusted(paints.look.px(SIGN + 6), 0, 0, 0)

    def _sign(self, painter: QPainter, inner: QRect, column: Column, problem: Problem) -> QRect:
        """The sign of a problem on the side the text does not begin at; returns the room left for the text."""
        paints = self.paints()
        size = paints.look.px(SIGN)
        if column.alignment is Align.END:
            painter.drawPixmap(inner.left(), self._middle(inner), paints.sign[problem.severity])
            return inner.adjusted(size + paints.look.px(4), 0, 0, 0)
        painter.drawPixmap(inner.right() - size + 1, self._middle(inner), paints.sign[problem.severity])
        return inner.adjusted(0, 0, -size - paints.look.px(4), 0)

    def _middle(self, inner: QRect) -> int:
        return inner.top() + (inner.height() - self.paints().look.px(SIGN)) // 2

    def _words(self, painter: QPainter, inner: QRect, column: Column, text: str) -> None:
        if not text:
            return
        line = text.replace("\r\n", " ").replace("\n", " ") if "\n" in text else text
        metrics = QFontMetrics(painter.font())
        if len(line) * metrics.maxWidth() > inner.width() and metrics.horizontalAdvance(line[:400]) > inner.width():
            line = metrics.elidedText(line[:400], Qt.TextElideMode.ElideRight, inner.width())
        flag = {
            Align.START: Qt.AlignmentFlag.AlignLeft,
            Align.CENTER: Qt.AlignmentFlag.AlignHCenter,
            Align.END: Qt.AlignmentFlag.AlignRight,
        }[column.alignment]
        painter.drawText(inner, int(flag | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine), line)

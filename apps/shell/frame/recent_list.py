"""The recent projects as a page: title, place, where the work stands, deadline; a missing file says so in words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, cast

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QStackedLayout,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from apps.shell.frame.recent import RecentLine, RecentState
from apps.shell.frame.status import Tone
from apps.shell.icons import paint
from apps.shell.theme.fonts import font
from apps.shell.theme.style import color, look_of, mark
from apps.shell.widgets.button import button
from apps.shell.widgets.empty import EmptyState
from apps.shell.widgets.text import heading, tip
from core.messages import Catalogue

_LINE = Qt.ItemDataRole.UserRole + 1
_TEXT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
_INK = {Tone.ERR: "err", Tone.WARN: "warn"}


class RecentIntents(Protocol):
    """What a person does with the list."""

    def open(self, path: str) -> None:
        """Open it, or look for it where it is missing."""

    def forget(self, path: str) -> None:
        """Take it off the list."""


class RecentView(QWidget):
    """Shows a :class:`RecentState`; Enter opens, Delete takes off the list."""

    def __init__(self, words: Catalogue) -> None:
        super().__init__()
        self._words = words
        self._intents: RecentIntents | None = None
        self._shown: RecentState | None = None
        self.setMinimumHeight(look_of().px(260))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look_of().px(14))
        self._open = button(words, "shell.frame.recent.open", kind="primary")
        self._forget = button(words, "shell.frame.recent.forget")
        self._list = _List(self._forget_current)
        self._list.setItemDelegate(_Rows(words, self._list))
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.itemActivated.connect(self._activated)
        self._list.currentRowChanged.connect(self._current_changed)
        self._open.clicked.connect(self._open_current)
        self._forget.clicked.connect(self._forget_current)
        for one in (self._list, self._open, self._forget):
            one.setParent(self)  # in the order of Tab: the list comes first
        top = QHBoxLayout()
        top.addWidget(heading(words, "shell.frame.recent.title"))
        top.addStretch(1)
        for one in (self._forget, self._open):
            top.addWidget(one)
        column.addLayout(top)
        self._stack = QStackedLayout()
        self._stack.addWidget(self._list)
        none, hint = words.text("shell.frame.recent.none"), words.text("shell.frame.recent.none_hint")
        self._stack.addWidget(EmptyState("folder-open", none, hint))
        column.addLayout(self._stack, 1)

    def attach(self, intents: RecentIntents) -> None:
        """From now on what a person does goes to ``intents``, which the view keeps alive."""
        self._intents = intents

    def show_state(self, state: RecentState) -> None:
        """Shows a list; the chosen file stays chosen."""
        if state == self._shown:
            return
        kept = self._current()
        self._shown = state
        self._list.clear()
        for line in state.lines:
            item = QListWidgetItem(line.project.title)
            item.setData(_LINE, line)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, self._spoken(line))
            item.setToolTip(tip(line.project.path))
            self._list.addItem(item)
        paths = [line.project.path for line in state.lines]
        self._list.setAccessibleName(self._words.text("shell.frame.recent.list", n=len(paths)))
        if paths:
            same = paths.index(kept.project.path) if kept and kept.project.path in paths else 0
            self._list.setCurrentRow(same)
        self._stack.setCurrentIndex(0 if paths else 1)
        self._current_changed()

    def _spoken(self, line: RecentLine) -> str:
        said = [one.text(self._words) for one in (line.state, line.deadline) if one is not None]
        if line.missing:
            said.insert(0, self._words.text("shell.frame.recent.missing"))
        facts = self._words.text("shell.frame.recent.facts_separator").join(said)
        return self._words.text(
            "shell.frame.recent.line", title=line.project.title, path=line.project.path, facts=facts
        )

    def _current(self) -> RecentLine | None:
        item = self._list.currentItem()
        return cast("RecentLine", item.data(_LINE)) if item is not None else None

    def _current_changed(self, _row: int = 0) -> None:
        line = self._current()
        for one in (self._open, self._forget):
            one.setVisible(line is not None)
        if line is not None:
            self._open.setText(self._words.text(f"shell.frame.recent.{'find' if line.missing else 'open'}"))
            mark(self._open, kind="" if line.missing else "primary")

    def _activated(self, _item: QListWidgetItem) -> None:
        self._open_current()

    def _open_current(self) -> None:
        if (line := self._current()) is not None and self._intents is not None:
            self._intents.open(line.project.path)

    def _forget_current(self) -> None:
        if (line := self._current()) is not None and self._intents is not None:
            self._intents.forget(line.project.path)


class _List(QListWidget):
    def __init__(self, forget: Callable[[], None]) -> None:
        super().__init__()
        self._forget = forget
        self.setProperty("plain", True)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Delete takes off the list."""
        if event.key() == Qt.Key.Key_Delete:
            self._forget()
        else:
            super().keyPressEvent(event)


class _Rows(QStyledItemDelegate):
    def __init__(self, words: Catalogue, parent: QListWidget) -> None:
        super().__init__(parent)
        self._words, self._list = words, parent

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: N802
        return QSize(0, look_of().px(60))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        line = cast("RecentLine", index.data(_LINE))
        px, rect = look_of().px, cast("QRect", option.rect)  # type: ignore[attr-defined]
        state = cast("QStyle.StateFlag", option.state)  # type: ignore[attr-defined]
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(color("focus"), 2) if self._list.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(color("primary_bg"))
            painter.drawRoundedRect(QRectF(rect).adjusted(1, 1, -1, -2), px(6), px(6))
        else:
            painter.fillRect(rect.left() + px(12), rect.bottom(), rect.width() - 2 * px(12), 1, color("line"))
        side = px(20)
        icon, token = ("warning", "warn") if line.missing else ("file", "muted")
        paint(painter, icon, QRectF(rect.left() + px(12), rect.center().y() - side / 2, side, side), token)
        left, upper = rect.left() + px(44), rect.top() + px(9)
        room = rect.right() - px(12) - left
        first = QRect(left, upper, room, px(22))
        second = QRect(left, upper + px(22), room, px(20))
        first_free = self._at_right(painter, first, *self._state(line))
        second_free = self._at_right(painter, second, *self._deadline(line))
        self._at_left(painter, first, first_free, line.project.title, "muted" if line.missing else "text", strong=True)
        self._at_left(painter, second, second_free, line.project.path, "muted", strong=False)
        painter.restore()

    def _state(self, line: RecentLine) -> tuple[str, str]:
        if line.missing:
            return self._words.text("shell.frame.recent.missing"), "warn"
        return (line.state.text(self._words) if line.state else ""), "text"

    def _deadline(self, line: RecentLine) -> tuple[str, str]:
        if line.missing:
            return self._words.text("shell.frame.recent.missing_hint"), "muted"
        return (line.deadline.text(self._words) if line.deadline else ""), _INK.get(line.deadline_tone, "muted")

    def _at_right(self, painter: QPainter, rect: QRect, text: str, token: str) -> int:
        small = font(look_of().px(13))
        width = QFontMetrics(small).horizontalAdvance(text)
        painter.setFont(small)
        painter.setPen(color(token))
        painter.drawText(rect, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight), text)
        return rect.width() - width - look_of().px(24)

    def _at_left(self, painter: QPainter, rect: QRect, room: int, text: str, token: str, *, strong: bool) -> None:
        shown = font(look_of().px(14 if strong else 13), bold=strong)
        mode = Qt.TextElideMode.ElideRight if strong else Qt.TextElideMode.ElideMiddle
        painter.setFont(shown)
        painter.setPen(color(token))
        painter.drawText(rect, _TEXT, QFontMetrics(shown).elidedText(text, mode, max(0, room)))

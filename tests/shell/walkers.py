"""Walks over a window as people without mouse or without sight meet it. Each walk returns what it found wrong.

Used by every piece of the shell; the failing controls stand in ``frame/test_frame_walkers.py``.
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QScrollBar,
    QTabBar,
    QTextEdit,
    QWidget,
)

INPUTS = (
    QAbstractButton, QAbstractItemView, QAbstractSlider, QAbstractSpinBox,
    QComboBox, QLineEdit, QPlainTextEdit, QTabBar, QTextEdit,
)  # fmt: skip


def described(widget: QWidget) -> str:
    """Enough of a widget for a person to find it."""
    text = widget.text() if isinstance(widget, QAbstractButton | QLineEdit) else ""
    parent = widget.parentWidget()
    return f"{type(widget).__name__}({widget.objectName() or text!r}) in {type(parent).__name__}"


def inputs_of(root: QWidget) -> list[QWidget]:
    """Everything below ``root`` a person acts on and can see now, without the inner parts of Qt's own widgets."""
    return [
        widget
        for widget in root.findChildren(QWidget)
        if (isinstance(widget, INPUTS) or widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        and not isinstance(widget, QScrollBar)
        and not _is_inner(widget)
        and widget.isVisibleTo(root)
    ]


def without_name(root: QWidget) -> list[str]:
    """Inputs a screen reader has no name for."""
    return [described(widget) for widget in inputs_of(root) if not _name(widget).strip()]


def unreachable(root: QWidget, *, limit: int = 400) -> list[str]:
    """Enabled inputs below ``root`` (a shown window) that pressing Tab never reaches.

    Real key events are sent, so a widget that swallows Tab or refuses the focus is found too. A group of radio
    buttons, a tab bar or a view counts as reached when one of its members is: arrows go on from there.
    """
    reached = {id(widget) for widget in tab_stops(root, limit=limit)}
    missing = []
    for widget in inputs_of(root):
        if not widget.isEnabled() or id(widget) in reached or _by_arrows(widget, reached):
            continue
        if any(id(child) in reached for child in widget.findChildren(QWidget)):
            continue
        missing.append(described(widget))
    return missing


def tab_stops(root: QWidget, *, limit: int = 400) -> list[QWidget]:
    """The widgets Tab (and out of tables Ctrl+Tab) stops at, from the first until it comes round or ``limit`` is over."""
    window = root.window()
    window.activateWindow()
    QTest.qWaitForWindowActive(window, 2000)
    first = next(
        (one for one in inputs_of(root) if one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.isEnabled()), None
    )
    if first is None:
        return []
    first.setFocus(Qt.FocusReason.TabFocusReason)
    stops: list[QWidget] = []
    seen: set[int] = set()
    for _ in range(limit):
        here = window.focusWidget()
        if here is None or id(here) in seen:
            return stops
        seen.add(id(here))
        if root is here or root.isAncestorOf(here):
            stops.append(here)
        _tab_out(window, here)
    return stops


def _tab_out(window: QWidget, here: QWidget, patience: int = 80) -> None:
    """Tab; where it moves inside a table Ctrl+Tab leaves that, or Tab after its last cell."""
    QTest.keyClick(here, Qt.Key.Key_Tab)
    if window.focusWidget() is here:
        QTest.keyClick(here, Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier)
    for _ in range(patience):
        if window.focusWidget() is not here:
            return
        QTest.keyClick(here, Qt.Key.Key_Tab)


def press(keys: Iterable[Qt.Key | str], modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Sends real keys to whatever has the focus; a string is typed."""
    for key in keys:
        target = QApplication.focusWidget() or QApplication.activeWindow()
        assert target is not None, "nothing has the focus"
        if isinstance(key, str):
            QTest.keyClicks(target, key)
        else:
            QTest.keyClick(target, key, modifier)


def _name(widget: QWidget) -> str:
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name) if interface is not None else widget.accessibleName()


def _is_inner(widget: QWidget) -> bool:
    """Parts of Qt's own widgets: the line in a spin box, the list of a combo box, headers, corner buttons."""
    if widget.objectName().startswith("qt_"):
        return True
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QComboBox | QAbstractSpinBox):
            return True
        if isinstance(parent, QAbstractItemView) and not _is_cell(widget, parent):
            return True
        parent = parent.parentWidget()
    return False


def _is_cell(widget: QWidget, view: QAbstractItemView) -> bool:
    here: QWidget | None = widget
    while here is not None and here.parentWidget() is not view.viewport():
        here = here.parentWidget()
    return here is not None


def _by_arrows(widget: QWidget, reached: set[int]) -> bool:
    if not isinstance(widget, QAbstractButton):
        return False
    group = widget.group()
    members = group.buttons() if group is not None else []
    if not members and widget.autoExclusive() and widget.parentWidget() is not None:
        members = [one for one in widget.parentWidget().findChildren(QAbstractButton) if one.autoExclusive()]
    return any(id(one) in reached for one in members)

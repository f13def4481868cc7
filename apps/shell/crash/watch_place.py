"""Between a window and its trail: which page is shown, which field has the focus, and the way back there."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from apps.shell.crash.place import Place
from apps.shell.crash.trail import Trail

_DEPTH = 60


class PlaceWatch(QObject):
    """Tells the trail of every move in ``window``. Keep a reference; it ends with the window."""

    def __init__(self, trail: Trail, window: QWidget, pages: QStackedWidget, page: Callable[[], str]) -> None:
        super().__init__(window)
        self._trail, self._window, self._page = trail, window, page
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._focus_moved)
        pages.currentChanged.connect(self._page_moved)
        self._page_moved(0)

    def _page_moved(self, _index: int) -> None:
        self._trail.move(page=self._page())

    def _focus_moved(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self._window.isAncestorOf(now):  # not where a dialog or another program has it
            self._trail.move(page=self._page(), field=field_name(self._window, now))


def field_name(window: QWidget, widget: QWidget) -> str:
    """A name by which the widget is found again after a new start: numbers of children and classes from the window on.

    A named ancestor (``objectName``) shortens it, so a page that changed elsewhere is still found.
    """
    steps: list[str] = []
    here = widget
    while here is not window and len(steps) < _DEPTH:
        name = here.objectName()
        if name and not name.startswith("qt_") and "/" not in name and window.findChildren(QWidget, name) == [here]:
            return "/".join([f"#{name}", *reversed(steps)])
        parent = here.parentWidget()
        if parent is None:
            return ""
        steps.append(f"{_children(parent).index(here)}.{type(here).__name__}")
        here = parent
    return "/".join(reversed(steps))


def go_to(window: QWidget, field: str) -> bool:
    """Gives the focus to the field of that name, as far as the window still is as it was; says whether it did."""
    here: QWidget | None = window
    for number, step in enumerate(field.split("/") if field else ()):
        if here is None:
            return False
        here = window.findChild(QWidget, step[1:]) if number == 0 and step.startswith("#") else _child(here, step)
    if here is None or here is window or here.focusPolicy() == Qt.FocusPolicy.NoFocus or not here.isEnabled():
        return False
    here.setFocus(Qt.FocusReason.OtherFocusReason)
    return True


def return_to(place: Place, window: QWidget, go: Callable[[str], None]) -> bool:
    """Back to the page and, where it is still there, to the field; says whether the field was found."""
    if place.page:
        go(place.page)
    return go_to(window, place.field)


def _children(parent: QWidget) -> list[QWidget]:
    return parent.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)


def _child(parent: QWidget, step: str) -> QWidget | None:
    number, _, kind = step.partition(".")
    children = _children(parent)
    if not (number.isascii() and number.isdigit() and len(number) < 6 and int(number) < len(children)):
        return None
    found = children[int(number)]
    return found if type(found).__name__ == kind else None

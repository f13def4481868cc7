"""The menus: of a title, of the cells, of the columns the filter looks into."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from apps.shell.grid.actions import GridActions
from apps.shell.grid.columns import Column, Kind
from apps.shell.grid.commands import Command
from apps.shell.grid.model import GridModel
from apps.shell.grid.order import SortKey
from apps.shell.icons import icon
from core.messages import Catalogue

_CELLS = (
    (Command.COPY, "copy", "Ctrl+C"),
    (Command.CUT, "", "Ctrl+X"),
    (Command.PASTE, "paste", "Ctrl+V"),
    (Command.FILL, "", "Ctrl+D"),
    (Command.CLEAR, "", "Delete"),
    (None, "", ""),
    (Command.UNDO, "undo", "Ctrl+Z"),
    (Command.REDO, "redo", "Ctrl+Y"),
    (None, "", ""),
    (Command.NEXT, "", "F4"),
    (Command.PREVIOUS, "", "Shift+F4"),
)
_TREE = ((Command.OPEN, "chevron-down", "Alt+\u2192"), (Command.FOLD, "chevron-right", "Alt+\u2190"))


def cells_menu(actions: GridActions, model: GridModel, parent: QWidget) -> QMenu:
    """Everything that can be done with the selection, each with its key."""
    menu = QMenu(parent)
    entries = [*_CELLS, *(((None, "", ""), *_TREE) if model.sheet.store.is_tree else ())]
    for command, picture, keys in entries:
        if command is None:
            menu.addSeparator()
            continue
        action = _add(menu, model.words, f"shell.grid.menu.{command}", partial(actions.perform, command), picture)
        action.setText(f"{action.text()}\t{keys}")
    if model.sheet.store.is_tree:
        _add(menu, model.words, "shell.grid.menu.open_all", lambda: model.fold_all(folded=False))
        _add(menu, model.words, "shell.grid.menu.fold_all", lambda: model.fold_all(folded=True))
    return menu


def title_menu(
    place: int, actions: GridActions, model: GridModel, set_up: Callable[[], None], parent: QWidget
) -> QMenu:
    """Sorting, freezing and hiding of one column."""
    menu, words, setup = QMenu(parent), model.words, model.sheet.setup
    key = setup.shown[place].key
    _add(menu, words, "shell.grid.menu.sort_up", lambda: actions.sort_by((SortKey(key),)), "arrow-up")
    down = (SortKey(key, descending=True),)
    _add(menu, words, "shell.grid.menu.sort_down", lambda: actions.sort_by(down), "arrow-down")
    further = tuple(one for one in model.wanted.sort if one.column != key)
    if further:
        _add(menu, words, "shell.grid.menu.sort_further", lambda: actions.sort_by((*further, SortKey(key))))
    if model.wanted.sort:
        _add(menu, words, "shell.grid.menu.sort_none", actions.unsort)
    menu.addSeparator()
    frozen = setup.shown[place].frozen
    name = "shell.grid.menu.thaw" if frozen else "shell.grid.menu.freeze"
    _add(menu, words, name, lambda: model.use_setup(model.sheet.setup.changed(key, frozen=not frozen)))
    hidden = setup.changed(key, hidden=True)
    hide = _add(menu, words, "shell.grid.menu.hide", lambda: model.use_setup(hidden))
    hide.setEnabled(len(setup.shown) > 1)
    menu.addSeparator()
    _add(menu, words, "shell.grid.menu.columns", set_up, "columns")
    return menu


def fill_scope_menu(
    menu: QMenu, columns: tuple[Column, ...], chosen: tuple[str, ...], words: Catalogue,
    choose: Callable[[tuple[str, ...]], None],
) -> None:  # fmt: skip
    """The columns the filter looks into, to be ticked."""
    menu.clear()
    for column in columns:
        if column.kind is Kind.STATUS:
            continue
        action = menu.addAction(column.caption(words))
        action.setCheckable(True)
        action.setChecked(column.key in chosen if chosen else column.searched)
        action.setData(column.key)

    def changed() -> None:
        ticked = tuple(str(action.data()) for action in menu.actions() if action.isChecked())
        usual = tuple(column.key for column in columns if column.searched)
        choose(() if ticked == usual else ticked)

    for action in menu.actions():
        action.toggled.connect(changed)


def _add(menu: QMenu, words: Catalogue, key: str, do: Callable[[], None], picture: str = "") -> QAction:
    action = menu.addAction(words.text(key))
    if picture:
        action.setIcon(icon(picture, "muted"))
    action.triggered.connect(lambda _checked=False: do())
    return action

"""What every editor promises the form around it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from apps.shell.forms.entries import Entry
from apps.shell.forms.faults import Fault
from apps.shell.forms.tables import ReadTable


@dataclass(frozen=True, slots=True)
class Reports:
    """Where an editor reports: while typing, once settled (a pause, leaving, a choice), and on getting the keyboard."""

    typed: Callable[[Entry], None]
    committed: Callable[[Entry], None]
    entered: Callable[[], None]


@dataclass(frozen=True, slots=True)
class Showing:
    """What an editor is to show: the entry as typed, its tidy spelling, faults to show, the reading of a table."""

    entry: Entry
    tidy: Entry
    faults: tuple[Fault, ...] = ()
    refused: tuple[Fault, ...] = ()
    table: ReadTable | None = None
    name: str = ""
    said: str = ""


class Editor(QWidget):
    """The base: an editor shows, names its inputs, and can be asked to report what it still holds back."""

    def show_entry(self, showing: Showing) -> None:
        """Shows an entry; never disturbs typing, idempotent."""
        raise NotImplementedError

    def inputs(self) -> tuple[QWidget, ...]:
        """The widgets that take the keyboard, in order; the first is the label's buddy."""
        raise NotImplementedError

    def flush(self) -> None:
        """Reports at once what waits for a pause."""


def tone_of(faults: tuple[Fault, ...], part: str = "") -> str:
    """The state property for the style sheet: error, warn or "" (of one part where it is named)."""
    found = [each for each in faults if not part or each.part == part]
    if not found:
        return ""
    return "error" if any(each.severity == "err" for each in found) else "warn"

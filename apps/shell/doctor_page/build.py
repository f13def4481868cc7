"""Puts the page together: view, presenter, clipboard, file dialog, screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from apps.shell.doctor_page.presenter import DoctorPresenter
from apps.shell.doctor_page.state import DoctorState
from apps.shell.doctor_page.view import DoctorView, Intents
from apps.shell.tasks import Starter
from core.jobs.doctor.check import Check
from core.jobs.doctor.inputs import Inputs, Screen
from core.jobs.doctor.registry import CHECKS
from core.jobs.doctor.result import Result
from core.messages import Catalogue


class DoctorPage(QWidget):
    """The page with its presenter, which lives as long as the page. ``run`` starts a run, as the button does."""

    def __init__(
        self,
        words: Catalogue,
        starter: Starter,
        inputs: Callable[[], Inputs],
        *,
        fix: Callable[[Result], None],
        checks: Sequence[Check] = CHECKS,
    ) -> None:
        super().__init__()
        self._words, self._inputs = words, inputs
        self.presenter = presenter = DoctorPresenter(
            self._show, starter, checks, self._with_screen, copy=_to_clipboard, fix=fix
        )
        intents = Intents(
            run_all=presenter.run_all,
            stop=presenter.stop,
            recheck=presenter.recheck,
            mend=presenter.mend,
            copy=presenter.copy,
            export=self._ask_where,
        )
        self.view = DoctorView(words, [check.name for check in checks], intents)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.view)
        self.presenter.refresh()

    def run(self) -> None:
        """Runs all checks."""
        self.presenter.run_all()

    def _show(self, state: DoctorState) -> None:
        self.view.show_state(state)

    def _with_screen(self) -> Inputs:
        return replace(self._inputs(), screen=screen_of(self))

    def _ask_where(self) -> None:
        """Offers the work folder and a name; a chosen name without ending becomes a text."""
        text = self._words.text
        offered = str(self._inputs().work_folder / text("shell.doctor.export_name"))
        chosen, _ = QFileDialog.getSaveFileName(
            self, text("shell.doctor.export"), offered, text("shell.doctor.export_kinds")
        )
        if chosen:
            file = Path(chosen)
            self.presenter.export(file if file.suffix else file.with_suffix(".txt"))


def screen_of(widget: QWidget) -> Screen:
    """The screen a widget stands on: its usable area in logical pixels, its pixel ratio."""
    screen = widget.screen()
    area = screen.availableGeometry()
    return Screen(area.width(), area.height(), screen.devicePixelRatio(), screen.name())


def _to_clipboard(text: str) -> None:
    QGuiApplication.clipboard().setText(text)

"""How every program begins: log, settings, fonts, look, words, the last net, the runner. What is wrong is told.

Only one thing stops a program here: a PySide6 that is known to abort the process (docs/adr/0005).
"""

from __future__ import annotations

import faulthandler
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TextIO

import PySide6
from PySide6.QtCore import QLibraryInfo, QTranslator
from PySide6.QtWidgets import QApplication

from apps.shell.crash.place import Place, take_abandoned
from apps.shell.dialogs.error_dialog import ErrorDialog
from apps.shell.dialogs.hooks import FaultHooks
from apps.shell.dialogs.state import error_state
from apps.shell.runner import Runner
from apps.shell.theme.fonts import load_fonts
from apps.shell.theme.look import Look
from apps.shell.theme.style import apply_look
from apps.shell.theme.tokens import Theme
from core.errors import ProgramUnfit
from core.log import log_file, set_up_logging
from core.messages import Catalogue, load
from core.settings import Settings, load_settings
from core.values.sentences import time_words
from signing.errors import CodedError

UNFIT = "6.12.0"


@dataclass(frozen=True, slots=True)
class Started:
    """A program under way. ``notes`` are sentences to tell; ``place`` is where a crash left the person, or None."""

    application: QApplication
    words: Catalogue
    settings: Settings
    runner: Runner
    hooks: FaultHooks
    notes: tuple[str, ...]
    place: Place | None
    faults: TextIO | None

    def close(self) -> tuple[str, ...]:
        """Ends the runner and gives the hooks back; returns what still runs."""
        left = self.runner.close()
        self.hooks.remove()
        if self.faults is not None:
            faulthandler.disable()
            self.faults.close()
        return left


def start(program: str, arguments: Sequence[str], *, language: str = "", look: Look | None = None) -> Started:
    """Begins a program. Raises ProgramUnfit for a Qt that would abort; for nothing else.

    ``language`` and ``look`` come before the settings where given.
    """
    refuse_unfit(PySide6.__version__, sys.version_info[:2])
    writable = set_up_logging(verbose=False)
    settings = load_settings()
    words = load(language or settings.language)
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        application = QApplication(list(arguments))
    application.setApplicationName(program)
    missing = load_fonts(settings.fonts).missing
    apply_look(application, look or Look(Theme(settings.theme), settings.scale))
    translated = _translate(application, words.language)
    notes = [words.text("shell.crash.font_missing", names=", ".join(missing))] if missing else []
    notes += [] if writable else [words.text("shell.crash.no_log", path=str(log_file().parent))]
    notes += [] if translated else [words.text("shell.crash.no_translation")]
    notes += [words.text(f"shell.settings.note.{note.code}", key=note.key, value=note.value) for note in settings.notes]
    place = take_abandoned(program)
    notes += [words.text("shell.crash.restored", time=time_words(words, place.at))] if place is not None else []
    return Started(
        application, words, settings, Runner(), FaultHooks(_teller(words)), tuple(notes),
        place, _hard_faults(program),
    )  # fmt: skip


def refuse_unfit(qt: str, python: tuple[int, ...]) -> None:
    """Raises ProgramUnfit for the one combination that is known to abort."""
    if qt == UNFIT and python < (3, 12):
        raise ProgramUnfit(qt=qt, python=".".join(map(str, python)))


def _teller(words: Catalogue) -> Callable[[CodedError], None]:
    def tell(error: CodedError) -> None:
        ErrorDialog(words, error_state(error, words), QApplication.activeWindow()).exec()

    return tell


def _translate(application: QApplication, language: str) -> bool:
    """Qt's own words (file dialogs, context menus) in the language; English is Qt's own."""
    if language == "en":
        return True
    translator = QTranslator(application)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    return translator.load(f"qtbase_{language}", folder) and application.installTranslator(translator)


def _hard_faults(program: str) -> TextIO | None:
    """Crashes below Python write their stacks into a file beside the log."""
    with suppress(OSError):
        file = (log_file().parent / f"{program}-faults.log").open("a", encoding="utf-8")
        faulthandler.enable(file)
        return file
    return None

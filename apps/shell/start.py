"""How every program begins: log, settings, fonts, look, words, the last net, the runner. What is wrong is told.

Only one thing stops a program here: a PySide6 that is known to abort the process (docs/adr/0005).
"""

from __future__ import annotations

import faulthandler
import logging
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import NoReturn, TextIO

import PySide6
from PySide6.QtCore import QLibraryInfo, QTranslator
from PySide6.QtWidgets import QApplication

from apps.shell.crash.place import Place, place_file, take_abandoned
from apps.shell.crash.trail import Trail
from apps.shell.crash.watch import CRASHES
from apps.shell.dialogs.error_dialog import ErrorDialog
from apps.shell.dialogs.files import FileDialogs, places
from apps.shell.dialogs.hooks import FaultHooks
from apps.shell.dialogs.state import error_state
from apps.shell.runner import Runner
from apps.shell.theme.fonts import load_fonts
from apps.shell.theme.look import Look
from apps.shell.theme.style import apply_look, look_of
from apps.shell.theme.tokens import Theme
from core.errors import ProgramUnfit
from core.log import log_file, set_up_logging
from core.messages import Catalogue, load
from core.settings import Settings, load_settings
from core.values.times import BEIJING
from signing.errors import CodedError

UNFIT = "6.12.0"


@dataclass(frozen=True, slots=True)
class Started:
    """A program under way. ``notes`` are sentences to tell; ``place`` is where a crash left the person, or None.

    ``trail`` is told every move (:class:`apps.shell.crash.watch_place.PlaceWatch`), so that there is such a place.
    """

    application: QApplication
    words: Catalogue
    settings: Settings
    runner: Runner
    hooks: FaultHooks
    notes: tuple[str, ...]
    place: Place | None
    trail: Trail
    files: FileDialogs
    faults: TextIO | None

    def close(self) -> tuple[str, ...]:
        """Ends the runner and gives the hooks back; returns what still runs."""
        left = self.runner.close()
        self.trail.close()
        self.hooks.remove()
        if self.faults is not None:
            faulthandler.disable()
            self.faults.close()
        return left

    def follow(self, key: str, value: str) -> None:
        """A setting was changed on its page: what can follow at once does. The frame is told of a look by itself."""
        look = look_of()
        wanted = replace(
            look,
            theme=Theme(value) if key == "theme" else look.theme,
            scale=float(value) if key == "scale" else look.scale,
        )
        if wanted != look:  # a style sheet costs tenths of a second
            apply_look(self.application, wanted)
        if key == "work_folder":
            self.files.follow_setting(Path(value) if value else None)

    def leave(self, code: int) -> NoReturn:
        """Closes and ends the process; work that would not stop is named in the log and does not hold it."""
        left = self.close()
        if not left:
            sys.exit(code)
        logging.getLogger("tenderbox").warning("ended while working: %s", ", ".join(left))
        logging.shutdown()
        for stream in (sys.stdout, sys.stderr):
            with suppress(OSError, ValueError, AttributeError):
                stream.flush()
        os._exit(code)


def start(program: str, arguments: Sequence[str], *, language: str = "", look: Look | None = None) -> Started:
    """Begins a program. Raises ProgramUnfit for a Qt that would abort; for nothing else.

    ``language`` and ``look`` come before the settings where given.
    """
    refuse_unfit(PySide6.__version__, sys.version_info[:2])
    writable = set_up_logging(verbose=False)
    settings = load_settings(put_aside=True)
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
    place, said = _abandoned(program, words)
    runner = Runner()
    trail = Trail(place_file(program), runner, lambda: datetime.now(UTC))
    files = FileDialogs(words, places(settings.work_folder))
    hooks = FaultHooks(_teller(words))
    return Started(
        application, words, settings, runner, hooks, (*notes, *said), place, trail, files, _hard_faults(program)
    )  # fmt: skip


def _abandoned(program: str, words: Catalogue) -> tuple[Place | None, tuple[str, ...]]:
    """Where a crash left the person, and what to say of it."""
    place = take_abandoned(program)
    if place is None:
        return None, ()
    back = not _crashes_there(os.environ)
    said = words.text(f"shell.crash.{'restored' if back else 'begun_anew'}", time=_clock(words, place.at))
    return place if back else None, (said,)


def _crashes_there(environment: Mapping[str, str]) -> bool:
    """Whether it crashed again after it was brought back: then the place itself may be what it cannot bear."""
    crashes = environment.get(CRASHES, "")
    return crashes.isascii() and crashes.isdigit() and int(crashes[:6]) >= 2


def _clock(words: Catalogue, moment: datetime) -> str:
    """Beijing time to the second; with the date where it was another day."""
    there = moment.astimezone(BEIJING)
    clock = there.strftime("%H:%M:%S")
    if there.date() == datetime.now(BEIJING).date():
        return clock
    return words.text("shell.crash.earlier", date=there.strftime("%Y-%m-%d"), time=clock)


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

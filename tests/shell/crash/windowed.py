"""A window program for the crash tests: two pages with fields, kills itself on the second page at its first start."""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from apps.shell.crash.place import places_folder
from apps.shell.crash.watch_place import PlaceWatch, return_to
from apps.shell.frame.about import AboutState, SelfTest
from apps.shell.frame.build import Program, build_frame
from apps.shell.frame.page_stack import Page
from apps.shell.frame.state import NavItem
from apps.shell.start import start
from core.bootstrap import SystemClock


def page(names: tuple[str, ...]) -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    for name in names:
        edit = QLineEdit()
        edit.setAccessibleName(name)
        column.addWidget(edit)
    return made


def main(folder: Path, how: str) -> int:
    started = start("windowed", ["windowed"], language="zh_CN")
    pages = (
        Page(NavItem("first", "shell.gallery.room.forms", "home"), lambda: page(("a", "b"))),
        Page(NavItem("second", "shell.settings.title", "gear"), lambda: page(("c", "d", "e"))),
    )
    about = AboutState("windowed", "0", "test", (), "none", SelfTest.NOT_RUN, 0, "log")
    frame = build_frame(started.words, Program("windowed", pages, about, SystemClock().now))
    frame.show()
    frame.activateWindow()
    watch = PlaceWatch(started.trail, frame, frame.pages, lambda: frame.presenter.state.current)

    def tell() -> None:
        focused = frame.focusWidget()
        said = {"page": frame.presenter.state.current, "field": focused.accessibleName() if focused else "",
                "notes": started.notes, "restored": started.place is not None}  # fmt: skip
        with (folder / "told").open("a", encoding="utf-8") as file:
            file.write(json.dumps(said, ensure_ascii=False) + "\n")

    def work() -> None:
        frame.presenter.go("second")
        next(edit for edit in frame.findChildren(QLineEdit) if edit.accessibleName() == "d").setFocus()
        waiting.start()

    def look() -> None:
        """As soon as the place is on the disk the power goes."""
        kept = [json.loads(path.read_bytes()) for path in places_folder().glob("windowed-*.json")]
        if any(one["page"] == "second" and "QLineEdit" in one["field"] for one in kept):
            os.kill(os.getpid(), signal.SIGKILL)

    waiting = QTimer(interval=10)
    waiting.timeout.connect(look)
    if started.place is not None:
        return_to(started.place, frame, frame.presenter.go)
    tell()
    if how == "always" or (started.place is None and how == "once"):
        QTimer.singleShot(0, work)
    else:
        QTimer.singleShot(0, frame.close)
    code = started.application.exec()
    del watch
    started.leave(code)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])

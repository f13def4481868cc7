"""A window for real keys: shows the demo frame with a text field as its second page and writes every state as a line."""

from __future__ import annotations

import sys

from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from apps.shell.frame.state import FrameState
from apps.shell.gallery.frame_cast import demo_frame
from apps.shell.theme.fonts import load_fonts
from apps.shell.theme.look import Look
from apps.shell.theme.style import apply_look
from core.messages import load
from core.settings import load_settings


def main() -> int:
    application = QApplication(sys.argv[:1])
    load_fonts(load_settings().fonts)
    apply_look(application, Look())
    frame = demo_frame(load("en"))
    page, field = QWidget(), QLineEdit()
    field.setAccessibleName("field")
    QVBoxLayout(page).addWidget(field)
    frame.pages._builders["list"] = lambda: page
    shown = frame.show_state

    def told(state: FrameState) -> None:
        shown(state)
        say(state.current, state.palette.shown, state.look.scale)

    def say(*words: object) -> None:
        sys.stdout.write(" ".join(map(str, words)) + "\n")
        sys.stdout.flush()

    frame.presenter._show_in_view = told
    field.textChanged.connect(lambda text: say("field", text))
    application.focusChanged.connect(lambda _, new: say("focus", type(new).__name__))
    frame.show()
    return application.exec()


if __name__ == "__main__":
    sys.exit(main())

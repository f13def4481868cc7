"""``python -m apps.shell.crash.tell``: the dialog after a program crashed too often. Waits until it is closed."""

from __future__ import annotations

import sys

from apps.shell.dialogs.error_dialog import ErrorDialog
from apps.shell.dialogs.state import ErrorState
from apps.shell.start import start
from core.log import log_file
from core.messages import Catalogue


def gave_up(words: Catalogue) -> ErrorState:
    """What is said: that the work is safe, and what to send to whom."""
    return ErrorState(
        title=words.text("shell.crash.gave_up"),
        cause=words.text("shell.crash.gave_up_text"),
        code="shell.crash.gave_up",
        details=str(log_file().parent),
        log=str(log_file()),
    )


if __name__ == "__main__":
    started = start("crash", sys.argv[:1])
    ErrorDialog(started.words, gave_up(started.words)).exec()
    started.leave(0)

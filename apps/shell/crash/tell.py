"""``python -m apps.shell.crash.tell``: the dialog after a program crashed too often. Waits until it is closed."""

from __future__ import annotations

import sys

from apps.shell.dialogs.error_dialog import ErrorDialog
from apps.shell.dialogs.state import error_state
from apps.shell.start import start
from core.errors import UnexpectedFault
from core.log import log_file

if __name__ == "__main__":
    started = start("crash", sys.argv[:1])
    fault = UnexpectedFault(log=str(log_file()))
    title = started.words.text("shell.crash.gave_up")
    ErrorDialog(started.words, error_state(fault, started.words, title=title)).exec()
    started.close()

"""A program that is killed while its child works; it tells the child's number first."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from core.ports.progress import Quiet
from tests.shell.running.child_cast import work


class Context(Quiet):
    def progress(self, done: int, total: int, key: str) -> None:
        sys.stdout.write(str(done))
        sys.stdout.flush()
        os.kill(os.getpid(), signal.SIGKILL)


work("stubborn")(Context())

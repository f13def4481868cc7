"""A tiny program for the crash tests: keeps its place, then ends as its argument says. Counts its starts."""

from __future__ import annotations

import os
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path

from apps.shell.crash.place import Place, place_file, take_abandoned


def main() -> int:
    folder, how = Path(sys.argv[1]), sys.argv[2]
    starts = folder / "starts"
    with starts.open("a") as file:
        file.write(f"{os.getpid()}\n")
    count = len(starts.read_text().splitlines())
    found = take_abandoned("tiny", folder)
    if found is not None:
        (folder / "restored").write_text(f"{found.project} {found.page} {found.field}")
    file_of_mine = place_file("tiny", folder)
    file_of_mine.write(Place("rooms.tbd", "prices", f"row-{count}", datetime.now(UTC)))
    if how == "always" or (how == "once" and count == 1):
        os.kill(os.getpid(), signal.SIGKILL)
    file_of_mine.remove()
    return 5 if how == "error" else 0


sys.exit(main())

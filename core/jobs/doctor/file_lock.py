"""Whether another program holds new files fast: antivirus, indexing and synchronisation open what was just written.

Files are made, renamed and opened again as a sealed file is. On Windows a held file refuses (a sharing violation);
other systems have no such refusal, so there only delays are measured and the sentence says so.
"""

from __future__ import annotations

import os
import secrets
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from core.jobs.doctor.inputs import Inputs
from core.jobs.doctor.result import Result, failed, passed, skipped, warned

ROUNDS = 12
BYTES = 256 << 10
TRIES, PAUSE = 8, 0.05  # a scanner lets go within tenths of a second
SLOW = 800  # milliseconds of one step


@dataclass(slots=True)
class _Measured:
    """Milliseconds of each step, refusals that passed, and whether one did not."""

    steps: list[float] = field(default_factory=list)
    refusals: int = 0


def check_lock(inputs: Inputs) -> Result:
    """Measures in the work folder; leaves nothing there."""
    if not inputs.work_folder.is_dir():
        return skipped("lock", "no_folder")
    measured, held = _Measured(), False
    try:
        with _scratch(inputs.work_folder) as name:
            for number in range(ROUNDS):
                _round(Path(name), number, measured)
    except PermissionError:
        held = True
    except OSError:
        return skipped("lock", "not_writable")
    facts = _facts(measured)
    if held:
        return failed("lock", "held", action="call_help_desk", facts=facts, **facts)
    if measured.refusals:
        return warned("lock", "lets_go", action="call_help_desk", facts=facts, **facts)
    if max(measured.steps) > SLOW:
        return warned("lock", "slow", action="call_help_desk", facts=facts, **facts)
    return passed("lock", "free" if os.name == "nt" else "free_by_delay", facts=facts, **facts)


def _scratch(folder: Path) -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix=".tenderbox-", dir=folder, ignore_cleanup_errors=True)


def _facts(measured: _Measured) -> dict[str, str]:
    steps = sorted(measured.steps) or [0.0]
    return {
        "rounds": str(ROUNDS),
        "worst": f"{steps[-1]:.0f}",
        "median": f"{steps[len(steps) // 2]:.1f}",
        "refusals": str(measured.refusals),
    }


def _round(folder: Path, number: int, measured: _Measured) -> None:
    part, sealed, moved = folder / f"{number}.part", folder / f"{number}.tbt", folder / f"{number}.moved.tbt"
    content = secrets.token_bytes(BYTES)
    for step in (
        lambda: _write(part, content),
        lambda: part.replace(sealed),
        lambda: _compare(sealed, content),
        lambda: _append(sealed),
        lambda: sealed.replace(moved),
        moved.unlink,
    ):
        _timed(step, measured)


def _timed(step: Callable[[], object], measured: _Measured) -> None:
    started = time.perf_counter()
    for left in reversed(range(TRIES)):
        try:
            step()
            break
        except PermissionError:
            measured.refusals += 1
            if not left:
                raise
            time.sleep(PAUSE)
    measured.steps.append((time.perf_counter() - started) * 1000)


def _write(file: Path, content: bytes) -> None:
    with file.open("wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())


def _compare(file: Path, content: bytes) -> None:
    if file.read_bytes() != content:
        raise OSError(f"{file.name} came back changed")


def _append(file: Path) -> None:
    with file.open("r+b") as out:
        out.seek(0, os.SEEK_END)
        out.write(b"\0")

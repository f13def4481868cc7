"""Wall time and peak memory of the whole demonstration."""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path


def run() -> list[tuple[str, str]]:
    with tempfile.TemporaryDirectory() as folder:
        started = time.perf_counter()
        words = [sys.executable, "-m", "apps.cli", "demo", "--out", str(Path(folder) / "out")]
        subprocess.run(words, check=True, capture_output=True)
        seconds = time.perf_counter() - started
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return [("tenderbox demo, wall", f"{seconds:.1f} s"), ("largest process so far", f"{memory:.0f} MB")]

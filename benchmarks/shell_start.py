"""How long a window program takes to its first painted window: the gallery, offscreen, a new process each time."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time

_PROGRAM = """
import sys, time
from PySide6.QtCore import QTimer
{body}
"""
_BARE = """
from PySide6.QtWidgets import QApplication, QWidget
app = QApplication([])
window = QWidget()
window.resize(1366, 768)
window.show()
app.processEvents()
window.grab()
"""
_GALLERY = """
from apps.shell.start import start
from apps.shell.gallery.catalogue import rooms
from apps.shell.gallery.window import GalleryWindow
started = start("gallery", [])
window = GalleryWindow(started.words, rooms())
window.resize(1366, 768)
window.show()
started.application.processEvents()
window.grab()
started.close()
"""


def _seconds(body: str) -> float:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    begun = time.perf_counter()
    subprocess.run([sys.executable, "-c", _PROGRAM.format(body=body)], check=True, env=environment, capture_output=True)
    return time.perf_counter() - begun


def run() -> list[tuple[str, str]]:
    _seconds(_GALLERY)  # warm
    gallery = statistics.median(_seconds(_GALLERY) for _ in range(5))
    bare = statistics.median(_seconds(_BARE) for _ in range(5))
    return [
        ("gallery: start to first picture and end (target 1 s)", f"{gallery:.2f} s"),
        ("the same with an empty Qt window", f"{bare:.2f} s = 1 / {gallery / bare:.1f}"),
    ]

"""The page view over 2,000 pages: first page, thumbnails, search, stalls of the window, against bare pypdfium2.

Targets: first page <= 0.3 s from a warm child, >= 80 thumbnails a second through the child, no stall > 100 ms.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from apps.shell.pages.channel import Shelf
    from apps.shell.pages.viewer import Viewer

PAGES = 2000
THUMBNAILS = 400
_ROOT = Path(__file__).resolve().parent.parent
_QUERY = "编号12号"


def raw_thumbnails(path: Path) -> float:
    """Thumbnails a second of pypdfium2 alone, in one process, pictures dropped."""
    import pypdfium2 as pdfium

    document = pdfium.PdfDocument(path)
    start = time.perf_counter()
    for number in range(THUMBNAILS):
        page = document[number]
        page.render(scale=180 / 842, rev_byteorder=False)
        page.close()
    return THUMBNAILS / (time.perf_counter() - start)


def _until(condition: Callable[[], bool], seconds: float = 30.0) -> float:
    """Runs the event loop until something holds; the seconds it took."""
    from PySide6.QtWidgets import QApplication

    start = time.perf_counter()
    while not condition():
        QApplication.processEvents()
        time.sleep(0.0005)
        if time.perf_counter() - start > seconds:
            raise SystemExit("the page view did not get there")
    return time.perf_counter() - start


def _peak_mb(process: int) -> float:
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), 0.0)


def _opened(path: Path, *, warm: bool) -> tuple[Viewer, Shelf, float]:
    """A window with the document; the seconds until its first page was sharp."""
    from PySide6.QtWidgets import QApplication

    from apps.shell.pages.channel import Shelf
    from apps.shell.pages.viewer import Viewer
    from core.messages import load

    shelf = Shelf()
    if warm:
        shelf.warm()
        ready = time.perf_counter() + 1.5
        _until(lambda: time.perf_counter() > ready)
    viewer = Viewer(load(), shelf)
    viewer.resize(1366, 768)
    viewer.show()
    QApplication.processEvents()
    start = time.perf_counter()
    viewer.open(path)
    _until(viewer.pages.is_drawn)
    return viewer, shelf, time.perf_counter() - start


def _thumbnails(viewer: Viewer) -> float:
    from apps.shell.pages.requests import Lane
    from apps.shell.pages.tiles import preview_of

    drawn: list[int] = []
    viewer.document.drawn.connect(lambda wish, _picture: drawn.append(wish.page))
    start = time.perf_counter()
    wishes = [preview_of(595, 842, number, 0, 180, "bench") for number in range(THUMBNAILS)]
    viewer.document.want(Lane.THUMBNAILS, wishes)
    _until(lambda: len(drawn) >= THUMBNAILS)
    return THUMBNAILS / (time.perf_counter() - start)


def _longest_stall(viewer: Viewer) -> float:
    """Scrolls the whole file with thumbnails open while it is searched for the first time."""
    from apps.shell.pages.state import Pane
    from tests.shell.ticks import TickRecorder

    viewer.presenter.choose_pane(Pane.THUMBNAILS)
    with TickRecorder() as ticks:
        viewer.document.find(_QUERY)
        bar = viewer.pages.verticalScrollBar()
        for step in range(100):
            bar.setValue(step * bar.maximum() // 100)
            until = time.perf_counter() + 0.02
            _until(lambda until=until: time.perf_counter() > until)
        _until(lambda: viewer.document.hits.complete)
    return ticks.longest


def measure(path: Path) -> dict[str, float]:
    """Everything in one window process, as a person would meet it."""
    from PySide6.QtWidgets import QApplication

    from apps.shell.pages.channel import ChildChannel
    from apps.shell.theme.look import Look
    from apps.shell.theme.style import apply_look

    application = QApplication(["pages"])
    apply_look(application, Look())
    figures: dict[str, float] = {}
    viewer, shelf, figures["cold"] = _opened(path, warm=False)
    viewer.close_document()
    viewer.hide()
    shelf.close()
    viewer, shelf, figures["warm"] = _opened(path, warm=True)
    _until(viewer.ready)
    figures["thumbnails"] = _thumbnails(viewer)
    figures["stall"] = _longest_stall(viewer)
    viewer.document.find(_QUERY + "。")
    figures["search again"] = _until(lambda: viewer.document.hits.complete)
    figures["hits"] = len(viewer.document.hits)
    session = viewer.document.session
    if session is not None and isinstance(session.channel, ChildChannel) and sys.platform == "linux":
        figures["child peak"] = _peak_mb(session.channel.process_id)
    figures["kept"] = (viewer.pages.tiles.held_bytes + viewer.pages.previews.held_bytes) / 2**20
    viewer.close_document()
    shelf.close()
    return figures


def run() -> list[tuple[str, str]]:
    """Result rows for ``python -m benchmarks``."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "long.pdf"
        code = "import sys; from pathlib import Path; from tests.shell.pages.page_files import long_file; "
        command = [sys.executable, "-c", code + f"long_file(Path(sys.argv[1]), {PAGES})", str(path)]
        subprocess.run(command, check=True, cwd=_ROOT)
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.pages", "measure", str(path)],
            check=True, cwd=_ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        figures = json.loads(done.stdout)
        bare = raw_thumbnails(path)

    def verdict(good: bool) -> str:
        return "ok" if good else "MISSED"

    warm, rate, stall = figures["warm"], figures["thumbnails"], figures["stall"]
    share = rate / bare
    again, hits = figures["search again"] * 1000, figures["hits"]
    return [
        (f"pages: first of {PAGES:,}, warm child", f"{warm:.3f} s (target 0.3): {verdict(warm <= 0.3)}"),
        ("pages: the same, cold child", f"{figures['cold']:.3f} s"),
        ("pages: thumbnails through the child", f"{rate:.0f}/s (target 80): {verdict(rate >= 80)}"),
        ("pages: the same against bare pypdfium2", f"{share:.2f}"),
        (
            "pages: longest stall, scrolling and searching",
            f"{stall * 1000:.0f} ms (target 100): {verdict(stall <= 0.1)}",
        ),
        ("pages: second search of all pages", f"{again:.0f} ms, {hits:.0f} hits"),
        ("pages: peak of the child, pictures kept", f"{figures.get('child peak', 0):.0f} MB, {figures['kept']:.0f} MB"),
    ]


if __name__ == "__main__":
    if sys.argv[1:2] == ["measure"]:
        print(json.dumps(measure(Path(sys.argv[2]))))
    else:
        for label, value in run():
            print(f"{label}: {value}")

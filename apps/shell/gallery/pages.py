"""The page view in its states, over a document made on the spot: a library's renovation."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import pikepdf
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from apps.shell.gallery.specimen import Specimen
from apps.shell.pages.channel import Shelf
from apps.shell.pages.compare import CompareView
from apps.shell.pages.overlays import Overlay
from apps.shell.pages.state import Pane
from apps.shell.pages.viewer import Viewer
from core.messages import Catalogue

_K = "shell.pages.demo."
_SIZE = (1100, 760)
_CHAPTERS = (1, 4, 7)


def demo_document(words: Catalogue, folder: Path, *, pages: int = 12, password: str = "") -> Path:
    """A small document of lines and tables drawn with plain PDF operators; its words are Latin: no font is embedded."""
    path = folder / "renovation.pdf"
    document = pikepdf.new()
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    for number in range(1, pages + 1):
        page = document.add_blank_page(page_size=(595, 842))
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        page.Contents = document.make_stream(_page_content(number))
    with document.open_outline() as outline:
        for place, number in enumerate(number for number in _CHAPTERS if number < pages):
            title = words.text(f"{_K}chapter_{place + 1}")
            item = pikepdf.OutlineItem(title, number - 1)
            item.children.append(pikepdf.OutlineItem(words.text(f"{_K}section"), number))
            outline.root.append(item)
    lock = pikepdf.Encryption(user=password, owner=password) if password else False
    document.save(path, encryption=lock)
    return path


def _page_content(number: int) -> bytes:
    lines = [f"BT /F1 20 Tf 64 764 Td (Library renovation, section {number}) Tj ET"]
    y = 720
    for line in range(1, 20):
        words = f"{number}.{line}  Reading room east: shelves, lighting and floor, item {(number * 19 + line) % 97}"
        lines.append(f"BT /F1 11 Tf 64 {y} Td ({words}) Tj ET")
        y -= 22
    lines.append("0.55 0.62 0.72 RG 0.8 w")
    lines += [f"64 {y - row * 26} m 531 {y - row * 26} l S" for row in range(7)]
    lines += [f"{64 + column * 116.75} {y} m {64 + column * 116.75} {y - 156} l S" for column in range(5)]
    return "\n".join(lines).encode()


def _folder() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="pages-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def _viewer(words: Catalogue, then: Callable[[Viewer], None] | None = None) -> Viewer:
    viewer = Viewer(words, Shelf(spare=False))
    viewer.open(demo_document(words, _folder()))
    if then is not None:
        # Queued behind what the viewer itself does when the document has come.
        viewer.document.opened.connect(lambda: QTimer.singleShot(0, viewer, lambda: then(viewer)))
    return viewer


def _bookmarks(words: Catalogue) -> QWidget:
    return _viewer(words, lambda viewer: viewer.presenter.choose_pane(Pane.BOOKMARKS))


def _thumbnails(words: Catalogue) -> QWidget:
    return _viewer(words, lambda viewer: viewer.presenter.choose_pane(Pane.THUMBNAILS))


def _search(words: Catalogue) -> QWidget:
    viewer = _viewer(words)

    def find() -> None:
        viewer.presenter.open_search()
        viewer.presenter.choose_pane(Pane.HITS)
        viewer.search.box.setText("item 4")
        viewer.presenter.find("item 4")

    def step() -> None:
        if viewer.document.hits.complete and viewer.document.hits.current < 0:
            viewer.presenter.step_hit(forward=True)

    viewer.document.opened.connect(find)
    viewer.document.hits_changed.connect(step)
    return viewer


def _overlays(words: Catalogue) -> QWidget:
    def place(viewer: Viewer) -> None:
        viewer.presenter.choose_pane(Pane.OVERLAYS)
        viewer.pages.board.set_items(
            (
                Overlay("mark", 0, 84, 60, 42, 42, words.text(f"{_K}mark")),
                Overlay("date", 0, 20, 20, 60, 14, words.text(f"{_K}date")),
            )
        )
        viewer.pages.board.select("mark")
        viewer.pages.board.move_to("mark", 83.6, 61, snap=True)

    return _viewer(words, place)


def _locked(words: Catalogue) -> QWidget:
    viewer = Viewer(words, Shelf(spare=False))
    viewer.open(demo_document(words, _folder(), pages=1, password="library"))  # noqa: S106 - a demo's
    return viewer


def _damaged(words: Catalogue) -> QWidget:
    path = demo_document(words, _folder())
    path.write_bytes(path.read_bytes()[:700])
    viewer = Viewer(words, Shelf(spare=False))
    viewer.open(path)
    return viewer


def _bad_page(words: Catalogue) -> QWidget:
    path = demo_document(words, _folder(), pages=3)
    with pikepdf.open(path, allow_overwriting_input=True) as document:
        document.pages[0].MediaBox = pikepdf.Array([0, 0, 10**9, 10**9])
        document.save(path)
    viewer = Viewer(words, Shelf(spare=False))
    viewer.open(path)
    return viewer


def _compare(words: Catalogue) -> QWidget:
    view = CompareView(words, Shelf(spare=False), 2)
    for viewer in view.viewers:
        viewer.open(demo_document(words, _folder()))
    return view


SPECIMENS: tuple[Specimen, ...] = (
    Specimen("pages.bookmarks", f"{_K}bookmarks", _bookmarks, _SIZE),
    Specimen("pages.thumbnails", f"{_K}thumbnails", _thumbnails, _SIZE),
    Specimen("pages.search", f"{_K}search", _search, _SIZE),
    Specimen("pages.overlays", f"{_K}overlays", _overlays, _SIZE),
    Specimen("pages.locked", f"{_K}locked", _locked, (720, 480)),
    Specimen("pages.damaged", f"{_K}damaged", _damaged, (720, 480)),
    Specimen("pages.bad_page", f"{_K}bad_page", _bad_page, (720, 560)),
    Specimen("pages.compare", f"{_K}compare", _compare, (1280, 760)),
)

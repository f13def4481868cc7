"""The long document, made once, and a shelf of children that is cleared away."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from apps.shell.pages.channel import Shelf
from apps.shell.pages.document import PageDocument
from apps.shell.pages.fault import Fault
from apps.shell.pages.limits import Limits
from apps.shell.pages.viewer import Viewer
from core.messages import Catalogue
from tests.shell.pages.page_files import FONTS, long_file


@pytest.fixture(scope="session")
def long_document(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not (FONTS / "NotoSansSC-Regular.ttf").is_file():
        pytest.skip("the bundled fonts are not here")
    return long_file(tmp_path_factory.mktemp("pages") / "long.pdf", 2000)


@pytest.fixture
def shelf() -> Iterator[Shelf]:
    made = Shelf(Limits(), spare=False)
    yield made
    made.close()


@pytest.fixture
def open_document(shelf: Shelf, qtbot: QtBot) -> Iterator[Callable[..., PageDocument]]:
    """Opens a file and waits until it is open or has failed; ``faults`` collects what went wrong."""
    made: list[PageDocument] = []

    def open_one(path: Path, *, faults: list[Fault] | None = None, limits: Limits | None = None) -> PageDocument:
        document = PageDocument(Shelf(limits, spare=False) if limits else shelf)
        made.append(document)
        seen: list[Fault] = faults if faults is not None else []
        document.failed.connect(seen.append)
        document.open(path)
        qtbot.waitUntil(lambda: bool(document.page_count or seen), timeout=10000)
        return document

    yield open_one
    for document in made:
        document.close()


@pytest.fixture
def viewer(words: Catalogue, shelf: Shelf, qtbot: QtBot) -> Iterator[Viewer]:
    made = Viewer(words, shelf)
    qtbot.addWidget(made)
    made.resize(1000, 760)
    made.show()
    yield made
    made.close_document()

"""One offscreen application for all window tests, in the light look at scale 1.0 with the bundled fonts."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_SCALE_FACTOR", "1")

import pytest
from PySide6.QtWidgets import QApplication

from apps.shell.theme.fonts import load_fonts
from apps.shell.theme.look import Look
from apps.shell.theme.style import apply_look
from core.messages import Catalogue, load
from core.settings import load_settings


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    return ["tenderbox-tests"]


@pytest.fixture(scope="session")
def looked_app(qapp: QApplication) -> QApplication:
    """The application of pytest-qt, dressed once: a style sheet per test costs half a second each."""
    load_fonts(load_settings().fonts)
    apply_look(qapp, Look())
    return qapp


@pytest.fixture(autouse=True)
def _dressed(request: pytest.FixtureRequest) -> None:
    if "qtbot" in request.fixturenames or "qapp" in request.fixturenames:
        request.getfixturevalue("looked_app")


@pytest.fixture
def words() -> Catalogue:
    return load("zh_CN")


@pytest.fixture
def english() -> Catalogue:
    return load("en")

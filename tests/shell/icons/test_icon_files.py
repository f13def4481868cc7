"""Every named icon is there, small, of one colour and visible."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QByteArray, QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from apps.shell import icons
from apps.shell.doctor_page.icons import CHECK_ICONS
from core.jobs.doctor.registry import CHECKS

NAMES = [
    "home",
    "list",
    "file",
    "folder",
    "folder-open",
    "grid",
    "stamp",
    "upload",
    "download",
    "heart-pulse",
    "gear",
    "key",
    "usb",
    "clock",
    "cloud-check",
    "cloud-off",
    "wifi",
    "wifi-off",
    "check",
    "check-circle",
    "x",
    "x-circle",
    "warning",
    "info",
    "circle",
    "arrow-left",
    "arrow-right",
    "arrow-up",
    "arrow-down",
    "chevron-left",
    "chevron-right",
    "chevron-down",
    "chevron-up",
    "undo",
    "redo",
    "clipboard",
    "copy",
    "paste",
    "search",
    "filter",
    "sort",
    "plus",
    "minus",
    "trash",
    "edit",
    "lock",
    "unlock",
    "eye",
    "eye-off",
    "bookmark",
    "columns",
    "compare",
    "link",
    "printer",
    "help",
    "user",
    "users",
    "shield",
    "certificate",
    "calendar",
    "calculator",
    "image",
    "text",
    "table",
    "chart",
    "bell",
    "command",
    "zoom-in",
    "zoom-out",
    "rotate",
    "fit",
    "play",
    "pause",
    "refresh",
    "external",
    "send",
    "merge",
    "hand-out",
    "history",
    "disk",
    "monitor",
    "cpu",
    "globe",
]
FOLDER = Path(icons.__file__).parent
LIMIT = 1200  # bytes
GRID = (0, 0, 24, 24)


def drawn(svg: bytes, size: int = 48) -> QImage:
    picture = QImage(size, size, QImage.Format.Format_ARGB32)
    picture.fill(0)
    painter = QPainter(picture)
    QSvgRenderer(QByteArray(svg.replace(b"currentColor", b"#000000"))).render(painter, QRectF(0, 0, size, size))
    painter.end()
    return picture


def ink(picture: QImage) -> float:
    """The share of the picture that is covered."""
    size = picture.width()
    covered = sum(picture.pixelColor(x, y).alpha() for x in range(size) for y in range(size))
    return covered / (255 * size * size)


def faults(svg: bytes) -> list[str]:
    """What keeps a file from being an icon of this set."""
    found = []
    root = ElementTree.fromstring(svg)
    if root.get("viewBox") != " ".join(map(str, GRID)):
        found.append("grid")
    if len(svg) >= LIMIT:
        found.append("size")
    if root.get("stroke") != "currentColor" or root.get("fill") != "none" or root.get("stroke-width") != "1.6":
        found.append("style")
    text = svg.decode("utf-8")
    if re.search(r"#[0-9a-fA-F]{3,8}\b|rgb\(|url\(|<style|<image|<script|href", text):
        found.append("colour or reference")
    if {one.get("fill", "none") for one in root.iter()} - {"none", "currentColor"}:
        found.append("fill")
    return found


@pytest.mark.parametrize("name", NAMES)
def test_a_named_icon_is_there_in_the_style_of_the_set(name: str) -> None:
    assert faults((FOLDER / f"{name}.svg").read_bytes()) == []


def test_the_test_of_style_finds_a_foreign_icon() -> None:
    foreign = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><path fill="#ff0000" d="M0 0h9v9z"/></svg>'
    assert set(faults(foreign)) == {"grid", "style", "colour or reference", "fill"}


def test_every_file_of_the_folder_keeps_the_style() -> None:
    assert {file.name: faults(file.read_bytes()) for file in FOLDER.glob("*.svg") if faults(file.read_bytes())} == {}


def test_icons_are_visible_and_of_even_weight(qapp: object) -> None:
    shares = {file.stem: ink(drawn(file.read_bytes())) for file in FOLDER.glob("*.svg")}
    thin = {"minus", "check", "circle"} | {name for name in shares if name.startswith(("chevron-", "arrow-"))}
    assert all(share > 0.03 for share in shares.values()), min(shares, key=shares.__getitem__)
    assert {name: share for name, share in shares.items() if name not in thin and not 0.07 < share < 0.36} == {}


def test_an_empty_icon_would_be_seen(qapp: object) -> None:
    assert ink(drawn(b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"/>')) == 0


def test_no_icon_is_cut_off_at_the_edge(qapp: object) -> None:
    cut = []
    for file in FOLDER.glob("*.svg"):
        picture = drawn(file.read_bytes())
        last = picture.width() - 1
        edge = [(x, y) for x in range(last + 1) for y in (0, last)] + [
            (x, y) for y in range(last + 1) for x in (0, last)
        ]
        if any(picture.pixelColor(x, y).alpha() > 40 for x, y in edge):
            cut.append(file.name)
    assert cut == []


def test_an_unknown_icon_is_an_error_at_once(qapp: object) -> None:
    with pytest.raises(ValueError, match="no icon"):
        icons.icon("unicorn")


def test_every_check_has_an_icon_of_its_own() -> None:
    assert CHECK_ICONS.keys() == {check.name for check in CHECKS}
    assert set(CHECK_ICONS.values()) <= set(icons.names())
    assert len(set(CHECK_ICONS.values())) == len(CHECK_ICONS)

"""The icons of the programs: one SVG file each, stroked in ``currentColor``, coloured and sized when drawn."""

from __future__ import annotations

import hashlib
import tempfile
from functools import cache
from importlib import resources
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

_SIZE = 18


def names() -> tuple[str, ...]:
    """All icon names."""
    return tuple(
        sorted(f.name.removesuffix(".svg") for f in resources.files(__package__).iterdir() if f.name.endswith(".svg"))
    )


@cache
def _source(name: str) -> str:
    file = resources.files(__package__) / f"{name}.svg"
    if not file.is_file():
        message = f"no icon is named {name}"
        raise ValueError(message)
    return file.read_text("utf-8")


def _draw(painter: QPainter, name: str, rect: QRectF, color: QColor) -> None:
    svg = _source(name).replace("currentColor", color.name())
    QSvgRenderer(QByteArray(svg.encode())).render(painter, rect)


def pixmap(name: str, size: int, token: str = "text") -> QPixmap:  # noqa: S107 - a colour token
    """An icon as picture of ``size`` logical pixels in a colour of the present theme (a token's name or #RRGGBB)."""
    application = QGuiApplication.instance()
    ratio = application.devicePixelRatio() if isinstance(application, QGuiApplication) else 1.0
    picture = QPixmap(round(size * ratio), round(size * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    _draw(painter, name, QRectF(0, 0, size, size), _color(token))
    painter.end()
    return picture


def icon(name: str, token: str = "text") -> QIcon:  # noqa: S107 - a colour token
    """An icon for buttons and actions, drawn in the colours of the theme of the moment; unknown name: ValueError."""
    _source(name)
    return QIcon(_Engine(name, token))


def paint(painter: QPainter, name: str, rect: QRectF, token: str = "text") -> None:  # noqa: S107 - a colour token
    """Draws an icon into a rectangle with a painter at work."""
    _draw(painter, name, rect, _color(token))


def style_icon_file(name: str, color: str) -> str:
    """A file with the icon in one colour, for style sheets, which take pictures only from files. Made where missing.

    The file lies in the user's temporary folder under a name that contains its own digest.
    """
    content = _source(name).replace("currentColor", color).encode()
    path = Path(tempfile.gettempdir()) / f"tenderbox-icon-{hashlib.sha256(content).hexdigest()[:24]}.svg"
    try:
        if not path.is_file() or path.read_bytes() != content:
            path.write_bytes(content)
    except OSError:
        return ""
    return path.as_posix()


def _color(token: str) -> QColor:
    if token.startswith("#"):
        return QColor(token)
    from apps.shell.theme.style import color  # noqa: PLC0415 - the style sheet itself needs icons

    return color(token)


class _Engine(QIconEngine):
    """Draws at the size and in the theme of the moment; disabled icons are faint."""

    def __init__(self, name: str, token: str) -> None:
        super().__init__()
        self._name, self._token = name, token

    def paint(self, painter: QPainter, rect: object, mode: QIcon.Mode, _state: QIcon.State) -> None:
        token = "faint" if mode == QIcon.Mode.Disabled else self._token
        _draw(painter, self._name, QRectF(rect), _color(token))  # type: ignore[call-overload]

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        picture = QPixmap(size)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        self.paint(painter, picture.rect(), mode, state)
        painter.end()
        return picture

    def clone(self) -> QIconEngine:
        return _Engine(self._name, self._token)

"""Draws a widget as a person would see it, and writes the picture."""

from __future__ import annotations

import time
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QEventLoop, QIODevice
from PySide6.QtGui import QImage, QImageWriter
from PySide6.QtWidgets import QApplication, QWidget

from core.ports.files import new_file

READY_SECONDS = 10.0


def draw(widget: QWidget, size: tuple[int, int]) -> QImage:
    """Shows the widget at a size, waits for its ``ready()`` (10 s at most, where it has one), and pictures it."""
    widget.resize(*size)
    widget.show()
    ready = getattr(widget, "ready", None)
    end = time.monotonic() + READY_SECONDS
    application = QApplication.instance()
    while application is not None:
        application.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        if ready is None or ready() or time.monotonic() > end:
            break
    for _ in range(3):
        QApplication.processEvents()
    return widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)


def png_of(image: QImage) -> bytes:
    """The picture as PNG."""
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    buffer.close()
    return bytes(content.data())


def write_picture(image: QImage, target: Path) -> None:
    """Writes a PNG whole or not at all; an older picture of this name is replaced."""
    with new_file(target) as out:
        out.write(png_of(image))

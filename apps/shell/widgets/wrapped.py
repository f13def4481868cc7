"""Words in painted rows: broken between words where there are words, anywhere where there are none."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QTextLayout, QTextOption

_LINE_SEPARATOR = "\N{LINE SEPARATOR}"
LONGEST = 2_000  # characters of a painted text: breaking more into lines stalls the window


def wrapped_lines(text: str, font: QFont, width: int, most: int = 0) -> tuple[str, ...]:
    """The text in lines of at most ``width`` pixels; with ``most`` the last line that fits ends in an ellipsis."""
    metrics = QFontMetrics(font)
    if len(text) > LONGEST:
        text = text[:LONGEST] + "\N{HORIZONTAL ELLIPSIS}"
    if "\n" not in text and metrics.horizontalAdvance(text) <= width:
        return (text,)
    shown = text.replace("\n", _LINE_SEPARATOR)
    layout = QTextLayout(shown, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    lines: list[str] = []
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        if most and len(lines) == most - 1:
            rest = shown[line.textStart() :].replace(_LINE_SEPARATOR, " ")
            lines.append(metrics.elidedText(rest, Qt.TextElideMode.ElideRight, width))
            break
        lines.append(shown[line.textStart() : line.textStart() + line.textLength()].rstrip(_LINE_SEPARATOR + " "))
    layout.endLayout()
    return tuple(lines)


def wrapped_height(text: str, font: QFont, width: int, most: int = 0) -> int:
    """How tall :func:`draw_wrapped` gets."""
    return len(wrapped_lines(text, font, width, most)) * QFontMetrics(font).height() if text else 0


def draw_wrapped(painter: QPainter, rect: QRect, text: str, font: QFont, tone: QColor, most: int = 0) -> None:
    """Draws the lines from the top of a rectangle."""
    metrics = QFontMetrics(font)
    painter.setFont(font)
    painter.setPen(tone)
    for number, line in enumerate(wrapped_lines(text, font, rect.width(), most)):
        painter.drawText(QPointF(rect.left(), rect.top() + number * metrics.height() + metrics.ascent()), line)

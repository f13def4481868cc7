"""A painter that speaks in tokens: text, hairlines on whole pixels, fills with a pattern besides their colour."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPainterPath, QPen, QPolygonF

from apps.shell.charts.geometry import Box, Metrics
from apps.shell.charts.labels import LONGEST, cut
from apps.shell.theme.fonts import font
from apps.shell.theme.look import Look
from apps.shell.theme.style import color

_STRETCH = 40  # points stroked at once: what a stroke costs grows faster than its length
_SHAPES = ("disc", "square", "triangle", "diamond", "ring")


def metrics_of(look: Look) -> Metrics:
    """The metrics of chart text: the small size of the look."""
    measured = QFontMetricsF(font(look.px(13)))
    return Metrics(lambda text: measured.horizontalAdvance(text[:LONGEST]), measured.height(), look.scale)


def mixed(first: QColor, second: QColor, share: float) -> QColor:
    """``share`` of the second colour in the first."""
    return QColor(
        *(round(a + (b - a) * share) for a, b in zip(first.getRgb()[:3], second.getRgb()[:3], strict=True))  # type: ignore[index]
    )


class Ink:
    """Draws on one widget during one paint event."""

    def __init__(self, painter: QPainter, look: Look) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.painter, self.look, self.metrics = painter, look, metrics_of(look)
        self._fonts = {bold: font(look.px(13), bold=bold) for bold in (False, True)}
        self._measures = {bold: QFontMetricsF(made).horizontalAdvance for bold, made in self._fonts.items()}
        self._colors: dict[str, QColor] = {}

    def color(self, token: str) -> QColor:
        """The colour of a token, looked up once a picture."""
        found = self._colors.get(token)
        if found is None:
            found = self._colors[token] = color(token)
        return found

    def text(
        self, box: Box, text: str, tone: str | QColor = "text", align: str = "left", *, bold: bool = False
    ) -> None:
        """One line of text in a box, cut where it is too long."""
        self.painter.setFont(self._fonts[bold])
        self.painter.setPen(tone if isinstance(tone, QColor) else self.color(tone))
        side = {
            "left": Qt.AlignmentFlag.AlignLeft,
            "right": Qt.AlignmentFlag.AlignRight,
            "centre": Qt.AlignmentFlag.AlignHCenter,
        }[align]
        flags = side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip
        self.painter.drawText(_rect(box), int(flags), cut(text, box.width + 0.5, self._measures[bold]))

    def hairline(self, x1: float, y1: float, x2: float, y2: float, tone: str = "line") -> None:
        """A line one pixel wide, level or upright, on whole pixels."""
        self.painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        pen = QPen(self.color(tone), 1)
        pen.setCosmetic(True)
        self.painter.setPen(pen)
        self.painter.drawLine(QPointF(round(x1), round(y1)), QPointF(round(x2), round(y2)))
        self.painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def stroke(self, points: list[tuple[float, float]], token: str, width: float, dash: tuple[float, ...] = ()) -> None:
        """A polyline."""
        pen = QPen(self.color(token), self.metrics.px(width))
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        if dash:
            pen.setDashPattern(dash)
        self.painter.setPen(pen)
        self.painter.setBrush(Qt.BrushStyle.NoBrush)
        for start in range(0, max(len(points) - 1, 1), _STRETCH):
            part = points[start : start + _STRETCH + 1]
            self.painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in part]))

    def fill(self, box: Box, tint: str | QColor, radius: float = 3.0, *, border: str = "", hatch: str = "") -> None:
        """A rounded field; ``hatch`` lays diagonal lines of a token over it, ``border`` draws its edge."""
        rect, round_by = _rect(box), self.metrics.px(radius)
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(tint if isinstance(tint, QColor) else self.color(tint))
        self.painter.drawRoundedRect(rect, round_by, round_by)
        if hatch:
            self.painter.setBrush(QBrush(self.color(hatch), Qt.BrushStyle.BDiagPattern))
            self.painter.drawRoundedRect(rect, round_by, round_by)
        if border:
            self.painter.setBrush(Qt.BrushStyle.NoBrush)
            self.painter.setPen(QPen(self.color(border), max(1.0, self.metrics.px(1.4))))
            self.painter.drawRoundedRect(rect, round_by, round_by)

    def ring(self, box: Box) -> None:
        """The focus ring around a box."""
        self.painter.setBrush(Qt.BrushStyle.NoBrush)
        self.painter.setPen(QPen(self.color("focus"), 2))
        grown = _rect(box).adjusted(1, 1, -1, -1)
        self.painter.drawRoundedRect(grown, self.metrics.px(4), self.metrics.px(4))

    def point(self, x: float, y: float, index: int, token: str, size: float = 4.0) -> None:
        """The sign of the ``index``-th series: each has a shape of its own."""
        radius = self.metrics.px(size)
        shape = _SHAPES[index % len(_SHAPES)]
        hollow = shape == "ring"
        self.painter.setPen(QPen(self.color(token if hollow else "surface"), self.metrics.px(1.6 if hollow else 1)))
        self.painter.setBrush(self.color("surface" if hollow else token))
        if shape in {"disc", "ring"}:
            self.painter.drawEllipse(QPointF(x, y), radius, radius)
        elif shape == "square":
            self.painter.drawRect(QRectF(x - radius * 0.9, y - radius * 0.9, radius * 1.8, radius * 1.8))
        else:
            wide = radius * 1.25
            corners = [(0.0, -wide), (wide, 0.0), (0.0, wide), (-wide, 0.0)]
            if shape == "triangle":
                corners = [(0.0, -wide), (wide, wide * 0.8), (-wide, wide * 0.8)]
            path = QPainterPath()
            path.addPolygon(QPolygonF([QPointF(x + dx, y + dy) for dx, dy in corners]))
            path.closeSubpath()
            self.painter.drawPath(path)


def _rect(box: Box) -> QRectF:
    left, top = round(box.x), round(box.y)
    return QRectF(left, top, max(1, round(box.right) - left), max(1, round(box.bottom) - top))

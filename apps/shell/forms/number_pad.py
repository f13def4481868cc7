"""A pad of figures for a touch screen: it writes into the line that has the keyboard, and never takes it away."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLineEdit, QPushButton, QWidget

from apps.shell.forms.pad import DELETE, DOWN, FIGURES, POINT, UP, pressed
from apps.shell.icons import icon
from apps.shell.theme.fonts import font
from apps.shell.theme.style import look_of
from core.messages import Catalogue


class PadKey(QPushButton):
    """A key large enough for a finger."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setFont(font(look_of().px(18)))

    def sizeHint(self) -> QSize:  # noqa: N802
        """At least 56 × 48 px at scale 1.0."""
        words = self.fontMetrics().horizontalAdvance(self.text()) + look_of().px(32)
        return QSize(max(look_of().px(56), words), look_of().px(48))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Never smaller."""
        return self.sizeHint()


class NumberPad(QFrame):
    """Keys 0–9, point, delete, one step down and up. The same text can always be typed; the keys are at least 44 px."""

    def __init__(
        self, words: Catalogue, *, step: Decimal = Decimal("0.5"), minimum: Decimal | None = Decimal(0),
        maximum: Decimal | None = None, digits: int = 1, parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._words = words
        self._step, self._minimum, self._maximum, self._digits = step, minimum, maximum, digits
        self._target: QLineEdit | None = None
        self.keys: dict[str, QPushButton] = {}
        self.setProperty("card", True)
        self.setAccessibleName(words.text("shell.forms.pad.name"))
        px = look_of().px
        layout = QGridLayout(self)
        layout.setContentsMargins(px(12), px(12), px(12), px(12))
        layout.setSpacing(px(8))
        for place, key in enumerate((*FIGURES[:9], POINT, "0", DELETE)):
            layout.addWidget(self._key(key), place // 3, place % 3)
        layout.addWidget(self._key(UP), 0, 3, 2, 1)
        layout.addWidget(self._key(DOWN), 2, 3, 2, 1)
        self.serve(None)

    def serve(self, line: QLineEdit | None, *, minimum: Decimal | None = None, maximum: Decimal | None = None) -> None:
        """Writes into ``line`` from now on, within its limits; None switches the keys off."""
        self._target = line
        self._minimum = self._minimum if minimum is None else minimum
        self._maximum = maximum
        for made in self.keys.values():
            made.setEnabled(line is not None)

    def press(self, key: str) -> None:
        """What a key does: as if the text had been typed."""
        line = self._target
        if line is None or line.isReadOnly():
            return
        text = pressed(
            line.text(), key, step=self._step, minimum=self._minimum, maximum=self._maximum, digits=self._digits
        )
        if text != line.text():
            line.setText(text)
            line.textEdited.emit(text)

    def _key(self, key: str) -> QPushButton:
        step = f"{self._step.normalize():f}"
        shown = {UP: f"+{step}", DOWN: f"−{step}", DELETE: ""}.get(key, key)
        made = PadKey(shown)
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        made.setAutoRepeat(key in {DELETE, UP, DOWN})
        names = {UP: "pad.up", DOWN: "pad.down", DELETE: "pad.delete", POINT: "pad.point"}
        if key in names:
            made.setAccessibleName(self._words.text(f"shell.forms.{names[key]}", step=step))
        if key == DELETE:
            made.setIcon(icon("backspace"))
            made.setIconSize(QSize(look_of().px(22), look_of().px(22)))
        if key in {UP, DOWN}:
            policy = made.sizePolicy()
            policy.setVerticalPolicy(policy.Policy.Expanding)
            made.setSizePolicy(policy)
        made.clicked.connect(lambda: self.press(key))
        self.keys[key] = made
        return made

"""The PIN: field, eye, what is wrong, progress, the button that hands it over."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from apps.shell.certificates.pin_edit import PinEdit
from apps.shell.icons import icon
from apps.shell.theme.style import look_of, mark
from apps.shell.widgets.band import Band
from apps.shell.widgets.button import button
from apps.shell.widgets.text import label
from core.messages import Catalogue


class PinPanel(QWidget):
    """``confirm`` gets the PIN as a bytearray it must zero; ``ready`` says whether a PIN of so many bytes may go."""

    def __init__(
        self, words: Catalogue, confirm_key: str, *, confirm: Callable[[bytearray], None], cancel: Callable[[], None],
        ready: Callable[[int], bool],
    ) -> None:  # fmt: skip
        super().__init__()
        self._words, self._confirm, self._ready, self._turn = words, confirm, ready, -1
        px = look_of().px
        self.edit = PinEdit()
        self.edit.setAccessibleName(words.text("shell.certificates.pin"))
        self.edit.returnPressed.connect(self._hand_over)
        self.edit.pin_changed.connect(self._update_button)
        self.edit.caps_lock.connect(self._show_caps)
        self._label = label(words.text("shell.certificates.pin"))
        self._label.setBuddy(self.edit)
        self.eye = button(words, "", icon="eye", name_key="shell.certificates.show_pin")
        self.eye.setCheckable(True)
        self.eye.toggled.connect(self._toggle_eye)
        self._caps = Band("warn", words.text("shell.certificates.caps"))
        self._caps.hide()
        self._busy = QProgressBar()
        self._busy.setRange(0, 0)
        self._busy.setTextVisible(False)
        self._busy.setAccessibleName(words.text("shell.certificates.working"))
        self._busy_text = label(words.text("shell.certificates.working"), "small", wrap=True)
        self.confirm = button(words, confirm_key, kind="primary")
        self.confirm.clicked.connect(self._hand_over)
        self.stop = button(words, "shell.certificates.stop")
        self.stop.clicked.connect(cancel)
        self._lay_out(px(8))

    def show_pin(self, *, asked: bool, usable: bool, working: bool, wrong: bool, turn: int) -> None:
        """``asked``: this key wants a PIN; ``turn`` grows whenever the field is to be emptied."""
        if turn != self._turn:
            self._turn = turn
            self.edit.wipe()
            self.eye.setChecked(False)
            self._caps.hide()
        for widget in (self._label, self.edit, self.eye):
            widget.setVisible(asked and usable)
        self.edit.setReadOnly(working)
        mark(self.edit, state="error" if wrong else "")
        for part in (self._busy, self._busy_text, self.stop):
            part.setVisible(working)
        self.confirm.setVisible(not working)
        self._update_button()

    def conceal(self) -> None:
        """Closes the eye: the window is no longer in front."""
        self.eye.setChecked(False)

    def _lay_out(self, gap: int) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(gap)
        field, buttons = QHBoxLayout(), QHBoxLayout()
        for row in (field, buttons):
            row.setSpacing(gap)
        field.addWidget(self.edit, 1)
        field.addWidget(self.eye)
        buttons.addStretch(1)
        for one in (self.stop, self.confirm):
            buttons.addWidget(one)
        outer.addWidget(self._label)
        outer.addLayout(field)
        for widget in (self._caps, self._busy_text, self._busy):
            outer.addWidget(widget)
        outer.addLayout(buttons)

    def _hand_over(self) -> None:
        if self._ready(self.edit.length):
            self._confirm(self.edit.take())

    def _update_button(self) -> None:
        self.confirm.setEnabled(self._ready(self.edit.length))

    def _toggle_eye(self, shown: bool) -> None:
        self.edit.reveal(shown)
        self.eye.setIcon(icon("eye-off" if shown else "eye"))
        name = self._words.text("shell.certificates.hide_pin" if shown else "shell.certificates.show_pin")
        self.eye.setAccessibleName(name)
        self.eye.setToolTip(name)

    def _show_caps(self, on: bool) -> None:
        self._caps.setVisible(on)

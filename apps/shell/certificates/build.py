"""Puts a certificate picker together, as a widget or as a dialog."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from apps.shell.certificates.presenter import CertificatePresenter, PickerPorts
from apps.shell.certificates.state import CertificateChoice, PickerState, Purpose
from apps.shell.certificates.view import CertificatePicker
from apps.shell.theme.style import look_of
from apps.shell.widgets.button import button
from apps.shell.widgets.text import label
from core.messages import Catalogue


def build_picker(
    words: Catalogue, purpose: Purpose, ports: PickerPorts, *, confirm_key: str = "shell.certificates.confirm"
) -> tuple[CertificatePicker, CertificatePresenter]:
    """The picker and what decides behind it; keep both, and close the presenter with the window."""

    def show(state: PickerState) -> None:
        view.show_state(state)

    presenter = CertificatePresenter(show, purpose, ports)
    view = CertificatePicker(words, presenter, confirm_key=confirm_key)
    return view, presenter


class CertificateDialog(QDialog):
    """The picker as a dialog: accepted once a key was opened; ``ports.accepted`` is told before it closes."""

    def __init__(
        self, words: Catalogue, purpose: Purpose, ports: PickerPorts, *, title_key: str = "shell.certificates.title",
        confirm_key: str = "shell.certificates.confirm", parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        px = look_of().px
        self.setWindowTitle(words.text(title_key))
        self.resize(px(820), px(560))
        tell = ports.accepted

        def accepted(choice: CertificateChoice) -> None:
            tell(choice)
            self.accept()

        self.picker, self.presenter = build_picker(
            words, purpose, replace(ports, accepted=accepted), confirm_key=confirm_key
        )  # fmt: skip
        close = button(words, "shell.certificates.cancel")
        close.clicked.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(24), px(20), px(24), px(20))
        layout.setSpacing(px(14))
        layout.addWidget(label(words.text(title_key), "h1"))
        layout.addWidget(self.picker, 1)
        foot = QHBoxLayout()
        foot.addWidget(close)
        foot.addStretch(1)
        layout.addLayout(foot)
        self.picker.list.setFocus()

    def done(self, result: int) -> None:
        """However it ends, nobody is called back afterwards and the PIN is gone."""
        self.picker.pin.edit.wipe()
        self.presenter.close()
        super().done(result)

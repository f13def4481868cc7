"""Dialogs in every state."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from apps.shell.dialogs.error_dialog import ErrorDialog
from apps.shell.dialogs.question import Question, TypedConfirmation
from apps.shell.dialogs.state import Confirmation, Fix, error_state
from apps.shell.gallery.specimen import Specimen
from core.errors import FileNotWritable, UnexpectedFault
from core.messages import Catalogue

_K = "shell.dialogs.gallery."


def _nothing() -> None:
    """The gallery's fixes do nothing."""


def _error(words: Catalogue) -> ErrorDialog:
    fixes = {
        "app.file_not_writable": (
            Fix("shell.dialogs.retry", _nothing),
            Fix("shell.dialogs.choose_other", _nothing),
        )
    }
    error = FileNotWritable(path="D:/works/rooms.tbd", reason="no_space")
    return ErrorDialog(words, error_state(error, words, title=words.text(f"{_K}save_failed"), fixes=fixes))


def build_error(words: Catalogue) -> QWidget:
    """A full disk, with two ways out."""
    return _error(words)


def build_unfolded(words: Catalogue) -> QWidget:
    """The same with its details."""
    dialog = _error(words)
    dialog.show_details(True)
    return dialog


def build_unexpected(words: Catalogue) -> QWidget:
    """A fault of ours: only the log can tell more."""
    error = UnexpectedFault(log="C:/Users/name/AppData/Local/tenderbox/tenderbox.log")
    return ErrorDialog(words, error_state(error, words))


def build_question(words: Catalogue) -> QWidget:
    """Two answers in verbs."""
    return Question(
        words,
        words.text(f"{_K}question_title"),
        words.text(f"{_K}question_text"),
        accept_key=f"{_K}hand_out",
        reject_key=f"{_K}keep",
    )


def build_confirmation(words: Catalogue) -> QWidget:
    """The word half typed: the button does not work yet."""
    state = Confirmation(
        title=words.text(f"{_K}confirm_title"),
        text=words.text(f"{_K}confirm_text"),
        word=words.text(f"{_K}confirm_word"),
        button=words.text(f"{_K}confirm_button"),
    )
    dialog = TypedConfirmation(words, state)
    dialog.entry.setText(state.word[:1])
    return dialog


SPECIMENS = (
    Specimen("dialogs.error", f"{_K}error", build_error, (640, 210)),
    Specimen("dialogs.error_unfolded", f"{_K}unfolded", build_unfolded, (640, 320)),
    Specimen("dialogs.unexpected", f"{_K}unexpected", build_unexpected, (640, 210)),
    Specimen("dialogs.question", f"{_K}question", build_question, (560, 190)),
    Specimen("dialogs.confirmation", f"{_K}confirmation", build_confirmation, (560, 270)),
)

"""The words of saving and undo. No Qt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from apps.shell.editing.state import EditState, HistoryLine, Saving
from core.messages import Catalogue
from core.values.sentences import sentence
from core.values.times import BEIJING

_K = "shell.editing."


@dataclass(frozen=True, slots=True)
class SaveWords:
    """One short line for a status bar: words, tone of a chip, icon."""

    text: str
    tone: str
    icon: str


def save_words(words: Catalogue, state: EditState) -> SaveWords:
    """Whether all is saved, in words, tone and icon."""
    if state.saving is Saving.NOT_SAVED:
        return SaveWords(words.text(_K + "not_saved", reason=_reason(words, state)), "err", "cloud-off")
    if state.saving is Saving.SAVING:
        key = "saving" if state.waiting <= 1 else "saving_many"
        return SaveWords(words.text(_K + key, count=state.waiting), "plain", "refresh")
    if state.saving is Saving.CLOSED:
        return SaveWords(words.text(_K + "closed"), "plain", "lock")
    if state.at is None:
        return SaveWords(words.text(_K + "unchanged"), "plain", "cloud-check")
    key = "saved_before" if state.recovered else "saved"
    return SaveWords(words.text(_K + key, time=clock_text(state.at)), "ok", "cloud-check")


def trouble(words: Catalogue, state: EditState) -> str:
    """What failed, why, and what to do, as sentences; empty while nothing does."""
    if state.error is None:
        return ""
    why = sentence(words, state.error.code, state.error.params)
    return words.text(_K + "not_saved_band", count=state.waiting, error=why)


def act(words: Catalogue, line: HistoryLine) -> str:
    """The words of one act."""
    return words.text(line.label, subject=line.subject)


def undo_text(words: Catalogue, state: EditState) -> str:
    """What undo would take back."""
    line = state.undo
    return words.text(_K + "undo_nothing") if line is None else words.text(_K + "undo_named", act=act(words, line))


def redo_text(words: Catalogue, state: EditState) -> str:
    """What redo would do again."""
    line = state.redo
    return words.text(_K + "redo_nothing") if line is None else words.text(_K + "redo_named", act=act(words, line))


def clock_text(moment: datetime) -> str:
    """Hours, minutes and seconds in Beijing."""
    return moment.astimezone(BEIJING).strftime("%H:%M:%S")


def _reason(words: Catalogue, state: EditState) -> str:
    params = state.error.params if state.error is not None else {}
    key = f"file.{params.get('reason', 'failed')}"
    return words.text(key) if words.has(key) else words.text(_K + "reason.failed")

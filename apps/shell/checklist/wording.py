"""The checklist in words: what stands on it, and what a screen reader says."""

from __future__ import annotations

from apps.shell.checklist.state import ChecklistItem, ChecklistState, ItemState
from core.messages import Catalogue

ICONS = {
    ItemState.DONE: "check-circle",
    ItemState.BLOCKING: "x-circle",
    ItemState.REMINDER: "warning",
    ItemState.WAITING: "circle",
}
TONES = {
    ItemState.DONE: "ok",
    ItemState.BLOCKING: "err",
    ItemState.REMINDER: "warn",
    ItemState.WAITING: "muted",
}


def headline(state: ChecklistState, words: Catalogue) -> str:
    """How far the goal is; without a list nothing is claimed about it."""
    if not state.items:
        return words.text("shell.checklist.no_list")
    key = state.goal.missing_key if state.missing else state.goal.ready_key
    return words.text(key, count=state.missing)


def summary(state: ChecklistState, words: Catalogue) -> str:
    """What is done, the reminders apart, and the note; nothing before there is a list."""
    if not state.items:
        return ""
    parts = [words.text("shell.checklist.done_of", done=state.count(ItemState.DONE), total=len(state.items))]
    reminders = state.count(ItemState.REMINDER)
    if reminders:
        parts.append(words.text("shell.checklist.reminders", count=reminders))
    if state.note:
        parts.append(state.note)
    return words.text("shell.checklist.join").join(parts)


def reason(state: ChecklistState, words: Catalogue) -> str:
    """Why the action cannot be taken, or what it means that it can; never empty."""
    if state.busy:
        return words.text("shell.checklist.busy")
    if not state.items:
        return words.text("shell.checklist.no_items")
    if state.missing:
        return words.text(state.goal.reason_key or "shell.checklist.reason", count=state.missing)
    reminders = state.count(ItemState.REMINDER)
    return words.text("shell.checklist.ready_reminders" if reminders else "shell.checklist.ready", count=reminders)


def state_word(item: ChecklistItem, words: Catalogue) -> str:
    """The state in a word."""
    return words.text(f"shell.checklist.state.{item.state.value}")


def source_line(item: ChecklistItem, words: Catalogue) -> str:
    """The rule that asks for it, "" where none is named."""
    return words.text("shell.checklist.clause", clause=item.clause) if item.clause else ""


def spoken(item: ChecklistItem, words: Catalogue) -> str:
    """Title, state, how it stands, source, and what Enter does."""
    parts = [item.title, state_word(item, words), item.detail, source_line(item, words)]
    if item.offers_jump:
        parts.append(words.text("shell.checklist.enter_jumps"))
    return words.text("shell.checklist.comma").join(part for part in parts if part)

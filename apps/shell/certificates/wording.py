"""Certificates and their states in words: what it is, why it cannot be used, what to do next."""

from __future__ import annotations

from datetime import datetime

from apps.shell.beijing import in_beijing
from apps.shell.certificates.judge import Condition, Verdict, judge
from apps.shell.certificates.state import CertificateChoice, Medium, PickerState, Purpose, Trouble
from core.messages import Catalogue
from core.values.sentences import sentence

ICONS = {
    Condition.READY: "check-circle", Condition.PIN_NEEDED: "key", Condition.EXPIRES_SOON: "clock",
    Condition.WRONG_PIN: "x-circle", Condition.LOCKED: "lock", Condition.EXPIRED: "x-circle",
    Condition.NOT_YET: "clock", Condition.WRONG_USE: "info", Condition.PULLED: "usb",
    Condition.DRIVER_MISSING: "warning", Condition.UNTRUSTED: "shield-x", Condition.UNKNOWN: "help",
}  # fmt: skip
TONES = {
    Condition.READY: "ok", Condition.PIN_NEEDED: "primary", Condition.EXPIRES_SOON: "warn",
    Condition.WRONG_PIN: "err", Condition.LOCKED: "err", Condition.EXPIRED: "err",
    Condition.NOT_YET: "warn", Condition.WRONG_USE: "muted", Condition.PULLED: "muted",
    Condition.DRIVER_MISSING: "err", Condition.UNTRUSTED: "err", Condition.UNKNOWN: "muted",
}  # fmt: skip
_BANDS = {"ok": "ok", "primary": "info", "warn": "warn", "err": "err", "muted": "info"}


def verdict_of(state: PickerState, choice: CertificateChoice) -> Verdict:
    """The verdict on one choice of a state."""
    return judge(choice, state.purpose, state.now, wrong=state.wrong == choice.id)


def condition_word(verdict: Verdict, choice: CertificateChoice, words: Catalogue) -> str:
    """The state in a word or two."""
    if verdict.condition is Condition.PULLED and choice.medium is Medium.FILE:
        return words.text("shell.certificates.condition.gone")
    return words.text(f"shell.certificates.condition.{verdict.condition.value}", days=verdict.days)


def explanation(state: PickerState, choice: CertificateChoice, words: Catalogue) -> tuple[str, str]:
    """The tone of a band and its sentence: what happened, why, what next; ("", "") where nothing need be said."""
    if state.trouble is not None:
        return "err", trouble_text(state.trouble, words)
    verdict = verdict_of(state, choice)
    if verdict.condition in {Condition.READY, Condition.PIN_NEEDED}:
        return _tries(choice, words)
    tone = _BANDS[TONES[verdict.condition]]
    if verdict.condition is Condition.WRONG_PIN:
        return tone, wrong_pin_text(choice, words)
    key = f"shell.certificates.why.{verdict.condition.value}"
    if verdict.condition in {Condition.PULLED, Condition.LOCKED, Condition.UNKNOWN} and choice.medium is Medium.FILE:
        key += "_file"
    return tone, words.text(
        key, days=verdict.days, place=choice.place or choice.subject, issuer=choice.issuer,
        begin=date_text(choice.not_before), end=date_text(choice.not_after),
        has=purposes_text(choice, words), wanted=purpose_word(state.purpose, words),
    )  # fmt: skip


def wrong_pin_text(choice: CertificateChoice, words: Catalogue) -> str:
    """Wrong PIN, with the tries that are left where the medium says so."""
    if choice.tries_left is None:
        return words.text("shell.certificates.why.wrong_pin")
    key = "wrong_pin_last" if choice.tries_left == 1 else "wrong_pin_tries"
    return words.text(f"shell.certificates.why.{key}", tries=choice.tries_left)


def trouble_text(trouble: Trouble, words: Catalogue) -> str:
    """The sentence of what went wrong."""
    return sentence(words, trouble.code, dict(trouble.params))


def facts(choice: CertificateChoice, words: Catalogue) -> tuple[tuple[str, str], ...]:
    """Label and value of everything that is known, in the order it is shown."""
    validity = ""
    if choice.not_before is not None and choice.not_after is not None:
        validity = words.text(
            "shell.certificates.validity",
            begin=date_text(choice.not_before), end=date_text(choice.not_after),
        )  # fmt: skip
    medium = words.text(f"shell.certificates.medium.{choice.medium.value}")
    place = words.text("shell.certificates.place", medium=medium, place=choice.place) if choice.place else medium
    if choice.emulator:
        place = words.text("shell.certificates.emulated_place", place=place)
    values = (
        ("organisation", choice.organisation), ("role", choice.role), ("use", purposes_text(choice, words)),
        ("validity_label", validity), ("issuer", choice.issuer), ("serial", grouped(choice.serial)), ("kept", place),
    )  # fmt: skip
    return tuple((words.text(f"shell.certificates.{name}"), value) for name, value in values if value)


def spoken(state: PickerState, choice: CertificateChoice, words: Catalogue) -> str:
    """What a screen reader says of a row."""
    verdict = verdict_of(state, choice)
    medium = words.text(f"shell.certificates.medium.{choice.medium.value}")
    parts = [choice.subject, choice.organisation, choice.role, medium, condition_word(verdict, choice, words)]
    if choice.emulator:
        parts.append(words.text("shell.certificates.emulator"))
    return words.text("shell.certificates.comma").join(part for part in parts if part)


def purpose_word(purpose: Purpose, words: Catalogue) -> str:
    """Signing or encryption."""
    return words.text(f"shell.certificates.purpose.{purpose.value}")


def purposes_text(choice: CertificateChoice, words: Catalogue) -> str:
    """What the key is for."""
    known = [purpose_word(purpose, words) for purpose in Purpose if purpose in choice.purposes]
    return words.text("shell.certificates.list_mark").join(known)


def date_text(moment: datetime | None) -> str:
    """A day in Beijing."""
    if moment is None:
        return ""
    return in_beijing(moment).strftime("%Y-%m-%d")


def grouped(serial: str) -> str:
    """A serial number in groups of four, as people compare it."""
    plain = serial.replace(" ", "").replace(":", "").upper()
    return " ".join(plain[start : start + 4] for start in range(0, len(plain), 4))


def _tries(choice: CertificateChoice, words: Catalogue) -> tuple[str, str]:
    if choice.needs_pin and choice.tries_left is not None and choice.tries_left <= 2:
        return "warn", words.text("shell.certificates.few_tries", tries=choice.tries_left)
    return "", ""

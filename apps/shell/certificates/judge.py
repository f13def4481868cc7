"""Whether a certificate can be used for a purpose now, and if not, why: the first reason counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from apps.shell.beijing import days_between
from apps.shell.certificates.state import CertificateChoice, Purpose

SOON_DAYS = 30  # how long before its end a certificate is called about to expire


class Condition(StrEnum):
    """The state of a certificate and its key, as one word."""

    READY = "ready"
    PIN_NEEDED = "pin_needed"
    EXPIRES_SOON = "expires_soon"
    WRONG_PIN = "wrong_pin"
    LOCKED = "locked"
    EXPIRED = "expired"
    NOT_YET = "not_yet"
    WRONG_USE = "wrong_use"
    PULLED = "pulled"
    DRIVER_MISSING = "driver_missing"
    UNTRUSTED = "untrusted"
    UNKNOWN = "unknown"


USABLE = frozenset({Condition.READY, Condition.PIN_NEEDED, Condition.EXPIRES_SOON, Condition.WRONG_PIN})


@dataclass(frozen=True, slots=True)
class Verdict:
    """``days`` until the end (expires soon), since the end (expired) or until the beginning (not yet); else 0."""

    condition: Condition
    days: int = 0

    @property
    def usable(self) -> bool:
        """Whether it may be chosen."""
        return self.condition in USABLE


def judge(choice: CertificateChoice, purpose: Purpose, now: datetime, *, wrong: bool = False) -> Verdict:
    """The verdict; days are calendar days in Beijing. ``wrong``: its PIN was just refused."""
    return (
        _medium(choice) or _time(choice, now) or _use(choice, purpose) or _pin(choice, wrong=wrong)
        or _end(choice, now) or Verdict(Condition.PIN_NEEDED if choice.needs_pin else Condition.READY)
    )  # fmt: skip


def _medium(choice: CertificateChoice) -> Verdict | None:
    if not choice.present:
        return Verdict(Condition.PULLED)
    if not choice.driver:
        return Verdict(Condition.DRIVER_MISSING)
    if not choice.readable or choice.not_before is None or choice.not_after is None:
        return Verdict(Condition.UNKNOWN)
    return Verdict(Condition.LOCKED) if choice.locked or choice.tries_left == 0 else None


def _time(choice: CertificateChoice, now: datetime) -> Verdict | None:
    if choice.not_after is not None and now > choice.not_after:
        return Verdict(Condition.EXPIRED, days_between(choice.not_after, now))
    if choice.not_before is not None and now < choice.not_before:
        return Verdict(Condition.NOT_YET, days_between(now, choice.not_before))
    return None


def _use(choice: CertificateChoice, purpose: Purpose) -> Verdict | None:
    if purpose not in choice.purposes:
        return Verdict(Condition.WRONG_USE)
    return Verdict(Condition.UNTRUSTED) if choice.trusted is False else None


def _pin(choice: CertificateChoice, *, wrong: bool) -> Verdict | None:
    return Verdict(Condition.WRONG_PIN) if wrong and choice.needs_pin else None


def _end(choice: CertificateChoice, now: datetime) -> Verdict | None:
    if choice.not_after is None:
        return None
    days = days_between(now, choice.not_after)
    return Verdict(Condition.EXPIRES_SOON, days) if days <= SOON_DAYS else None

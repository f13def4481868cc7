"""Certificates as a source reports them, and how far the choosing is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol


class Medium(StrEnum):
    """Where a key lives."""

    FILE = "file"
    TOKEN = "token"  # noqa: S105 - a hardware token, not a secret


class Purpose(StrEnum):
    """What a key is for."""

    SIGNING = "signing"
    ENCRYPTION = "encryption"


@dataclass(frozen=True, slots=True)
class CertificateChoice:
    """One certificate with a key, facts only; :mod:`judge` says what they mean.

    ``place`` is the token's or the file's name. ``trusted`` None: not known yet. ``tries_left`` None: the medium does
    not say. ``driver`` False: the token is there but cannot be spoken to; ``readable`` False: no certificate could be
    read from it. ``emulator``: a program that plays a token.
    """

    id: str
    medium: Medium
    subject: str
    organisation: str = ""
    issuer: str = ""
    role: str = ""
    serial: str = ""
    place: str = ""
    purposes: frozenset[Purpose] = frozenset()
    not_before: datetime | None = None
    not_after: datetime | None = None
    trusted: bool | None = None
    needs_pin: bool = True
    tries_left: int | None = None
    locked: bool = False
    present: bool = True
    driver: bool = True
    readable: bool = True
    emulator: bool = False


class CertificateSource(Protocol):
    """Where certificates come from: asked again and again on the TOKEN lane, never on the window's thread."""

    def list(self) -> tuple[CertificateChoice, ...]:
        """What is there now; ids stay the same from call to call. May raise a CodedError."""


class PinResult(StrEnum):
    """What became of a PIN."""

    ACCEPTED = "accepted"
    WRONG = "wrong"
    LOCKED = "locked"


@dataclass(frozen=True, slots=True)
class PinOutcome:
    """``tries_left`` None: the medium does not say."""

    result: PinResult
    tries_left: int | None = None


class Stage(StrEnum):
    """How far it is."""

    LISTING = "listing"  # nothing has been read yet
    CHOOSING = "choosing"
    WORKING = "working"  # the key has the PIN and works
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Trouble:
    """A sentence about what went wrong: a catalogue code and its parameters."""

    code: str
    params: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class PickerState:
    """``wrong``: the id of the choice whose PIN was just refused; whenever ``pin_turn`` grows the field is emptied."""

    purpose: Purpose
    now: datetime
    stage: Stage = Stage.LISTING
    choices: tuple[CertificateChoice, ...] = ()
    chosen: str = ""
    wrong: str = ""
    trouble: Trouble | None = None
    source_trouble: Trouble | None = None
    pin_turn: int = 0

    @property
    def choice(self) -> CertificateChoice | None:
        """The chosen certificate."""
        return next((choice for choice in self.choices if choice.id == self.chosen), None)

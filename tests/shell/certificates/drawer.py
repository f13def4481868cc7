"""A drawer of tokens for tests: what is in it is what the source lists; keys check real PINs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from apps.shell.certificates.presenter import PickerPorts
from apps.shell.certificates.state import CertificateChoice, Medium, PinOutcome, PinResult, Purpose
from apps.shell.tasks import Starter
from core.ports.progress import JobContext
from signing.errors import CodedError

NOW = datetime(2026, 11, 22, 1, 30, tzinfo=UTC)


def certificate(name: str, **more: object) -> CertificateChoice:
    facts: dict[str, object] = {
        "medium": Medium.TOKEN, "subject": name, "place": f"KEY-{name}", "issuer": "示例中心", "trusted": True,
        "purposes": frozenset({Purpose.SIGNING}), "organisation": "图书馆", "role": "负责人", "serial": "5a0c000000000bcd",
        "not_before": NOW - timedelta(days=300), "not_after": NOW + timedelta(days=300),
    }  # fmt: skip
    return CertificateChoice(id=name, **(facts | more))


class Drawer:
    """``pins``: the right PIN of each id; three tries each, as a token has."""

    def __init__(self, *choices: CertificateChoice, pins: dict[str, bytes] | None = None) -> None:
        self.choices = list(choices)
        self.pins = pins or {}
        self.tries: dict[str, int] = {}
        self.seen: list[bytearray] = []
        self.heard: list[bytes] = []
        self.accepted: list[str] = []
        self.listed = 0
        self.trouble: CodedError | None = None
        self.breaks: Exception | None = None
        self.during: Callable[[], None] = lambda: None

    def list(self) -> tuple[CertificateChoice, ...]:
        self.listed += 1
        if self.trouble is not None:
            raise self.trouble
        return tuple(self.choices)

    def pull(self, name: str) -> None:
        self.choices = [one for one in self.choices if one.id != name]

    def change(self, name: str, **more: object) -> None:
        self.choices = [replace(one, **more) if one.id == name else one for one in self.choices]

    def unlock(self, choice: CertificateChoice, pin: bytearray, _context: JobContext) -> PinOutcome:
        self.seen.append(pin)
        self.heard.append(bytes(pin))
        self.during()
        if self.breaks is not None:
            raise self.breaks
        if bytes(pin) == self.pins.get(choice.id, b"123456"):
            return PinOutcome(PinResult.ACCEPTED)
        left = self.tries[choice.id] = self.tries.get(choice.id, 3) - 1
        return PinOutcome(PinResult.LOCKED if left == 0 else PinResult.WRONG, left)

    def ports(self, starter: Starter) -> PickerPorts:
        return PickerPorts(self, starter, lambda: NOW, self.unlock, lambda choice: self.accepted.append(choice.id))

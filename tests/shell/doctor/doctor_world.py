"""Inputs of a machine as a test wants it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from core.bootstrap import build_services
from core.jobs.doctor.inputs import Inputs, plain_inputs
from core.messages import load
from core.ports.keys import KeySource
from tests.fixed_clock import FixedClock
from tests.pki import Party

PIN = b"482913"


def inputs_at(folder: Path, *, now: datetime | None = None, language: str = "zh_CN", **changes: Any) -> Inputs:
    """A machine without proxy, with ``folder`` as work folder; ``now`` None: the real time."""
    services = build_services(load(language), FixedClock(now or datetime.now(UTC)))
    return replace(plain_inputs(services, folder, changes.pop("environment", {})), **changes)


def key_of(party: Party, folder: Path, *, use: str = "sign", pin: bytes = PIN) -> KeySource:
    """The party's files in ``folder``; ``pin`` is what the PIN file says."""
    party.write_files(folder, PIN)
    (folder / "pin").write_bytes(pin)
    return KeySource(folder / f"{use}.pem", folder / f"{use}.key", folder / "pin")

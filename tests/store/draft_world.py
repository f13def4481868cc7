"""Drafts and colleagues for the tests of the store and of hand-outs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from core.bootstrap import build_services
from core.messages import load
from core.ports.drafts import RecordChange, Step
from core.ports.services import Services
from core.store.drafts import SqliteDraftStore
from signing.canonical_json import Json
from tests.pki import Party, shared_pki

START = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)


class Clock:
    """A clock that only moves when told to."""

    source = "demo"

    def __init__(self) -> None:
        self.time = START

    def now(self) -> datetime:
        return self.time

    def pass_(self, **parts: float) -> None:
        self.time += timedelta(**parts)


def services(clock: Clock) -> Services:
    return build_services(load("zh_CN"), clock)


def store_at(now: Callable[[], datetime] = lambda: START) -> SqliteDraftStore:
    return SqliteDraftStore(now)


def step(position: int, key: str, old: Json, new: Json, label: str = "draft.merged") -> Step:
    return Step(position, label, START, (RecordChange(key, old, new),))


def colleague(name: str, folder: Path) -> tuple[Party, Path]:
    """A party and the folder of its key files (sign.pem sign.key enc.pem enc.key or as write_files names them)."""
    party = shared_pki().party(name)
    home = folder / name
    home.mkdir(parents=True, exist_ok=True)
    party.write_files(home)
    (home / "pin").write_bytes(b"test-pin")
    return party, home

"""The bounds the child lives in. Set by the child itself before it reads anything; it cannot lift them again."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Address space of the child (bytes), seconds for one request, seconds for opening, restarts within a minute."""

    memory_bytes: int = 1024 * 2**20
    request_seconds: float = 15.0
    open_seconds: float = 30.0
    restarts: int = 4


def limit_this_process(memory_bytes: int) -> bool:
    """Caps memory, forbids writing files and core dumps; False where the system offers no such bounds (Windows)."""
    try:
        import resource  # noqa: PLC0415 - not on Windows
    except ImportError:
        return False
    for what, limit in (
        (resource.RLIMIT_AS, memory_bytes),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (limit, limit))
    return True

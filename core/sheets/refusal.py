"""Why a file is no readable bill, as an error whose reason and hint are catalogue keys."""

from __future__ import annotations

from pathlib import Path

from core.errors import BoqUnreadable


def unreadable(path: Path, reason: str) -> BoqUnreadable:
    """The error for ``boq.reason.<reason>`` with its way out ``boq.hint.<reason>``."""
    return BoqUnreadable(path=path.name, reason=f"boq.reason.{reason}", hint=f"boq.hint.{reason}")

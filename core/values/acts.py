"""One act of opening or evaluation, as the folds read it.

The journal turns its signed, verified events into acts; a fold never sees a signature. Bodies are plain JSON of the
dataclasses in ``core.opening.bodies`` and ``core.evaluation.bodies``.

Format: docs/spec/opening-and-evaluation-events.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias, Union

Json: TypeAlias = Union[bool, int, str, "Sequence[Json]", "Mapping[str, Json]", None]


@dataclass(frozen=True, slots=True)
class Act:
    """Who did what when, already checked for signature and sequence.

    ``kind`` such as ``opening.counted``; ``at`` aware UTC; ``actor`` the id of the member who signed in; ``role`` the
    role certified at sign-in; ``id`` the event's SM3 (hex), by which other events may name this one ("" where unknown).
    """

    kind: str
    at: datetime
    actor: str
    role: str
    body: Mapping[str, Json]
    id: str = ""

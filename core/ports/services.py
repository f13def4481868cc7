"""Everything a job may use, made once by :mod:`core.bootstrap` and handed in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from core.messages import Catalogue
from core.ports.clock import Clock
from core.ports.documents import DocumentRenderer
from core.ports.drafts import DraftStore
from core.ports.keys import KeyProvider, KeySource
from core.ports.platform import PlatformPort


@dataclass(frozen=True, slots=True)
class Services:
    """The adapters of one run."""

    clock: Clock
    keys: KeyProvider
    drafts: DraftStore
    renderer: DocumentRenderer
    platform: Callable[[Path], PlatformPort]
    new_platform: Callable[[Path, str, KeySource, Path], None]
    catalogue: Catalogue
    producer: str  # name and version of this tool, written into artefacts

"""Settings as typed data: what a person or administrator may change, where it comes from, and its default.

Nothing is read at import. Trust roots and PINs are deliberately not settings: they are named for each run.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from core.messages import DEFAULT_LANGUAGE, LANGUAGES


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one run."""

    language: str  # TENDERBOX_LANG: zh_CN or en
    fonts: Path  # TENDERBOX_FONTS: folder of the bundled fonts
    trust: Path | None  # TENDERBOX_TRUST: the installed trust list


def load_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """The settings of an environment (by default the process's); unknown languages give the default."""
    values = os.environ if environment is None else environment
    language = values.get("TENDERBOX_LANG", DEFAULT_LANGUAGE)
    fonts = values.get("TENDERBOX_FONTS")
    trust = values.get("TENDERBOX_TRUST")
    return Settings(
        language=language if language in LANGUAGES else DEFAULT_LANGUAGE,
        fonts=Path(fonts) if fonts else Path(sys.prefix) / "share" / "tenderbox" / "fonts",
        trust=Path(trust) if trust else None,
    )

"""The artefacts a demonstration folder holds."""

from __future__ import annotations

from pathlib import Path

PATTERNS = ("*.tbz", "bids/*.tbt", "receipts/*.tbr", "*.tbk", "*.tbo", "*.tbp", "report.pdf")


def artefacts(folder: Path) -> list[Path]:
    return [path for pattern in PATTERNS for path in sorted(folder.glob(pattern))]

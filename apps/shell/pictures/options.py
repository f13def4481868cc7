"""The options every program understands for pictures, and what they mean. No Qt."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from apps.shell.theme.look import SCALES, Look
from apps.shell.theme.tokens import Theme
from core.errors import UsageError
from core.messages import DEFAULT_LANGUAGE, LANGUAGES


@dataclass(frozen=True, slots=True)
class PictureOptions:
    """What to draw: ``target`` None means an ordinary window; ``size`` None the screen's own size (logical pixels)."""

    target: Path | None
    screen: str
    listing: bool
    language: str
    look: Look
    size: tuple[int, int] | None


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> None:  # type: ignore[override]
        raise UsageError(detail=message)


def parse(arguments: Sequence[str], *, language: str = DEFAULT_LANGUAGE, look: Look | None = None) -> PictureOptions:
    """Reads the options; raises UsageError. ``language`` and ``look`` hold where nothing is said."""
    base = look or Look()
    parser = _Parser(add_help=False)
    parser.add_argument("--picture", type=Path)
    parser.add_argument("--screen", default="")
    parser.add_argument("--list-screens", action="store_true")
    parser.add_argument("--lang", choices=LANGUAGES, default=language)
    parser.add_argument("--theme", choices=[theme.value for theme in Theme], default=base.theme.value)
    parser.add_argument("--scale", type=float, choices=SCALES, default=base.scale)
    parser.add_argument("--size", type=_size)
    read = parser.parse_args(arguments)
    return PictureOptions(
        read.picture, read.screen, read.list_screens, read.lang, Look(Theme(read.theme), read.scale), read.size
    )


def _size(text: str) -> tuple[int, int]:
    width, separator, height = text.partition("x")
    if not separator or not width.isdigit() or not height.isdigit():
        raise argparse.ArgumentTypeError(text)
    if not (64 <= int(width) <= 8192 and 64 <= int(height) <= 8192):
        raise argparse.ArgumentTypeError(text)
    return int(width), int(height)

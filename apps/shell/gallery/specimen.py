"""One exhibit of the gallery: a component in a state, with content."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from core.messages import Catalogue


@dataclass(frozen=True, slots=True)
class Specimen:
    """``name`` is what ``--screen`` takes; ``size`` is the picture's size at scale 1.0 in logical pixels."""

    name: str
    title_key: str
    build: Callable[[Catalogue], QWidget]
    size: tuple[int, int] = (720, 480)

"""Golden pictures: how one is kept small, and how a new one is compared with it."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageChops

FOLDER = Path(__file__).parent
COLOURS = 128
TOLERANCE = 40  # of 255 a channel: the palette of the kept picture costs up to that on the edges of letters
SHARE = 0.001  # of all pixels may differ more than that


@dataclass(frozen=True, slots=True)
class Combination:
    language: str
    theme: str
    scale: float

    @property
    def folder(self) -> str:
        return f"{self.language}-{self.theme}-{self.scale:g}"


COMBINATIONS = (
    Combination("zh_CN", "light", 1.0),
    Combination("en", "dark", 1.0),
    Combination("zh_CN", "dark", 1.25),
    Combination("en", "light", 1.25),
)


def path_of(name: str, combination: Combination) -> Path:
    return FOLDER / combination.folder / f"{name}.png"


def keep(picture: Image.Image, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    small = picture.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    content = io.BytesIO()
    small.save(content, "PNG", optimize=True)
    path.write_bytes(content.getvalue())


def differing_share(picture: Image.Image, kept: Image.Image) -> float:
    """Share of pixels that differ visibly; 1.0 for another size."""
    if picture.size != kept.size:
        return 1.0
    bands = ImageChops.difference(picture.convert("RGB"), kept.convert("RGB")).split()
    worst = ImageChops.lighter(ImageChops.lighter(bands[0], bands[1]), bands[2])
    histogram = worst.histogram()
    return sum(histogram[TOLERANCE + 1 :]) / (picture.width * picture.height)

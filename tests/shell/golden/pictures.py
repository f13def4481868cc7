"""Golden pictures: how one is kept small, and how a new one is compared with it."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageChops

FOLDER = Path(__file__).parent
PALETTES = (64, 128, 256)  # as few colours as show the picture truly
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
    Combination("en", "dark", 1.25),
    Combination("zh_CN", "dark", 1.25),
    Combination("en", "light", 1.0),
)


def path_of(name: str, combination: Combination) -> Path:
    return FOLDER / combination.folder / f"{name}.png"


def reduced(picture: Image.Image) -> Image.Image:
    """Half the size: a changed word, line or colour still shows, and the repository stays small."""
    return picture.convert("RGB").reduce(2)


def keep(picture: Image.Image, path: Path) -> None:
    """Writes the reduced picture with the smallest palette that stays well within the tolerance."""
    path.parent.mkdir(parents=True, exist_ok=True)
    small = reduced(picture)
    for colours in PALETTES:
        kept = small.quantize(colours, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        if differing_share(picture, kept) < SHARE / 4:
            break
    content = io.BytesIO()
    kept.save(content, "PNG", optimize=True)
    path.write_bytes(content.getvalue())


def differing_share(picture: Image.Image, kept: Image.Image) -> float:
    """Share of pixels of the reduced picture that differ visibly from the kept one; 1.0 for another size."""
    small = reduced(picture)
    if small.size != kept.size:
        return 1.0
    bands = ImageChops.difference(small, kept.convert("RGB")).split()
    worst = ImageChops.lighter(ImageChops.lighter(bands[0], bands[1]), bands[2])
    histogram = worst.histogram()
    return sum(histogram[TOLERANCE + 1 :]) / (small.width * small.height)

"""Makes the PDF files of the page view tests: a long one, rotated and cropped ones, and hostile ones."""

from __future__ import annotations

import io
import sys
from pathlib import Path

from PIL import Image
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

FONTS = Path(sys.prefix) / "share" / "tenderbox" / "fonts"

A4 = (595.28, 841.89)
FONT = "NotoSansSC"


def chinese_font() -> str:
    """Registers the bundled font with reportlab once; Helvetica where it is missing (Chinese tests then skip)."""
    if FONT not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(FONT, str(FONTS / "NotoSansSC-Regular.ttf")))
    return FONT


def _picture(seed: int) -> bytes:
    """A picture of 1600 × 1100 points as JPEG, the weight of a scanned page."""
    picture = Image.effect_noise((400, 275), 40 + seed * 10).resize((1600, 1100)).convert("RGB")
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=80)
    return out.getvalue()


def long_file(path: Path, pages: int = 2000, lines: int = 38) -> Path:
    """Chinese text on every page, a picture on each 10th, a bookmark each 20th, Roman labels on the first four."""
    from reportlab.lib.utils import ImageReader

    font = chinese_font()
    canvas = Canvas(str(path), pagesize=A4, pageCompression=1)
    pictures = [ImageReader(io.BytesIO(_picture(seed))) for seed in range(3)]
    for page in range(1, pages + 1):
        if page % 20 == 1:
            canvas.bookmarkPage(f"p{page}")
            canvas.addOutlineEntry(f"第 {page // 20 + 1} 章 图书馆修缮", f"p{page}", level=0 if page % 100 == 1 else 1)
        text = canvas.beginText(70, 770)
        text.setFont(font, 11, 18)
        for line in range(1, lines + 1):
            text.textLine(f"第{page}页 第{line}行：图书馆修缮工程施工说明，编号{(page * 40 + line) % 997}号。")
        canvas.drawText(text)
        if page % 10 == 0:
            canvas.drawImage(pictures[page // 10 % 3], 100, 100, 400, 275)
        canvas.showPage()
    canvas.save()
    return path


if __name__ == "__main__":
    import sys
    import time

    start = time.perf_counter()
    long_file(Path(sys.argv[1]), int(sys.argv[2]))
    print(time.perf_counter() - start)

"""What every program does with the picture options: list its screens, draw one, or say that neither was asked for."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping

from apps.shell.pictures.options import PictureOptions
from core.errors import UsageError
from core.messages import Catalogue, load
from core.settings import load_settings


def listed(options: PictureOptions, names: Mapping[str, object] | tuple[str, ...]) -> bool:
    """Prints one screen name a line where the list was asked for, and says whether it was."""
    if options.listing:
        sys.stdout.write("".join(f"{name}\n" for name in names))
    return options.listing


def draw_picture(
    options: PictureOptions, screens: Mapping[str, tuple[Callable[[Catalogue], object], tuple[int, int]]]
) -> int:
    """Draws the screen named by the options with an offscreen application of its own and writes the picture.

    ``screens`` maps a name to what builds its widget and the size at scale 1.0. Raises UsageError for an unknown
    name, FileNotWritable for a target that cannot be written; then no file exists.
    """
    if options.target is None or options.screen not in screens:
        raise UsageError(detail=options.screen or "--screen")
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["QT_SCALE_FACTOR"] = "1"
    from PySide6.QtWidgets import QApplication, QWidget  # noqa: PLC0415 - only now is the platform known

    from apps.shell.pictures.draw import draw, write_picture  # noqa: PLC0415
    from apps.shell.theme.fonts import load_fonts  # noqa: PLC0415
    from apps.shell.theme.style import apply_look  # noqa: PLC0415

    application = QApplication.instance() or QApplication(sys.argv[:1])
    if not isinstance(application, QApplication):
        raise UsageError(detail="QApplication")
    load_fonts(load_settings().fonts)
    apply_look(application, options.look)
    build, size = screens[options.screen]
    widget = build(load(options.language))
    if not isinstance(widget, QWidget):
        raise UsageError(detail=options.screen)
    wanted = options.size or (options.look.px(size[0]), options.look.px(size[1]))
    image = draw(widget, wanted)
    write_picture(image, options.target)
    widget.close()
    widget.deleteLater()
    application.processEvents()
    return 0

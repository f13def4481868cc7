"""``python -m apps.shell``: the gallery, or a picture of one specimen."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from apps.shell.pictures.options import PictureOptions, parse
from apps.shell.pictures.program import draw_picture, listed
from core.messages import load
from core.settings import load_settings
from signing.errors import CodedError


def main(arguments: Sequence[str]) -> int:
    """Runs the gallery and returns the exit code."""
    language = load_settings().language
    try:
        return _run(parse(arguments, language=language))
    except CodedError as error:
        sys.stderr.write(load(language).text(error.code, **error.params) + "\n")
        return error.exit_code


def _run(options: PictureOptions) -> int:
    from apps.shell.gallery.catalogue import rooms, specimens  # noqa: PLC0415 - a picture sets the platform first

    if options.listing or options.target is not None:
        known = specimens()
        if listed(options, tuple(known)):
            return 0
        return draw_picture(options, {name: (one.build, one.size) for name, one in known.items()})
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415

    from apps.shell.gallery.window import GalleryWindow  # noqa: PLC0415
    from apps.shell.theme.fonts import load_fonts  # noqa: PLC0415
    from apps.shell.theme.style import apply_look  # noqa: PLC0415

    application = QApplication(sys.argv[:1])
    load_fonts(load_settings().fonts)
    apply_look(application, options.look)
    window = GalleryWindow(load(options.language), rooms())
    window.resize(*(options.size or (1366, 768)))
    window.show()
    if options.screen:
        window.show_specimen(options.screen)
    return application.exec()


sys.exit(main(sys.argv[1:]))

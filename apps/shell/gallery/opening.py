"""The gallery as a program: started like any other, ended without leaving work behind."""

from __future__ import annotations

import sys

from apps.shell.gallery.catalogue import rooms
from apps.shell.gallery.window import GalleryWindow
from apps.shell.pictures.options import PictureOptions
from apps.shell.start import start


def open_gallery(options: PictureOptions) -> int:
    """Shows the gallery until it is closed; returns the exit code."""
    started = start("gallery", sys.argv[:1], language=options.language, look=options.look)
    window = GalleryWindow(started.words, rooms())
    window.resize(*(options.size or (1366, 768)))
    window.show()
    if options.screen:
        window.show_specimen(options.screen)
    code = started.application.exec()
    window.close()
    started.close()
    return code

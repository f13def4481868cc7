"""``python -m apps.shell``: the gallery, or a picture of one specimen."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from apps.shell.pictures.options import PictureOptions, parse
from apps.shell.pictures.program import draw_picture, listed
from core.messages import load
from core.settings import load_settings
from core.values.sentences import sentence
from signing.errors import CodedError


def main(arguments: Sequence[str]) -> int:
    """Runs the gallery and returns the exit code."""
    language = load_settings().language
    try:
        return _run(parse(arguments, language=language))
    except CodedError as error:
        sys.stderr.write(sentence(load(language), error.code, error.params) + "\n")
        return error.exit_code


def _run(options: PictureOptions) -> int:
    from apps.shell.gallery.catalogue import specimens  # noqa: PLC0415 - a picture sets the platform first

    if options.listing or options.target is not None:
        known = specimens()
        if listed(options, tuple(known)):
            return 0
        return draw_picture(options, {name: (one.build, one.size) for name, one in known.items()})
    from apps.shell.gallery.opening import open_gallery  # noqa: PLC0415

    return open_gallery(options)


sys.exit(main(sys.argv[1:]))

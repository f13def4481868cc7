"""The clipboard of the desktop: sizes are looked at before anything large is converted."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QStringListModel

from apps.shell.grid.clipboard import PASTE_BYTES, Clip, PasteTooLarge, check_text

_HTML = "text/html"


def clip_of(untrusted_mime: QMimeData) -> Clip:
    """Both forms of what is on the clipboard. Raises :class:`PasteTooLarge`."""
    text = untrusted_mime.text() if untrusted_mime.hasText() else ""
    check_text(text)
    if not untrusted_mime.hasFormat(_HTML):
        return Clip(text)
    if untrusted_mime.data(_HTML).size() > PASTE_BYTES:
        if not text:
            raise PasteTooLarge
        return Clip(text)
    return Clip(text, untrusted_mime.html())


def mime_of(clip: Clip) -> QMimeData:
    """Both forms for the clipboard.

    The object is made by a model, in C++: one made in Python would call back into an interpreter that has ended when
    the clipboard lets go of it at the end of the program, and crash (PySide6 6.9.3, measured).
    """
    model = QStringListModel([""])
    mime: QMimeData = model.mimeData([model.index(0, 0)])
    for name in mime.formats():
        mime.removeFormat(name)
    mime.setText(clip.text)
    if clip.html:
        mime.setHtml(clip.html)
    return mime

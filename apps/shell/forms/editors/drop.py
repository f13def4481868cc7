"""Files by drop or dialog: taken with size, pages and digest, refused with the reason and the next step."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QMimeData, QRectF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QFocusEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from apps.shell.forms.arrivals import Arrival, look_at
from apps.shell.forms.editors.editor import Editor, Reports, Showing
from apps.shell.forms.entries import FileEntry, Files
from apps.shell.forms.limits import show_size
from apps.shell.forms.schema import FilesField
from apps.shell.icons import pixmap
from apps.shell.theme.style import color, look_of
from apps.shell.widgets.button import button
from apps.shell.widgets.text import label, tip
from core.messages import Catalogue

OnArrivals = Callable[[Sequence[Arrival]], None]
ChooseFiles = Callable[[QWidget, FilesField], Sequence[str]]


def choose_files(parent: QWidget, field: FilesField) -> Sequence[str]:
    """Asks by dialog; nothing where it is cancelled."""
    endings = " ".join(f"*.{kind}" for kind in field.types)
    return QFileDialog.getOpenFileNames(parent, "", "", f"{endings} ({endings})")[0]


class DropZone(QFrame):
    """A dashed field to drop on; it shows while something acceptable hangs over it."""

    def __init__(self, dropped: Callable[[Sequence[str]], None]) -> None:
        super().__init__()
        self._dropped = dropped
        self._over = False
        self.tone = ""
        self.setAcceptDrops(True)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        """Files are welcome, other things are not."""
        if _paths(event.mimeData()):
            self._set_over(True)
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: N802
        """Gone again."""
        self._set_over(False)
        event.accept()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        """Reports the paths."""
        self._set_over(False)
        event.acceptProposedAction()
        self._dropped(_paths(event.mimeData()))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Ground and dashed border in the colours of the theme."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = "primary" if self._over else "err" if self.tone == "error" else "faint"
        painter.setPen(QPen(color(edge), 2 if self._over else 1, Qt.PenStyle.DashLine))
        painter.setBrush(color("primary_bg" if self._over else "surface2"))
        radius = look_of().px(8)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), radius, radius)
        painter.end()

    def _set_over(self, over: bool) -> None:
        self._over = over
        self.update()


class EnteredButton(QPushButton):
    """A button that tells when it gets the keyboard."""

    def __init__(self, text: str, entered: Callable[[], None]) -> None:
        super().__init__(text)
        self._entered = entered
        self.setAutoDefault(False)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """The field has the keyboard."""
        super().focusInEvent(event)
        self._entered()


class DropEditor(Editor):
    """The field for files: a zone to drop on, a button to choose, the list of what is there, what was refused."""

    def __init__(
        self, words: Catalogue, reports: Reports, field: FilesField, on_arrivals: OnArrivals,
        choose: ChooseFiles = choose_files,
    ) -> None:  # fmt: skip
        super().__init__()
        self._words = words
        self._reports = reports
        self._field = field
        self._on_arrivals = on_arrivals
        self._choose = choose
        self._shown: Showing | None = None
        self._rows: list[QWidget] = []
        px = look_of().px
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(6))
        self.zone = DropZone(self._arrived)
        self.button = EnteredButton(words.text("shell.forms.files.choose"), reports.entered)
        self.button.clicked.connect(lambda: self._arrived(self._choose(self, self._field)))
        inside = QHBoxLayout(self.zone)
        inside.setContentsMargins(px(14), px(10), px(14), px(10))
        inside.setSpacing(px(10))
        picture = QLabel()
        picture.setPixmap(pixmap("upload", px(20), "muted"))
        inside.addWidget(picture)
        inside.addWidget(label(words.text("shell.forms.files.drop"), "muted", wrap=True), 1)
        inside.addWidget(self.button)
        layout.addWidget(self.zone)
        self._list = QVBoxLayout()
        self._list.setSpacing(px(2))
        layout.addLayout(self._list)

    def show_entry(self, showing: Showing) -> None:
        """Shows the files and what was refused."""
        self.button.setAccessibleName(f"{showing.name}: {self.button.text()}")
        self.button.setAccessibleDescription(showing.said)
        self.zone.tone = "error" if showing.faults else ""
        self.zone.update()
        if self._shown is None or (showing.entry, showing.refused) != (self._shown.entry, self._shown.refused):
            self._show_list(showing)
        self._shown = showing

    def inputs(self) -> tuple[QWidget, ...]:
        """The button."""
        return (self.button,)

    def _arrived(self, untrusted_paths: Sequence[str]) -> None:
        if untrusted_paths:
            self._on_arrivals([look_at(path) for path in untrusted_paths])

    def _show_list(self, showing: Showing) -> None:
        for row in self._rows:
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        files = showing.entry.files if isinstance(showing.entry, Files) else ()
        self._rows = [self._file(file) for file in files]
        for found in showing.refused:
            self._rows.append(_noted("x-circle", "err", label(found.text(self._words), "error", wrap=True)))
        for row in self._rows:
            self._list.addWidget(row)

    def _file(self, file: FileEntry) -> QWidget:
        facts = [show_size(file.size)]
        if file.pages is not None:
            facts.append(self._words.text("shell.forms.files.pages", pages=str(file.pages)))
        if file.sm3:
            facts.append(f"SM3 {file.sm3[:8]}…{file.sm3[-4:]}")
        name = label(file.name)
        name.setToolTip(tip(file.path))
        row = _noted("file", "muted", name, label("  ·  ".join(facts), "small"))
        gone = button(self._words, "", kind="quiet", icon="x", name_key="shell.forms.files.remove")
        gone.setAccessibleName(self._words.text("shell.forms.files.remove_one", name=file.name))
        gone.setProperty("file", file.path)
        gone.clicked.connect(lambda: self._remove(file))
        layout = row.layout()
        if layout is not None:
            layout.addWidget(gone)
        return row

    def _remove(self, gone: FileEntry) -> None:
        if self._shown is not None and isinstance(self._shown.entry, Files):
            kept = tuple(file for file in self._shown.entry.files if file.path != gone.path)
            self.button.setFocus()
            self._reports.committed(Files(kept))


def _noted(icon: str, token: str, words: QLabel, *more: QLabel) -> QWidget:
    px = look_of().px
    row = QWidget()
    layout = QHBoxLayout(row)
    layout.setContentsMargins(px(10), px(2), 0, px(2))
    layout.setSpacing(px(8))
    picture = QLabel()
    picture.setPixmap(pixmap(icon, px(16), token))
    layout.addWidget(picture)
    layout.addWidget(words, 1)
    for one in more:
        layout.addWidget(one)
    return row


def _paths(untrusted: QMimeData) -> list[str]:
    return [url.toLocalFile() for url in untrusted.urls() if url.isLocalFile()]

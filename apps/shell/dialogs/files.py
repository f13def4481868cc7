"""The file dialogs of all programs: they begin where the person works, and go on where the last one ended."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from apps.shell.dialogs.places import DialogPlaces
from core.messages import Catalogue

_K = "shell.dialogs.files."


def places(work_folder: Path | None) -> DialogPlaces:
    """The places at the start of a program; ``work_folder`` as the settings say."""
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return DialogPlaces(Path(documents) if documents else Path.home(), work_folder)


class FileDialogs:
    """Asks for files and folders. ``native=False`` takes Qt's own dialogs: for tests and for closed-off rooms.

    ``types`` are endings without the dot (``("pdf", "ofd")``), empty for all files.
    """

    def __init__(self, words: Catalogue, begin: DialogPlaces, *, native: bool = True) -> None:
        self._words, self._places, self._native = words, begin, native

    @property
    def places(self) -> DialogPlaces:
        """Where the next dialog begins."""
        return self._places

    def follow_setting(self, work_folder: Path | None) -> None:
        """The person chose another work folder in the settings: the next dialog begins there."""
        self._places = DialogPlaces(self._places.documents, work_folder)

    def open_file(self, parent: QWidget, title: str, types: Sequence[str] = ()) -> Path | None:
        """One existing file, or None."""
        chosen = self._ask(parent, title, types, QFileDialog.FileMode.ExistingFile)
        return chosen[0] if chosen else None

    def open_files(self, parent: QWidget, title: str, types: Sequence[str] = ()) -> tuple[Path, ...]:
        """Existing files; empty where it was cancelled."""
        return self._ask(parent, title, types, QFileDialog.FileMode.ExistingFiles)

    def folder(self, parent: QWidget, title: str) -> Path | None:
        """An existing folder, or None."""
        chosen = self._ask(parent, title, (), QFileDialog.FileMode.Directory)
        return chosen[0] if chosen else None

    def save_file(self, parent: QWidget, title: str, name: str, types: Sequence[str] = ()) -> Path | None:
        """A place to write to, with the first ending where none was typed, or None. Asks before it replaces."""

        def prepare(dialog: QFileDialog) -> None:
            dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
            dialog.setDefaultSuffix(types[0] if types else "")
            dialog.selectFile(name)

        chosen = self._ask(parent, title, types, QFileDialog.FileMode.AnyFile, prepare)
        return chosen[0] if chosen else None

    def _ask(
        self,
        parent: QWidget,
        title: str,
        types: Sequence[str],
        mode: QFileDialog.FileMode,
        prepare: Callable[[QFileDialog], None] = lambda _: None,
    ) -> tuple[Path, ...]:
        dialog = QFileDialog(parent, title, str(self._places.begin))
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog, not self._native)
        dialog.setFileMode(mode)
        if mode is QFileDialog.FileMode.Directory:
            dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        if types:
            dialog.setNameFilters([self._filter(types), self._words.text(f"{_K}all")])
        prepare(dialog)
        chosen = tuple(Path(one) for one in dialog.selectedFiles()) if dialog.exec() else ()
        dialog.deleteLater()
        if chosen:
            self._places = self._places.used(chosen[0], is_folder=mode is QFileDialog.FileMode.Directory)
        return chosen

    def _filter(self, types: Sequence[str]) -> str:
        endings = " ".join(f"*.{one}" for one in types)
        return f"{self._words.text(f'{_K}of_types')} ({endings})"

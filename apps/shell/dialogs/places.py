"""Where a file dialog begins: the folder last used, else the work folder of the settings, else the documents. No Qt."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path


@dataclass(frozen=True, slots=True)
class DialogPlaces:
    """What is known of folders; one that is gone meanwhile (a USB stick pulled out) is passed over."""

    documents: Path
    work_folder: Path | None = None
    last: Path | None = None

    @property
    def begin(self) -> Path:
        """The folder to show first."""
        return next(
            (one for one in (self.last, self.work_folder) if one is not None and _is_there(one)), self.documents
        )

    def used(self, chosen: Path, *, is_folder: bool = False) -> DialogPlaces:
        """After a choice: the next dialog begins there."""
        return replace(self, last=chosen if is_folder else chosen.parent)


def _is_there(folder: Path) -> bool:
    try:
        return folder.is_dir()
    except OSError:
        return False

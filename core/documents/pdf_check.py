"""The self-check of our PDF/A-2b files as a value; parsed in a child process."""

from __future__ import annotations

from dataclasses import dataclass

from core.documents.hostile import read_hostile
from core.errors import DocumentInvalid


@dataclass(frozen=True, slots=True)
class ArchiveForm:
    """What :mod:`core.documents.archive_form` found: ``faults`` are codes with a sentence ``pdf.fault.<code>``."""

    faults: tuple[str, ...]

    @property
    def clean(self) -> bool:
        """Whether nothing was found. Not a proof of conformity."""
        return not self.faults


def check_archive_form(untrusted_pdf: bytes, *, where: str = "pdf") -> ArchiveForm:
    """The faults of a PDF. Raises :class:`core.errors.DocumentInvalid` where it cannot be read at all."""
    found = read_hostile("archive_form", untrusted_pdf, where=where).get("faults")
    if not isinstance(found, list):
        raise DocumentInvalid(where=where, reason="pdf_unreadable")
    return ArchiveForm(tuple(str(code) for code in found))

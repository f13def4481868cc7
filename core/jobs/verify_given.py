"""The other files of one verification, found by digest: what one artefact refers to may be another of them.

Each is read once, whatever number of artefacts refer to it. A file that is no sound instance of its type is not here;
its own report says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path

from core.formats.evaluation_package import OpenedEvaluation, open_evaluation_package
from core.formats.opening_package import OpenedRecord, open_opening_package
from core.formats.tender_package import OpenedTender, open_tender_package
from signing.cms.digest import sm3_file
from signing.envelope.reader import SealedFile
from signing.errors import CodedError


class GivenFiles:
    """The files of one run."""

    def __init__(self, files: tuple[Path, ...]) -> None:
        self._files = files

    def with_suffix(self, suffix: str) -> Iterator[Path]:
        """All files of this extension (lower case, with the dot)."""
        return (path for path in self._files if path.suffix.lower() == suffix)

    @cached_property
    def tenders(self) -> Mapping[str, OpenedTender]:
        """Sound tender packages by the SM3 (hex) of their manifest."""
        found = {}
        for path in self.with_suffix(".tbz"):
            try:
                opened = open_tender_package(path)
            except CodedError:
                continue
            found[opened.digest] = opened
        return found

    @cached_property
    def openings(self) -> Mapping[str, OpenedRecord]:
        """Opening records of sound layout by the SM3 (hex) of their manifest."""
        found = {}
        for path in self.with_suffix(".tbk"):
            try:
                opened = open_opening_package(path)
            except CodedError:
                continue
            found[opened.package.manifest_sm3] = opened
        return found

    @cached_property
    def evaluations(self) -> tuple[OpenedEvaluation, ...]:
        """Evaluations of sound layout."""
        found = []
        for path in self.with_suffix(".tbp"):
            try:
                found.append(open_evaluation_package(path))
            except CodedError:
                continue
        return tuple(found)

    @cached_property
    def bids(self) -> Mapping[str, SealedFile]:
        """Sealed bids of sound structure by the SM3 (hex) of the whole file."""
        found = {}
        for path in self.with_suffix(".tbt"):
            try:
                found[sm3_file(path)] = SealedFile.open(path)
            except CodedError:
                continue
        return found

    @cached_property
    def digests(self) -> frozenset[str]:
        """SM3 (hex) of every bid and tender package, whatever their state."""
        return frozenset(sm3_file(path) for suffix in (".tbt", ".tbz") for path in self.with_suffix(suffix))

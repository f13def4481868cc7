"""Which entries a package may have, in which order and how large: judged one by one before content is read."""

from __future__ import annotations

from core.formats.limits import (
    CONTENT_LIMIT,
    MANIFEST_LIMIT,
    MEMBER_COUNT_LIMIT,
    SIGNATURE_LIMIT,
    SIGNER_COUNT_LIMIT,
)
from core.formats.member_path import MANIFEST_NAME, SIGNATURE_FOLDER, collides, is_member_path, signature_name
from core.formats.zip_layout import LayoutError


class Admission:
    """Walks along the entries of one package: the manifest, members ascending by path, signatures counted from 0."""

    def __init__(self) -> None:
        self._started = False
        self._members: set[str] = set()
        self._last = ""
        self._content = 0
        self._signatures = 0

    @property
    def member_count(self) -> int:
        """How many members were admitted so far."""
        return len(self._members)

    def __call__(self, name: str, length: int) -> None:
        """Admits the next entry or raises :class:`LayoutError` (``name``, ``order`` or ``limit``)."""
        if not self._started:
            self._admit_manifest(name, length)
        elif name.startswith(SIGNATURE_FOLDER + "/"):
            self._admit_signature(name, length)
        else:
            self._admit_member(name, length)

    def finish(self) -> None:
        """Raises unless there was a manifest, a member and a signature."""
        if not self._members or not self._signatures:
            raise LayoutError("order", "")

    def _admit_manifest(self, name: str, length: int) -> None:
        if name != MANIFEST_NAME:
            raise LayoutError("order", name)
        if length > MANIFEST_LIMIT:
            raise LayoutError("limit", name)
        self._started = True

    def _admit_member(self, name: str, length: int) -> None:
        if not is_member_path(name):
            raise LayoutError("name", name)
        if self._signatures or name <= self._last or collides(name, self._members):
            raise LayoutError("order", name)
        self._content += length
        if len(self._members) >= MEMBER_COUNT_LIMIT or self._content > CONTENT_LIMIT:
            raise LayoutError("limit", name)
        self._members.add(name)
        self._last = name

    def _admit_signature(self, name: str, length: int) -> None:
        if name != signature_name(self._signatures):
            raise LayoutError("order", name)
        if self._signatures >= SIGNER_COUNT_LIMIT or not 1 <= length <= SIGNATURE_LIMIT:
            raise LayoutError("limit", name)
        self._signatures += 1

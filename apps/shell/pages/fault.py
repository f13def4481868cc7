"""Why a document or a page cannot be shown. Values, not exceptions: the view shows them where the page would be."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Cause(StrEnum):
    """One cause a person can do something about; the sentence is ``shell.pages.fault.<value>``."""

    MISSING = "missing"
    KIND = "kind"
    DAMAGED = "damaged"
    PASSWORD = "password"  # noqa: S105 - the name of a cause
    PASSWORD_WRONG = "password_wrong"  # noqa: S105 - the name of a cause
    EMPTY = "empty"
    SIZE = "size"
    PAGE = "page"
    TIME = "time"
    MEMORY = "memory"
    CRASH = "crash"
    GAVE_UP = "gave_up"


@dataclass(frozen=True, slots=True)
class Fault:
    """One failure; ``page`` counts from 0, -1 means the whole document."""

    cause: Cause
    page: int = -1

    @property
    def key(self) -> str:
        """The sentence for it in the catalogue."""
        return f"shell.pages.fault.{self.cause.value}"


class PageFailure(Exception):
    """Raised inside the child by a page source; becomes a :class:`Fault` in the window's process."""

    def __init__(self, cause: Cause) -> None:
        super().__init__(cause.value)
        self.cause = cause

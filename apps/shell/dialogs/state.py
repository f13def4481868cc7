"""What an error dialog says: what failed, why, what to do, and the code for whoever is asked for help. No Qt."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from core.errors import UnexpectedFault
from core.messages import Catalogue
from core.values.sentences import sentence
from signing.errors import CodedError

_K = "shell.dialogs."


@dataclass(frozen=True, slots=True)
class Fix:
    """A way out a person may take: the catalogue key of its words and what it does."""

    key: str
    act: Callable[[], None]


@dataclass(frozen=True, slots=True)
class ErrorState:
    """``title`` says what failed, ``cause`` why and what to do next; ``details`` is what support needs."""

    title: str
    cause: str
    code: str
    details: str
    fixes: tuple[Fix, ...] = ()
    log: str = ""

    def as_text(self) -> str:
        """All of it as plain text for the clipboard."""
        return "\n".join(part for part in (self.title, self.cause, self.details) if part)


def error_state(
    error: CodedError, words: Catalogue, *, title: str = "", fixes: Mapping[str, tuple[Fix, ...]] | None = None
) -> ErrorState:
    """The state of an error. ``title`` names the act that failed ("" for a general title).

    ``fixes`` maps error codes to the ways out this program offers; the most exact prefix counts (``draft.busy``
    before ``draft``).
    """
    fault_of_ours = error.code == UnexpectedFault.code
    params = {name: str(value) for name, value in error.params.items()}
    said = [f"{words.text(f'{_K}code')} {error.code} ({error.exit_code})"]
    said += [f"{name}: {value}" for name, value in sorted(params.items()) if value]
    return ErrorState(
        title=title or words.text(f"{_K}failed"),
        cause=words.text(f"{_K}unexpected") if fault_of_ours else sentence(words, error.code, params),
        code=error.code,
        details="\n".join(said),
        fixes=_of_code(error.code, fixes or {}),
        log=params.get("log", "") if fault_of_ours else "",
    )


def _of_code(code: str, fixes: Mapping[str, tuple[Fix, ...]]) -> tuple[Fix, ...]:
    parts = code.split(".")
    for length in range(len(parts), 0, -1):
        found = fixes.get(".".join(parts[:length]))
        if found is not None:
            return found
    return ()


@dataclass(frozen=True, slots=True)
class Confirmation:
    """An act that cannot be undone: what happens, and the word to type before the button works."""

    title: str
    text: str
    word: str
    button: str

    def allows(self, typed: str) -> bool:
        """Whether the word was typed; spaces around it and the case of letters do not count."""
        return typed.strip().casefold() == self.word.strip().casefold()

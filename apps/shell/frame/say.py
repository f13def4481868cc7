"""A sentence to be said: key and slots as a value, so that states stay free of any language."""

from __future__ import annotations

from dataclasses import dataclass

from core.messages import Catalogue
from core.values.sentences import sentence
from signing.errors import CodedError


@dataclass(frozen=True, slots=True)
class Say:
    """A catalogue key with its slots; two equal sentences are equal values. The code of an error is such a key."""

    key: str
    slots: tuple[tuple[str, str], ...] = ()

    def text(self, words: Catalogue) -> str:
        """The sentence in the language of ``words``."""
        return sentence(words, self.key, dict(self.slots))


def say(key: str, /, **slots: object) -> Say:
    """The sentence of ``key`` with its slots filled by what ``str`` makes of the values."""
    return Say(key, tuple((name, str(value)) for name, value in slots.items()))


def said_of(error: CodedError) -> Say:
    """The sentence of an error."""
    return Say(error.code, tuple(error.params.items()))

"""The sentences of an answer in one language: title, verdict, cause, remedy, facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from core.jobs.doctor.result import SEVERITY, Result
from core.messages import Catalogue
from core.values.sentences import sentence, time_words


def title(words: Catalogue, name: str) -> str:
    """What a check looks at, in a few words."""
    return words.text(f"doctor.title.{name}")


def verdict(words: Catalogue, result: Result) -> str:
    """The verdict as a word."""
    return words.text(f"doctor.verdict.{result.verdict.value}")


def cause(words: Catalogue, result: Result) -> str:
    """What was found."""
    return sentence(words, result.code, _spelled(words, result.params))


def fix(words: Catalogue, result: Result) -> str:
    """What to do about it; "" where nothing is to be done."""
    key = result.code.replace("doctor.", "doctor.fix.", 1)
    return sentence(words, key, _spelled(words, result.params)) if words.has(key) else ""


def action(words: Catalogue, result: Result) -> str:
    """The words of the fix button; "" for none."""
    return words.text(f"doctor.action.{result.action}") if result.action else ""


def step(words: Catalogue, result: Result) -> str:
    """The same fix as a command or step for the command line; "" for none."""
    return words.text(f"doctor.step.{result.action}") if result.action else ""


def facts(words: Catalogue, result: Result) -> tuple[tuple[str, str], ...]:
    """The facts with their labels."""
    spelled = _spelled(words, result.facts)
    return tuple((_label(words, name), _moment(words, value)) for name, value in spelled.items())


def sorted_by_severity(results: Iterable[Result]) -> tuple[Result, ...]:
    """Failed first, then warnings, then the rest, each in the order of the registry."""
    return tuple(sorted(results, key=lambda result: SEVERITY.index(result.verdict)))


def _label(words: Catalogue, name: str) -> str:
    key = f"doctor.fact.{name}"
    return words.text(key) if words.has(key) else name  # a library is called by its own name


def _moment(words: Catalogue, value: str) -> str:
    try:
        moment = datetime.fromisoformat(value) if "T" in value else None
    except ValueError:
        moment = None
    return value if moment is None or moment.tzinfo is None else time_words(words, moment)


def _spelled(words: Catalogue, values: Mapping[str, str]) -> dict[str, str]:
    return {
        name: words.text(value) if value.startswith(("doctor.", "file.")) else value for name, value in values.items()
    }

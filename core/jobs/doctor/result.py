"""What one check found: a verdict, the code of its sentence with parameters, what to do, and the facts behind it.

The sentence is ``doctor.<check>.<code>``, its remedy ``doctor.fix.<check>.<code>``. Both are made from the catalogue by
:mod:`core.jobs.doctor.wording`; nothing here is a text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

NO_FACTS: Mapping[str, str] = {}


class Outcome(StrEnum):
    """The verdict of one check, and of all of them."""

    OK = "ok"
    WARN = "warn"
    FAIL = "fail"
    NOT_APPLICABLE = "not_applicable"


SEVERITY = (Outcome.FAIL, Outcome.WARN, Outcome.OK, Outcome.NOT_APPLICABLE)


@dataclass(frozen=True, slots=True)
class Result:
    """One check's answer. ``action``: what helps, one of :data:`ACTIONS` or "": a button, or a step in text."""

    name: str
    verdict: Outcome
    code: str
    params: Mapping[str, str] = field(default_factory=dict)
    action: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)
    milliseconds: int = 0


ACTIONS = (
    "choose_folder",
    "choose_certificate",
    "choose_trust",
    "choose_platform",
    "open_settings",
    "open_clock",
    "open_storage",
    "open_network",
    "install_driver",
    "install_converter",
    "reinstall",
    "call_help_desk",
)


def passed(name: str, code: str, *, facts: Mapping[str, str] = NO_FACTS, **params: object) -> Result:
    """All is well."""
    return _result(name, Outcome.OK, code, "", facts, params)


def warned(name: str, code: str, *, action: str = "", facts: Mapping[str, str] = NO_FACTS, **params: object) -> Result:
    """Work is possible, but something should be known or mended."""
    return _result(name, Outcome.WARN, code, action, facts, params)


def failed(name: str, code: str, *, action: str = "", facts: Mapping[str, str] = NO_FACTS, **params: object) -> Result:
    """Something will not work."""
    return _result(name, Outcome.FAIL, code, action, facts, params)


def skipped(name: str, code: str, *, action: str = "", facts: Mapping[str, str] = NO_FACTS, **params: object) -> Result:
    """Nothing to look at here; the code says why."""
    return _result(name, Outcome.NOT_APPLICABLE, code, action, facts, params)


def worst(verdicts: Iterable[Outcome]) -> Outcome:
    """The verdict over all; OK where there is none."""
    found = set(verdicts)
    return next((one for one in (Outcome.FAIL, Outcome.WARN) if one in found), Outcome.OK)


def _result(
    name: str, verdict: Outcome, code: str, action: str, facts: Mapping[str, str], params: Mapping[str, object]
) -> Result:
    return Result(
        name, verdict, f"doctor.{name}.{code}", {key: str(value) for key, value in params.items()}, action, dict(facts)
    )

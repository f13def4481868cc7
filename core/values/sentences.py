"""The sentence of an error or check: its code's, or the more exact one of its reason; phrases, not slugs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime

from core.messages import Catalogue
from core.values.times import beijing_parts

_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-]\d\d:\d\d)")

# Codes whose reason has a whole sentence of its own; {names} are parameters.
_WHOLE = {
    "package.invalid": ("package.{layer}.{reason}",),
    "signing.container_invalid": ("container.{layer}.{reason}",),
    "signing.certificate_invalid": ("container.recipient.{reason}",),
    "journal.invalid": ("journal.{reason}",),
    "draft.invalid": ("draft.{reason}",),
    "draft.busy": ("draft.{reason}",),
    "draft.handout_invalid": ("draft.handout.{reason}",),
}
# Where the phrase of a parameter's slug stands.
_PHRASES = {
    "reason": (
        "{room}.reason.{value}",
        "method.reason.{value}",
        "{procedure}.not_allowed.{value}",
        "procedure.reason.{value}",
        "opening.not_allowed.{value}",
        "evaluation.not_allowed.{value}",
        "file.{value}",
        "container.rehearsal.fault.{value}",
    ),
    "hint": ("{room}.hint.{value}",),
    "step": ("opening.step.{value}", "evaluation.step.{value}", "procedure.step.{value}", "procedure.step.{first}"),
    "what": ("{room}.what.{value}", "app.what.{value}"),
    "problem": ("{value}",),
    "field": ("{room}.field.{value}",),
}


def sentence(catalogue: Catalogue, code: str, params: Mapping[str, str]) -> str:
    """What a person reads for ``code`` and ``params`` in the catalogue's language."""
    names = {name: str(value) for name, value in params.items()}
    readable = {name: _phrase(catalogue, code, name, names) for name in names}
    for pattern in _WHOLE.get(code, ()):
        key = _filled(pattern, names)
        if key is not None and catalogue.has(key):
            return catalogue.text(key, **readable)
    return catalogue.text(code, **readable)


def time_words(catalogue: Catalogue, moment: datetime) -> str:
    """A time as people in China read it: Beijing time in the catalogue's words."""
    return catalogue.text("data.time", **beijing_parts(moment))


def _phrase(catalogue: Catalogue, code: str, name: str, names: Mapping[str, str]) -> str:
    value = names[name]
    if _TIME.fullmatch(value):
        return time_words(catalogue, datetime.fromisoformat(value))
    step = names.get("step", "")
    places = {
        "room": code.partition(".")[0],
        "value": value,
        "first": value.partition(".")[0],
        "procedure": "opening" if step.startswith("opening") else "evaluation",
    }
    for pattern in _PHRASES.get(name, ()):
        key = pattern.format(**places)
        if "." in key and catalogue.has(key):
            return catalogue.text(key, **names)
    return value


def _filled(pattern: str, names: Mapping[str, str]) -> str | None:
    try:
        return pattern.format(**names)
    except KeyError:
        return None

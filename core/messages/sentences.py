"""The sentence of an error or check: its code's, or the more exact one of its reason; phrases, not slugs."""

from __future__ import annotations

from collections.abc import Mapping

from core.messages import Catalogue

# Codes whose reason has a whole sentence of its own; {names} are parameters.
_WHOLE = {
    "package.invalid": ("package.{layer}.{reason}",),
    "signing.container_invalid": ("container.{layer}.{reason}",),
    "signing.certificate_invalid": ("container.recipient.{reason}",),
    "journal.invalid": ("journal.{reason}",),
    "draft.invalid": ("draft.{reason}",),
}
# Where the phrase of a parameter's slug stands.
_PHRASES = {
    "reason": (
        "{room}.reason.{value}",
        "{step_room}.not_allowed.{value}",
        "procedure.reason.{value}",
        "file.{value}",
        "container.rehearsal.fault.{value}",
    ),
    "hint": ("{room}.hint.{value}",),
    "step": ("{step_room}.step.{step_verb}", "procedure.step.{value}"),
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


def _phrase(catalogue: Catalogue, code: str, name: str, names: Mapping[str, str]) -> str:
    value = names[name]
    step_room, _, step_verb = names.get("step", "").partition(".")
    places = {
        "room": code.partition(".")[0],
        "value": value,
        "step_room": step_room or "procedure",
        "step_verb": step_verb or value,
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

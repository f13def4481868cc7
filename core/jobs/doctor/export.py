"""The answers as one document for the help desk: JSON by the ending ``.json``, else a readable text. Redacted."""

from __future__ import annotations

import getpass
import json
from collections.abc import Sequence
from pathlib import Path

from core.jobs.doctor import wording
from core.jobs.doctor.inputs import Inputs
from core.jobs.doctor.redact import Redactor
from core.jobs.doctor.result import Result, worst
from core.messages import Catalogue
from core.ports.files import atomic_write
from signing.canonical_json import Json

FORMAT = "tenderbox-doctor"
VERSION = 0
BYTE_ORDER_MARK = "\ufeff"  # old editors on Windows take a text without it for GBK


def write_export(path: Path, results: Sequence[Result], inputs: Inputs, *, replace: bool = False) -> None:
    """Writes the document; raises FileExists or FileNotWritable."""
    if path.suffix.lower() == ".json":
        text = json.dumps(export_document(results, inputs), ensure_ascii=False, indent=1) + "\n"
    else:
        text = BYTE_ORDER_MARK + export_text(results, inputs)
    atomic_write(path, text.encode("utf-8"), replace=replace)


def export_document(results: Sequence[Result], inputs: Inputs) -> dict[str, Json]:
    """The answers as JSON values: stable codes and, in the catalogue's language, their sentences."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "producer": inputs.producer,
        "at": inputs.clock.now().isoformat(timespec="seconds"),
        **answers_object(inputs.catalogue, results, inputs.home),
    }


def answers_object(words: Catalogue, results: Sequence[Result], home: Path) -> dict[str, Json]:
    """The worst verdict and every answer, redacted."""
    redactor = redactor_of(home)
    return {
        "verdict": worst(result.verdict for result in results).value,
        "checks": [_plain(words, redactor.result(result)) for result in results],
    }


def export_text(results: Sequence[Result], inputs: Inputs) -> str:
    """The answers as text, failed ones first."""
    words, redactor = inputs.catalogue, redactor_of(inputs.home)
    at = inputs.clock.now().isoformat(timespec="seconds")
    lines = [words.text("doctor.export.head", producer=inputs.producer, at=at), ""]
    for one in wording.sorted_by_severity(results):
        lines += [*_lines(words, redactor.result(one)), ""]
    return "\n".join([*lines, words.text("doctor.export.foot"), ""])


def redactor_of(home: Path) -> Redactor:
    """The redactor for the user who runs this."""
    try:
        user = getpass.getuser()
    except (OSError, KeyError, ImportError):  # no name for this user number
        user = ""
    return Redactor(home, user)


def _lines(words: Catalogue, result: Result) -> list[str]:
    spent = words.text("doctor.export.spent", milliseconds=result.milliseconds)
    head = f"[{wording.verdict(words, result)}] {wording.title(words, result.name)}  ({result.code}, {spent})"
    body = [wording.cause(words, result), wording.fix(words, result)]
    values = [f"{label}: {value}" for label, value in wording.facts(words, result)]
    return [head, *(f"    {line}" for line in [*body, *values] if line)]


def _plain(words: Catalogue, result: Result) -> Json:
    return {
        "name": result.name,
        "title": wording.title(words, result.name),
        "verdict": result.verdict.value,
        "code": result.code,
        "params": dict(result.params),
        "cause": wording.cause(words, result),
        "fix": wording.fix(words, result),
        "action": result.action,
        "facts": dict(result.facts),
        "milliseconds": result.milliseconds,
    }

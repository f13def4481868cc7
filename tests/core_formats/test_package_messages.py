from __future__ import annotations

import re
from pathlib import Path

import pytest

from core.messages import LANGUAGES, load
from tests.vectors.make import event_log, signed_package

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_layer_and_reason_has_its_sentence(language: str) -> None:
    catalogue = load(language)
    needed = {f"package.{layer}.{reason}" for layer, reason, *_ in signed_package.ALL.values() if layer}
    needed |= {"package.invalid", "package.container.size", "package.container.limit", "package.content.missing"}
    needed |= {"journal.invalid", "draft.invalid", "draft.busy"}
    for expect, reason, *_ in event_log.ALL.values():
        if reason:
            needed.add(f"finding.{reason}" if expect == "finding" else f"journal.{reason}")
    assert {key for key in needed if not catalogue.has(key)} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_in_the_code_has_its_sentence(language: str) -> None:
    catalogue = load(language)
    for room, raised, prefixes in (
        (
            "journal",
            r'(?:_refuse|_invalid)\("(\w+)"|LogInvalid\(reason="(\w+)"|StepNotAllowed\(.*reason="(\w+)"',
            ["journal"],
        ),
        ("store", r'DraftInvalid\(.*reason="(\w+)"', ["draft"]),
    ):
        for file in (ROOT / "core" / room).glob("*.py"):
            for groups in re.findall(raised, file.read_text("utf-8")):
                reason = groups if isinstance(groups, str) else next(group for group in groups if group)
                assert any(catalogue.has(f"{prefix}.{reason}") for prefix in prefixes), (file.name, reason)
    for reason in re.findall(r'"(\w+)",$', (ROOT / "core/ports/files.py").read_text("utf-8"), flags=re.MULTILINE):
        assert catalogue.has(f"file.{reason}")

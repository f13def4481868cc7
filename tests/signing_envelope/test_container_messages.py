"""Every layer and reason the sealed container can raise has a sentence in both languages."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from core.messages import LANGUAGES, load
from signing.envelope.rehearse import How

ENVELOPE = Path(__file__).resolve().parent.parent.parent / "signing" / "envelope"


def raised() -> set[str]:
    """Keys read from the source: ``ContainerInvalid(layer=…, reason=…)`` and the modules' ``_refuse``."""
    found = {f"container.rehearsal.{how.value}" for how in How}
    for path in ENVELOPE.glob("*.py"):
        text = path.read_text("utf-8")
        found |= set(re.findall(r'"(container\.rehearsal\.[a-z_]+)"', text))
        found |= {f"container.{layer}.{reason}" for layer, reason in
                  re.findall(r'layer="([a-z]+)", reason="([a-z_]+)"', text)}  # fmt: skip
        layer = {"header_reader": "header", "trailer": "trailer", "unpadding": "payload", "source": "source"}.get(
            path.stem
        )
        for call in ast.walk(ast.parse(text)):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name | ast.Attribute):
                name = call.func.id if isinstance(call.func, ast.Name) else call.func.attr
                words = [word.value if isinstance(word, ast.Constant) else None for word in call.args]
                if name in {"_refuse", "_fault"} and layer is None and None not in words and len(words) == 2:
                    found.add(f"container.{words[0]}.{words[1]}")
                if name in {"_refuse", "_fault"} and layer is not None and words[0] is not None:
                    found.add(f"container.{layer}.{words[0]}")
                if name == "_block":
                    found.add(f"container.layout.{words[-1]}")
    return found


def test_reader_and_writer_raise_only_what_has_a_sentence() -> None:
    keys = raised()
    assert len(keys) > 50
    for language in LANGUAGES:
        catalogue = load(language)
        assert sorted(key for key in keys if not catalogue.has(key)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_of_the_specification_has_a_sentence(language: str) -> None:
    catalogue = load(language)
    spec = (ENVELOPE.parent.parent / "docs" / "spec" / "sealed-bid.md").read_text("utf-8")
    rows = re.findall(r"^\| \d+ \|[^\n]*\| `([a-z]+)` \| ([^|\n]+) \|$", spec, re.MULTILINE)
    assert len(rows) >= 9
    for layer, reasons in rows:
        for reason in re.findall(r"`([a-z_]+)`", reasons):
            assert catalogue.has(f"container.{layer}.{reason}"), (layer, reason)

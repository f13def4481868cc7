"""The worked examples of the specifications say what the vectors say."""

from __future__ import annotations

import re
from pathlib import Path

from core.formats.package import parse_package
from core.journal.log import EventLog
from signing.cms.digest import sm3
from tests.vectors.make import ROOT, split_header

SPEC = Path(__file__).parents[2] / "docs" / "spec"


def example(document: str, heading: str) -> str:
    return (SPEC / document).read_text("utf-8").split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]


def hex_blocks(text: str) -> list[bytes]:
    return [
        bytes.fromhex(block)
        for block in re.findall(r"(?m)^(?:[0-9a-f]{2} )+[0-9a-f]{2}(?:\n(?:[0-9a-f]{2} ?)+)*$", text)
    ]


def test_package_example_is_the_vector() -> None:
    _, raw = split_header((ROOT / "signed_package" / "success_one_signer").read_bytes())
    text = example("signed-package.md", "8 Worked example")
    package = parse_package(raw, "tender", "example")
    assert package.manifest_bytes.decode() in text
    for value in (
        sm3(raw).hex(),
        package.manifest_sm3,
        f"{len(raw):,} bytes",
        f"offset {raw.index(b'PK' + bytes((1, 2)))}",
    ):
        assert value in text
    blocks = hex_blocks(text)
    assert len(blocks) == 4
    assert raw.startswith(blocks[0])
    assert raw.endswith(blocks[3])
    assert blocks[1] in raw
    assert blocks[2] in raw


def test_event_log_example_is_the_vector() -> None:
    _, raw = split_header((ROOT / "event_log" / "success_three_acts").read_bytes())
    text = example("event-log.md", "9 Worked example")
    log = EventLog.decode(raw)
    opening, act, _ = log.events
    assert log.digest() in text
    assert act.event_bytes.decode() in text
    assert hex_blocks(text) == [act.event_bytes]
    values = (sm3(raw), sm3(log.entries[1]), act.signature, bytes.fromhex(act.digest), bytes.fromhex(act.event.chain))
    for value in values:
        assert value.hex() in text
    assert str(opening.event.body["public_key"]) in text

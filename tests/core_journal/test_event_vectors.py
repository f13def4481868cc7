from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from core.errors import LogInvalid
from core.journal.log import EventLog
from signing.validation.report import Verdict
from signing.x509.trust import parse_trust
from tests.vectors.make import ROOT, event_log, split_header

FILES = sorted((ROOT / event_log.FOLDER).iterdir())
NOW = datetime(2026, 3, 6, tzinfo=UTC)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_reader_agrees_with_every_vector(file: Path) -> None:
    fields, untrusted = split_header(file.read_bytes())
    trust = parse_trust((ROOT / "keys" / "root.pem").read_bytes())
    if fields["expect"] in {"success", "finding"}:
        log = EventLog.decode(untrusted)
        found = log.verify(fields["project"], trust=trust, roles=None, now=NOW)
        expected = [fields["reason"]] if "reason" in fields else []
        assert [finding.rule for finding in found.findings] == expected
        assert found.verdict is (Verdict.PASSED if len(log) else Verdict.INDETERMINATE)
        return
    with pytest.raises(LogInvalid) as caught:
        EventLog.decode(untrusted).verify(fields["project"], trust=trust, roles=None, now=NOW)
    assert caught.value.params["reason"] == fields["reason"]
    if fields["expect"] == "log failure":
        with pytest.raises(LogInvalid):
            EventLog.decode(untrusted)
    else:
        EventLog.decode(untrusted)


def test_vectors_regenerate_byte_for_byte() -> None:
    assert {file.name: file.read_bytes() for file in FILES} == event_log.vectors()

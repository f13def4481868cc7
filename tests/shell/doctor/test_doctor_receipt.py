"""The clock against what a platform has signed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from core.formats.package import Member, write_package
from core.jobs.doctor.clock import check_clock
from core.ports.receipt import RECEIPT_MEMBER, RECEIPT_VERSION, AnswerKind, ReceiptData
from core.values.codec import to_plain
from signing.canonical_json import encode
from signing.x509.trust import dump_trust
from tests.pki import shared_pki
from tests.shell.doctor.doctor_world import inputs_at


def receipt(folder: Path, at: datetime, *, centre: bool = True) -> Path:
    pki, file = shared_pki(), folder / "answer.tbr"
    data = ReceiptData(RECEIPT_VERSION, AnswerKind.PUBLICATION, "测试平台", "T1", "0" * 64, "", "1" * 64, 10, at, None)
    write_package(
        file,
        "receipt",
        (Member(RECEIPT_MEMBER, "application/json", "receipt", encode(to_plain(data))),),
        subject={"kind": "publication", "tender_id": "T1", "lot_id": ""},
        signers=(pki.party("测试中心", centre=centre).signer,),
        signed_at=at,
        time_source="system",
    )
    (folder / "trust.json").write_bytes(dump_trust(pki.trust))
    return file


@pytest.mark.parametrize(
    ("offset", "centre", "found"),
    [(-3600, True, "after_receipt"), (-3600, False, "after_untrusted_receipt"), (3600, True, "behind_receipt")],
)
def test_a_signed_moment_is_a_floor_for_the_clock(tmp_path: Path, offset: int, centre: bool, found: str) -> None:
    now = datetime.now(UTC).replace(microsecond=0)
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    file = receipt(folder, now + timedelta(seconds=offset), centre=centre)
    result = check_clock(inputs_at(tmp_path, now=now, receipt=file, trust=folder / "trust.json"))
    assert result.code == f"doctor.clock.{found}"

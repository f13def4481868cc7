"""The main job from end to end, looked at from outside."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from core.formats.evaluation_package import open_evaluation_package
from core.formats.opening_package import open_opening_package
from core.formats.package import read_package
from core.journal.log import EventLog
from core.ports.receipt import RECEIPT_MEMBER
from signing.canonical_json import decode_object
from signing.cms.digest import sm3_file
from tests.demo_files import artefacts

pytestmark = pytest.mark.xdist_group("demo")
PLACES_IN_PROCESS = 20
PLACES_BY_COMMAND = 200


def test_the_demonstration_writes_every_promised_file(demo: Path) -> None:
    assert (demo / "tender.tbz").is_file()
    assert len(list((demo / "bids").glob("*.tbt"))) == 5
    assert len(list((demo / "bids").glob("lot-1-*.tbt"))) == 3
    for name in ("opening.tbk", "evaluation.tbp", "report.pdf", "trust.json"):
        assert (demo / name).is_file(), name
    assert len(list((demo / "receipts").glob("*.tbr"))) >= 5


def test_every_artefact_verifies_with_the_trust_list(demo: Path, command: Callable) -> None:
    files = artefacts(demo)
    result = command("verify", *files, "--trust", demo / "trust.json", "--json")
    assert result.code == 0
    assert result.json()["verdict"] == "PASSED"
    assert len(result.json()["files"]) == len(files)


def test_every_artefact_is_indeterminate_without_trust(demo: Path, command: Callable, monkeypatch) -> None:
    monkeypatch.delenv("TENDERBOX_TRUST", raising=False)
    for file in artefacts(demo):
        result = command("verify", file, "--json")
        assert result.code == 11, file
        assert result.json()["verdict"] == "INDETERMINATE"


def test_a_trust_list_beside_the_artefact_is_not_used(demo: Path, command: Callable, tmp_path: Path) -> None:
    shutil.copy(demo / "tender.tbz", tmp_path)
    shutil.copy(demo / "trust.json", tmp_path)
    assert command("verify", tmp_path / "tender.tbz").code == 11


def flipped(source: Path, target: Path, place: int, mask: int) -> None:
    content = bytearray(source.read_bytes())
    content[place] ^= mask
    target.write_bytes(content)


def places(file: Path, count: int) -> list[tuple[int, int]]:
    chance = random.Random(file.name)
    return [(chance.randrange(file.stat().st_size), chance.randrange(1, 256)) for _ in range(count)]


def test_one_flipped_byte_anywhere_fails_every_artefact(demo: Path, command: Callable, tmp_path: Path) -> None:
    for file in artefacts(demo):
        alone = tmp_path / file.name
        for place, mask in places(file, PLACES_IN_PROCESS):
            flipped(file, alone, place, mask)
            result = command("verify", alone, "--trust", demo / "trust.json")
            assert result.code == 10, f"{file.name} at {place} ^ {mask}: {result.code} {result.out}"
        alone.unlink()


def verify_flipped(job: tuple[Path, Path, Path, int, int]) -> tuple[int, str]:
    """One flipped copy, alone in a folder of its own, by the command as a person types it."""
    file, trust, folder, place, mask = job
    folder.mkdir()
    flipped(file, folder / file.name, place, mask)
    words = [sys.executable, "-m", "apps.cli", "verify", str(folder / file.name), "--trust", str(trust)]
    done = subprocess.run(words, capture_output=True, check=False)
    shutil.rmtree(folder)
    return done.returncode, f"{file.name} at {place} ^ {mask}: {done.stdout.decode()}{done.stderr.decode()}"


@pytest.mark.full
@pytest.mark.timeout(5400)
def test_one_flipped_byte_fails_by_command(demo: Path, tmp_path: Path) -> None:
    jobs = [
        (file, demo / "trust.json", tmp_path / f"{file.name}-{number}", place, mask)
        for file in artefacts(demo)
        for number, (place, mask) in enumerate(places(file, PLACES_BY_COMMAND))
    ]
    with ThreadPoolExecutor(2) as pool:
        for code, what in pool.map(verify_flipped, jobs):
            assert code == 10, what


def test_appended_and_cut_files_fail(demo: Path, command: Callable, tmp_path: Path) -> None:
    for file in artefacts(demo):
        content = file.read_bytes()
        for changed in (content + b"\n", content[:-1], content[: len(content) // 2], b""):
            alone = tmp_path / file.name
            alone.write_bytes(changed)
            assert command("verify", alone, "--trust", demo / "trust.json").code == 10, file.name


def test_lot_2_is_returned_sealed_and_nothing_of_it_is_ever_decrypted(demo: Path) -> None:
    record = open_opening_package(demo / "opening.tbk")
    lot = next(lot for lot in record.summary.lots if lot.lot == "lot-2")
    sealed = {sm3_file(path): path for path in (demo / "bids").glob("lot-2-*.tbt")}
    assert lot.returned
    assert set(lot.bids) == set(sealed)
    assert lot.opened == ()
    touched = [
        event.event.kind
        for event in EventLog.decode(record.log).events
        if any(digest in event.event_bytes.decode() for digest in sealed)
    ]
    assert sorted(set(touched)) == ["opening.counted", "opening.lot_returned"]
    opened = demo / "work" / "opening" / "opened"
    assert not {path.name for path in opened.iterdir()} & set(sealed)
    notice = read_package(demo / "receipts" / "returned-lot-2.tbr", "receipt")
    assert decode_object(notice.member(RECEIPT_MEMBER))["kind"] == "return_notice"


def test_every_lot_is_counted_before_any_share_is_released(demo: Path) -> None:
    record = open_opening_package(demo / "opening.tbk")
    kinds = [(event.event.at, event.event.kind) for event in EventLog.decode(record.log).events]
    ordered = [kind for _, kind in sorted(kinds)]
    last_count = max(index for index, kind in enumerate(ordered) if kind == "opening.counted")
    first_share = ordered.index("opening.share_received")
    assert last_count < first_share < ordered.index("opening.cut_off") < ordered.index("opening.holder_released")
    assert ordered.index("opening.holder_released") < ordered.index("opening.bid_opened")


def test_a_bid_after_the_deadline_gets_a_signed_refusal(demo: Path) -> None:
    refusal = read_package(demo / "receipts" / "lot-1-a-refused.tbr", "receipt")
    data = decode_object(refusal.member(RECEIPT_MEMBER))
    assert (data["kind"], data["reason"]) == ("refusal", "late")


def test_five_members_signed_the_frozen_report(demo: Path) -> None:
    opened = open_evaluation_package(demo / "evaluation.tbp")
    assert [signature.how for signature in opened.summary.signatures] == ["signed"] * 5
    assert (demo / "report.pdf").read_bytes().startswith(opened.report)


def test_one_bid_of_lot_1_is_a_consortiums(demo: Path, command: Callable) -> None:
    record = open_opening_package(demo / "opening.tbk")
    bodies = [
        event.event.body for event in EventLog.decode(record.log).events if event.event.kind == "opening.bid_opened"
    ]
    assert sorted(len(body["members"]) for body in bodies) == [0, 0, 1]


def test_a_missing_file_and_a_foreign_type_have_their_own_answers(
    demo: Path, command: Callable, tmp_path: Path
) -> None:
    missing = command("verify", tmp_path / "nothing.tbz", "--json")
    assert missing.code == 3
    assert missing.json()["error"]["code"] == "app.file_missing"
    foreign = tmp_path / "letter.docx"
    foreign.write_bytes(b"PK")
    assert command("verify", foreign, "--trust", demo / "trust.json").code == 10

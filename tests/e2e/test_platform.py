"""A platform in a folder: deadline by its clock, receipts only for what is durable, refusals signed, nothing told early."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from core.bootstrap import FileKeys
from core.errors import FileMissing, StepNotAllowed
from core.formats.package import parse_package
from core.formats.tender_package import open_tender_package
from core.ports.keys import KeySource
from core.ports.platform import Answer
from core.ports.receipt import RECEIPT_MEMBER
from core.sync.local_folder import new_platform, open_platform
from core.sync.local_platform import LocalPlatform
from signing.canonical_json import decode_object
from tests.fixed_clock import FixedClock

pytestmark = pytest.mark.xdist_group("demo")
LOT_1_A, LOT_1_B = "bids/lot-1-a.tbt", "bids/lot-1-b.tbt"


def said(answer: Answer) -> dict:
    return decode_object(parse_package(answer.package, "receipt", "answer").member(RECEIPT_MEMBER))


class World:
    """One platform of a test and its clock."""

    def __init__(self, demo: Path, folder: Path) -> None:
        self.demo, self.folder = demo, folder
        self.tender = open_tender_package(demo / "tender.tbz").tender
        self.clock = FixedClock(self.tender.schedule.bid_deadline - timedelta(days=1))
        centre = demo / "work" / "keys" / "centre"
        source = KeySource(centre / "sign.cert.pem", centre / "sign.key.pem", demo / "work" / "pin.txt")
        new_platform(folder, "P", source, demo / "trust.json")

    def platform(self) -> LocalPlatform:
        return open_platform(self.folder, clock=self.clock, keys=FileKeys(lambda _: ""))

    def after_deadline(self) -> None:
        self.clock.moment = self.tender.schedule.bid_deadline


@pytest.fixture
def world(demo: Path, tmp_path: Path) -> World:
    world = World(demo, tmp_path / "platform")
    world.platform().publish(demo / "tender.tbz")
    return world


def test_a_bid_in_time_gets_a_receipt_with_the_platforms_time_and_the_files_digest(world: World) -> None:
    answer = world.platform().submit(world.demo / LOT_1_A, idempotency_key="k1")
    data = said(answer)
    assert answer.accepted
    assert (data["kind"], data["lot_id"], data["subject_size"]) == (
        "receipt", "lot-1", (world.demo / LOT_1_A).stat().st_size,
    )  # fmt: skip


def test_the_same_submission_again_gets_the_very_same_answer_after_a_restart(world: World) -> None:
    first = world.platform().submit(world.demo / LOT_1_A, idempotency_key="k1")
    world.clock.moment += timedelta(hours=1)
    assert world.platform().submit(world.demo / LOT_1_A, idempotency_key="k1") == first
    world.after_deadline()
    assert len(world.platform().received(world.tender.tender_id)) == 1


def test_an_idempotency_key_is_not_reused_for_another_file(world: World) -> None:
    world.platform().submit(world.demo / LOT_1_A, idempotency_key="k1")
    with pytest.raises(StepNotAllowed):
        world.platform().submit(world.demo / LOT_1_B, idempotency_key="k1")


def test_at_the_deadline_itself_a_bid_is_late(world: World) -> None:
    world.after_deadline()
    answer = world.platform().submit(world.demo / LOT_1_A, idempotency_key="k1")
    assert (answer.accepted, said(answer)["kind"], said(answer)["reason"]) == (False, "refusal", "late")
    assert world.platform().received(world.tender.tender_id) == ()


def test_before_the_deadline_neither_list_nor_bid_is_given_out(world: World, tmp_path: Path) -> None:
    platform = world.platform()
    receipt = said(platform.submit(world.demo / LOT_1_A, idempotency_key="k1"))
    with pytest.raises(StepNotAllowed):
        platform.received(world.tender.tender_id)
    with pytest.raises(StepNotAllowed):
        platform.fetch(receipt["subject_sm3"], tmp_path / "early.tbt")
    with pytest.raises(StepNotAllowed):
        platform.return_sealed(world.tender.tender_id, "lot-1", "too_few")
    assert not (tmp_path / "early.tbt").exists()


def test_a_later_bid_of_the_same_bidder_replaces_the_earlier_one(world: World) -> None:
    platform = world.platform()
    platform.submit(world.demo / LOT_1_A, idempotency_key="k1")
    platform.submit(world.demo / "work" / "bidder-a" / "replacement.tbt", idempotency_key="k2")
    world.after_deadline()
    assert [bid.superseded for bid in platform.received(world.tender.tender_id)] == [True, False]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"x" * 5000])
def test_what_is_no_sealed_bid_is_refused_with_a_signed_refusal(world: World, tmp_path: Path, content: bytes) -> None:
    plain = tmp_path / "bid.tbt"
    plain.write_bytes(content)
    answer = world.platform().submit(plain, idempotency_key="k1")
    assert (answer.accepted, said(answer)["reason"]) == (False, "not_sealed")


def test_a_bid_changed_on_the_way_is_refused(world: World, tmp_path: Path) -> None:
    changed = bytearray((world.demo / LOT_1_A).read_bytes())
    changed[len(changed) // 2] ^= 1
    file = tmp_path / "bid.tbt"
    file.write_bytes(changed)
    assert said(world.platform().submit(file, idempotency_key="k1"))["reason"] == "not_sealed"


def test_a_bid_for_a_tender_nobody_published_is_refused(demo: Path, tmp_path: Path) -> None:
    empty = World(demo, tmp_path / "empty")
    answer = empty.platform().submit(demo / LOT_1_A, idempotency_key="k1")
    assert (answer.accepted, said(answer)["reason"]) == (False, "unknown_tender")


def test_a_fetched_bid_is_byte_for_byte_what_was_handed_in(world: World, tmp_path: Path) -> None:
    receipt = said(world.platform().submit(world.demo / LOT_1_A, idempotency_key="k1"))
    world.after_deadline()
    world.platform().fetch(receipt["subject_sm3"], tmp_path / "bid.tbt")
    assert (tmp_path / "bid.tbt").read_bytes() == (world.demo / LOT_1_A).read_bytes()
    with pytest.raises(FileMissing):
        world.platform().fetch("../ledger.db", tmp_path / "other")


def test_the_same_publication_twice_is_one_and_another_package_of_the_same_tender_is_refused(
    world: World, tmp_path: Path
) -> None:
    again = tmp_path / "again.tbz"
    shutil.copy(world.demo / "tender.tbz", again)
    assert world.platform().publish(again).accepted


def test_receipts_of_two_bidders_have_nearly_the_same_size_and_name_nobody_else(world: World) -> None:
    first = world.platform().submit(world.demo / LOT_1_A, idempotency_key="k1")
    second = world.platform().submit(world.demo / LOT_1_B, idempotency_key="k2")
    assert abs(len(first.package) - len(second.package)) <= 16  # signatures differ by a byte or two
    assert "青禾石屏".encode() not in second.package


KILLED_WHILE_SUBMITTING = """
import sys
from datetime import datetime, timedelta
from pathlib import Path
sys.path.insert(0, {root!r})
from tests.e2e.test_platform import World
world = World.__new__(World)
from core.formats.tender_package import open_tender_package
from tests.fixed_clock import FixedClock
world.demo, world.folder = Path({demo!r}), Path({folder!r})
world.tender = open_tender_package(world.demo / "tender.tbz").tender
world.clock = FixedClock(world.tender.schedule.bid_deadline - timedelta(days=1))
platform = world.platform()
number = 0
while True:
    number += 1
    answer = platform.submit(world.demo / "bids/lot-1-a.tbt", idempotency_key=f"k{{number}}")
    print(number, flush=True)
"""


def test_killed_at_any_moment_every_acknowledged_submission_is_still_answered(world: World) -> None:
    import subprocess
    import sys

    root = str(Path(__file__).resolve().parents[2])
    script = KILLED_WHILE_SUBMITTING.format(root=root, demo=str(world.demo), folder=str(world.folder))
    for wanted in (1, 3, 7):
        child = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
        assert child.stdout is not None
        acknowledged = 0
        for line in child.stdout:
            acknowledged = int(line)
            if acknowledged >= wanted:
                child.kill()
                break
        child.wait()
        child.stdout.close()
        platform = world.platform()
        for number in range(1, acknowledged + 1):
            assert platform.submit(world.demo / LOT_1_A, idempotency_key=f"k{number}").accepted
    world.after_deadline()
    assert [bid.superseded for bid in world.platform().received(world.tender.tender_id)].count(False) == 1


@pytest.mark.parametrize("suffix", [".tbd", ".tbo", ".tbz"])
def test_nothing_that_is_no_sealed_bid_leaves_the_computer(
    demo: Path, tmp_path: Path, command: Callable, suffix: str
) -> None:
    world = World(demo, tmp_path / "w")
    before = sorted(world.folder.rglob("*"))
    wrong = min(demo.rglob(f"*{suffix}"))
    out = tmp_path / "receipt.tbr"
    assert command("bid", "submit", "--bid", wrong, "--platform", world.folder, "--out", out).code == 28
    assert sorted(world.folder.rglob("*")) == before
    assert not out.exists()


def test_a_tender_is_not_published_where_its_answer_could_not_be_kept(
    demo: Path, tmp_path: Path, command: Callable
) -> None:
    out = tmp_path / "answer.tbr"
    out.write_bytes(b"kept")
    words = ("platform", "publish", "--tender", demo / "tender.tbz", "--platform", demo / "work/platform", "--out", out)
    assert command(*words).code == 5
    assert out.read_bytes() == b"kept"

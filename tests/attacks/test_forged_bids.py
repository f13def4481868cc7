"""Sealed bids that are intact containers and signed with real keys, and still not what they say."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from core.formats.tender_package import open_tender_package
from core.jobs.bid_seal import STAGE, bid_policy
from signing.envelope.reader import SealedFile
from signing.envelope.source import PartSource
from signing.envelope.writer import SealRequest, seal
from signing.policy.tree import All, Leaf, Policy
from signing.x509.certificate import load_pem_certificates
from tests.attack_forge import Thief

pytestmark = pytest.mark.xdist_group("demo")


@dataclass(frozen=True)
class Forger:
    """Seals whatever is asked in the name of bidder a of the demonstration."""

    demo: Path
    target: Path

    @property
    def context(self) -> Mapping[str, str]:
        return SealedFile.open(self.demo / "bids/lot-1-a.tbt").header.context

    def certificate(self, who: str) -> bytes:
        return load_pem_certificates((self.demo / f"work/keys/{who}/enc.cert.pem").read_bytes())[0]

    def policy(self, who: str) -> Policy:
        return bid_policy(open_tender_package(self.demo / "tender.tbz"), (self.certificate(who),))

    def sealed(self, signer: str, policy: Policy, **context: str) -> Path:
        parts = (PartSource("bid", "summary", STAGE, data=b"{}"),)
        request = SealRequest("bid", {**self.context, **context}, {STAGE: policy}, parts)
        at = datetime.now(UTC) - timedelta(minutes=1)
        seal(self.target, request, Thief(self.demo).signer(signer), sealed_at=at, on_progress=lambda *_: None)
        return self.target


@pytest.fixture
def forger(demo: Path, tmp_path: Path) -> Forger:
    return Forger(demo, tmp_path / "bid.tbt")


@pytest.fixture
def code(demo: Path, command: Callable) -> Callable[..., int]:
    return lambda *files: command("verify", *files, "--trust", demo / "trust.json").code


def test_a_bid_made_as_it_should_be_passes(forger: Forger, code: Callable, demo: Path) -> None:
    bid = forger.sealed("bidder-a", forger.policy("bidder-a"))
    assert code(bid, demo / "tender.tbz") == 0


def test_a_bid_signed_by_another_than_it_names_fails(forger: Forger, code: Callable) -> None:
    assert code(forger.sealed("bidder-b", forger.policy("bidder-a"))) == 10
    assert code(forger.sealed("E1", forger.policy("bidder-a"))) == 10


def test_a_bid_that_another_bidder_could_open_fails(forger: Forger, code: Callable) -> None:
    assert code(forger.sealed("bidder-a", forger.policy("bidder-b"))) == 10


def test_a_bid_without_the_tenders_holders_fails_beside_the_tender(forger: Forger, code: Callable, demo: Path) -> None:
    alone = All((Leaf("bidder", (forger.certificate("bidder-a"),)), Leaf("tenderer", (forger.certificate("agency"),))))
    bid = forger.sealed("bidder-a", alone)
    assert code(bid) == 0  # nothing to compare with
    assert code(bid, demo / "tender.tbz") == 10


@pytest.mark.parametrize("name", ["lot_id", "tender_id", "deadline", "opening_at"])
def test_a_bid_bound_to_something_else_fails_beside_the_tender(
    name, forger: Forger, code: Callable, demo: Path
) -> None:
    other = "2030-01-01T00:00:00Z" if "_at" in name or name == "deadline" else "other"
    assert code(forger.sealed("bidder-a", forger.policy("bidder-a"), **{name: other}), demo / "tender.tbz") == 10


def test_a_bid_for_another_version_of_the_tender_is_not_checked_against_it(forger, code, command, demo) -> None:
    bid = forger.sealed("bidder-a", forger.policy("bidder-a"), tender_digest="0" * 64)
    result = command("verify", bid, demo / "tender.tbz", "--trust", demo / "trust.json", "--json")
    assert result.code == 0
    assert "tender" in result.json()["files"][0]["not_checked"]


def test_what_a_killed_sealing_left_in_the_clear_goes_at_the_next(command, demo: Path, tmp_path: Path) -> None:
    draft = tmp_path / "bid.tbd"
    shutil.copyfile(demo / "work/bidder-a/bid.tbd", draft)
    left = tmp_path / ".bid.tbd.scratch"
    left.mkdir()
    (left / "1.pdf").write_bytes(b"%PDF-")
    assert _seal(command, demo, draft, tmp_path / "x.tbt").code == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bid.tbd", "x.tbt"]


def test_a_bid_sealed_into_a_folder_that_is_not_there_says_so(command, demo: Path, tmp_path: Path) -> None:
    nowhere = tmp_path / "none" / "x.tbt"
    result = _seal(command, demo, demo / "work/bidder-a/bid.tbd", nowhere)
    assert result.code == 4
    assert str(nowhere) in result.err


def _seal(command, demo: Path, draft: Path, out: Path):
    keys = demo / "work/keys/bidder-a"
    sign = ("--cert", keys / "sign.cert.pem", "--key", keys / "sign.key.pem", "--pin-file", demo / "work/pin.txt")
    unwrap = ("--enc-cert", keys / "enc.cert.pem", "--enc-key", keys / "enc.key.pem")
    return command("bid", "seal", "--draft", draft, *sign, *unwrap, "--out", out)

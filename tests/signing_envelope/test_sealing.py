"""Sealing: what is written, what it refuses, and that nothing is left behind on any failure."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from signing.envelope.reader import SealedFile
from signing.envelope.recipients import check_recipients
from signing.envelope.release import content_key, open_leaf
from signing.envelope.source import PartSource
from signing.envelope.writer import SealRequest, seal, seal_with
from signing.errors import CertificateInvalid, ContainerInvalid
from signing.files import beside, new_file
from signing.policy.tree import All, Leaf, Policy, Threshold
from signing.validation.report import Verdict
from signing.validation.signature import assess_detached
from signing.x509.certificate import Certificate
from tests.deterministic_sm2 import fixed_signer
from tests.pki import shared_pki
from tests.sealed_world import CONTEXT, PARTS, SEALED_AT, default_policy, holder, leaf, no_progress, seal_small
from tests.vectors.make._sealed_bid_builder import CONTEXT as VECTOR_CONTEXT
from tests.vectors.make._sealed_bid_builder import Plan, Stream, build, certificate, envelope

ROOT = Path(__file__).resolve().parent.parent.parent


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def read(sealed: SealedFile, part: str, *by: tuple[int, str]) -> bytes:
    openings = [open_leaf(sealed.header, "main", index, holder(name).decrypter) for index, name in by]
    out = io.BytesIO()
    assert sealed.read_part(content_key(sealed.header, "main", openings), part, out) == len(out.getvalue())
    return out.getvalue()


def test_sealed_parts_come_back_and_trust_is_assessed_from_the_signed_bytes(tmp_path: Path) -> None:
    info = seal_small(tmp_path).info
    sealed = SealedFile.open(info.path)
    sealed.verify_integrity()
    for part in PARTS:
        assert read(sealed, part.id, (0, "bidder"), (3, "centre")) == part.data
    assert (info.size, info.trailer_sm3) == (info.path.stat().st_size, sealed.trailer_sm3)
    assert sealed.signature_der is not None
    report = assess_detached(
        sealed.signature_der, sealed.signed_bytes, trust=shared_pki().trust, roles=frozenset({"bidder"}), now=SEALED_AT
    )
    assert report.verdict is Verdict.PASSED


class Fixed:
    """The randomness of the vectors, for the product's writer."""

    def __init__(self, seed: str, holders: Sequence[str]) -> None:
        self._stream = Stream(seed)
        self._names = {certificate(name): name for name in holders}

    def draw(self, length: int, /) -> bytes:
        return self._stream.draw(length)

    def wrap(self, secret: bytes, recipients: Sequence[Certificate]) -> bytes:
        return envelope(secret, tuple(self._names[one.der] for one in recipients))


def test_writer_and_the_independent_builder_write_the_same_bytes(tmp_path: Path) -> None:
    tree = {"all": ["bidder", {"threshold": (2, ["tenderer", "agency", "centre"])}]}
    plan = Plan(stages=(("main", tree),))

    def one(name: str) -> Leaf:
        return Leaf(name, (certificate(name),))

    policy = All((one("bidder"), Threshold(2, (one("tenderer"), one("agency"), one("centre")))))
    parts = [PartSource(name, kind, stage, data=content) for name, kind, stage, content in plan.parts]
    request = SealRequest("bid", VECTOR_CONTEXT, {"main": policy}, parts, chunk_size=65536)
    target = tmp_path / "x.tbt"
    randomness = Fixed(plan.seed, ["bidder", "tenderer", "agency", "centre"])
    seal_with(randomness, target, request, fixed_signer("bidder"), sealed_at=SEALED_AT, on_progress=no_progress)
    assert target.read_bytes() == build(plan)


@given(st.lists(st.tuples(st.sampled_from(["document", "price"]), st.integers(0, 200_000)), min_size=1, max_size=4))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_lengths_come_back_and_the_header_shows_padded_ones(tmp_path: Path, shapes: list[tuple[str, int]]) -> None:
    parts = [
        PartSource(f"p{n}", kind, "main", data=bytes(i % 251 for i in range(length)))
        for n, (kind, length) in enumerate(shapes)
    ]
    sealed = SealedFile.open(seal_small(tmp_path, parts=parts).path)
    sealed.verify_integrity()
    for part, shown in zip(parts, sealed.header.parts, strict=True):
        assert read(sealed, part.id, (0, "bidder"), (1, "tenderer")) == part.data
        step = 65536 if part.kind == "price" else 1024
        assert shown.padded_length == -(-(8 + len(part.data or b"")) // step) * step


def test_nothing_of_key_shares_or_content_lies_in_the_file(tmp_path: Path) -> None:
    sealed = seal_small(tmp_path)
    data = sealed.path.read_bytes()
    openings = sealed.info.openings["main"]
    key = content_key(SealedFile.open(sealed.path).header, "main", openings[:2])
    for secret in (key.secret, *(one.share for one in openings), *(one.blind for one in openings), b"letter of tender"):
        assert secret not in data
        assert secret.hex().encode() not in data
    assert key.secret.hex() not in repr(sealed.info) + repr(key) + repr(openings)
    assert names(tmp_path) == ["bid.tbt"]


def test_two_sealings_of_one_bid_share_neither_id_nor_key_nor_chunk(tmp_path: Path) -> None:
    one, two = (seal_small(tmp_path, name=name) for name in ("a.tbt", "b.tbt"))
    assert one.info.file_id != two.info.file_id
    assert one.info.root != two.info.root
    assert not {o.share for o in one.info.openings["main"]} & {o.share for o in two.info.openings["main"]}


def test_unsigned_container_says_so_and_holds_together(tmp_path: Path) -> None:
    sealed = SealedFile.open(seal_small(tmp_path, signed=False).path)
    sealed.verify_integrity()
    assert (sealed.header.signer, sealed.signature_der) == (None, None)


def test_progress_reaches_the_total_and_cancelling_leaves_the_old_file(tmp_path: Path) -> None:
    old = seal_small(tmp_path).path.read_bytes()
    seen: list[tuple[int, int]] = []

    def stop(done: int, total: int) -> None:
        seen.append((done, total))
        if done > total // 2:
            raise KeyboardInterrupt

    parts = [PartSource("big", "document", "main", data=bytes(900_000))]
    request = SealRequest("bid", CONTEXT, {"main": default_policy()}, parts, chunk_size=65536)
    with pytest.raises(KeyboardInterrupt):
        seal(tmp_path / "bid.tbt", request, None, sealed_at=SEALED_AT, on_progress=stop)
    assert names(tmp_path) == ["bid.tbt"]
    assert (tmp_path / "bid.tbt").read_bytes() == old
    assert seen == sorted(seen)
    seal(tmp_path / "bid.tbt", request, None, sealed_at=SEALED_AT, on_progress=lambda *now: seen.append(now))
    assert seen[-1][0] == seen[-1][1]


def test_source_that_is_missing_or_changes_leaves_no_file(tmp_path: Path) -> None:
    source = tmp_path / "drawing.pdf"
    source.write_bytes(bytes(300_000))
    part = PartSource("drawing", "document", "main", path=source)

    big = [PartSource("first", "document", "main", data=bytes(1_000_000)), part]
    for size in (0, 299_999, 300_001):
        source.write_bytes(bytes(300_000))

        def on_progress(done: int, _total: int, size: int = size) -> None:
            if done == 65536:  # long before the second part is opened
                os.truncate(source, size)

        request = SealRequest("bid", CONTEXT, {"main": default_policy()}, big, chunk_size=65536)
        with pytest.raises(ContainerInvalid) as caught:
            seal(tmp_path / "x.tbt", request, None, sealed_at=SEALED_AT, on_progress=on_progress)
        assert (caught.value.params["layer"], caught.value.params["reason"]) == ("source", "changed")
    source.unlink()
    request = SealRequest("bid", CONTEXT, {"main": default_policy()}, [part])
    with pytest.raises(ContainerInvalid) as missing:
        seal(tmp_path / "x.tbt", request, None, sealed_at=SEALED_AT, on_progress=no_progress)
    assert missing.value.params == {"layer": "source", "reason": "missing", "name": "drawing.pdf"}
    assert names(tmp_path) == []


@pytest.mark.parametrize(
    ("request_change", "where"),
    [
        ({"context": {**CONTEXT, "deadline": "tomorrow"}}, "deadline"),
        ({"context": {**CONTEXT, "lot_id": "a\nb"}}, "context lot_id"),
        ({"kind": "offer"}, "value kind"),
        ({"chunk_size": 1000}, "chunk_size"),
        ({"twin": "no digest"}, "value twin"),
        ({"parts": [*PARTS, PARTS[0]]}, "parts id"),
        ({"parts": [replace(PARTS[0], stage="other")]}, "parts stage"),
        ({"parts": [replace(PARTS[0], id="技术标")]}, "parts id"),
        ({"stages": {"main": All(())}}, "main: children"),
    ],
)
def test_requests_the_format_cannot_hold_are_refused_before_writing(
    tmp_path: Path, request_change: dict[str, object], where: str
) -> None:
    good = SealRequest("bid", CONTEXT, {"main": default_policy()}, PARTS)
    wrong = replace(good, **request_change)  # type: ignore[arg-type]
    with pytest.raises(ContainerInvalid) as caught:
        seal(tmp_path / "x.tbt", wrong, None, sealed_at=SEALED_AT, on_progress=no_progress)
    assert (caught.value.params["layer"], caught.value.params["where"]) == ("request", where)
    assert names(tmp_path) == []


def recipient(**dates: datetime) -> Leaf:
    return Leaf("centre", (shared_pki().party("时限测试", **dates).decrypter.certificate(),))  # type: ignore[arg-type]


NOW, OPENING = SEALED_AT, datetime(2026, 3, 5, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda: Leaf("bidder", (holder("bidder").signer.certificate(),)), "not_for_encryption"),
        (lambda: Leaf("bidder", (shared_pki().institution.certificate,)), "authority"),
        (lambda: recipient(not_after=NOW - timedelta(seconds=1)), "expired"),
        (lambda: recipient(not_before=NOW + timedelta(seconds=1)), "not_yet_valid"),
        (lambda: recipient(not_after=OPENING - timedelta(seconds=1)), "expires_before_opening"),
        (lambda: leaf("bidder", "bidder"), "twice"),
        (lambda: Leaf("bidder", (b"no certificate",)), "unreadable"),
    ],
)
def test_certificates_that_could_not_open_the_bid_are_refused_before_sealing(
    tmp_path: Path, make: object, reason: str
) -> None:
    policy: Policy = All((leaf("tenderer"), make()))  # type: ignore[operator]
    with pytest.raises(CertificateInvalid) as caught:
        seal_small(tmp_path, stages={"main": policy})
    assert caught.value.params["reason"] == reason
    assert names(tmp_path) == []


def test_certificate_valid_to_the_very_opening_is_accepted() -> None:
    check_recipients(recipient(not_after=OPENING), now=NOW, until=OPENING)


CHILD = """
import sys
from tests.sealed_world import *
from signing.envelope.source import PartSource
def stop(done, total):
    print("under way", flush=True)
    sys.stdin.read()
request = SealRequest("bid", CONTEXT, {"main": default_policy()}, [PartSource("a", "document", "main", data=bytes(500_000))], chunk_size=65536)
seal(Path(sys.argv[1]), request, None, sealed_at=SEALED_AT, on_progress=stop)
"""


def test_killed_sealing_leaves_no_target_and_the_next_run_cleans_up(tmp_path: Path) -> None:
    target = tmp_path / "bid.tbt"
    with subprocess.Popen(
        [sys.executable, "-c", CHILD, str(target)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"under way\n"
        child.send_signal(signal.SIGKILL)
    [leftover] = names(tmp_path)
    assert leftover.startswith(".tenderbox-")
    other = beside(tmp_path / "other.tbt")
    other.write_bytes(b"")
    seal_small(tmp_path)
    assert names(tmp_path) == [other.name, "bid.tbt"]


def test_what_a_living_run_still_writes_is_not_taken_for_a_leftover(tmp_path: Path) -> None:
    target = tmp_path / "bid.tbt"
    with new_file(target) as first:
        first.write(b"first")
        with new_file(target) as second:
            second.write(b"second")
        assert target.read_bytes() == b"second"
    assert target.read_bytes() == b"first"
    assert names(tmp_path) == ["bid.tbt"]


MEASURE = """
import sys
from tests.sealed_world import *
sealed = seal_small(Path(sys.argv[1]), parts=[PartSource("a", "document", "main", path=Path(sys.argv[2]))], chunk_size=1 << 20)
from signing.envelope.rehearse import rehearse
assert rehearse(sealed.path, sealed.info.openings, {0: holder("bidder").decrypter}, sealed.parts).passed
# not ru_maxrss: that of a child begins at its parent's
print(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")))
"""


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    source = tmp_path / "zeros.bin"
    with source.open("wb") as file:
        file.truncate(200 << 20)
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, str(tmp_path), str(source)], capture_output=True, check=True, cwd=ROOT
    )
    assert int(done.stdout) < 150 * 1024  # kibibytes


def test_only_the_writer_knows_where_randomness_comes_from() -> None:
    product = [path for room in ("apps", "core", "signing") for path in (ROOT / room).rglob("*.py")]
    users = {
        path.relative_to(ROOT).as_posix()
        for path in product
        if any(word in path.read_text("utf-8") for word in ("seal_with", "Randomness", "deal_stages"))
    }
    assert users == {f"signing/envelope/{name}.py" for name in ("writer", "randomness", "dealing")}

"""Who can open what: default policy, stages, disputed shares, shares on their way to the opening."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest

from signing.envelope.opening import Opening
from signing.envelope.reader import SealedFile
from signing.envelope.release import check_opening, content_key, open_leaf, open_sealed_opening, seal_opening
from signing.envelope.source import PartSource
from signing.errors import ContainerInvalid, DecryptionFailed, ShareDisputed, SharesInsufficient
from signing.policy.tree import All, leaves
from signing.x509.certificate import parse
from tests.sealed_world import Sealed, default_policy, holder, leaf, seal_small

TWO = {"first": default_policy(), "second": All((leaf("bidder"), leaf("agency")))}
TWO_PARTS = (
    PartSource("technical", "document", "first", data=b"technical part"),
    PartSource("price", "price", "second", data=b"price part"),
)


@pytest.fixture(scope="module")
def sealed(tmp_path_factory: pytest.TempPathFactory) -> Sealed:
    return seal_small(tmp_path_factory.mktemp("two"), stages=TWO, parts=TWO_PARTS)


@pytest.fixture(scope="module")
def opened(sealed: Sealed) -> SealedFile:
    return SealedFile.open(sealed.path)


def every_opening(opened: SealedFile, stage: str, *names: str) -> list[Opening]:
    """All that these holders' keys can take out of the file, trying every wrap with every key."""
    found = []
    for name in names:
        for index in range(len(opened.header.stage(stage).leaves)):
            try:
                found.append(open_leaf(opened.header, stage, index, holder(name).decrypter))
            except DecryptionFailed:
                continue
    return found


def test_all_holders_without_the_bidder_cannot_open(opened: SealedFile) -> None:
    openings = every_opening(opened, "first", "tenderer", "agency", "centre")
    assert len(openings) == 3
    with pytest.raises(SharesInsufficient) as caught:
        content_key(opened.header, "first", openings)
    assert caught.value.params == {
        "have": "tenderer, agency, centre",
        "need": "bidder AND (tenderer OR agency OR centre)",
    }


def test_bidder_without_a_holder_cannot_open(opened: SealedFile) -> None:
    openings = every_opening(opened, "first", "bidder", "bidder-backup")
    assert {one.leaf for one in openings} == {0}
    with pytest.raises(SharesInsufficient):
        content_key(opened.header, "first", openings)


@pytest.mark.parametrize("names", [("bidder", "tenderer"), ("bidder-backup", "agency"), ("bidder", "centre")])
def test_bidder_and_any_one_holder_can_open(opened: SealedFile, names: tuple[str, ...]) -> None:
    key = content_key(opened.header, "first", every_opening(opened, "first", *names))
    out = io.BytesIO()
    opened.read_part(key, "technical", out)
    assert out.getvalue() == b"technical part"


def test_shares_and_key_of_one_stage_give_nothing_of_another(sealed: Sealed, opened: SealedFile) -> None:
    first = sealed.info.openings["first"]
    key = content_key(opened.header, "first", first)
    with pytest.raises(ContainerInvalid) as caught:
        opened.read_part(key, "price", io.BytesIO())
    assert caught.value.params["layer"] == "key"
    with pytest.raises(ContainerInvalid) as renamed:
        opened.read_part(replace(key, stage="second"), "price", io.BytesIO())
    assert renamed.value.params == {"layer": "key", "reason": "tag", "stage": "second"}
    for opening in first[:2]:
        with pytest.raises(ShareDisputed):
            check_opening(opened.header, "second", opening)
    everything = {
        value for stage in ("first", "second") for one in sealed.info.openings[stage] for value in (one.share,)
    }
    assert len(everything) == 2 + 2  # bidder's and the three equal copies; two of the second stage
    assert key.secret != content_key(opened.header, "second", sealed.info.openings["second"]).secret


def test_key_of_another_file_is_refused(opened: SealedFile, tmp_path: Path) -> None:
    other = seal_small(tmp_path, stages=TWO, parts=TWO_PARTS)
    key = content_key(SealedFile.open(other.path).header, "first", other.info.openings["first"])
    with pytest.raises(ContainerInvalid) as caught:
        opened.read_part(key, "technical", io.BytesIO())
    assert caught.value.params["layer"] == "key"


@pytest.mark.parametrize("change", ["share", "blind", "leaf"])
def test_share_that_does_not_match_its_commitment_is_disputed_and_named(
    sealed: Sealed, opened: SealedFile, change: str
) -> None:
    good = sealed.info.openings["first"]
    wrong = replace(good[1], leaf=2) if change == "leaf" else replace(good[1], **{change: bytes(16)})
    with pytest.raises(ShareDisputed) as caught:
        content_key(opened.header, "first", [good[0], wrong])
    assert caught.value.params == {"holder": "agency" if change == "leaf" else "tenderer"}


def test_matching_shares_with_a_changed_header_fail_at_the_key(sealed: Sealed, opened: SealedFile) -> None:
    forged = replace(opened.header, context={**opened.header.context, "lot_id": "lot-2"})
    with pytest.raises(ContainerInvalid) as caught:
        content_key(forged, "first", sealed.info.openings["first"])
    assert caught.value.params == {"layer": "key", "reason": "tag", "stage": "first"}


def test_unknown_stage_leaf_and_part_are_refused(sealed: Sealed, opened: SealedFile) -> None:
    key = holder("bidder").decrypter
    for call in (
        lambda: open_leaf(opened.header, "third", 0, key),
        lambda: open_leaf(opened.header, "first", 9, key),
        lambda: open_leaf(opened.header, "first", -1, key),
        lambda: check_opening(opened.header, "first", Opening(9, bytes(16), bytes(16))),
        lambda: opened.read_part(content_key(opened.header, "first", sealed.info.openings["first"]), "x", io.BytesIO()),
    ):
        with pytest.raises(ContainerInvalid) as caught:
            call()
        assert caught.value.params["layer"] == "request"


def test_released_share_travels_only_to_the_opening(sealed: Sealed, opened: SealedFile) -> None:
    opening = sealed.info.openings["first"][0]
    parcel = seal_opening(opening, holder("centre").encrypt_certificate)
    found = open_sealed_opening(parcel, holder("centre").decrypter)
    check_opening(opened.header, "first", found)
    assert found == opening
    with pytest.raises(DecryptionFailed):
        open_sealed_opening(parcel, holder("bidder").decrypter)
    wrap = opened.header.stage("first").wraps[0]
    with pytest.raises(DecryptionFailed):  # a wrap of the header is no released share
        open_sealed_opening(wrap, holder("bidder").decrypter)


def test_recipients_are_those_of_the_policy_and_nobody_else(opened: SealedFile) -> None:
    for stage, policy in TWO.items():
        named = [{(one.issuer_der, one.serial) for one in recipients} for recipients in opened.recipients(stage)]
        expected = [{(c.issuer_der, c.serial) for c in map(parse, one.certificates)} for one in leaves(policy)]
        assert named == expected

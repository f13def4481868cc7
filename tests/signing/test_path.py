"""Path validation: PASSED only on a sound path to a trusted root; every fault has its own reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from signing.gm import der, sm2
from signing.x509 import oids
from signing.x509.certificate import Certificate, parse
from signing.x509.chain import candidate_paths
from signing.x509.issue import Revocation, Subject, issue_ca, issue_crl, issue_leaf
from signing.x509.limits import PATH_CANDIDATES
from signing.x509.path import PathAssessment, Verdict, assess_path
from signing.x509.trust import ROLES, TrustList, trust_root
from tests.pki import NOT_AFTER, NOT_BEFORE, SIGNED_AT, Authority, Party, Pki, make_pki, shared_pki
from tests.signing.crafted import LEAF_USAGE, certificate, extension, key_usage, signed

PASSED, INDETERMINATE, FAILED = Verdict.PASSED, Verdict.INDETERMINATE, Verdict.FAILED
DATES = {"not_before": NOT_BEFORE, "not_after": NOT_AFTER}


@pytest.fixture(scope="module")
def pki() -> Pki:
    return shared_pki()


@pytest.fixture(scope="module")
def bidder(pki: Pki) -> Party:
    return pki.party("华夏测试建设有限公司")


def assess(
    leaf: Certificate,
    extra: Sequence[bytes],
    trust: TrustList | None,
    *,
    at: datetime = SIGNED_AT,
    usage: str | None = "sign",
    roles: frozenset[str] | None = None,
    crls: Sequence[bytes] = (),
    require_crl: bool = False,
) -> PathAssessment:
    parsed = [parse(one) for one in extra]
    return assess_path(
        leaf, parsed, trust, at=at, usage=usage, roles=roles, crls=crls, require_crl=require_crl  # type: ignore[arg-type]
    )  # fmt: skip


def codes(found: PathAssessment) -> set[str]:
    """Short codes of the reasons that are not mere remarks."""
    return {one.code.removeprefix("signing.path.") for one in found.reasons if one.verdict is not PASSED}


def of_bidder(pki: Pki, bidder: Party, **changes: object) -> PathAssessment:
    trust = changes.pop("trust", pki.trust)
    return assess(bidder.sign_certificate, bidder.signer.chain(), trust, **changes)  # type: ignore[arg-type]


def under(authority: Authority, pki: Pki, **changes: object) -> PathAssessment:
    """The assessment of a crafted leaf under a CA of the test world."""
    key = sm2.generate_key()
    issuer = parse(authority.certificate).subject_der
    encoded = certificate(authority.private, issuer, Subject("手工").der(), key.public, **changes)  # type: ignore[arg-type]
    return assess(parse(encoded), authority.chain, pki.trust)


def test_sound_path_passes_with_chain_and_roles(pki: Pki, bidder: Party) -> None:
    found = of_bidder(pki, bidder, roles=frozenset({"bidder"}))
    assert found.verdict is PASSED
    assert [one.der for one in found.chain] == [
        bidder.signer.certificate(),
        pki.institution.certificate,
        pki.root.certificate,
    ]
    assert found.roles == {"tenderer", "agency", "bidder", "expert"}


def test_without_trust_or_with_another_root_nothing_is_decided(pki: Pki, bidder: Party) -> None:
    missing = of_bidder(pki, bidder, trust=None)
    assert (missing.verdict, codes(missing), missing.roles) == (INDETERMINATE, {"no_trust"}, frozenset())
    foreign = of_bidder(pki, bidder, trust=make_pki().trust)
    assert (foreign.verdict, codes(foreign)) == (INDETERMINATE, {"root_unknown"})
    empty = of_bidder(pki, bidder, trust=TrustList(()))
    assert (empty.verdict, codes(empty)) == (INDETERMINATE, {"root_unknown"})


def test_root_that_lies_beside_the_artefact_is_not_trusted(pki: Pki, bidder: Party) -> None:
    extra = [*bidder.signer.chain(), pki.root.certificate]
    found = assess(bidder.sign_certificate, extra, make_pki().trust)
    assert (found.verdict, codes(found)) == (INDETERMINATE, {"root_unknown"})
    assert found.chain[-1].der == pki.root.certificate


def test_missing_intermediate_is_not_decided(pki: Pki, bidder: Party) -> None:
    found = assess(bidder.sign_certificate, [], pki.trust)
    assert (found.verdict, codes(found)) == (INDETERMINATE, {"root_unknown"})


def test_a_pem_root_speaks_for_every_role(pki: Pki, bidder: Party) -> None:
    found = of_bidder(pki, bidder, trust=trust_root(pki.root.certificate), roles=frozenset({"centre"}))
    assert (found.verdict, found.roles) == (PASSED, ROLES)


def test_a_ca_speaks_only_for_its_listed_roles(pki: Pki, bidder: Party) -> None:
    refused = of_bidder(pki, bidder, roles=frozenset({"centre"}))
    assert (refused.verdict, codes(refused)) == (FAILED, {"role_refused"})
    assert of_bidder(pki, bidder, roles=frozenset({"centre", "bidder"})).verdict is PASSED
    unlisted = of_bidder(pki, bidder, trust=replace(pki.trust, issuers=()), roles=frozenset({"bidder"}))
    assert (unlisted.verdict, codes(unlisted)) == (INDETERMINATE, {"role_unknown"})
    issuers = tuple(replace(one, valid_to=SIGNED_AT - timedelta(seconds=1)) for one in pki.trust.issuers)
    ended = of_bidder(pki, bidder, trust=replace(pki.trust, issuers=issuers), roles=frozenset({"bidder"}))
    assert (ended.verdict, codes(ended)) == (INDETERMINATE, {"role_unknown"})


def test_validity_is_judged_at_the_time_asked_to_the_second(pki: Pki) -> None:
    party = pki.party("短期", not_before=SIGNED_AT, not_after=SIGNED_AT + timedelta(days=1))
    second = timedelta(seconds=1)
    for at, expected in (
        (SIGNED_AT - second, {"not_yet_valid"}),
        (SIGNED_AT, set()),
        (SIGNED_AT + timedelta(days=1), set()),
        (SIGNED_AT + timedelta(days=1) + second, {"expired"}),
    ):
        found = of_bidder(pki, party, at=at)
        assert (codes(found), found.verdict) == (expected, FAILED if expected else PASSED)


def test_certificates_serve_only_their_use(pki: Pki, bidder: Party) -> None:
    chain = bidder.signer.chain()
    encryption, signing = bidder.encrypt_certificate, bidder.sign_certificate
    assert assess(encryption, chain, pki.trust, usage="encrypt").verdict is PASSED
    assert codes(assess(encryption, chain, pki.trust, usage="sign")) == {"usage_sign"}
    assert codes(assess(signing, chain, pki.trust, usage="encrypt")) == {"usage_encrypt"}
    assert assess(signing, chain, pki.trust, usage=None).verdict is PASSED
    both = under(pki.institution, pki, extensions=(key_usage("digital_signature", "key_encipherment"),)).chain[0]
    assert codes(assess(both, chain, pki.trust, usage="encrypt")) == {"usage_encrypt"}
    authority = parse(pki.institution.certificate)
    assert codes(assess(authority, [], pki.trust, usage="sign")) == {"usage_sign"}


def test_leaf_without_key_usage_signs_nothing(pki: Pki) -> None:
    found = under(pki.institution, pki, extensions=(extension("1.2.3.4", b"\x05\x00"),))
    assert (found.verdict, codes(found)) == (FAILED, {"usage_sign"})


def test_unknown_critical_extension_fails(pki: Pki) -> None:
    found = under(pki.institution, pki, extensions=(LEAF_USAGE, extension("1.2.3.4", b"\x05\x00", critical=True)))
    assert (found.verdict, codes(found)) == (FAILED, {"unknown_critical"})


def test_leaf_that_names_its_issuer_by_key_but_is_not_signed_by_it_fails(pki: Pki) -> None:
    authority = parse(pki.institution.certificate)
    assert authority.subject_key_id is not None
    named = extension(oids.AUTHORITY_KEY_ID, der.sequence(der.encode(0x80, authority.subject_key_id)))
    for extensions, expected in (
        ((LEAF_USAGE, named), (FAILED, {"link_signature"})),
        ((LEAF_USAGE,), (INDETERMINATE, {"root_unknown"})),
    ):
        impostor = sm2.generate_key()
        forged = certificate(
            impostor, authority.subject_der, Subject("冒名").der(), impostor.public, extensions=extensions
        )
        found = assess(parse(forged), pki.institution.chain, pki.trust)
        assert (found.verdict, codes(found)) == expected


def test_a_leaf_cannot_issue(pki: Pki, bidder: Party) -> None:
    """The classic: an end-entity certificate used as CA."""
    key = sm2.generate_key()
    leaf = certificate(bidder.signer.private, bidder.sign_certificate.subject_der, Subject("下级").der(), key.public)
    found = assess(parse(leaf), [bidder.signer.certificate(), *bidder.signer.chain()], pki.trust)
    assert found.verdict is FAILED
    assert codes(found) == {"not_ca", "cannot_issue", "path_length"}


def test_path_length_of_the_ca_is_kept(pki: Pki) -> None:
    middle, key = sm2.generate_key(), sm2.generate_key()
    authority = pki.institution
    middle_ca = issue_ca(Subject("多出的CA"), middle.public, authority.private, authority.certificate, **DATES)
    leaf = issue_leaf(Subject("某公司"), key.public, "sign", middle, middle_ca, **DATES)
    found = assess(parse(leaf), [middle_ca, *authority.chain], pki.trust)
    assert (found.verdict, codes(found)) == (FAILED, {"path_length"})


def test_ca_without_right_to_sign_certificates_fails(pki: Pki) -> None:
    middle, key = sm2.generate_key(), sm2.generate_key()
    root_name = parse(pki.root.certificate).subject_der
    is_ca = extension(oids.BASIC_CONSTRAINTS, bytes.fromhex("30030101ff"), critical=True)
    middle_ca = certificate(
        pki.root.private, root_name, Subject("只签列表").der(), middle.public, extensions=(is_ca, key_usage("crl_sign"))
    )
    leaf = issue_leaf(Subject("某公司"), key.public, "sign", middle, middle_ca, **DATES)
    found = assess(parse(leaf), [middle_ca], pki.trust)
    assert (found.verdict, codes(found)) == (FAILED, {"cannot_issue"})


def test_expired_intermediate_fails(pki: Pki) -> None:
    middle, key = sm2.generate_key(), sm2.generate_key()
    short = {"not_before": NOT_BEFORE, "not_after": datetime(2021, 1, 1, tzinfo=UTC)}
    middle_ca = issue_ca(Subject("过期CA"), middle.public, pki.root.private, pki.root.certificate, **short)
    leaf = issue_leaf(Subject("某公司"), key.public, "sign", middle, middle_ca, **DATES)
    found = assess(parse(leaf), [middle_ca], pki.trust)
    assert (found.verdict, codes(found)) == (FAILED, {"expired"})


def test_the_best_of_several_paths_speaks(pki: Pki, bidder: Party) -> None:
    """An expired twin of the CA certificate with the same key does not spoil the valid one."""
    authority = pki.institution
    short = {"not_before": NOT_BEFORE, "not_after": datetime(2021, 1, 1, tzinfo=UTC)}
    twin = issue_ca(
        Subject("测试机构CA", "标箱测试"), authority.private.public, pki.root.private, pki.root.certificate, **short
    )
    assert assess(bidder.sign_certificate, [twin, authority.certificate], pki.trust).verdict is PASSED
    assert assess(bidder.sign_certificate, [authority.certificate, twin], pki.trust).verdict is PASSED
    assert codes(assess(bidder.sign_certificate, [twin], pki.trust)) == {"expired"}


def test_no_more_than_eight_candidates_are_tried(pki: Pki, bidder: Party) -> None:
    authority = pki.institution
    twins = [
        issue_ca(
            Subject("测试机构CA", "标箱测试"), authority.private.public, pki.root.private, pki.root.certificate, **DATES
        )
        for _ in range(PATH_CANDIDATES + 3)
    ]
    roots = {one.certificate.sm3: one.certificate for one in pki.trust.roots}
    found = candidate_paths(bidder.sign_certificate, [parse(one) for one in twins], roots)
    assert len(found) == PATH_CANDIDATES


def test_circle_of_certificates_ends(pki: Pki) -> None:
    one, two, key = sm2.generate_key(), sm2.generate_key(), sm2.generate_key()
    root = make_pki().root
    first = issue_ca(Subject("甲CA"), one.public, root.private, root.certificate, **DATES, path_length=None)
    second = issue_ca(Subject("乙CA"), two.public, one, first, **DATES, path_length=None)
    back = issue_ca(Subject("甲CA"), one.public, two, second, **DATES, path_length=None)
    leaf = issue_leaf(Subject("某公司"), key.public, "sign", one, back, **DATES)
    found = assess(parse(leaf), [first, second, back], pki.trust)
    assert found.verdict is INDETERMINATE


# --- revocation ------------------------------------------------------------------------------------------------------


def test_revoked_before_signing_fails_and_harmlessly_later_passes(pki: Pki, bidder: Party) -> None:
    serial = bidder.sign_certificate.serial
    for at, reason, expected in (
        (SIGNED_AT - timedelta(days=1), "superseded", (FAILED, {"revoked"})),
        (SIGNED_AT, None, (FAILED, {"revoked"})),
        (SIGNED_AT + timedelta(days=1), "superseded", (PASSED, set())),
        (SIGNED_AT + timedelta(days=1), "key_compromise", (INDETERMINATE, {"revoked_later"})),
        (SIGNED_AT + timedelta(days=1), None, (INDETERMINATE, {"revoked_later"})),
    ):
        crl = pki.crl([Revocation(serial, at, reason)])
        for found in (of_bidder(pki, bidder, crls=[crl]), of_bidder(pki, bidder, trust=pki.trust_with([crl]))):
            assert (found.verdict, codes(found)) == expected


def test_revocation_outlives_its_list(pki: Pki, bidder: Party) -> None:
    entry = Revocation(bidder.sign_certificate.serial, datetime(2021, 1, 1, tzinfo=UTC))
    old = pki.crl([entry], this_update=datetime(2021, 1, 2, tzinfo=UTC), next_update=datetime(2021, 2, 1, tzinfo=UTC))
    assert codes(of_bidder(pki, bidder, crls=[old])) == {"revoked"}


def test_absent_or_outdated_list_lowers_nothing_unless_required(pki: Pki, bidder: Party) -> None:
    outdated = pki.crl(next_update=SIGNED_AT - timedelta(seconds=1))
    future = pki.crl(this_update=SIGNED_AT + timedelta(seconds=1))
    for crls, code in (([], "crl_absent"), ([outdated], "crl_outdated"), ([future], "crl_outdated")):
        relaxed = of_bidder(pki, bidder, crls=crls)
        assert relaxed.verdict is PASSED
        assert f"signing.path.{code}" in {one.code for one in relaxed.reasons}
        required = of_bidder(pki, bidder, crls=crls, require_crl=True)
        assert required.verdict is INDETERMINATE
        assert code in codes(required)


def test_required_lists_that_cover_the_whole_path_pass(pki: Pki, bidder: Party) -> None:
    root_crl = issue_crl(pki.root.private, pki.root.certificate, this_update=NOT_BEFORE, next_update=NOT_AFTER)
    found = of_bidder(pki, bidder, crls=[pki.crl()], trust=pki.trust_with([root_crl]), require_crl=True)
    assert (found.verdict, codes(found)) == (PASSED, set())


def test_revoked_ca_fails(pki: Pki, bidder: Party) -> None:
    entry = Revocation(parse(pki.institution.certificate).serial, SIGNED_AT - timedelta(days=1), "ca_compromise")
    root_crl = issue_crl(
        pki.root.private, pki.root.certificate, this_update=NOT_BEFORE, next_update=NOT_AFTER, revoked=[entry]
    )
    assert codes(of_bidder(pki, bidder, trust=pki.trust_with([root_crl]))) == {"revoked"}


def test_list_that_does_not_verify_fails(pki: Pki, bidder: Party) -> None:
    good = pki.crl()
    forged = signed(der.read_one(good).value().encoded, sm2.generate_key())
    for crls, code in (
        ([forged], "crl_invalid"),
        ([good, forged], "crl_invalid"),
        ([good + b"\x00"], "crl_unreadable"),
    ):
        found = of_bidder(pki, bidder, crls=crls)
        assert (found.verdict, codes(found)) == (FAILED, {code})


def test_embedded_list_of_a_stranger_fails_and_one_of_the_trust_list_is_ignored(pki: Pki, bidder: Party) -> None:
    stranger = pki.crl(centre=True)
    assert codes(of_bidder(pki, bidder, crls=[stranger])) == {"crl_foreign"}
    assert of_bidder(pki, bidder, trust=pki.trust_with([stranger])).verdict is PASSED


def test_list_signed_by_a_ca_without_that_right_fails(pki: Pki) -> None:
    middle, key = sm2.generate_key(), sm2.generate_key()
    is_ca = extension(oids.BASIC_CONSTRAINTS, bytes.fromhex("30030101ff"), critical=True)
    middle_ca = certificate(
        pki.root.private,
        parse(pki.root.certificate).subject_der,
        Subject("不签列表").der(),
        middle.public,
        extensions=(is_ca, key_usage("key_cert_sign")),
    )
    leaf = issue_leaf(Subject("某公司"), key.public, "sign", middle, middle_ca, **DATES)
    crl = issue_crl(middle, middle_ca, this_update=NOT_BEFORE, next_update=NOT_AFTER)
    found = assess(parse(leaf), [middle_ca], pki.trust, crls=[crl])
    assert (found.verdict, codes(found)) == (FAILED, {"crl_invalid"})

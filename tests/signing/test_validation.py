"""Reports on detached signatures: FAILED for anything broken, INDETERMINATE without trust, PASSED when proven."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.messages import LANGUAGES, load
from signing import errors
from signing.cms.signed_data import sign_detached
from signing.validation.report import Check, SignatureReport, Verdict, combine
from signing.validation.signature import assess_detached
from signing.x509.issue import Revocation
from tests.pki import SIGNED_AT, Party, Pki, make_pki, shared_pki

CONTENT = b"manifest bytes"
NOW = SIGNED_AT + timedelta(days=30)
BIDDER = frozenset({"bidder"})


@pytest.fixture(scope="module")
def pki() -> Pki:
    return shared_pki()


@pytest.fixture(scope="module")
def bidder(pki: Pki) -> Party:
    return pki.party("华夏测试建设有限公司", "91999999MA0000001X")


@pytest.fixture(scope="module")
def message(bidder: Party) -> bytes:
    return sign_detached(CONTENT, bidder.signer, signed_at=SIGNED_AT)


def failed_codes(report: SignatureReport) -> set[str]:
    return {check.code for check in report.checks if check.verdict is not Verdict.PASSED}


def test_sound_signature_passes_and_names_signer_and_roles(pki: Pki, bidder: Party, message: bytes) -> None:
    report = assess_detached(message, CONTENT, trust=pki.trust, roles=BIDDER, now=NOW)
    assert report.verdict is Verdict.PASSED
    assert report.signer == bidder.sign_certificate
    assert report.signed_at == SIGNED_AT
    assert "bidder" in report.roles
    assert {check.name for check in report.checks} == {"integrity", "time", "path"}


def test_without_trust_it_is_indeterminate(message: bytes) -> None:
    report = assess_detached(message, CONTENT, trust=None, roles=None, now=NOW)
    assert (report.verdict, failed_codes(report)) == (Verdict.INDETERMINATE, {"signing.path.no_trust"})
    assert report.signer is not None


def test_with_foreign_trust_it_is_indeterminate(message: bytes) -> None:
    report = assess_detached(message, CONTENT, trust=make_pki().trust, roles=BIDDER, now=NOW)
    assert report.verdict is Verdict.INDETERMINATE


def test_other_content_garbage_and_nothing_fail_without_naming_a_signer(pki: Pki, message: bytes) -> None:
    for untrusted, content in ((message, b"other"), (message[:-1], CONTENT), (b"", CONTENT), (b"\x30\x00", CONTENT)):
        report = assess_detached(untrusted, content, trust=pki.trust, roles=None, now=NOW)
        assert report.verdict is Verdict.FAILED
        assert (report.signer, report.signed_at, report.roles) == (None, None, frozenset())


def test_every_flipped_byte_fails_with_and_without_trust(pki: Pki, message: bytes) -> None:
    for place in range(len(message)):
        changed = message[:place] + bytes((message[place] ^ 0x20,)) + message[place + 1 :]
        trust = pki.trust if place % 2 else None
        assert assess_detached(changed, CONTENT, trust=trust, roles=None, now=NOW).verdict is Verdict.FAILED


@given(st.binary(max_size=400))
def test_report_never_raises_for_what_is_in_the_bytes(untrusted: bytes) -> None:
    report = assess_detached(untrusted, CONTENT, trust=None, roles=None, now=NOW)
    assert report.verdict is Verdict.FAILED


def test_wrong_role_fails(pki: Pki, message: bytes) -> None:
    report = assess_detached(message, CONTENT, trust=pki.trust, roles=frozenset({"centre"}), now=NOW)
    assert (report.verdict, failed_codes(report)) == (Verdict.FAILED, {"signing.path.role_refused"})


def test_expired_today_but_valid_when_signed_passes(pki: Pki, message: bytes) -> None:
    late = SIGNED_AT + timedelta(days=365 * 30)
    assert assess_detached(message, CONTENT, trust=pki.trust, roles=BIDDER, now=late).verdict is Verdict.PASSED


def test_signed_in_the_future_is_indeterminate_beyond_the_tolerance(pki: Pki, message: bytes) -> None:
    for now, expected in (
        (SIGNED_AT - timedelta(minutes=5), Verdict.PASSED),
        (SIGNED_AT - timedelta(minutes=5, seconds=1), Verdict.INDETERMINATE),
    ):
        assert assess_detached(message, CONTENT, trust=pki.trust, roles=BIDDER, now=now).verdict is expected


def test_embedded_list_is_used(pki: Pki, bidder: Party) -> None:
    entry = Revocation(bidder.sign_certificate.serial, SIGNED_AT - timedelta(days=1))
    for crl, expected in ((pki.crl(), Verdict.PASSED), (pki.crl([entry]), Verdict.FAILED)):
        message = sign_detached(CONTENT, bidder.signer, signed_at=SIGNED_AT, crls=[crl])
        assert assess_detached(message, CONTENT, trust=pki.trust, roles=BIDDER, now=NOW).verdict is expected


def test_required_list_that_is_absent_is_indeterminate(pki: Pki, message: bytes) -> None:
    report = assess_detached(message, CONTENT, trust=pki.trust, roles=BIDDER, now=NOW, require_crl=True)
    assert (report.verdict, failed_codes(report)) == (Verdict.INDETERMINATE, {"signing.path.crl_absent"})


def test_verdicts_combine_by_the_worst_and_nothing_proves_nothing() -> None:
    passed, unknown, failed = Verdict.PASSED, Verdict.INDETERMINATE, Verdict.FAILED
    assert combine([]) is unknown
    assert combine([passed, passed]) is passed
    assert combine([passed, unknown]) is unknown
    assert combine([unknown, failed, passed]) is failed
    assert SignatureReport(()).verdict is unknown
    assert SignatureReport((Check("x", failed, "code"),)).verdict is failed


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_and_reason_of_the_signing_rooms_has_a_sentence(language: str) -> None:
    catalogue = load(language)
    root = Path(errors.__file__).parent
    for room in ("gm", "x509", "cms", "validation", "providers"):
        for path in sorted((root / room).glob("*.py")):
            text = path.read_text("utf-8")
            for code in re.findall(r'"(signing\.(?:path|check)\.[a-z_]+)"', text):
                assert catalogue.has(code), code
            for reason in re.findall(r'reason="([^"]*)"', text):
                assert catalogue.has(f"signing.reason.{reason}"), reason
    for value in vars(errors).values():
        if isinstance(value, type) and issubclass(value, errors.SigningError):
            assert catalogue.has(value.code), value.code

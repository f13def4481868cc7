"""No byte of a signed report is malleable, and what a viewer shows is what was verified."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from signing.cms.signed_data import sign_detached
from signing.errors import SignatureInvalid
from signing.pdf import revision
from signing.pdf.closing_signature import parse_last_signature
from signing.pdf.layout import HEX_LENGTH, MARKER
from signing.pdf.revision import Field, OpenRevision, append_revision
from signing.pdf.sign import append_and_sign, sign_revision
from signing.pdf.verify import assess_pdf
from signing.validation.report import SignatureReport, Verdict
from tests.pki import SIGNED_AT, Party, Pki
from tests.signing_pdf.conftest import NOW

FIELD = Field("Closing", SIGNED_AT, "", "")


@pytest.fixture(scope="module")
def assess(pki: Pki) -> Callable[[bytes], SignatureReport]:
    return partial(assess_pdf, trust=pki.trust, roles=None, now=NOW)


def test_any_flipped_byte_fails(signed: bytes, assess: Callable[[bytes], SignatureReport]) -> None:
    first, second = parse_last_signature(signed).gap
    message = [first + 1 + offset for offset in range(0, 2400, 40)]
    edges = [0, 5, first - 1, first, first + 1, second - 2, second - 1, second, len(signed) - 1, len(signed) - 7]
    places = sorted({*random.Random(20261122).sample(range(len(signed)), 230), *message, *edges})
    assert len(places) >= 295
    for place in places:
        bad = bytearray(signed)
        bad[place] ^= 1 << (place % 8)
        report = assess(bytes(bad))
        assert report.verdict is Verdict.FAILED, place


def test_other_spellings_of_the_same_message_fail(signed: bytes) -> None:
    first, second = parse_last_signature(signed).gap
    digits = signed[first + 1 : second - 1]
    for wrong, reason in (
        (digits.upper(), "hex"),
        (digits[:-2] + b"00 "[:2].replace(b"00", b"01"), "padding"),
        (digits[:-1] + b" ", "hex"),
        (b"3080" + digits[4:], "padding"),
        (b"0" * len(digits), "padding"),
    ):
        with pytest.raises(SignatureInvalid) as caught:
            parse_last_signature(signed[: first + 1] + wrong + signed[second - 1 :])
        assert caught.value.params["reason"] == reason


@pytest.mark.parametrize("tail", [b"\n", b" ", b"\x00", b"%%EOF\n", b"\nstartxref\n0\n%%EOF\n"])
def test_nothing_may_follow(signed: bytes, tail: bytes, assess: Callable[[bytes], SignatureReport]) -> None:
    assert assess(signed + tail).verdict is Verdict.FAILED


@pytest.mark.parametrize("cut", [1, 7, 100, 40_000])
def test_cut_file_fails(signed: bytes, cut: int, assess: Callable[[bytes], SignatureReport]) -> None:
    assert assess(signed[:-cut]).verdict is Verdict.FAILED


def test_second_revision_after_the_signature_fails(
    signed: bytes, page: bytes, centre: Party, assess: Callable[[bytes], SignatureReport]
) -> None:
    update = b"\n1 0 obj\n<</Type/Pages/Count 0/Kids[]>>\nendobj\nxref\n1 1\n%010d 00000 n \ntrailer\n<</Size 2>>\n"
    start = len(signed) + len(update % 0) - len(b"xref\n1 1\n0000000000 00000 n \ntrailer\n<</Size 2>>\n")
    assert assess(signed + update % (len(signed) + 1) + b"startxref\n%d\n%%%%EOF\n" % start).verdict is Verdict.FAILED


@pytest.mark.parametrize(
    ("untrusted", "code"),
    [(b"", "pdf.failed.not_pdf"), (b"PK\x03\x04", "pdf.failed.not_pdf"), (b"%PDF-1.7\n%%EOF\n", "pdf.unsigned")],
)
def test_what_is_no_signed_pdf_fails_with_its_reason(
    untrusted: bytes, code: str, assess: Callable[[bytes], SignatureReport]
) -> None:
    report = assess(untrusted)
    assert report.verdict is Verdict.FAILED
    assert [check.code for check in report.checks] == [code]


def test_unsigned_report_fails(frozen: bytes, assess: Callable[[bytes], SignatureReport]) -> None:
    assert [check.code for check in assess(frozen).checks] == ["pdf.unsigned"]


def test_signature_of_other_content_fails(
    signed: bytes, centre: Party, assess: Callable[[bytes], SignatureReport]
) -> None:
    first, _ = parse_last_signature(signed).gap
    other = sign_detached(b"something else", centre.signer, signed_at=SIGNED_AT).hex().encode().ljust(HEX_LENGTH, b"0")
    report = assess(signed[: first + 1] + other + signed[first + 1 + HEX_LENGTH :])
    assert report.verdict is Verdict.FAILED
    assert report.signer is None


def forged(opened: OpenRevision, centre: Party, old: bytes, new: bytes) -> bytes:
    """A revision with one replacement of equal length, signed over everything by a trusted signer."""
    assert len(old) == len(new)
    at = opened.content.rindex(old)
    assert at > opened.content.rindex(MARKER)
    content = opened.content[:at] + new + opened.content[at + len(old) :]
    return sign_revision(OpenRevision(content, opened.range_at), centre.signer, signed_at=SIGNED_AT)


FORGERIES = [
    (b"/V ", b"/W ", "not_shown"),  # the field has no value
    (b"/FT /Sig", b"/FT /Btn", "not_shown"),
    (b"/Type/Sig/Filter", b"/Type/Gis/Filter", "not_shown"),
    (b"/SubFilter/adbe.pkcs7.detached", b"/SubFilter/adbe.pkcs7.Detached", "not_shown"),
    (b"/AcroForm", b"/AcroFarm", "not_shown"),
    (b"/SigFlags 3", b"/XFA (    )", "not_shown"),  # a form with pages of its own
    (b"/Rect [ 0 0 0 0 ]", b"/Rect [ 0 0 9 9 ]", "not_shown"),
    (b"/Lang (zh-CN)", b"/Lang (en-US)", "frozen_changed"),
    (b"/Count 5", b"/Count 4", "frozen_changed"),
    (b"/Prev ", b"/Perv ", "structure"),
    (b"/Root ", b"/Boot ", "structure"),
]


@pytest.mark.parametrize(("old", "new", "reason"), FORGERIES)
def test_signer_cannot_make_a_viewer_show_something_else(
    old: bytes, new: bytes, reason: str, frozen: bytes, page: bytes, centre: Party,
    assess: Callable[[bytes], SignatureReport],
) -> None:  # fmt: skip
    opened = append_revision(frozen, page, FIELD)
    report = assess(forged(opened, centre, old, new))
    assert report.checks[1].verdict is Verdict.PASSED, "the signature itself is right"
    assert report.checks[-1].code == f"pdf.failed.{reason}"
    assert report.verdict is Verdict.FAILED


@pytest.mark.parametrize(("old", "new"), [(b"/MediaBox [ 0 0 5", b"/MediaBox [ 0 0 4"), (b"/Annots [ ", b"/Annets [ ")])
def test_field_on_a_frozen_page_changes_nothing_else_of_it(
    old: bytes, new: bytes, frozen: bytes, centre: Party, assess: Callable[[bytes], SignatureReport]
) -> None:
    report = assess(forged(append_revision(frozen, None, FIELD), centre, old, new))
    assert report.checks[-1].code == "pdf.failed.frozen_changed"


def rebuilt(opened: OpenRevision, frozen: bytes, extra: dict[int, bytes]) -> OpenRevision:
    """The revision with more objects, its cross-reference table written anew."""
    text = opened.content[len(frozen) :]
    objects = {
        int(found[1]): found[2] for found in re.finditer(rb"\n(\d+) 0 obj\n(.*?)\nendobj(?=\n)", text, re.DOTALL)
    }
    signature = next(number for number, body in objects.items() if b"/ByteRange" in body)
    last = objects.pop(signature)
    ordered = [((number, 0), body) for number, body in sorted({**objects, **extra}.items())]
    content, offsets = revision._written(frozen, [*ordered, ((signature, 0), last)])
    trailer = re.findall(rb"\ntrailer\n(.*)\nstartxref", text, re.DOTALL)[-1]
    whole = content + revision._cross_reference(offsets, len(content), trailer)
    return OpenRevision(whole, whole.rindex(b"/ByteRange"))


def test_revision_that_replaces_a_page_of_the_frozen_report_fails(
    frozen: bytes, page: bytes, centre: Party, assess: Callable[[bytes], SignatureReport]
) -> None:
    opened = append_revision(frozen, page, FIELD)
    harmless = rebuilt(opened, frozen, {})
    assert assess(sign_revision(harmless, centre.signer, signed_at=SIGNED_AT)).verdict is Verdict.PASSED
    contents = int(re.findall(rb"/Contents (\d+) 0 R", frozen)[0])
    shadow = rebuilt(opened, frozen, {contents: b"<</Length 0>>\nstream\n\nendstream"})
    report = assess(sign_revision(shadow, centre.signer, signed_at=SIGNED_AT))
    assert report.checks[-1].code == "pdf.failed.frozen_changed"


def test_marker_elsewhere_fails(
    frozen: bytes, page: bytes, centre: Party, assess: Callable[[bytes], SignatureReport]
) -> None:
    opened = append_revision(frozen, page, FIELD)
    right, wrong = MARKER + b"%d" % len(frozen), MARKER + b"%d" % (len(frozen) - 1)
    content = opened.content.replace(right, wrong)
    report = assess(sign_revision(OpenRevision(content, opened.range_at), centre.signer, signed_at=SIGNED_AT))
    assert report.checks[-1].code == "pdf.failed.marker"


def test_signing_time_after_now_is_not_passed(frozen: bytes, page: bytes, centre: Party, pki: Pki) -> None:
    late = datetime(2026, 4, 1, tzinfo=UTC)
    signed = append_and_sign(frozen, page, centre.signer, signed_at=late, field_name="Closing")
    assert assess_pdf(signed, trust=pki.trust, roles=None, now=NOW).verdict is Verdict.INDETERMINATE


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(start=st.floats(0, 1), length=st.integers(0, 60), put=st.binary(max_size=60))
def test_any_splice_fails_and_never_raises(
    start: float, length: int, put: bytes, signed: bytes, assess: Callable[[bytes], SignatureReport]
) -> None:
    at = int(start * len(signed))
    spliced = signed[:at] + put + signed[at + length :]
    assume(spliced != signed)
    assert assess(spliced).verdict is Verdict.FAILED


def test_a_signer_with_a_broken_revision_gets_a_verdict_not_a_crash(
    frozen: bytes, page: bytes, centre: Party, assess: Callable[[bytes], SignatureReport]
) -> None:
    opened = append_revision(frozen, page, FIELD)
    random_source = random.Random(7)
    for _ in range(30):
        content = bytearray(opened.content)
        for _ in range(random_source.choice([1, 3, 40])):
            place = random_source.randrange(len(frozen) + 40, opened.range_at)
            content[place] = random_source.randrange(256)
        report = assess(
            sign_revision(OpenRevision(bytes(content), opened.range_at), centre.signer, signed_at=SIGNED_AT)
        )
        assert report.checks[1].verdict is Verdict.PASSED
        assert report.checks[-1].code.startswith("pdf.")

"""Closing a report: the frozen bytes stay, one page and one signature are added, and other readers agree."""

from __future__ import annotations

import io

import pikepdf
import pypdf
import pytest
from asn1crypto import algos, cms
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation.status import SignatureCoverageLevel

from core.documents.pdf_check import check_archive_form
from core.documents.pdf_pages import page_texts
from signing.errors import PdfUnfit
from signing.gm.sm3 import sm3
from signing.pdf.closing_signature import parse_last_signature
from signing.pdf.layout import GAP_LENGTH, MARKER
from signing.pdf.sign import append_and_sign
from signing.pdf.verify import assess_pdf
from signing.validation.report import Verdict
from tests.pki import SIGNED_AT, Party, Pki
from tests.signing_pdf.conftest import NOW


def test_signed_report_passes_for_its_signer(signed: bytes, frozen: bytes, pki: Pki, centre: Party) -> None:
    report = assess_pdf(signed, trust=pki.trust, roles=frozenset({"centre"}), now=NOW)
    assert report.verdict is Verdict.PASSED, report.checks
    assert report.signer is not None
    assert report.signer.sm3 == centre.sign_certificate.sm3
    assert report.signed_at == SIGNED_AT
    shown, kept = report.checks[-2:]
    assert (shown.code, dict(shown.params)) == ("pdf.shown", {"field": "Closing"})
    assert kept.code == "pdf.frozen"
    assert kept.params == {"length": str(len(frozen)), "pages": "4", "sm3": sm3(frozen).hex()}


def test_without_trust_it_is_indeterminate_and_for_another_role_it_fails(signed: bytes, pki: Pki) -> None:
    assert assess_pdf(signed, trust=None, roles=None, now=NOW).verdict is Verdict.INDETERMINATE
    assert assess_pdf(signed, trust=pki.trust, roles=frozenset({"bidder"}), now=NOW).verdict is Verdict.FAILED


def test_frozen_bytes_are_the_exact_prefix(signed: bytes, frozen: bytes) -> None:
    parsed = parse_last_signature(signed)
    assert parsed.revision_start == len(frozen)
    assert sm3(signed[: parsed.revision_start]) == sm3(frozen)
    assert signed[len(frozen) :].startswith(b"\n" + MARKER + b"%d\n" % len(frozen))


def test_the_page_is_added_at_the_end_with_its_fonts(signed: bytes, frozen: bytes, page: bytes) -> None:
    texts = page_texts(signed)
    assert texts == (*page_texts(frozen), *page_texts(page))
    assert check_archive_form(signed).clean
    by_pypdf = [one.extract_text() for one in pypdf.PdfReader(io.BytesIO(signed)).pages]
    assert len(by_pypdf) == 5
    assert "签署页" in by_pypdf[-1]


def test_only_the_message_differs_between_two_runs(signed: bytes, frozen: bytes, page: bytes, centre: Party) -> None:
    again = append_and_sign(
        frozen, page, centre.signer, signed_at=SIGNED_AT, field_name="Closing", reason="评标报告封签",
        location="Test (centre)",
    )  # fmt: skip
    first, second = parse_last_signature(signed), parse_last_signature(again)
    assert first.signed_bytes == second.signed_bytes
    assert first.gap == second.gap


def test_without_a_page_the_field_stands_on_the_last_page(frozen: bytes, centre: Party, pki: Pki) -> None:
    signed = append_and_sign(frozen, None, centre.signer, signed_at=SIGNED_AT, field_name="Closing")
    report = assess_pdf(signed, trust=pki.trust, roles=frozenset({"centre"}), now=NOW)
    assert report.verdict is Verdict.PASSED, report.checks
    with pikepdf.open(io.BytesIO(signed)) as pdf:
        assert pdf.pages[-1].Annots[-1].T == "Closing"


def test_pyhanko_sees_one_signature_over_the_entire_file(signed: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    # GB/T 35275 spells PKCS#7 with its own identifiers; asn1crypto must know them to walk the message.
    for names, identifier, name in (
        (cms.ContentType, "1.2.156.10197.6.1.4.2.2", "signed_data"),
        (cms.ContentType, "1.2.156.10197.6.1.4.2.1", "data"),
        (algos.DigestAlgorithmId, "1.2.156.10197.1.401", "sm3"),
    ):
        monkeypatch.setitem(names._map, identifier, name)
        monkeypatch.setattr(names, "_reverse_map", None)
    reader = PdfFileReader(io.BytesIO(signed))
    (embedded,) = reader.embedded_signatures
    assert embedded.field_name == "Closing"
    assert embedded.evaluate_signature_coverage() is SignatureCoverageLevel.ENTIRE_FILE
    assert embedded.compute_integrity_info() is None
    assert str(embedded.sig_object["/Reason"]) == "评标报告封签"
    assert str(embedded.sig_object["/Location"]) == "Test (centre)"
    first, second = parse_last_signature(signed).gap
    assert second - first == GAP_LENGTH
    assert [int(number) for number in embedded.byte_range] == [0, first, second, len(signed) - second]
    assert embedded.compute_digest() == sm3(parse_last_signature(signed).signed_bytes)


def changed(pdf: bytes, **options: object) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        opened.save(out, **options)  # type: ignore[arg-type]
    return out.getvalue()


@pytest.mark.parametrize("reason", ["ending", "xref_stream", "form_or_encryption", "not_one_page", "field_name"])
def test_what_cannot_be_closed_is_refused(
    reason: str, frozen: bytes, page: bytes, signed: bytes, centre: Party
) -> None:
    inputs = {
        "ending": (frozen + b"x", page, "Closing"),
        "xref_stream": (changed(frozen, object_stream_mode=pikepdf.ObjectStreamMode.generate), page, "Closing"),
        "form_or_encryption": (signed, page, "Closing"),
        "not_one_page": (frozen, frozen, "Closing"),
        "field_name": (frozen, page, "A.b"),
    }
    first, second, name = inputs[reason]
    with pytest.raises(PdfUnfit) as caught:
        append_and_sign(first, second, centre.signer, signed_at=SIGNED_AT, field_name=name)
    assert caught.value.params["reason"] == reason

"""Reads and judges the closing signature of a PDF (docs/spec/report-pdf.md §4): a report, not an exception."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from signing.canonical_json import Json
from signing.errors import SignatureInvalid
from signing.gm.sm3 import sm3
from signing.pdf.child_process import ask_child
from signing.pdf.closing_signature import PdfSignature, parse_last_signature
from signing.validation.report import Check, SignatureReport, Verdict
from signing.validation.signature import assess_detached
from signing.x509.trust import TrustList

CHILD = "signing.pdf.child"
INTEGRITY = "pdf"  # name of the checks of this room


def assess_pdf(
    untrusted: bytes,
    *,
    trust: TrustList | None,
    roles: frozenset[str] | None,
    now: datetime,
    require_crl: bool = False,
) -> SignatureReport:
    """Whether the last signature covers this whole file, is right, is what a viewer shows, and only added a page.

    Checks in the order of the specification; after a failure the later ones are not run. Never raises for any bytes.
    The check ``pdf.frozen`` names length, pages and SM3 of the frozen prefix.
    """
    try:
        signature = parse_last_signature(untrusted)
    except SignatureInvalid as refused:
        return _unsound(refused.params["reason"])
    report = assess_detached(
        signature.cms_der, signature.signed_bytes, trust=trust, roles=roles, now=now, require_crl=require_crl
    )
    checks = [Check(INTEGRITY, Verdict.PASSED, "pdf.covers_file", {}), *report.checks]
    if report.verdict is not Verdict.FAILED:
        checks += _structure(untrusted, signature)
    return replace(report, checks=tuple(checks))


def _unsound(reason: str) -> SignatureReport:
    code = "pdf.unsigned" if reason == "unsigned" else f"pdf.failed.{reason}"
    check = Check(INTEGRITY, Verdict.FAILED, code, {})
    return SignatureReport(checks=(check,), signer=None, signed_at=None, roles=frozenset())


def _structure(untrusted: bytes, signature: PdfSignature) -> list[Check]:
    """What a PDF parser sees, asked in a child process."""
    first, second = signature.gap
    places: Mapping[str, Json] = {"first": first, "second": second, "frozen_length": signature.revision_start}
    answer = ask_child(CHILD, "structure", untrusted, places)
    found = answer.value if isinstance(answer.value, Mapping) else {"reason": "structure"}
    if answer.failure:
        found = {"reason": "structure" if answer.failure == "unreadable" else "unchecked"}
    if found.get("reason") != "":
        return [Check(INTEGRITY, Verdict.FAILED, f"pdf.failed.{found.get('reason')}", {})]
    frozen = {
        "length": str(signature.revision_start),
        "pages": str(found["frozen_pages"]),
        "sm3": sm3(untrusted[: signature.revision_start]).hex(),
    }
    return [
        Check(INTEGRITY, Verdict.PASSED, "pdf.shown", {"field": str(found["field"])}),
        Check(INTEGRITY, Verdict.PASSED, "pdf.frozen", frozen),
    ]

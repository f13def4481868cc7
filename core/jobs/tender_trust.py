"""Opening a tender package only if its signer may speak for a tender by the given trust list."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from core.errors import StepNotAllowed
from core.formats.assess import assess_package
from core.formats.tender_package import OpenedTender, open_tender_package
from signing.validation.report import Verdict, combine
from signing.x509.trust import TrustList

TENDER_ROLES = frozenset({"tenderer", "agency"})


def open_trusted_tender(path: Path, trust: TrustList | None, *, now: datetime) -> OpenedTender:
    """The tender of a package that PASSED; raises StepNotAllowed where trust is missing or does not hold."""
    opened = open_tender_package(path)
    reports = assess_package(opened.package, trust=trust, roles=TENDER_ROLES, now=now)
    own = all(report.signer is not None and opened.may_be_issued_by(report.signer) for report in reports)
    if not own or combine(report.verdict for report in reports) is not Verdict.PASSED:
        raise StepNotAllowed(step="tender", reason="tender_not_trusted")
    return opened

"""For whom an intact package speaks: one report per signature, to be read by a person or ``verify``."""

from __future__ import annotations

from datetime import datetime

from core.formats.package import Package
from signing.validation.report import SignatureReport
from signing.validation.signature import assess_detached
from signing.x509.trust import TrustList


def assess_package(
    package: Package,
    *,
    trust: TrustList | None,
    roles: frozenset[str] | None,
    now: datetime,
    require_crl: bool = False,
) -> tuple[SignatureReport, ...]:
    """One report for each signature, in the order of the manifest's signers; without trust INDETERMINATE at best.

    ``roles``: which roles of the trust list may sign this kind; None: any.
    """
    return tuple(
        assess_detached(signature, package.manifest_bytes, trust=trust, roles=roles, now=now, require_crl=require_crl)
        for signature in package.signatures
    )

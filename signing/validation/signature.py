"""Assessing a detached signature: integrity first, then time, then the path of its signer."""

from __future__ import annotations

from datetime import datetime, timedelta

from signing.cms.signed_data import SignedDetached, verify_detached
from signing.errors import SigningError
from signing.validation.report import Check, SignatureReport, Verdict
from signing.x509.path import assess_path
from signing.x509.trust import TrustList

CLOCK_TOLERANCE = timedelta(minutes=5)  # between the signer's clock and ours


def assess_detached(
    untrusted_der: bytes,
    content: bytes,
    *,
    trust: TrustList | None,
    roles: frozenset[str] | None,
    now: datetime,
    require_crl: bool = False,
) -> SignatureReport:
    """A report on ``untrusted_der`` as signature over ``content``; never raises for what is in the bytes.

    Anything structurally or cryptographically wrong is FAILED. The path is assessed at the signing time, which is the
    signer's own claim; one that lies after ``now`` (aware) is INDETERMINATE, for either clock may be wrong. ``roles``
    as in :func:`signing.x509.path.assess_path`.
    """
    try:
        signed = verify_detached(untrusted_der, content)
    except SigningError as error:
        return SignatureReport((Check("integrity", Verdict.FAILED, error.code, error.params),))
    path = assess_path(
        signed.signer,
        signed.certificates[1:],
        trust,
        at=signed.signed_at,
        usage="sign",
        roles=roles,
        crls=signed.crls,
        require_crl=require_crl,
    )
    checks = (
        Check("integrity", Verdict.PASSED, "signing.check.integrity", {"signer": signed.signer.subject.common_name}),
        _time_check(signed, now),
        *(Check("path", reason.verdict, reason.code, reason.params) for reason in path.reasons),
    )
    return SignatureReport(checks, signed.signer, signed.signed_at, path.roles)


def _time_check(signed: SignedDetached, now: datetime) -> Check:
    params = {"signed_at": signed.signed_at.isoformat(), "now": now.isoformat()}
    if signed.signed_at > now + CLOCK_TOLERANCE:
        return Check("time", Verdict.INDETERMINATE, "signing.check.time_in_future", params)
    return Check("time", Verdict.PASSED, "signing.check.time_claimed", params)

"""Whether the certificates of a path were revoked at a time: good, revoked or unknown, never guessed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import pairwise

from signing.errors import CertificateInvalid
from signing.x509.certificate import Certificate
from signing.x509.chain import is_signed_by, key_ids_agree
from signing.x509.crl import Entry, RevocationList, parse_crl
from signing.x509.verdict import Reason, Verdict

# A key given up for these reasons was sound before; for any other, whoever had it could have back-dated a signature.
HARMLESS_LATER = frozenset({"affiliation_changed", "superseded", "cessation_of_operation"})


@dataclass(frozen=True, slots=True)
class RevocationInput:
    """The lists at hand: those embedded in the artefact and those of the trust list, and whether one is demanded."""

    embedded: Sequence[bytes] = ()
    trusted: Sequence[bytes] = ()
    required: bool = False


def revocation_reasons(
    path: Sequence[Certificate], complete: bool, lists: RevocationInput, at: datetime
) -> tuple[Reason, ...]:
    """Reasons for every certificate of the path that has its issuer above it.

    A list that is there and does not verify fails; one that does not cover ``at`` counts as absent; an absent one is
    a remark, or INDETERMINATE where required.
    """
    reasons: list[Reason] = []
    embedded, broken = _parsed(lists.embedded)
    trusted, broken_trusted = _parsed(lists.trusted)
    reasons += broken + broken_trusted
    claimed: set[bytes] = set()
    for certificate, issuer in pairwise(path):
        relevant = [one for one in (*embedded, *trusted) if _is_list_of(one, issuer)]
        claimed.update(one.der for one in relevant)
        believed = [one for one in relevant if _is_sound(one, issuer)]
        if len(believed) != len(relevant):
            reasons.append(Reason("signing.path.crl_invalid", {"issuer": issuer.subject.common_name}))
        reasons.append(_status(certificate, believed, at, lists.required))
    if any(one.der not in claimed for one in embedded):
        verdict = Verdict.FAILED if complete else Verdict.INDETERMINATE
        reasons.append(Reason("signing.path.crl_foreign", {}, verdict))
    return tuple(reasons)


def _status(certificate: Certificate, believed: Sequence[RevocationList], at: datetime, required: bool) -> Reason:
    subject = {"subject": certificate.subject.common_name}
    entries = [one.entries[certificate.serial] for one in believed if certificate.serial in one.entries]
    if entries:
        return _revoked(min(entries, key=lambda entry: entry.at), subject, at)
    if any(one.this_update <= at <= one.next_update for one in believed):
        return Reason("signing.path.not_revoked", subject, Verdict.PASSED)
    code = "signing.path.crl_outdated" if believed else "signing.path.crl_absent"
    return Reason(code, subject, Verdict.INDETERMINATE if required else Verdict.PASSED)


def _revoked(entry: Entry, subject: dict[str, str], at: datetime) -> Reason:
    params = {**subject, "at": entry.at.isoformat(), "reason": entry.reason}
    if entry.at <= at:
        return Reason("signing.path.revoked", params)
    verdict = Verdict.PASSED if entry.reason in HARMLESS_LATER else Verdict.INDETERMINATE
    return Reason("signing.path.revoked_later", params, verdict)


def _is_list_of(one: RevocationList, issuer: Certificate) -> bool:
    return one.issuer_der == issuer.subject_der and key_ids_agree(one.authority_key_id, issuer.subject_key_id)


def _is_sound(one: RevocationList, issuer: Certificate) -> bool:
    return "crl_sign" in issuer.key_usage and is_signed_by(one.signed_part, one.signature, issuer)


def _parsed(encoded: Sequence[bytes]) -> tuple[list[RevocationList], list[Reason]]:
    found: list[RevocationList] = []
    broken: list[Reason] = []
    for one in encoded:
        try:
            found.append(_parse_once(one))
        except CertificateInvalid:
            broken.append(Reason("signing.path.crl_unreadable"))
    return found, broken


@lru_cache(maxsize=32)
def _parse_once(encoded: bytes) -> RevocationList:
    return parse_crl(encoded)

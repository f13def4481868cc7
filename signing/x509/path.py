"""Path validation: does a certificate lead to a trusted root, at a time, for a use and in a role?

Source: RFC 5280 section 6 with an SM2 key at every step; the shell model (every certificate valid at the time asked).
The trust list decides roles; the artefact's own certificates only help to find the path.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Literal

from signing.x509.certificate import Certificate
from signing.x509.chain import Candidate, End, candidate_paths
from signing.x509.purpose import is_encryption_certificate, is_signing_certificate
from signing.x509.revocation import RevocationInput, revocation_reasons
from signing.x509.trust import TrustedIssuer, TrustList
from signing.x509.verdict import Reason, Verdict, combine

__all__ = ["PathAssessment", "Reason", "Usage", "Verdict", "assess_path"]

Usage = Literal["sign", "encrypt"]

_PREFERENCE = MappingProxyType({Verdict.PASSED: 0, Verdict.FAILED: 1, Verdict.INDETERMINATE: 2})


@dataclass(frozen=True, slots=True)
class PathAssessment:
    """The verdict on a certificate, why, by which chain (leaf first) and for which roles its CA speaks."""

    verdict: Verdict
    reasons: tuple[Reason, ...]
    chain: tuple[Certificate, ...]
    roles: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Question:
    trust: TrustList | None
    at: datetime
    usage: Usage | None
    roles: frozenset[str] | None
    lists: RevocationInput


def assess_path(
    leaf: Certificate,
    extra: Sequence[Certificate],
    trust: TrustList | None,
    *,
    at: datetime,
    usage: Usage | None,
    roles: frozenset[str] | None,
    crls: Sequence[bytes] = (),
    require_crl: bool = False,
) -> PathAssessment:
    """Assesses ``leaf`` at the time ``at`` (aware).

    PASSED needs a complete, sound path to a trusted root. Without trust, or with an unknown root, an intact path is
    INDETERMINATE. ``usage`` None asks for no key usage; ``roles`` None asks for none, else one of them must be among
    those of the trust list. ``crls`` are those embedded in the artefact. Of several paths the best one speaks.
    """
    lists = RevocationInput(tuple(crls), trust.crls if trust is not None else (), require_crl)
    question = _Question(trust, at, usage, roles, lists)
    roots = {} if trust is None else {root.certificate.sm3: root.certificate for root in trust.roots}
    assessments = [_assess(candidate, question) for candidate in candidate_paths(leaf, extra, roots)]
    return min(assessments, key=lambda one: _PREFERENCE[one.verdict])


def _assess(candidate: Candidate, question: _Question) -> PathAssessment:
    path = candidate.certificates
    entry = _speaking_issuer(candidate, question)
    reasons = (
        _end_reason(candidate, question),
        *_leaf_reasons(path[0], question.usage),
        *(reason for one in path for reason in _validity_reasons(one, question.at)),
        *(reason for one in path for reason in _critical_reasons(one)),
        *_authority_reasons(path),
        *revocation_reasons(_linked(candidate), candidate.end is End.TRUSTED, question.lists, question.at),
        *_role_reasons(entry, candidate, question),
    )
    roles = entry.roles if entry is not None else frozenset()
    return PathAssessment(combine(reason.verdict for reason in reasons), reasons, path, roles)


def _end_reason(candidate: Candidate, question: _Question) -> Reason:
    last = candidate.certificates[-1]
    if candidate.end is End.TRUSTED and question.trust is not None:
        name = next(root.name for root in question.trust.roots if root.certificate.sm3 == last.sm3)
        return Reason("signing.path.trusted", {"root": name}, Verdict.PASSED)
    if candidate.end is End.BROKEN:
        below = candidate.certificates[-2].subject.common_name
        return Reason("signing.path.link_signature", {"subject": below, "issuer": last.subject.common_name})
    if candidate.end is End.TOO_LONG:
        return Reason("signing.path.too_long")
    if question.trust is None:
        return Reason("signing.path.no_trust", {}, Verdict.INDETERMINATE)
    return Reason("signing.path.root_unknown", {"issuer": last.issuer.common_name}, Verdict.INDETERMINATE)


def _leaf_reasons(leaf: Certificate, usage: Usage | None) -> Iterator[Reason]:
    subject = {"subject": leaf.subject.common_name}
    if usage == "sign" and not is_signing_certificate(leaf):
        yield Reason("signing.path.usage_sign", subject)
    if usage == "encrypt" and not is_encryption_certificate(leaf):
        yield Reason("signing.path.usage_encrypt", subject)


def _validity_reasons(certificate: Certificate, at: datetime) -> Iterator[Reason]:
    params = {"subject": certificate.subject.common_name, "at": at.isoformat()}
    if at < certificate.not_before:
        yield Reason("signing.path.not_yet_valid", {**params, "limit": certificate.not_before.isoformat()})
    if at > certificate.not_after:
        yield Reason("signing.path.expired", {**params, "limit": certificate.not_after.isoformat()})


def _critical_reasons(certificate: Certificate) -> Iterator[Reason]:
    for identifier in certificate.unknown_critical:
        yield Reason("signing.path.unknown_critical", {"subject": certificate.subject.common_name, "oid": identifier})


def _authority_reasons(path: Sequence[Certificate]) -> Iterator[Reason]:
    """Every certificate above the leaf must be a CA that may sign certificates, with enough path length."""
    for depth, authority in enumerate(path[1:]):  # depth: CA certificates between this one and the leaf
        subject = {"subject": authority.subject.common_name}
        if not authority.is_ca:
            yield Reason("signing.path.not_ca", subject)
        if "key_cert_sign" not in authority.key_usage:
            yield Reason("signing.path.cannot_issue", subject)
        below = sum(not one.is_self_issued for one in path[1 : depth + 1])
        if authority.path_length is not None and below > authority.path_length:
            yield Reason("signing.path.path_length", subject)


def _linked(candidate: Candidate) -> tuple[Certificate, ...]:
    """The part of the path whose signatures hold."""
    return candidate.certificates[:-1] if candidate.end is End.BROKEN else candidate.certificates


def _speaking_issuer(candidate: Candidate, question: _Question) -> TrustedIssuer | None:
    """The entry of the nearest listed CA above the leaf, if it is recognised at that time."""
    if candidate.end is not End.TRUSTED or question.trust is None:
        return None
    listed = {issuer.sm3: issuer for issuer in question.trust.issuers}
    for authority in candidate.certificates[1:]:
        entry = listed.get(authority.sm3)
        if entry is not None:
            return entry if entry.valid_from <= question.at <= entry.valid_to else None
    return None


def _role_reasons(entry: TrustedIssuer | None, candidate: Candidate, question: _Question) -> Iterator[Reason]:
    if question.roles is None or candidate.end is not End.TRUSTED:
        return
    wanted = {"roles": ", ".join(sorted(question.roles))}
    if entry is None:
        yield Reason("signing.path.role_unknown", wanted, Verdict.INDETERMINATE)
    elif not entry.roles & question.roles:
        yield Reason("signing.path.role_refused", {**wanted, "issuer": entry.name})

"""Whether the certificates of a policy may receive shares, so that nobody loses a bid to a key.

Trust (path, revocation, role) is :mod:`signing.validation` and the caller's; here is what would make a wrap useless.
Source: docs/spec/sealed-bid.md §5; GB/T 20518 dual certificates.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from signing.envelope.header import TIME_FORMAT
from signing.errors import CertificateInvalid, ContainerInvalid
from signing.policy.tree import Leaf, Policy, leaves
from signing.x509.certificate import Certificate, parse
from signing.x509.purpose import is_encryption_certificate


def needed_until(context: Mapping[str, str], *, now: datetime) -> datetime:
    """The latest of now and the context's ``deadline`` and ``opening_at``.

    Raises :class:`ContainerInvalid`, layer request, where one of the two is no time as the specification writes it.
    """
    times = [now]
    for name in ("deadline", "opening_at"):
        if name in context:
            try:
                times.append(datetime.strptime(context[name], TIME_FORMAT).replace(tzinfo=UTC))
            except ValueError as error:
                raise ContainerInvalid(layer="request", reason="header", where=name) from error
    return max(times)


def check_recipients(policy: Policy, *, now: datetime, until: datetime) -> None:
    """Raises :class:`CertificateInvalid` for the first certificate that cannot carry its share to the opening.

    Params: reason (``not_for_encryption``, ``authority``, ``not_yet_valid``, ``expired``, ``expires_before_opening``,
    ``twice``, ``unreadable``), holder, subject, not_before, not_after, until; the sentence of a reason is
    ``container.recipient.<reason>``.
    """
    for leaf in leaves(policy):
        _check_leaf(leaf, now=now, until=until)


def _check_leaf(leaf: Leaf, *, now: datetime, until: datetime) -> None:
    seen: set[tuple[bytes, int]] = set()
    for der in leaf.certificates:
        try:
            certificate = parse(der)
        except CertificateInvalid as error:
            raise CertificateInvalid(reason="unreadable", holder=leaf.holder) from error
        reason = _fault(certificate, now=now, until=until)
        name = (certificate.issuer_der, certificate.serial)
        if reason is None and name in seen:
            reason = "twice"
        seen.add(name)
        if reason is not None:
            raise CertificateInvalid(
                reason=reason,
                holder=leaf.holder,
                subject=certificate.subject.common_name,
                not_before=certificate.not_before.strftime(TIME_FORMAT),
                not_after=certificate.not_after.strftime(TIME_FORMAT),
                until=until.strftime(TIME_FORMAT),
            )


def _fault(certificate: Certificate, *, now: datetime, until: datetime) -> str | None:
    if certificate.is_ca:
        return "authority"
    if "key_encipherment" not in certificate.key_usage or not is_encryption_certificate(certificate):
        return "not_for_encryption"
    if now < certificate.not_before:
        return "not_yet_valid"
    if now > certificate.not_after:
        return "expired"
    return "expires_before_opening" if until > certificate.not_after else None

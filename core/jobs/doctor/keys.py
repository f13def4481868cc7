"""The key and certificate files a person names: readable, belonging together, in time, of the right use, trusted."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from core.jobs.doctor.inputs import Inputs
from core.jobs.doctor.result import Outcome, Result, failed, passed, skipped, warned, worst
from core.ports.inputs import FORM_LIMIT, KEY_LIMIT, read_input
from signing.errors import CodedError, WrongPin
from signing.x509.certificate import Certificate, load_pem_certificates, parse
from signing.x509.path import Usage, assess_path
from signing.x509.purpose import is_encryption_certificate, is_signing_certificate
from signing.x509.trust import parse_trust
from signing.x509.verdict import Verdict

SOON = timedelta(days=60)  # a certificate has to live from now until the act it is for; renewing one takes weeks
UNREVOKED_UNKNOWN = frozenset({"signing.path.crl_absent", "signing.path.crl_outdated"})
PROBE = b"tenderbox doctor: test signature, of no effect"


def check_key(inputs: Inputs) -> Result:
    """Opens the key with its PIN, once, and signs a text of no effect where it is a signing key."""
    if inputs.key is None:
        return skipped("key", "not_given", action="choose_certificate")
    facts = {"key_file": str(inputs.key.key), "certificate_file": str(inputs.key.certificate)}
    read_input(inputs.key.key, KEY_LIMIT)
    certificate = _certificates(inputs.key.certificate)[0]
    if not inputs.has_pin:
        return warned("key", "no_pin", facts=facts)
    try:
        if is_signing_certificate(certificate):
            inputs.keys.signer(inputs.key).sign(PROBE)
            return passed("key", "signs", facts=facts)
        inputs.keys.decrypter(inputs.key)
    except WrongPin:
        return failed("key", "wrong_pin", action="choose_certificate", facts=facts)
    except CodedError as error:
        if error.params.get("reason") == "key_not_of_certificate":
            return failed("key", "not_a_pair", action="choose_certificate", facts=facts)
        raise
    return passed("key", "opens", facts=facts)


def check_certificate(inputs: Inputs) -> Result:
    """Time left and use of the named certificate."""
    if inputs.key is None:
        return skipped("certificate", "not_given", action="choose_certificate")
    one = _certificates(inputs.key.certificate)[0]
    now, usage = inputs.clock.now(), _usage(one)
    days = (one.not_after - now).days
    facts = {
        "subject": one.subject.common_name,
        "issuer": one.issuer.common_name,
        "serial": f"{one.serial:X}",
        "not_before": one.not_before.isoformat(),
        "not_after": one.not_after.isoformat(),
        "usage": f"doctor.usage.{usage or 'none'}",
    }
    until = {"not_after": one.not_after.isoformat(), "days": days}
    if now < one.not_before:
        return failed("certificate", "not_yet", action="open_clock", facts=facts, not_before=facts["not_before"])
    if now > one.not_after:
        return failed("certificate", "expired", action="choose_certificate", facts=facts, **until)
    if not usage:
        return failed("certificate", "no_use", action="choose_certificate", facts=facts)
    if one.not_after - now < SOON:
        return warned("certificate", "ends_soon", action="choose_certificate", facts=facts, **until)
    return passed("certificate", "valid", facts=facts, usage=facts["usage"], **until)


def check_trust(inputs: Inputs) -> Result:
    """Whether the certificate leads to a root of the trust list; revocation as far as lists are at hand."""
    if inputs.trust is None:
        return skipped("trust", "not_given", action="choose_trust")
    trust = parse_trust(read_input(inputs.trust, FORM_LIMIT))
    facts = {"roots": str(len(trust.roots)), "lists": str(len(trust.crls))}
    if inputs.key is None:
        return passed("trust", "readable", facts=facts, **facts)
    leaf, *above = _certificates(inputs.key.certificate)
    path = assess_path(leaf, above, trust, at=inputs.clock.now(), usage=_usage(leaf), roles=None)
    root = path.chain[-1].subject.common_name
    if path.verdict is Verdict.PASSED:
        unchecked = any(reason.code in UNREVOKED_UNKNOWN for reason in path.reasons)
        make = warned if unchecked else passed
        return make("trust", "unrevoked_unknown" if unchecked else "leads", facts=facts, root=root)
    first = next(reason for reason in path.reasons if reason.verdict is path.verdict)
    verdict = Outcome.FAIL if path.verdict is Verdict.FAILED else Outcome.WARN
    return Result("trust", worst((verdict,)), first.code, dict(first.params), "choose_trust", facts)


def _certificates(file: Path) -> tuple[Certificate, ...]:
    return tuple(parse(one) for one in load_pem_certificates(read_input(file, KEY_LIMIT)))


def _usage(certificate: Certificate) -> Usage | None:
    if is_signing_certificate(certificate):
        return "sign"
    return "encrypt" if is_encryption_certificate(certificate) else None

"""A small public key infrastructure for demonstrations, rehearsals and tests: authority, then pairs for parties.

Not a certification service: nobody's identity is examined here. Keys are written as encrypted PKCS#8 files.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from core.errors import FileExists, UsageError
from core.ports.files import atomic_write
from core.ports.inputs import KEY_LIMIT, read_input
from core.ports.progress import JobContext
from core.ports.services import Services
from signing.x509.certificate import dump_pem, load_pem_certificates, parse
from signing.x509.issue import Subject, Usage, issue_ca, issue_crl, issue_leaf, issue_root
from signing.x509.key_files import dump_private_key, load_private_key, new_key
from signing.x509.trust import TrustedIssuer, TrustedRoot, TrustList, dump_trust

ISSUERS = {
    "institution": frozenset({"tenderer", "agency", "bidder", "supervisor"}),
    "centre": frozenset({"centre"}),
    "expert": frozenset({"expert"}),  # a CA of its own, so that no expert's certificate can issue a receipt
}
PAIR: dict[Usage, str] = {"sign": "sign", "encrypt": "enc"}
YEARS = 15
BACKDATED = timedelta(days=365)  # the demonstration's clock runs in the past


@dataclass(frozen=True, slots=True)
class NewAuthority:
    """A root with three sub CAs (institutions, trading centre, experts), their CRLs and the trust list."""

    out: Path
    name: str
    pin_file: Path


@dataclass(frozen=True, slots=True)
class IssuePair:
    """A signing and an encryption certificate with their keys. ``issuer``: one of :data:`ISSUERS`."""

    authority: Path
    issuer: str
    subject: str
    out: Path
    pin_file: Path
    organisation: str = ""
    credit_code: str = ""


@dataclass(frozen=True, slots=True)
class WrittenFolder:
    """A folder that was made and the files in it."""

    path: str
    files: tuple[str, ...]


def new_authority(request: NewAuthority, services: Services, context: JobContext) -> WrittenFolder:
    """Writes root, sub CAs, CRLs and ``trust.json`` into a new folder."""
    pin = _pin(request.pin_file)
    _new_folder(request.out)
    start = services.clock.now() - BACKDATED
    end = start + timedelta(days=366 * YEARS)
    root_key = new_key()
    root = issue_root(Subject(f"{request.name} Root", request.name), root_key, not_before=start, not_after=end)
    crls = [issue_crl(root_key, root, this_update=start, next_update=end)]
    issuers = []
    for name, roles in ISSUERS.items():
        context.raise_if_cancelled()
        key = new_key()
        subject = Subject(f"{request.name} {name} CA", request.name)
        certificate = issue_ca(subject, key.public, root_key, root, not_before=start, not_after=end)
        crls.append(issue_crl(key, certificate, this_update=start, next_update=end))
        issuers.append(TrustedIssuer(parse(certificate).sm3, subject.common_name, roles, start, end))
        atomic_write(request.out / f"{name}.cert.pem", dump_pem(certificate))
        atomic_write(request.out / f"{name}.key.pem", dump_private_key(key, pin))
    trust = TrustList((TrustedRoot(parse(root), f"{request.name} Root"),), tuple(issuers), tuple(crls))
    atomic_write(request.out / "root.cert.pem", dump_pem(root))
    atomic_write(request.out / "root.key.pem", dump_private_key(root_key, pin))
    atomic_write(request.out / "trust.json", dump_trust(trust))
    return _written(request.out)


def issue_pair(request: IssuePair, services: Services, context: JobContext) -> WrittenFolder:
    """Writes ``sign.cert.pem``, ``enc.cert.pem`` (leaf, then sub CA), ``sign.key.pem`` and ``enc.key.pem``."""
    if request.issuer not in ISSUERS:
        raise UsageError(detail=f"--issuer {' | '.join(ISSUERS)}")
    pin = _pin(request.pin_file)
    authority_pem = _read(request.authority / f"{request.issuer}.cert.pem")
    authority_key = load_private_key(_read(request.authority / f"{request.issuer}.key.pem"), pin)
    authority = load_pem_certificates(authority_pem)[0]
    _new_folder(request.out)
    subject = Subject(request.subject, request.organisation or request.subject, credit_code=request.credit_code)
    start = max(services.clock.now() - BACKDATED, parse(authority).not_before)
    end = parse(authority).not_after
    for usage, name in PAIR.items():
        context.raise_if_cancelled()
        key = new_key()
        leaf = issue_leaf(subject, key.public, usage, authority_key, authority, not_before=start, not_after=end)
        atomic_write(request.out / f"{name}.cert.pem", dump_pem(leaf) + authority_pem)
        atomic_write(request.out / f"{name}.key.pem", dump_private_key(key, pin))
    return _written(request.out)


def _pin(file: Path) -> bytes:
    return _read(file).strip()


def _read(file: Path) -> bytes:
    return read_input(file, KEY_LIMIT)


def _new_folder(folder: Path) -> None:
    if folder.exists() and any(folder.iterdir()):
        raise FileExists(path=folder)
    folder.mkdir(parents=True, exist_ok=True)


def _written(folder: Path) -> WrittenFolder:
    return WrittenFolder(str(folder), tuple(sorted(entry.name for entry in folder.iterdir())))

"""Signed packages: written whole, read only if they are byte for byte the one canonical file of their parts.

What a reader releases is intact: every member is under the manifest, the manifest under every signature, and the
signatures are exactly those of the certificates the manifest names. Whether those certificates may speak is assessed in
:mod:`core.formats.assess`. Specification: docs/spec/signed-package.md.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import BinaryIO, Final, NoReturn

from core.errors import FileMissing, PackageInvalid
from core.formats.admission import Admission
from core.formats.limits import FILE_LIMIT
from core.formats.manifest import Manifest, ManifestError, MemberEntry, Producer, decode_manifest
from core.formats.member_path import MANIFEST_NAME, signature_name
from core.formats.zip_layout import Entry, LayoutError, layout, parse
from core.ports.files import new_file
from signing.api import Signer
from signing.cms.digest import Sm3, sm3
from signing.cms.signed_data import sign_detached, verify_detached
from signing.errors import SignatureInvalid, SigningError

KINDS: Final[Mapping[str, str]] = {".tbz": "tender", ".tbk": "opening", ".tbp": "evaluation", ".tbr": "receipt"}


@dataclass(frozen=True, slots=True)
class Member:
    """One named byte string of a package. ``path`` as of :mod:`core.formats.member_path`."""

    path: str
    media_type: str
    role: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class PackageInfo:
    """What was written. Digests in hex; ``size`` and ``sm3`` of the whole file."""

    manifest_sm3: str
    size: int
    sm3: str


@dataclass(frozen=True, slots=True)
class Package:
    """An intact package. ``signatures``: detached CMS over ``manifest_bytes``, in the order of ``manifest.signers``."""

    kind: str
    manifest: Manifest
    manifest_bytes: bytes = field(repr=False)
    manifest_sm3: str
    signatures: tuple[bytes, ...] = field(repr=False)
    members: tuple[Member, ...]

    def member(self, path: str) -> bytes:
        """The content of a member; raises PackageInvalid (layer ``content``, reason ``missing``) if there is none."""
        for member in self.members:
            if member.path == path:
                return member.data
        raise PackageInvalid(path="", layer="content", reason="missing", where=path)

    def with_role(self, role: str) -> tuple[Member, ...]:
        """All members of a role, in order of their paths."""
        return tuple(member for member in self.members if member.role == role)


def write_package(
    target: Path,
    kind: str,
    members: Sequence[Member],
    *,
    subject: Mapping[str, str],
    signers: Sequence[Signer],
    signed_at: datetime,
    time_source: str,
    crls: Sequence[bytes] = (),
) -> PackageInfo:
    """Writes a package signed by every signer over one manifest, replacing an older file of this name.

    ``signed_at`` is cut to whole seconds. Raises :class:`core.errors.PackageInvalid` for members, subject or signers
    outside the specification, FileNotWritable, or what a signer raises; after any error there is no new file.
    """
    if signed_at.tzinfo is None:
        _refuse(str(target), "manifest", "shape", "created_at")
    moment = signed_at.astimezone(UTC).replace(microsecond=0)
    ordered = sorted(members, key=lambda member: member.path)
    manifest_bytes = _encoded(
        _described(kind, ordered, subject, signers, moment=moment, source=time_source), str(target)
    )
    entries = [Entry(MANIFEST_NAME, manifest_bytes)]
    entries += [Entry(member.path, member.data) for member in ordered]
    for number, signer in enumerate(signers):
        signature = sign_detached(manifest_bytes, signer, signed_at=moment, crls=crls)
        entries.append(Entry(signature_name(number), signature))
    _within_limits(str(target), entries)
    digest = Sm3()
    size = 0
    with new_file(target) as out:
        for piece in layout(entries):
            out.write(piece)
            digest.update(piece)
            size += len(piece)
    return PackageInfo(sm3(manifest_bytes).hex(), size, digest.digest().hex())


def read_package(path: Path, kind: str) -> Package:
    """The package in a file, if it is canonical, complete and of this kind.

    Raises :class:`core.errors.FileMissing`, or :class:`core.errors.PackageInvalid` naming layer, reason and entry.
    """
    try:
        with path.open("rb") as untrusted:
            return _read(untrusted, kind, str(path))
    except OSError as error:
        raise FileMissing(path=path) from error


def parse_package(untrusted: bytes, kind: str, name: str) -> Package:
    """Like :func:`read_package` for bytes at hand; ``name`` stands for the path in errors."""
    return _read(io.BytesIO(untrusted), kind, name)


def kind_of(path: Path) -> str | None:
    """The kind a file's extension promises, or None where it is no package's."""
    return KINDS.get(path.suffix.lower())


def _described(
    kind: str,
    members: Sequence[Member],
    subject: Mapping[str, str],
    signers: Sequence[Signer],
    *,
    moment: datetime,
    source: str,
) -> Manifest:
    return Manifest(
        kind=kind,
        created_at=moment,
        time_source=source,
        producer=Producer("tenderbox", metadata.version("tenderbox")),
        subject=subject,
        members=tuple(
            MemberEntry(member.path, len(member.data), sm3(member.data).hex(), member.media_type, member.role)
            for member in members
        ),
        signers=tuple(sm3(signer.certificate()).hex() for signer in signers),
    )


def _encoded(manifest: Manifest, path: str) -> bytes:
    try:
        return manifest.encode()
    except ManifestError as error:
        raise PackageInvalid(path=path, layer="manifest", reason=error.reason, where=error.where) from error
    except SigningError as error:
        raise PackageInvalid(path=path, layer="manifest", reason="shape", where="") from error


def _within_limits(path: str, entries: Sequence[Entry]) -> None:
    admission = Admission()
    try:
        for entry in entries:
            admission(entry.name, len(entry.content))
        admission.finish()
    except LayoutError as error:
        raise PackageInvalid(path=path, layer="container", reason=error.reason, where=error.where) from error


def _read(untrusted: BinaryIO, kind: str, path: str) -> Package:
    if untrusted.seek(0, io.SEEK_END) > FILE_LIMIT:
        _refuse(path, "container", "size", "")
    untrusted.seek(0)
    admission = Admission()
    try:
        entries = parse(untrusted, admission)
        admission.finish()
    except LayoutError as error:
        raise PackageInvalid(path=path, layer="container", reason=error.reason, where=error.where) from error
    manifest_bytes = entries[0].content
    count = admission.member_count
    contents, signatures = entries[1 : 1 + count], tuple(entry.content for entry in entries[1 + count :])
    try:
        manifest = decode_manifest(manifest_bytes)
    except ManifestError as error:
        raise PackageInvalid(path=path, layer="manifest", reason=error.reason, where=error.where) from error
    if manifest.kind != kind:
        _refuse(path, "manifest", "kind", manifest.kind)
    members = _matched(path, manifest, contents)
    _check_signatures(path, manifest, manifest_bytes, signatures)
    return Package(kind, manifest, manifest_bytes, sm3(manifest_bytes).hex(), signatures, members)


def _matched(path: str, manifest: Manifest, contents: Sequence[Entry]) -> tuple[Member, ...]:
    if [entry.name for entry in contents] != [member.path for member in manifest.members]:
        _refuse(path, "manifest", "members", "members")
    members = []
    for entry, promised in zip(contents, manifest.members, strict=True):
        if len(entry.content) != promised.length:
            _refuse(path, "content", "length", entry.name)
        if sm3(entry.content).hex() != promised.sm3:
            _refuse(path, "content", "digest", entry.name)
        members.append(Member(promised.path, promised.media_type, promised.role, entry.content))
    return tuple(members)


def _check_signatures(path: str, manifest: Manifest, manifest_bytes: bytes, signatures: Sequence[bytes]) -> None:
    if len(signatures) != len(manifest.signers):
        _refuse(path, "signature", "count", "")
    for number, (untrusted_der, signer) in enumerate(zip(signatures, manifest.signers, strict=True)):
        where = signature_name(number)
        try:
            signed = verify_detached(untrusted_der, manifest_bytes)
        except SignatureInvalid as error:
            raise PackageInvalid(path=path, layer="signature", reason="value", where=where) from error
        except SigningError as error:
            raise PackageInvalid(path=path, layer="signature", reason="structure", where=where) from error
        if signed.signer.sm3 != signer:
            _refuse(path, "signature", "signer", where)


def _refuse(path: str, layer: str, reason: str, where: str) -> NoReturn:
    raise PackageInvalid(path=path, layer=layer, reason=reason, where=where)

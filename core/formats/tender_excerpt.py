"""What a later artefact carries of its tender, bound to the tender's digest: the manifest and some of its members.

The digest of a tender is the SM3 of its manifest, and the manifest lists the SM3 of every member; so an excerpt proves
itself against the digest alone, without the whole package.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from core.errors import PackageInvalid
from core.formats.manifest import ManifestError, decode_manifest
from core.formats.package import Member, Package
from core.formats.tender_package import OpenedTender
from core.tender.model import Tender
from core.tender.paths import TENDER_DATA
from core.values.codec import from_plain
from signing.canonical_json import decode_object
from signing.cms.digest import sm3

FOLDER = "tender"
MANIFEST = f"{FOLDER}/manifest.json"
ROLE = "tender_excerpt"


@dataclass(frozen=True, slots=True)
class TenderExcerpt:
    """Key data of the tender and the members carried, all proven against the digest."""

    tender: Tender
    members: Mapping[str, bytes] = field(repr=False)

    def member(self, path: str) -> bytes:
        """A carried member by its path in the tender package; raises PackageInvalid."""
        if path not in self.members:
            raise PackageInvalid(path="", layer="content", reason="missing", where=path)
        return self.members[path]


def excerpt_members(opened: OpenedTender, *paths: str) -> tuple[Member, ...]:
    """The members to put into an artefact: manifest, key data, and the named members of the tender."""
    wanted = (TENDER_DATA, *paths)
    carried = tuple(Member(f"{FOLDER}/{path}", JSON, ROLE, opened.package.member(path)) for path in wanted)
    return (Member(MANIFEST, JSON, ROLE, opened.package.manifest_bytes), *carried)


JSON = "application/json"


def read_excerpt(package: Package, digest: str) -> TenderExcerpt:
    """The excerpt of an artefact about the tender of this digest (hex); raises PackageInvalid where it is another's."""
    manifest_bytes = package.member(MANIFEST)
    if sm3(manifest_bytes).hex() != digest:
        raise PackageInvalid(path=MANIFEST, layer="content", reason="not_the_tender")
    try:
        listed = {entry.path: entry.sm3 for entry in decode_manifest(manifest_bytes).members}
    except ManifestError as error:
        raise PackageInvalid(path=MANIFEST, layer="manifest", reason=error.reason, where=error.where) from error
    members = {}
    for member in package.with_role(ROLE):
        path = member.path.removeprefix(f"{FOLDER}/")
        if member.path == MANIFEST:
            continue
        if listed.get(path) != sm3(member.data).hex():
            raise PackageInvalid(path=member.path, layer="content", reason="not_the_tender")
        members[path] = member.data
    if TENDER_DATA not in members:
        raise PackageInvalid(path="", layer="content", reason="missing", where=TENDER_DATA)
    return TenderExcerpt(from_plain(Tender, decode_object(members[TENDER_DATA])), members)

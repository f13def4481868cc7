"""Vectors of the signed package: one cause each. Writes ZIPs by itself, after docs/spec/signed-package.md only."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from signing.cms.signed_data import sign_detached
from tests.deterministic_sm2 import FixedSigner, fixed_signer, sm3
from tests.vectors.make import with_header
from tests.vectors.make._raw_zip import Raw, Tail, zipped

FOLDER = "signed_package"
KIND = "tender"
SIGNED_AT = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
MEMBERS = (("data/tender.json", b'{"tender_id":"T-2026-001"}'), ("note.txt", "公告\n".encode()))


def canonical(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def manifest_of(
    members: Sequence[tuple[str, bytes]] = MEMBERS, signed_by: Sequence[FixedSigner] = (), **changed: object
) -> dict[str, object]:
    data: dict[str, object] = {
        "format": "tenderbox-package",
        "version": 0,
        "kind": KIND,
        "created_at": "2026-03-02T01:30:00Z",
        "time_source": "demo",
        "producer": {"name": "tenderbox-vectors", "version": "0"},
        "subject": {"tender_id": "T-2026-001"},
        "members": [
            {
                "path": path,
                "length": len(content),
                "sm3": sm3(content).hex(),
                "media_type": "application/json" if path.endswith(".json") else "text/plain",
                "role": "tender" if path.endswith(".json") else "note",
            }
            for path, content in members
        ],
        "signers": [sm3(signer.certificate()).hex() for signer in signed_by or (one(),)],
    }
    data.update(changed)
    return data


def one() -> FixedSigner:
    return fixed_signer("tenderer")


def two() -> FixedSigner:
    return fixed_signer("agency")


def signature(content: bytes, signer: FixedSigner) -> bytes:
    return sign_detached(content, signer, signed_at=SIGNED_AT)


def entries_of(
    manifest: bytes, members: Sequence[tuple[str, bytes]] = MEMBERS, signatures: Sequence[bytes] | None = None
) -> list[Raw]:
    signed = [signature(manifest, one())] if signatures is None else signatures
    raw = [Raw(b"manifest.json", manifest)]
    raw += [Raw(path.encode(), content) for path, content in members]
    raw += [Raw(b"signatures/%04d.p7s" % number, content) for number, content in enumerate(signed)]
    return raw


def good() -> list[Raw]:
    return entries_of(canonical(manifest_of()))


def with_manifest(**changed: object) -> bytes:
    return zipped(entries_of(canonical(manifest_of(**changed))))  # type: ignore[arg-type]


def with_member_named(name: str) -> bytes:
    members = sorted([*MEMBERS, (name, b"x")])
    return zipped(entries_of(canonical(manifest_of(members)), members))


def with_entry(index: int, **changed: object) -> bytes:
    entries = good()
    entries[index] = replace(entries[index], **changed)  # type: ignore[arg-type]
    return zipped(entries)


Vector = tuple[str, str, str, Callable[[], bytes]]


def success_one_signer() -> bytes:
    return zipped(good())


def success_two_signers() -> bytes:
    manifest = canonical(manifest_of(signed_by=(one(), two())))
    return zipped(entries_of(manifest, signatures=[signature(manifest, one()), signature(manifest, two())]))


def success_empty_member() -> bytes:
    members = [("empty", b""), *MEMBERS]
    members.sort()
    return zipped(entries_of(canonical(manifest_of(members)), members))


def deflated() -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    content = MEMBERS[0][1]
    return with_entry(1, method=8, stored=packer.compress(content) + packer.flush())


def duplicate_member() -> bytes:
    entries = good()
    return zipped([*entries[:2], entries[1], *entries[2:]])


def reordered(order: Sequence[int]) -> bytes:
    entries = good()
    return zipped([entries[index] for index in order])


def signature_numbered(number: int) -> bytes:
    return with_entry(3, name=b"signatures/%04d.p7s" % number)


def manifest_text(text: bytes) -> bytes:
    return zipped(entries_of(text))


def unlisted_member() -> bytes:
    manifest = canonical(manifest_of())
    return zipped(entries_of(manifest, [*MEMBERS, ("other.txt", b"x")]))


def missing_member() -> bytes:
    return zipped(entries_of(canonical(manifest_of()), MEMBERS[:1]))


def changed_member(content: bytes) -> bytes:
    return zipped(entries_of(canonical(manifest_of()), [(MEMBERS[0][0], content), MEMBERS[1]]))


def dropped_signature() -> bytes:
    manifest = canonical(manifest_of(signed_by=(one(), two())))
    return zipped(entries_of(manifest, signatures=[signature(manifest, one())]))


def added_signature() -> bytes:
    manifest = canonical(manifest_of())
    return zipped(entries_of(manifest, signatures=[signature(manifest, one()), signature(manifest, two())]))


def swapped_signatures() -> bytes:
    manifest = canonical(manifest_of(signed_by=(one(), two())))
    return zipped(entries_of(manifest, signatures=[signature(manifest, two()), signature(manifest, one())]))


def other_content_signed() -> bytes:
    other = canonical(manifest_of(time_source="system"))
    return zipped(entries_of(canonical(manifest_of()), signatures=[signature(other, one())]))


def signature_with_tail() -> bytes:
    manifest = canonical(manifest_of())
    return zipped(entries_of(manifest, signatures=[signature(manifest, one()) + b"\x00"]))


def raw_signature() -> bytes:
    manifest = canonical(manifest_of())
    return zipped(entries_of(manifest, signatures=[one().sign(manifest)]))


# name: (expected layer or "", expected reason, comment, generator)
ALL: Mapping[str, Vector] = {
    "success_one_signer": ("", "", "two members, one signature", success_one_signer),
    "success_two_signers": ("", "", "two signatures in the order of the manifest", success_two_signers),
    "success_empty_member": ("", "", "a member may be empty", success_empty_member),
    "container_empty_file": ("container", "directory", "no bytes at all", lambda: b""),
    "container_last_byte_missing": ("container", "directory", "end record cut", lambda: zipped(good())[:-1]),
    "container_cut_in_content": ("container", "truncated", "cut inside the first member", lambda: zipped(good())[:900]),
    "container_byte_before": (
        "container",
        "directory",
        "a byte before the first entry",
        lambda: b"\0" + zipped(good()),
    ),
    "container_byte_after": ("container", "trailing", "a byte after the end record", lambda: zipped(good()) + b"\0"),
    "container_gap": ("container", "directory", "bytes between two entries", lambda: with_entry(1, after=b"\0\0")),
    "container_deflated": ("container", "header", "a member compressed", deflated),
    "container_encrypted_flag": ("container", "header", "flag bit 0 set", lambda: with_entry(1, flags=0x0801)),
    "container_data_descriptor": ("container", "header", "flag bit 3 set", lambda: with_entry(1, flags=0x0808)),
    "container_no_utf8_flag": ("container", "header", "flag bit 11 clear", lambda: with_entry(1, flags=0)),
    "container_other_date": ("container", "header", "an honest date", lambda: with_entry(1, date=0x5C62)),
    "container_extra_field": (
        "container",
        "header",
        "an extra field",
        lambda: with_entry(1, extra=b"\x01\x00\x00\x00"),
    ),
    "container_wrong_crc": (
        "container",
        "crc",
        "CRC-32 off by one bit",
        lambda: with_entry(1, crc=zlib.crc32(MEMBERS[0][1]) ^ 1),
    ),
    "container_wrong_offset": (
        "container",
        "directory",
        "directory offsets moved",
        lambda: zipped(good(), Tail(offset_shift=1)),
    ),
    "container_attributes": (
        "container",
        "directory",
        "external attributes set",
        lambda: zipped(good(), Tail(attributes=1 << 16)),
    ),
    "container_comment": ("container", "directory", "an archive comment", lambda: zipped(good(), Tail(comment=b"x"))),
    "container_name_parent": ("container", "name", "a path that climbs", lambda: with_member_named("a/../../x")),
    "container_name_absolute": ("container", "name", "an absolute path", lambda: with_member_named("/etc/x")),
    "container_name_backslash": ("container", "name", "a back-slash", lambda: with_member_named("a\\x")),
    "container_name_drive": ("container", "name", "a drive letter", lambda: with_member_named("c:/x")),
    "container_name_upper_case": ("container", "name", "upper case", lambda: with_member_named("A.txt")),
    "container_name_reserved": ("container", "name", "a device of Windows", lambda: with_member_named("docs/com1.txt")),
    "container_name_dot_end": (
        "container",
        "name",
        "a dot at the end, which Windows drops",
        lambda: with_member_named("a."),
    ),
    "container_name_folder": ("container", "name", "a folder entry", lambda: with_member_named("docs/")),
    "container_name_not_ascii": ("container", "name", "a Chinese path", lambda: with_member_named("公告")),
    "container_duplicate": ("container", "order", "two members of one path", duplicate_member),
    "container_file_is_folder": ("container", "order", "a path below a file", lambda: with_member_named("note.txt/x")),
    "container_unsorted": ("container", "order", "members not sorted", lambda: reordered([0, 2, 1, 3])),
    "container_manifest_not_first": (
        "container",
        "order",
        "a member before the manifest",
        lambda: reordered([1, 0, 2, 3]),
    ),
    "container_signature_gap": ("container", "order", "signatures counted from 1", lambda: signature_numbered(1)),
    "container_no_signature": ("container", "order", "no signature", lambda: reordered([0, 1, 2])),
    "container_no_member": (
        "container",
        "order",
        "no member",
        lambda: zipped(entries_of(canonical(manifest_of(members=[])), [])),
    ),
    "manifest_white_space": ("manifest", "json", "a line end", lambda: manifest_text(canonical(manifest_of()) + b"\n")),
    "manifest_key_order": (
        "manifest",
        "json",
        "keys not sorted",
        lambda: manifest_text(json.dumps(manifest_of(), separators=(",", ":")).encode()),
    ),
    "manifest_duplicate_key": (
        "manifest",
        "json",
        "a key twice",
        lambda: manifest_text(b'{"format":"x",' + canonical(manifest_of())[1:]),
    ),
    "manifest_half_surrogate": (
        "manifest",
        "json",
        "a key that is half a surrogate pair",
        lambda: manifest_text(b'{"\\ud800":1,' + canonical(manifest_of())[1:]),
    ),
    "manifest_float": (
        "manifest",
        "json",
        "version 0.0",
        lambda: manifest_text(canonical(manifest_of()).replace(b'"version":0', b'"version":0.0')),
    ),
    "manifest_array": ("manifest", "json", "no object", lambda: manifest_text(b"[]")),
    "manifest_other_format": ("manifest", "format", "another format", lambda: with_manifest(format="tenderbox-log")),
    "manifest_newer": (
        "manifest",
        "version",
        "version 1, with a field of its own",
        lambda: with_manifest(version=1, new={}),
    ),
    "manifest_version_false": ("manifest", "version", "false is not 0", lambda: with_manifest(version=False)),
    "manifest_unknown_field": ("manifest", "shape", "a field too many", lambda: with_manifest(remark="x")),
    "manifest_local_time": (
        "manifest",
        "shape",
        "an offset instead of Z",
        lambda: with_manifest(created_at="2026-03-02T09:30:00+08:00"),
    ),
    "manifest_no_such_day": (
        "manifest",
        "shape",
        "30 February",
        lambda: with_manifest(created_at="2026-02-30T01:30:00Z"),
    ),
    "manifest_control_character": (
        "manifest",
        "shape",
        "a line end in the subject",
        lambda: with_manifest(subject={"tender_id": "a\nb"}),
    ),
    "manifest_no_signer": ("manifest", "shape", "signers empty", lambda: with_manifest(signers=[])),
    "manifest_signer_twice": ("manifest", "shape", "one signer twice", lambda: with_manifest(signers=["0" * 64] * 2)),
    "manifest_other_kind": ("manifest", "kind", "an opening record named .tbz", lambda: with_manifest(kind="opening")),
    "manifest_unlisted_member": ("manifest", "members", "a member nobody signed", unlisted_member),
    "manifest_missing_member": ("manifest", "members", "a signed member left out", missing_member),
    "content_changed": (
        "content",
        "digest",
        "one member changed, same length",
        lambda: changed_member(b'{"tender_id":"T-2026-002"}'),
    ),
    "content_longer": ("content", "length", "one member a byte longer", lambda: changed_member(MEMBERS[0][1] + b" ")),
    "signature_dropped": ("signature", "count", "the second of two signatures left out", dropped_signature),
    "signature_added": ("signature", "count", "a signature the manifest does not name", added_signature),
    "signature_swapped": ("signature", "signer", "two signatures in the wrong order", swapped_signatures),
    "signature_of_other_content": ("signature", "value", "the signature of another manifest", other_content_signed),
    "signature_with_tail": ("signature", "structure", "a byte after the message", signature_with_tail),
    "signature_raw": ("signature", "structure", "a bare SM2 signature, no SignedData", raw_signature),
}


def vectors() -> Mapping[str, bytes]:
    """All vectors of this format."""
    made = {}
    for name, (layer, reason, comment, generator) in ALL.items():
        expect = f"{layer} failure" if layer else "success"
        fields = {"expect": expect, "reason": reason} if layer else {"expect": expect}
        made[name] = with_header(generator(), **fields, kind=KIND, comment=comment)
    return made

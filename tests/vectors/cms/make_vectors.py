"""Makes ``*.vector`` from ``base.json``: one cause each, the same bytes in every run.

Builds messages by hand, signs by schoolbook arithmetic with a nonce derived from the message: independent of the
product's writer. Run ``python -m tests.vectors.cms.make_vectors`` from the root.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from tests.vectors.sm2.make_vectors import G, N, integer, multiply, sequence, sign, sm3, tlv

HERE = Path(__file__).parent
BASE = {name: bytes.fromhex(text) for name, text in json.loads((HERE / "base.json").read_text("utf-8")).items()}
CONTENT = "标箱 manifest".encode()

# DER of the object identifiers, spelled out so that this file stands alone.
DATA = bytes.fromhex("060a2a811ccf550601040201")
SIGNED_DATA = bytes.fromhex("060a2a811ccf550601040202")
SM3_OID = bytes.fromhex("06082a811ccf55018311")
SM2_SIGN = bytes.fromhex("06092a811ccf5501822d01")
SM2_ENCRYPT = bytes.fromhex("06092a811ccf5501822d03")
CONTENT_TYPE = bytes.fromhex("06092a864886f70d010903")
MESSAGE_DIGEST = bytes.fromhex("06092a864886f70d010904")
SIGNING_TIME = bytes.fromhex("06092a864886f70d010905")
SM3_ALGORITHM = sequence(SM3_OID)


def embedded_digests_oid() -> bytes:
    """2.25.<UUID>.1: the one identifier of our own, see docs/spec/cms.md."""
    arcs = [2 * 40 + 25, 0x6094BB1429144FCD9C381980D7362938, 1]
    content = b""
    for arc in arcs:
        groups = [arc & 0x7F]
        while arc := arc >> 7:
            groups.append(0x80 | arc & 0x7F)
        content += bytes(reversed(groups))
    return tlv(6, content)


def set_of(*members: bytes, tag: int = 0x31) -> bytes:
    return tlv(tag, b"".join(sorted(members)))


@dataclass(frozen=True)
class Message:
    """Every part that a vector may replace."""

    certificates: tuple[bytes, ...] = (BASE["signer"], BASE["authority"])
    crls: tuple[bytes, ...] = ()
    listed: tuple[bytes, ...] | None = None
    digest: bytes = field(default_factory=lambda: sm3(CONTENT))
    time: bytes = tlv(0x17, b"260302093000Z")
    without: bytes | None = None
    extra: tuple[bytes, ...] = ()
    identity: bytes = b"1234567812345678"
    named: bytes = BASE["signer"]
    add_to_r: int = 0
    inner: bytes = sequence(DATA)
    algorithm: bytes = SM3_ALGORITHM
    unsigned: bytes = b""
    sort: bool = True

    def attributes(self) -> bytes:
        listed = self.certificates if self.listed is None else self.listed
        digests = sequence(
            sequence(*(tlv(4, sm3(one)) for one in listed)), sequence(*(tlv(4, sm3(one)) for one in self.crls))
        )
        values = {
            CONTENT_TYPE: DATA, MESSAGE_DIGEST: tlv(4, self.digest), SIGNING_TIME: self.time,
            embedded_digests_oid(): digests,
        }  # fmt: skip
        members = [sequence(kind, set_of(value)) for kind, value in values.items() if kind != self.without]
        return b"".join(sorted([*members, *self.extra]))

    def signature(self) -> bytes:
        signed = tlv(0x31, self.attributes())
        d = int.from_bytes(BASE["signer_private"], "big")
        nonce = int.from_bytes(sm3(BASE["signer_private"] + signed), "big") % N
        r, s = sign(nonce, signed, self.identity, d, multiply(d, G))
        return sequence(integer(r + self.add_to_r), integer(s))

    def encode(self) -> bytes:
        info = sequence(
            integer(1), issuer_and_serial(self.named), self.algorithm, tlv(0xA0, self.attributes()),
            sequence(SM2_SIGN), tlv(4, self.signature()), self.unsigned,
        )  # fmt: skip
        certificates = set_of(*self.certificates, tag=0xA0)
        if not self.sort:
            certificates = tlv(0xA0, b"".join(sorted(self.certificates, reverse=True)))
        crls = set_of(*self.crls, tag=0xA1) if self.crls else b""
        body = sequence(integer(1), set_of(self.algorithm), self.inner, certificates, crls, set_of(info))
        return sequence(SIGNED_DATA, tlv(0xA0, body))


def values(encoded: bytes) -> list[bytes]:
    """The members of a constructed value."""
    found, position = [], header(encoded)
    while position < len(encoded):
        end = position + header(encoded[position:]) + length(encoded[position:])
        found.append(encoded[position:end])
        position = end
    return found


def header(encoded: bytes) -> int:
    return 2 + (encoded[1] & 0x7F if encoded[1] & 0x80 else 0)


def length(encoded: bytes) -> int:
    return int.from_bytes(encoded[2 : header(encoded)], "big") if encoded[1] & 0x80 else encoded[1]


def issuer_and_serial(certificate: bytes) -> bytes:
    body = values(values(certificate)[0])
    return sequence(body[3], body[1])


def signed_vectors() -> Iterator[tuple[str, str, str, bytes]]:
    good = Message()
    null = sequence(SM3_OID, b"\x05\x00")
    unsigned = tlv(0xA1, sequence(bytes.fromhex("06032a0304"), set_of(integer(1))))
    attached = sequence(DATA, tlv(0xA0, tlv(4, CONTENT)))
    more = sequence(bytes.fromhex("06032a0304"), set_of(integer(1)))
    encoded = good.encode()
    yield "signed-good", "success", "signer and its CA embedded", encoded
    yield "signed-good-crl", "success", "with a revocation list", replace(good, crls=(BASE["crl"],)).encode()
    rows: dict[str, tuple[str, str, Message]] = {
        "signed-other-content": ("signature failure", "digest of other content", replace(good, digest=sm3(b"x"))),
        "signed-other-identity": ("signature failure", "Z of another identity", replace(good, identity=b"other")),
        "signed-r-plus-n": ("signature failure", "r out of range", replace(good, add_to_r=N)),
        "signed-certificate-not-listed": (
            "message failure", "a certificate whose digest is not signed",
            replace(good, certificates=(*good.certificates, BASE["stranger"]), listed=good.certificates),
        ),
        "signed-certificate-missing": (
            "message failure", "a signed digest without its certificate",
            replace(good, certificates=good.certificates[:1], listed=good.certificates),
        ),
        "signed-signer-not-first": (
            "message failure", "the signer identifier does not name the first listed certificate",
            replace(good, listed=tuple(reversed(good.certificates))),
        ),
        "signed-names-the-ca": ("message failure", "signer identifier of CA", replace(good, named=BASE["authority"])),
        "signed-no-digests": (
            "message failure", "embedded-digests attribute absent", replace(good, without=embedded_digests_oid()),
        ),
        "signed-no-time": ("message failure", "signingTime absent", replace(good, without=SIGNING_TIME)),
        "signed-more-attributes": ("message failure", "a fifth signed attribute", replace(good, extra=(more,))),
        "signed-unsigned-attribute": ("message failure", "an unsigned attribute", replace(good, unsigned=unsigned)),
        "signed-attached": ("message failure", "content inside", replace(good, inner=attached)),
        "signed-null-parameters": ("message failure", "NULL after the SM3 identifier", replace(good, algorithm=null)),
        "signed-set-unsorted": ("message failure", "certificates not in DER order", replace(good, sort=False)),
        "signed-generalized-time": (
            "message failure", "a time before 2050 as GeneralizedTime",
            replace(good, time=tlv(0x18, b"20260302093000Z")),
        ),
    }  # fmt: skip
    for name, (expect, comment, message) in rows.items():
        yield name, expect, comment, message.encode()
    yield "signed-trailing-byte", "message failure", "a byte after the message", encoded + b"\x00"
    yield "signed-long-length", "message failure", "outer length with a leading zero", long_length(encoded)


def envelope_vectors() -> Iterator[tuple[str, str, str, bytes]]:
    good = BASE["envelope"]
    kind, content = values(good)
    version, infos, encrypted = values(values(content)[0])

    def built(infos: bytes = infos, encrypted: bytes = encrypted) -> bytes:
        return sequence(kind, tlv(0xA0, sequence(version, infos, encrypted)))

    members = values(infos)
    same = sequence(SM2_ENCRYPT)
    older = [one.replace(same, sequence(bytes.fromhex("06082a811ccf5501822d"))) for one in members]
    older = [sequence(*values_of_changed(one)) for one in older]
    parts = values(encrypted)
    yield "envelope-good", "success", "two recipients", good
    yield "envelope-trailing-byte", "message failure", "a byte after the message", good + b"\x00"
    yield "envelope-long-length", "message failure", "outer length with a leading zero", long_length(good)
    yield (
        "envelope-unsorted",
        "message failure",
        "recipients not in DER order",
        built(tlv(0x31, b"".join(sorted(members, reverse=True)))),
    )
    yield "envelope-recipient-twice", "message failure", "one recipient twice", built(set_of(members[0], members[0]))
    yield "envelope-no-recipient", "message failure", "no recipient", built(set_of())
    yield "envelope-older-identifier", "message failure", "SM2 identifier 301 instead of 301.3", built(set_of(*older))
    yield (
        "envelope-shared-info",
        "message failure",
        "sharedInfo present",
        built(encrypted=sequence(*parts, tlv(0x81, b"x"))),
    )
    yield (
        "envelope-half-block",
        "message failure",
        "content is no whole block",
        built(encrypted=sequence(*parts[:2], tlv(0x80, bytes(17)))),
    )


def values_of_changed(info: bytes) -> list[bytes]:
    """Members after a replacement that shortened one of them: the outer length is rebuilt by the caller."""
    content, found = info[header(info) :], []
    while content:
        end = header(content) + length(content)
        found.append(content[:end])
        content = content[end:]
    return found


def long_length(encoded: bytes) -> bytes:
    size = encoded[1] & 0x7F
    return bytes((encoded[0], 0x80 | size + 1, 0)) + encoded[2:]


def files() -> dict[str, str]:
    """Name and text of each vector file."""
    found = {}
    for name, expect, comment, encoded in (*signed_vectors(), *envelope_vectors()):
        lines = "\n".join(encoded.hex()[at : at + 120] for at in range(0, len(encoded) * 2, 120))
        content = f"content: {CONTENT.hex()}\n" if name.startswith("signed") else ""
        found[f"{name}.vector"] = f"expect: {expect}\ncomment: {comment}\n{content}\n{lines}\n"
    return found


if __name__ == "__main__":
    for name, text in files().items():
        (HERE / name).write_text(text, "utf-8")

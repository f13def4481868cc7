"""Writes sealed containers from docs/spec/sealed-bid.md alone, right or wrong in one chosen place.

Shares no code with signing.envelope and signing.policy: that both write the same bytes is a test. Nonces, keys and
blinds are drawn from a fixed stream; see tests/vectors/keys/README.md for the identities.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache, reduce
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import padding
from cryptography.hazmat.primitives.ciphers import Cipher, modes
from cryptography.hazmat.primitives.ciphers.algorithms import SM4

from signing.cms.signed_data import sign_detached
from signing.x509.certificate import load_pem_certificates, parse
from tests.deterministic_sm2 import GX, GY, N, fixed_signer, multiply, sm3

MAGIC = b"\x89TBX\r\n\x1a\n"
SEALED_AT = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
KEYS = Path(__file__).parent.parent / "keys"
CHUNK_SIZE = 65536
DEFAULT_POLICY = {"all": ["bidder", "tenderer"]}
CONTEXT = {
    "bidder_name": "测试投标单位",
    "deadline": "2026-03-05T01:00:00Z",
    "lot_id": "lot-1",
    "opening_at": "2026-03-05T01:00:00Z",
    "tender_id": "T-2026-001",
}


class Stream:
    """Bytes that look random and are the same in every run."""

    def __init__(self, seed: str) -> None:
        self._seed, self._count = seed.encode(), 0

    def draw(self, length: int) -> bytes:
        self._count += 1
        out = b""
        while len(out) < length:
            out += sm3(b"test stream" + self._seed + self._count.to_bytes(4, "big") + len(out).to_bytes(4, "big"))
        return out[:length]


def canonical(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def hmac_sm3(key: bytes, data: bytes) -> bytes:
    return hmac.new(key, data, lambda start=b"": hashlib.new("sm3", start)).digest()


def hkdf(key: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    extracted, block, out = hmac_sm3(salt, key), b"", b""
    while len(out) < length:
        block = hmac_sm3(extracted, block + info + bytes([len(out) // 32 + 1]))
        out += block
    return out[:length]


def gcm(key: bytes, nonce: bytes, plain: bytes, associated: bytes) -> bytes:
    encryptor = Cipher(SM4(key), modes.GCM(nonce)).encryptor()
    encryptor.authenticate_additional_data(associated)
    return encryptor.update(plain) + encryptor.finalize() + encryptor.tag


# --- DER, SM2 encryption, wraps --------------------------------------------------------------------------------------


def der(tag: int, *contents: bytes) -> bytes:
    content = b"".join(contents)
    if len(content) < 128:
        return bytes([tag, len(content)]) + content
    size = (len(content).bit_length() + 7) // 8
    return bytes([tag, 0x80 | size]) + len(content).to_bytes(size, "big") + content


def der_integer(value: int) -> bytes:
    return der(2, value.to_bytes(value.bit_length() // 8 + 1, "big"))


def der_oid(dotted: str) -> bytes:
    first, second, *rest = map(int, dotted.split("."))
    out = b""
    for arc in (first * 40 + second, *rest):
        digits = [arc & 0x7F]
        while arc := arc >> 7:
            digits.append(arc & 0x7F | 0x80)
        out += bytes(reversed(digits))
    return der(6, out)


def sm2_encrypt(public: bytes, plain: bytes, nonce: int) -> bytes:
    """SM2Cipher (C1C3C2) after GB/T 32918.4."""
    point = (int.from_bytes(public[1:33], "big"), int.from_bytes(public[33:], "big"))
    c1, shared = multiply(nonce, (GX, GY)), multiply(nonce, point)
    assert c1 is not None
    assert shared is not None
    x, y = (number.to_bytes(32, "big") for number in shared)
    mask = b"".join(sm3(x + y + count.to_bytes(4, "big")) for count in range(1, len(plain) // 32 + 2))
    masked = bytes(a ^ b for a, b in zip(plain, mask, strict=False))
    return der(0x30, der_integer(c1[0]), der_integer(c1[1]), der(4, sm3(x + plain + y)), der(4, masked))


@cache
def certificate(name: str) -> bytes:
    """The encryption certificate of an identity."""
    return load_pem_certificates((KEYS / f"{name}-encrypt.pem").read_bytes())[0]


@cache
def envelope(secret: bytes, names: tuple[str, ...], seed: str = "") -> bytes:
    """EnvelopedData of a secret to the encryption certificates of these identities."""
    stream = Stream("wrap" + seed + secret.hex() + " ".join(names))
    key, iv = stream.draw(16), stream.draw(16)
    infos = []
    for name in names:
        found = parse(certificate(name))
        nonce = int.from_bytes(stream.draw(32), "big") % (N - 1) + 1
        infos.append(der(
            0x30, der_integer(1), der(0x30, found.issuer_der, der_integer(found.serial)),
            der(0x30, der_oid("1.2.156.10197.1.301.3")), der(4, sm2_encrypt(found.public_key.raw, key, nonce)),
        ))  # fmt: skip
    padder = padding.PKCS7(128).padder()
    encryptor = Cipher(SM4(key), modes.CBC(iv)).encryptor()
    content = encryptor.update(padder.update(secret) + padder.finalize()) + encryptor.finalize()
    encrypted = der(
        0x30, der_oid("1.2.156.10197.6.1.4.2.1"), der(0x30, der_oid("1.2.156.10197.1.104.2"), der(4, iv)),
        der(0x80, content),
    )  # fmt: skip
    body = der(0x30, der_integer(1), der(0x31, *sorted(infos)), encrypted)
    return der(0x30, der_oid("1.2.156.10197.6.1.4.2.3"), der(0xA0, body))


# --- policy ----------------------------------------------------------------------------------------------------------

Tree = Any  # "name" | ("name", "name" …): one leaf | {"all": […]} | {"any": […]} | {"threshold": (k, […])}


def leaf_names(tree: Tree) -> list[tuple[str, ...]]:
    if isinstance(tree, str):
        return [(tree,)]
    if isinstance(tree, tuple):
        return [tree]
    [(kind, value)] = tree.items()
    return [names for child in (value[1] if kind == "threshold" else value) for names in leaf_names(child)]


def policy_json(tree: Tree) -> Any:
    if isinstance(tree, str | tuple):
        names = (tree,) if isinstance(tree, str) else tree
        certificates = [base64.b64encode(certificate(name)).decode() for name in names]
        return {"leaf": {"certificates": certificates, "holder": names[0]}}
    [(kind, value)] = tree.items()
    if kind == "threshold":
        return {"threshold": {"children": [policy_json(child) for child in value[1]], "k": value[0]}}
    return {kind: [policy_json(child) for child in value]}


def field_multiply(a: int, b: int) -> int:
    """School-book polynomial product, then long division by x^128 + x^7 + x^2 + x + 1."""
    product = 0
    for bit in range(128):
        if b >> bit & 1:
            product ^= a << bit
    for bit in range(254, 127, -1):
        if product >> bit & 1:
            product ^= (1 << 128 | 0x87) << (bit - 128)
    return product


def shares_of(tree: Tree, secret: bytes, draw: Callable[[int], bytes]) -> list[bytes]:
    if isinstance(tree, str | tuple):
        return [secret]
    [(kind, value)] = tree.items()
    children = value[1] if kind == "threshold" else value
    if kind == "any":
        parts = [secret] * len(children)
    elif kind == "all":
        parts = [draw(16) for _ in children[1:]]
        parts.append(bytes(reduce(lambda a, b: a ^ b, column) for column in zip(secret, *parts, strict=True)))
    else:
        constants = [int.from_bytes(part, "big") for part in (secret, *(draw(16) for _ in range(value[0] - 1)))]
        parts = []
        for x in range(1, len(children) + 1):
            y, power = 0, 1
            for constant in constants:
                y ^= field_multiply(constant, power)
                power = field_multiply(power, x)
            parts.append(y.to_bytes(16, "big"))
    return [share for child, part in zip(children, parts, strict=True) for share in shares_of(child, part, draw)]


# --- the container ---------------------------------------------------------------------------------------------------


def padded(kind: str, content: bytes) -> bytes:
    step = 65536 if kind in {"price", "summary"} else 1024
    plain = len(content).to_bytes(8, "big") + content
    return plain + bytes(-len(plain) % step)


def unchanged(value: Any) -> Any:
    return value


@dataclass
class Stage:
    """One stage while it is being dealt."""

    id: str
    tree: Tree
    key: bytes
    shares: list[bytes]
    blinds: list[bytes]


@dataclass
class Plan:
    """What to write, and where to go wrong. Each ``edit`` gets the right value and returns the one to be written."""

    stages: Sequence[tuple[str, Tree]] = (("main", DEFAULT_POLICY),)
    parts: Sequence[tuple[str, str, str, bytes]] = (  # id, kind, stage, content
        ("letter", "document", "main", "投标函。".encode() * 20),
        ("note", "document", "main", b"a note"),
    )
    signer: str | None = "bidder"
    signed_by: str | None = None
    seed: str = "vector"
    version: int = 0
    edit_stage: Callable[[Stage], Any] = unchanged
    edit_wrapped: Callable[[int, bytes], bytes] = lambda _leaf, content: content
    edit_wrap: Callable[[int, bytes], bytes] = lambda _leaf, wrap: wrap
    edit_padded: Callable[[list[bytes]], list[bytes]] = unchanged
    edit_header: Callable[[dict[str, Any]], Any] = unchanged
    encode_header: Callable[[Any], bytes] = canonical
    edit_tags: Callable[[list[bytes]], list[bytes]] = unchanged
    edit_nonce: Callable[[int, bytes], bytes] = lambda _position, nonce: nonce
    edit_associated: Callable[[bytes], bytes] = unchanged
    edit_chunks: Callable[[list[bytes]], list[bytes]] = unchanged
    edit_index: Callable[[bytes], bytes] = unchanged
    edit_body: Callable[[dict[str, Any]], Any] = unchanged
    encode_body: Callable[[Any], bytes] = canonical
    signed_at: datetime = SEALED_AT
    edit_signed: Callable[[bytes], bytes] = unchanged
    edit_signature: Callable[[bytes], bytes] = unchanged
    edit_file: Callable[[bytes], bytes] = unchanged
    pieces: dict[str, Any] = field(default_factory=dict)  # for the worked example


def build(plan: Plan) -> bytes:
    """The file of a plan."""
    stream = Stream(plan.seed)
    file_id = stream.draw(16)
    stages, stage_json = [], []
    for name, tree in plan.stages:
        key = stream.draw(16)
        shares = shares_of(tree, key, stream.draw)
        stage = Stage(name, tree, key, shares, [stream.draw(16) for _ in shares])
        plan.edit_stage(stage)
        stages.append(stage)
        stage_json.append(_stage_json(plan, stage, file_id))
    plain = plan.edit_padded([padded(kind, content) for _, kind, _, content in plan.parts])
    header = _header_json(plan, file_id, stage_json, plain)
    plan.edit_header(header)
    header_bytes = plan.encode_header(header)
    prefix = MAGIC + plan.version.to_bytes(2, "big") + len(header_bytes).to_bytes(4, "big") + header_bytes
    tags = [
        hmac_sm3(hkdf(stage.key, file_id, b"tenderbox sealed 0 head\x00" + stage.id.encode(), 32), prefix)
        for stage in stages
    ]
    head = prefix + b"".join(plan.edit_tags(tags))
    chunks, leaves = _chunks(plan, file_id, {stage.id: stage.key for stage in stages}, plain, sm3(head))
    index = plan.edit_index(b"".join(leaves))
    body = {
        "chunks": len(chunks), "file_id": file_id.hex(), "head_sm3": sm3(head).hex(), "index_sm3": sm3(index).hex(),
        "merkle_root": root([index[at : at + 32] for at in range(0, len(index), 32)]).hex(),
        "offset": len(head) + sum(map(len, chunks)) + len(index), "type": "tenderbox sealed trailer 0",
    }  # fmt: skip
    plan.edit_body(body)
    body_bytes = plan.encode_body(body)
    signature = b""
    if plan.signer is not None:
        by = fixed_signer(plan.signed_by or plan.signer)
        signature = sign_detached(plan.edit_signed(body_bytes), by, signed_at=plan.signed_at)
    signature = plan.edit_signature(signature)
    trailer = len(body_bytes).to_bytes(4, "big") + body_bytes + len(signature).to_bytes(4, "big") + signature
    plan.pieces |= {
        "file_id": file_id, "stages": stages, "header": header_bytes, "prefix": prefix, "head": head, "tags": tags,
        "chunks": chunks, "index": index, "body": body_bytes, "signature": signature, "trailer": trailer,
    }  # fmt: skip
    return plan.edit_file(head + b"".join(chunks) + index + trailer)


def commitment(file_id: bytes, stage: str, leaf: int, share: bytes, blind: bytes) -> bytes:
    place = file_id + stage.encode() + b"\x00" + leaf.to_bytes(2, "big")
    return sm3(b"tenderbox sealed 0 share\x00" + place + share + blind)


def root(level: list[bytes]) -> bytes:
    """The tree hash as RFC 6962 §2.1 defines it, recursively."""
    if len(level) == 1:
        return level[0]
    left = 1
    while left * 2 < len(level):
        left *= 2
    return sm3(b"\x01" + root(level[:left]) + root(level[left:]))


def part_keys(key: bytes, file_id: bytes, stage: str, part: str) -> tuple[bytes, bytes]:
    info = b"tenderbox sealed 0 part\x00" + stage.encode() + b"\x00" + part.encode()
    material = hkdf(key, file_id, info, 23)
    return material[:16], material[16:]


def _stage_json(plan: Plan, stage: Stage, file_id: bytes) -> dict[str, Any]:
    names = leaf_names(stage.tree)
    wraps, commitments = [], []
    for leaf, (share, blind) in enumerate(zip(stage.shares, stage.blinds, strict=True)):
        wrap = envelope(plan.edit_wrapped(leaf, share + blind), names[leaf])
        wraps.append(base64.b64encode(plan.edit_wrap(leaf, wrap)).decode())
        commitments.append(commitment(file_id, stage.id, leaf, share, blind).hex())
    return {"commitments": commitments, "id": stage.id, "policy": policy_json(stage.tree), "wraps": wraps}


def _header_json(plan: Plan, file_id: bytes, stages: Sequence[Any], plain: Sequence[bytes]) -> dict[str, Any]:
    return {
        "chunk_size": CHUNK_SIZE,
        "context": dict(CONTEXT),
        "file_id": file_id.hex(),
        "kind": "bid",
        "parts": [
            {"id": name, "kind": kind, "padded_length": len(content), "stage": stage}
            for (name, kind, stage, _), content in zip(plan.parts, plain, strict=True)
        ],
        "sealed_at": "2026-03-02T01:30:00Z",
        "signer": None if plan.signer is None else sm3(fixed_signer(plan.signer).certificate()).hex(),
        "stages": list(stages),
        "suite": 1,
        "twin": None,
    }


def _chunks(
    plan: Plan, file_id: bytes, keys: dict[str, bytes], plain: Sequence[bytes], head_sm3: bytes
) -> tuple[list[bytes], list[bytes]]:
    places, chunks = [], []
    for position, ((name, _, stage, _), content) in enumerate(zip(plan.parts, plain, strict=True)):
        key, prefix = part_keys(keys[stage], file_id, stage, name)
        pieces = [content[at : at + CHUNK_SIZE] for at in range(0, len(content), CHUNK_SIZE)]
        for number, piece in enumerate(pieces):
            last = number == len(pieces) - 1
            nonce = plan.edit_nonce(len(chunks), prefix + number.to_bytes(4, "big") + bytes([last]))
            chunks.append(gcm(key, nonce, piece, plan.edit_associated(head_sm3 + name.encode())))
            places.append(position.to_bytes(4, "big") + number.to_bytes(4, "big"))
    leaves = [sm3(b"\x00" + place + chunk) for place, chunk in zip(places, chunks, strict=True)]
    return plan.edit_chunks(chunks), leaves

"""The trailer's body: the bytes that are signed and that pin every other byte of the file.

Source: docs/spec/sealed-bid.md §8, §9 check 6.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NoReturn

from signing.canonical_json import NotCanonicalJson, decode_object, encode
from signing.errors import ContainerInvalid

TYPE = "tenderbox sealed trailer 0"


@dataclass(frozen=True, slots=True)
class Trailer:
    """What the trailer says of the file before it. Digests are 32 bytes, ``offset`` is the trailer's position."""

    chunks: int
    file_id: bytes
    head_sm3: bytes
    index_sm3: bytes
    merkle_root: bytes
    offset: int

    def body(self) -> bytes:
        """The signed bytes."""
        return encode(
            {
                "chunks": self.chunks,
                "file_id": self.file_id.hex(),
                "head_sm3": self.head_sm3.hex(),
                "index_sm3": self.index_sm3.hex(),
                "merkle_root": self.merkle_root.hex(),
                "offset": self.offset,
                "type": TYPE,
            }
        )


def check_body(untrusted: bytes, computed: Trailer) -> None:
    """Raises :class:`ContainerInvalid`, layer trailer, unless the body is exactly that of the computed trailer."""
    expected = computed.body()
    if untrusted == expected:
        return
    try:
        found = decode_object(untrusted)
    except NotCanonicalJson:
        _refuse("not_canonical")
    wanted = decode_object(expected)
    if found.keys() != wanted.keys():
        _refuse("fields")
    reasons = {
        "type": "fields", "file_id": "fields", "head_sm3": "head_digest", "index_sm3": "index_digest",
        "merkle_root": "merkle_root", "chunks": "count", "offset": "count",
    }  # fmt: skip
    _refuse(next((reason for name, reason in reasons.items() if found[name] != wanted[name]), "fields"))


def _refuse(reason: str) -> NoReturn:
    raise ContainerInvalid(layer="trailer", reason=reason) from None

"""The key schedule of one stage: header tag and part keys from its content key.

Content keys themselves are drawn, one per stage, by :mod:`signing.envelope.writer` and joined from shares by
:mod:`signing.envelope.release`; no content key is ever derived.
Source: docs/spec/sealed-bid.md §6.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from signing.envelope.chunk_cipher import PREFIX_BYTES, ChunkCipher
from signing.envelope.header import SealedHeader
from signing.gm.sm3 import hkdf_sm3, hmac_sm3

KEY_BYTES = 16
_TAG_LABEL = b"tenderbox sealed 0 head\x00"
_PART_LABEL = b"tenderbox sealed 0 part\x00"


@dataclass(frozen=True, slots=True)
class StageKey:
    """The content key of one stage of one file; never shown, logged or stored."""

    stage: str
    file_id: bytes
    secret: bytes = field(repr=False)

    def header_tag(self, prefix: bytes) -> bytes:
        """The tag over the bytes before the tags; commits to this key."""
        key = self._derive(_TAG_LABEL + self.stage.encode("ascii"), 32)
        return hmac_sm3(key, prefix)

    def cipher(self, header: SealedHeader, part_id: str) -> ChunkCipher:
        """The cipher of one part of this stage."""
        names = self.stage.encode("ascii") + b"\x00" + part_id.encode("ascii")
        material = self._derive(_PART_LABEL + names, KEY_BYTES + PREFIX_BYTES)
        associated = header.sm3 + part_id.encode("ascii")
        return ChunkCipher(material[:KEY_BYTES], material[KEY_BYTES:], associated)

    def _derive(self, info: bytes, length: int) -> bytes:
        return hkdf_sm3(self.secret, salt=self.file_id, info=info, length=length)

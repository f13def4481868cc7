"""One released share with its blind, the commitment that binds it, and the two byte forms in which it is wrapped.

Source: docs/spec/sealed-bid.md §5.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from signing.gm.sm3 import sm3

SHARE_BYTES = 16
BLIND_BYTES = 16
_LABEL = b"tenderbox sealed 0 share\x00"
_TRAVEL_LABEL = b"TBO0"
_TRAVEL_BYTES = len(_TRAVEL_LABEL) + 2 + SHARE_BYTES + BLIND_BYTES


@dataclass(frozen=True, slots=True)
class Opening:
    """The share of one leaf and the blind of its commitment; secret until it is released."""

    leaf: int
    share: bytes = field(repr=False)
    blind: bytes = field(repr=False)

    def commitment(self, file_id: bytes, stage: str) -> bytes:
        """What the signed header must hold for this leaf, 32 bytes."""
        place = file_id + stage.encode("ascii") + b"\x00" + self.leaf.to_bytes(2, "big")
        return sm3(_LABEL + place + self.share + self.blind)

    def wrapped(self) -> bytes:
        """The content of the wrap in the header, 32 bytes."""
        return self.share + self.blind

    def travelling(self) -> bytes:
        """The content of a released share on its way to the opening's key."""
        return _TRAVEL_LABEL + self.leaf.to_bytes(2, "big") + self.wrapped()


def from_wrapped(leaf: int, content: bytes) -> Opening | None:
    """The opening of a wrap's content, None where it has not the right length."""
    if len(content) != SHARE_BYTES + BLIND_BYTES:
        return None
    return Opening(leaf, content[:SHARE_BYTES], content[SHARE_BYTES:])


def from_travelling(content: bytes) -> Opening | None:
    """The opening of :meth:`Opening.travelling`, None where the content is anything else."""
    if len(content) != _TRAVEL_BYTES or not content.startswith(_TRAVEL_LABEL):
        return None
    body = content[len(_TRAVEL_LABEL) :]
    return from_wrapped(int.from_bytes(body[:2], "big"), body[2:])

"""Releasing shares and joining them: open one leaf, check a share, get the key of a stage.

When a share may be released (cut-off record, opening time, stage notice) is a rule of procedure kept by the jobs and
the holders' tools; nothing here has a clock. Source: docs/spec/sealed-bid.md §5, §9 checks 10 to 13.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable

from signing.api import Decrypter
from signing.cms.enveloped_data import envelop, open_envelope
from signing.envelope.header import SealedHeader
from signing.envelope.keys import StageKey
from signing.envelope.opening import Opening, from_travelling, from_wrapped
from signing.errors import ContainerInvalid, DecryptionFailed, ShareDisputed
from signing.policy.tree import join
from signing.x509.certificate import Certificate

__all__ = ["Opening", "check_opening", "content_key", "open_leaf", "open_sealed_opening", "seal_opening"]


def open_leaf(header: SealedHeader, stage: str, leaf_index: int, decrypter: Decrypter) -> Opening:
    """The share of one leaf, checked against its commitment.

    Raises :class:`DecryptionFailed` where the key does not open the wrap, :class:`ShareDisputed` where it does but
    what it holds is not what the signed header commits to.
    """
    found = header.stage(stage)
    if not 0 <= leaf_index < len(found.wraps):
        raise ContainerInvalid(layer="request", reason="no_such_leaf", name=leaf_index)
    opening = from_wrapped(leaf_index, open_envelope(found.wraps[leaf_index], decrypter))
    if opening is None:
        raise ShareDisputed(holder=found.leaves[leaf_index].holder)
    check_opening(header, stage, opening)
    return opening


def check_opening(header: SealedHeader, stage: str, opening: Opening) -> None:
    """Raises :class:`ShareDisputed` unless share and blind match the commitment in the header."""
    found = header.stage(stage)
    if not 0 <= opening.leaf < len(found.commitments):
        raise ContainerInvalid(layer="request", reason="no_such_leaf", name=opening.leaf)
    if not hmac.compare_digest(opening.commitment(header.file_id, stage), found.commitments[opening.leaf]):
        raise ShareDisputed(holder=found.leaves[opening.leaf].holder)


def content_key(header: SealedHeader, stage: str, openings: Iterable[Opening]) -> StageKey:
    """The key of a stage from released shares, each checked before it is used.

    Raises :class:`ShareDisputed`, :class:`~signing.errors.SharesInsufficient`, and :class:`ContainerInvalid` (key, tag)
    where all shares match their commitments and still give no key: then the sealer dealt wrongly.
    """
    shares: dict[int, bytes] = {}
    for opening in openings:
        check_opening(header, stage, opening)
        shares[opening.leaf] = opening.share
    key = StageKey(stage, header.file_id, join(header.stage(stage).policy, shares))
    if not hmac.compare_digest(key.header_tag(header.prefix), header.tag(stage)):
        raise ContainerInvalid(layer="key", reason="tag", stage=stage)
    return key


def seal_opening(opening: Opening, recipient: Certificate) -> bytes:
    """One released share, re-encrypted to the key of the opening; DER of an EnvelopedData."""
    return envelop(opening.travelling(), [recipient])


def open_sealed_opening(untrusted_der: bytes, decrypter: Decrypter) -> Opening:
    """The share of :func:`seal_opening`, not yet checked against any header.

    Raises :class:`DecryptionFailed`, :class:`~signing.errors.MessageInvalid`.
    """
    opening = from_travelling(open_envelope(untrusted_der, decrypter))
    if opening is None:
        raise DecryptionFailed(reason="not a released share")
    return opening

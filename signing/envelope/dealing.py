"""Draws the content key of each stage, deals its shares over the policy and wraps them.

Source: docs/spec/sealed-bid.md §5.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from signing.envelope.header import StageHeader
from signing.envelope.keys import KEY_BYTES, StageKey
from signing.envelope.opening import BLIND_BYTES, Opening
from signing.envelope.randomness import Randomness
from signing.policy.tree import Policy, leaves, split
from signing.x509.certificate import parse


@dataclass(frozen=True, slots=True)
class DealtStage:
    """One stage as its dealer knows it."""

    header: StageHeader
    key: StageKey
    openings: tuple[Opening, ...] = field(repr=False)


def deal_stages(
    stages: Mapping[str, Policy], *, file_id: bytes, randomness: Randomness
) -> tuple[DealtStage, ...]:  # fmt: skip
    """All stages in the order of the mapping; no key, share or blind is used or derived twice."""
    return tuple(_deal(name, policy, file_id, randomness) for name, policy in stages.items())


def _deal(name: str, policy: Policy, file_id: bytes, randomness: Randomness) -> DealtStage:
    key = StageKey(name, file_id, randomness.draw(KEY_BYTES))
    shares = split(policy, key.secret, draw=randomness.draw)
    openings = tuple(Opening(leaf, share, randomness.draw(BLIND_BYTES)) for leaf, share in enumerate(shares))
    wraps = tuple(
        randomness.wrap(opening.wrapped(), [parse(der) for der in leaf.certificates])
        for opening, leaf in zip(openings, leaves(policy), strict=True)
    )
    commitments = tuple(opening.commitment(file_id, name) for opening in openings)
    return DealtStage(StageHeader(name, policy, wraps, commitments), key, openings)

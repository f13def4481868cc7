"""The release policy: a small tree of AND, OR and k-of-n over named holders, and the splitting of a key over it.

Pure values. Wrapping a share to certificates, commitments and their checks are :mod:`signing.envelope`; the JSON form
is :mod:`signing.policy.plain`.
Source: docs/spec/sealed-bid.md §5.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import reduce
from typing import TypeAlias

from signing.errors import SharesInsufficient
from signing.policy.shamir import SECRET_LENGTH, Draw, deal, interpolate


@dataclass(frozen=True, slots=True)
class Leaf:
    """One holder; whoever has the key of any one of the certificates (DER) can release the share."""

    holder: str
    certificates: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class All:
    """AND: every child is needed."""

    children: tuple[Policy, ...]


@dataclass(frozen=True, slots=True)
class Any_:  # noqa: N801 - ``Any`` would read as typing.Any
    """OR: one child is enough."""

    children: tuple[Policy, ...]


@dataclass(frozen=True, slots=True)
class Threshold:
    """``k`` of the children are needed, 2 ≤ k ≤ number of children."""

    k: int
    children: tuple[Policy, ...]


Policy: TypeAlias = Leaf | All | Any_ | Threshold


class SharesInconsistent(ValueError):
    """The shares of one policy were not dealt from one secret."""


def leaves(policy: Policy) -> tuple[Leaf, ...]:
    """All leaves in depth-first order; the position is the leaf index."""
    if isinstance(policy, Leaf):
        return (policy,)
    return tuple(leaf for child in policy.children for leaf in leaves(child))


def depth(policy: Policy) -> int:
    """The number of levels; a leaf alone has 1."""
    return 1 if isinstance(policy, Leaf) else 1 + max(depth(child) for child in policy.children)


def needed(policy: Policy) -> int:
    """How many children of a node must be satisfied."""
    if isinstance(policy, Threshold):
        return policy.k
    return len(policy.children) if isinstance(policy, All) else 1


def describe(policy: Policy) -> str:
    """The policy as an expression over holders, e.g. ``bidder AND (tenderer OR 2 OF (agency, centre))``."""
    if isinstance(policy, Leaf):
        return policy.holder
    parts = [describe(child) for child in policy.children]
    if isinstance(policy, Threshold):
        return f"{policy.k} OF ({', '.join(parts)})"
    if len(parts) == 1:
        return parts[0]
    nested = [f"({part})" if _joined(child) else part for part, child in zip(parts, policy.children, strict=True)]
    return (" AND " if isinstance(policy, All) else " OR ").join(nested)


def _joined(policy: Policy) -> bool:
    return isinstance(policy, All | Any_) and len(policy.children) > 1


def satisfied(policy: Policy, have: Set[int]) -> bool:
    """Whether the shares of these leaf indexes are enough."""
    return _satisfied(policy, have, 0)[0]


def _satisfied(policy: Policy, have: Set[int], first: int) -> tuple[bool, int]:
    """The answer and the leaf index after this node."""
    if isinstance(policy, Leaf):
        return first in have, first + 1
    count = 0
    for child in policy.children:
        yes, first = _satisfied(child, have, first)
        count += yes
    return count >= needed(policy), first


def split(policy: Policy, secret: bytes, *, draw: Draw = secrets.token_bytes) -> tuple[bytes, ...]:
    """One share of 16 bytes per leaf, by leaf index. ``draw`` is replaced by the vector generator only."""
    if len(secret) != SECRET_LENGTH:
        raise ValueError(len(secret))
    if isinstance(policy, Leaf):
        return (secret,)
    dealt = _deal(policy, secret, draw)
    return tuple(
        share
        for child, part in zip(policy.children, dealt, strict=True)
        for share in split(child, part, draw=draw)
    )  # fmt: skip


def _deal(policy: All | Any_ | Threshold, secret: bytes, draw: Draw) -> tuple[bytes, ...]:
    total = len(policy.children)
    if isinstance(policy, Any_):
        return (secret,) * total
    if isinstance(policy, Threshold):
        return deal(secret, needed=policy.k, total=total, draw=draw)
    free = [draw(SECRET_LENGTH) for _ in range(total - 1)]
    return (*free, reduce(_xor, free, secret))


def join(policy: Policy, shares: Mapping[int, bytes]) -> bytes:
    """The secret from shares by leaf index; of more than enough the first in order count.

    Raises :class:`SharesInsufficient`. Shares are believed: check their commitments before.
    """
    secret = _join(policy, shares, iter(range(len(leaves(policy)))))
    if secret is None:
        names = [leaf.holder for index, leaf in enumerate(leaves(policy)) if index in shares]
        raise SharesInsufficient(have=", ".join(names), need=describe(policy))
    return secret


def _join(policy: Policy, shares: Mapping[int, bytes], indexes: Iterator[int]) -> bytes | None:
    if isinstance(policy, Leaf):
        return shares.get(next(indexes))
    parts = [_join(child, shares, indexes) for child in policy.children]
    present = {number: part for number, part in enumerate(parts, 1) if part is not None}
    if len(present) < needed(policy):
        return None
    return _combine(policy, {number: present[number] for number in list(present)[: needed(policy)]})


def join_every(policy: Policy, shares: Sequence[bytes]) -> bytes:
    """The secret from all shares, proven to be the same for every set of holders the policy allows.

    Raises :class:`SharesInconsistent` where two such sets would get different secrets.
    """
    return _join_every(policy, iter(shares))


def _join_every(policy: Policy, shares: Iterator[bytes]) -> bytes:
    if isinstance(policy, Leaf):
        return next(shares)
    parts = {number: _join_every(child, shares) for number, child in enumerate(policy.children, 1)}
    first = {number: parts[number] for number in range(1, needed(policy) + 1)}
    for number in range(needed(policy) + 1, len(parts) + 1):
        expected = first[1] if isinstance(policy, Any_) else interpolate(first, at=number)
        if parts[number] != expected:
            raise SharesInconsistent(describe(policy))
    return _combine(policy, first)


def _combine(policy: All | Any_ | Threshold, parts: Mapping[int, bytes]) -> bytes:
    if isinstance(policy, Threshold):
        return interpolate(parts)
    return reduce(_xor, parts.values())


def _xor(a: bytes, b: bytes) -> bytes:
    return bytes(x ^ y for x, y in zip(a, b, strict=True))

"""Splitting a key over a policy: the field against a school-book one, and join succeeds iff the policy says so."""

from __future__ import annotations

import secrets
from collections.abc import Set

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from signing.errors import SharesInsufficient
from signing.policy.plain import PolicyUnreadable, check_policy, decode_base64, policy_from_plain, policy_to_plain
from signing.policy.shamir import deal, interpolate, invert, multiply
from signing.policy.tree import (
    All,
    Any_,
    Leaf,
    Policy,
    SharesInconsistent,
    Threshold,
    depth,
    describe,
    join,
    join_every,
    leaves,
    satisfied,
    split,
)
from tests.vectors.make._sealed_bid_builder import field_multiply

ELEMENTS = st.integers(0, (1 << 128) - 1)
SECRETS = st.binary(min_size=16, max_size=16)
LEAVES = st.builds(
    lambda name: Leaf(name, (b"certificate",)), st.sampled_from(["bidder", "tenderer", "agency", "centre"])
)


def _nodes(children: st.SearchStrategy[Policy]) -> st.SearchStrategy[Policy]:
    some = st.lists(children, min_size=1, max_size=4).map(tuple)
    several = st.lists(children, min_size=2, max_size=5).map(tuple)
    thresholds = several.flatmap(lambda found: st.builds(Threshold, st.integers(2, len(found)), st.just(found)))
    return st.one_of(st.builds(All, some), st.builds(Any_, some), thresholds)


POLICIES: st.SearchStrategy[Policy] = st.recursive(LEAVES, _nodes, max_leaves=12)


def allowed(policy: Policy, have: Set[int]) -> bool:
    """The meaning of a policy by truth tables, written apart from the product."""
    count = -1

    def holds(node: Policy) -> bool:
        nonlocal count
        if isinstance(node, Leaf):
            count += 1
            return count in have
        truths = [holds(child) for child in node.children]
        if isinstance(node, All):
            return all(truths)
        return any(truths) if isinstance(node, Any_) else truths.count(True) >= node.k

    return holds(policy)


@given(ELEMENTS, ELEMENTS)
@settings(deadline=None)
def test_product_agrees_with_long_division(a: int, b: int) -> None:
    assert multiply(a, b) == field_multiply(a, b)


@given(ELEMENTS, ELEMENTS, ELEMENTS)
@settings(max_examples=30, deadline=None)
def test_product_distributes_and_commutes(a: int, b: int, c: int) -> None:
    assert multiply(a, b ^ c) == multiply(b, a) ^ multiply(c, a)


@given(ELEMENTS.filter(bool))
@settings(max_examples=20, deadline=None)
def test_inverse_times_itself_is_one(a: int) -> None:
    assert multiply(a, invert(a)) == 1


def test_product_of_the_gcm_field_has_the_known_value() -> None:
    # x^127 · x = x^128 = x^7 + x^2 + x + 1
    assert multiply(1 << 127, 2) == 0x87
    assert multiply(1 << 127, 1 << 127) == field_multiply(1 << 127, 1 << 127)


@given(SECRETS, st.data())
@settings(max_examples=25, deadline=None)
def test_any_k_shares_give_the_secret_and_k_minus_one_fit_every_secret(secret: bytes, data: st.DataObject) -> None:
    total = data.draw(st.integers(2, 6))
    needed = data.draw(st.integers(2, total))
    shares = dict(enumerate(deal(secret, needed=needed, total=total, draw=secrets.token_bytes), 1))
    chosen = data.draw(st.permutations(sorted(shares)))[:needed]
    assert interpolate({number: shares[number] for number in chosen}) == secret
    # with one share less, some value of the missing one leads to any other secret just as well
    other = data.draw(SECRETS)
    fewer = {number: shares[number] for number in chosen[1:]}
    missing = interpolate({**fewer, 0: other}, at=chosen[0])
    assert interpolate({**fewer, chosen[0]: missing}) == other


@given(POLICIES, SECRETS, st.data())
@settings(max_examples=120, deadline=None)
def test_shares_join_if_and_only_if_the_policy_is_satisfied(policy: Policy, secret: bytes, data: st.DataObject) -> None:
    shares = dict(enumerate(split(policy, secret)))
    have = data.draw(st.sets(st.sampled_from(sorted(shares))))
    assert satisfied(policy, have) == allowed(policy, have)
    given_shares = {index: shares[index] for index in have}
    if allowed(policy, have):
        assert join(policy, given_shares) == secret
    else:
        with pytest.raises(SharesInsufficient):
            join(policy, given_shares)


@given(POLICIES, SECRETS, st.data())
@settings(max_examples=60, deadline=None)
def test_a_changed_share_never_passes_for_a_consistent_dealing(
    policy: Policy, secret: bytes, data: st.DataObject
) -> None:
    shares = list(split(policy, secret))
    assert join_every(policy, shares) == secret
    index = data.draw(st.integers(0, len(shares) - 1))
    shares[index] = bytes([shares[index][0] ^ 1]) + shares[index][1:]
    try:
        found = join_every(policy, shares)
    except SharesInconsistent:
        return
    assert found != secret


@given(POLICIES)
@settings(max_examples=60, deadline=None)
def test_policy_survives_its_json_form(policy: Policy) -> None:
    if depth(policy) <= 8:
        assert policy_from_plain(policy_to_plain(policy)) == policy


def test_two_dealings_of_one_secret_share_no_share() -> None:
    policy = All(tuple(Leaf(name, (b"c",)) for name in ("bidder", "tenderer")))
    secret = bytes(16)
    assert not set(split(policy, secret)) & set(split(policy, secret))


def test_leaves_are_counted_depth_first_and_policies_read_as_expressions() -> None:
    holders = [Leaf(name, (b"c",)) for name in ("bidder", "tenderer", "agency", "centre")]
    policy = All((holders[0], Any_((holders[1], Threshold(2, (holders[1], holders[2], holders[3]))))))
    assert [leaf.holder for leaf in leaves(policy)] == ["bidder", "tenderer", "tenderer", "agency", "centre"]
    assert describe(policy) == "bidder AND (tenderer OR 2 OF (tenderer, agency, centre))"
    with pytest.raises(SharesInsufficient) as caught:
        join(policy, {0: bytes(16), 4: bytes(16)})
    assert caught.value.params == {"have": "bidder, centre", "need": describe(policy)}


LEAF = Leaf("bidder", (b"c",))


@pytest.mark.parametrize(
    "policy",
    [
        Leaf("Bidder", (b"c",)),
        Leaf("bidder", ()),
        Leaf("bidder", (b"c",) * 9),
        Leaf("bidder", (b"c" * 8193,)),
        All(()),
        Any_((LEAF,) * 65),
        Threshold(1, (LEAF, LEAF)),
        Threshold(3, (LEAF, LEAF)),
        All((Any_((LEAF,) * 33), Any_((LEAF,) * 33))),
        All((All((All((All((All((All((All((All((LEAF,)),)),)),)),)),)),)),)),
    ],
)
def test_policies_beyond_the_limits_are_refused(policy: Policy) -> None:
    with pytest.raises(PolicyUnreadable):
        check_policy(policy)
    with pytest.raises(PolicyUnreadable):
        policy_from_plain(policy_to_plain(policy))


@pytest.mark.parametrize("text", ["QQ", "QR==", "QQ==\n", "Q Q=", 7, None])
def test_only_canonical_base64_is_read(text: object) -> None:
    with pytest.raises((ValueError, TypeError)):
        decode_base64(text)

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import DataInvalid
from core.tender.policy import (
    DEFAULT_POLICY,
    And,
    Name,
    Of,
    Or,
    PolicyTree,
    opens_without_bidder,
    parse_policy,
    policy_names,
    satisfied,
)


def text_of(tree: PolicyTree) -> str:
    match tree:
        case Name(name):
            return name
        case And(children):
            return "(" + " AND ".join(text_of(child) for child in children) + ")"
        case Or(children):
            return "(" + " OR ".join(text_of(child) for child in children) + ")"
        case Of(k, children):
            return f"{k} OF (" + ", ".join(text_of(child) for child in children) + ")"


def test_the_default_needs_the_bidder_and_one_of_three() -> None:
    tree = parse_policy(DEFAULT_POLICY)
    assert tree == And((Name("bidder"), Or((Name("tenderer"), Name("agency"), Name("centre")))))
    assert policy_names(tree) == ("bidder", "tenderer", "agency", "centre")
    assert satisfied(tree, {"bidder", "centre"})
    assert not satisfied(tree, {"bidder"})
    assert not satisfied(tree, {"tenderer", "agency", "centre"})
    assert not opens_without_bidder(tree)


def test_and_binds_tighter_than_or() -> None:
    tree = parse_policy("bidder AND a OR b AND c")
    assert tree == Or((And((Name("bidder"), Name("a"))), And((Name("b"), Name("c")))))
    assert opens_without_bidder(tree)


def test_a_threshold_counts_branches() -> None:
    tree = parse_policy("bidder AND 2 OF (a, b, c AND d)")
    assert satisfied(tree, {"bidder", "a", "b"})
    assert satisfied(tree, {"bidder", "a", "c", "d"})
    assert not satisfied(tree, {"bidder", "a", "c"})


@pytest.mark.parametrize(
    "text",
    ["", "AND", "bidder AND", "bidder and tenderer", "(bidder", "bidder)", "bidder tenderer", "3 OF (a, b)", "0 OF (a)",
     "2 (a, b)", "bidder AND bidder", "Bidder", "a OF b", "a,b", "1 OF ()", "(" * 9 + "a" + ")" * 9, "a OR " * 200,
     "投标人"],
)  # fmt: skip
def test_what_is_no_policy_is_refused_with_its_place(text: str) -> None:
    with pytest.raises(DataInvalid) as caught:
        parse_policy(text)
    assert caught.value.params["where"] == "policy"


NAMES = st.sampled_from(["bidder", "a", "b", "c", "tenderer", "agency-2", "x_1"])


@st.composite
def trees(draw: st.DrawFn) -> PolicyTree:
    names = draw(st.lists(NAMES, min_size=2, max_size=7, unique=True))
    nodes: list[PolicyTree] = [Name(name) for name in names]
    while len(nodes) > 1:
        take = draw(st.integers(2, len(nodes)))
        children, nodes = tuple(nodes[:take]), nodes[take:]
        kind = draw(st.integers(0, 2))
        node: PolicyTree = (And(children), Or(children), Of(draw(st.integers(1, take)), children))[kind]
        nodes.append(node)
    return nodes[0]


@given(trees())
def test_printing_and_parsing_gives_the_same_tree(tree: PolicyTree) -> None:
    assert parse_policy(text_of(tree)) == tree


@given(trees(), st.sets(NAMES), NAMES)
def test_more_shares_never_close_what_fewer_open(tree: PolicyTree, have: set[str], more: str) -> None:
    assert not satisfied(tree, have) or satisfied(tree, have | {more})

"""The release policy in words, ``bidder AND (tenderer OR agency OR centre)`` or ``bidder AND 2 OF (a, b, c)``.

Grammar (docs/spec/tender-data.md): AND binds tighter than OR; ``k OF (a, b, …)`` is a threshold;
keywords are upper case; names are ``bidder`` and holder ids of ``[a-z][a-z0-9_-]*``.
"""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass
from typing import TypeAlias

from core.errors import DataInvalid

BIDDER = "bidder"
DEFAULT_POLICY = "bidder AND (tenderer OR agency OR centre)"
EXPRESSION_LIMIT = 500  # characters
DEPTH_LIMIT = 8  # nested brackets
_TOKEN = re.compile(r"\s*(?:(AND|OR|OF)\b|([a-z][a-z0-9_-]*)|([1-9][0-9]?)(?![0-9])|([(),]))")


@dataclass(frozen=True, slots=True)
class Name:
    """One holder, or the bidder."""

    name: str


@dataclass(frozen=True, slots=True)
class And:
    """All children are needed."""

    children: tuple[PolicyTree, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """One child is enough."""

    children: tuple[PolicyTree, ...]


@dataclass(frozen=True, slots=True)
class Of:
    """``k`` of the children are needed."""

    k: int
    children: tuple[PolicyTree, ...]


PolicyTree: TypeAlias = Name | And | Or | Of


def parse_policy(expression: str) -> PolicyTree:
    """The tree of a policy; raises :class:`DataInvalid` naming the place (character) where it does not fit.

    A name may stand only once: a share belongs to one leaf.
    """
    if len(expression) > EXPRESSION_LIMIT:
        raise DataInvalid(where="policy", reason=f"longer than {EXPRESSION_LIMIT} characters")
    parser = _Parser(_tokens(expression))
    tree = parser.either(0)
    parser.end()
    names = policy_names(tree)
    doubled = sorted({name for name in names if names.count(name) > 1})
    if doubled:
        raise DataInvalid(where="policy", reason=f"{doubled[0]} stands twice")
    return tree


def policy_names(tree: PolicyTree) -> tuple[str, ...]:
    """The names of the leaves in depth-first order, as the shares of the sealed container are numbered."""
    if isinstance(tree, Name):
        return (tree.name,)
    return tuple(name for child in tree.children for name in policy_names(child))


def satisfied(tree: PolicyTree, have: Set[str]) -> bool:
    """Whether the shares of these names together open a bid."""
    match tree:
        case Name(name):
            return name in have
        case And(children):
            return all(satisfied(child, have) for child in children)
        case Or(children):
            return any(satisfied(child, have) for child in children)
        case Of(k, children):
            return sum(satisfied(child, have) for child in children) >= k


def opens_without_bidder(tree: PolicyTree) -> bool:
    """Whether the holders alone could open a bid (an early-opening risk the tender must declare)."""
    return satisfied(tree, frozenset(policy_names(tree)) - {BIDDER})


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str  # "word", "name", "number", "mark", "end"
    text: str
    at: int


def _tokens(expression: str) -> list[_Token]:
    tokens: list[_Token] = []
    place = 0
    stripped = expression.rstrip()
    while place < len(stripped):
        match = _TOKEN.match(stripped, place)
        if match is None:
            raise DataInvalid(where="policy", reason=f"character {place + 1}: {stripped[place : place + 10]}")
        kind = ("word", "name", "number", "mark")[(match.lastindex or 1) - 1]
        tokens.append(_Token(kind, match.group(match.lastindex or 1), match.start(match.lastindex or 1)))
        place = match.end()
    return [*tokens, _Token("end", "", len(stripped))]


class _Parser:
    def __init__(self, tokens: list[_Token]) -> None:
        self._tokens = tokens
        self._next = 0

    def either(self, depth: int) -> PolicyTree:
        children = [self._both(depth)]
        while self._take("OR"):
            children.append(self._both(depth))
        return children[0] if len(children) == 1 else Or(tuple(children))

    def end(self) -> None:
        if self._tokens[self._next].kind != "end":
            raise self._unexpected()

    def _both(self, depth: int) -> PolicyTree:
        children = [self._one(depth)]
        while self._take("AND"):
            children.append(self._one(depth))
        return children[0] if len(children) == 1 else And(tuple(children))

    def _one(self, depth: int) -> PolicyTree:
        if depth > DEPTH_LIMIT:
            raise DataInvalid(where="policy", reason="nested too deep")
        token = self._tokens[self._next]
        if token.kind == "name":
            self._next += 1
            return Name(token.text)
        if token.kind == "number":
            self._next += 1
            return self._threshold(int(token.text), depth)
        self._must("(")
        tree = self.either(depth + 1)
        self._must(")")
        return tree

    def _threshold(self, k: int, depth: int) -> PolicyTree:
        self._must("OF")
        self._must("(")
        children = [self.either(depth + 1)]
        while self._take(","):
            children.append(self.either(depth + 1))
        self._must(")")
        if k > len(children):
            raise DataInvalid(where="policy", reason=f"{k} OF {len(children)}")
        return Of(k, tuple(children))

    def _take(self, text: str) -> bool:
        if self._tokens[self._next].text != text:
            return False
        self._next += 1
        return True

    def _must(self, text: str) -> None:
        if not self._take(text):
            raise self._unexpected()

    def _unexpected(self) -> DataInvalid:
        token = self._tokens[self._next]
        return DataInvalid(where="policy", reason=f"character {token.at + 1}: {token.text or 'end'}")

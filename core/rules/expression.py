"""The formulas of method packs: read, printed and computed exactly; nothing else can be written in them.

Numbers, names, ``+ - * / ^``, comparisons ``< <= > >= = !=``, ``and or not`` and the functions of
:mod:`core.rules.functions`. True is 1, false is 0. Every value is a ``Decimal``; a whole number only as exponent.

Format: docs/spec/method-pack.md.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Context, Decimal, DivisionByZero, InvalidOperation, Overflow, localcontext
from functools import cache
from typing import TypeAlias

from core.errors import ScoreInvalid
from core.rules.functions import AGGREGATES, LAZY, RANKS, SCALARS

PRECISION = 50  # significant digits inside a formula; rounding to places is always named
LENGTH_LIMIT = 2000  # characters of one formula
DEPTH_LIMIT = 40  # brackets and calls inside each other
EXPONENT_LIMIT = 600
ONE, ZERO = Decimal(1), Decimal(0)

Values: TypeAlias = Mapping[str, Decimal]
Compiled: TypeAlias = Callable[[Values, Values, Sequence[Values]], Decimal]


class FormulaFault(ValueError):
    """A formula that cannot be read: ``slug`` is a key of ``method.reason``, ``detail`` what stands there."""

    def __init__(self, slug: str, detail: str) -> None:
        super().__init__(f"{slug}: {detail}")
        self.slug = slug
        self.detail = detail


class ValueMissing(LookupError):
    """A name has no value when the formula is computed. The message is the name."""


@dataclass(frozen=True, slots=True)
class Node:
    """A part of a formula. ``kind``: number, name, call, unary or binary; ``text``: its number, name or operator."""

    kind: str
    text: str
    parts: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Expression:
    """A formula that was read. ``outer`` are names used for themselves, ``inner`` those used of every bid of a set."""

    text: str
    node: Node
    outer: frozenset[str]
    inner: frozenset[str]
    aggregates: tuple[Node, ...]
    compute: Compiled
    ranks: bool = False  # whether it asks for a bid's place among others

    @property
    def names(self) -> frozenset[str]:
        """All names the formula uses."""
        return self.outer | self.inner


_TOKEN = re.compile(r"\s*(?:(\d+(?:\.\d+)?)|([^\W\d][\w.]*)|(<=|>=|!=|[-+*/^()<>=,]))")
_LEVELS = (("or",), ("and",), ("<", "<=", ">", ">=", "=", "!="), ("+", "-"), ("*", "/"))


@cache
def parse(text: str) -> Expression:
    """The formula of a text; raises :class:`FormulaFault` naming what cannot be read."""
    if len(text) > LENGTH_LIMIT:
        raise FormulaFault("formula_long", text[:40])
    node = _Parser(_tokens(text)).whole()
    outer: set[str] = set()
    inner: set[str] = set()
    aggregates: list[Node] = []
    _collect(node, outer, inner, aggregates)
    return Expression(
        unparse(node), node, frozenset(outer), frozenset(inner), tuple(aggregates), _compile(node), _has_ranks(node)
    )


def arithmetic() -> Context:
    """The context all formulas are computed in: 50 digits, division by zero and overflow raise."""
    return Context(prec=PRECISION, traps=[InvalidOperation, DivisionByZero, Overflow], Emax=9999, Emin=-9999)


def calculate(expression: Expression, values: Values, members: Sequence[Values] = ()) -> Decimal:
    """The formula's value; raises :class:`ValueMissing`, or :class:`ScoreInvalid` where it cannot be computed."""
    with localcontext(arithmetic()):
        try:
            return expression.compute({}, values, members)
        except (DivisionByZero, InvalidOperation, Overflow) as error:
            raise ScoreInvalid(where=expression.text[:80], reason="cannot_compute") from error


def _tokens(text: str) -> list[str]:
    found, at = [], 0
    while at < len(text.rstrip()):
        match = _TOKEN.match(text, at)
        if match is None:
            raise FormulaFault("formula_sign", text[at : at + 12].strip())
        found.append(match.group().strip())
        at = match.end()
    if not found:
        raise FormulaFault("formula_empty", "")
    return found


class _Parser:
    """Reads tokens by levels of precedence."""

    def __init__(self, tokens: list[str]) -> None:
        self._tokens = tokens
        self._at = 0
        self._depth = 0

    def whole(self) -> Node:
        node = self._level(0)
        if self._at < len(self._tokens):
            raise FormulaFault("formula_rest", " ".join(self._tokens[self._at :])[:40])
        return node

    def _peek(self) -> str:
        return self._tokens[self._at] if self._at < len(self._tokens) else ""

    def _take(self) -> str:
        token = self._peek()
        self._at += 1
        return token

    def _expect(self, token: str) -> None:
        if self._take() != token:
            raise FormulaFault("formula_expects", token)

    def _level(self, level: int) -> Node:
        if level == len(_LEVELS):
            return self._unary()
        if level == 2 and self._peek() == "not":
            return Node("unary", self._take(), (self._nested(lambda: self._level(2)),))
        node = self._level(level + 1)
        while self._peek() in _LEVELS[level]:
            operator = self._take()
            node = Node("binary", operator, (node, self._level(level + 1)))
            if level == 2 and self._peek() in _LEVELS[2]:
                raise FormulaFault("formula_chain", self._peek())
        return node

    def _unary(self) -> Node:
        if self._peek() == "-":
            return Node("unary", self._take(), (self._nested(self._unary),))
        base = self._atom()
        if self._peek() != "^":
            return base
        self._take()
        return Node("binary", "^", (base, self._nested(self._unary)))

    def _nested(self, read: Callable[[], Node]) -> Node:
        self._depth += 1
        if self._depth > DEPTH_LIMIT:
            raise FormulaFault("formula_deep", str(DEPTH_LIMIT))
        node = read()
        self._depth -= 1
        return node

    def _atom(self) -> Node:
        token = self._take()
        if token == "(":  # noqa: S105 - a bracket
            node = self._nested(lambda: self._level(0))
            self._expect(")")
            return node
        if token[:1].isdigit():
            return Node("number", token)
        if not token or not (token[0].isalpha() or token[0] == "_"):
            raise FormulaFault("formula_value", token)
        if self._peek() != "(":
            return Node("name", token)
        self._take()
        parts = []
        while self._peek() != ")":
            parts.append(self._nested(lambda: self._level(0)))
            if self._peek() != ")":
                self._expect(",")
        self._take()
        return _call(token, tuple(parts))


def _call(name: str, parts: tuple[Node, ...]) -> Node:
    limits = {**SCALARS, **AGGREGATES, **RANKS, **LAZY}.get(name)
    if limits is None:
        raise FormulaFault("formula_function", name)
    if not limits.least <= len(parts) <= limits.most:
        raise FormulaFault("formula_arguments", name)
    if name in {"in", "given"} and parts[0].kind != "name":
        raise FormulaFault("formula_arguments", name)
    return Node("call", name, parts)


def unparse(node: Node) -> str:
    """The formula as text in its one spelling."""
    if node.kind == "call":
        return f"{node.text}({', '.join(unparse(part) for part in node.parts)})"
    if node.kind == "unary":
        return f"{node.text}{' ' if node.text == 'not' else ''}{_bracketed(node.parts[0])}"
    if node.kind == "binary":
        left, right = (_bracketed(part, node, side) for side, part in enumerate(node.parts))
        return f"{left}^{right}" if node.text == "^" else f"{left} {node.text} {right}"
    return node.text


def _bracketed(part: Node, around: Node | None = None, side: int = 0) -> str:
    text = unparse(part)
    if part.kind == "unary":
        return f"({text})"
    if part.kind != "binary":
        return text
    if around is None or around.text == "^":
        return f"({text})"
    inner, outer = (next((n for n, level in enumerate(_LEVELS) if node.text in level), 9) for node in (part, around))
    return f"({text})" if inner < outer or (inner == outer and (side == 1 or outer == 2)) else text


def _collect(node: Node, outer: set[str], inner: set[str], aggregates: list[Node]) -> None:
    if node.kind == "name":
        outer.add(node.text)
    elif node.kind == "call" and node.text == "in":
        outer.add(unparse(node))
    elif node.kind == "call" and node.text in AGGREGATES:
        aggregates.append(node)
        for number, part in enumerate(node.parts):
            _collect(part, inner if number == 0 else outer, inner, aggregates)
    elif node.kind == "call" and node.text in RANKS:
        _collect(node.parts[0], outer, inner, aggregates)
        _collect(node.parts[0], inner, inner, aggregates)
    else:
        for part in node.parts:
            _collect(part, outer, inner, aggregates)


def _has_ranks(node: Node) -> bool:
    return (node.kind == "call" and node.text in RANKS) or any(_has_ranks(part) for part in node.parts)


def _compile(node: Node) -> Compiled:
    if node.kind == "number":
        number = Decimal(node.text)
        return lambda _t, _b, _m: number
    if node.kind == "name":
        return _compile_name(node.text)
    if node.kind == "call":
        return _compile_call(node)
    if node.kind == "unary":
        inner = _compile(node.parts[0])
        if node.text == "-":
            return lambda t, b, m: -inner(t, b, m)
        return lambda t, b, m: ZERO if inner(t, b, m) else ONE
    left, right = (_compile(part) for part in node.parts)
    return _OPERATORS[node.text](left, right)


def _compile_name(name: str) -> Compiled:
    def value(tender: Values, bid: Values, _: Sequence[Values]) -> Decimal:
        found = bid.get(name)
        if found is None:
            found = tender.get(name)
            if found is None:
                raise ValueMissing(name)
        return found

    return value


def _compile_call(node: Node) -> Compiled:
    name, text = node.text, unparse(node)
    if name == "in":
        return _compile_name(text)
    if name == "given":
        wanted = node.parts[0].text
        return lambda t, b, _: ONE if wanted in b or wanted in t else ZERO
    parts = tuple(_compile(part) for part in node.parts)
    if name == "if":
        condition, then, other = parts
        return lambda t, b, m: then(t, b, m) if condition(t, b, m) else other(t, b, m)
    if name in SCALARS:
        function = SCALARS[name].apply
        return lambda t, b, m: function([part(t, b, m) for part in parts])
    each, extras = parts[0] if parts else _one, parts[1:]
    if name in RANKS:
        rank = RANKS[name].apply
        return lambda t, b, m: rank([each(t, b, m), *(each(t, one, ()) for one in m)])
    aggregate = AGGREGATES[name].apply

    def over_set(tender: Values, bid: Values, members: Sequence[Values]) -> Decimal:
        known = tender.get(text)  # computed once for all bids of a step
        if known is None:
            known = bid.get(text)
        if known is not None:
            return known
        numbers = [each(tender, one, ()) for one in members]
        if not numbers and name not in {"count", "sum"}:
            raise ScoreInvalid(where=text[:80], reason="empty_set")
        return aggregate([Decimal(len(extras)), *(extra(tender, bid, members) for extra in extras), *numbers])

    return over_set


def _one(_tender: Values, _bid: Values, _members: Sequence[Values]) -> Decimal:
    return ONE


def _power(base: Decimal, exponent: Decimal) -> Decimal:
    if exponent != exponent.to_integral_value() or abs(exponent) > EXPONENT_LIMIT:
        raise InvalidOperation
    return base ** int(exponent)


def _truth(test: Callable[[Decimal, Decimal], bool]) -> Callable[[Compiled, Compiled], Compiled]:
    return lambda left, right: lambda t, b, m: ONE if test(left(t, b, m), right(t, b, m)) else ZERO


_OPERATORS: Mapping[str, Callable[[Compiled, Compiled], Compiled]] = {
    "+": lambda left, right: lambda t, b, m: left(t, b, m) + right(t, b, m),
    "-": lambda left, right: lambda t, b, m: left(t, b, m) - right(t, b, m),
    "*": lambda left, right: lambda t, b, m: left(t, b, m) * right(t, b, m),
    "/": lambda left, right: lambda t, b, m: left(t, b, m) / right(t, b, m),
    "^": lambda left, right: lambda t, b, m: _power(left(t, b, m), right(t, b, m)),
    "and": lambda left, right: lambda t, b, m: ONE if left(t, b, m) and right(t, b, m) else ZERO,
    "or": lambda left, right: lambda t, b, m: ONE if left(t, b, m) or right(t, b, m) else ZERO,
    "<": _truth(lambda x, y: x < y),
    "<=": _truth(lambda x, y: x <= y),
    ">": _truth(lambda x, y: x > y),
    ">=": _truth(lambda x, y: x >= y),
    "=": _truth(lambda x, y: x == y),
    "!=": _truth(lambda x, y: x != y),
}

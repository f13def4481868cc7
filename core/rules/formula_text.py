"""A formula as people read it: titles for names, words for functions, the signs of a calculation."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from core.messages import Catalogue
from core.rules.expression import Expression, Node, calculate, parse, unparse
from core.rules.functions import AGGREGATES

_SIGNS = {"*": "×", "/": "÷", "<=": "≤", ">=": "≥", "!=": "≠"}
_NUMBERS_SHOWN = 40

Name = Callable[[str], str]


def formula_words(expression: Expression, title: Name, catalogue: Catalogue) -> str:
    """The formula with titles instead of names."""
    return _words(expression.node, lambda node: title(node.text), catalogue)


def worked_words(
    formula: str, values: Mapping[str, Decimal], members: Sequence[Mapping[str, Decimal]], catalogue: Catalogue
) -> str:
    """The formula with the numbers instead of names; what looks at every bid lists their numbers."""

    def number(node: Node) -> str:
        value = values.get(node.text)
        return catalogue.text("method.nothing") if value is None else number_text(value)

    return _words(parse(formula).node, number, catalogue, (values, members))


def number_text(value: Decimal, places: int = 8) -> str:
    """A number with thousands commas; more than ``places`` decimals are cut for the eye only."""
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and -exponent > places:
        value = round(value, places).normalize()
    return format(value, ",f")


_Given = tuple[Mapping[str, Decimal], Sequence[Mapping[str, Decimal]]]


def _words(node: Node, name: Callable[[Node], str], catalogue: Catalogue, given: _Given | None = None) -> str:
    if node.kind in {"number", "name"}:
        return node.text if node.kind == "number" else name(node)
    if given is not None and node.text == "if":
        taken = node.parts[1] if _value(node.parts[0], given) else node.parts[2]
        return _words(taken, name, catalogue, given)
    parts = [_words(part, name, catalogue, given) for part in node.parts]
    if node.kind == "unary":
        return _unary(node, parts[0], name, catalogue, given)
    if node.kind == "binary":
        return _binary(node, parts, catalogue)
    if given is not None and node.text in AGGREGATES:
        return _listed(node, given, catalogue)
    return _call(node, parts, catalogue, given)


def _call(node: Node, parts: list[str], catalogue: Catalogue, given: _Given | None) -> str:
    if node.text in {"in", "given"}:
        key = "inside" if node.text == "in" else "given"
        return catalogue.text(f"method.{key}", name=parts[0] if given is None else node.parts[0].text)
    if given is not None and node.text == "pieces":
        return _pieces(node, given, catalogue)
    if node.text == "if":
        return catalogue.text("method.if", when=parts[0], then=parts[1], other=parts[2])
    joined = catalogue.text("method.comma").join(parts)
    function = catalogue.text(f"method.function.{node.text}")
    return catalogue.text("method.call", function=function, inside=joined) if parts else function


def _unary(node: Node, inner: str, name: Callable[[Node], str], catalogue: Catalogue, given: _Given | None) -> str:
    if node.text == "not" and node.parts[0].text == "given":
        asked = node.parts[0].parts[0]
        return catalogue.text("method.not_given", name=name(asked) if given is None else asked.text)
    sign = catalogue.text("method.sign.not") if node.text == "not" else "−"
    return f"{sign}{_bracket(node.parts[0], inner)}"


def _binary(node: Node, parts: list[str], catalogue: Catalogue) -> str:
    spelled = unparse(node)
    sides = []
    for part, text, at_start in zip(node.parts, parts, (True, False), strict=True):
        inner = unparse(part)
        bracketed = spelled.startswith(f"({inner})") if at_start else spelled.endswith(f"({inner})")
        sides.append(f"({text})" if bracketed and part.kind in {"binary", "unary"} else text)
    if node.text in {"and", "or"}:
        return catalogue.text(f"method.sign.{node.text}", left=sides[0], right=sides[1])
    sign = _SIGNS.get(node.text, "−" if node.text == "-" else node.text)
    return f"{sides[0]}{sign}{sides[1]}" if node.text == "^" else f"{sides[0]} {sign} {sides[1]}"


def _bracket(part: Node, text: str) -> str:
    return f"({text})" if part.kind in {"binary", "unary"} else text


def _value(node: Node, given: _Given) -> Decimal:
    return calculate(parse(unparse(node)), *given)


def _pieces(node: Node, given: _Given, catalogue: Catalogue) -> str:
    """The number cut at the pieces' ends, each part with its points."""
    size, *rest = (_value(part, given) for part in node.parts)
    start = Decimal(0)
    parts: list[str] = []
    for at in range(0, len(rest), 2):
        end, points = (rest[at], rest[at + 1]) if at + 1 < len(rest) else (size, rest[at])
        part = max(Decimal(0), min(size, end) - start)
        if part or not parts:
            parts.append(f"{number_text(part)} × {number_text(points)}")
        start = end
    return catalogue.text("method.worked.plus").join(parts)


def _listed(node: Node, given: _Given, catalogue: Catalogue) -> str:
    """An aggregate with the bids' numbers; one computed before as its number."""
    values, members = given
    known = values.get(unparse(node))
    if known is not None:
        return number_text(known)
    if not node.parts:
        return str(len(members))
    each = parse(unparse(node.parts[0]))
    numbers = [number_text(each.compute(values, member, ())) for member in members[:_NUMBERS_SHOWN]]
    if len(members) > _NUMBERS_SHOWN:
        numbers.append("…")
    if node.text in {"mean", "sum"}:
        listed = catalogue.text("method.worked.plus").join(numbers)
        if node.text == "sum" or len(numbers) == 1:
            return listed
        return catalogue.text("method.worked.mean", sum=listed, count=len(members))
    joined = catalogue.text("method.comma").join(numbers)
    return catalogue.text("method.call", function=catalogue.text(f"method.function.{node.text}"), inside=joined)

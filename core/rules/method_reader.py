"""A method pack from its JSON: every member read strictly, each fault with its place.

Format: docs/spec/method-pack.md. What names mean and whether steps fit together: :mod:`core.rules.method_names`.
"""

from __future__ import annotations

from collections.abc import Mapping

from core.rules.expression import Expression
from core.rules.factor_tree import OBJECTIVE, SUBJECTIVE, Level, PackFactor
from core.rules.functions import PLACES, ROUNDINGS
from core.rules.json_place import Place, PlaceFault, formula_of, number_of, object_of
from core.rules.method_model import (
    Case,
    DrawRule,
    ExpertRule,
    FewerRule,
    GivenValue,
    LotRule,
    MethodPack,
    PackSource,
    PackStep,
    Parameter,
    Piece,
    RankKey,
    TrimRow,
)

METHOD_FORMAT = "tenderbox-method"
METHOD_VERSION = 0
REGIMES = ("bidding_law", "government_procurement", "non_tender", "land", "equity", "medical", "other")
CATEGORIES = ("works", "goods", "services", "mixed", "none")
DECIDERS = ("draw", "committee", "tenderer")
PERCENT_MODES = ("interpolate", "ceil", "floor", "half_up")
_TOP = (
    "format", "version", "id", "edition", "regime", "category", "title", "valid_from", "verified", "sources",
    "parameters", "tender_values", "bid_values", "draws", "factors", "factors_from_tender", "experts", "steps",
    "benchmark", "ranking", "fewer", "lots", "candidates", "clause", "cases", "note",
)  # fmt: skip
_ANY = ("id", "kind", "title", "clause", "among", "note", "text")
_MEMBERS: Mapping[str, tuple[str, ...]] = {
    "figure": ("value", "round", "rounding", "min", "max"),
    "bid": ("value", "round", "rounding", "min", "max"),
    "loss": ("of", "above", "below", "percent", "round", "rounding"),
    "set": ("where", "if_empty"),
    "trim": ("by", "table", "ties"),
    "top": ("by", "best", "count", "skip"),
    "pick": ("draw",),
    "reject": ("when", "reason"),
}


def read_pack(data: Mapping[str, object]) -> MethodPack:
    """The pack; raises :class:`PlaceFault` for the first member that does not fit."""
    place = object_of(data, "")
    place.only(*_TOP)
    if place.text("format") != METHOD_FORMAT or place.whole("version") != METHOD_VERSION:
        raise PlaceFault("format", "format", f"{place.data.get('format')} {place.data.get('version')}")
    title = place.title()
    if "zh_CN" not in title:
        raise PlaceFault("title.zh_CN", "missing", "zh_CN")
    return MethodPack(
        id=place.text("id"),
        edition=place.text("edition"),
        regime=place.one_of("regime", REGIMES, "other"),
        category=place.one_of("category", CATEGORIES, "none"),
        title=title,
        valid_from=place.text("valid_from", ""),
        verified=place.flag("verified"),
        sources=tuple(_source(row) for row in place.rows("sources")),
        parameters=tuple(_parameter(row) for row in place.rows("parameters")),
        tender_values=tuple(_given(row) for row in place.rows("tender_values")),
        bid_values=tuple(_given(row) for row in place.rows("bid_values")),
        draws=tuple(_draw(row) for row in place.rows("draws")),
        factors=tuple(_factor(row, "") for row in place.rows("factors")),
        factors_from_tender=place.flag("factors_from_tender"),
        experts=_experts(place.inside("experts")) if place.has("experts") else None,
        steps=tuple(_step(row) for row in place.rows("steps")),
        benchmark=place.text("benchmark", "benchmark"),
        ranking=tuple(_rank_key(row) for row in place.rows("ranking")),
        fewer=tuple(_fewer(row) for row in place.rows("fewer")),
        lots=_lots(place.inside("lots")) if place.has("lots") else None,
        candidates=place.whole("candidates", 3, least=1, most=50),
        clause=place.text("clause", ""),
        cases=tuple(_case(row) for row in place.rows("cases")),
    )


def _source(row: Place) -> PackSource:
    row.only("title", "clause", "read")
    return PackSource(row.text("title"), row.text("clause", ""), row.flag("read"))


def _parameter(row: Place) -> Parameter:
    row.only("id", "title", "unit", "value", "minimum", "maximum", "note")
    low, high = row.number_or_none("minimum"), row.number_or_none("maximum")
    value = row.number("value")
    if (low is not None and value < low) or (high is not None and value > high):
        raise PlaceFault(row.at("value"), "outside", f"{row.text('id')} {value} ({low}..{high})")
    return Parameter(row.id("id"), row.title(), row.text("unit", ""), value, low, high)


def _given(row: Place) -> GivenValue:
    row.only("id", "title", "unit", "optional", "default", "minimum", "maximum", "missing", "choices", "sample", "note")
    choices = row.inside("choices")
    sample = [number_of(item, f"{row.at('sample')}[{at}]") for at, item in enumerate(row.items("sample"))]
    if sample and (len(sample) != 2 or sample[0] > sample[1]):
        raise PlaceFault(row.at("sample"), "range", sample)
    return GivenValue(
        id=row.id("id"),
        title=row.title(),
        unit=row.text("unit", ""),
        optional=row.flag("optional"),
        default=row.number_or_none("default"),
        minimum=row.number_or_none("minimum"),
        maximum=row.number_or_none("maximum"),
        missing=row.one_of("missing", ("", "highest"), ""),
        choices={word: choices.formula(word) for word in choices.data},
        sample=(sample[0], sample[1]) if sample else None,
    )


def _draw(row: Place) -> DrawRule:
    row.only("id", "title", "unit", "values", "count", "clause", "note")
    values = tuple(number_of(item, f"{row.at('values')}[{at}]") for at, item in enumerate(row.items("values")))
    count = row.whole("count", 0)
    if bool(values) == bool(count):
        raise PlaceFault(row.where, "draw_values", row.text("id"))
    if len(set(values)) != len(values):
        raise PlaceFault(row.at("values"), "twice", row.text("id"))
    return DrawRule(row.id("id"), row.title(), row.text("unit", ""), values, count, row.text("clause", ""))


def _factor(row: Place, group: str) -> PackFactor:
    row.only("id", "title", "full", "least", "group", "kind", "evidence", "levels", "parts", "clause", "note")
    group = row.text("group", group)
    return PackFactor(
        id=row.id("id"),
        title=row.title(),
        full=row.number("full"),
        least=row.number_or_none("least") or number_of("0", ""),
        group=group,
        kind=row.one_of("kind", (OBJECTIVE, SUBJECTIVE), SUBJECTIVE),
        evidence=row.texts("evidence"),
        levels=tuple(_level(level) for level in row.rows("levels")),
        parts=tuple(_factor(part, group) for part in row.rows("parts")),
        clause=row.text("clause", ""),
    )


def _level(row: Place) -> Level:
    row.only("text", "from", "to")
    return Level(row.text("text"), row.number("from"), row.number("to"))


def _experts(row: Place) -> ExpertRule:
    row.only("drop", "drop_outlier_from", "round", "rounding", "clause")
    outlier = row.whole("drop_outlier_from", least=3) if row.has("drop_outlier_from") else None
    return ExpertRule(_table(row, "drop"), outlier, _places(row), _rounding(row), row.text("clause", ""))


def _places(row: Place) -> int | None:
    return row.whole("round", least=PLACES[0], most=PLACES[1]) if row.has("round") else None


def _rounding(row: Place) -> str:
    return row.one_of("rounding", tuple(ROUNDINGS), "half_up")


def _table(row: Place, name: str) -> tuple[TrimRow, ...]:
    table = []
    for line in row.rows(name):
        line.only("from", "high", "low")
        table.append(TrimRow(line.whole("from", least=1), line.formula("high", "0"), line.formula("low", "0")))
        if len(table) > 1 and table[-2].n_min >= table[-1].n_min:
            raise PlaceFault(line.at("from"), "must_rise", table[-1].n_min)
    return tuple(table)


def _step(row: Place) -> PackStep:
    kind = row.one_of("kind", tuple(_MEMBERS))
    row.only(*_ANY, *_MEMBERS[kind])
    outcome = "bid" if kind == "loss" else kind
    return PackStep(
        id=row.id("id"),
        kind=outcome,
        title=row.title(),
        value=_step_value(kind, row),
        among=row.text("among", "valid"),
        places=_places(row),
        rounding=_rounding(row),
        clause=row.text("clause", ""),
        table=_table(row, "table"),
        keep_ties=row.one_of("ties", ("drop", "keep"), "drop") == "keep",
        if_empty=row.text("if_empty", ""),
        draw=row.text("draw") if kind == "pick" else "",
        count=row.formula("count", "1") if kind == "top" else None,
        skip=row.formula("skip", "0") if kind == "top" else None,
        best=row.one_of("best", ("lowest", "highest"), "highest" if kind == "top" else "lowest"),
        reason=row.title("reason"),
        text=row.title("text"),
        above=_read_pieces(row, "above"),
        below=_read_pieces(row, "below"),
        percent=row.text("percent", "interpolate") if kind == "loss" else "",
    )


def _step_value(kind: str, row: Place) -> Expression | None:
    if kind == "pick":
        return None
    if kind == "loss":
        return formula_of(_loss(row), row.where)
    name = {"set": "where", "trim": "by", "top": "by", "reject": "when"}.get(kind, "value")
    value = row.formula(name)
    text = value.text
    if row.has("min"):
        text = f"max({row.formula('min').text}, {text})"
    if row.has("max"):
        text = f"min({row.formula('max').text}, {text})"
    return formula_of(text, row.at(name))


def _loss(row: Place) -> str:
    """Points lost by a deviation: pieces above and below zero, the percent made whole first where the rule says so."""
    of = row.formula("of").text
    mode = row.one_of("percent", PERCENT_MODES, "interpolate")
    size = f"abs({of})" if mode == "interpolate" else f"{'round' if mode == 'half_up' else mode}(abs({of}))"
    above, below = (_pieces(row, side, size) for side in ("above", "below"))
    return above if above == below else f"if(({of}) > 0, {above}, {below})"


def _pieces(row: Place, side: str, size: str) -> str:
    parts, last = [], number_of("0", "")
    pieces = list(row.rows(side))
    if not pieces:
        raise PlaceFault(row.at(side), "missing", side)
    for number, piece in enumerate(pieces):
        piece.only("until", "per_percent")
        if (number == len(pieces) - 1) == piece.has("until"):
            raise PlaceFault(piece.at("until"), "last_piece_open", number)
        if piece.has("until"):
            until = piece.number("until")
            if until <= last:
                raise PlaceFault(piece.at("until"), "must_rise", until)
            parts.append(str(until))
            last = until
        per = piece.formula("per_percent").text
        if per.startswith("-"):
            raise PlaceFault(piece.at("per_percent"), "below_zero", per)
        parts.append(per)
    return f"{size} * ({parts[0]})" if len(parts) == 1 else f"pieces({size}, {', '.join(parts)})"


def _read_pieces(row: Place, side: str) -> tuple[Piece, ...]:
    return tuple(Piece(piece.number_or_none("until"), piece.formula("per_percent")) for piece in row.rows(side))


def _rank_key(row: Place) -> RankKey:
    row.only("by", "best", "decide")
    if row.has("by") == row.has("decide"):
        raise PlaceFault(row.where, "rank_key", "by / decide")
    decide = row.one_of("decide", DECIDERS) if row.has("decide") else ""
    best = row.one_of("best", ("lowest", "highest")) if row.has("by") else ""
    return RankKey(row.formula_or_none("by"), best, decide)


def _fewer(row: Place) -> FewerRule:
    row.only("below", "then", "clause")
    return FewerRule(row.whole("below", least=1), row.one_of("then", ("stop", "warn")), row.text("clause", ""))


def _lots(row: Place) -> LotRule:
    row.only("most", "order")
    return LotRule(row.whole("most", least=1), row.one_of("order", ("given", "largest"), "given"))


def _case(row: Place) -> Case:
    row.only("name", "source", "given", "expect")
    return Case(row.text("name"), row.text("source", ""), row.inside("given").data, row.inside("expect").data)

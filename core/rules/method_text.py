"""A method pack in words: rows of (matter, rule) good enough for a tender document and a report."""

from __future__ import annotations

from core.messages import Catalogue
from core.rules.method_pack import KIND_SCORE, Adjustment, ExpertRule, MethodPack, PriceRule, Segment
from core.values.codec import decimal_text

Row = tuple[str, str]


def describe_method(pack: MethodPack, catalogue: Catalogue) -> tuple[Row, ...]:
    """The pack's rules in order of computation, in the catalogue's language."""
    rows = [_row(catalogue, "method", name=pack.name(catalogue.language), edition=pack.edition)]
    if pack.price is not None:
        rows += _price_rows(pack.price, catalogue)
    if pack.experts is not None:
        rows.append(_experts(pack.experts, catalogue))
    for rule in pack.adjustments:
        rows.append(_adjustment(rule, catalogue))
    result = "total" if pack.kind == KIND_SCORE else "evaluated_price"
    rows.append(_row(catalogue, result, places=pack.result_places))
    ties = catalogue.text("method.then").join(catalogue.text(f"method.tie.{key}") for key in pack.ties)
    rows.append(_row(catalogue, "ties", ties=ties))
    return tuple(rows)


def _price_rows(rule: PriceRule, catalogue: Catalogue) -> list[Row]:
    scope = "within_limit" if rule.only_within_limit else "all"
    trimming = [row for row in rule.trim if row.high or row.low]
    trims = [catalogue.text("method.trim", n=row.n_min, high=row.high, low=row.low) for row in trimming]
    rows = [
        _row(catalogue, f"effective_{scope}"),
        _row(catalogue, "mean", trims=catalogue.text("method.and_then").join(trims), places=rule.mean_places)
        if trims
        else _row(catalogue, "mean_plain", places=rule.mean_places),
        _row(catalogue, "base", float_percent=decimal_text(rule.float_percent), places=rule.base_places)
        if rule.float_percent
        else _row(catalogue, "base_is_mean", places=rule.base_places),
    ]
    rounding = "deviation" if rule.deviation_places is not None else "deviation_exact"
    rows.append(_row(catalogue, rounding, places=rule.deviation_places or 0))
    rows.append(_row(catalogue, "above", loss=_segments(rule.above, catalogue)))
    rows.append(_row(catalogue, "below", loss=_segments(rule.below, catalogue)))
    rows.append(_row(catalogue, "floor", floor=decimal_text(rule.floor), places=rule.score_places))
    return rows


def _segments(segments: tuple[Segment, ...], catalogue: Catalogue) -> str:
    parts = [
        catalogue.text("method.segment_open", points=decimal_text(segment.per_percent))
        if segment.until is None
        else catalogue.text(
            "method.segment", points=decimal_text(segment.per_percent), until=decimal_text(segment.until)
        )
        for segment in segments
    ]
    return catalogue.text("method.and_then").join(parts)


def _experts(rule: ExpertRule, catalogue: Catalogue) -> Row:
    return _row(catalogue, "experts", n=rule.drop_from, high=rule.drop_high, low=rule.drop_low, places=rule.places)


def _adjustment(rule: Adjustment, catalogue: Catalogue) -> Row:
    key = f"adjustment_{rule.quantity}"
    if not rule.per_unit_less and not rule.per_unit_more:
        return catalogue.text(f"method.matter.{key}"), catalogue.text("method.rule.adjustment_none")
    return _row(catalogue, key, less=decimal_text(rule.per_unit_less), more=decimal_text(rule.per_unit_more))


def _row(catalogue: Catalogue, key: str, **params: object) -> Row:
    return catalogue.text(f"method.matter.{key}"), catalogue.text(f"method.rule.{key}", **params)

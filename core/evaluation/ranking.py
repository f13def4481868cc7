"""Order of the bids: the method's figure first, then its tie keys, last a decision of the committee."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from core.evaluation.result import ResultRow
from core.rules.method_pack import KIND_SCORE, MethodPack

_Key = tuple[Decimal, ...]


def rank_rows(method: MethodPack, rows: tuple[ResultRow, ...], decided: tuple[str, ...]) -> tuple[ResultRow, ...]:
    """The rows in the same order with their ranks; rows that no key tells apart share a rank and are ``tied``.

    ``decided`` is the order the committee (or the tenderer) gave to bids that all other keys left equal.
    """
    keys = {row.bid: _key(method, row) for row in rows}
    groups: dict[_Key, list[str]] = {}
    for row in rows:
        groups.setdefault(keys[row.bid], []).append(row.bid)
    ranks: dict[str, tuple[int, bool]] = {}
    place = 1
    for key in sorted(groups):
        group = groups[key]
        order = [bid for bid in decided if bid in group]
        settled = len(group) == 1 or sorted(order) == sorted(group)
        for offset, bid in enumerate(order if settled and len(group) > 1 else group):
            ranks[bid] = (place + offset, False) if settled else (place, True)
        place += len(group)
    return tuple(replace(row, rank=ranks[row.bid][0], tied=ranks[row.bid][1]) for row in rows)


def _key(method: MethodPack, row: ResultRow) -> _Key:
    """Smaller is better; the last key, the committee, is not a number."""
    main = -(row.total or Decimal(0)) if method.kind == KIND_SCORE else (row.evaluated_price or Decimal(0))
    values = {"price": row.price, "technical": -row.technical}
    return (main, *(values[name] for name in method.ties if name in values))

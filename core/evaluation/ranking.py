"""Order of the bids: the pack's keys one after another, last a recorded draw or decision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from core.rules.method_model import RankKey

_Key = tuple[Decimal, ...]


def rank_bids(
    keys: tuple[RankKey, ...],
    bids: Sequence[tuple[str, Mapping[str, Decimal]]],
    tender: Mapping[str, Decimal],
    decided: tuple[str, ...],
) -> dict[str, tuple[int, bool]]:
    """Rank and whether it is tied, by bid; bids that no key tells apart share a rank.

    ``decided`` is the order that was drawn, or decided by who may, for bids that all other keys left equal.
    """
    groups: dict[_Key, list[str]] = {}
    for name, figures in bids:
        groups.setdefault(_key(keys, figures, tender), []).append(name)
    ranks: dict[str, tuple[int, bool]] = {}
    place = 1
    for key in sorted(groups):
        group = groups[key]
        order = [name for name in decided if name in group]
        settled = len(group) == 1 or sorted(order) == sorted(group)
        for offset, name in enumerate(order if settled and len(group) > 1 else group):
            ranks[name] = (place + offset, False) if settled else (place, True)
        place += len(group)
    return ranks


def _key(keys: tuple[RankKey, ...], figures: Mapping[str, Decimal], tender: Mapping[str, Decimal]) -> _Key:
    """Smaller is better; who decides is not a number."""
    found = ((key.by.compute(tender, figures, ()), key.best) for key in keys if key.by is not None)
    return tuple(value if best == "lowest" else -value for value, best in found)

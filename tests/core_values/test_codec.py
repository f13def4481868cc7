"""The codec refuses what is not exactly documented, and keeps what is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import DataInvalid
from core.values.codec import from_plain, to_plain


class Colour(StrEnum):
    RED = "red"


@dataclass(frozen=True)
class Thing:
    name: str
    count: int
    yes: bool
    price: Decimal | None
    at: datetime
    colour: Colour
    parts: tuple[str, ...] = ()


THING = Thing("x", 1, True, Decimal("1.20"), datetime(2026, 1, 2, tzinfo=UTC), Colour.RED, ("a",))


@given(
    price=st.none()
    | st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**12), max_value=10**12),
    at=st.datetimes(timezones=st.just(UTC)),
    parts=st.lists(st.text(), max_size=3).map(tuple),
)
def test_writing_and_reading_back_is_the_identity(price: Decimal | None, at: datetime, parts: tuple[str, ...]) -> None:
    thing = Thing("x", 1, True, price, at, Colour.RED, parts)
    again = from_plain(Thing, to_plain(thing))
    assert again == thing
    assert type(again.colour) is Colour


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", 1), ("count", "1"), ("count", True), ("yes", 1), ("price", 1.5), ("price", "1E+2"), ("price", "NaN"),
        ("at", "2026-01-02"), ("at", "2026-01-02T00:00:00+00:00"), ("colour", "green"), ("parts", "ab"), ("more", 1),
    ],
)  # fmt: skip
def test_any_other_shape_is_refused(field: str, value: object) -> None:
    with pytest.raises(DataInvalid):
        from_plain(Thing, {**to_plain(THING), field: value})


def test_a_missing_field_is_refused() -> None:
    plain = to_plain(THING)
    del plain["name"]
    with pytest.raises(DataInvalid):
        from_plain(Thing, plain)

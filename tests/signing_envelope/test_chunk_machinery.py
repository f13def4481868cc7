"""The pipeline keeps order and leaves no thread; the tree has the shape of RFC 6962; positions add up."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from signing.envelope.layout import Layout
from signing.envelope.merkle import merkle_root
from signing.envelope.pipeline import AHEAD, BUFFERS, in_order
from tests.deterministic_sm2 import sm3
from tests.vectors.make._sealed_bid_builder import root


def test_results_come_home_in_order_and_never_more_than_the_buffers_are_out() -> None:
    out, most, home = 0, 0, []

    def items() -> Iterator[int]:
        nonlocal out, most
        for number in range(50):
            out += 1
            most = max(most, out)
            yield number

    def take(number: int) -> None:
        nonlocal out
        out -= 1
        home.append(number)

    in_order(items(), lambda number: number, take)
    assert home == list(range(50))
    assert AHEAD < most <= BUFFERS


@pytest.mark.parametrize("where", ["items", "work", "take"])
def test_first_error_ends_the_pipeline_and_every_thread(where: str) -> None:
    before = threading.active_count()

    def fail(stage: str, number: int) -> int:
        if stage == where and number == 7:
            raise ZeroDivisionError(stage)
        return number

    with pytest.raises(ZeroDivisionError, match=where):
        in_order(
            (fail("items", number) for number in range(100)),
            lambda number: fail("work", number),
            lambda number: fail("take", number) and None,
        )
    assert threading.active_count() == before


@pytest.mark.parametrize("count", [*range(1, 34), 100])
def test_tree_over_any_number_of_chunks_is_that_of_rfc_6962(count: int) -> None:
    leaves = [sm3(bytes([number])) for number in range(count)]
    assert merkle_root(leaves) == root(leaves)


@given(st.lists(st.integers(1, 500), min_size=1, max_size=5), st.integers(1, 4))
@settings(deadline=None)
def test_chunks_follow_each_other_without_gap(kibibytes: list[int], steps: int) -> None:
    layout = Layout(steps << 16, tuple(1024 * length for length in kibibytes), head_length=77)
    position = 77
    for place in layout.places():
        assert place.position == position
        assert 0 < place.plain_length <= layout.chunk_size
        assert place.last or place.plain_length == layout.chunk_size
        position += place.length
    assert position == layout.index_position
    places = list(layout.places())
    assert len(places) == layout.chunk_count
    assert sum(place.last for place in places) == len(kibibytes)
    assert sum(place.plain_length for place in places) == layout.plain_total

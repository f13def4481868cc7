"""The page view's plain parts: folding, layout, tiles, outline, hits, overlays, selection, following. No Qt."""

from __future__ import annotations

from array import array
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.shell.pages.geometry import POINTS_PER_MM
from apps.shell.pages.hits import HITS_MAX, Hit, Hits
from apps.shell.pages.layout import GAP, MARGIN, PageStrip, fit_page, fit_width
from apps.shell.pages.outline import Outline
from apps.shell.pages.overlays import Overlay, OverlayBoard, SnapLine
from apps.shell.pages.pages import PageTable
from apps.shell.pages.selection import Selection, TextPlace, line_move, nearest, rectangles, word_at
from apps.shell.pages.source import PageText
from apps.shell.pages.sync import bookmark_anchors, follow, follow_page
from apps.shell.pages.textfold import fold, fold_query, is_rising, matches
from apps.shell.pages.tiles import TILE, Band, Kept, preview_of, tiles_of

A4 = (595.0, 842.0)


@given(st.text(max_size=200))
def test_every_folded_character_knows_a_place_and_places_rise(text: str) -> None:
    folded = fold(text)
    assert is_rising(folded)
    assert all(0 <= folded.place(index) < max(len(text), 1) for index in range(len(folded.text)))


@given(
    st.text(alphabet="图书馆修缮工程", min_size=1, max_size=6),
    st.text(alphabet="阅览室", max_size=8),
    st.integers(1, 5),
)
def test_chinese_words_are_found_across_line_ends(word: str, before: str, cut: int) -> None:
    text = before + word[:cut] + "\r\n" + word[cut:] + before
    found = list(matches(fold(text), fold_query(word)))
    assert (found[0][0], text[found[0][0] : found[0][1]].replace("\r\n", "")) == (len(before), word)


@pytest.mark.parametrize(
    ("text", "query", "hit"),
    [
        ("ＡＢＣ１２３", "abc123", "ＡＢＣ１２３"),
        ("foo  bar", "foo bar", "foo  bar"),
        ("foobar", "foo bar", None),
        ("第 12 页", "第12页", "第 12 页"),
        ("İstanbul x", "x", "x"),
        ("soft\u00adhyphen", "softhyphen", None),
    ],
)
def test_width_case_and_spaces_are_folded_as_people_expect(text: str, query: str, hit: str | None) -> None:
    found = [text[a:b] for a, b in matches(fold(text), fold_query(query))]
    assert found == ([hit] if hit is not None else [])


def test_an_empty_query_finds_nothing() -> None:
    assert list(matches(fold("anything"), fold_query("  \n "))) == []


@given(
    st.lists(st.tuples(st.floats(50, 900), st.floats(50, 900)), min_size=1, max_size=30),
    st.floats(0.2, 4),
    st.integers(0, 3),
)
def test_pages_never_overlap_and_every_height_has_a_page(
    sizes: list[tuple[float, float]], zoom: float, turns: int
) -> None:
    strip = PageStrip(sizes, zoom=zoom, turns=turns, ratio=1.25, viewport_width=600)
    rects = [strip.rect(page) for page in range(len(sizes))]
    assert all(a.y + a.height < b.y for a, b in pairwise(rects))
    for page, rect in enumerate(rects):
        assert strip.page_at(rect.y + rect.height / 2) == page
        assert strip.height_of(strip.place(rect.y)) == pytest.approx(rect.y)


def test_a_hundred_thousand_large_pages_still_fit_the_scroll_bar() -> None:
    strip = PageStrip([(2000.0, 14000.0)] * 100_000, zoom=12, turns=0, ratio=2, viewport_width=800)
    assert strip.height < 2**31 - 1


def test_fitting_fills_the_width_or_shows_the_page() -> None:
    assert fit_width(A4, 0, 595 + 2 * MARGIN) == pytest.approx(1)
    assert fit_page(A4, 1, 5000, 595 + 2 * MARGIN) == pytest.approx(1)
    assert GAP > 0


@given(st.floats(0.3, 6), st.floats(0, 4000), st.floats(0, 3000), st.sampled_from([1.0, 1.25, 2.0]))
def test_tiles_cover_what_is_seen_without_overlap(zoom: float, left: float, top: float, ratio: float) -> None:
    strip = PageStrip([A4], zoom=zoom, turns=0, ratio=ratio, viewport_width=800)
    rect = strip.rect(0)
    band = Band(left, top, 800, 600)
    tiles = [wish.region for wish in tiles_of(strip, 0, band)]
    seen_w = min(left + 800, rect.x + rect.width) - max(left, rect.x)
    seen_h = min(top + 600, rect.y + rect.height) - max(top, rect.y)
    assert bool(tiles) or seen_w <= 2 or seen_h <= 2
    assert len({(t.x, t.y) for t in tiles}) == len(tiles)
    assert all(t.width <= TILE and t.height <= TILE and t.width > 0 and t.height > 0 for t in tiles)
    assert len(tiles) <= (800 * ratio // TILE + 2) * (600 * ratio // TILE + 2)


def test_kept_pictures_stay_below_their_limit_and_the_oldest_goes_first() -> None:
    kept: Kept[str] = Kept(100)
    wishes = [preview_of(*A4, page, 0) for page in range(4)]
    for wish in wishes[:3]:
        kept.put(wish, "picture", 40)
    assert kept.held_bytes == 80
    assert wishes[0] not in kept
    kept.get(wishes[1])
    kept.put(wishes[3], "picture", 40)
    assert wishes[1] in kept and wishes[2] not in kept
    kept.put(wishes[0], "too large", 101)
    assert wishes[0] not in kept


def test_page_labels_win_over_numbers_and_nonsense_is_refused() -> None:
    table = PageTable(5)
    table.take(0, [[595.0, 842.0, "i", ""], [595.0, 842.0, "ii", ""], [595.0, 842.0, "1", ""], ["x", None, 3, ""]])
    assert [table.page_of(text) for text in (" ii ", "1", "5", "II", "0", "6", "abc", "²", "99999999999")] == [
        1, 2, 4, 1, -1, -1, -1, -1, -1,
    ]  # fmt: skip
    assert table.sizes[3] == (595.0, 842.0)
    assert table.label(4) == "5"


def outline_of(*entries: tuple[int, str, int]) -> Outline:
    outline = Outline()
    outline.add([list(entry) for entry in entries])
    outline.finish()
    return outline


def test_bookmarks_open_and_close_and_know_their_page() -> None:
    outline = outline_of((0, "A", 0), (1, "A1", 2), (2, "A1a", 3), (0, "B", 10), (7, "B1", 12))
    assert [outline.entries[i].title for i in outline.shown] == ["A", "A1", "B", "B1"]
    outline.toggle(0)
    assert [outline.entries[i].title for i in outline.shown] == ["A", "B", "B1"]
    assert not outline.toggle(4)
    assert outline.entries[4].depth == 1
    assert outline.parent(2) == 1
    assert outline.row_of_page(11) == 1
    assert outline.page_of_title(" a 1A ") == 3


def test_hits_step_round_and_begin_where_the_person_is() -> None:
    hits = Hits("x", 10)
    hits.add([[1, 0, 1, "a"], [4, 2, 3, "b"], [4, 5, 6, "c"], [99, 0, 1, ""], [2, 3, 3, ""], ["bad"]])
    assert len(hits) == 3
    assert hits.step(True, 3) == Hit(4, 2, 3)
    assert hits.step(True, 0) == Hit(4, 5, 6)
    assert hits.step(True, 0) == Hit(1, 0, 1)
    assert hits.step(False, 0) == Hit(4, 5, 6)
    assert [number for number, _ in hits.on_page(4)] == [1, 2]


def test_hits_end_at_their_limit() -> None:
    hits = Hits("x", 10)
    hits.add([[1, n, n + 1, ""] for n in range(HITS_MAX + 5)])
    assert (len(hits), hits.capped) == (HITS_MAX, True)


def board() -> OverlayBoard:
    made = OverlayBoard(lambda page: (210 * POINTS_PER_MM, (297 - 50 * (page == 4)) * POINTS_PER_MM), lambda: None)
    made.set_items([Overlay("a", 0, 20, 250, 40, 40, "A"), Overlay("fixed", 0, 5, 5, 5, 5, "F", movable=False)])
    return made


def test_an_overlay_stays_on_its_page_and_a_fixed_one_stays_put() -> None:
    made = board()
    made.move_to("a", 500, -3)
    item = made.get("a")
    assert item is not None and (item.x, item.y) == (170, 0)
    assert not made.move_to("fixed", 50, 50)


def test_dragging_snaps_the_middle_to_the_middle_of_the_page() -> None:
    made = board()
    made.move_to("a", 84, 100, snap=True)
    item = made.get("a")
    assert item is not None and item.x == pytest.approx(85)
    assert made.lines[0].upright and made.lines[0].at == pytest.approx(105)
    made.drop()
    assert made.lines == ()
    assert SnapLine(True, 1).at == 1


def test_the_same_place_on_other_pages_moves_inwards_where_a_page_is_smaller() -> None:
    made = board()
    copies = made.repeat("a", 2, 5)
    assert [copy.key for copy in copies] == ["a@2", "a@3", "a@4", "a@5"]
    assert [copy.y for copy in copies] == [250, 250, 207, 250]
    made.repeat("a", 2, 5)
    assert len(made.items) == 6


def test_keys_step_through_overlays_in_reading_order() -> None:
    made = board()
    assert [made.select_next().key for _ in range(3)] == ["fixed", "a", "fixed"]  # type: ignore[union-attr]
    assert made.select_next(forward=False).key == "a"  # type: ignore[union-attr]
    assert made.nudge(1, -10)
    assert made.get("a").y == 240  # type: ignore[union-attr]


def line_text() -> PageText:
    boxes = array("f")
    for row in range(2):
        for column in range(4):
            boxes.extend((10 + 10 * column, 20 + 20 * row, 20 + 10 * column, 32 + 20 * row))
    return PageText("ab c图书馆。", boxes)


def test_selecting_finds_the_nearest_place_and_one_rectangle_a_line() -> None:
    text = line_text()
    assert nearest(text, 12, 25) == 0
    assert nearest(text, 100, 25) == 4
    assert nearest(text, 22, 50) == 5
    assert rectangles(text, 1, 6) == [(20, 20, 50, 32), (10, 40, 30, 52)]
    assert word_at(text, 0) == (0, 2)
    assert word_at(text, 5) == (3, 7)
    assert word_at(PageText("", array("f")), 3) == (0, 0)
    assert line_move(text, 1, down=True) == 5
    assert line_move(text, 5, down=False) == 1
    assert line_move(text, 6, down=True) == 8


def test_a_selection_knows_its_part_of_each_page() -> None:
    backwards = Selection(TextPlace(3, 4), TextPlace(1, 7))
    assert [backwards.on_page(page, 10) for page in range(5)] == [(0, 0), (7, 10), (0, 10), (0, 4), (0, 0)]


def test_following_between_anchors_keeps_the_share_of_the_way() -> None:
    leader, follower = {"a": 0, "b": 10, "x": 3}, {"a": 5, "b": 25, "y": 1}
    assert follow(5, leader, follower, 20, 40) == pytest.approx(15)
    assert follow(15, leader, follower, 20, 40) == pytest.approx(32.5)
    assert follow(5, {"z": 1}, follower, 20, 40) is None
    assert follow(0.5, {"a": 0, "b": 10}, {"a": 20, "b": 3}, 20, 40) == pytest.approx(20.05)


def test_following_the_same_page_ends_at_the_last_page() -> None:
    assert follow_page(7.25, 2, 100) == 9.25
    assert follow_page(99, 0, 10) < 10


def test_bookmarks_of_the_same_title_are_anchors() -> None:
    assert bookmark_anchors(outline_of((0, "第 一 章", 2), (0, "第一章", 9), (0, "", 3))) == {"第一章": 2}

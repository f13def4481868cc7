"""How pages side by side follow each other: from a place in one document to the place in another. No Qt here.

A place is page + fraction of that page. Between two anchors known to both documents the place is taken over as the
same share of the way from one anchor to the next.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from apps.shell.pages.outline import Outline


class SyncMode(StrEnum):
    """What the other documents follow by."""

    PAGE = "page"
    BOOKMARK = "bookmark"
    ANCHOR = "anchor"
    FREE = "free"


def bookmark_anchors(outline: Outline) -> dict[str, int]:
    """The first page of every bookmark title, spaces and case aside."""
    anchors: dict[str, int] = {}
    for entry in outline.entries:
        title = "".join(entry.title.split()).casefold()
        if entry.page >= 0 and title:
            anchors.setdefault(title, entry.page)
    return anchors


def follow(
    place: float, leader: Mapping[str, int], follower: Mapping[str, int], leader_count: int, follower_count: int
) -> float | None:
    """The follower's place for a leader's place by common anchors; None before the first common anchor."""
    common = sorted((leader[key], follower[key]) for key in leader.keys() & follower.keys())
    before = [pair for pair in common if pair[0] <= place]
    if not before:
        return None
    here = before[-1]
    after = next((pair for pair in common if pair[0] > here[0]), (leader_count, follower_count))
    span = max(after[0] - here[0], 1)
    other_span = after[1] - here[1]
    if other_span < 1:  # the other document has them in another order: stay within one page
        return here[1] + min((place - here[0]) / span, 0.999)
    return min(here[1] + (place - here[0]) / span * other_span, max(follower_count - 0.001, 0.0))


def follow_page(place: float, offset: float, follower_count: int) -> float:
    """The same page, as far apart as they were when one was moved alone; just below 0 is the edge above page one."""
    return max(-0.9, min(place + offset, max(follower_count - 0.001, 0.0)))

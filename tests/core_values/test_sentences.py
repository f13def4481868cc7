"""Errors read as sentences: the exact one of their reason where there is one, and never a slug or a raw time."""

from __future__ import annotations

import pytest

from core.messages import load
from core.values.sentences import sentence


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize(
    ("code", "params"),
    [
        ("app.file_not_writable", {"path": "x", "reason": "no_space"}),
        ("package.invalid", {"path": "x", "layer": "content", "reason": "not_the_log", "where": ""}),
        ("signing.container_invalid", {"layer": "layout", "reason": "truncated"}),
        ("signing.certificate_invalid", {"reason": "expires_before_opening", "holder": "bidder", "subject": "s",
                                         "not_before": "", "not_after": "", "until": ""}),
        ("journal.invalid", {"reason": "gap", "where": "x", "member": "m", "at": "2026-01-01T00:00:00Z"}),
        ("draft.invalid", {"path": "x", "reason": "newer"}),
        ("procedure.not_allowed", {"step": "opening.cut_off", "reason": "after_cut_off"}),
        ("procedure.not_allowed", {"step": "marks.given", "reason": "after_lock"}),
        ("signing.message_invalid", {"reason": "not_canonical"}),
        ("boq.unreadable", {"path": "x", "reason": "boq.reason.encrypted", "hint": "boq.hint.encrypted"}),
    ],
)  # fmt: skip
def test_no_slug_reaches_a_person(language: str, code: str, params: dict[str, str]) -> None:
    text = sentence(load(language), code, params)
    for slug in (
        "no_space",
        "not_the_log",
        "after_",
        "opening.cut",
        "marks.given",
        "not_canonical",
        "boq.",
        "expires_",
    ):
        assert slug not in text, text
    assert "2026-01-01T" not in text


def test_a_time_is_shown_as_beijing_time() -> None:
    text = sentence(load("zh_CN"), "signing.check.time_claimed", {"signed_at": "2026-11-21T01:30:01+00:00", "now": ""})
    assert "2026年11月21日 09时30分" in text

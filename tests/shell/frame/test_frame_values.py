"""The frame's values without Qt: time, history, notices, places, actions, recent projects."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.shell.frame import status
from apps.shell.frame.about import AboutState, Library, SelfTest, about_text
from apps.shell.frame.actions import Action, find_actions, pinyin_initials
from apps.shell.frame.countdown import (
    Deadline,
    PlatformTime,
    Stage,
    TimeSource,
    countdown,
    footing,
    headline,
    spoken,
    warning,
)
from apps.shell.frame.geometry import PREFERRED, Rect, brought_back
from apps.shell.frame.history import LIMIT, PageHistory
from apps.shell.frame.notices import OK_STAYS, SHOWN, Notice, Notices
from apps.shell.frame.recent import KEPT, RecentProject, RecentProjects, recent_state
from apps.shell.frame.recent_file import load_recent, missing_files, save_recent
from apps.shell.frame.say import say
from apps.shell.frame.status import Tone
from core.errors import FileNotWritable
from core.messages import Catalogue

NOW = datetime(2026, 11, 21, 6, 48, 40, tzinfo=UTC)
ASKED = PlatformTime(TimeSource.PLATFORM, timedelta(seconds=30), NOW)


# time


@pytest.mark.parametrize(
    ("left", "stage"),
    [
        (timedelta(days=2), Stage.CALM),
        (timedelta(days=1), Stage.CALM),
        (timedelta(days=1, microseconds=-1), Stage.DAY),
        (timedelta(hours=1), Stage.DAY),
        (timedelta(hours=1, microseconds=-1), Stage.HOUR),
        (timedelta(microseconds=1), Stage.HOUR),
        (timedelta(0), Stage.PASSED),
        (timedelta(seconds=-5), Stage.PASSED),
    ],
)
def test_the_countdown_has_stages_and_ends_at_the_very_moment(left: timedelta, stage: Stage) -> None:
    assert countdown(Deadline(NOW + left), PlatformTime(), NOW).stage is stage


def test_the_platforms_clock_decides_and_not_this_machines() -> None:
    deadline = Deadline(NOW + timedelta(seconds=20))
    assert countdown(deadline, PlatformTime(), NOW).stage is Stage.HOUR
    assert countdown(deadline, ASKED, NOW).stage is Stage.PASSED


def test_an_offset_nobody_measured_is_not_used() -> None:
    guessed = PlatformTime(TimeSource.LOCAL, timedelta(hours=5))
    assert countdown(Deadline(NOW + timedelta(hours=2)), guessed, NOW).left == 7200


def test_the_figures_are_days_and_a_clock(words: Catalogue) -> None:
    now = countdown(Deadline(NOW + timedelta(days=2, hours=3, minutes=41, seconds=20)), PlatformTime(), NOW)
    assert headline(now).text(words) == "2 天 03:41:20"
    assert warning(now) is None
    assert headline(countdown(Deadline(NOW + timedelta(seconds=61)), PlatformTime(), NOW)).text(words) == "00:01:01"


def test_a_started_second_still_counts() -> None:
    assert countdown(Deadline(NOW + timedelta(milliseconds=1)), PlatformTime(), NOW).left == 1


def test_local_time_is_never_called_platform_time(words: Catalogue) -> None:
    line = footing(countdown(Deadline(NOW + timedelta(days=1)), PlatformTime(), NOW), words)
    assert line == "2026 年 11 月 22 日 14:48:40  ·  按本机时间，尚未与平台对时"


def test_platform_time_says_how_wrong_this_machine_is(words: Catalogue) -> None:
    at = Deadline(datetime(2026, 11, 24, 1, 30, tzinfo=UTC))
    assert footing(countdown(at, ASKED, NOW), words) == "2026 年 11 月 24 日 09:30  ·  平台时间，本机慢 30.0 秒"
    fast = PlatformTime(TimeSource.PLATFORM, timedelta(minutes=-4), NOW)
    assert footing(countdown(at, fast, NOW), words).endswith("本机快 4 分钟")


def test_an_old_comparison_of_clocks_is_said_to_be_old(words: Catalogue) -> None:
    old = PlatformTime(TimeSource.PLATFORM, timedelta(0), NOW - timedelta(hours=13))
    assert "21 日 01:48 后未再对时" in footing(countdown(Deadline(NOW), old, NOW), words)
    never = PlatformTime(TimeSource.PLATFORM, timedelta(0), None)
    assert "请重新对时" in footing(countdown(Deadline(NOW), never, NOW), words)


def test_a_reader_is_told_the_same_words_all_minute(words: Catalogue) -> None:
    deadline = Deadline(NOW + timedelta(hours=3))
    first, second = (spoken(countdown(deadline, ASKED, NOW + timedelta(seconds=n)), words) for n in (35, 45))
    assert first == second
    assert "02:58" in first
    assert "不足 1 天" in first


@given(st.timedeltas(timedelta(seconds=1), timedelta(days=900)))
def test_figures_add_up_to_what_is_left(left: timedelta) -> None:
    now = countdown(Deadline(NOW + left), PlatformTime(), NOW)
    days, clock = now.figures
    hours, minutes, seconds = map(int, clock.split(":"))
    assert timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds) - left < timedelta(seconds=1)


# history


def test_a_new_way_cuts_the_old_one_off() -> None:
    history = PageHistory(("home",)).went("list").went("cost").back().back()
    assert (history.current, history.can_forward, history.can_back) == ("home", True, False)
    assert history.forward().current == "list"
    assert history.went("send").visited == ("home", "send")


@given(st.lists(st.sampled_from(["a", "b", "c", "<", ">"]), max_size=300))
def test_the_history_always_has_a_page_and_keeps_its_limit(steps: list[str]) -> None:
    history = PageHistory(("a",))
    for step in steps:
        history = history.back() if step == "<" else history.forward() if step == ">" else history.went(step)
        assert 0 <= history.at < len(history.visited) <= LIMIT


# notices


def notice(number: int, tone: Tone = Tone.OK) -> Notice:
    return Notice(number, tone, say("shell.frame.demo.notice_import", n=number), NOW)


def test_only_good_news_goes_by_itself() -> None:
    stack = Notices().added(notice(1), NOW).added(notice(2, Tone.ERR), NOW).added(notice(3, Tone.INFO), NOW)
    later = stack.advanced(NOW + OK_STAYS)
    assert [one.number for one in later.shown] == [2, 3]
    assert [one.number for one in later.history] == [3, 2, 1]


def test_good_news_gets_its_time_from_when_it_came_on_the_screen() -> None:
    stack = Notices()
    for number in range(1, SHOWN + 1):
        stack = stack.added(notice(number, Tone.ERR), NOW)
    stack = stack.added(notice(9), NOW)
    much_later = NOW + timedelta(hours=1)
    assert [one.number for one in stack.closed(1, much_later).shown] == [2, 3, 9]
    assert [one.number for one in stack.closed(1, much_later).advanced(much_later + OK_STAYS).shown] == [2, 3]


def test_an_error_overtakes_good_news_that_waits() -> None:
    stack = Notices()
    for number in range(1, SHOWN + 1):
        stack = stack.added(notice(number, Tone.INFO), NOW)
    stack = stack.added(notice(7), NOW).added(notice(8, Tone.ERR), NOW)
    assert [one.number for one in stack.closed(1, NOW).shown] == [2, 3, 8]


def test_the_same_sentence_is_not_said_twice_at_once() -> None:
    stack = Notices().added(notice(1, Tone.ERR), NOW)
    again = Notice(2, Tone.ERR, stack.shown[0].said, NOW)
    assert stack.added(again, NOW) == stack
    assert len(stack.closed(1, NOW).added(again, NOW).history) == 2


# where a window stands


SCREEN = Rect(0, 0, 1920, 1040)
SECOND = Rect(1920, 0, 1280, 984)


def test_a_window_on_a_screen_stays_where_it_was() -> None:
    for saved in (Rect(100, 50, 1366, 768), Rect(1700, 0, 900, 700), SECOND):
        assert brought_back(saved, (SCREEN, SECOND)) == saved


def test_a_window_on_an_unplugged_screen_comes_back_with_its_size() -> None:
    assert brought_back(Rect(2100, 60, 1000, 700), (SCREEN,)) == Rect(460, 170, 1000, 700)


def test_a_window_whose_title_cannot_be_grasped_is_moved_in() -> None:
    assert brought_back(Rect(300, -400, 1000, 700), (SCREEN,)) == Rect(300, 0, 1000, 700)
    assert brought_back(Rect(1800, 300, 1000, 700), (SCREEN,)) == Rect(920, 300, 1000, 700)


def test_a_window_larger_than_the_screen_is_cut_to_it() -> None:
    assert brought_back(Rect(-50, -50, 3840, 2160), (SCREEN,)) == SCREEN


def test_without_a_saved_place_the_window_is_centred_and_without_screens_left_alone() -> None:
    assert brought_back(None, (SCREEN,)) == Rect((1920 - PREFERRED[0]) // 2, (1040 - PREFERRED[1]) // 2, *PREFERRED)
    assert brought_back(Rect(0, 0, 10, 10), ()) is None


RECTS = st.builds(Rect, *[st.integers(-6000, 6000)] * 2, *[st.integers(-10, 5000)] * 2)


@given(RECTS)
def test_wherever_it_was_the_title_can_be_grasped_afterwards(saved: Rect) -> None:
    place = brought_back(saved, (SCREEN, SECOND))
    assert place is not None
    top = Rect(place.x, place.y, place.width, min(48, place.height))
    assert top.shared(SCREEN) + top.shared(SECOND) == top.width * top.height


# actions


def action(key: str, reason: str = "") -> Action:
    return Action(key, say(key), say("shell.frame.group.pages"), reason=say(reason) if reason else None)


ACTIONS = (
    action("shell.frame.demo.action_save"),
    action("shell.frame.demo.action_paste"),
    action("shell.frame.demo.action_print", "shell.frame.demo.reason_print"),
    action("shell.frame.demo.action_key"),
    action("shell.frame.demo.action_sync"),
)


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("保存", "立即保存"),
        ("ljbc", "立即保存"),
        ("dyqd", "打印清单"),
        ("CKZS", "查看证书"),
        ("清单", "打印清单"),
        ("立同", "立即同步"),
        ("zt", "从表格粘贴"),
    ],
)
def test_actions_are_found_by_words_initials_and_letters_in_order(words: Catalogue, query: str, first: str) -> None:
    hit = find_actions(query, ACTIONS, words)[0]
    assert hit.title == first
    assert hit.marks, "what answered is shown strong"


def test_nothing_is_found_for_nonsense(words: Catalogue) -> None:
    assert find_actions("qqqq", ACTIONS, words) == ()


def test_what_cannot_be_done_now_is_listed_with_its_reason(words: Catalogue) -> None:
    hit = find_actions("打印", ACTIONS, words)[0]
    assert hit.action.reason is not None
    assert hit.action.reason.text(words) == "清单里还有 3 项没有填写。"


def test_pinyin_initials_keep_places_and_leave_the_rest() -> None:
    assert pinyin_initials("转到：工程量清单 F4 骉") == "zd：gclqd f4 骉"


@given(st.text(max_size=40))
def test_initials_are_one_for_one(text: str) -> None:
    assert len(pinyin_initials(text)) == len(text)


@given(st.text(max_size=12))
def test_any_query_is_answered_and_marks_lie_inside_the_title(query: str) -> None:
    titles = Catalogue("zh_CN", {one.title.key: f"转到：{one.title.key} İß" for one in ACTIONS})
    for hit in find_actions(query, ACTIONS, titles):
        assert all(0 <= mark < len(hit.title) for mark in hit.marks)


# status


def test_the_status_says_what_failed_and_since_when(words: Catalogue) -> None:
    item = status.not_saved(say("file.no_space"), NOW)
    assert item.said.text(words) == "14:48:40 起的修改没有保存：磁盘空间不足"
    assert item.tone is Tone.ERR


def test_a_certificate_warns_thirty_days_ahead_and_is_an_error_afterwards() -> None:
    tones = [status.key_present("A", NOW + timedelta(days=days), NOW).tone for days in (60, 29, 0)]
    assert tones == [Tone.OK, Tone.WARN, Tone.ERR]


def test_one_statement_of_a_name_stands_in_the_bar() -> None:
    bar = status.Status().with_item(status.saving()).with_item(status.offline()).with_item(status.saved(NOW))
    assert [(one.name, one.tone) for one in bar.items] == [("saved", Tone.OK), ("sync", Tone.PLAIN)]
    assert [one.name for one in bar.without_item("saved").items] == ["sync"]


# recent projects


def project(name: str, **more: object) -> RecentProject:
    return RecentProject(f"/p/{name}.tbd", name, NOW, **more)  # type: ignore[arg-type]


def test_an_opened_project_comes_first_and_only_once() -> None:
    recent = RecentProjects()
    for name in ("a", "b", "a"):
        recent = recent.opened(project(name))
    assert [one.title for one in recent.projects] == ["a", "b"]
    for number in range(50):
        recent = recent.opened(project(str(number)))
    assert len(recent.projects) == KEPT


def test_the_list_comes_back_from_its_file(tmp_path: Path) -> None:
    kept = RecentProjects((project("二部", deadline=NOW, state_key="x.y"), project("b")))
    save_recent(tmp_path / "recent.json", kept)
    assert load_recent(tmp_path / "recent.json") == kept
    assert [path.name for path in tmp_path.iterdir()] == ["recent.json"]


@pytest.mark.parametrize(
    "garbage",
    [b"", b"\xff\x00", b"{", b"[]", b'{"version":0}', b'{"version":9,"projects":[]}', b'{"version":0,"projects":{}}',
     b'{"version":0,"projects":[1,null,{"path":3},{"path":"","title":"","opened_at":"x"}]}', b"[" * 100_000, b" " * 300_000],
)  # fmt: skip
def test_garbage_in_the_file_is_an_empty_list(tmp_path: Path, garbage: bytes) -> None:
    file = tmp_path / "recent.json"
    file.write_bytes(garbage)
    assert load_recent(file) == RecentProjects()
    assert load_recent(tmp_path / "none.json") == RecentProjects()
    assert load_recent(tmp_path) == RecentProjects()


def test_one_bad_entry_costs_only_itself(tmp_path: Path) -> None:
    file = tmp_path / "recent.json"
    save_recent(file, RecentProjects((project("a"), project("b"))))
    content = json.loads(file.read_text("utf-8"))
    content["projects"][0]["opened_at"] = "2026-11-21T06:48:40"  # no zone
    content["projects"][1]["deadline"] = "soon"
    file.write_text(json.dumps(content), "utf-8")
    assert load_recent(file).projects == (project("b"),)


def test_a_failed_save_leaves_the_old_list(tmp_path: Path) -> None:
    file = tmp_path / "recent.json"
    save_recent(file, RecentProjects((project("a"),)))
    with pytest.raises(FileNotWritable):
        save_recent(tmp_path / "none" / "recent.json", RecentProjects())
    (tmp_path / "folder.json").mkdir()
    with pytest.raises(FileNotWritable):
        save_recent(tmp_path / "folder.json", RecentProjects())
    assert load_recent(file).projects == (project("a"),)


def test_missing_files_are_known_and_shown(tmp_path: Path) -> None:
    there = tmp_path / "a.tbd"
    there.write_bytes(b"")
    recent = RecentProjects((RecentProject(str(there), "a", NOW), project("gone"), RecentProject("\0", "nul", NOW)))
    missing = missing_files(recent)
    assert missing == {"/p/gone.tbd", "\0"}
    assert [line.missing for line in recent_state(recent, missing, NOW).lines] == [False, True, True]


def test_a_line_says_how_near_the_deadline_is(words: Catalogue) -> None:
    nearness = [timedelta(days=9), timedelta(days=2), timedelta(hours=5), timedelta(minutes=7), timedelta(seconds=-1)]
    recent = RecentProjects(tuple(project(str(n), deadline=NOW + left) for n, left in enumerate(nearness)))
    lines = recent_state(recent, frozenset(), NOW).lines
    ends = ("还有 9 天", "还有 2 天", "还有 5 小时", "还有 7 分钟", "已截止")
    assert all(
        line.deadline is not None and line.deadline.text(words).endswith(end)
        for line, end in zip(lines, ends, strict=True)
    )
    assert [line.deadline_tone for line in lines] == [Tone.PLAIN, Tone.WARN, Tone.ERR, Tone.ERR, Tone.PLAIN]


# about, and the contract


def test_the_about_page_as_text_holds_everything(words: Catalogue) -> None:
    state = AboutState(
        "P", "1.2", "Linux", (Library("Qt", "6.9.3", "LGPL-3.0"),), "libcrypto", SelfTest.FAILED, 3, "/l"
    )
    text = about_text(state, words)
    assert "程序：P 1.2\n" in text
    assert "- Qt 6.9.3 · LGPL-3.0\n" in text
    assert "未通过" in text
    assert "日志文件：/l\n" in text


def test_states_and_presenters_load_without_qt() -> None:
    rooms = "frame.state frame.presenter frame.recent_presenter frame.recent_file frame.about example.state example.presenter"
    imports = "; ".join(f"import apps.shell.{room}" for room in rooms.split())
    check = f"import sys; {imports}; sys.exit(any(name.startswith('PySide6') for name in sys.modules))"
    assert subprocess.run([sys.executable, "-c", check], check=False).returncode == 0

"""Counting, wording and the decisions of the checklist, without Qt."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.shell.checklist.presenter import ChecklistPresenter
from apps.shell.checklist.state import ChecklistItem, ChecklistState, Goal, ItemState
from apps.shell.checklist.wording import ICONS, headline, reason, spoken, state_word, summary
from core.messages import Catalogue, load

GOAL = Goal("shell.checklist.demo.missing", "shell.checklist.demo.all_done", "shell.checklist.demo.action")
ITEMS = (
    ChecklistItem("survey", "现场勘测", ItemState.DONE, "已核对"),
    ChecklistItem("hint", "单价合理性", ItemState.REMINDER, "1 项偏高", "参考价目"),
    ChecklistItem("letter", "委托函", ItemState.BLOCKING, "有效期 60 天", "第 3.2 条"),
    ChecklistItem("prices", "材料清单", ItemState.BLOCKING),
    ChecklistItem("far", "外部资料", ItemState.BLOCKING, jump=False),
    ChecklistItem("seal", "盖章", ItemState.WAITING),
)


class Desk:
    """What the checklist asked its owner to do."""

    def __init__(self) -> None:
        self.jumps: list[str] = []
        self.acts = 0
        self.states: list[ChecklistState] = []
        self.presenter = ChecklistPresenter(self.states.append, GOAL, jump=self.jumps.append, act=self._act)

    def _act(self) -> None:
        self.acts += 1


@given(st.lists(st.sampled_from(list(ItemState)), max_size=30))
def test_every_item_is_counted_in_exactly_one_state(states: list[ItemState]):
    items = tuple(ChecklistItem(str(number), "x", state) for number, state in enumerate(states))
    state = ChecklistState(GOAL, items)
    assert sum(state.count(one) for one in ItemState) == len(items)
    assert state.can_act == (bool(items) and ItemState.BLOCKING not in states)


def test_the_headline_counts_what_blocks_and_not_the_reminders(words: Catalogue):
    state = ChecklistState(GOAL, ITEMS)
    assert headline(state, words) == "距离可以移交还差 3 项"
    assert "1 项提醒" in summary(state, words)
    assert "已完成 1 / 6" in summary(state, words)


def test_the_disabled_action_says_why_in_words(words: Catalogue):
    assert "3" in reason(ChecklistState(GOAL, ITEMS), words)
    assert reason(ChecklistState(GOAL, ITEMS, busy=True), words) == words.text("shell.checklist.busy")
    assert reason(ChecklistState(GOAL), words) == words.text("shell.checklist.no_items")
    assert reason(ChecklistState(GOAL, ITEMS[:2]), words) == words.text("shell.checklist.ready_reminders", count=1)
    assert reason(ChecklistState(GOAL, ITEMS[:1]), words) == words.text("shell.checklist.ready")


def test_each_state_has_a_word_and_an_icon_of_its_own():
    for language in ("zh_CN", "en"):
        said = {state_word(ChecklistItem("k", "t", state), load(language)) for state in ItemState}
        assert len(said) == len(ItemState)
    assert len({ICONS[state] for state in ItemState}) == len(ItemState)


def test_an_item_is_spoken_with_state_source_and_what_enter_does(words: Catalogue):
    assert spoken(ITEMS[2], words) == "委托函，必须处理，有效期 60 天，依据：第 3.2 条，按回车去处理"
    assert spoken(ITEMS[0], words) == "现场勘测，已完成，已核对"


def test_jumping_is_offered_only_where_something_is_to_be_done_and_the_place_is_known():
    desk = Desk()
    desk.presenter.set_items(ITEMS)
    for item in ITEMS:
        desk.presenter.jump(item.key)
    desk.presenter.jump("nobody")
    assert desk.jumps == ["hint", "letter", "prices"]


def test_the_first_thing_to_do_is_a_blocking_one_even_below_a_reminder():
    desk = Desk()
    desk.presenter.set_items(ITEMS)
    desk.presenter.jump_to_first()
    assert desk.jumps == ["letter"]
    desk.presenter.set_items(ITEMS[:2])
    desk.presenter.jump_to_first()
    assert desk.jumps == ["letter", "hint"]
    desk.presenter.set_items(ITEMS[:1])
    desk.presenter.jump_to_first()
    assert desk.jumps == ["letter", "hint"]


def test_the_action_is_taken_only_while_nothing_blocks():
    desk = Desk()
    desk.presenter.act()
    desk.presenter.set_items(ITEMS)
    desk.presenter.act()
    assert desk.acts == 0
    desk.presenter.set_items(ITEMS[:2])
    desk.presenter.act()
    assert desk.acts == 1
    desk.presenter.set_items(ITEMS[:2], busy=True)
    desk.presenter.act()
    assert desk.acts == 1


def test_new_facts_keep_the_reader_on_the_same_item():
    desk = Desk()
    desk.presenter.set_items(ITEMS)
    desk.presenter.stand_on("prices")
    desk.presenter.set_items(ITEMS[1:])
    assert desk.presenter.state.current == "prices"
    desk.presenter.set_items(ITEMS[:2])
    assert desk.presenter.state.current == ""


def test_two_items_with_one_key_are_a_mistake_of_the_program():
    with pytest.raises(ValueError, match="same key"):
        Desk().presenter.set_items((ITEMS[0], ITEMS[0]))

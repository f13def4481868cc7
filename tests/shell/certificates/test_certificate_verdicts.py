"""Every state of a certificate, its words and its next step."""

from datetime import timedelta

import pytest

from apps.shell.certificates.judge import USABLE, Condition, judge
from apps.shell.certificates.state import Medium, PickerState, Purpose
from apps.shell.certificates.wording import (
    ICONS,
    TONES,
    condition_word,
    explanation,
    facts,
    grouped,
    spoken,
    verdict_of,
)
from core.messages import load
from tests.shell.certificates.drawer import NOW, certificate

STATES = {
    Condition.READY: {"needs_pin": False},
    Condition.PIN_NEEDED: {},
    Condition.EXPIRES_SOON: {"not_after": NOW + timedelta(days=18)},
    Condition.LOCKED: {"tries_left": 0},
    Condition.EXPIRED: {"not_after": NOW - timedelta(days=12)},
    Condition.NOT_YET: {"not_before": NOW + timedelta(days=3)},
    Condition.WRONG_USE: {"purposes": frozenset({Purpose.ENCRYPTION})},
    Condition.PULLED: {"present": False},
    Condition.DRIVER_MISSING: {"driver": False},
    Condition.UNTRUSTED: {"trusted": False},
    Condition.UNKNOWN: {"readable": False},
}


@pytest.mark.parametrize("condition", STATES)
def test_each_fact_leads_to_its_state(condition: Condition):
    verdict = judge(certificate("k", **STATES[condition]), Purpose.SIGNING, NOW)
    assert verdict.condition is condition
    assert verdict.usable == (condition in USABLE)


def test_days_are_calendar_days_in_beijing():
    assert judge(certificate("k", **STATES[Condition.EXPIRES_SOON]), Purpose.SIGNING, NOW).days == 18
    assert judge(certificate("k", **STATES[Condition.EXPIRED]), Purpose.SIGNING, NOW).days == 12
    assert judge(certificate("k", **STATES[Condition.NOT_YET]), Purpose.SIGNING, NOW).days == 3


def test_the_boundaries_of_validity_belong_to_it():
    for edge in ("not_before", "not_after"):
        assert judge(certificate("k", **{edge: NOW}), Purpose.SIGNING, NOW).usable
    assert (
        judge(certificate("k", not_after=NOW + timedelta(days=30)), Purpose.SIGNING, NOW).condition
        is Condition.EXPIRES_SOON
    )
    assert (
        judge(certificate("k", not_after=NOW + timedelta(days=31)), Purpose.SIGNING, NOW).condition
        is Condition.PIN_NEEDED
    )


def test_the_nearest_obstacle_is_named_first():
    broken = certificate("k", present=False, driver=False, not_after=NOW - timedelta(days=1), trusted=False)
    assert judge(broken, Purpose.SIGNING, NOW).condition is Condition.PULLED
    expired = certificate("k", not_after=NOW - timedelta(days=1), trusted=False, purposes=frozenset())
    assert judge(expired, Purpose.SIGNING, NOW).condition is Condition.EXPIRED
    assert judge(certificate("k"), Purpose.SIGNING, NOW, wrong=True).condition is Condition.WRONG_PIN
    assert judge(certificate("k", locked=True), Purpose.SIGNING, NOW, wrong=True).condition is Condition.LOCKED


def test_a_trust_that_is_not_known_yet_does_not_forbid():
    assert judge(certificate("k", trusted=None), Purpose.SIGNING, NOW).usable


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("medium", list(Medium))
def test_every_state_has_a_word_an_icon_and_where_it_forbids_a_reason(language: str, medium: Medium):
    words = load(language)
    seen = set()
    for condition, more in STATES.items():
        choice = certificate("k", medium=medium, **more)
        state = PickerState(Purpose.SIGNING, NOW, choices=(choice,))
        word = condition_word(verdict_of(state, choice), choice, words)
        assert "shell." not in word
        seen.add(word)
        assert ICONS[condition]
        assert TONES[condition]
        tone, why = explanation(state, choice, words)
        if condition in {Condition.READY, Condition.PIN_NEEDED}:
            assert (tone, why) == ("", "")
        else:
            assert "shell." not in why
            assert len(why) > 20
    assert len(seen) == len(STATES)


def test_a_wrong_pin_names_the_tries_that_are_left_and_warns_before_the_last():
    words = load("zh_CN")
    for tries, part in ((None, "不会自动重试"), (4, "还可以输入 4 次"), (1, "只剩 1 次")):
        choice = certificate("k", tries_left=tries)
        state = PickerState(Purpose.SIGNING, NOW, choices=(choice,), wrong="k")
        tone, why = explanation(state, choice, words)
        assert tone == "err"
        assert part in why
    choice = certificate("k", tries_left=2)
    assert explanation(PickerState(Purpose.SIGNING, NOW, choices=(choice,)), choice, words)[0] == "warn"


def test_the_facts_show_dates_of_beijing_and_a_serial_one_can_compare():
    words = load("zh_CN")
    choice = certificate("林", not_after=NOW.replace(hour=17))  # 01:00 the next day in Beijing
    shown = dict(facts(choice, words))
    assert shown["有效期"].endswith("2026-11-23")
    assert shown["序列号"] == "5A0C 0000 0000 0BCD"
    assert shown["存放于"] == "密码钥匙：KEY-林"
    assert grouped("5a:0c:01") == "5A0C 01"


def test_an_emulator_is_never_mistaken_for_a_token():
    words = load("zh_CN")
    choice = certificate("k", emulator=True)
    assert "模拟" in spoken(PickerState(Purpose.SIGNING, NOW, choices=(choice,)), choice, words)
    assert "模拟" in dict(facts(choice, words))["存放于"]
    assert "模拟" not in spoken(PickerState(Purpose.SIGNING, NOW), certificate("k"), words)

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from core.errors import DataInvalid, StepNotAllowed
from core.messages import load
from core.opening import bodies as op
from core.opening.fold import advance, fold
from core.opening.rules import shares_received
from core.opening.text import compose_record
from core.values.acts import Act
from core.values.codec import to_plain
from core.values.document import document_json
from tests.procedure_runs import FIRMS, PRICES, opened, opening_acts, share
from tests.procedure_world import OPENING, act, tender


def until(kind: str) -> list[Act]:
    acts = opening_acts()
    stop = max(number for number, item in enumerate(acts) if item.kind == kind)
    return acts[: stop + 1]


def refused(acts: list[Act], bad: Act) -> str:
    state = fold(acts)
    with pytest.raises(StepNotAllowed) as caught:
        advance(state, bad)
    return str(caught.value.params["reason"])


def test_a_whole_opening_folds_to_its_end() -> None:
    state = fold(opening_acts())
    assert state.closed_at is not None
    assert [item.bid for item in state.opened_in("lot-1")] == list(PRICES)
    assert [item.lot for item in state.returned] == ["lot-2"]
    assert state.objections[0].answer == "已重新宣读"
    assert state.holders_of("a1") == {"centre"}
    assert fold(opening_acts()) == state


def test_every_prefix_of_a_lawful_log_is_lawful() -> None:
    acts = opening_acts()
    for length in range(len(acts) + 1):
        fold(acts[:length])


def test_no_act_may_be_left_out_or_moved_forward_unseen() -> None:
    """Dropping any act that others stand on makes the log unlawful."""
    acts = opening_acts()
    free = {"session.open", "opening.confirmed", "opening.closed"}
    for number, item in enumerate(acts):
        if item.kind in free or (item.kind == "opening.objected"):
            continue
        rest = acts[:number] + acts[number + 1 :]
        with pytest.raises(StepNotAllowed):
            fold(rest)


def test_the_count_comes_before_any_share() -> None:
    acts = until("opening.started")
    body = op.ShareReceived("lot-1", share("a1", 0))
    assert refused(acts, act("opening.share_received", body, role="bidder")) == "not_counted"


def test_a_share_of_a_returned_lot_is_never_taken() -> None:
    acts = until("opening.lot_returned")
    body = op.ShareReceived("lot-2", share("b1", 0))
    assert refused(acts, act("opening.share_received", body, role="bidder")) == "lot_returned"
    acts = until("opening.cut_off")
    released = op.HolderReleased("centre", acts[-1].id, (share("b1", 3),))
    assert refused(acts, act("opening.holder_released", released, role="centre")) == "lot_returned"
    shown = replace(opened("a1"), lot="lot-2", bid="b1")
    assert refused(until("opening.holder_released"), act("opening.bid_opened", shown)) == "lot_returned"
    failed = op.BidFailed("lot-2", "b1", "", "content", op.Attribution.OTHER, "")
    assert refused(until("opening.holder_released"), act("opening.bid_failed", failed)) == "lot_returned"


def test_holders_release_only_against_the_cut_off_record() -> None:
    released = op.HolderReleased("centre", "", (share("a1", 3),))
    before = until("opening.share_received")
    assert refused(before, act("opening.holder_released", released, role="centre")) == "before_cut_off"
    assert refused(until("opening.cut_off"), act("opening.holder_released", released, role="centre")) == "other_cut_off"


def test_no_share_counts_after_the_cut_off() -> None:
    body = op.ShareReceived("lot-1", share("a1", 0))
    assert refused(until("opening.cut_off"), act("opening.share_received", body, role="bidder")) == "after_cut_off"


def test_nothing_is_opened_before_the_holders_released() -> None:
    assert refused(until("opening.cut_off"), act("opening.bid_opened", opened("a1"))) == "shares_missing"
    assert refused(until("opening.share_received"), act("opening.bid_opened", opened("a1"))) == "before_cut_off"


def test_a_bidder_who_did_not_release_is_not_opened_and_the_others_go_on() -> None:
    acts = [item for item in until("opening.share_received") if item.actor != "a2"]
    cut = act("opening.cut_off", op.CutOff(shares_received(fold(acts))), minute=30)
    acts.append(cut)
    everything = op.HolderReleased("centre", cut.id, (share("a1", 3), share("a2", 3)))
    assert refused(acts, act("opening.holder_released", everything, role="centre")) == "bidder_did_not_release"
    some = op.HolderReleased("centre", cut.id, (share("a1", 3), share("a3", 3)))
    acts.append(act("opening.holder_released", some, role="centre", minute=31))
    assert refused(acts, act("opening.bid_opened", opened("a2"))) == "shares_missing"
    acts += [act("opening.bid_opened", opened(bid), minute=32) for bid in ("a1", "a3")]
    announced = act("opening.announced", op.Announced("lot-1", ("a1", "a2", "a3")), minute=33)
    assert refused(acts, announced) == "bids_not_settled"
    failed = op.BidFailed("lot-1", "a2", FIRMS["a2"], "not_released", op.Attribution.BIDDER, "")
    acts += [act("opening.bid_failed", failed, minute=33), announced]
    state = fold(acts)
    assert [item.bid for item in state.failed_in("lot-1")] == ["a2"]
    record = str(document_json(compose_record(tender(), state, load("zh_CN"))))
    assert "视为撤销" in record


BAD: list[tuple[str, str, Callable[[], Act]]] = [
    ("opening.started", "already_started", lambda: opening_acts()[1]),
    ("opening.counted", "already_counted", lambda: opening_acts()[2]),
    ("opening.counted", "lot_proceeds", lambda: act("opening.lot_returned", op.LotReturned("lot-1", ("a1",), "x"))),
    ("opening.lot_returned", "already_returned", lambda: opening_acts()[4]),
    ("opening.share_received", "already_released", lambda: opening_acts()[5]),
    ("opening.share_received", "shares_named", lambda: act("opening.cut_off", op.CutOff(()))),
    ("opening.share_received", "foreign_leaf", lambda: act(
        "opening.share_received", op.ShareReceived("lot-1", share("a1", 1)), role="bidder")),
    ("opening.share_received", "unknown_bid", lambda: act(
        "opening.share_received", op.ShareReceived("lot-1", share("zz", 0)), role="bidder")),
    ("opening.cut_off", "foreign_leaf", lambda: act("opening.holder_released", op.HolderReleased(
        "centre", "opening.cut_off:30", (share("a1", 2),)), role="centre")),
    ("opening.cut_off", "foreign_holder", lambda: act("opening.holder_released", op.HolderReleased(
        "centre", "opening.cut_off:30", ()), role="agency")),
    ("opening.cut_off", "foreign_holder", lambda: act("opening.holder_released", op.HolderReleased(
        "bidder", "opening.cut_off:30", ()), role="agency")),
    ("opening.bid_opened", "already_settled", lambda: act("opening.bid_opened", opened("a1"))),
    ("opening.bid_opened", "not_announced", lambda: act(
        "opening.confirmed", op.Confirmed("lot-1", "a1", "opening.bid_opened:32"), role="bidder")),
    ("opening.bid_opened", "not_announced", lambda: act("opening.closed", op.Closed(""))),
    ("opening.announced", "other_record", lambda: act(
        "opening.confirmed", op.Confirmed("lot-1", "a1", "opening.bid_opened:1"), role="bidder")),
    ("opening.announced", "already_announced", lambda: act(
        "opening.announced", op.Announced("lot-1", ("a1", "a2", "a3")))),
    ("opening.announced", "lot_returned", lambda: act("opening.announced", op.Announced("lot-2", ("b1", "b2")))),
    ("opening.confirmed", "already_confirmed", lambda: act(
        "opening.confirmed", op.Confirmed("lot-1", "a1", "opening.bid_opened:32"), role="bidder")),
    ("opening.objected", "objection_open", lambda: act("opening.closed", op.Closed(""))),
    ("opening.objected", "objection", lambda: act("opening.objection_answered", op.ObjectionAnswered("o9", "x"))),
    ("opening.objected", "objection", lambda: act(
        "opening.objected", op.Objected("lot-1", "a1", "o1", "x"), role="bidder")),
    ("opening.closed", "closed", lambda: act("opening.announced", op.Announced("lot-1", ()))),
    ("opening.announced", "unknown_kind", lambda: act("opening.dance", op.Closed(""))),
    ("opening.announced", "role", lambda: act("opening.closed", op.Closed(""), role="bidder")),
    ("opening.counted", "role", lambda: act(
        "opening.share_received", op.ShareReceived("lot-1", share("a1", 0)), role="agency")),
]  # fmt: skip


@pytest.mark.parametrize(
    ("after", "reason", "make"), BAD, ids=[f"{n}-{reason}" for n, (_, reason, _) in enumerate(BAD)]
)
def test_unlawful_acts_are_refused_with_their_reason(after: str, reason: str, make: Callable[[], Act]) -> None:
    assert refused(until(after), make()) == reason
    for language in ("zh_CN", "en"):
        assert load(language).has(f"opening.not_allowed.{reason}")


@pytest.mark.parametrize(
    ("count", "reason"),
    [
        (op.Counted("lot-1", 2, 3, op.Outcome.PROCEEDS, ("a1", "a2")), "outcome"),
        (op.Counted("lot-1", 3, 3, op.Outcome.RETURNED, ("a1", "a2", "a3")), "outcome"),
        (op.Counted("lot-1", 3, 2, op.Outcome.PROCEEDS, ("a1", "a2", "a3")), "unknown_lot"),
        (op.Counted("lot-9", 3, 3, op.Outcome.PROCEEDS, ("a1", "a2", "a3")), "unknown_lot"),
        (op.Counted("lot-1", 3, 3, op.Outcome.PROCEEDS, ("a2", "a1", "a3")), "bids_and_number"),
        (op.Counted("lot-1", 4, 3, op.Outcome.PROCEEDS, ("a1", "a2", "a3")), "bids_and_number"),
    ],
)
def test_a_count_must_tell_the_truth_about_itself(count: op.Counted, reason: str) -> None:
    assert refused(until("opening.started"), act("opening.counted", count)) == reason


def test_nobody_opens_before_the_opening_time() -> None:
    body = to_plain(op.Started("t", "d", OPENING, (op.LotMinimum("lot-1", 3),), "bidder"))
    early = Act("opening.started", OPENING - timedelta(seconds=1), "host", "agency", body)
    with pytest.raises(StepNotAllowed) as caught:
        fold([early])
    assert caught.value.params["reason"] == "before_opening_time"


def test_a_body_of_another_shape_is_refused() -> None:
    started = opening_acts()[1]
    with pytest.raises(DataInvalid):
        fold([replace(started, body={**started.body, "more": 1})])


def test_acts_of_the_session_pass_without_effect() -> None:
    assert fold([act("session.open", {}), act("other.kind", {})]) == fold([])


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_the_record_tells_everything_and_nothing_of_the_sealed_lot(language: str) -> None:
    catalogue = load(language)
    text = str(document_json(compose_record(tender(), fold(opening_acts()), catalogue)))
    for name in FIRMS.values():
        assert name in text
    for fact in ("950,000.00", "玖拾伍万元整", "唱标过快", "已重新宣读", "b1", "b2", "1,000,000.00"):
        assert fact in text
    assert "opening.record" not in text
    assert "opening.failure" not in text


def test_every_kind_has_a_name_in_both_languages() -> None:
    for kind in op.Kind:
        for language in ("zh_CN", "en"):
            assert load(language).has(f"opening.step.{kind.value}")

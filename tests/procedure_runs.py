"""Whole openings and evaluations as lists of acts, for the fold tests."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from core.evaluation import bodies as ev
from core.evaluation.outcome import factor_ranges
from core.opening import bodies as op
from core.tender.policy import DEFAULT_POLICY
from core.values.acts import Act
from core.values.money import capitals
from tests.procedure_world import OPENING, act, method, tender

PRICES = {"a1": "950000.00", "a2": "970000.00", "a3": "990000.00"}
FIRMS = {"a1": "甲建设有限公司", "a2": "乙建设有限公司", "a3": "丙建设有限公司"}
MEMBERS = tuple(
    ev.Member(f"m{n}", f"专家{n}", ev.MemberRole.EXPERT if n > 1 else ev.MemberRole.TENDERER_REPRESENTATIVE, "建筑工程")
    for n in range(1, 6)
)


def opened(bid: str) -> op.OpenedBid:
    total = Decimal(PRICES[bid])
    return op.OpenedBid(
        "lot-1", bid, FIRMS[bid], "91999999MA0TE5T16E", (), total, capitals(total), 190, "合格", 90, "李四",
        Decimal("20000.00"), (op.PartDigest("bid", "22" * 32, 100),),
    )  # fmt: skip


def share(bid: str, leaf: int) -> op.Share:
    return op.Share(bid, leaf, "AAAA", f"{bid}-{leaf}")


def opening_acts() -> list[Act]:
    """Lot 1 with three bids is opened, lot 2 with two goes back."""
    minimums = (op.LotMinimum("lot-1", 3), op.LotMinimum("lot-2", 3))
    acts = [
        act("session.open", {}, role="agency"),
        act("opening.started", op.Started("SL-2026-001-S", "11" * 32, OPENING, minimums, DEFAULT_POLICY), minute=1),
        act("opening.counted", op.Counted("lot-1", 3, 3, op.Outcome.PROCEEDS, ("a1", "a2", "a3")), minute=2),
        act("opening.counted", op.Counted("lot-2", 2, 3, op.Outcome.RETURNED, ("b1", "b2")), minute=3),
        act("opening.lot_returned", op.LotReturned("lot-2", ("b1", "b2"), "too_few"), minute=4),
    ]
    acts += [
        act("opening.share_received", op.ShareReceived("lot-1", share(bid, 0)), actor=bid, role="bidder", minute=5)
        for bid in PRICES
    ]
    digests = tuple(op.ShareDigest(bid, 0, f"{bid}-0") for bid in PRICES)
    acts.append(act("opening.cut_off", op.CutOff(digests), minute=30))
    released = op.HolderReleased("centre", acts[-1].id, tuple(share(bid, 3) for bid in PRICES))
    acts.append(act("opening.holder_released", released, actor="centre", role="centre", minute=31))
    acts += [act("opening.bid_opened", opened(bid), minute=32) for bid in PRICES]
    acts.append(act("opening.announced", op.Announced("lot-1", ("a1", "a2", "a3")), minute=33))
    acts += [
        act(
            "opening.confirmed",
            op.Confirmed("lot-1", bid, "opening.bid_opened:32"),
            actor=bid,
            role="bidder",
            minute=34,
        )
        for bid in PRICES
    ]
    acts.append(
        act("opening.objected", op.Objected("lot-1", "a3", "o1", "唱标过快"), actor="a3", role="bidder", minute=35)
    )
    acts.append(act("opening.objection_answered", op.ObjectionAnswered("o1", "已重新宣读"), minute=36))
    acts.append(act("opening.closed", op.Closed(""), minute=37))
    return acts


def evaluation_started(lot_id: str = "lot-1") -> ev.Started:
    lot, pack = tender().lot(lot_id), method(lot_id)
    figures = tuple(
        ev.BidFigures(bid, FIRMS[bid], Decimal(price), {"duration": Decimal(190 + n * 10)})
        for n, (bid, price) in enumerate(PRICES.items())
    )
    return ev.Started(
        tender_id="SL-2026-001-S",
        tender_digest="11" * 32,
        lot=lot_id,
        opening="33" * 32,
        method=pack.id,
        method_sm3="44" * 32,
        bids=figures,
        committee=MEMBERS,
        review_items=tuple(item.id for item in lot.review_items),
        factors=factor_ranges(lot, pack),
    )


def by(member: str, kind: str, body: object, minute: int) -> Act:
    return act(kind, body, actor=member, role="expert", minute=minute)


def votes(failed: str = "") -> tuple[ev.Vote, ...]:
    items = tender().lots[0].review_items
    return tuple(
        ev.Vote(item.id, item.id != failed, "资质等级不足，见第12页" if item.id == failed else "") for item in items
    )


def marks(share_of_full: Decimal) -> dict[str, Decimal]:
    factors = [factor for factor in tender().lots[0].factors if factor.group != "price"]
    return {
        factor.id: (factor.full_score * (Decimal("0.8") if factor.objective else share_of_full)).quantize(
            Decimal("0.1")
        )
        for factor in factors
    }


def evaluation_acts(*, lot_id: str = "lot-1", rejected: str = "", until: str = "evaluation.closed") -> list[Act]:
    """Five members review, mark and sign; ``rejected`` fails its qualification by three of five votes."""
    acts = [act("evaluation.started", evaluation_started(lot_id), minute=60)]
    acts += [by(member.id, "member.committed", ev.Committed("承诺"), 61) for member in MEMBERS]
    acts.append(act("chair.elected", ev.ChairElected("m2", "election"), minute=62))
    decisions = []
    for bid in PRICES:
        for number, member in enumerate(MEMBERS):
            failed = "qualification.grade" if bid == rejected and number < 3 else ""
            acts.append(by(member.id, "review.voted", ev.ReviewVoted(bid, votes(failed)), 63))
        bad = ("qualification.grade",) if bid == rejected else ()
        basis = {"code": "3", "clause": "评标办法 3.1.2(3)", "reason": "资质等级不足"} if bad else {}
        decisions.append(ev.Decision(bid, not bad, bad, **basis))
    acts.append(by("m2", "review.locked", ev.ReviewLocked(tuple(decisions)), 64))
    acts.append(by("m2", "clarification.asked", ev.ClarificationAsked("c1", "a1", "请说明塔吊数量。"), 65))
    acts.append(act("clarification.answered", ev.ClarificationAnswered("c1", "共两台。"), minute=66))
    if lot_id == "lot-1":
        for bid in PRICES:
            if bid == rejected:
                continue
            for number, member in enumerate(MEMBERS):
                form = marks(Decimal("0.7") + Decimal(number) / 20 + (Decimal("0.05") if bid == "a1" else 0))
                acts.append(by(member.id, "marks.given", ev.MarksGiven(bid, form), 67))
    acts.append(by("m2", "marks.locked", ev.MarksLocked(), 68))
    acts.append(act("result.computed", ev.ResultComputed("55" * 32, "66" * 32), minute=69))
    acts.append(act("report.frozen", ev.ReportFrozen("77" * 32, 1), minute=70))
    acts += [by(f"m{n}", "report.signed", ev.ReportSigned("77" * 32), 71) for n in (1, 2, 3)]
    acts.append(by("m4", "report.dissent", ev.ReportDissent("77" * 32, "施工方案评分偏高"), 72))
    acts.append(act("report.refused", ev.ReportRefused("77" * 32, "m5", ""), minute=73))
    acts.append(act("evaluation.closed", ev.Closed(""), minute=74))
    stop = max(number for number, item in enumerate(acts) if item.kind == until)
    return acts[: stop + 1]


def later(item: Act, minutes: int) -> Act:
    return Act(item.kind, item.at + timedelta(minutes=minutes), item.actor, item.role, item.body, item.id)

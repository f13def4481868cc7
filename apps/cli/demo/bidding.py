"""Five bidders: price, attach, check, seal with rehearsal, hand in for a receipt; one replacement comes too late."""

from __future__ import annotations

from datetime import timedelta

from apps.cli.demo.cast import BidderPlan, LotPlan
from apps.cli.demo.material import Times, bid_answers, price_limit, write_attachments, write_json, write_priced_workbook
from apps.cli.demo.stage import Stage
from core.boq.model import Boq
from core.errors import SubmissionRefused
from core.formats.tender_package import open_tender_package


def bidding(stage: Stage, bills: dict[str, Boq], times: Times) -> None:
    """Everything up to and shortly after the deadline."""
    stage.console.say("demo.act.bidding")
    lots = {lot.id: lot for lot in stage.cast.lots}
    for number, bidder in enumerate(stage.cast.bidders):
        stage.clock.move_to(times.deadline - timedelta(days=3) + timedelta(hours=9 * number))
        _prepare(stage, bidder, lots[bidder.lot], bills[bidder.lot])
        stage.run(
            "bid", "submit", "--bid", _sealed(stage, bidder), "--platform", stage.platform,
            "--out", stage.out / "receipts" / f"{bidder.lot}-{bidder.id}.tbr",
        )  # fmt: skip
    stage.console.say("demo.act.late")
    late = stage.cast.bidders[0]
    again = stage.work / f"bidder-{late.id}" / "replacement.tbt"
    _seal(stage, late, again)
    stage.clock.move_to(times.deadline + timedelta(seconds=1))
    stage.run(
        "bid", "submit", "--bid", again, "--platform", stage.platform,
        "--out", stage.out / "receipts" / f"{late.lot}-{late.id}-refused.tbr",
        allowed=(SubmissionRefused.exit_code,),
    )  # fmt: skip


def _prepare(stage: Stage, bidder: BidderPlan, lot: LotPlan, bill: Boq) -> None:
    own = stage.work / f"bidder-{bidder.id}"
    answers = write_json(own / "answers.json", bid_answers(bidder, lot))
    draft = own / "bid.tbd"
    stage.run(
        "bid", "new", "--tender", stage.out / "tender.tbz", "--lot", lot.id, "--answers", answers,
        "--trust", stage.trust, "--out", draft,
    )  # fmt: skip
    write_priced_workbook(own / "prices.xlsx", bill, bidder)
    stage.run("bid", "price", "--draft", draft, "--workbook", own / "prices.xlsx")
    tender = open_tender_package(stage.out / "tender.tbz").tender
    deposit = tender.lot(lot.id).deposit
    assert price_limit(bill) == tender.lot(lot.id).price_limit  # noqa: S101 - the demonstration's own consistency
    files = write_attachments(own / "files", stage.cast, bidder, lot, deposit, stage.services)
    for chapter, file in files.items():
        stage.run("bid", "attach", "--draft", draft, "--file", file, "--chapter", chapter)
    stage.run("bid", "check", "--draft", draft)
    _seal(stage, bidder, _sealed(stage, bidder))


def _seal(stage: Stage, bidder: BidderPlan, target: object) -> None:
    who = f"bidder-{bidder.id}"
    stage.run(
        "bid", "seal", "--draft", stage.work / who / "bid.tbd", *stage.sign_as(who), *stage.unwrap_as(who),
        "--out", target,
    )  # fmt: skip


def _sealed(stage: Stage, bidder: BidderPlan) -> object:
    return stage.out / "bids" / f"{bidder.lot}-{bidder.id}.tbt"

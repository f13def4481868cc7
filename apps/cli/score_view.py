"""Scores, explanations and dry runs as lines a person reads."""

from __future__ import annotations

from decimal import Decimal

from apps.cli.console import Console
from core.evaluation.dry_run import DryRun
from core.evaluation.score_report import ScoreReport
from core.evaluation.text_trace import worked
from core.evaluation.trace import Step
from core.jobs.score import Explained
from core.rules.expression import parse
from core.rules.formula_text import formula_words, number_text
from core.rules.method_pack import MethodPack
from core.rules.method_text import PackWords, describe_method
from core.values.words import Words


def show_score(report: ScoreReport, console: Console) -> None:
    """The base price, every bid in input order, the warnings."""
    if report.benchmark is not None:
        console.say("score.show.benchmark", value=number_text(report.benchmark))
    reasons = {item.bidder: item.reason for item in report.rejected}
    for bid in report.bids:
        if bid.bidder in reasons:
            console.say("score.show.bid_rejected", bidder=bid.bidder, reason=reasons[bid.bidder])
            continue
        figures = {
            "evaluated": _number(bid.evaluated_price, console),
            "price_score": _number(bid.price_score, console),
            "total": _number(bid.total, console),
        }
        rank = bid.rank or console.catalogue.text("score.show.none")
        console.say("score.show.bid", rank=rank, bidder=bid.bidder, **figures)
    for warning in report.warnings:
        key = f"score.warning.{warning.code}"
        if console.catalogue.has(key):
            console.line("! " + console.catalogue.text(key, about=warning.about))
        else:
            console.line(f"! {warning.code} {warning.about}")


def show_explained(explained: Explained, console: Console) -> None:
    """The method in words, then every step with its numbers, then the result."""
    for title, rule in describe_method(explained.method, console.catalogue):
        console.line(f"{title}: {rule}")
    console.line()
    if explained.report.trace:
        console.say("score.show.shared")
    for step in explained.report.trace:
        _show_step(step, explained.method, console)
    for bid in explained.report.bids:
        console.line(bid.bidder)
        for step in bid.trace:
            _show_step(step, explained.method, console)
    console.line()
    show_score(explained.report, console)


def _show_step(step: Step, method: MethodPack, console: Console) -> None:
    pack, text = PackWords(method, console.catalogue), console.catalogue.text
    formula = formula_words(parse(step.formula), pack.title, console.catalogue)
    console.line(text("score.show.step", name=pack.title(step.name), formula=formula))
    console.line(text("score.show.worked", numbers=worked(step, Words(console.catalogue, "score"))))
    clause = text("score.show.clause", clause=step.clause) if step.clause else ""
    rounding = pack.rounding(step.places, step.rounding)
    console.line(text("score.show.result", value=number_text(step.result), rounding=rounding, clause=clause))
    if step.left_out:
        items = ", ".join(f"{item.of} {number_text(item.value)}" for item in step.left_out)
        console.line(text("score.show.left_out", items=items))


def show_dry_run(run: DryRun, console: Console) -> None:
    """Who wins, the curve, what would change the first place, and collusion."""
    say, text = console.say, console.catalogue.text
    say("score.show.dry_run", runs=run.runs, failed=run.failed, bids=run.bids, ties=run.ties)
    if run.first_fault:
        say("score.show.fault", fault=run.first_fault)
    say("score.show.wins", wins=" ".join(str(count) for count in run.wins_by_price))
    base, winner = _number(run.base_to_mean, console), _number(run.winner_to_mean, console)
    say("score.show.ratios", winner=winner, base=base)
    say("score.show.curve_title")
    for point in run.curve:
        score = _number(point.price_score, console)
        console.line(text("score.show.curve", percent=point.percent, price_score=score, rank=point.rank))
    say("score.show.turning_title")
    for turn in run.turning:
        key = "turning" if turn.price_percent is not None else "turning_none"
        points, percent = _number(turn.points, console), _number(turn.price_percent, console)
        console.line(text(f"score.show.{key}", bidder=turn.bidder, points=points, percent=percent))
    if run.manipulated:
        say("score.show.manipulated_title")
    for moved in run.manipulated:
        changes = text("score.show.changes" if moved.winner_changes else "score.show.stays")
        down, up = number_text(moved.down), number_text(moved.up)
        console.line(text("score.show.manipulated", bids=moved.bids, down=down, up=up, changes=changes))


def _number(value: Decimal | None, console: Console) -> str:
    return console.catalogue.text("score.show.none") if value is None else number_text(value)

"""Five members evaluate lot 1: commitment, chair, review, marks, ranking, frozen report, signatures, closing."""

from __future__ import annotations

from datetime import timedelta

from apps.cli.demo.material import Times, committee, marks_form, write_json
from apps.cli.demo.opening import HOST, LOT
from apps.cli.demo.stage import Stage
from core.evaluation.outcome import marked_factors
from core.formats.tender_package import open_tender_package


def evaluating(stage: Stage, times: Times) -> None:
    """From the committee's arrival to ``evaluation.tbp`` and ``report.pdf``."""
    stage.console.say("demo.act.evaluation")
    stage.clock.move_to(times.evaluation)
    folder = stage.work / "evaluation"
    draft = folder / "evaluation.tbd"
    members = write_json(folder / "committee.json", committee(stage.cast))
    host = ["--role", HOST, *stage.sign_as(HOST)]
    stage.run(
        "evaluation", "start", "--tender", stage.out / "tender.tbz", "--opening", stage.out / "opening.tbk",
        "--lot", LOT, "--committee", members, *host, "--trust", stage.trust, "--out", draft,
    )  # fmt: skip
    experts = [expert.id for expert in stage.cast.experts]
    chair = experts[0]
    for expert in experts:
        stage.run("evaluation", "join", "--evaluation", draft, "--member", expert, *stage.sign_as(expert))
    stage.run("evaluation", "chair", "--evaluation", draft, "--chair", chair, *host)
    review = write_json(folder / "review.json", {"failed": []})
    for expert in experts:
        stage.run(
            "evaluation", "review", "--evaluation", draft, "--member", expert, "--form", review, *stage.sign_as(expert)
        )
    stage.run("evaluation", "lock-review", "--evaluation", draft, "--member", chair, *stage.sign_as(chair))
    stage.clock.move_to(times.evaluation + timedelta(minutes=50))
    opened = open_tender_package(stage.out / "tender.tbz")
    factors = marked_factors(opened.lot(LOT), opened.method(LOT))
    bidders = tuple(bidder for bidder in stage.cast.bidders if bidder.lot == LOT)
    for expert in experts:
        form = write_json(folder / f"marks-{expert}.json", marks_form(stage.cast, expert, bidders, factors))
        stage.run(
            "evaluation", "mark", "--evaluation", draft, "--member", expert, "--form", form, *stage.sign_as(expert)
        )
    stage.run("evaluation", "lock-marks", "--evaluation", draft, "--member", chair, *stage.sign_as(chair))
    stage.run("evaluation", "rank", "--evaluation", draft, *host)
    stage.run("evaluation", "report", "--evaluation", draft, *host)
    stage.clock.move_to(times.evaluation + timedelta(minutes=80))
    for expert in experts:
        stage.run("evaluation", "sign", "--evaluation", draft, "--member", expert, *stage.sign_as(expert))
    stage.run(
        "evaluation", "close", "--evaluation", draft, *host, "--handed-over", stage.out / f"{LOT}.tbo",
        "--out", stage.out / "evaluation.tbp", "--report", stage.out / "report.pdf",
    )  # fmt: skip

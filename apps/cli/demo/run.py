"""The plan of the demonstration, act by act. Every step is a documented command; only the clock is injected."""

from __future__ import annotations

import shutil
import time
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from apps.cli.demo.bidding import bidding
from apps.cli.demo.cast import Cast, load_cast
from apps.cli.demo.clock import DemoClock
from apps.cli.demo.committee import evaluating
from apps.cli.demo.material import Times, control_bill, sample_workbook, tender_answers, write_json
from apps.cli.demo.opening import opening
from apps.cli.demo.stage import Stage
from core.bootstrap import SystemClock, build_services
from core.boq.model import Boq
from core.errors import FileExists, FileNotWritable
from core.ports.progress import JobContext
from core.ports.services import Services

PIN = "demo-246810"
OURS = "work/pin.txt"  # what tells a folder of an earlier demonstration from somebody's own


@dataclass(frozen=True, slots=True)
class Demo:
    """``out`` is the folder to write (a former demonstration there is replaced); ``boq`` a workbook for lot 1."""

    out: Path
    boq: Path | None = None


@dataclass(frozen=True, slots=True)
class DemoDone:
    """What was written."""

    out: str
    artefacts: int
    seconds: int


def run_demo(request: Demo, services: Services, context: JobContext) -> DemoDone:
    """Writes the whole chain into ``request.out`` and verifies every artefact of it."""
    from apps.cli.console import Console  # noqa: PLC0415 - the console is the context of the command line

    assert isinstance(context, Console)  # noqa: S101 - the demonstration exists on the command line only
    started = time.monotonic()
    _fresh(request.out)
    out = request.out.resolve()
    cast = load_cast()
    times = Times.ending_at(SystemClock().now())
    clock = DemoClock(times.published - timedelta(hours=2))
    stage = Stage(out, cast, clock, build_services(services.catalogue, clock), context)
    workbooks = {lot.id: sample_workbook(lot) for lot in cast.lots}
    if request.boq is not None:
        workbooks[cast.lots[0].id] = request.boq.resolve()
    bills = {lot: control_bill(path) for lot, path in workbooks.items()}
    _certificates(stage, cast)
    _tender(stage, cast, workbooks, bills, times)
    bidding(stage, bills, times)
    opening(stage, times)
    evaluating(stage, times)
    artefacts = _verify(stage)
    return DemoDone(str(request.out), artefacts, round(time.monotonic() - started))


def _fresh(out: Path) -> None:
    if out.exists() and any(out.iterdir()):
        if not (out / OURS).is_file():
            raise FileExists(path=out)
        shutil.rmtree(out)
    try:
        (out / "work" / "keys").mkdir(parents=True)
        for folder in ("bids", "receipts"):
            (out / folder).mkdir()
        (out / OURS).write_text(PIN + "\n", "ascii")
    except OSError as error:
        raise FileNotWritable(path=out, reason=error.strerror or "") from error


def _certificates(stage: Stage, cast: Cast) -> None:
    stage.console.say("demo.act.certificates")
    authority = stage.work / "authority"
    name = "Tenderbox Demo"
    stage.run("pki", "authority", "--out", authority, "--name", name, "--pin-file", stage.pin)
    shutil.copyfile(authority / "trust.json", stage.trust)
    firms = [("tenderer", "institution", cast.tenderer), ("agency", "institution", cast.agency)]
    firms += [("centre", "centre", cast.centre)]
    firms += [(f"bidder-{bidder.id}", "institution", bidder.firm) for bidder in cast.bidders]
    for who, issuer, firm in firms:
        stage.run(
            "pki", "issue", "--authority", authority, "--issuer", issuer, "--subject", firm.name,
            "--credit-code", firm.credit_code, "--out", stage.keys(who), "--pin-file", stage.pin,
        )  # fmt: skip
    for expert in cast.experts:
        stage.run(
            "pki", "issue", "--authority", authority, "--issuer", "expert", "--subject", expert.name,
            "--out", stage.keys(expert.id), "--pin-file", stage.pin,
        )  # fmt: skip


def _tender(stage: Stage, cast: Cast, workbooks: dict[str, Path], bills: dict[str, Boq], times: Times) -> None:
    stage.console.say("demo.act.tender")
    answers = write_json(stage.work / "tender" / "answers.json", tender_answers(cast, bills, times))
    draft = stage.work / "tender" / "tender.tbd"
    lots = [word for lot, path in workbooks.items() for word in ("--boq", f"{lot}={path}")]
    stage.run("tender", "new", "--answers", answers, *lots, "--out", draft)
    holders = [
        word
        for who in ("tenderer", "agency", "centre")
        for word in ("--holder", f"{who}={stage.keys(who) / 'enc.cert.pem'}")
    ]
    stage.run("tender", "check", "--draft", draft, *holders)
    package = stage.out / "tender.tbz"
    stage.run("tender", "pack", "--draft", draft, *holders, *stage.sign_as("agency"), "--out", package)
    stage.run(
        "platform", "init", "--data", stage.platform, "--name", cast.centre.name, *stage.sign_as("centre"),
        "--trust", stage.trust,
    )  # fmt: skip
    stage.clock.move_to(times.published)
    stage.run(
        "platform", "publish", "--tender", package, "--platform", stage.platform,
        "--out", stage.out / "receipts" / "publication.tbr",
    )  # fmt: skip


def _verify(stage: Stage) -> int:
    stage.console.say("demo.act.verify")
    patterns = ("*.tbz", "bids/*.tbt", "receipts/*.tbr", "*.tbk", "*.tbo", "*.tbp", "report.pdf")
    files = [path for pattern in patterns for path in sorted(stage.out.glob(pattern))]
    stage.run("verify", *files, "--trust", stage.trust)
    return len(files)

"""Scoring bids by a method pack, checking a pack, and trying one out with sampled bids."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

from core.errors import FileMissing, InputTooLarge, MethodInvalid, ScoreInvalid
from core.evaluation.cases import case_faults
from core.evaluation.dry_run import DryRun, dry_run
from core.evaluation.engine import evaluate
from core.evaluation.score_checks import check_marks
from core.evaluation.score_input import read_bids, read_parameters
from core.evaluation.score_report import ScoreReport, ShownWarning, score_report
from core.evaluation.sensitivity import rank_reversal
from core.jobs.findings import FindingsReport, report
from core.ports.progress import JobContext
from core.ports.services import Services
from core.rules.data_files import Plain, parse_object
from core.rules.method_lint import lint_data
from core.rules.method_pack import MethodPack, method_data, method_ids, parse_method, with_parameters

SIZE_LIMIT = 64 * 2**20  # bytes of a pack or bids file
RUNS = 1000
TRACED_MARKS = 100_000  # with more marks the trace (gigabytes of steps) is only made with --explain


@dataclass(frozen=True, slots=True)
class ScoreBids:
    """``pack`` is a file or the id of a shipped pack. Without ``bids`` only ``--dry-run`` is possible."""

    pack: str = field(metadata={"positional": True})
    bids: Path | None = field(default=None, metadata={"positional": True})
    explain: bool = False
    dry_run: bool = False
    runs: int = RUNS
    seed: str = "0"


@dataclass(frozen=True, slots=True)
class LintPack:
    """The pack to check: a file or the id of a shipped pack."""

    pack: str = field(metadata={"positional": True})


@dataclass(frozen=True, slots=True)
class Explained:
    """A result to be told step by step, with the method it came from."""

    report: ScoreReport
    method: MethodPack


def score_bids(request: ScoreBids, services: Services, context: JobContext) -> ScoreReport | DryRun | Explained:
    """The scores; with ``explain`` together with the method, with ``dry_run`` what sampled bids would give.

    Raises MethodInvalid, ScoreInvalid, FileMissing or InputTooLarge; never a number for input that does not fit.
    """
    del services
    data = _pack_data(request.pack)
    given: dict[str, object] = {} if request.bids is None else _read_bids(request.bids)
    method = parse_method(with_parameters(data, read_parameters(given)))
    context.raise_if_cancelled()
    if request.dry_run:
        context.progress(0, 0, "score.progress.dry_run")
        return dry_run(method, given, runs=request.runs, seed=request.seed, tick=context.raise_if_cancelled)
    if request.bids is None:
        raise ScoreInvalid(where="bids", reason="no_bids")
    bids, terms = read_bids(given, method)
    traced = request.explain or sum(len(marks) for bid in bids for marks in bid.marks.values()) <= TRACED_MARKS
    result = evaluate(method, bids, terms, traced=traced)
    shown = score_report(method, result, terms, check_marks(method, bids, terms, result))
    reversed_by = rank_reversal(method, bids, terms, result) if traced else ()
    if reversed_by:
        shown = replace(shown, warnings=(*shown.warnings, ShownWarning("rank_reversal", ", ".join(reversed_by)[:200])))
    if not traced:
        shown = replace(shown, warnings=(*shown.warnings, ShownWarning("trace_omitted", "--explain")))
    return Explained(shown, method) if request.explain else shown


def lint_pack_file(request: LintPack, services: Services, context: JobContext) -> FindingsReport:
    """Findings of the pack and of its worked cases; an error means it should not be used."""
    del services
    context.raise_if_cancelled()
    try:
        data = _pack_data(request.pack)
    except MethodInvalid as error:
        data = {"id": str(error.params.get("detail", ""))}
        if error.params.get("reason") == "unknown_method":
            raise
    return report(request.pack, (*lint_data(data), *case_faults(data)))


def _pack_data(pack: str) -> dict[str, Plain]:
    path = Path(pack)
    if pack in method_ids() and not path.exists():
        return method_data(pack)
    try:
        return _object(path)
    except (ValueError, TypeError) as error:
        raise MethodInvalid(method=path.name[:40], where="json", reason="json", detail=str(error)[:80]) from error


def _read_bids(path: Path) -> dict[str, object]:
    try:
        return {**_object(path)}
    except (ValueError, TypeError) as error:
        raise ScoreInvalid(where=path.name[:80], reason="json", detail=str(error)[:80]) from error


def _object(path: Path) -> dict[str, Plain]:
    if not path.is_file():
        raise FileMissing(path=path)
    size = path.stat().st_size
    if size > SIZE_LIMIT:
        raise InputTooLarge(what="score", size=size, limit=SIZE_LIMIT)
    found: dict[str, Plain] = parse_object(path.read_text("utf-8-sig"))
    return found

"""Worked cases of a pack run through the engine: what does not come out is a finding with both numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from core.errors import AppError, DataInvalid, MethodInvalid
from core.evaluation.engine import evaluate
from core.evaluation.score_input import read_bids, read_parameters
from core.evaluation.score_report import ScoreReport, score_report
from core.rules.data_files import Plain
from core.rules.finding import Finding, Severity
from core.rules.json_place import PlaceFault, number_of
from core.rules.method_model import Case
from core.rules.method_pack import parse_method, with_parameters


def run_case(data: Mapping[str, Plain], case: Case) -> ScoreReport:
    """The report of a case; raises what the engine raises."""
    method = parse_method(with_parameters(data, read_parameters(case.given)))
    bids, terms = read_bids(case.given, method)
    return score_report(method, evaluate(method, bids, terms), terms)


def case_faults(data: Mapping[str, Plain]) -> tuple[Finding, ...]:
    """A finding for every case that does not come out; none for a pack that cannot be read (the linter says so)."""
    try:
        pack = parse_method(data)
    except MethodInvalid:
        return ()
    found = []
    for number, case in enumerate(pack.cases):
        try:
            differences = list(differing(run_case(data, case), case.expect))
        except (AppError, PlaceFault) as error:
            params = error.params if isinstance(error, DataInvalid) else {}
            differences = [f"{params.get('where', '')} {params.get('reason', error)} {params.get('detail', '')}"]
        for difference in differences:
            detail = f"{case.name}: {difference}"
            found.append(Finding("method.case_failed", Severity.ERROR, f"cases[{number}]", {"detail": detail}))
    return tuple(found)


def differing(report: ScoreReport, expect: Mapping[str, object]) -> Iterator[str]:
    """What of ``expect`` is not in the report, as ``place: expected / got``. Numbers are compared as numbers."""
    for name, wanted in expect.items():
        if name == "benchmark":
            yield from _number(name, wanted, report.benchmark)
        elif name == "derived" and isinstance(wanted, dict):
            for key, value in wanted.items():
                yield from _number(f"derived.{key}", value, report.derived.get(key))
        elif name == "rejected" and isinstance(wanted, list):
            got = sorted(item.bidder for item in report.rejected)
            if got != sorted(str(item) for item in wanted):
                yield f"rejected: {wanted} / {got}"
        elif name == "warnings" and isinstance(wanted, list):
            missing = {str(item) for item in wanted} - {item.code for item in report.warnings}
            yield from (f"warnings: {item}" for item in sorted(missing))
        elif name == "bids" and isinstance(wanted, dict):
            yield from _bids(report, wanted)
        else:
            yield f"{name}: ?"


def _bids(report: ScoreReport, wanted: Mapping[str, object]) -> Iterator[str]:
    rows = {bid.bidder: bid for bid in report.bids}
    for bidder, figures in wanted.items():
        row = rows.get(bidder)
        if row is None or not isinstance(figures, dict):
            yield f"{bidder}: ?"
            continue
        own: dict[str, Decimal | None] = {
            "evaluated_price": row.evaluated_price,
            "price_score": row.price_score,
            "total": row.total,
            "rank": None if row.rank is None else Decimal(row.rank),
        }
        for name, value in figures.items():
            if name in {"scores", "derived"} and isinstance(value, dict):
                room = row.scores if name == "scores" else row.derived
                for key, number in value.items():
                    yield from _number(f"{bidder}.{name}.{key}", number, room.get(key))
            elif name in own:
                yield from _number(f"{bidder}.{name}", value, own[name])
            else:
                yield f"{bidder}.{name}: ?"


def _number(place: str, wanted: object, got: Decimal | None) -> Iterator[str]:
    expected = None if wanted is None else number_of(wanted, place)
    if expected is not None and got is not None:
        exponent = expected.as_tuple().exponent
        shown = round(got, -exponent) if isinstance(exponent, int) and exponent < -6 else got
        if shown == expected:
            return
    if expected is not None or got is not None:
        yield f"{place}: {wanted} / {got}"

"""Checks of the members' marks before anyone signs: findings ``score.*`` with the numbers; never a verdict.

Sources: 财政部令第87号 §64 (sum, range, objective factors, abnormal marks) as quoted in the reference; the ±30 % rule
of published tender documents.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, localcontext

from core.errors import ScoreInvalid
from core.evaluation.agreement import kendall_w, median, robust_z, two_way_residuals
from core.evaluation.engine import evaluate
from core.evaluation.given import EvaluationTerms, ScoredBid
from core.evaluation.result import EvaluationResult
from core.rules.expression import arithmetic
from core.rules.factor_tree import OBJECTIVE
from core.rules.finding import Finding, Severity
from core.rules.functions import round_places
from core.rules.method_model import MethodPack

MARKS_LIMIT = 20_000  # beyond, only the four statutory checks run
SHARE = Decimal("0.30")  # a mark further from the mean than this must be explained
ROBUST = Decimal("3.5")
RESIDUAL = Decimal(5)  # times the median residual
ORDER_87 = "§ 64"


@dataclass(frozen=True, slots=True)
class MarkSheet:
    """The marks of the bids in the running: ``marks[factor][bid]`` one per member."""

    bids: tuple[ScoredBid, ...]
    factors: tuple[str, ...]
    members: tuple[str, ...]

    def of(self, bid: ScoredBid, factor: str) -> Sequence[Decimal]:
        """One bid's marks for a factor."""
        return bid.marks.get(factor, ())

    def totals(self) -> list[list[Decimal]]:
        """By bid and member, the sum of the marks."""
        return [
            [sum((self.of(bid, name)[at] for name in self.factors), Decimal(0)) for at in range(len(self.members))]
            for bid in self.bids
        ]


def check_marks(
    method: MethodPack, bids: tuple[ScoredBid, ...], terms: EvaluationTerms, result: EvaluationResult
) -> tuple[Finding, ...]:
    """All findings about the marks; none where the bids carry no marks of members."""
    marked = tuple(bid for bid in bids if bid.marks and not bid.rejected)
    if not marked:
        return ()
    factors = tuple(marked[0].marks)
    count = len(marked[0].marks[factors[0]])
    members = tuple(terms.experts[at] if at < len(terms.experts) else str(at + 1) for at in range(count))
    sheet = MarkSheet(marked, factors, members)
    found = list(_sums(method, marked, terms))
    uneven = [bid for bid in marked if any(len(bid.marks.get(name, ())) != count for name in factors)]
    if uneven:
        return (*found, _finding("marks_count", uneven[0].bid, {"detail": uneven[0].bid}, error=True))
    with localcontext(arithmetic()):
        found += _objective(method, sheet)
        if len(marked) * len(factors) * count > MARKS_LIMIT:
            return (*found, _finding("checks_limited", "marks", {"limit": str(MARKS_LIMIT)}))
        found += [*_far(sheet), *_fit(sheet), *_vectors(sheet), *_agreement(sheet)]
        found += _pivotal(method, bids, terms, result, sheet)
    return tuple(found)


def _finding(rule: str, where: str, params: dict[str, str], *, error: bool = False, note: bool = False) -> Finding:
    severity = Severity.ERROR if error else Severity.NOTE if note else Severity.WARNING
    return Finding(f"score.{rule}", severity, where, params, ORDER_87 if error else "")


def _sums(method: MethodPack, bids: tuple[ScoredBid, ...], terms: EvaluationTerms) -> Iterator[Finding]:
    """§64 (1): a stated factor score that is not what the marks give. (2), the range, is refused by the engine."""
    both = [bid for bid in bids if set(bid.scores) & set(bid.marks)]
    if not both:
        return
    plain = tuple(replace(bid, scores={}) for bid in bids)
    try:
        computed = {row.bid: row for row in evaluate(method, plain, terms, traced=False).rows}
    except ScoreInvalid:
        return
    for bid in both:
        own = {item.factor: item.score for item in computed[bid.bid].factor_scores}
        for name in sorted(set(bid.scores) & set(bid.marks)):
            if bid.scores[name] != own.get(name):
                params = {"factor": name, "stated": str(bid.scores[name]), "computed": str(own.get(name))}
                yield _finding("sum_error", f"{bid.bid} {name}", params, error=True)


def _objective(method: MethodPack, sheet: MarkSheet) -> Iterator[Finding]:
    """§64 (3): members may not differ on an objective factor."""
    leaves = (leaf for factor in method.factors for leaf in factor.leaves())
    objective = {leaf.id for leaf in leaves if leaf.kind == OBJECTIVE}
    for bid in sheet.bids:
        for name in sheet.factors:
            marks = sheet.of(bid, name)
            if name in objective and len(set(marks)) > 1:
                listed = ", ".join(str(mark) for mark in marks)
                yield _finding("objective_differs", f"{bid.bid} {name}", {"factor": name, "marks": listed}, error=True)


def _far(sheet: MarkSheet) -> Iterator[Finding]:
    """§64 (4) and the published rule: more than 30 % off the mean, or robustly far from the others."""
    for bid in sheet.bids:
        for name in sheet.factors:
            marks = sheet.of(bid, name)
            mean = sum(marks, Decimal(0)) / len(marks)
            scores = robust_z(marks)
            for member, mark, z in zip(sheet.members, marks, scores, strict=True):
                share = (mark - mean) / mean if mean else Decimal(0)
                where = f"{bid.bid} {name} {member}"
                if abs(share) > SHARE:
                    params = {"member": member, "mark": str(mark), "mean": str(round_places(mean, 2)),
                              "percent": str(round_places(share * 100, 1))}  # fmt: skip
                    yield _finding("far_from_mean", where, params)
                elif z is not None and abs(z) > ROBUST:
                    params = {"member": member, "mark": str(mark), "z": str(round_places(z, 2))}
                    yield _finding("robust_far", where, params)


def _fit(sheet: MarkSheet) -> Iterator[Finding]:
    """A member who marks one bid unlike his own habit and unlike the others mark that bid."""
    if len(sheet.bids) < 3 or len(sheet.members) < 3:
        return
    residuals = two_way_residuals(sheet.totals())
    scale = median([abs(value) for row in residuals for value in row])
    for bid, row in zip(sheet.bids, residuals, strict=True):
        for member, value in zip(sheet.members, row, strict=True):
            if scale and abs(value) > RESIDUAL * scale:
                params = {"member": member, "points": str(round_places(value, 2)), "usual": str(round_places(scale, 2))}
                yield _finding("selective", f"{bid.bid} {member}", params)


def _vectors(sheet: MarkSheet) -> Iterator[Finding]:
    """Two members with the very same marks throughout; one who gives every bid the same."""
    columns = [
        tuple(sheet.of(bid, name)[at] for bid in sheet.bids for name in sheet.factors)
        for at in range(len(sheet.members))
    ]
    for at, column in enumerate(columns):
        for other in range(at + 1, len(columns)):
            if column == columns[other] and len(column) > 1 and len(set(column)) > 1:
                names = f"{sheet.members[at]}, {sheet.members[other]}"
                yield _finding("identical", names, {"members": names, "count": str(len(column))})
        rows = {tuple(sheet.of(bid, name)[at] for name in sheet.factors) for bid in sheet.bids}
        if len(sheet.bids) > 1 and len(rows) == 1:
            yield _finding("constant", sheet.members[at], {"member": sheet.members[at]})


def _agreement(sheet: MarkSheet) -> Iterator[Finding]:
    w = kendall_w(sheet.totals())
    if w is not None:
        params = {"w": str(round_places(w, 3)), "members": str(len(sheet.members)), "bids": str(len(sheet.bids))}
        yield _finding("agreement", "marks", params, note=True)


def _pivotal(
    method: MethodPack, bids: tuple[ScoredBid, ...], terms: EvaluationTerms, result: EvaluationResult, sheet: MarkSheet
) -> Iterator[Finding]:
    """Members without whom another bid would be first."""
    ranking = result.ranking()
    if not ranking or len(sheet.members) < 2:
        return
    for at, member in enumerate(sheet.members):
        without = tuple(replace(bid, marks={name: (*marks[:at], *marks[at + 1 :]) for name, marks in bid.marks.items()})
                        for bid in bids)  # fmt: skip
        others = tuple(name for name in terms.experts if name != member)
        try:
            other = evaluate(method, without, replace(terms, experts=others), traced=False).ranking()
        except ScoreInvalid:
            continue
        if other and other[0].bid != ranking[0].bid:
            yield _finding("pivotal", member, {"member": member, "first": ranking[0].bid, "other": other[0].bid})

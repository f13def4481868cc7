"""What is doubtful in a pack: against the law, without an end, out of reach; findings ``method.*`` with the place.

Sources: 招标投标法实施条例 §49–51; 政府采购货物和服务招标投标管理办法 (财政部令第87号) §55; quoted
in the reference, not read in the official text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from core.rules.expression import Node
from core.rules.factor_tree import tree_faults
from core.rules.finding import Finding, Severity
from core.rules.json_place import PlaceFault
from core.rules.method_model import KIND_SCORE, MethodPack, Named
from core.rules.method_names import name_faults
from core.rules.method_reader import read_pack

LAW_50 = "§ 50"
ORDER_87 = "§ 55"
CASES_NEEDED = 2
PRICE_WEIGHT = {"goods": Decimal(30), "services": Decimal(10)}  # least percent of the price, 87号令 §55
REFERENCE_NAMES = ("reference_price", "base_estimate")


def lint_data(data: Mapping[str, object]) -> tuple[Finding, ...]:
    """Findings of a pack's JSON: first whether it can be read at all, then everything that is doubtful."""
    try:
        pack = read_pack(data)
    except PlaceFault as fault:
        return (_fault(fault),)
    return tuple(_fault(fault) for fault in name_faults(pack)) or lint_pack(pack)


def lint_pack(pack: MethodPack) -> tuple[Finding, ...]:
    """Findings of a pack that can be computed with."""
    return tuple(finding for check in _CHECKS for finding in check(pack))


def _fault(fault: PlaceFault) -> Finding:
    params = {"reason": fault.slug, "detail": fault.detail}
    return Finding("method.unusable", Severity.ERROR, fault.where or "pack", params)


def _found(rule: str, where: str, detail: str = "", clause: str = "", *, error: bool = False) -> Finding:
    severity = Severity.ERROR if error else Severity.WARNING
    return Finding(f"method.{rule}", severity, where, {"detail": detail}, clause)


def _ties(pack: MethodPack) -> Iterator[Finding]:
    if not pack.ranking[-1].decide:
        yield _found("no_tie_rule", "ranking")
    elif len(pack.ranking) == 2:
        yield _found("tie_only_decided", "ranking", pack.ranking[-1].decide)


def _reference(pack: MethodPack) -> Iterator[Finding]:
    """标底 is a reference only: closeness to it may not win, a band around it may not reject."""
    if pack.regime != "bidding_law":
        return
    names = {value.id for value in pack.tender_values if value.id in REFERENCE_NAMES}
    for number, step in enumerate(pack.steps):
        if step.value is None or not names & step.value.names:
            continue
        where = f"steps[{number}] {step.id}"
        if step.kind == "reject":
            yield _found("reference_rejects", where, clause=LAW_50, error=True)
        elif step.kind == "bid":
            yield _found("reference_scores", where, clause=LAW_50)
    for key in pack.ranking:
        if key.by is not None and names & key.by.names:
            yield _found("reference_scores", "ranking", clause=LAW_50, error=True)


def _weights(pack: MethodPack) -> Iterator[Finding]:
    if pack.regime != "government_procurement" or pack.kind != KIND_SCORE:
        return
    weight = next((p.value for p in pack.parameters if p.id in {"price_weight", "full_score"}), None)
    least = PRICE_WEIGHT.get(pack.category)
    if weight is not None and least is not None and weight < least:
        yield _found("price_weight", "parameters.price_weight", f"{weight} < {least}", ORDER_87, error=True)
    step = pack.step("benchmark") or pack.step(pack.benchmark)
    if step is not None and step.value is not None and _calls(step.value.node) & {"mean", "median"}:
        yield _found("not_low_price_first", step.id, clause=ORDER_87)


def _calls(node: Node) -> set[str]:
    own = {node.text} if node.kind == "call" else set()
    return own.union(*(_calls(part) for part in node.parts)) if node.parts else own


def _trees(pack: MethodPack) -> Iterator[Finding]:
    weight = next((p.value for p in pack.parameters if p.id in {"price_weight", "full_score"}), None)
    expected = 100 - weight if weight is not None and pack.factors and pack.kind == KIND_SCORE else None
    for fault in tree_faults(pack.factors, expected):
        yield _found(fault.slug, fault.where, fault.detail, error=fault.blocks)


def _score_reach(pack: MethodPack) -> Iterator[Finding]:
    """A price score nobody can reach, and one without a floor that can fall below zero."""
    step = pack.step("price_score")
    if step is None or step.value is None:
        return
    node = step.value.node
    used = {name for one in pack.steps if one.value is not None for name in one.value.names}
    losses = {name for name in step.value.names if (found := pack.step(name)) is not None and "loss" in found.id}
    if losses and node.text not in {"max", "clamp", "min"}:
        yield _found("no_floor", f"steps {step.id}")
    if node.text == "min" and node.parts[0].kind == node.parts[1].kind == "number":
        yield _found("unreachable_score", f"steps {step.id}")
    for name in sorted(losses):
        found = pack.step(name)
        if found is not None and found.value is not None and not found.value.names & {s.id for s in pack.steps}:
            yield _found("loss_of_nothing", f"steps {name}")
    if pack.kind == KIND_SCORE and pack.step("total") is not None and "price_score" not in used:
        yield _found("unused", "price_score", "price_score")


def _unused(pack: MethodPack) -> Iterator[Finding]:
    used = {name for step in pack.steps for formula in (step.value, step.count, step.skip)
            if formula is not None for name in formula.names}  # fmt: skip
    used |= {name for step in pack.steps for row in step.table for f in (row.high, row.low) for name in f.names}
    used |= {name for key in pack.ranking if key.by is not None for name in key.by.names}
    used |= {name for value in pack.bid_values for formula in value.choices.values() for name in formula.names}
    picked = {step.draw for step in pack.steps}
    filled = "filled" in used
    rows: tuple[Named, ...] = (*pack.parameters, *pack.tender_values, *pack.bid_values, *pack.draws)
    for row in rows:
        kept = filled and getattr(row, "missing", "") == "highest"
        if row.id not in used and row.id not in picked and not kept:
            yield _found("unused", row.id, row.id)


def _papers(pack: MethodPack) -> Iterator[Finding]:
    if len(pack.cases) < CASES_NEEDED:
        yield _found("few_cases", "cases", str(len(pack.cases)))
    if not pack.sources:
        yield _found("no_source", "sources")
    if not pack.verified:
        yield Finding("method.unverified", Severity.NOTE, "verified", {"detail": pack.id})
    if not pack.valid_from:
        yield _found("no_date", "valid_from")
    if pack.regime == "bidding_law" and pack.candidates > 3:
        yield _found("candidates", "candidates", str(pack.candidates), "§ 53", error=True)
    for number, step in enumerate(pack.steps):
        if not step.clause and not pack.clause:
            yield _found("no_clause", f"steps[{number}] {step.id}")


_CHECKS = (_ties, _reference, _weights, _trees, _score_reach, _unused, _papers)

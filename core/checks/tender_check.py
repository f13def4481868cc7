"""Checks of a tender before it is packed: times, money, scores, ids, the release policy and its holders.

Rules ``tender.T01`` … ``tender.T26``; sentences in the catalogue under ``tender.finding``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from decimal import Decimal, InvalidOperation

from core.checks.policy_check import check_policy
from core.rules.finding import Finding, Severity
from core.rules.regimes import Regime, load_regime
from core.tender.model import Lot, Schedule, Tender
from core.values.codec import decimal_text
from core.values.codes import credit_code_valid
from core.values.money import format_yuan, round_fen
from core.values.times import beijing_text, calendar_days_between

FULL_SCORE = Decimal(100)
REVIEW_GROUPS = {"formal": "T21", "qualification": "T25", "responsive": "T26"}
STATUTORY_CODES = "1234567"


def check_tender(tender: Tender, totals: Mapping[str, Decimal] | None = None) -> tuple[Finding, ...]:
    """All findings of a tender; ``totals`` are the sums (yuan) the bills themselves state, by lot id, 0 for none."""
    regime = load_regime(tender.regime)
    findings = [
        *_times(tender.schedule, regime, mandatory=tender.mandatory),
        *_parties(tender),
        *_ids(tender),
        *_performance(tender, regime),
        *_rejections(tender),
        *check_policy(tender),
    ]
    for lot in tender.lots:
        findings += _lot_money(lot, regime, (totals or {}).get(lot.id, Decimal(0)))
        findings += _lot_review(lot)
    return tuple(findings)


def _times(schedule: Schedule, regime: Regime, *, mandatory: bool) -> Iterator[Finding]:
    if regime.opening_equals_deadline.value and schedule.opening_at != schedule.bid_deadline:
        params = {"opening": beijing_text(schedule.opening_at), "deadline": beijing_text(schedule.bid_deadline)}
        yield _error("T01", "schedule.opening_at", params, regime.cite(regime.opening_equals_deadline))
    order = (
        ("T02", "questions_until", schedule.published_at, schedule.questions_until),
        ("T24", "bid_deadline", schedule.questions_until, schedule.bid_deadline),
    )
    for rule, name, earlier, later in order:
        if earlier >= later:
            params = {"earlier": beijing_text(earlier), "later": beijing_text(later)}
            yield _error(rule, f"schedule.{name}", params)
    days = calendar_days_between(schedule.published_at, schedule.bid_deadline)
    clock = regime.days("notice_to_deadline", mandatory=mandatory)
    if clock is not None and schedule.bid_deadline - schedule.published_at < timedelta(days=clock.days):
        params = {"days": str(days), "required": str(clock.days)}
        yield _error("T03", "schedule.bid_deadline", params, regime.cite(clock))
    objection = regime.days("objection_before_deadline", mandatory=mandatory)
    left = calendar_days_between(schedule.questions_until, schedule.bid_deadline)
    if objection is not None and left < objection.days:
        params = {"days": str(objection.days), "left": str(left)}
        yield _warning("T19", "schedule.questions_until", params, regime.cite(objection))
    if schedule.bid_validity_days <= 0:
        yield _error("T17", "schedule.bid_validity_days", {"days": str(schedule.bid_validity_days)})


def _parties(tender: Tender) -> Iterator[Finding]:
    for party in (tender.tenderer, tender.agency, tender.centre):
        if not credit_code_valid(party.credit_code):
            params = {"name": party.name, "code": party.credit_code}
            yield _error("T15", party.role.value, params, "GB 32100")


def _ids(tender: Tender) -> Iterator[Finding]:
    lists = {
        "lots": [lot.id for lot in tender.lots],
        "chapters": [chapter.id for chapter in tender.chapters],
        "rejection_clauses": [clause.id for clause in tender.rejection_clauses],
        "holders": [holder.id for holder in tender.policy.holders],
    }
    for lot in tender.lots:
        lists[f"{lot.id}.review_items"] = [item.id for item in lot.review_items]
        lists[f"{lot.id}.factors"] = [factor.id for factor in lot.factors]
    for name, ids in lists.items():
        for doubled in sorted({one for one in ids if ids.count(one) > 1}):
            yield _error("T09", name, {"id": doubled, "list": name})


def _lot_money(lot: Lot, regime: Regime, total: Decimal) -> Iterator[Finding]:
    if lot.price_limit <= 0:
        yield _error("T07", lot.id, {"lot": lot.name, "limit": decimal_text(lot.price_limit)})
        return
    percent = regime.deposit_percent
    cap = round_fen(lot.price_limit * percent.value / 100)
    if lot.deposit > cap:
        params = {
            "lot": lot.name,
            "deposit": format_yuan(lot.deposit),
            "percent": decimal_text(percent.value),
            "cap": format_yuan(cap),
        }
        yield _error("T04", lot.id, params, regime.cite(percent))
    if total > lot.price_limit:
        params = {"lot": lot.name, "limit": format_yuan(lot.price_limit), "total": format_yuan(total)}
        yield _warning("T08", lot.id, params)
    if lot.duration_days <= 0:
        yield _error("T18", lot.id, {"lot": lot.name, "days": str(lot.duration_days)})


def _lot_review(lot: Lot) -> Iterator[Finding]:
    for group, rule in REVIEW_GROUPS.items():
        if not any(item.group == group for item in lot.review_items):
            yield _error(rule, lot.id, {"lot": lot.name})
    if not lot.factors:
        return
    total = sum((factor.full_score for factor in lot.factors), Decimal(0))
    if total != FULL_SCORE:
        yield _error("T05", lot.id, {"lot": lot.name, "sum": decimal_text(total)})
    if not any(factor.group == "price" for factor in lot.factors):
        yield _error("T06", lot.id, {"lot": lot.name})


def _performance(tender: Tender, regime: Regime) -> Iterator[Finding]:
    stated = tender.variables.get("performance_percent")
    if stated is None:
        return
    try:
        percent = Decimal(stated)
    except InvalidOperation:
        percent = Decimal("NaN")
    cap = regime.performance_percent
    if not percent.is_finite() or not 0 <= percent <= cap.value:
        params = {"percent": stated[:20], "cap": decimal_text(cap.value)}
        yield _error("T20", "variables.performance_percent", params, regime.cite(cap))


def _rejections(tender: Tender) -> Iterator[Finding]:
    covered = {clause.code for clause in tender.rejection_clauses}
    for code in STATUTORY_CODES:
        if code not in covered:
            yield _warning("T23", "rejection_clauses", {"code": code})


def _error(number: str, where: str, params: Mapping[str, str], clause: str = "") -> Finding:
    return Finding(f"tender.{number}", Severity.ERROR, where, params, clause)


def _warning(number: str, where: str, params: Mapping[str, str], clause: str = "") -> Finding:
    return Finding(f"tender.{number}", Severity.WARNING, where, params, clause)

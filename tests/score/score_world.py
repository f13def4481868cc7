"""Packs and bids for the tests of scoring; the published examples lie outside the repository."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from core.evaluation.engine import evaluate
from core.evaluation.result import EvaluationResult
from core.evaluation.score_input import read_bids, read_parameters
from core.evaluation.score_report import ScoreReport, score_report
from core.rules.method_pack import parse_method, with_parameters

SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "samples" / "evaluation"
BEST = [{"by": "total", "best": "highest"}, {"by": "price", "best": "lowest"}, {"decide": "draw"}]


def pack(steps: list[dict[str, Any]], ranking: list[dict[str, Any]] | None = None, **others: Any) -> dict[str, Any]:
    base = {"format": "tenderbox-method", "version": 0, "id": "test", "edition": "1", "title": {"zh_CN": "试"}}
    return {**base, "steps": steps, "ranking": ranking or BEST, **others}


def scored(data: dict[str, Any], bids: dict[str, Any]) -> tuple[EvaluationResult, ScoreReport]:
    method = parse_method(with_parameters(data, read_parameters(bids)))
    given, terms = read_bids(bids, method)
    result = evaluate(method, given, terms)
    return result, score_report(method, result, terms)


def prices(*values: object) -> dict[str, Any]:
    return {"bids": [{"bidder": f"b{at}", "price": str(value)} for at, value in enumerate(values)]}


def sample(name: str) -> dict[str, Any]:
    file = SAMPLES / f"{name}.json"
    if not file.is_file():
        pytest.skip("shared samples are not there")
    found: dict[str, Any] = json.loads(file.read_text("utf-8"), parse_float=str)
    return found


def number(text: object) -> Decimal:
    return Decimal(str(text))


DEVIATION = {"id": "deviation", "kind": "bid", "value": "(price - benchmark) / benchmark * 100"}
LOSS = {
    "id": "loss",
    "kind": "loss",
    "of": "deviation",
    "above": [{"per_percent": "2"}],
    "below": [{"per_percent": "1"}],
}
KEPT = {"id": "kept", "kind": "trim", "by": "price", "table": [{"from": 5, "high": 1, "low": 1}]}
TOTAL = {"id": "total", "kind": "bid", "value": "price_score"}


def score_step(full: str, **others: Any) -> dict[str, Any]:
    return {"id": "price_score", "kind": "bid", "value": f"{full} - loss", "min": "0", **others}


MEAN_PACK = pack(
    [
        KEPT,
        {"id": "benchmark", "kind": "figure", "among": "kept", "value": "mean(price)"},
        DEVIATION,
        LOSS,
        score_step("100"),
        TOTAL,
    ]
)

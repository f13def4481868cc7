"""The guide's own examples work, the schemas name every member the reader takes, and a pack nobody ships can be written."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from core.evaluation.cases import case_faults
from core.rules import method_reader
from core.rules.method_lint import lint_data
from core.rules.method_pack import method_data, method_ids
from tests.score.score_world import number, scored

DOCS = Path(__file__).resolve().parents[2] / "docs"


def blocks() -> list[str]:
    return re.findall(r"```json\n(.*?)```", (DOCS / "method-packs.md").read_text("utf-8"), re.DOTALL)


def test_the_guides_pack_and_bids_give_what_it_says() -> None:
    pack, bids, cases = blocks()
    data = {**json.loads(pack), **json.loads("{" + cases + "}")}
    _, report = scored(data, json.loads(bids))
    assert report.benchmark == 228
    assert {bid.bidder: str(bid.price_score) for bid in report.bids}["乙"] == "58.25"
    assert case_faults(data) == ()
    assert not [finding for finding in lint_data(data) if finding.severity == "error"]


def schema(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((DOCS / "spec" / f"{name}.schema.json").read_text("utf-8"))
    return found


def test_the_schemas_and_the_reader_know_the_same_members() -> None:
    pack = schema("method-pack")
    assert set(pack["properties"]) == set(method_reader._TOP)
    kinds = {
        option["properties"]["kind"]["const"]: set(option["properties"])
        for option in pack["properties"]["steps"]["items"]["oneOf"]
    }
    assert kinds == {kind: {*members, *method_reader._ANY} for kind, members in method_reader._MEMBERS.items()}
    from core.evaluation import score_input

    bids = schema("score-bids")
    assert set(bids["properties"]) == set(score_input._TOP)
    assert set(bids["properties"]["bids"]["items"]["properties"]) == set(score_input._BID)


@pytest.mark.parametrize("method_id", method_ids())
def test_every_shipped_pack_keeps_to_the_members_of_the_schema(method_id: str) -> None:
    known = set(schema("method-pack")["properties"])
    assert set(method_data(method_id)) <= known


def test_a_three_way_base_of_another_province_is_written_with_the_guide_alone() -> None:
    """15 % price of the best technical bid, 5 % of the second, 80 % mean of the rest; lower bound rejects; half-up percent."""
    data: dict[str, Any] = {
        "format": "tenderbox-method", "version": 0, "id": "other.three_way", "edition": "1", "title": "三合一基准价",
        "tender_values": [{"id": "控制价", "unit": "yuan"}],
        "draws": [{"id": "下浮", "values": ["3", "4", "5", "6"]}],
        "factors_from_tender": True,
        "steps": [
            {"id": "入围", "kind": "trim", "by": "price",
             "table": [{"from": 5, "high": "round(n * 0.2)", "low": "round(n * 0.2)"}]},
            {"id": "下限", "kind": "figure", "among": "入围", "value": "mean(price) * (1 - 下浮 / 100)", "round": 2},
            {"id": "低于下限", "kind": "reject", "when": "price < 下限", "reason": "低于合理下限"},
            {"id": "第一", "kind": "top", "by": "marks", "count": 1},
            {"id": "第二", "kind": "top", "by": "marks", "count": 1, "skip": 1},
            {"id": "其余", "kind": "set", "where": "not in(第一) and not in(第二)", "if_empty": "valid"},
            {"id": "p1", "kind": "figure", "among": "第一", "value": "mean(price)"},
            {"id": "p2", "kind": "figure", "among": "第二", "value": "mean(price)"},
            {"id": "基准价", "kind": "figure", "among": "其余", "value": "p1 * 0.15 + p2 * 0.05 + mean(price) * 0.80"},
            {"id": "偏差", "kind": "bid", "value": "(price - 基准价) / 基准价 * 100"},
            {"id": "扣分", "kind": "loss", "of": "偏差", "above": [{"per_percent": 1}], "below": [{"per_percent": 1}],
             "percent": "half_up"},
            {"id": "price_score", "kind": "bid", "value": "55 - 扣分", "min": 0, "round": 2},
            {"id": "total", "kind": "bid", "value": "price_score + marks"},
        ],
        "benchmark": "基准价",
        "ranking": [{"by": "total", "best": "highest"}, {"by": "price", "best": "lowest"}, {"decide": "draw"}],
    }  # fmt: skip
    rows = [("甲", 100, 40), ("乙", 102, 38), ("丙", 98, 30), ("丁", 100, 20), ("戊", 60, 45)]
    bids = {
        "tender": {"控制价": "120"}, "draws": {"下浮": "3"}, "factors": {"技术": "45"},
        "bids": [{"bidder": name, "price": price, "scores": {"技术": mark}} for name, price, mark in rows],
    }  # fmt: skip
    _, report = scored(data, bids)
    assert [item.bidder for item in report.rejected] == ["戊"]
    assert report.benchmark == number("15") + number("5.1") + number("79.2")
    best = next(bid for bid in report.bids if bid.rank == "1")
    assert (best.bidder, best.price_score) == ("甲", number(54))
    assert not [finding for finding in lint_data(data) if finding.severity == "error"]

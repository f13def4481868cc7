"""Days that do not go smoothly: a share that never comes, a rejected bid, dissent, a member who does not sign."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from core.evaluation.outcome import marked_factors
from core.formats.evaluation_package import open_evaluation_package
from core.formats.opening_package import open_opening_package
from core.formats.tender_package import open_tender_package
from core.journal.log import EventLog
from core.values.codec import decimal_text

pytestmark = pytest.mark.xdist_group("demo")
NAMES = {"a": "青禾石屏建设有限公司", "b": "云汀筑安建筑工程有限公司", "c": "苍坪岭工程建设有限公司"}
EXPERTS = ("E1", "E2", "E3", "E4", "E5")
REFUSED = 53


class Day:
    """An opening and evaluation of the demonstration's bids, begun anew in another folder."""

    def __init__(self, demo: Path, folder: Path, command: Callable) -> None:
        self.demo, self.folder, self.command = demo, folder, command
        self.opening, self.evaluation = folder / "opening.tbd", folder / "evaluation.tbd"
        self.record = folder / "opening.tbk"

    def sign(self, who: str) -> list[object]:
        keys = self.demo / "work" / "keys" / who
        return [
            "--cert", keys / "sign.cert.pem", "--key", keys / "sign.key.pem", "--pin-file", self.demo / "work/pin.txt",
        ]  # fmt: skip

    def unwrap(self, who: str) -> list[object]:
        keys = self.demo / "work" / "keys" / who
        return ["--enc-cert", keys / "enc.cert.pem", "--enc-key", keys / "enc.key.pem"]

    def do(self, *words: object, code: int = 0) -> str:
        result = self.command(*words, "--quiet")
        assert result.code == code, (words[:2], result.out, result.err)
        return result.err

    def start(self) -> None:
        self.do(
            "opening", "start", "--tender", self.demo / "tender.tbz", "--platform", self.demo / "work/platform",
            "--bids", self.folder / "bids", "--notices", self.folder, "--role", "agency", *self.sign("agency"),
            "--enc-cert", self.demo / "work/keys/agency/enc.cert.pem", "--trust", self.demo / "trust.json",
            "--out", self.opening,
        )  # fmt: skip

    def release(self, bidder: str, code: int = 0) -> str:
        who = f"bidder-{bidder}"
        return self.do("opening", "release", "--opening", self.opening, *self.sign(who), *self.unwrap(who), code=code)

    def cut_off(self, code: int = 0) -> str:
        words = ["opening", "cut-off", "--opening", self.opening, "--role", "agency", *self.sign("agency")]
        return self.do(*words, code=code)

    def holder(self, code: int = 0) -> str:
        return self.do(
            "opening", "release-holder", "--opening", self.opening, "--holder", "tenderer", *self.sign("tenderer"),
            *self.unwrap("tenderer"), code=code,
        )  # fmt: skip

    def decrypt(self, code: int = 0) -> str:
        return self.do(
            "opening", "decrypt", "--opening", self.opening, "--role", "agency", *self.sign("agency"),
            *self.unwrap("agency"), "--out", self.folder / "opened", code=code,
        )  # fmt: skip

    def close(self, code: int = 0) -> str:
        words = ["opening", "close", "--opening", self.opening, "--role", "agency", *self.sign("agency")]
        return self.do(*words, "--out", self.record, code=code)

    def verified(self, file: Path) -> int:
        return self.command("verify", file, "--trust", self.demo / "trust.json").code

    def as_member(self, verb: str, member: str, *words: object, code: int = 0) -> str:
        return self.do(
            "evaluation", verb, "--evaluation", self.evaluation, "--member", member, *self.sign(member), *words,
            code=code,
        )  # fmt: skip

    def as_host(self, verb: str, *words: object, code: int = 0) -> str:
        host = ["--role", "agency", *self.sign("agency")]
        return self.do("evaluation", verb, "--evaluation", self.evaluation, *host, *words, code=code)

    def form(self, name: str, value: object) -> Path:
        file = self.folder / name
        file.write_text(json.dumps(value, ensure_ascii=False), "utf-8")
        return file

    def begin_evaluation(self) -> None:
        committee = json.loads((self.demo / "work/evaluation/committee.json").read_text("utf-8"))
        for line in committee:
            line["certificate"] = str((self.demo / "work/evaluation" / line["certificate"]).resolve())
        self.do(
            "evaluation", "start", "--tender", self.demo / "tender.tbz", "--opening", self.record, "--lot", "lot-1",
            "--committee", self.form("committee.json", committee), "--role", "agency", *self.sign("agency"),
            "--trust", self.demo / "trust.json", "--out", self.evaluation,
        )  # fmt: skip


@pytest.fixture
def day(demo: Path, tmp_path: Path, command: Callable) -> Day:
    return Day(demo, tmp_path, command)


def test_nothing_happens_out_of_order(day: Day) -> None:
    day.start()
    day.holder(code=REFUSED)
    day.decrypt(code=REFUSED)
    day.close(code=REFUSED)
    day.release("a")
    day.release("a", code=REFUSED)
    day.release("d", code=REFUSED)  # his lot goes back sealed
    day.cut_off()
    day.release("b", code=REFUSED)
    day.cut_off(code=REFUSED)
    assert not (day.folder / "opened").exists()


def test_a_bid_whose_bidder_never_releases_stays_sealed_and_is_recorded_with_whose_fault(day: Day) -> None:
    day.start()
    for bidder in ("a", "b"):
        day.release(bidder)
    day.cut_off()
    day.holder()
    day.decrypt()
    day.close()
    assert day.verified(day.record) == 0
    record = open_opening_package(day.record)
    lot = next(lot for lot in record.summary.lots if lot.lot == "lot-1")
    assert sorted(line.bidder for line in lot.opened) == sorted([NAMES["a"], NAMES["b"]])
    failures = [e.event.body for e in EventLog.decode(record.log).events if e.event.kind == "opening.bid_failed"]
    assert [(body["bidder"], body["reason"], body["attribution"]) for body in failures] == [
        (NAMES["c"], "not_released", "bidder")
    ]


def test_without_any_holder_no_bid_opens_and_no_bidder_is_charged(day: Day) -> None:
    day.start()
    for bidder in NAMES:
        day.release(bidder)
    day.cut_off()
    day.decrypt()
    day.close()
    record = open_opening_package(day.record)
    failures = [e.event.body for e in EventLog.decode(record.log).events if e.event.kind == "opening.bid_failed"]
    assert {body["attribution"] for body in failures} == {"other"}
    assert len(failures) == 3
    assert not (day.folder / "opened").exists()


def test_rejection_dissent_and_refusal_end_in_a_report_that_says_so(day: Day, demo: Path) -> None:
    shutil.copy(demo / "opening.tbk", day.record)
    day.begin_evaluation()
    opened = open_tender_package(demo / "tender.tbz")
    item = opened.lot("lot-1").review_items[0]
    for member in EXPERTS:
        day.as_member("join", member)
    day.as_host("chair", "--chair", "E1")
    against = day.form(
        "against.json", {"failed": [{"bidder": NAMES["c"], "item": item.id, "reason": "投标人名称与资质证书不一致"}]}
    )
    for member in EXPERTS:
        form = against if member != "E5" else day.form("none.json", {"failed": []})
        day.as_member("review", member, "--form", form)
    day.as_member("lock-review", "E1", code=REFUSED)  # a rejection needs its basis
    day.as_member("lock-review", "E2", code=REFUSED)  # only the chair
    basis = {"bidder": NAMES["c"], "code": "3", "clause": item.clause, "reason": "资质证书名称不一致"}
    day.as_member("lock-review", "E1", "--form", day.form("basis.json", {"rejections": [basis]}))
    factors = marked_factors(opened.lot("lot-1"), opened.method("lot-1"))
    full = {factor.id: decimal_text(factor.full_score) for factor in factors}
    marks = day.form("marks.json", {"marks": {NAMES["a"]: full, NAMES["b"]: full}, "reasons": {}})
    too_high = day.form("high.json", {"marks": {NAMES["a"]: {**full, factors[0].id: "99"}, NAMES["b"]: full}})
    day.as_member("mark", "E1", "--form", too_high, code=REFUSED)
    for member in EXPERTS:
        day.as_member("mark", member, "--form", marks)
    day.as_member("lock-marks", "E1")
    day.as_member("mark", "E2", "--form", marks, code=REFUSED)
    day.as_host("rank")
    day.as_host("report")
    for member in EXPERTS[:3]:
        day.as_member("sign", member)
    day.as_member("sign", "E4", "--dissent", "不同意否决苍坪岭工程建设有限公司的投标。")
    closing = ("close", "--out", day.folder / "evaluation.tbp", "--report", day.folder / "report.pdf")
    day.as_host(*closing, code=REFUSED)  # one member is missing
    day.as_host("refuse", "--member", "E5")
    day.as_host(*closing)
    assert day.verified(day.folder / "evaluation.tbp") == 0
    assert day.verified(day.folder / "report.pdf") == 0
    summary = open_evaluation_package(day.folder / "evaluation.tbp").summary
    assert [signature.how for signature in summary.signatures] == ["signed"] * 3 + ["dissent", "refused"]
    assert len(summary.candidates) == 2


def test_a_member_with_another_persons_certificate_is_not_let_in(day: Day, demo: Path) -> None:
    shutil.copy(demo / "opening.tbk", day.record)
    day.begin_evaluation()
    words = ["evaluation", "join", "--evaluation", day.evaluation, "--member", "E1", *day.sign("E2")]
    assert "证书" in day.do(*words, code=REFUSED)


def test_every_bid_rejected_still_ends_in_a_signed_report_without_candidates(day: Day, demo: Path) -> None:
    shutil.copy(demo / "opening.tbk", day.record)
    day.begin_evaluation()
    item = open_tender_package(demo / "tender.tbz").lot("lot-1").review_items[0]
    for member in EXPERTS:
        day.as_member("join", member)
    day.as_host("chair", "--chair", "E1")
    failed = [{"bidder": name, "item": item.id, "reason": "不符合"} for name in NAMES.values()]
    for member in EXPERTS:
        day.as_member("review", member, "--form", day.form("all.json", {"failed": failed}))
    basis = [{"bidder": name, "code": "6", "clause": item.clause, "reason": "不符合"} for name in NAMES.values()]
    day.as_member("lock-review", "E1", "--form", day.form("basis.json", {"rejections": basis}))
    day.as_host("rank", code=REFUSED)
    day.as_host("report")
    for member in EXPERTS:
        day.as_member("sign", member)
    day.as_host("close", "--out", day.folder / "evaluation.tbp", "--report", day.folder / "report.pdf")
    assert day.verified(day.folder / "evaluation.tbp") == 0
    summary = open_evaluation_package(day.folder / "evaluation.tbp").summary
    assert (summary.result, summary.candidates) == (None, ())

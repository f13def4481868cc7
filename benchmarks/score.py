"""Scoring 1,000 bids marked by 9 members on 60 factors, and a dry run of 10,000 sampled tenders.

Raw: the same marks added up as ``Decimal`` and ranked, nothing else, in the same run.
"""

from __future__ import annotations

import time
from decimal import Decimal

BIDS, MEMBERS, FACTORS = 1000, 9, 60
RUNS = 10_000
TARGET_SECONDS = 1.0
TARGET_DRY_RUN = 30.0


def bids_file() -> dict[str, object]:
    """A bids file for ``construction.comprehensive``: marks differ, prices differ."""
    factors = {f"f{number}": "1" for number in range(FACTORS)}
    bids = [
        {
            "bidder": f"b{at}",
            "price": str(900_000 + (at * 7919) % 100_000),
            "marks": {
                name: [f"0.{(at * 31 + number * 17 + member * 7) % 100:02d}"
                       for member in range(MEMBERS)]
                for number, name in enumerate(factors)
            },
        }
        for at in range(BIDS)
    ]  # fmt: skip
    return {"tender": {"price_full_score": "40"}, "factors": factors, "bids": bids}


def run() -> list[tuple[str, str]]:
    """Result rows for ``python -m benchmarks``."""
    from core.evaluation.dry_run import dry_run
    from core.evaluation.engine import evaluate
    from core.evaluation.score_input import read_bids
    from core.rules.method_pack import load_method

    method = load_method("construction.comprehensive")
    started = time.perf_counter()
    bids, terms = read_bids(bids_file(), method)
    reading = time.perf_counter() - started
    started = time.perf_counter()
    sums = sorted(
        sum((sum(marks, Decimal(0)) / len(marks) for marks in bid.marks.values()), Decimal(0)) for bid in bids
    )
    raw = time.perf_counter() - started
    seconds = []
    for _ in range(3):
        started = time.perf_counter()
        result = evaluate(method, bids, terms, traced=False)
        seconds.append(time.perf_counter() - started)
    if len(result.ranking()) != len(sums):
        raise SystemExit("wrong result")
    ours = min(seconds)
    started = time.perf_counter()
    tried = dry_run(method, {}, runs=RUNS, seed="benchmark", tick=lambda: None)
    dry = time.perf_counter() - started
    verdicts = ["ok" if ours <= TARGET_SECONDS else "MISSED", "ok" if dry <= TARGET_DRY_RUN else "MISSED"]
    return [
        ("score: bids × members × factors", f"{BIDS} × {MEMBERS} × {FACTORS}, read in {reading:.2f} s"),
        ("score: raw sums of the same marks", f"{raw:.2f} s"),
        (
            "score: scored and ranked",
            f"{ours:.2f} s, {ours / raw:.1f} × raw (target {TARGET_SECONDS} s): {verdicts[0]}",
        ),
        ("score: dry run", f"{tried.runs} runs in {dry:.1f} s (target {TARGET_DRY_RUN:.0f} s): {verdicts[1]}"),
    ]


if __name__ == "__main__":
    for label, value in run():
        print(f"{label}: {value}")

"""The opening: count first, return the short lot, shares, cut-off, holders, decryption, confirmation, signed record."""

from __future__ import annotations

from datetime import timedelta

from apps.cli.demo.material import Times
from apps.cli.demo.stage import Stage

HOST = "agency"
LOT = "lot-1"


def opening(stage: Stage, times: Times) -> None:
    """From the deadline to the hand-over to the committee."""
    stage.console.say("demo.act.opening")
    stage.clock.move_to(times.deadline + timedelta(minutes=1))
    draft = stage.work / "opening" / "opening.tbd"
    draft.parent.mkdir()
    host = [*stage.sign_as(HOST)]
    stage.run(
        "opening", "start", "--tender", stage.out / "tender.tbz", "--platform", stage.platform,
        "--bids", stage.work / "opening" / "bids", "--notices", stage.out / "receipts", "--role", HOST, *host,
        "--enc-cert", stage.keys(HOST) / "enc.cert.pem", "--trust", stage.trust, "--out", draft,
    )  # fmt: skip
    bidders = [bidder for bidder in stage.cast.bidders if bidder.lot == LOT]
    for bidder in bidders:
        who = f"bidder-{bidder.id}"
        stage.run("opening", "release", "--opening", draft, *stage.sign_as(who), *stage.unwrap_as(who))
    stage.run("opening", "cut-off", "--opening", draft, "--role", HOST, *host)
    stage.run(
        "opening", "release-holder", "--opening", draft, "--holder", "centre",
        *stage.sign_as("centre"), *stage.unwrap_as("centre"),
    )  # fmt: skip
    opened = stage.work / "opening" / "opened"
    stage.run("opening", "decrypt", "--opening", draft, "--role", HOST, *host, *stage.unwrap_as(HOST), "--out", opened)
    for bidder in bidders:
        stage.run("opening", "confirm", "--opening", draft, *stage.sign_as(f"bidder-{bidder.id}"))
    stage.run("opening", "close", "--opening", draft, "--role", HOST, *host, "--out", stage.out / "opening.tbk")
    members = [word for expert in stage.cast.experts for word in ("--member", stage.keys(expert.id) / "enc.cert.pem")]
    stage.run(
        "opening", "hand-over", "--opening", draft, "--lot", LOT, "--opened", opened, *members, *host,
        "--out", stage.out / f"{LOT}.tbo",
    )  # fmt: skip

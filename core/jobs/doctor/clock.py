"""The clock of this machine: against what a platform signed, against the age of files, and against itself.

No platform of today offers its signed time on request. What it has signed before, a receipt, is a moment that has
passed; a clock that stands before it is slow. An unsigned time of a web site is told as a hint only.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from core import jobs
from core.formats.assess import assess_package
from core.formats.package import read_package
from core.jobs.doctor.inputs import Inputs
from core.jobs.doctor.result import Result, failed, passed, warned
from core.jobs.doctor.site import Answer, ask_site, is_address
from core.log import log_file
from core.ports.inputs import FORM_LIMIT, read_input
from core.ports.receipt import RECEIPT_MEMBER, ReceiptData
from core.values.codec import from_plain
from signing.canonical_json import decode_object
from signing.validation.report import Verdict
from signing.x509.trust import parse_trust

TOLERANCE = timedelta(minutes=2)
HINT_TOLERANCE = timedelta(minutes=2)
LIFETIME = timedelta(days=366 * 15)  # a machine this long after the build has a wrong year, not an old program
WATCHED = 0.25  # seconds
JUMP = 0.1  # seconds the clock may differ from the steady one meanwhile
FILES = 2000


def check_clock(inputs: Inputs) -> Result:
    """The plainest fault first; without receipt and site "not compared"."""
    jump = _jump()
    now = inputs.clock.now()
    built = _built()
    facts = {"now": now.isoformat(timespec="seconds"), "built": built.isoformat(timespec="seconds"), "zone": _zone()}
    if now < built - timedelta(days=1):
        return failed("clock", "before_build", action="open_clock", facts=facts, **facts)
    if now > built + LIFETIME:
        return warned("clock", "far_ahead", action="open_clock", facts=facts, **facts)
    newest = _newest_file(inputs)
    if newest is not None and newest > now + TOLERANCE:
        facts["newest"] = newest.isoformat(timespec="seconds")
        return warned("clock", "files_ahead", action="open_clock", facts=facts, **facts)
    if abs(jump) > JUMP:
        return warned("clock", "jumps", action="open_clock", facts=facts, seconds=f"{jump:+.2f}")
    return _compared(inputs, now, facts)


def _compared(inputs: Inputs, now: datetime, facts: dict[str, str]) -> Result:
    if inputs.receipt is not None:
        signed_at, trusted = _receipt_time(inputs, now)
        facts["signed_at"] = signed_at.isoformat(timespec="seconds")
        if signed_at > now + TOLERANCE:
            return failed("clock", "behind_receipt", action="open_clock", facts=facts, **facts)
        return passed("clock", "after_receipt" if trusted else "after_untrusted_receipt", facts=facts, **facts)
    if not is_address(inputs.platform):
        return passed("clock", "not_compared", facts=facts)
    answer = ask_site(inputs.platform, inputs.environment)
    offset = _offset(answer, inputs)
    if offset is None:
        return passed("clock", "not_compared", facts=facts)
    facts["offset"] = f"{offset.total_seconds():+.0f}"
    if abs(offset) > HINT_TOLERANCE:
        return warned("clock", "hint_differs", action="open_clock", facts=facts, **facts)
    return passed("clock", "hint_agrees", facts=facts, **facts)


def _offset(answer: Answer, inputs: Inputs) -> timedelta | None:
    return None if answer.unsigned_time is None else inputs.clock.now() - answer.unsigned_time


def _receipt_time(inputs: Inputs, now: datetime) -> tuple[datetime, bool]:
    """When a platform signed a receipt, and whether the signature leads to the trust list."""
    package = read_package(inputs.receipt or Path(), "receipt")
    data = from_plain(ReceiptData, decode_object(package.member(RECEIPT_MEMBER)))
    trust = parse_trust(read_input(inputs.trust, FORM_LIMIT)) if inputs.trust is not None else None
    # A slow clock is what is looked for, so the certificate is judged at the time signed, not at the clock's.
    reports = assess_package(package, trust=trust, roles=frozenset({"centre"}), now=max(now, data.at))
    return data.at, bool(reports) and all(report.verdict is Verdict.PASSED for report in reports)


def _built() -> datetime:
    """When this program's files were written."""
    return datetime.fromtimestamp(Path(jobs.__file__).stat().st_mtime, UTC)


def _newest_file(inputs: Inputs) -> datetime | None:
    return max(_times(inputs), default=None)


def _times(inputs: Inputs) -> Iterator[datetime]:
    try:
        entries = [entry for _, entry in zip(range(FILES), inputs.work_folder.iterdir(), strict=False)]
    except OSError:
        entries = []
    for file in (log_file(), *entries):
        try:
            yield datetime.fromtimestamp(file.stat().st_mtime, UTC)
        except (OSError, ValueError, OverflowError):
            continue


def _jump() -> float:
    """How much the machine's clock moved against the steady one while being watched."""
    wall, steady = time.time(), time.monotonic()
    time.sleep(WATCHED)
    return (time.time() - wall) - (time.monotonic() - steady)


def _zone() -> str:
    return datetime.now(UTC).astimezone().strftime("%z")

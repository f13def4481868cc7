"""What an artefact says, in a few sentences, for whoever verifies it. Nothing here is a verdict."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from core.formats.evaluation_package import open_evaluation_package
from core.formats.opening_package import open_opening_package
from core.formats.package import read_package
from core.formats.tender_excerpt import read_excerpt
from core.formats.tender_package import open_tender_package
from core.ports.receipt import RECEIPT_MEMBER, ReceiptData
from core.values.codec import from_plain, time_text
from core.values.money import format_yuan
from signing.canonical_json import decode_object
from signing.envelope.reader import SealedFile
from signing.errors import CodedError


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence: its catalogue key and parameters."""

    code: str
    params: Mapping[str, str]


def statements(path: Path, extension: str) -> tuple[Statement, ...]:
    """What the file says; nothing for files that cannot be read or have nothing to say in the clear."""
    reader = _READERS.get(extension)
    if reader is None:
        return ()
    try:
        return tuple(reader(path))
    except CodedError:  # the verification's own report says so
        return ()


def _say(code: str, **params: object) -> Statement:
    return Statement(f"verify.says.{code}", {name: str(value) for name, value in params.items()})


def _tender(path: Path) -> Iterator[Statement]:
    tender = open_tender_package(path).tender
    deadline = time_text(tender.schedule.bid_deadline)
    yield _say("tender", title=tender.title, round=tender.round, deadline=deadline)
    for lot in tender.lots:
        yield _say("lot", name=lot.name, limit=format_yuan(lot.price_limit))


def _bid(path: Path) -> Iterator[Statement]:
    context = SealedFile.open(path).header.context
    yield _say("bid", bidder=context.get("bidder_name", ""), lot=context.get("lot_id", ""))


def _opening(path: Path) -> Iterator[Statement]:
    record = open_opening_package(path)
    names = {lot.id: lot.name for lot in read_excerpt(record.package, record.summary.tender_digest).tender.lots}
    for lot in record.summary.lots:
        name = names.get(lot.lot, lot.lot)
        if lot.returned:
            yield _say("returned", lot=name, received=lot.received, minimum=lot.minimum)
            continue
        yield _say("opened", lot=name, received=lot.received, opened=len(lot.opened), failed=len(lot.failed))
        for line in lot.opened:
            yield _say("price", bidder=line.bidder, total=format_yuan(line.total))


def _evaluation(path: Path) -> Iterator[Statement]:
    opened = open_evaluation_package(path)
    tender = read_excerpt(opened.package, opened.summary.tender_digest).tender
    signed = sum(signature.how != "refused" for signature in opened.summary.signatures)
    yield _say("evaluation", lot=tender.lot(opened.summary.lot).name, signed=signed)


def _receipt(path: Path) -> Iterator[Statement]:
    data = from_plain(ReceiptData, decode_object(read_package(path, "receipt").member(RECEIPT_MEMBER)))
    yield _say(f"receipt_{data.kind.value}", platform=data.platform, lot=data.lot_id, at=_time(data.at))
    if data.reason:
        yield Statement(f"receipt.reason.{data.reason}", {})


def _time(moment: datetime) -> str:
    return time_text(moment.replace(microsecond=0))


_READERS: Mapping[str, Callable[[Path], Iterator[Statement]]] = {
    "tbz": _tender,
    "tbt": _bid,
    "tbk": _opening,
    "tbp": _evaluation,
    "tbr": _receipt,
}

"""The opening begins: bids are fetched, every lot is counted before any decryption, short lots go back sealed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from core.errors import StepNotAllowed
from core.formats.tender_package import OpenedTender
from core.jobs.opening_room import HOST_KINDS, TENDER, OpeningRoom, open_opening
from core.jobs.room import TRUST
from core.jobs.tender_trust import open_trusted_tender
from core.jobs.verify import read_trust
from core.opening.bodies import Counted, Kind, LotMinimum, LotReturned, Outcome, Started
from core.opening.fold import fold
from core.ports.files import atomic_write
from core.ports.inputs import KEY_LIMIT, read_input
from core.ports.keys import KeySource
from core.ports.platform import PlatformPort, ReceivedBid
from core.ports.progress import JobContext
from core.ports.services import Services
from core.rules.regimes import load_regime
from signing.cms.digest import sm3_file
from signing.x509.certificate import load_pem_certificates, parse
from signing.x509.trust import dump_trust


@dataclass(frozen=True, slots=True)
class StartOpening:
    """``role`` is the host's: tenderer, agency or centre. Bids are fetched into ``bids``; notices go to ``notices``."""

    tender: Path
    platform: Path
    bids: Path
    notices: Path
    role: str
    cert: Path
    key: Path
    enc_cert: Path
    out: Path
    trust: Path | None = None
    pin_file: Path | None = None


@dataclass(frozen=True, slots=True)
class StartedOpening:
    """The count of every lot. ``returned``: lots whose bids went back sealed."""

    path: str
    counts: dict[str, int]
    proceeding: tuple[str, ...]
    returned: tuple[str, ...]


def start_opening(request: StartOpening, services: Services, context: JobContext) -> StartedOpening:
    """Creates the opening draft; before the deadline by the platform's clock nothing happens."""
    trust = read_trust(request.trust)
    opened = open_trusted_tender(request.tender, trust, now=services.clock.now())
    if trust is None:
        raise StepNotAllowed(step=Kind.STARTED.value, reason="no_trust")
    platform = services.platform(request.platform)
    received = tuple(bid for bid in platform.received(opened.tender.tender_id) if not bid.superseded)
    fetched = _fetch(platform, received, request.bids, context)
    draft = services.drafts.create(request.out, "opening")
    try:
        draft.put("project", opened.tender.tender_id)
        draft.put("bids", fetched)
        draft.attach(TENDER, "application/zip", request.tender.read_bytes())
        draft.attach(TRUST, "application/json", dump_trust(trust))
        draft.attach("opening.cer", "application/pkix-cert", _encryption_certificate(request.enc_cert))
    except BaseException:
        draft.close()
        request.out.unlink(missing_ok=True)
        raise
    draft.close()
    with open_opening(request.out, services) as room:
        return _count(request, room, opened, received, platform)


def _count(
    request: StartOpening,
    room: OpeningRoom,
    opened: OpenedTender,
    received: tuple[ReceivedBid, ...],
    platform: PlatformPort,
) -> StartedOpening:
    regime = load_regime(opened.tender.regime)
    source = KeySource(request.cert, request.key, request.pin_file)
    session = room.host_session(source, role=request.role, kinds=HOST_KINDS)
    minimums = tuple(LotMinimum(lot.id, regime.minimum_bidders.value) for lot in opened.tender.lots)
    schedule = opened.tender.schedule
    room.act(
        session,
        Kind.STARTED,
        Started(opened.tender.tender_id, opened.digest, schedule.opening_at, minimums, opened.tender.policy.expression),
    )
    for lot in opened.tender.lots:
        bids = tuple(sorted(bid.sm3 for bid in received if bid.lot_id == lot.id))
        outcome = Outcome.PROCEEDS if len(bids) >= regime.minimum_bidders.value else Outcome.RETURNED
        room.act(session, Kind.COUNTED, Counted(lot.id, len(bids), regime.minimum_bidders.value, outcome, bids))
    for count in room.state().counts:
        if count.outcome is Outcome.RETURNED:
            notice = platform.return_sealed(opened.tender.tender_id, count.lot, "too_few")
            request.notices.mkdir(parents=True, exist_ok=True)
            atomic_write(request.notices / f"returned-{count.lot}.tbr", notice.package)
            room.act(session, Kind.LOT_RETURNED, LotReturned(count.lot, count.bids, "too_few"))
    state = fold(room.acts())
    return StartedOpening(
        str(request.out),
        {count.lot: count.received for count in state.counts},
        tuple(count.lot for count in state.proceeding()),
        tuple(item.lot for item in state.returned),
    )


def _fetch(
    platform: PlatformPort, received: tuple[ReceivedBid, ...], folder: Path, context: JobContext
) -> dict[str, str]:
    """Every bid under a neutral name; file name by digest."""
    folder.mkdir(parents=True, exist_ok=True)
    fetched: dict[str, str] = {}
    for number, bid in enumerate(received, 1):
        context.raise_if_cancelled()
        context.progress(number, len(received), "opening.progress.fetching")
        file = folder / f"{bid.lot_id}-{bid.sm3[:12]}.tbt"
        if not (file.is_file() and sm3_file(file) == bid.sm3):
            platform.fetch(bid.sm3, file)
        if sm3_file(file) != bid.sm3:
            raise StepNotAllowed(step=Kind.COUNTED.value, reason="bid_changed")
        fetched[bid.sm3] = str(file.resolve())
    return fetched


def _encryption_certificate(file: Path) -> bytes:
    der = load_pem_certificates(read_input(file, KEY_LIMIT))[0]
    if "key_encipherment" not in parse(der).key_usage:
        raise StepNotAllowed(step=Kind.STARTED.value, reason="encryption_certificate")
    return der

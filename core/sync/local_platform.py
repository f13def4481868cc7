"""A trading platform in one folder of this machine, behind :class:`core.ports.platform.PlatformPort`.

Order of a submission: the file is copied and synced first, judged second, its receipt signed third, and bid and receipt
are recorded in one durable transaction before the receipt is given out. Whoever is killed in between has acknowledged
nothing. The platform holds no bidder's key and no share: it cannot read a bid.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from core.errors import FileMissing, StepNotAllowed
from core.formats.assess import assess_package
from core.formats.package import Member, read_package, write_package
from core.formats.tender_package import OpenedTender, open_tender_package
from core.ports.clock import Clock
from core.ports.files import new_file
from core.ports.platform import Answer, ReceivedBid
from core.ports.receipt import RECEIPT_MEMBER, RECEIPT_VERSION, AnswerKind, ReceiptData
from core.sync.ledger import BidEntry, Ledger, PublishedTender
from core.values.codec import to_plain
from signing.api import Signer
from signing.canonical_json import encode
from signing.cms.digest import sm3_file
from signing.envelope.reader import SealedFile
from signing.errors import CodedError
from signing.validation.report import Verdict
from signing.validation.signature import assess_detached
from signing.x509.trust import TrustList

TENDER_ROLES = frozenset({"tenderer", "agency"})


@dataclass(frozen=True, slots=True)
class PlatformIdentity:
    """Who the platform is: its signing key, the roots it trusts, its display name."""

    name: str
    signer: Signer
    trust: TrustList


@dataclass(frozen=True, slots=True)
class _Refusal(Exception):
    """Why a submission is refused: the suffix of its sentence ``receipt.reason.*``."""

    reason: str


class LocalPlatform:
    """A platform whose store is a folder."""

    def __init__(self, data: Path, identity: PlatformIdentity, clock: Clock) -> None:
        if not data.is_dir():
            raise FileMissing(path=data)
        self._store = data / "store"
        self._store.mkdir(exist_ok=True)
        self._identity = identity
        self._clock = clock
        self._ledger = Ledger(data / "ledger.db")

    def publish(self, package: Path) -> Answer:
        """See :class:`core.ports.platform.PlatformPort`."""
        sm3 = sm3_file(package)
        known = self._ledger.answer(f"publish {sm3}")
        if known:
            return known[1]
        opened = open_tender_package(package)
        self._must_be_issued(opened)
        tender = opened.tender
        if self._ledger.tender(tender.tender_id) is not None:
            raise StepNotAllowed(step="publish", reason="published")
        self._keep(package, sm3)
        data = self._data(
            AnswerKind.PUBLICATION,
            tender_id=tender.tender_id,
            digest=opened.package.manifest_sm3,
            sm3=sm3,
            size=package.stat().st_size,
        )
        answer = Answer(accepted=True, reason="", package=self._sign(data))
        entry = PublishedTender(
            tender.tender_id,
            opened.package.manifest_sm3,
            tender.schedule.bid_deadline,
            tuple(lot.id for lot in tender.lots),
            sm3,
        )
        self._ledger.publish(f"publish {sm3}", entry, answer)
        return answer

    def submit(self, bid: Path, *, idempotency_key: str) -> Answer:
        """See :class:`core.ports.platform.PlatformPort`."""
        sm3 = sm3_file(bid)
        known = self._ledger.answer(idempotency_key)
        if known and known[0] == sm3:
            return known[1]
        if known:
            raise StepNotAllowed(step="submit", reason="key_reused")
        tender_id = lot_id = ""
        tender = None
        self._keep(bid, sm3)
        try:
            sealed = self._intact(self._store / sm3)
            tender_id, lot_id = sealed.header.context.get("tender_id", ""), sealed.header.context.get("lot_id", "")
            tender = self._ledger.tender(tender_id)
            bidder = self._judge(sealed, tender, lot_id)
        except _Refusal as refusal:
            data = self._data(
                AnswerKind.REFUSAL,
                tender_id=tender_id,
                digest=tender.digest if tender else "",
                lot_id=lot_id,
                sm3=sm3,
                size=bid.stat().st_size,
                reason=refusal.reason,
                tender=tender,
            )
            answer = Answer(accepted=False, reason=refusal.reason, package=self._sign(data))
            self._ledger.refuse(idempotency_key, sm3, answer)
            return answer
        assert tender is not None  # noqa: S101 - _judge refuses unknown tenders
        now = self._clock.now()
        data = self._data(
            AnswerKind.RECEIPT,
            tender_id=tender_id,
            digest=tender.digest,
            lot_id=lot_id,
            sm3=sm3,
            size=bid.stat().st_size,
            tender=tender,
        )
        answer = Answer(accepted=True, reason="", package=self._sign(data))
        entry = BidEntry(tender_id, lot_id, bidder, sm3, bid.stat().st_size, now)
        self._ledger.receive(idempotency_key, entry, answer)
        return answer

    def received(self, tender_id: str) -> tuple[ReceivedBid, ...]:
        """See :class:`core.ports.platform.PlatformPort`."""
        self._after_deadline(tender_id)
        return self._ledger.bids(tender_id)

    def fetch(self, sm3: str, target: Path) -> None:
        """See :class:`core.ports.platform.PlatformPort`. A bid's tender must be past its deadline."""
        held = self._store / Path(sm3).name
        if not held.is_file():
            raise FileMissing(path=sm3)
        self._after_deadline(SealedFile.open(held).header.context.get("tender_id", ""))
        with held.open("rb") as source, new_file(target) as out:
            while block := source.read(1 << 20):
                out.write(block)

    def return_sealed(self, tender_id: str, lot_id: str, reason: str) -> Answer:
        """See :class:`core.ports.platform.PlatformPort`."""
        tender = self._after_deadline(tender_id)
        key = f"return {tender_id} {lot_id}"
        known = self._ledger.answer(key)
        if known:
            return known[1]
        data = self._data(
            AnswerKind.RETURN_NOTICE,
            tender_id=tender_id,
            digest=tender.digest,
            lot_id=lot_id,
            reason=reason,
            tender=tender,
        )
        answer = Answer(accepted=True, reason=reason, package=self._sign(data))
        self._ledger.refuse(key, "", answer)
        return answer

    def _after_deadline(self, tender_id: str) -> PublishedTender:
        tender = self._ledger.tender(tender_id)
        if tender is None:
            raise StepNotAllowed(step="received", reason="unknown_tender")
        if self._clock.now() < tender.deadline:
            raise StepNotAllowed(step="received", reason="before_deadline")
        return tender

    def _intact(self, held: Path) -> SealedFile:
        try:
            sealed = SealedFile.open(held)
            sealed.verify_integrity()
        except CodedError as error:
            raise _Refusal("not_sealed") from error
        return sealed

    def _judge(self, sealed: SealedFile, tender: PublishedTender | None, lot_id: str) -> str:
        """The bidder's credit code of an acceptable bid; raises :class:`_Refusal` otherwise."""
        if tender is None:
            raise _Refusal("unknown_tender")
        if lot_id not in tender.lots:
            raise _Refusal("unknown_lot")
        if sealed.header.context.get("tender_digest") != tender.digest:
            raise _Refusal("other_version")
        if sealed.signature_der is None:
            raise _Refusal("unsigned")
        report = assess_detached(
            sealed.signature_der,
            sealed.signed_bytes,
            trust=self._identity.trust,
            roles=frozenset({"bidder"}),
            now=self._clock.now(),
        )
        if report.verdict is not Verdict.PASSED or report.signer is None:
            raise _Refusal("signature")
        if report.signer.subject.credit_code != sealed.header.context.get("bidder_code"):
            raise _Refusal("other_signer")
        if self._clock.now() >= tender.deadline:
            raise _Refusal("late")
        return report.signer.subject.credit_code

    def _must_be_issued(self, opened: OpenedTender) -> None:
        now = self._clock.now()
        for report in assess_package(opened.package, trust=self._identity.trust, roles=TENDER_ROLES, now=now):
            own = report.signer is not None and opened.may_be_issued_by(report.signer)
            if not own or report.verdict is not Verdict.PASSED:
                raise StepNotAllowed(step="publish", reason="signature")

    def _keep(self, source_path: Path, sm3: str) -> None:
        held = self._store / sm3
        if held.is_file() and held.stat().st_size == source_path.stat().st_size:
            return
        with source_path.open("rb") as source, new_file(held) as out:
            while block := source.read(1 << 20):
                out.write(block)

    def _data(
        self,
        kind: AnswerKind,
        *,
        tender_id: str,
        digest: str,
        lot_id: str = "",
        sm3: str = "",
        size: int = 0,
        reason: str = "",
        tender: PublishedTender | None = None,
    ) -> ReceiptData:
        return ReceiptData(
            RECEIPT_VERSION,
            kind,
            self._identity.name,
            tender_id,
            digest,
            lot_id,
            sm3,
            size,
            self._clock.now(),
            tender.deadline if tender else None,
            reason,
            self._clock.source,
        )

    def _sign(self, data: ReceiptData) -> bytes:
        member = Member(RECEIPT_MEMBER, "application/json", "receipt", encode(to_plain(data)))
        subject = {"kind": data.kind.value, "tender_id": data.tender_id, "lot_id": data.lot_id}
        with _scratch() as folder:
            target = folder / "answer.tbr"
            write_package(
                target,
                "receipt",
                (member,),
                subject=subject,
                signers=(self._identity.signer,),
                signed_at=data.at,
                time_source=self._clock.source,
            )
            read_package(target, "receipt")
            return target.read_bytes()


@contextmanager
def _scratch() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="tenderbox-") as name:
        yield Path(name)

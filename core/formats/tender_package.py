"""The tender package (``.tbz``) opened: its key data, bills, methods and holders' certificates, all parsed strictly.

Nothing here decides trust: the caller assesses :attr:`OpenedTender.package`'s signatures.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from core.boq.model import Boq
from core.errors import PackageInvalid
from core.formats.package import Package, read_package
from core.rules.method_pack import MethodPack, parse_method
from core.tender.model import TENDER_DATA_VERSION, Holder, Lot, Tender
from core.tender.paths import TENDER_DATA
from core.values.codec import from_plain
from signing.canonical_json import decode_object
from signing.x509.certificate import Certificate, parse


def holder_certificate(holder_id: str, number: int) -> str:
    """Where the ``number``-th certificate (from 1) of a holder lies in the package."""
    return f"holders/{holder_id}-{number}.cer"


@dataclass(frozen=True, slots=True)
class OpenedTender:
    """A tender package whose layout, digests and data hold together."""

    package: Package
    tender: Tender

    @property
    def digest(self) -> str:
        """SM3 (hex) of the manifest: what a bid binds."""
        return self.package.manifest_sm3

    def may_be_issued_by(self, signer: Certificate) -> bool:
        """Whether a certificate is the tenderer's or the agency's of this tender.

        Asked beside the trust list: a CA that certifies agencies certifies their bidders, too.
        """
        return signer.subject.credit_code in {self.tender.tenderer.credit_code, self.tender.agency.credit_code}

    def lot(self, lot_id: str) -> Lot:
        """The lot of this id; PackageInvalid where there is none."""
        for lot in self.tender.lots:
            if lot.id == lot_id:
                return lot
        raise PackageInvalid(path=lot_id, layer="content", reason="unknown_lot")

    def boq(self, lot_id: str) -> Boq:
        """The lot's bill of quantities, without prices."""
        return from_plain(Boq, decode_object(self.package.member(self.lot(lot_id).boq_data)))

    def method(self, lot_id: str) -> MethodPack:
        """The lot's evaluation method."""
        return parse_method(decode_object(self.package.member(self.lot(lot_id).method)))

    def holder_certificates(self, holder: Holder) -> tuple[Certificate, ...]:
        """The holder's encryption certificates, each the one whose digest stands in the policy.

        Raises PackageInvalid where one is missing, another, or a party's certificate is not that party's.
        """
        found = tuple(
            parse(self.package.member(holder_certificate(holder.id, number)))
            for number in range(1, len(holder.certificates) + 1)
        )
        parties = {party.role.value: party for party in (self.tender.tenderer, self.tender.agency, self.tender.centre)}
        party = parties.get(holder.id)
        foreign = party and any(certificate.subject.credit_code != party.credit_code for certificate in found)
        if foreign or tuple(certificate.sm3 for certificate in found) != holder.certificates:
            raise PackageInvalid(path=holder.id, layer="content", reason="holder_certificate")
        return found


def open_tender_package(path: Path) -> OpenedTender:
    """Reads and checks a ``.tbz``; raises PackageInvalid or DataInvalid."""
    package = read_package(path, "tender")
    tender = from_plain(Tender, decode_object(package.member(TENDER_DATA)))
    if tender.version != TENDER_DATA_VERSION:
        raise PackageInvalid(path=path, layer="content", reason="version")
    opened = OpenedTender(package, tender)
    for document in tender.documents:
        package.member(document.path)
    for lot in tender.lots:
        opened.boq(lot.id)
        opened.method(lot.id)
    for holder in tender.policy.holders:
        opened.holder_certificates(holder)
    return opened

"""Detached signatures: what was signed verifies, and no byte of it can be another."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from asn1crypto import core
from hypothesis import given
from hypothesis import strategies as st

from signing.cms import oids, signed_data
from signing.cms.signed_data import sign_detached, verify_detached
from signing.errors import CertificateInvalid, MessageInvalid, SignatureInvalid, SigningError
from signing.gm import der, sm2
from signing.gm.sm3 import sm3
from signing.providers.software import FileSigner
from signing.x509.certificate import parse
from tests.pki import SIGNED_AT, Party, Pki, shared_pki

CONTENT = b"manifest bytes"


@pytest.fixture(scope="module")
def pki() -> Pki:
    return shared_pki()


@pytest.fixture(scope="module")
def bidder(pki: Pki) -> Party:
    return pki.party("华夏测试建设有限公司", "91999999MA0000001X")


@pytest.fixture(scope="module")
def message(pki: Pki, bidder: Party) -> bytes:
    return sign_detached(CONTENT, bidder.signer, signed_at=SIGNED_AT, crls=[pki.crl(), pki.crl()])


def test_reader_gives_signer_chain_lists_and_time(pki: Pki, bidder: Party, message: bytes) -> None:
    signed = verify_detached(message, CONTENT)
    assert signed.signer == bidder.sign_certificate
    assert [one.der for one in signed.certificates] == [bidder.signer.certificate(), pki.institution.certificate]
    assert len(signed.crls) == 2
    assert signed.signed_at == SIGNED_AT


@pytest.mark.parametrize("value", [0x01, 0x80, 0xFF])
def test_every_flipped_byte_is_refused(message: bytes, value: int) -> None:
    for place in range(len(message)):
        changed = bytearray(message)
        changed[place] ^= value
        with pytest.raises(SigningError):
            verify_detached(bytes(changed), CONTENT)


def test_every_dropped_inserted_or_missing_byte_is_refused(message: bytes) -> None:
    for place in range(0, len(message), 3):
        for changed in (
            message[:place] + message[place + 1 :],
            message[:place] + b"\x00" + message[place:],
            message[:place],
        ):
            with pytest.raises(SigningError):
                verify_detached(changed, CONTENT)
    with pytest.raises(SigningError):
        verify_detached(message + b"\x00", CONTENT)


@given(st.binary(max_size=300))
def test_arbitrary_bytes_are_refused_with_our_error(untrusted: bytes) -> None:
    with pytest.raises(SigningError):
        verify_detached(untrusted, CONTENT)


def test_other_content_is_refused(message: bytes) -> None:
    with pytest.raises(SignatureInvalid) as caught:
        verify_detached(message, b"other bytes")
    assert caught.value.params["reason"] == "other_content"


def test_message_is_der_that_a_second_reader_understands(message: bytes) -> None:
    der.check_strict(message)
    outer = core.Sequence.load(message, strict=True)
    assert outer[0].dotted == oids.SIGNED_DATA


def test_one_second_is_the_precision_of_the_signing_time(bidder: Party) -> None:
    signed_at = SIGNED_AT + timedelta(microseconds=999_999)
    assert verify_detached(sign_detached(b"", bidder.signer, signed_at=signed_at), b"").signed_at == SIGNED_AT


def test_signing_time_without_zone_is_refused(bidder: Party) -> None:
    with pytest.raises(ValueError, match="zone"):
        sign_detached(b"", bidder.signer, signed_at=SIGNED_AT.replace(tzinfo=None))


def test_signing_time_after_2049_is_kept(bidder: Party) -> None:
    signed_at = datetime(2050, 1, 1, tzinfo=UTC)
    assert verify_detached(sign_detached(b"", bidder.signer, signed_at=signed_at), b"").signed_at == signed_at


def test_encryption_certificate_cannot_sign(bidder: Party) -> None:
    class Wrong:
        def certificate(self) -> bytes:
            return bidder.decrypter.certificate()

        def chain(self) -> list[bytes]:
            return []

        def sign(self, message: bytes) -> bytes:
            return sm2.sign(bidder.decrypter.private, message)

    with pytest.raises(CertificateInvalid):
        sign_detached(CONTENT, Wrong(), signed_at=SIGNED_AT)


def test_key_that_does_not_belong_to_the_certificate_is_noticed_when_signing(bidder: Party) -> None:
    class Faulty:
        def certificate(self) -> bytes:
            return bidder.signer.certificate()

        def chain(self) -> tuple[bytes, ...]:
            return ()

        def sign(self, message: bytes) -> bytes:
            return sm2.sign(sm2.generate_key(), message)

    with pytest.raises(SignatureInvalid):
        sign_detached(CONTENT, Faulty(), signed_at=SIGNED_AT)


# --- messages built by someone who owns the signing key but not our writer -------------------------------------------


def crafted(bidder: Party, **changes: object) -> bytes:
    """A message with correct signature over its attributes, but with parts of it replaced."""
    certificates = changes.get("certificates", (bidder.signer.certificate(), *bidder.signer.chain()))
    listed = changes.get("listed", certificates)
    attributes = signed_data._attributes(sm3(CONTENT), SIGNED_AT, listed, ())  # type: ignore[arg-type]
    attributes = changes.get("attributes", attributes)  # type: ignore[assignment]
    signer: FileSigner = bidder.signer
    signature = signer.sign(der.encode(der.SET, attributes))
    named = parse(changes.get("named", signer.certificate()))  # type: ignore[arg-type]
    return signed_data._message(named, certificates, (), attributes, signature)  # type: ignore[arg-type]


def test_the_crafting_itself_makes_good_messages(bidder: Party) -> None:
    verify_detached(crafted(bidder), CONTENT)


def test_embedded_certificate_that_is_not_listed_is_refused(pki: Pki, bidder: Party) -> None:
    both = (bidder.signer.certificate(), pki.institution.certificate)
    for certificates in ((*both, pki.centre.certificate), both[:1], (both[0], pki.centre.certificate), ()):
        with pytest.raises(MessageInvalid):
            verify_detached(crafted(bidder, certificates=certificates, listed=both), CONTENT)


def test_certificate_embedded_twice_is_refused(bidder: Party) -> None:
    twice = (bidder.signer.certificate(), bidder.signer.certificate())
    with pytest.raises(MessageInvalid):
        verify_detached(crafted(bidder, certificates=twice), CONTENT)


def test_signer_that_is_not_listed_first_is_refused(pki: Pki, bidder: Party) -> None:
    turned = (pki.institution.certificate, bidder.signer.certificate())
    with pytest.raises(SigningError):
        verify_detached(crafted(bidder, certificates=turned), CONTENT)
    with pytest.raises(MessageInvalid):
        verify_detached(crafted(bidder, named=pki.institution.certificate), CONTENT)


def test_unparsable_embedded_certificate_is_refused_though_listed(bidder: Party) -> None:
    embedded = (bidder.signer.certificate(), der.sequence(der.integer(1)))
    with pytest.raises(MessageInvalid) as caught:
        verify_detached(crafted(bidder, certificates=embedded), CONTENT)
    assert caught.value.params["reason"] == "embedded_unreadable"


def test_additional_missing_or_repeated_attribute_is_refused(bidder: Party) -> None:
    good = signed_data._attributes(sm3(CONTENT), SIGNED_AT, (bidder.signer.certificate(), *bidder.signer.chain()), ())
    reader, members = der.Reader(good), []
    while reader.more():
        members.append(reader.value().encoded)
    extra = der.sequence(der.oid("1.2.3.4"), der.set_of([der.integer(1)]))
    for changed in ([*members, extra], members[1:], [*members, members[0]], list(reversed(members))):
        with pytest.raises(SigningError):
            verify_detached(crafted(bidder, attributes=b"".join(changed)), CONTENT)


def test_unsigned_attribute_second_signer_and_attached_content_are_refused(bidder: Party, message: bytes) -> None:
    body = der.read_one(message)
    kind = body.value().encoded
    parts, reader = [], der.read_one(body.inside(0xA0).untrusted)
    while reader.more():
        parts.append(reader.value())
    info = parts[-1].content
    unsigned = der.encode(0xA1, der.sequence(der.oid("1.2.3.4"), der.set_of([der.integer(1)])))
    longer_info = der.sequence(der.read_one(info).untrusted, unsigned)

    def rebuilt(place: int, encoded: bytes) -> bytes:
        members = [part.encoded for part in parts]
        members[place] = encoded
        return der.sequence(kind, der.encode(0xA0, der.sequence(*members)))

    assert rebuilt(-1, parts[-1].encoded) == message
    attached = der.sequence(der.oid(oids.DATA), der.encode(0xA0, der.octets(CONTENT)))
    for place, encoded in ((-1, der.set_of([longer_info])), (-1, der.set_of([info, info])), (2, attached)):
        with pytest.raises(SigningError):
            verify_detached(rebuilt(place, encoded), CONTENT)

"""Envelopes: every recipient opens them alone, nobody else does, and there is one spelling."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signing.cms.enveloped_data import envelop, open_envelope, recipients_of
from signing.cms.session_key import SessionKey, verify_raw
from signing.errors import CertificateInvalid, DecryptionFailed, MessageInvalid, SignatureInvalid
from signing.gm import der
from tests.pki import Party, shared_pki

SECRET = bytes(range(48))


@pytest.fixture(scope="module")
def parties() -> tuple[Party, Party, Party]:
    pki = shared_pki()
    return pki.party("甲"), pki.party("乙"), pki.party("中心", centre=True)


@pytest.fixture(scope="module")
def envelope(parties: tuple[Party, Party, Party]) -> bytes:
    return envelop(SECRET, [one.encrypt_certificate for one in parties[:2]])


def test_each_recipient_opens_it_alone(parties: tuple[Party, Party, Party], envelope: bytes) -> None:
    assert [open_envelope(envelope, one.decrypter) for one in parties[:2]] == [SECRET, SECRET]
    named = recipients_of(envelope)
    assert len(named) == 2
    assert all(sum(each.names(one.encrypt_certificate) for each in named) == 1 for one in parties[:2])


def test_nobody_else_opens_it(parties: tuple[Party, Party, Party], envelope: bytes) -> None:
    with pytest.raises(DecryptionFailed) as caught:
        open_envelope(envelope, parties[2].decrypter)
    assert caught.value.params == {"reason": "not_recipient"}


@pytest.mark.parametrize("size", [1, 15, 16, 17, 1024])
def test_secret_of_any_permitted_size_comes_back(parties: tuple[Party, Party, Party], size: int) -> None:
    assert open_envelope(envelop(bytes(size), [parties[0].encrypt_certificate]), parties[0].decrypter) == bytes(size)


@pytest.mark.parametrize("size", [0, 1025])
def test_secret_out_of_range_is_refused(parties: tuple[Party, Party, Party], size: int) -> None:
    with pytest.raises(ValueError, match="1024"):
        envelop(bytes(size), [parties[0].encrypt_certificate])


def test_signing_and_ca_certificates_none_and_repeated_recipients_are_refused(
    parties: tuple[Party, Party, Party],
) -> None:
    good = parties[0].encrypt_certificate
    for recipients in ([parties[0].sign_certificate], [good, parties[1].sign_certificate], [], [good, good]):
        with pytest.raises(CertificateInvalid):
            envelop(SECRET, recipients)


def test_changed_bytes_never_open_to_the_secret(parties: tuple[Party, Party, Party], envelope: bytes) -> None:
    """The structure has one spelling; the content proves itself only by the commitment our formats add."""
    for place in range(len(envelope)):
        changed = bytearray(envelope)
        changed[place] ^= 0x01
        for party in parties[:1]:
            try:
                assert open_envelope(bytes(changed), party.decrypter) != SECRET or place_of_other(changed, envelope)
            except (MessageInvalid, DecryptionFailed):
                continue


def place_of_other(changed: bytearray, envelope: bytes) -> bool:
    """Whether the change hit the other recipient's entry only, which this key cannot see."""
    return changed[-80:] == envelope[-80:]


def test_other_spellings_are_refused(envelope: bytes) -> None:
    outer = der.read_one(envelope)
    kind, body = outer.value().encoded, der.read_one(outer.inside(0xA0).untrusted)
    version, infos, content = body.value().encoded, body.value(), body.value().encoded
    reader, members = der.Reader(infos.content), []
    while reader.more():
        members.append(reader.value().encoded)

    def built(infos: bytes) -> bytes:
        return der.sequence(kind, der.encode(0xA0, der.sequence(version, infos, content)))

    assert built(der.set_of(members)) == envelope
    for infos_changed in (
        der.encode(der.SET, *sorted(members, reverse=True)),
        der.set_of([members[0], members[0]]),
        der.set_of([]),
    ):
        with pytest.raises(MessageInvalid):
            recipients_of(built(infos_changed))
    for changed in (envelope + b"\x00", envelope[:-1], b"", envelope[:2] + b"\x00" + envelope[2:]):
        with pytest.raises(MessageInvalid):
            recipients_of(changed)


@given(st.binary(max_size=200))
def test_arbitrary_bytes_are_refused_with_our_error(untrusted: bytes) -> None:
    with pytest.raises(MessageInvalid):
        recipients_of(untrusted)


def test_session_key_signs_and_another_key_or_text_does_not_verify() -> None:
    key, other = SessionKey.generate(), SessionKey.generate()
    signature = key.sign(b"act")
    verify_raw(key.public_raw, b"act", signature)
    for public, text in (
        (other.public_raw, b"act"),
        (key.public_raw, b"acT"),
        (b"\x04" + bytes(64), b"act"),
        (b"", b""),
    ):
        with pytest.raises(SignatureInvalid):
            verify_raw(public, text, signature)

"""Key files and the software provider: right PIN, right pair, or a named error."""

from __future__ import annotations

from pathlib import Path

import pytest
from asn1crypto import keys, pem

from signing.cms.enveloped_data import envelop, open_envelope
from signing.cms.signed_data import sign_detached, verify_detached
from signing.errors import CertificateInvalid, KeyFileInvalid, WrongPin
from signing.gm import der, sm2
from signing.providers.software import FileDecrypter, FileSigner, open_decrypter, open_signer
from signing.x509 import key_files, oids
from signing.x509.key_files import ITERATIONS, dump_plain_private_key, dump_private_key, load_private_key
from tests.pki import SIGNED_AT, TEST_ITERATIONS, Pki, shared_pki

PIN = "口令-123".encode()


@pytest.fixture(scope="module")
def pki() -> Pki:
    return shared_pki()


@pytest.mark.parametrize("cipher", ["aes-256-cbc", "sm4-cbc"])
def test_encrypted_key_is_read_back_with_its_pin_only(cipher: str) -> None:
    private = sm2.generate_key()
    stored = dump_private_key(private, PIN, iterations=TEST_ITERATIONS, cipher=cipher)  # type: ignore[arg-type]
    assert load_private_key(stored, PIN) == private
    for wrong in (b"other", b"", None):
        with pytest.raises(WrongPin):
            load_private_key(stored, wrong)


def test_many_wrong_pins_never_give_a_key() -> None:
    stored = dump_private_key(sm2.generate_key(), PIN, iterations=1)
    for number in range(600):  # about two of them meet a valid padding by chance
        with pytest.raises(WrongPin):
            load_private_key(stored, str(number).encode())


def test_new_files_use_at_least_600_000_iterations() -> None:
    stored = dump_private_key(sm2.generate_key(), PIN)
    loaded = keys.EncryptedPrivateKeyInfo.load(pem.unarmor(stored)[2])
    kdf = loaded["encryption_algorithm"]["parameters"]["key_derivation_func"]
    assert kdf["parameters"]["iteration_count"].native == ITERATIONS >= 600_000
    assert kdf["parameters"]["prf"]["algorithm"].native == "sha256"


def test_two_files_of_one_key_differ() -> None:
    private = sm2.generate_key()
    assert dump_private_key(private, PIN, iterations=1) != dump_private_key(private, PIN, iterations=1)


def test_hmac_sm3_files_as_gmssl_writes_them_are_read() -> None:
    private = sm2.generate_key()
    scheme = key_files._Scheme(oids.SM4_CBC, oids.HMAC_SM3, b"salt8888", 65536, bytes(16))
    encrypted = key_files._encrypt(scheme, PIN, key_files._private_key_info(private))
    stored = pem.armor("ENCRYPTED PRIVATE KEY", der.sequence(key_files._encode_scheme(scheme), der.octets(encrypted)))
    assert load_private_key(stored, PIN) == private
    with pytest.raises(WrongPin):
        load_private_key(stored, b"other")


def test_plain_key_is_read_back() -> None:
    private = sm2.generate_key()
    assert load_private_key(dump_plain_private_key(private), None) == private


def info(private: bytes, public: bytes | None, curve: str = oids.SM2_CURVE) -> bytes:
    members = [der.integer(1), der.octets(private)]
    if public is not None:
        members.append(der.encode(0xA1, der.encode(der.BIT_STRING, b"\x00", public)))
    algorithm = der.sequence(der.oid(oids.EC_PUBLIC_KEY), der.oid(curve))
    return bytes(pem.armor("PRIVATE KEY", der.sequence(der.integer(0), algorithm, der.octets(der.sequence(*members)))))


def test_public_key_that_does_not_belong_is_refused() -> None:
    one, other = sm2.generate_key(), sm2.generate_key()
    assert load_private_key(info(one.d, None), None) == one
    assert load_private_key(info(one.d, one.public.raw), None) == one
    for public in (other.public.raw, b"\x04" + bytes(64), b""):
        with pytest.raises(KeyFileInvalid):
            load_private_key(info(one.d, public), None)


def test_keys_of_another_kind_range_or_form_are_refused() -> None:
    private = sm2.generate_key()
    for stored in (
        info(private.d, None, curve="1.2.840.10045.3.1.7"),
        info(bytes(32), None),
        info(b"\xff" * 32, None),
        info(private.d[:31], None),
        b"",
        b"-----BEGIN EC PRIVATE KEY-----\nMAA=\n-----END EC PRIVATE KEY-----\n",
        b"-----BEGIN PRIVATE KEY-----\nMAA=\n-----END PRIVATE KEY-----\n",
        b"-----BEGIN ENCRYPTED PRIVATE KEY-----\nMAA=\n-----END ENCRYPTED PRIVATE KEY-----\n",
        b"x" * 100_000,
    ):
        with pytest.raises(KeyFileInvalid):
            load_private_key(stored, b"x")


def test_iteration_count_that_would_stop_the_program_is_refused() -> None:
    scheme = key_files._Scheme(oids.AES_256_CBC, oids.HMAC_SHA256, b"salt", 2**31, bytes(16))
    stored = pem.armor("ENCRYPTED PRIVATE KEY", der.sequence(key_files._encode_scheme(scheme), der.octets(bytes(16))))
    with pytest.raises(KeyFileInvalid):
        load_private_key(stored, b"x")


def test_files_of_a_party_open_as_signer_and_decrypter(pki: Pki, tmp_path: Path) -> None:
    party = pki.party("某公司")
    party.write_files(tmp_path, b"pin")
    signer = open_signer(tmp_path / "sign.pem", tmp_path / "sign.key", b"pin")
    decrypter = open_decrypter(tmp_path / "encrypt.pem", tmp_path / "encrypt.key", b"pin")
    assert signer.chain() == (pki.institution.certificate,)
    verify_detached(sign_detached(b"text", signer, signed_at=SIGNED_AT), b"text")
    assert open_envelope(envelop(b"secret", [party.encrypt_certificate]), decrypter) == b"secret"


def test_root_in_the_certificate_file_stays_out_of_the_chain(pki: Pki, tmp_path: Path) -> None:
    party = pki.party("某公司")
    party.write_files(tmp_path, None)
    with (tmp_path / "sign.pem").open("ab") as file:
        file.write(pki.root_pem)
    assert open_signer(tmp_path / "sign.pem", tmp_path / "sign.key", None).chain() == (pki.institution.certificate,)


def test_wrong_pin_names_the_file(pki: Pki, tmp_path: Path) -> None:
    pki.party("某公司").write_files(tmp_path, b"pin")
    with pytest.raises(WrongPin) as caught:
        open_signer(tmp_path / "sign.pem", tmp_path / "sign.key", b"other")
    assert caught.value.params == {"name": "sign.key"}


def test_key_of_another_certificate_is_refused(pki: Pki, tmp_path: Path) -> None:
    party = pki.party("某公司")
    party.write_files(tmp_path, None)
    with pytest.raises(KeyFileInvalid):
        open_signer(tmp_path / "sign.pem", tmp_path / "encrypt.key", None)
    with pytest.raises(KeyFileInvalid):
        FileSigner(sm2.generate_key(), party.signer.certificate())
    with pytest.raises(KeyFileInvalid):
        FileDecrypter(sm2.generate_key(), party.decrypter.certificate())


def test_certificate_of_the_other_use_is_refused(pki: Pki) -> None:
    party = pki.party("某公司")
    with pytest.raises(CertificateInvalid):
        FileSigner(party.decrypter.private, party.decrypter.certificate())
    with pytest.raises(CertificateInvalid):
        FileDecrypter(party.signer.private, party.signer.certificate())


def test_private_key_is_not_shown(pki: Pki) -> None:
    party = pki.party("某公司")
    shown = repr(party.signer) + repr(party.decrypter)
    assert "private" not in shown

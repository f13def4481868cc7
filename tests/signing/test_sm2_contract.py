"""One suite for every SM2 backend: known answers, negative corpus, round trips."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from signing.errors import DecryptionFailed, KeyFileInvalid, SelfTestFailed, SignatureInvalid
from signing.gm import self_test, sm2
from signing.gm.curve import GX, N
from signing.gm.sm2_backend import BackendFailed
from signing.gm.sm2_choice import BACKENDS, FORCED_BY, check_backend, chosen_backend
from tests.vectors.sm2 import make_vectors

VECTORS = Path(__file__).parent.parent / "vectors" / "sm2"
SIGNATURES = json.loads((VECTORS / "signatures.json").read_text("utf-8"))
CIPHERTEXTS = json.loads((VECTORS / "ciphertexts.json").read_text("utf-8"))


def names(vectors: list[dict[str, str]]) -> list[str]:
    return [row["name"] for row in vectors]


@pytest.fixture(params=list(BACKENDS), scope="module")
def backend(request: pytest.FixtureRequest) -> Iterator[str]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(FORCED_BY, request.param)
        chosen_backend.cache_clear()
        try:
            chosen_backend()
        except SelfTestFailed as error:
            if error.params["test"] == "load":
                pytest.skip(f"{request.param} cannot be loaded on this machine")
            raise
        yield request.param
        chosen_backend.cache_clear()


@pytest.mark.parametrize("name", ["signatures.json", "ciphertexts.json"])
def test_vectors_are_made_by_textbook_arithmetic_alone(name: str) -> None:
    assert make_vectors.files()[name] == (VECTORS / name).read_text("utf-8")


def test_self_test_names_backend_and_counts_tests(backend: str) -> None:
    result = self_test.run()
    assert result.backend == backend == sm2.backend_name()
    assert result.tests == 12


@pytest.mark.parametrize("row", SIGNATURES["vectors"], ids=names(SIGNATURES["vectors"]))
def test_signature_vector_is_judged_as_expected(backend: str, row: dict[str, str]) -> None:
    public = sm2.PublicKey.from_raw(bytes.fromhex(SIGNATURES["public"]))
    message, signature = bytes.fromhex(SIGNATURES["message"]), bytes.fromhex(row["signature"])
    if row["expect"] == "valid":
        sm2.verify(public, message, signature)
        return
    with pytest.raises(SignatureInvalid):
        sm2.verify(public, message, signature)


@pytest.mark.parametrize("row", CIPHERTEXTS["vectors"], ids=names(CIPHERTEXTS["vectors"]))
def test_ciphertext_vector_is_judged_as_expected(backend: str, row: dict[str, str]) -> None:
    private = sm2.PrivateKey(bytes.fromhex(CIPHERTEXTS["private"]))
    ciphertext = bytes.fromhex(row["ciphertext"])
    if row["expect"] == "valid":
        assert sm2.decrypt(private, ciphertext) == bytes.fromhex(row["plaintext"])
        return
    with pytest.raises(DecryptionFailed):
        sm2.decrypt(private, ciphertext)


def test_signature_of_another_identity_message_or_key_is_refused(backend: str) -> None:
    key, other = sm2.generate_key(), sm2.generate_key()
    signature = sm2.sign(key, b"text")
    sm2.verify(key.public, b"text", signature)
    with pytest.raises(SignatureInvalid):
        sm2.verify(key.public, b"text", signature, signer_id=b"ALICE123@YAHOO.COM")
    with pytest.raises(SignatureInvalid):
        sm2.verify(key.public, b"texT", signature)
    with pytest.raises(SignatureInvalid):
        sm2.verify(other.public, b"text", signature)


def test_two_signatures_of_one_message_differ(backend: str) -> None:
    key = sm2.generate_key()
    assert sm2.sign(key, b"text") != sm2.sign(key, b"text")


@pytest.mark.parametrize("plaintext", [b"\x00", b"\xff", bytes(16), bytes(255)], ids=["zero", "ff", "16", "255"])
def test_what_was_encrypted_decrypts(backend: str, plaintext: bytes) -> None:
    key = sm2.generate_key()
    assert sm2.decrypt(key, sm2.encrypt(key.public, plaintext)) == plaintext


@pytest.mark.parametrize("size", [0, 256])
def test_plaintext_out_of_range_is_refused(backend: str, size: int) -> None:
    with pytest.raises(ValueError, match="1 to 255"):
        sm2.encrypt(sm2.generate_key().public, bytes(size))


def test_wrong_key_does_not_decrypt(backend: str) -> None:
    ciphertext = sm2.encrypt(sm2.generate_key().public, b"sixteen bytes ok")
    with pytest.raises(DecryptionFailed):
        sm2.decrypt(sm2.generate_key(), ciphertext)


@pytest.mark.parametrize("number", [0, N - 1, N, 2**256 - 1])
def test_private_key_out_of_range_is_refused(backend: str, number: int) -> None:
    with pytest.raises(KeyFileInvalid):
        sm2.PrivateKey(number.to_bytes(32, "big"))


def test_extreme_private_keys_work(backend: str) -> None:
    for number in (1, N - 2):
        key = sm2.PrivateKey(number.to_bytes(32, "big"))
        sm2.verify(key.public, b"text", sm2.sign(key, b"text"))
    assert sm2.PrivateKey((1).to_bytes(32, "big")).public.raw[1:33] == GX.to_bytes(32, "big")


def test_a_backend_refuses_a_key_pair_that_does_not_match(backend: str) -> None:
    """What our front adds to a library that would sign with any public key in Z."""
    key, other = sm2.generate_key(), sm2.generate_key()
    try:
        r, s = chosen_backend().sign(key.d, other.public.raw, b"text", sm2.DEFAULT_ID)
    except BackendFailed:
        return
    assert not chosen_backend().verify(other.public.raw, b"text", (r, s), sm2.DEFAULT_ID)


def test_sign_verifies_its_own_signature(backend: str, monkeypatch: pytest.MonkeyPatch) -> None:
    key = sm2.generate_key()
    monkeypatch.setattr(type(chosen_backend()), "sign", lambda *_: (1, 2))
    with pytest.raises(SignatureInvalid):
        sm2.sign(key, b"text")


def test_known_answer_test_notices_a_backend_without_integrity_check(
    backend: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(chosen_backend()), "decrypt", lambda *_: b"encryption standard")
    with pytest.raises(SelfTestFailed) as caught:
        check_backend(chosen_backend())
    assert caught.value.params == {"provider": backend, "test": "sm2 refuse changed C2"}

"""SM3 and SM4 against the worked examples of their standards, and the derived functions against a second maker."""

from __future__ import annotations

import hashlib
import hmac
import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import SM4
from cryptography.hazmat.primitives.ciphers.modes import ECB
from hypothesis import given
from hypothesis import strategies as st

from signing.errors import DecryptionFailed
from signing.gm import sm4
from signing.gm.sm3 import Sm3, hkdf_sm3, hmac_sm3, sm3

VECTORS = Path(__file__).parent.parent / "vectors"
SM3_VECTORS = json.loads((VECTORS / "sm3" / "vectors.json").read_text("utf-8"))["vectors"]
SM4_VECTORS = json.loads((VECTORS / "sm4" / "vectors.json").read_text("utf-8"))
KEY, IV, NONCE = bytes(range(16)), bytes(16), bytes(12)


def from_hex(group: str) -> dict[str, bytes]:
    return {name: bytes.fromhex(text) for name, text in SM4_VECTORS[group].items() if name != "source"}


@pytest.mark.parametrize("row", SM3_VECTORS, ids=[row["name"] for row in SM3_VECTORS])
def test_sm3_gives_the_digest_of_the_standard(row: dict[str, str]) -> None:
    assert sm3(bytes.fromhex(row["message"])).hex() == row["digest"]


@given(st.lists(st.binary(max_size=200), max_size=8))
def test_sm3_in_pieces_equals_sm3_at_once(pieces: list[bytes]) -> None:
    state = Sm3()
    for piece in pieces:
        state.update(piece)
    copy = state.copy()
    assert state.digest() == copy.digest() == sm3(b"".join(pieces)) == hashlib.new("sm3", b"".join(pieces)).digest()
    copy.update(b"x")
    assert state.digest() != copy.digest()


@given(st.binary(max_size=100), st.binary(max_size=100))
def test_hmac_sm3_equals_the_standard_library(key: bytes, data: bytes) -> None:
    assert hmac_sm3(key, data) == hmac.new(key, data, lambda value=b"": hashlib.new("sm3", value)).digest()


def test_hkdf_sm3_follows_rfc_5869() -> None:
    pseudo_random = hmac_sm3(b"salt", b"key")
    first = hmac_sm3(pseudo_random, b"info\x01")
    second = hmac_sm3(pseudo_random, first + b"info\x02")
    assert hkdf_sm3(b"key", salt=b"salt", info=b"info", length=50) == (first + second)[:50]


def test_sm4_gives_the_block_of_the_standard() -> None:
    row = from_hex("block")
    assert sm4.cbc_encrypt(row["key"], IV, row["plaintext"])[:16] == row["ciphertext"]


def test_sm4_a_million_times_gives_the_block_of_the_standard() -> None:
    row = from_hex("million")
    update, block = Cipher(SM4(row["key"]), ECB()).encryptor().update, row["plaintext"]
    for _ in range(1_000_000):
        block = update(block)
    assert block == row["ciphertext"]


def test_sm4_gcm_gives_the_result_of_rfc_8998() -> None:
    row = from_hex("gcm")
    sealed = sm4.gcm_encrypt(row["key"], row["nonce"], row["plaintext"], row["aad"])
    assert sealed == row["ciphertext"] + row["tag"]
    assert sm4.gcm_decrypt(row["key"], row["nonce"], sealed, row["aad"]) == row["plaintext"]


@given(st.binary(max_size=100), st.binary(max_size=40), st.integers(min_value=0), st.integers(0, 7))
def test_gcm_refuses_every_flipped_bit(plaintext: bytes, aad: bytes, place: int, bit: int) -> None:
    sealed = bytearray(sm4.gcm_encrypt(KEY, NONCE, plaintext, aad))
    sealed[place % len(sealed)] ^= 1 << bit
    with pytest.raises(DecryptionFailed):
        sm4.gcm_decrypt(KEY, NONCE, bytes(sealed), aad)


def test_gcm_refuses_other_associated_data_nonce_and_short_tag() -> None:
    sealed = sm4.gcm_encrypt(KEY, NONCE, b"text", b"aad")
    for nonce, body, aad in ((NONCE, sealed, b"aaD"), (b"x" * 12, sealed, b"aad"), (NONCE, sealed[:-1], b"aad")):
        with pytest.raises(DecryptionFailed):
            sm4.gcm_decrypt(KEY, nonce, body, aad)
    with pytest.raises(DecryptionFailed):
        sm4.gcm_decrypt(KEY, b"x" * 11, sealed, b"aad")
    with pytest.raises(ValueError, match="nonce"):
        sm4.gcm_encrypt(KEY, b"x" * 16, b"text", b"aad")


@given(st.binary(max_size=100))
def test_cbc_decrypts_what_it_encrypted(plaintext: bytes) -> None:
    assert sm4.cbc_decrypt(KEY, IV, sm4.cbc_encrypt(KEY, IV, plaintext)) == plaintext


def test_cbc_refuses_bad_padding_and_length() -> None:
    no_padding = Cipher(SM4(KEY), ECB()).encryptor().update(bytes(16))
    for iv, ciphertext in ((IV, no_padding), (IV, b""), (IV, bytes(17)), (bytes(15), bytes(16))):
        with pytest.raises(DecryptionFailed):
            sm4.cbc_decrypt(KEY, iv, ciphertext)

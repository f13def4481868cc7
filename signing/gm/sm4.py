"""SM4 in the two modes our formats use: CBC with PKCS#7 (key wraps) and GCM with a 16-byte tag (content).

Source: GB/T 32907-2016, GB/T 17964-2021, RFC 8998.
"""

from __future__ import annotations

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import SM4
from cryptography.hazmat.primitives.ciphers.modes import CBC, GCM
from cryptography.hazmat.primitives.padding import PKCS7

from signing.errors import DecryptionFailed

KEY_BYTES = 16
BLOCK_BYTES = 16
NONCE_BYTES = 12
TAG_BYTES = 16


def cbc_encrypt(key: bytes, iv: bytes, plaintext: bytes) -> bytes:
    """CBC with PKCS#7 padding; ``iv`` is 16 random bytes, never used twice with this key."""
    padder = PKCS7(BLOCK_BYTES * 8).padder()
    padded = padder.update(plaintext) + padder.finalize()
    encryptor = Cipher(SM4(key), CBC(iv)).encryptor()
    return encryptor.update(padded) + encryptor.finalize()


def cbc_decrypt(key: bytes, iv: bytes, ciphertext: bytes) -> bytes:
    """The plaintext; raises :class:`DecryptionFailed` on a bad length or padding.

    CBC proves nothing about who wrote the ciphertext: callers compare a commitment or a signature as well.
    """
    if len(iv) != BLOCK_BYTES or not ciphertext or len(ciphertext) % BLOCK_BYTES:
        raise DecryptionFailed(reason="length")
    decryptor = Cipher(SM4(key), CBC(iv)).decryptor()
    padded = decryptor.update(ciphertext) + decryptor.finalize()
    unpadder = PKCS7(BLOCK_BYTES * 8).unpadder()
    try:
        return unpadder.update(padded) + unpadder.finalize()
    except ValueError:
        raise DecryptionFailed(reason="wrong_key_or_changed") from None


def gcm_encrypt(key: bytes, nonce: bytes, plaintext: bytes | memoryview, aad: bytes) -> bytes:
    """Ciphertext followed by its 16-byte tag; ``nonce`` is 12 bytes and never used twice with this key."""
    if len(nonce) != NONCE_BYTES:
        raise ValueError("nonce must be 12 bytes")
    encryptor = Cipher(SM4(key), GCM(nonce)).encryptor()
    encryptor.authenticate_additional_data(aad)
    return encryptor.update(plaintext) + encryptor.finalize() + encryptor.tag


def gcm_decrypt(key: bytes, nonce: bytes, ciphertext: bytes | memoryview, aad: bytes) -> bytes:
    """The plaintext, only after the tag was verified; raises :class:`DecryptionFailed` otherwise."""
    if len(nonce) != NONCE_BYTES or len(ciphertext) < TAG_BYTES:
        raise DecryptionFailed(reason="length")
    body, tag = ciphertext[:-TAG_BYTES], bytes(ciphertext[-TAG_BYTES:])
    decryptor = Cipher(SM4(key), GCM(nonce, tag)).decryptor()
    decryptor.authenticate_additional_data(aad)
    plaintext = decryptor.update(body)
    try:
        return plaintext + decryptor.finalize()
    except InvalidTag:
        raise DecryptionFailed(reason="wrong_key_or_changed") from None

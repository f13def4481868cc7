"""Private keys at rest: PKCS#8, encrypted with PBES2, in the form OpenSSL reads and writes.

Source: RFC 5208, RFC 8018, RFC 5915. Written: PBKDF2 with HMAC-SHA256. Read also: HMAC-SM3, as GmSSL writes it.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from asn1crypto import pem
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC
from cryptography.hazmat.primitives.padding import PKCS7

from signing.errors import CertificateInvalid, DecryptionFailed, KeyFileInvalid, WrongPin
from signing.gm import der, sm2, sm4
from signing.gm.der import BIT_STRING, INTEGER, NULL, OCTET_STRING, NotDer, Reader, read_one
from signing.x509 import oids
from signing.x509.limits import KDF_ITERATIONS, KEY_FILE_BYTES

ITERATIONS = 600_000  # of PBKDF2 for a new file
SALT_BYTES = 16
ENCRYPTED, PLAIN = "ENCRYPTED PRIVATE KEY", "PRIVATE KEY"
CURVE_TAG, PUBLIC_TAG, ATTRIBUTES_TAG = 0xA0, 0xA1, 0xA0
KEY_LENGTHS: Mapping[str, int] = MappingProxyType({oids.AES_256_CBC: 32, oids.SM4_CBC: 16})
CIPHERS: Mapping[str, str] = MappingProxyType({"aes-256-cbc": oids.AES_256_CBC, "sm4-cbc": oids.SM4_CBC})


@dataclass(frozen=True, slots=True)
class _Scheme:
    """PBES2 parameters of one file."""

    cipher: str
    prf: str
    salt: bytes
    iterations: int
    iv: bytes


def new_key() -> sm2.PrivateKey:
    """A fresh SM2 key, to be written by :func:`dump_private_key` and certified by :mod:`signing.x509.issue`."""
    return sm2.generate_key()


def dump_private_key(
    private: sm2.PrivateKey,
    password: bytes,
    *,
    iterations: int = ITERATIONS,
    cipher: Literal["aes-256-cbc", "sm4-cbc"] = "aes-256-cbc",
) -> bytes:
    """Encrypted PKCS#8 as PEM. Fewer than the default iterations are for tests and the demo only."""
    salt, iv = secrets.token_bytes(SALT_BYTES), secrets.token_bytes(sm4.BLOCK_BYTES)
    scheme = _Scheme(CIPHERS[cipher], oids.HMAC_SHA256, salt, iterations, iv)
    encrypted = _encrypt(scheme, password, _private_key_info(private))
    return bytes(pem.armor(ENCRYPTED, der.sequence(_encode_scheme(scheme), der.octets(encrypted))))


def dump_plain_private_key(private: sm2.PrivateKey) -> bytes:
    """Unencrypted PKCS#8 as PEM, for tests and for pipes into a protected store."""
    return bytes(pem.armor(PLAIN, _private_key_info(private)))


def load_private_key(untrusted_pem: bytes, password: bytes | None) -> sm2.PrivateKey:
    """The SM2 key of a PKCS#8 PEM file, encrypted or plain.

    Raises :class:`WrongPin` when an encrypted file does not open with this password (or lacks one), and
    :class:`KeyFileInvalid` for a damaged file, another kind of key, or a public key that does not belong.
    """
    if len(untrusted_pem) > KEY_FILE_BYTES:
        raise KeyFileInvalid(reason="too_large")
    try:
        kind, _, encoded = pem.unarmor(untrusted_pem)
    except ValueError as error:
        raise KeyFileInvalid(reason="not_pem") from error
    try:
        if kind == PLAIN:
            return _read_private_key_info(encoded)
        if kind != ENCRYPTED:
            raise KeyFileInvalid(reason="not_pkcs8")
        return _open(encoded, password)
    except NotDer as error:
        raise KeyFileInvalid(reason="not_der", detail=error) from error


def _open(encoded: bytes, password: bytes | None) -> sm2.PrivateKey:
    outer = read_one(encoded)
    scheme, encrypted = _read_scheme(outer.inside()), outer.octets()
    outer.end()
    if password is None:
        raise WrongPin(name="")
    try:
        return _read_private_key_info(_decrypt(scheme, password, encrypted))
    except (DecryptionFailed, NotDer):  # a wrong password shows as bad padding, or, once in 256, as no DER
        raise WrongPin(name="") from None


def _private_key_info(private: sm2.PrivateKey) -> bytes:
    public = der.encode(PUBLIC_TAG, der.encode(BIT_STRING, b"\x00", private.public.raw))
    key = der.sequence(der.integer(1), der.octets(private.d), public)
    algorithm = der.sequence(der.oid(oids.EC_PUBLIC_KEY), der.oid(oids.SM2_CURVE))
    return der.sequence(der.integer(0), algorithm, der.octets(key))


def _read_private_key_info(encoded: bytes) -> sm2.PrivateKey:
    info = read_one(encoded)
    if info.integer() != 0:
        raise NotDer("version")
    algorithm = info.inside()
    kind = algorithm.oid()
    on_curve = kind == oids.SM2_CURVE or (kind == oids.EC_PUBLIC_KEY and algorithm.oid() == oids.SM2_CURVE)
    if not on_curve:
        raise KeyFileInvalid(reason="not_sm2_key")
    key = read_one(info.octets())
    if key.integer() != 1:
        raise NotDer("key version")
    private = sm2.PrivateKey(key.octets())
    if key.peek() == CURVE_TAG and key.inside(CURVE_TAG).oid() != oids.SM2_CURVE:
        raise KeyFileInvalid(reason="not_sm2_key")
    if key.peek() == PUBLIC_TAG:
        _check_public_key(key.inside(PUBLIC_TAG).value(BIT_STRING).content[1:], private)
    key.end()
    return private


def _check_public_key(untrusted_raw: bytes, private: sm2.PrivateKey) -> None:
    try:
        found = sm2.PublicKey.from_raw(untrusted_raw)
    except CertificateInvalid as error:
        raise KeyFileInvalid(reason="public_key_form") from error
    if found != private.public:
        raise KeyFileInvalid(reason="key_pair_mismatch")


def _encode_scheme(scheme: _Scheme) -> bytes:
    prf = der.sequence(der.oid(scheme.prf), der.encode(NULL))
    parameters = der.sequence(der.octets(scheme.salt), der.integer(scheme.iterations), prf)
    kdf = der.sequence(der.oid(oids.PBKDF2), parameters)
    cipher = der.sequence(der.oid(scheme.cipher), der.octets(scheme.iv))
    return der.sequence(der.oid(oids.PBES2), der.sequence(kdf, cipher))


def _read_scheme(algorithm: Reader) -> _Scheme:
    if algorithm.oid() != oids.PBES2:
        raise KeyFileInvalid(reason="key_file_algorithm")
    both = algorithm.inside()
    kdf, cipher = both.inside(), both.inside()
    if kdf.oid() != oids.PBKDF2:
        raise KeyFileInvalid(reason="key_file_algorithm")
    parameters = kdf.inside()
    salt, iterations = parameters.value(OCTET_STRING).content, parameters.integer()
    name, iv = cipher.oid(), cipher.octets()
    if parameters.peek() == INTEGER and parameters.integer() != KEY_LENGTHS.get(name):
        raise KeyFileInvalid(reason="key_file_algorithm")
    prf = parameters.inside().oid() if parameters.more() else ""
    if name not in KEY_LENGTHS or prf not in {oids.HMAC_SHA256, oids.HMAC_SM3}:
        raise KeyFileInvalid(reason="key_file_algorithm")
    if not 1 <= iterations <= KDF_ITERATIONS or len(iv) != sm4.BLOCK_BYTES:
        raise KeyFileInvalid(reason="key_file_algorithm")
    return _Scheme(name, prf, salt, iterations, iv)


def _derive(scheme: _Scheme, password: bytes) -> bytes:
    algorithm = hashes.SM3() if scheme.prf == oids.HMAC_SM3 else hashes.SHA256()
    length = KEY_LENGTHS[scheme.cipher]
    return PBKDF2HMAC(algorithm, length, scheme.salt, scheme.iterations).derive(password)


def _encrypt(scheme: _Scheme, password: bytes, plaintext: bytes) -> bytes:
    key = _derive(scheme, password)
    if scheme.cipher == oids.SM4_CBC:
        return sm4.cbc_encrypt(key, scheme.iv, plaintext)
    padder = PKCS7(sm4.BLOCK_BYTES * 8).padder()
    encryptor = Cipher(AES(key), CBC(scheme.iv)).encryptor()
    return encryptor.update(padder.update(plaintext) + padder.finalize()) + encryptor.finalize()


def _decrypt(scheme: _Scheme, password: bytes, ciphertext: bytes) -> bytes:
    key = _derive(scheme, password)
    if scheme.cipher == oids.SM4_CBC:
        return sm4.cbc_decrypt(key, scheme.iv, ciphertext)
    if not ciphertext or len(ciphertext) % sm4.BLOCK_BYTES:
        raise NotDer("length of the encrypted key")
    decryptor = Cipher(AES(key), CBC(scheme.iv)).decryptor()
    unpadder = PKCS7(sm4.BLOCK_BYTES * 8).unpadder()
    padded = decryptor.update(ciphertext) + decryptor.finalize()
    try:
        return unpadder.update(padded) + unpadder.finalize()
    except ValueError:
        raise DecryptionFailed(reason="wrong_key_or_changed") from None

"""SM2 by gmssl-pyx (GmSSL in C): the backend where no libcrypto 3 is installed, as on many Windows machines.

GmSSL prints its own traces to standard error whenever a check fails, also on an ordinary bad signature; that noise
cannot be switched off by this library without redirecting the whole process's file descriptor 2, which we do not do.
It holds the interpreter lock while it works. It has no way to derive a public key: that one step comes from gmalg.
"""

from __future__ import annotations

from signing.gm import sm2_der
from signing.gm.sm2_backend import BackendFailed, Cipher, signed_digest
from signing.gm.sm2_gmalg import Gmalg

try:
    import gmssl_pyx
except ImportError:  # no wheel for this platform
    gmssl_pyx = None


class GmsslPyx:
    """The backend over the extension module."""

    name = "gmssl_pyx"

    def __init__(self) -> None:
        if gmssl_pyx is None:
            raise BackendFailed("gmssl_pyx is not installed")
        self._points = Gmalg()

    def generate(self) -> bytes:
        """A key from GmSSL's generator, which reads the system's random source."""
        _, private = gmssl_pyx.sm2_key_generate()
        return bytes(private)

    def public_of(self, private: bytes) -> bytes:
        """d·G by gmalg."""
        return self._points.public_of(private)

    def sign(self, private: bytes, public: bytes, message: bytes, signer_id: bytes) -> tuple[int, int]:
        """Signs the digest that covers Z."""
        digest = signed_digest(public, message, signer_id)
        try:
            return sm2_der.decode_signature(bytes(gmssl_pyx.sm2_sign_sm3_digest(private, digest)))
        except gmssl_pyx.GmsslInnerError as error:
            raise BackendFailed("sm2_sign") from error

    def verify(self, public: bytes, message: bytes, signature: tuple[int, int], signer_id: bytes) -> bool:
        """Verifies the digest that covers Z."""
        digest = signed_digest(public, message, signer_id)
        try:
            found = gmssl_pyx.sm2_verify_sm3_digest(public[1:], digest, sm2_der.encode_signature(*signature))
        except gmssl_pyx.GmsslInnerError:
            return False
        return found is True

    def encrypt(self, public: bytes, plaintext: bytes) -> Cipher:
        """SM2 encryption."""
        try:
            return sm2_der.decode_cipher(bytes(gmssl_pyx.sm2_encrypt(public[1:], plaintext)))
        except gmssl_pyx.GmsslInnerError as error:
            raise BackendFailed("sm2_encrypt") from error

    def decrypt(self, private: bytes, cipher: Cipher) -> bytes:
        """SM2 decryption; GmSSL compares C3."""
        try:
            return bytes(gmssl_pyx.sm2_decrypt(private, sm2_der.encode_cipher(cipher)))
        except gmssl_pyx.GmsslInnerError as error:
            raise BackendFailed("sm2_decrypt") from error

"""Short-lived SM2 keys that sign the small acts of one session, certified by a sign-in event."""

from __future__ import annotations

from dataclasses import dataclass, field

from signing.errors import CertificateInvalid, SignatureInvalid
from signing.gm import sm2


@dataclass(frozen=True, slots=True)
class SessionKey:
    """A key pair that lives in memory only and dies with the session."""

    _private: sm2.PrivateKey = field(repr=False)

    @classmethod
    def generate(cls) -> SessionKey:
        """A fresh key."""
        return cls(sm2.generate_key())

    @property
    def public_raw(self) -> bytes:
        """65 bytes 04‖x‖y."""
        return self._private.public.raw

    def sign(self, message: bytes) -> bytes:
        """Strict DER SEQUENCE(r, s) over SM3(Z ‖ message), verified before it is returned."""
        return sm2.sign(self._private, message)


def verify_raw(public_raw: bytes, message: bytes, signature: bytes) -> None:
    """Raises :class:`SignatureInvalid` unless ``signature`` was made over ``message`` by this key."""
    try:
        public = sm2.PublicKey.from_raw(public_raw)
    except CertificateInvalid as error:
        raise SignatureInvalid(reason="session_key") from error
    sm2.verify(public, message, signature)

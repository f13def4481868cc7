"""Where keys come from: files today, tokens later. Jobs never see a private key."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from signing.api import Decrypter, Signer


@dataclass(frozen=True, slots=True)
class KeySource:
    """Names a key: its certificate file (leaf first, then the chain), its key file, and where the PIN stands.

    Without ``pin_file`` the PIN comes from the environment variable ``TENDERBOX_PIN`` or is asked for.
    """

    certificate: Path
    key: Path
    pin_file: Path | None = None


class KeyProvider(Protocol):
    """Opens keys."""

    def signer(self, source: KeySource) -> Signer:
        """A signing key; raises WrongPin, KeyFileInvalid, CertificateInvalid or FileMissing."""

    def decrypter(self, source: KeySource) -> Decrypter:
        """A decryption key; raises like :meth:`signer`."""

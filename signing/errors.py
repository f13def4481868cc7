"""The root of the error tree and what the signing rooms raise.

Every error a person can meet has a stable code (the key of its sentence in the message catalogue), a stable exit code
and named parameters; the sentence itself is not here. Assessments meant to be read are values
(:mod:`signing.validation`), not errors.
"""

from __future__ import annotations

from typing import ClassVar


class CodedError(Exception):
    """An error with a stable code, an exit code and parameters for its sentence.

    Parameters are short plain strings that may be shown and logged: never keys, PINs or prices before opening.
    """

    code: ClassVar[str]
    exit_code: ClassVar[int]

    def __init__(self, **params: object) -> None:
        self.params: dict[str, str] = {name: str(value) for name, value in params.items()}
        super().__init__(self.code, self.params)


class SigningError(CodedError):
    """Any failure of the signing rooms."""

    code = "signing.failed"
    exit_code = 20


class SelfTestFailed(SigningError):
    """A cryptographic provider gave a wrong known answer, or none is usable. Params: provider, test."""

    code = "signing.self_test_failed"
    exit_code = 21


class SignatureInvalid(SigningError):
    """A signature does not belong to this content and key, or is not canonical. Params: reason."""

    code = "signing.signature_invalid"
    exit_code = 22


class CertificateInvalid(SigningError):
    """A certificate or revocation list cannot be parsed strictly or has the wrong role. Params: reason."""

    code = "signing.certificate_invalid"
    exit_code = 23


class MessageInvalid(SigningError):
    """A CMS message is not canonical or does not hold together. Params: reason."""

    code = "signing.message_invalid"
    exit_code = 24


class DecryptionFailed(SigningError):
    """A ciphertext, tag or wrap does not open with this key. Params: reason."""

    code = "signing.decryption_failed"
    exit_code = 25


class KeyFileInvalid(SigningError):
    """A key file is damaged or of an unknown kind. Params: reason."""

    code = "signing.key_file_invalid"
    exit_code = 26


class WrongPin(SigningError):
    """The PIN or pass phrase does not open the key. Never retried by itself. Params: name."""

    code = "signing.wrong_pin"
    exit_code = 27


class ContainerInvalid(SigningError):
    """A sealed container is not canonical, is damaged or was changed. Params: layer, reason."""

    code = "signing.container_invalid"
    exit_code = 28


class SharesInsufficient(SigningError):
    """The released shares do not satisfy the release policy. Params: have, need."""

    code = "signing.shares_insufficient"
    exit_code = 29


class ShareDisputed(SigningError):
    """A released share does not match its commitment in the signed header. Params: holder."""

    code = "signing.share_disputed"
    exit_code = 30


class TrustInvalid(SigningError):
    """A trust list cannot be read. Params: reason."""

    code = "signing.trust_invalid"
    exit_code = 31


class PdfUnfit(SigningError):
    """A PDF cannot take the closing signature. Params: reason. Exit code 32 is signing.canonical_json's."""

    code = "pdf.unfit"
    exit_code = 33

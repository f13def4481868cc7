"""The start-up self-test of the cryptography: known answers, counted and named."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from signing.errors import SelfTestFailed
from signing.gm import known_answers as known
from signing.gm import sm4
from signing.gm.sm2_choice import check_backend, chosen_backend
from signing.gm.sm3 import sm3


@dataclass(frozen=True, slots=True)
class SelfTestResult:
    """What passed: the SM2 library in use and the number of known-answer tests."""

    backend: str
    tests: int


def run() -> SelfTestResult:
    """Runs every known-answer test now; raises :class:`SelfTestFailed` naming provider and test."""
    count = 0
    for name, test in _symmetric_tests():
        if not test():
            raise SelfTestFailed(provider="cryptography", test=name)
        count += 1
    backend = chosen_backend()
    return SelfTestResult(backend.name, count + check_backend(backend))


def _symmetric_tests() -> Iterator[tuple[str, Callable[[], bool]]]:
    key, zero = known.SM4_KEY, bytes(sm4.BLOCK_BYTES)
    sealed = known.GCM_CIPHERTEXT
    yield "sm3", lambda: sm3(known.SM3_MESSAGE) == known.SM3_DIGEST
    yield "sm4 block", lambda: sm4.cbc_encrypt(key, zero, known.SM4_PLAINTEXT)[:16] == known.SM4_CIPHERTEXT
    yield "sm4 gcm", lambda: sm4.gcm_encrypt(key, known.GCM_NONCE, known.GCM_PLAINTEXT, known.GCM_AAD) == sealed
    yield "sm4 gcm open", lambda: sm4.gcm_decrypt(key, known.GCM_NONCE, sealed, known.GCM_AAD) == known.GCM_PLAINTEXT

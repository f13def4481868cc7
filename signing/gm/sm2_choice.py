"""Which SM2 backend runs in this process: the first that passes the known-answer tests."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from types import MappingProxyType

from signing.errors import SelfTestFailed
from signing.gm import known_answers as known
from signing.gm.sm2_backend import Backend, BackendFailed
from signing.gm.sm2_gmalg import Gmalg
from signing.gm.sm2_gmssl_pyx import GmsslPyx
from signing.gm.sm2_libcrypto import Libcrypto

FORCED_BY = "TENDERBOX_SM2_BACKEND"  # environment variable; for tests and fault finding
BACKENDS: Mapping[str, Callable[[], Backend]] = MappingProxyType(
    {"libcrypto": Libcrypto, "gmssl_pyx": GmsslPyx, "gmalg": Gmalg}
)


@cache
def chosen_backend() -> Backend:
    """The backend of this process, tested; raises :class:`SelfTestFailed` where none is fit.

    A backend that gives a wrong answer is never passed over in silence: only one that cannot be loaded is.
    """
    forced = os.environ.get(FORCED_BY)
    if forced is not None and forced not in BACKENDS:
        raise SelfTestFailed(provider=forced, test="unknown provider")
    for name in BACKENDS if forced is None else (forced,):
        try:
            backend = BACKENDS[name]()
        except BackendFailed:
            continue
        check_backend(backend)
        return backend
    raise SelfTestFailed(provider=forced or ", ".join(BACKENDS), test="load")


def check_backend(backend: Backend) -> int:
    """Runs every known-answer test, returns their number; raises :class:`SelfTestFailed` naming the first failure."""
    count = 0
    for name, test in _tests(backend):
        try:
            passed = test()
        except (BackendFailed, ValueError):
            passed = False
        if not passed:
            raise SelfTestFailed(provider=backend.name, test=name)
        count += 1
    return count


def _tests(backend: Backend) -> Iterator[tuple[str, Callable[[], bool]]]:
    private, public, text = known.SM2_PRIVATE, known.SM2_PUBLIC, known.SM2_MESSAGE
    yield "sm2 public key", lambda: backend.public_of(private) == public
    yield "sm2 verify", lambda: backend.verify(public, text, known.SM2_SIGNATURE, known.SM2_ID)
    yield "sm2 refuse other text", lambda: not backend.verify(public, b"other", known.SM2_SIGNATURE, known.SM2_ID)
    yield "sm2 refuse other identity", lambda: not backend.verify(public, text, known.SM2_SIGNATURE, b"other")
    yield "sm2 decrypt", lambda: backend.decrypt(private, known.SM2_CIPHER) == known.SM2_PLAINTEXT
    yield "sm2 refuse changed C2", lambda: _refuses_changed_cipher(backend)
    yield "sm2 sign and verify", lambda: _signs(backend)
    yield "sm2 encrypt and decrypt", lambda: _encrypts(backend)


def _refuses_changed_cipher(backend: Backend) -> bool:
    cipher = known.SM2_CIPHER
    changed = cipher._replace(masked=bytes((cipher.masked[0] ^ 1,)) + cipher.masked[1:])
    try:
        backend.decrypt(known.SM2_PRIVATE, changed)
    except BackendFailed:
        return True
    return False


def _signs(backend: Backend) -> bool:
    signature = backend.sign(known.SM2_PRIVATE, known.SM2_PUBLIC, known.SM2_MESSAGE, known.SM2_ID)
    return signature != known.SM2_SIGNATURE and backend.verify(
        known.SM2_PUBLIC, known.SM2_MESSAGE, signature, known.SM2_ID
    )


def _encrypts(backend: Backend) -> bool:
    cipher = backend.encrypt(known.SM2_PUBLIC, known.SM2_PLAINTEXT)
    return cipher != known.SM2_CIPHER and backend.decrypt(known.SM2_PRIVATE, cipher) == known.SM2_PLAINTEXT

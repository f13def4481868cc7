"""Which SM2 backend runs, that backends agree, and what stands before all of them."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import product

import pytest

from signing.errors import CertificateInvalid, SelfTestFailed
from signing.gm import sm2
from signing.gm.curve import GX, GY, P
from signing.gm.sm2_backend import BackendFailed
from signing.gm.sm2_choice import BACKENDS, FORCED_BY, chosen_backend


@pytest.fixture(autouse=True)
def _fresh_choice() -> Iterator[None]:
    chosen_backend.cache_clear()
    yield
    chosen_backend.cache_clear()


@pytest.mark.parametrize(
    "raw",
    [
        b"\x04" + GX.to_bytes(32, "big") + (GY ^ 1).to_bytes(32, "big"),
        b"\x04" + bytes(64),
        b"\x04" + P.to_bytes(32, "big") + GY.to_bytes(32, "big"),
        b"\x00",
        b"\x02" + GX.to_bytes(32, "big"),
        b"\x04" + GX.to_bytes(32, "big"),
        GX.to_bytes(32, "big") + GY.to_bytes(32, "big"),
    ],
    ids=["off curve", "zero", "x is p", "infinity", "compressed", "short", "without 04"],
)
def test_public_key_that_is_no_point_is_refused(raw: bytes) -> None:
    with pytest.raises(CertificateInvalid):
        sm2.PublicKey.from_raw(raw)


@pytest.mark.parametrize(("maker", "reader"), list(product(BACKENDS, BACKENDS)))
def test_backends_read_each_other(maker: str, reader: str) -> None:
    try:
        one, two = BACKENDS[maker](), BACKENDS[reader]()
    except BackendFailed as missing:
        pytest.skip(str(missing))
    private = one.generate()
    public = one.public_of(private)
    assert two.public_of(private) == public
    assert two.verify(public, b"text", one.sign(private, public, b"text", b"id"), b"id")
    assert two.decrypt(private, one.encrypt(public, b"a key of 16 byte")) == b"a key of 16 byte"


def test_many_threads_share_one_backend() -> None:
    key = sm2.generate_key()

    def work(number: int) -> bool:
        message = number.to_bytes(4, "big")
        sm2.verify(key.public, message, sm2.sign(key, message))
        return sm2.decrypt(key, sm2.encrypt(key.public, message)) == message

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(work, range(200)))


def test_unknown_forced_backend_stops_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(FORCED_BY, "gmssl")
    chosen_backend.cache_clear()
    with pytest.raises(SelfTestFailed):
        sm2.generate_key()
    chosen_backend.cache_clear()


def test_private_number_is_not_shown() -> None:
    key = sm2.generate_key()
    assert key.d.hex() not in repr(key)
    assert repr(key.d) not in repr(key)


def test_forbidden_library_is_not_installed() -> None:
    """`import gmssl` must not resolve: see docs/adr/0001-sm2-providers.md."""
    done = subprocess.run([sys.executable, "-c", "import gmssl"], capture_output=True, check=False)
    assert done.returncode != 0
    assert b"ModuleNotFoundError" in done.stderr


def test_one_of_the_backends_is_native() -> None:
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed")
    assert sm2.backend_name() in {"libcrypto", "gmssl_pyx"}

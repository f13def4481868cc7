"""Seals and opens 500 MB and compares with one thread of raw SM4-GCM from `cryptography` over the same bytes."""

from __future__ import annotations

import os
import resource
import secrets
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

SIZE = int(os.environ.get("TENDERBOX_BENCH_BYTES", "500000000"))
CHUNK = 1 << 20
TARGET = "1.15"


def run() -> list[tuple[str, str]]:
    """Each job in a process of its own, so that peak memory is its own."""
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain"
        with plain.open("wb") as out:
            left = SIZE
            while left:
                out.write(secrets.token_bytes(min(CHUNK, left)))
                left -= min(CHUNK, left)
        raw = [_job("raw", plain) for _ in range(2)]
        seal, opened = _job("seal", plain), _job("open", plain)
        raw += [_job("raw", plain)]
    base = sorted(seconds for seconds, _ in raw)[1]
    rows = [("raw SM4-GCM, one thread (median of 3)", f"{base:.2f} s  {SIZE / base / 1e6:.0f} MB/s")]
    for name, (seconds, memory) in (("seal", seal), ("open", opened)):
        rows.append((f"{name} 500 MB", f"{seconds:.2f} s  {SIZE / seconds / 1e6:.0f} MB/s  RSS {memory:.0f} MB"))
        rows.append((f"{name}: speed / raw (must reach {TARGET})", f"{base / seconds:.2f}"))
    return rows


def _job(name: str, plain: Path) -> tuple[float, float]:
    words = [sys.executable, "-m", "benchmarks.seal_500mb", name, str(plain)]
    seconds, memory = subprocess.run(words, check=True, capture_output=True, text=True).stdout.split()
    return float(seconds), float(memory)


def _raw(plain: Path) -> float:
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    key, buffer = secrets.token_bytes(16), bytearray(CHUNK + 15)
    started = time.perf_counter()
    with plain.open("rb") as source:
        while chunk := source.read(CHUNK):
            encryptor = Cipher(algorithms.SM4(key), modes.GCM(secrets.token_bytes(12))).encryptor()
            encryptor.update_into(chunk, buffer)
            encryptor.finalize()
    return time.perf_counter() - started


def _seal_and_open(plain: Path, *, opening: bool) -> float:
    from signing.envelope.reader import SealedFile
    from signing.envelope.release import content_key, open_leaf
    from signing.envelope.source import PartSource
    from signing.envelope.writer import SealRequest, seal
    from signing.policy.tree import Leaf
    from tests.pki import make_pki

    pki = make_pki()
    bidder = pki.party("bench", credit_code="")
    request = SealRequest(
        "bid",
        {"deadline": "2040-01-01T00:00:00Z", "opening_at": "2040-01-01T00:00:00Z"},
        {"bid": Leaf("bidder", (bidder.decrypter.certificate(),))},
        [PartSource("technical", "document", "bid", path=plain)],
    )
    target = plain.with_name("sealed.tbt")
    started = time.perf_counter()
    seal(target, request, bidder.signer, sealed_at=datetime(2026, 1, 1, tzinfo=UTC), on_progress=lambda *_: None)
    sealing = time.perf_counter() - started
    if not opening:
        return sealing
    started = time.perf_counter()
    sealed = SealedFile.open(target)
    key = content_key(sealed.header, "bid", [open_leaf(sealed.header, "bid", 0, bidder.decrypter)])
    sealed.read_part_to(key, "technical", target.with_name("opened"))
    return time.perf_counter() - started


if __name__ == "__main__":
    _, job, path = sys.argv
    taken = _raw(Path(path)) if job == "raw" else _seal_and_open(Path(path), opening=job == "open")
    print(f"{taken:.3f}", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)

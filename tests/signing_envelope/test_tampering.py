"""No byte of a sealed container can be changed, added or taken away without any key noticing."""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from signing.envelope.reader import SealedFile
from signing.envelope.release import content_key
from signing.envelope.source import PartSource
from signing.errors import ContainerInvalid
from tests.sealed_world import Sealed, leaf, seal_small

SMALL = [PartSource("letter", "document", "main", data=b"x" * 100), PartSource("note", "document", "main", data=b"y")]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("small")
    return seal_small(folder, stages={"main": leaf("bidder")}, parts=SMALL).path.read_bytes()


@pytest.fixture(scope="module")
def small_unsigned(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("unsigned")
    return seal_small(folder, stages={"main": leaf("bidder")}, parts=SMALL, signed=False).path.read_bytes()


@pytest.fixture(scope="module")
def two_chunks(tmp_path_factory: pytest.TempPathFactory) -> Sealed:
    folder = tmp_path_factory.mktemp("chunks")
    parts = [PartSource("a", "document", "main", data=bytes(range(256)) * 1000)]
    return seal_small(folder, stages={"main": leaf("bidder")}, parts=parts)


def refused(path: Path, data: bytes) -> bool:
    path.write_bytes(data)
    try:
        SealedFile.open(path).verify_integrity()
    except ContainerInvalid:
        return True
    return False


CASES = settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@given(position=st.integers(0), mask=st.integers(1, 255))
@CASES
def test_any_changed_byte_is_refused(small: bytes, tmp_path: Path, position: int, mask: int) -> None:
    position %= len(small)
    changed = small[:position] + bytes([small[position] ^ mask]) + small[position + 1 :]
    assert refused(tmp_path / "x.tbt", changed)


@given(position=st.integers(0), mask=st.integers(1, 255))
@CASES
def test_any_changed_byte_of_an_unsigned_file_is_refused(
    small_unsigned: bytes, tmp_path: Path, position: int, mask: int
) -> None:
    position %= len(small_unsigned)
    changed = small_unsigned[:position] + bytes([small_unsigned[position] ^ mask]) + small_unsigned[position + 1 :]
    assert refused(tmp_path / "x.tbt", changed)


@given(position=st.integers(0), inserted=st.binary(min_size=1, max_size=40))
@CASES
def test_any_inserted_bytes_are_refused(small: bytes, tmp_path: Path, position: int, inserted: bytes) -> None:
    position %= len(small) + 1
    assert refused(tmp_path / "x.tbt", small[:position] + inserted + small[position:])


@given(position=st.integers(0), count=st.integers(1, 5000))
@CASES
def test_any_deleted_bytes_are_refused(small: bytes, tmp_path: Path, position: int, count: int) -> None:
    position %= len(small)
    assert refused(tmp_path / "x.tbt", small[:position] + small[position + count :])


@pytest.mark.full
def test_every_single_byte_is_refused(small: bytes, small_unsigned: bytes, tmp_path: Path) -> None:
    for data in (small, small_unsigned):
        for position in range(len(data)):
            for mask in (1, 0x80, 0xFF, 0x20):
                changed = data[:position] + bytes([data[position] ^ mask]) + data[position + 1 :]
                assert refused(tmp_path / "x.tbt", changed), (position, mask)


class Counting(io.BytesIO):
    """Holds what was released."""


@cache
def _plain() -> bytes:
    return bytes(range(256)) * 1000


@pytest.mark.parametrize("chunk", range(4))
def test_reader_releases_only_what_lies_before_the_bad_chunk(two_chunks: Sealed, tmp_path: Path, chunk: int) -> None:
    sealed = SealedFile.open(two_chunks.path)
    key = content_key(sealed.header, "main", two_chunks.info.openings["main"])
    place = list(sealed.layout.places())[chunk]
    data = bytearray(two_chunks.path.read_bytes())
    data[place.position + place.plain_length // 2] ^= 1
    bad = tmp_path / "bad.tbt"
    bad.write_bytes(data)
    damaged = SealedFile.open(bad)
    sink = io.BytesIO()
    with pytest.raises(ContainerInvalid) as caught:
        damaged.read_part(key, "a", sink)
    assert caught.value.params == {"layer": "payload", "reason": "tag", "chunk": str(chunk + 1), "part": "a"}
    assert _plain().startswith(sink.getvalue())
    assert len(sink.getvalue()) == max(0, chunk * 65536 - 8)
    with pytest.raises(ContainerInvalid) as located:
        damaged.verify_integrity()
    assert located.value.params == {"layer": "chunk", "reason": "digest", "chunk": str(chunk + 1), "part": "a"}
    with pytest.raises(ContainerInvalid):
        damaged.read_part_to(key, "a", tmp_path / "out")
    assert not (tmp_path / "out").exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bad.tbt"]


def test_part_goes_to_a_file_whole(two_chunks: Sealed, tmp_path: Path) -> None:
    sealed = SealedFile.open(two_chunks.path)
    key = content_key(sealed.header, "main", two_chunks.info.openings["main"])
    assert sealed.read_part_to(key, "a", tmp_path / "out") == 256_000
    assert (tmp_path / "out").read_bytes() == _plain()


def test_file_that_grows_or_shrinks_after_it_was_opened_is_refused(two_chunks: Sealed, tmp_path: Path) -> None:
    path = tmp_path / "x.tbt"
    for change, reason in ((b"more", "changed_meanwhile"), (None, "changed_meanwhile")):
        path.write_bytes(two_chunks.path.read_bytes())
        sealed = SealedFile.open(path)
        path.write_bytes(path.read_bytes() + change if change else path.read_bytes()[:1000])
        with pytest.raises(ContainerInvalid) as caught:
            sealed.verify_integrity()
        assert caught.value.params["reason"] == reason


def test_huge_announced_lengths_are_refused_without_memory(tmp_path: Path, small: bytes) -> None:
    for announced in (1 << 20 | 1, (1 << 32) - 1):
        path = tmp_path / "x.tbt"
        path.write_bytes(small[:10] + announced.to_bytes(4, "big") + small[14:])
        with pytest.raises(ContainerInvalid) as caught:
            SealedFile.open(path)
        assert caught.value.params == {"layer": "layout", "reason": "header_length"}

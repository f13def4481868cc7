from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import PackageInvalid
from core.formats.member_path import is_member_path
from core.formats.package import Member, parse_package, read_package, write_package
from tests.vectors.make.signed_package import SIGNED_AT, one, success_two_signers

EXAMPLES = settings(max_examples=250, deadline=None)


@cache
def intact() -> bytes:
    return success_two_signers()


positions = st.integers(min_value=0, max_value=len(intact()) - 1)


def refused(untrusted: bytes) -> None:
    with pytest.raises(PackageInvalid):
        parse_package(untrusted, "tender", "x.tbz")


@EXAMPLES
@given(positions, st.integers(min_value=1, max_value=255))
def test_a_changed_byte_is_refused(place: int, difference: int) -> None:
    changed = bytearray(intact())
    changed[place] ^= difference
    refused(bytes(changed))


@EXAMPLES
@given(positions, st.integers(min_value=1, max_value=40))
def test_deleted_bytes_are_refused(place: int, count: int) -> None:
    refused(intact()[:place] + intact()[place + count :])


@EXAMPLES
@given(positions, st.binary(min_size=1, max_size=40))
def test_inserted_bytes_are_refused(place: int, more: bytes) -> None:
    refused(intact()[:place] + more + intact()[place:])


@EXAMPLES
@given(st.binary(min_size=1, max_size=40))
def test_appended_bytes_are_refused(more: bytes) -> None:
    refused(intact() + more)


@EXAMPLES
@given(st.binary(max_size=400))
def test_noise_is_refused(noise: bytes) -> None:
    refused(noise)
    refused(b"PK\x03\x04" + noise)


@pytest.mark.full
def test_every_single_bit_counts() -> None:
    for place in range(len(intact())):
        for bit in range(8):
            changed = bytearray(intact())
            changed[place] ^= 1 << bit
            refused(bytes(changed))


@settings(max_examples=25, deadline=None)
@given(st.lists(st.binary(max_size=300), min_size=1, max_size=5))
def test_what_is_written_is_read_again(contents: list[bytes]) -> None:
    members = [
        Member(f"data/{number:02d}.bin", "application/octet-stream", "data", data)
        for number, data in enumerate(contents)
    ]
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "x.tbz"
        write_package(
            target, "tender", members[::-1], subject={}, signers=(one(),), signed_at=SIGNED_AT, time_source="demo"
        )
        assert read_package(target, "tender").members == tuple(members)


@given(st.text(alphabet="ab./\\-_:A\x00 ~公", max_size=12) | st.text(max_size=220))
def test_a_member_path_means_one_file_on_every_system(path: str) -> None:
    if not is_member_path(path):
        return
    assert path == path.lower()
    assert path.isascii()
    assert PurePosixPath(path).parts == PureWindowsPath(path).parts == tuple(path.split("/"))
    assert not PureWindowsPath(path).is_absolute()
    assert ".." not in path
    assert path != "manifest.json"
    assert not path.startswith("signatures/")

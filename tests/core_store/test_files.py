from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from core.errors import Cancelled, FileExists, FileNotWritable
from core.ports.files import atomic_write, new_file

ROOT = Path(__file__).parents[2]

FULL = """
import resource, sys
from pathlib import Path
from core.errors import FileNotWritable
from core.ports.files import new_file
resource.setrlimit(resource.RLIMIT_FSIZE, (100000, 100000))
try:
    with new_file(Path(sys.argv[1])) as out:
        for _ in range(40):
            out.write(b"x" * 50000)
except FileNotWritable as error:
    print(error.params["reason"], error.params["path"])
    sys.exit(4)
"""

SLOW = """
import sys
from pathlib import Path
from core.ports.files import new_file
with new_file(Path(sys.argv[1])) as out:
    out.write(b"half")
    out.flush()
    print("half", flush=True)
    sys.stdin.read()
"""


def test_the_file_appears_only_at_the_end(tmp_path: Path) -> None:
    target = tmp_path / "a.pdf"
    with new_file(target) as out:
        out.write(b"half")
        out.flush()
        assert not target.exists()
        out.write(b" and half")
    assert target.read_bytes() == b"half and half"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("error", [Cancelled(), ValueError("x"), KeyboardInterrupt(), OSError(5, "source gone")])
def test_after_any_error_the_older_file_stays_and_nothing_else(tmp_path: Path, error: BaseException) -> None:
    target = tmp_path / "a.pdf"
    target.write_bytes(b"older")
    with pytest.raises(type(error)), new_file(target) as out:
        out.write(b"newer")
        raise error
    assert list(tmp_path.iterdir()) == [target]
    assert target.read_bytes() == b"older"


def test_an_existing_file_is_kept_on_request(tmp_path: Path) -> None:
    target = tmp_path / "a.pdf"
    atomic_write(target, b"first", replace=False)
    with pytest.raises(FileExists):
        atomic_write(target, b"second", replace=False)
    assert target.read_bytes() == b"first"
    atomic_write(target, b"third")
    assert target.read_bytes() == b"third"


def test_a_name_taken_meanwhile_is_not_replaced(tmp_path: Path) -> None:
    target = tmp_path / "a.pdf"
    with pytest.raises(FileExists), new_file(target, replace=False) as out:
        out.write(b"mine")
        target.write_bytes(b"theirs")
    assert target.read_bytes() == b"theirs"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize(
    ("name", "reason"),
    [("none/a.pdf", "folder_missing"), ("file/a.pdf", "folder_missing"), ("x" * 300, "name_too_long")],
)
def test_an_impossible_place_is_told_with_its_cause(tmp_path: Path, name: str, reason: str) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(FileNotWritable) as caught:
        atomic_write(tmp_path / name, b"x")
    assert caught.value.params == {"path": str(tmp_path / name), "reason": reason}
    assert [file.name for file in tmp_path.iterdir()] == ["file"]


def test_a_long_chinese_name_is_written(tmp_path: Path) -> None:
    target = tmp_path / ("标" * 83 + ".pdf")  # 253 bytes of the 255 a name may have
    atomic_write(target, b"x", replace=False)
    assert list(tmp_path.iterdir()) == [target]


def test_a_folder_in_the_way_is_told(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    with pytest.raises(FileNotWritable, match="is_folder"):
        atomic_write(tmp_path / "a", b"x")
    assert [file.name for file in tmp_path.iterdir()] == ["a"]


@pytest.mark.skipif(os.name == "nt", reason="limits of Unix")
def test_a_full_disk_leaves_no_file(tmp_path: Path) -> None:
    target = tmp_path / "a.pdf"
    done = subprocess.run(
        [sys.executable, "-c", FULL, str(target)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (4, f"too_large {target}\n"), done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="signals of Unix")
def test_a_killed_writer_leaves_the_older_file_whole(tmp_path: Path) -> None:
    target = tmp_path / "a.pdf"
    target.write_bytes(b"older")
    with subprocess.Popen(
        [sys.executable, "-c", SLOW, str(target)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"half\n"
        writer.kill()
    assert target.read_bytes() == b"older"
    atomic_write(target, b"newer")
    assert target.read_bytes() == b"newer"

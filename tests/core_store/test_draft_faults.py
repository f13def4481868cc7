from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from core.errors import DraftBusy, FileNotWritable
from core.store.drafts import SqliteDraftStore

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals and limits of Unix")

ROOT = Path(__file__).parents[2]

WRITER = """
import sys
from pathlib import Path
from core.store.drafts import SqliteDraftStore
draft = SqliteDraftStore().open(Path(sys.argv[1]), "opening")
number = len(draft.events())
while True:
    draft.put(f"key {number}", {"n": number, "pad": "x" * (number * 37 % 5000)})
    draft.attach("current", "text/plain", str(number).encode() * (number * 101 % 90000 + 1))
    position = draft.append_event(str(number).encode())
    print(position, number, flush=True)
    number += 1
"""

HOLDER = """
import sys
from pathlib import Path
from core.store.drafts import SqliteDraftStore
draft = SqliteDraftStore().open(Path(sys.argv[1]), "opening")
print("open", flush=True)
sys.stdin.read()
"""

CREATOR = """
import resource, sys
from pathlib import Path
from core.errors import FileNotWritable
from core.store.drafts import SqliteDraftStore
limit = int(sys.argv[2])
path = Path(sys.argv[1])
if sys.argv[3] == "create":
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    act = lambda: SqliteDraftStore().create(path, "opening")
else:
    draft = SqliteDraftStore().open(path, "opening")
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    act = lambda: draft.attach("big", "text/plain", b"y" * (4 << 20))
try:
    act()
except FileNotWritable as error:
    print(error.params["reason"], flush=True)
    sys.exit(4)
"""


def child(code: str, *arguments: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "x.tbd"
    SqliteDraftStore().create(made, "opening").close()
    return made


def test_nothing_acknowledged_is_lost_when_the_writer_is_killed(path: Path) -> None:
    acknowledged = -1
    for round_number in range(6):
        with child(WRITER, path) as writer:
            assert writer.stdout is not None
            for _ in range(3 + 5 * round_number):
                acknowledged = int(writer.stdout.readline().split()[1])
            os.kill(writer.pid, signal.SIGKILL)
            rest = writer.stdout.read().splitlines(keepends=True)
            acknowledged = max([acknowledged, *(int(line.split()[1]) for line in rest if line.endswith("\n"))])
        with SqliteDraftStore().open(path, "opening") as draft:
            events = draft.events()
            assert len(events) >= acknowledged + 1
            assert list(events) == [str(number).encode() for number in range(len(events))]
            for number in range(acknowledged + 1):
                assert draft.get(f"key {number}") == {"n": number, "pad": "x" * (number * 37 % 5000)}
            last = len(events) - 1
            kept = draft.attachment("current")
            assert kept in {str(n).encode() * (n * 101 % 90000 + 1) for n in (last, last + 1)}
    assert acknowledged > 20


def test_a_draft_held_by_another_process_is_busy_until_that_dies(path: Path) -> None:
    with child(HOLDER, path) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "open\n"
        for _ in range(2):
            with pytest.raises(DraftBusy):
                SqliteDraftStore().open(path, "opening")
        os.kill(holder.pid, signal.SIGKILL)
    SqliteDraftStore().open(path, "opening").close()


@pytest.mark.parametrize("limit", [0, 512, 4096, 9000])
def test_disk_full_while_creating_leaves_no_file(tmp_path: Path, limit: int) -> None:
    with child(CREATOR, tmp_path / "new.tbd", limit, "create") as creator:
        output, _ = creator.communicate()
    assert creator.returncode == 4, output
    assert list(tmp_path.iterdir()) == []


def test_disk_full_while_attaching_keeps_what_was_there(path: Path) -> None:
    with SqliteDraftStore().open(path, "opening") as draft:
        draft.attach("big", "text/plain", b"older")
        draft.put("a", 1)
    with child(CREATOR, path, 1 << 20, "attach") as writer:
        output, _ = writer.communicate()
    assert writer.returncode == 4, output
    with SqliteDraftStore().open(path, "opening") as draft:
        assert draft.attachment("big") == b"older"
        assert draft.get("a") == 1


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_draft_is_told_as_not_writable(path: Path) -> None:
    path.chmod(0o400)
    with pytest.raises(FileNotWritable):
        SqliteDraftStore().open(path, "opening")

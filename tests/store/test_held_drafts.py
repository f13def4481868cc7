"""A second program is told who holds a draft; a stale or false note makes no difference."""

from __future__ import annotations

import getpass
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from core.errors import DraftBusy
from core.messages import load
from core.store.lock_note import note_path
from core.values.sentences import sentence
from tests.store.draft_world import store_at

ROOT = Path(__file__).parents[2]
HOLDER = """
import sys
from pathlib import Path
from core.store.drafts import SqliteDraftStore
draft = SqliteDraftStore().open(Path(sys.argv[1]), "bid")
print("open", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / ("草" * 80 + ".tbd")  # 244 bytes of the 255 a name may have
    store_at().create(made, "bid").close()
    return made


def test_the_second_one_is_told_who_when_and_where(path: Path) -> None:
    with store_at().open(path):
        with pytest.raises(DraftBusy) as caught:
            store_at().open(path)
        text = sentence(load("zh_CN"), caught.value.code, caught.value.params)
        for word in (getpass.getuser(), socket.gethostname(), str(os.getpid()), "2026年3月2日 09时30分"):
            assert word in text, text
    assert [file.name for file in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize(
    "note", [b"", b"\xff" * 9000, b"[]", b'{"since":"never"}', b'{"host":"x","since":"2026-13-40"}']
)
def test_a_note_that_says_nothing_is_ignored(path: Path, note: bytes) -> None:
    with store_at().open(path):
        note_path(path).write_bytes(note)
        with pytest.raises(DraftBusy) as caught:
            store_at().open(path)
        assert "reason" not in caught.value.params
    store_at().open(path).close()


@pytest.mark.skipif(os.name == "nt", reason="signals of Unix")
def test_the_note_of_a_killed_program_is_stale_and_nothing_is_lost(path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(path)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"open\n"
        with pytest.raises(DraftBusy, match=str(holder.pid)):
            store_at().open(path)
        os.kill(holder.pid, signal.SIGKILL)
    assert note_path(path).is_file()
    with store_at().open(path):
        assert str(os.getpid()).encode() in note_path(path).read_bytes()
    assert not note_path(path).exists()


@pytest.mark.skipif(os.name == "nt", reason="links of Unix")
def test_a_link_laid_where_the_note_goes_is_not_followed(path: Path) -> None:
    victim = path.with_name("victim")
    victim.write_bytes(b"precious")
    note_path(path).symlink_to(victim)
    store_at().open(path).close()
    assert victim.read_bytes() == b"precious"


EDITOR = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from core.ports.drafts import RecordChange, Step
from core.store.drafts import SqliteDraftStore
draft = SqliteDraftStore().open(Path(sys.argv[1]), "bid")
n = max((step.position for step in draft.steps()), default=0)
while True:
    n += 1
    old, new = draft.get("n"), {"n": n, "pad": "x" * (n * 37 % 5000)}
    draft.write(Step(n, "draft.merged", datetime.now(UTC), (RecordChange("n", old, new),)))
    if n % 3 == 0:
        draft.mark(n, undone=True)
        draft.mark(n, undone=False)
    print(n, flush=True)
"""


@pytest.mark.skipif(os.name == "nt", reason="signals of Unix")
def test_values_and_history_agree_whenever_the_editor_is_killed(path: Path) -> None:
    for round_number in range(5):
        with subprocess.Popen(
            [sys.executable, "-c", EDITOR, str(path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
        ) as editor:
            assert editor.stdout is not None
            for _ in range(4 + 3 * round_number):
                acknowledged = int(editor.stdout.readline())
            os.kill(editor.pid, signal.SIGKILL)
        with store_at().open(path) as draft:
            steps = draft.steps()
            assert steps[-1].position >= acknowledged
            last = steps[-1].records[0]
            assert draft.get("n") == (last.old if steps[-1].undone else last.new)
            if steps[-1].undone:
                draft.mark(steps[-1].position, undone=False)
            assert [step.position for step in steps] == list(range(1, len(steps) + 1))

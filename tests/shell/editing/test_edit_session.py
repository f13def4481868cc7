"""What a person does is on the screen at once, on the disk soon, and never lost in between."""

from __future__ import annotations

import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import pytest

from apps.shell.editing.imports import open_draft, save_copy
from apps.shell.editing.memory import Memory
from apps.shell.editing.session import EditSession
from apps.shell.editing.state import EditState, Saving
from apps.shell.editing.wording import save_words, trouble, undo_text
from apps.shell.tasks import Handle, ImmediateStarter, Lane, Progress
from core.errors import FileMissing, FileNotWritable
from core.messages import Catalogue
from core.ports.drafts import Attachment
from core.ports.progress import JobContext, Quiet
from core.store.draft import Draft
from core.store.drafts import SqliteDraftStore
from signing.canonical_json import NotCanonicalJson
from signing.errors import CodedError

T = TypeVar("T")
NOW = datetime(2026, 11, 22, 6, 52, 7, tzinfo=UTC)
ROOT = Path(__file__).parents[3]
LABEL = "shell.editing.demo.rename"


class LaterStarter:
    """Work that waits until it is let through: what a slow disk looks like."""

    def __init__(self) -> None:
        self.waiting: list[Callable[[], Handle]] = []

    def start(
        self,
        work: Callable[[JobContext], T],
        *,
        done: Callable[[T], None],
        failed: Callable[[CodedError], None],
        progress: Callable[[Progress], None] | None = None,
        cancelled: Callable[[], None] | None = None,
        lane: Lane = Lane.WORK,
    ) -> Handle:
        assert lane is Lane.STORE
        self.waiting.append(
            lambda: ImmediateStarter().start(work, done=done, failed=failed, progress=progress, cancelled=cancelled)
        )
        return None  # type: ignore[return-value]

    def let_through(self) -> None:
        while self.waiting:
            self.waiting.pop(0)()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "draft.tbd"


@pytest.fixture
def draft(path: Path) -> Iterator[Draft]:
    with SqliteDraftStore().create(path, "bid") as made:
        yield made


def session_on(draft: Draft, states: list[EditState] | None = None, starter: object = None) -> EditSession:
    shown = states if states is not None else []
    chosen = starter or ImmediateStarter()
    return EditSession(draft, Memory.of(draft), chosen, lambda: NOW, shown.append)  # type: ignore[arg-type]


def test_an_edit_is_seen_at_once_and_saved_behind(draft: Draft, words: Catalogue) -> None:
    disk = LaterStarter()
    session = session_on(draft, starter=disk)
    session.edit(LABEL, {"name": "图书馆", "hours": 8}, subject="名称")
    assert session.get("name") == "图书馆"
    assert draft.get("name") is None
    assert (session.state.saving, session.state.waiting) == (Saving.SAVING, 1)
    disk.let_through()
    assert draft.get("hours") == 8
    assert save_words(words, session.state).text == "已保存 14:52:07"


def test_one_undo_takes_one_act_back_and_redo_does_it_again(draft: Draft, path: Path, words: Catalogue) -> None:
    session = session_on(draft)
    session.edit(LABEL, {"a": 1, "b": 1}, subject="两项")
    session.edit(LABEL, {"a": 2})
    session.undo()
    assert (session.get("a"), draft.get("a")) == (1, 1)
    assert undo_text(words, session.state) == "撤销：修改两项"
    session.undo()
    session.undo()  # nothing left
    assert session.keys() == draft.keys() == ()
    session.redo()
    session.redo()
    session.redo()
    assert (session.get("a"), draft.get("b")) == (2, 1)
    session.edit(LABEL, {"a": 2})  # changes nothing, so it is no act
    assert len(session.state.history) == 2


def test_undo_works_after_the_program_was_killed(path: Path) -> None:
    code = (
        "import os, sys; from pathlib import Path; from tests.shell.editing.test_edit_session import *\n"
        "session = session_on(SqliteDraftStore().create(Path(sys.argv[1]), 'bid'))\n"
        "[session.edit(LABEL, {'n': n}) for n in range(1, 6)]; session.undo(); os.kill(os.getpid(), 9)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(path)], cwd=ROOT, check=False)
    assert done.returncode == -9
    with SqliteDraftStore().open(path) as draft:
        session = session_on(draft)
        assert session.state.recovered
        assert session.get("n") == 4
        session.undo()
        assert session.get("n") == 3
        session.go_to(5)
        assert (session.get("n"), draft.get("n")) == (5, 5)
        session.go_to(0)
        assert session.get("n") is None


def test_typing_into_one_field_is_one_act(draft: Draft) -> None:
    session = session_on(draft)
    session.edit(LABEL, {"name": "旧"})
    for text in ("图", "图书", "图书馆"):
        session.edit(LABEL, {"name": text}, token="name")
    session.edit(LABEL, {"other": 1}, token="other")
    assert len(session.state.history) == len(draft.steps()) == 3
    session.undo()
    session.undo()
    assert draft.get("name") == "旧"


def test_typing_faster_than_the_disk_writes_once(draft: Draft) -> None:
    disk = LaterStarter()
    session = session_on(draft, starter=disk)
    session.edit(LABEL, {"first": 1})  # under way: must not be taken over
    for text in ("图", "图书", "图书馆"):
        session.edit(LABEL, {"name": text}, token="name")
    assert session.state.waiting == 2
    disk.let_through()
    assert (draft.get("first"), draft.get("name")) == (1, "图书馆")


def limited(size: int | None) -> None:
    """How large a file this process may write; None for no limit."""
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (hard if size is None else size, hard))


def test_a_full_disk_loses_nothing_and_says_so(draft: Draft, path: Path, words: Catalogue, tmp_path: Path) -> None:
    states: list[EditState] = []
    session = session_on(draft, states)
    session.edit(LABEL, {"first": "kept"})
    limited(path.stat().st_size)
    try:
        for number in range(50):
            session.edit(LABEL, {f"k{number}": "x" * 9000})
        session.undo()
        assert states[-1].saving is Saving.NOT_SAVED
        assert states[-1].waiting > 40
        assert isinstance(states[-1].error, FileNotWritable)
        assert session.get("k48") == "x" * 9000
        told: list[CodedError] = []
        session.close(lambda: pytest.fail("closed with unsaved acts"), told.append)
        assert told
    finally:
        limited(None)
    assert "重试" in trouble(words, states[-1])
    assert "等待" not in save_words(words, states[-1]).text
    assert save_words(words, states[-1]).tone == "err"
    copy = save_copy(draft, SqliteDraftStore(), tmp_path / "copy.tbd", *session.everything())(Quiet())
    with SqliteDraftStore().open(copy) as elsewhere:
        assert elsewhere.get("k48") == "x" * 9000
        assert elsewhere.work == draft.work
    session.retry()
    assert session.state.saving is Saving.SAVED
    assert (draft.get("k48"), draft.get("k49")) == ("x" * 9000, None)
    assert len(draft.steps()) == 51


def test_closing_waits_for_what_is_not_written_yet(draft: Draft, path: Path) -> None:
    disk, closed = LaterStarter(), []
    session = session_on(draft, starter=disk)
    session.edit(LABEL, {"a": 1})
    session.close(lambda: closed.append(True), lambda error: pytest.fail(str(error)))
    assert not closed
    disk.let_through()
    assert closed == [True]
    assert session.state.saving is Saving.CLOSED
    session.edit(LABEL, {"a": 2})
    with SqliteDraftStore().open(path) as again:
        assert again.get("a") == 1


def test_closing_waits_for_a_file_being_taken_in(draft: Draft, path: Path, tmp_path: Path) -> None:
    disk, closed = LaterStarter(), []
    session = session_on(draft, starter=disk)
    source = tmp_path / "plan.pdf"
    source.write_bytes(b"plan")
    session.attach(LABEL, "plan", "application/pdf", source, done=lambda _file: None, failed=lambda _error: None)
    session.close(lambda: closed.append(True), lambda error: pytest.fail(str(error)))
    assert not closed
    disk.let_through()
    assert closed == [True]
    with SqliteDraftStore().open(path) as again:
        assert again.attachment("plan") == b"plan"


def test_files_are_taken_in_removed_and_brought_back(draft: Draft, tmp_path: Path) -> None:
    session = session_on(draft)
    source = tmp_path / "plan.pdf"
    source.write_bytes(b"plan" * 500_000)
    taken: list[Attachment] = []
    session.attach(
        LABEL, "plan", "application/pdf", source, done=taken.append, failed=lambda error: pytest.fail(str(error)),
        records={"files": ["plan"]},
    )  # fmt: skip
    assert (draft.attachments(), draft.get("files")) == (tuple(taken), ["plan"])
    session.edit(LABEL, {"files": []}, detach=["plan"])
    assert session.attachments() == draft.attachments() == ()
    session.undo()
    assert draft.attachment("plan") == b"plan" * 500_000
    session.undo()
    assert draft.get("files") is None


def test_a_file_that_is_gone_is_no_act(draft: Draft, tmp_path: Path) -> None:
    session, told = session_on(draft), []
    session.attach(LABEL, "x", "a/b", tmp_path / "none", done=lambda _file: None, failed=told.append)
    assert isinstance(told[0], FileMissing)
    assert session.state.history == ()


def test_a_value_no_draft_can_hold_changes_nothing(draft: Draft) -> None:
    session = session_on(draft)
    with pytest.raises(NotCanonicalJson):
        session.edit(LABEL, {"ok": 1, "bad": 0.5})  # type: ignore[dict-item]
    assert session.keys() == ()
    assert session.state.saving is Saving.SAVED


def test_what_a_caller_changes_afterwards_is_not_changed_here(draft: Draft) -> None:
    session, value = session_on(draft), {"rows": [1]}
    session.edit(LABEL, {"table": value})
    value["rows"].append(2)
    assert session.get("table") == draft.get("table") == {"rows": [1]}


def test_opening_takes_the_snapshot_of_the_day(path: Path) -> None:
    store = SqliteDraftStore(lambda: NOW)
    with store.create(path, "bid") as made:
        made.put("a", 1)
    opened = open_draft(store, path, "bid")(Quiet())
    assert opened.snapshot is not None
    assert opened.memory.records == {"a": 1}
    opened.draft.close()
    again = open_draft(store, path, "bid")(Quiet())
    assert again.snapshot is None
    again.draft.close()

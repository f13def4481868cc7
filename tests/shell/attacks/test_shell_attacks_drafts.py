"""What would poison a draft: names that are no text, values that are written but never read back."""

from __future__ import annotations

import os
import resource
import signal
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from apps.shell.editing.imports import open_draft
from apps.shell.editing.memory import Memory
from apps.shell.editing.session import EditSession
from apps.shell.editing.state import EditState, Saving
from apps.shell.tasks import ImmediateStarter
from core.ports.progress import Quiet
from core.store.drafts import SqliteDraftStore
from signing.canonical_json import Json, NotCanonicalJson
from signing.errors import CodedError


class Desk:
    """A draft open for editing, and how it is opened again."""

    def __init__(self, path: Path) -> None:
        self.path, self._store = path, SqliteDraftStore()
        self._store.create(path, "bid").close()
        self.session = self._open()

    def _open(self) -> EditSession:
        opened = open_draft(self._store, self.path, "bid")(Quiet())
        return EditSession(opened.draft, opened.memory, ImmediateStarter(), lambda: datetime.now(UTC), _unseen)

    def again(self) -> EditSession:
        closed: list[bool] = []
        self.session.close(lambda: closed.append(True), lambda error: pytest.fail(error.code))
        assert closed
        self.session = self._open()
        return self.session


def _unseen(_state: EditState) -> None:
    """Nobody looks."""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path / "a.tbd")
    yield made
    made.session.draft.close()


def deep(levels: int) -> Json:
    value: Json = "bottom"
    for _ in range(levels):
        value = [value]
    return value


@pytest.mark.parametrize(
    ("label", "subject", "records"),
    [
        ("app.cancelled", "", {"key\ud800": 1}),
        ("app.cancelled", "\udcff.pdf", {"key": 1}),
        ("app.cancelled", "", {"key": "\ud800"}),
        ("app.cancelled", "", {"key": deep(63)}),
        ("app.cancelled", "", {"key": "x" * (40 << 20)}),
        ("app.cancelled", "", {"key": [0] * 1_200_000}),
    ],
    ids=["key", "subject", "value", "depth", "size", "nodes"],
)
def test_an_act_no_draft_can_hold_is_refused_and_later_ones_are_saved(
    label: str, subject: str, records: dict[str, Json], desk: Desk
) -> None:
    with pytest.raises(NotCanonicalJson):
        desk.session.edit(label, records, subject=subject)
    assert not desk.session.keys()
    desk.session.edit(label, {"after": 1})
    assert desk.session.state.saving is Saving.SAVED
    assert desk.again().get("after") == 1


def test_the_deepest_value_that_is_taken_is_saved_undone_and_read_back(desk: Desk) -> None:
    taken = next(level for level in range(64, 0, -1) if _takes(deep(level)))
    desk.session.edit("app.cancelled", {"key": deep(taken)})
    desk.session.edit("app.cancelled", {"key": 1})
    desk.session.undo()
    assert desk.session.state.saving is Saving.SAVED
    assert desk.again().get("key") == deep(taken)


def _takes(value: Json) -> bool:
    try:
        Memory({}, {}, []).change("app.cancelled", "", datetime.now(UTC), {"key": value}, {})
    except NotCanonicalJson:
        return False
    return True


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has file names that are no text")
def test_a_file_whose_name_is_no_text_is_attached_and_saved(desk: Desk, tmp_path: Path) -> None:
    source = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff<b>.pdf"))
    source.write_bytes(b"content")
    failures: list[CodedError] = []
    desk.session.attach("app.cancelled", "a.pdf", "application/pdf", source, done=_kept, failed=failures.append)
    assert not failures
    assert desk.session.state.saving is Saving.SAVED
    assert [file.name for file in desk.again().attachments()] == ["a.pdf"]


def _beside(folder: Path) -> set[str]:
    return {one.name for one in folder.iterdir() if not one.name.endswith("-journal")}


def _kept(_file: object) -> None:
    """Fine."""


def test_an_attachment_with_an_unfit_record_fails_in_words_and_the_draft_can_be_closed(
    desk: Desk, tmp_path: Path
) -> None:
    source = tmp_path / "a.pdf"
    source.write_bytes(b"content")
    failures: list[CodedError] = []
    desk.session.attach(
        "app.cancelled", "a.pdf", "application/pdf", source, done=lambda _: pytest.fail("done"),
        failed=failures.append, records={"key": deep(70)},
    )  # fmt: skip
    assert [type(one) for one in failures] == [NotCanonicalJson]
    assert not desk.again().attachments()


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "a\0b", "a\nb", "<b>x</b>", "CON", "\u202egnp.exe", "e\u0301" * 90]
)
def test_a_name_in_a_draft_is_a_name_and_no_path(name: str, desk: Desk, tmp_path: Path) -> None:
    source = tmp_path / "a.pdf"
    source.write_bytes(b"content")
    before = _beside(tmp_path)
    desk.session.attach(
        "app.cancelled", name, "application/pdf", source, done=_kept, failed=lambda e: pytest.fail(e.code)
    )
    assert [file.name for file in desk.again().attachments()] == [name]
    assert _beside(tmp_path) == before


@pytest.mark.skipif(sys.platform != "linux", reason="limits of a process")
def test_a_disk_that_fills_while_typing_keeps_every_edit_until_there_is_room(desk: Desk) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (desk.path.stat().st_size, hard))
        for number in range(5):
            desk.session.edit("app.cancelled", {"text": f"{number}" * 100_000})
        full = desk.session.state
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, before)
    assert (full.saving, full.waiting) == (Saving.NOT_SAVED, 5)
    desk.session.retry()
    assert desk.session.state.saving is Saving.SAVED
    again = desk.again()
    assert again.get("text") == "4" * 100_000
    assert len(again.state.history) == 5

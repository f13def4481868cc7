from __future__ import annotations

import io
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.errors import DraftBusy, DraftInvalid, FileExists, FileMissing, FileNotWritable, InputTooLarge
from core.ports.drafts import DraftPort, DraftStore
from core.store import bodies as bodies_module
from core.store.draft import Draft
from core.store.drafts import SqliteDraftStore
from core.store.schema import VERSION
from signing.canonical_json import NotCanonicalJson
from signing.cms.digest import sm3

MIB = 1 << 20


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "草稿 #1?%.tbd"


@pytest.fixture
def draft(path: Path) -> Iterator[Draft]:
    with SqliteDraftStore().create(path, "bid") as opened:
        yield opened


def reopened(path: Path) -> Draft:
    return SqliteDraftStore().open(path, "bid")


def edit(path: Path, *statements: str) -> None:
    connection = sqlite3.connect(path)
    with connection:
        for statement in statements:
            connection.execute(statement)
    connection.close()


def test_adapters_have_the_shape_of_their_ports(path: Path) -> None:
    store: DraftStore = SqliteDraftStore()
    with store.create(path, "tender") as made:
        port: DraftPort = made
        assert port.kind == "tender"


def test_records_are_replaced_listed_and_removed(draft: Draft) -> None:
    draft.put("answers/1", {"price": "813106.47", "ok": True})
    draft.put("answers/2", [1, None, "二"])
    draft.put("answers/1", {"price": "1.00"})
    assert draft.get("answers/1") == {"price": "1.00"}
    draft.put("about", "x")
    assert draft.keys("answers/") == ("answers/1", "answers/2")
    draft.put("answers/2", None)
    assert draft.get("answers/2") is None
    assert draft.keys() == ("about", "answers/1")


def test_a_float_is_refused_and_nothing_kept(draft: Draft) -> None:
    with pytest.raises(NotCanonicalJson):
        draft.put("price", {"price": 0.1})  # type: ignore[dict-item]
    assert draft.keys() == ()


json_values = st.recursive(
    st.booleans() | st.integers(min_value=-(2**53) + 1, max_value=2**53 - 1) | st.text(st.characters(codec="utf-8")),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(st.characters(codec="utf-8")), inner, max_size=3)
    ),
    max_leaves=8,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(codec="utf-8"), max_size=20), json_values)
def test_what_is_put_is_got(draft: Draft, key: str, value: object) -> None:
    draft.put(key, value)  # type: ignore[arg-type]
    assert draft.get(key) == value


def test_everything_is_there_after_reopening(path: Path) -> None:
    with SqliteDraftStore().create(path, "bid") as first:
        first.put("a", 1)
        first.attach("图.png", "image/png", b"x" * (2 * MIB + 5))
        assert [first.append_event(b"one"), first.append_event(b"two")] == [0, 1]
    assert [file.name for file in path.parent.iterdir()] == [path.name]
    with reopened(path) as second:
        assert second.get("a") == 1
        assert second.attachment("图.png") == b"x" * (2 * MIB + 5)
        assert second.events() == (b"one", b"two")
        assert second.events(1) == (b"two",)
        assert second.append_event(b"three") == 2


@pytest.mark.parametrize("size", [0, 1, MIB - 1, MIB, MIB + 1, 3 * MIB])
def test_attachments_of_every_size_come_back(draft: Draft, size: int) -> None:
    content = bytes(range(256)) * (size // 256 + 1)
    known = draft.attach("a", "application/pdf", content[:size])
    assert (known.size, known.sm3) == (size, sm3(content[:size]).hex())
    assert draft.attachment("a") == content[:size]
    assert draft.attachments() == (known,)
    assert all(len(piece) <= MIB for piece in draft.attachment_chunks("a"))


class Dribble(io.RawIOBase):
    """A stream that gives less than it is asked for, as sockets and pipes do."""

    def __init__(self, content: bytes) -> None:
        self._left = io.BytesIO(content)

    def read(self, size: int = -1) -> bytes:
        return self._left.read(min(size, 70_001))


def test_streams_that_dribble_are_kept_whole(draft: Draft) -> None:
    content = b"0123456789" * 300_000
    draft.attach_stream("a", "text/plain", Dribble(content))  # type: ignore[arg-type]
    assert draft.attachment("a") == content


class Broken(io.RawIOBase):
    """A source that vanishes after its first megabyte."""

    def __init__(self) -> None:
        self._given = False

    def read(self, size: int = -1) -> bytes:
        assert size
        if self._given:
            raise OSError(5, "gone")
        self._given = True
        return b"x" * MIB


def test_a_vanishing_source_leaves_the_older_attachment(draft: Draft) -> None:
    draft.attach("a", "text/plain", b"older")
    with pytest.raises(OSError, match="gone"):
        draft.attach_stream("a", "text/plain", Broken())  # type: ignore[arg-type]
    assert draft.attachment("a") == b"older"


def test_an_attachment_over_the_limit_is_refused(draft: Draft, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies_module, "ATTACHMENT_LIMIT", MIB)  # the real one is 2 GiB
    with pytest.raises(InputTooLarge):
        draft.attach("a", "text/plain", b"x" * (MIB + 1))
    assert draft.attachments() == ()


def test_detached_and_unknown_attachments_are_missing(draft: Draft) -> None:
    draft.attach("a", "text/plain", b"x")
    draft.detach("a")
    for call in (draft.attachment, draft.detach):
        with pytest.raises(FileMissing):
            call("a")


def test_second_opener_in_this_process_is_told_busy(draft: Draft, path: Path) -> None:
    with pytest.raises(DraftBusy):
        reopened(path)
    draft.put("still", "mine")
    draft.close()
    with reopened(path) as second:
        assert second.get("still") == "mine"


def test_create_never_replaces(path: Path) -> None:
    path.write_bytes(b"somebody's")
    with pytest.raises(FileExists):
        SqliteDraftStore().create(path, "bid")
    assert path.read_bytes() == b"somebody's"
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_closed_draft_says_so_and_closes_twice(draft: Draft) -> None:
    draft.close()
    draft.close()
    with pytest.raises(DraftInvalid, match="closed"):
        draft.get("a")


def test_missing_file_folder_and_unknown_kind(path: Path) -> None:
    with pytest.raises(FileMissing):
        reopened(path)
    with pytest.raises(FileMissing):
        reopened(path.parent)
    with pytest.raises(FileNotWritable, match="folder_missing"):
        SqliteDraftStore().create(path.parent / "none" / "x.tbd", "bid")
    with pytest.raises(DraftInvalid, match="kind"):
        SqliteDraftStore().create(path, "novel")
    with pytest.raises(FileMissing):
        reopened(path.with_name("x" * 300))
    assert list(path.parent.iterdir()) == []


@pytest.mark.parametrize(
    "content",
    [b"", b"PK\x03\x04" * 300, b"SQLite format 3\x00" + b"\xff" * 4096, "项目,单价\n".encode() * 50],
    ids=["empty", "zip", "half-sqlite", "text"],
)
def test_garbage_is_refused_and_left_alone(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(DraftInvalid):
        reopened(path)
    assert path.read_bytes() == content
    assert [file.name for file in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize("mode", ["DELETE", "WAL"])
def test_a_foreign_database_is_refused_and_left_alone(path: Path, mode: str) -> None:
    edit(path, f"PRAGMA journal_mode={mode}", "CREATE TABLE notes (text)", "INSERT INTO notes VALUES ('mine')")
    before = path.read_bytes()
    with pytest.raises(DraftInvalid, match="foreign"):
        reopened(path)
    assert path.read_bytes() == before


def test_a_newer_draft_is_refused_as_newer(draft: Draft, path: Path) -> None:
    draft.close()
    edit(path, "PRAGMA user_version=7", "CREATE TABLE more (x)")
    with pytest.raises(DraftInvalid, match="newer") as caught:
        reopened(path)
    assert (caught.value.params["found"], caught.value.params["known"]) == ("7", str(VERSION))
    edit(path, "PRAGMA user_version=-1")
    with pytest.raises(DraftInvalid, match="older"):
        reopened(path)


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TRIGGER evil AFTER INSERT ON records BEGIN DELETE FROM events; END",
        "CREATE VIEW more AS SELECT * FROM records",
        "DROP TABLE events",
        "ALTER TABLE records ADD COLUMN more",
    ],
)
def test_a_draft_with_another_schema_is_refused(draft: Draft, path: Path, statement: str) -> None:
    draft.close()
    edit(path, statement)
    with pytest.raises(DraftInvalid, match="schema"):
        reopened(path)


def test_another_kind_of_draft_is_refused(draft: Draft, path: Path) -> None:
    draft.close()
    with pytest.raises(DraftInvalid, match="kind"):
        SqliteDraftStore().open(path, "tender")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE chunks SET content = zeroblob(1048576) WHERE number = 1",
        "DELETE FROM chunks WHERE number = 1",
        "UPDATE chunks SET content = content || x'00' WHERE number = 1",
    ],
)
def test_a_damaged_attachment_is_never_handed_out_whole(draft: Draft, path: Path, statement: str) -> None:
    draft.attach("a", "text/plain", b"x" * (2 * MIB))
    draft.close()
    edit(path, statement)
    with reopened(path) as again, pytest.raises(DraftInvalid, match="damaged"):
        again.attachment("a")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE records SET value = 'text'",
        "UPDATE records SET value = x'7b2061'",
        "UPDATE events SET content = 7",
        "UPDATE bodies SET size = -1",
        "UPDATE bodies SET size = 'much'",
        "UPDATE bodies SET size = 1152921504606846976",
        "UPDATE bodies SET sm3 = x'00'",
    ],
)
def test_values_of_another_type_are_told_as_damage(draft: Draft, path: Path, statement: str) -> None:
    draft.put("a", 1)
    draft.attach("a", "text/plain", b"x")
    draft.append_event(b"x")
    draft.close()
    edit(path, statement)
    with reopened(path) as again, pytest.raises(DraftInvalid, match="damaged"):
        (again.get("a"), again.events(), again.attachments(), again.attachment("a"))


def test_overwritten_pages_are_told_as_damage(draft: Draft, path: Path) -> None:
    for number in range(200):
        draft.put(f"key {number}", "x" * 500)
    draft.close()
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xa5" * (len(content) - 4096)
    path.write_bytes(content)
    with pytest.raises(DraftInvalid), reopened(path) as again:
        again.keys()


def test_write_ahead_files_of_others_are_taken_over(draft: Draft, path: Path) -> None:
    draft.put("a", 1)
    draft.close()
    edit(path, "PRAGMA journal_mode=WAL")
    with reopened(path) as again:
        again.put("b", 2)
        assert again.get("a") == 1
    assert [file.name for file in path.parent.iterdir()] == [path.name]
    assert path.read_bytes()[18:20] == b"\x01\x01"  # rollback journal again


def test_naive_kinds_of_json_do_not_reach_the_file(draft: Draft) -> None:
    with pytest.raises(NotCanonicalJson):
        draft.put("x", {"a": object()})  # type: ignore[dict-item]

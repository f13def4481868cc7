"""Snapshots are taken where something changed, read back, rotated, and restored beside the draft."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import DraftInvalid, FileExists
from core.store.drafts import SqliteDraftStore
from core.store.snapshots import LIMIT, superseded
from tests.store.draft_world import Clock, step

MIB = 1 << 20


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(clock: Clock) -> SqliteDraftStore:
    return SqliteDraftStore(clock.now)


@pytest.fixture
def path(tmp_path: Path, store: SqliteDraftStore) -> Path:
    made = tmp_path / "图书馆.tbd"
    with store.create(made, "bid") as draft:
        draft.put("name", "图书馆")
        draft.attach("plan.pdf", "application/pdf", b"plan" * MIB)
    return made


def test_nothing_is_copied_where_nothing_but_the_history_changed(
    store: SqliteDraftStore, path: Path, clock: Clock
) -> None:
    with store.open(path) as draft:
        first = store.take_snapshot(draft)
        assert first is not None
        assert first.name == "2026-03-02_093000"
        clock.pass_(days=1)
        draft.write(step(1, "name", "图书馆", "图书馆二期"))
        draft.mark(1, undone=True)
        assert store.take_snapshot(draft) is None
        draft.mark(1, undone=False)
        assert store.take_snapshot(draft) is not None
    assert [snapshot.name for snapshot in store.snapshots(path)] == ["2026-03-03_093000", "2026-03-02_093000"]


def test_one_a_day_is_taken_by_itself(store: SqliteDraftStore, path: Path, clock: Clock) -> None:
    for hours in (0, 5, 9.4):  # the last one is the next morning in Beijing
        clock.pass_(hours=hours)
        with store.open(path) as draft:
            store.take_daily_snapshot(draft)
            draft.put("hours", str(hours))
    assert [snapshot.name[:10] for snapshot in store.snapshots(path)] == ["2026-03-02"]
    clock.pass_(hours=1)
    with store.open(path) as draft:
        assert store.take_daily_snapshot(draft) is not None


def test_ten_days_are_kept(store: SqliteDraftStore, path: Path, clock: Clock) -> None:
    with store.open(path) as draft:
        for day in range(13):
            draft.put("day", day)
            assert store.take_snapshot(draft) is not None
            clock.pass_(days=1)
    kept = [snapshot.name[:10] for snapshot in store.snapshots(path)]
    assert kept == [f"2026-03-{day:02}" for day in range(14, 4, -1)]


def test_as_many_are_kept_as_the_settings_say(path: Path, clock: Clock) -> None:
    with SqliteDraftStore(clock.now, 3).open(path) as draft:
        for day in range(5):
            draft.put("day", day)
            clock.pass_(days=1)
            assert SqliteDraftStore(clock.now, 3).take_snapshot(draft) is not None
    assert len(SqliteDraftStore(clock.now).snapshots(path)) == 3


names = st.builds("2026-03-{:02}_{:02}0000".format, st.integers(1, 28), st.integers(0, 23))


@given(st.sets(names, min_size=1))
def test_rotation_keeps_the_newest_and_the_last_of_each_day(found: set[str]) -> None:
    kept = sorted(found - set(superseded(found)))
    assert kept[-1] == max(found)
    assert len(kept) <= LIMIT
    assert not superseded(kept)
    of_days_past = [name[:10] for name in kept if name[:10] != kept[-1][:10]]
    assert len(of_days_past) == len(set(of_days_past))
    assert len(kept) >= min(LIMIT, len({name[:10] for name in found}))


def test_restoring_makes_a_new_file_and_never_replaces(store: SqliteDraftStore, path: Path, tmp_path: Path) -> None:
    with store.open(path) as draft:
        snapshot = store.take_snapshot(draft)
        draft.put("name", "later")
        work = draft.work
    assert snapshot is not None
    with pytest.raises(FileExists):
        store.restore(snapshot, path)
    out = tmp_path / "restored.tbd"
    store.restore(snapshot, out)
    with store.open(out, "bid") as again:
        assert (again.get("name"), again.work) == ("图书馆", work)
        assert again.attachment("plan.pdf") == b"plan" * MIB
    with store.open(path) as draft:
        assert draft.get("name") == "later"


def test_a_damaged_draft_names_its_newest_good_snapshot(store: SqliteDraftStore, path: Path, clock: Clock) -> None:
    with store.open(path) as draft:
        good = store.take_snapshot(draft)
        clock.pass_(days=1)
        draft.put("name", "second")
        bad = store.take_snapshot(draft)
    assert good is not None
    assert bad is not None
    content = bytearray(bad.path.read_bytes())
    content[len(content) // 2] ^= 1  # one bit of the attachment
    bad.path.write_bytes(content)
    assert (store.is_good(good), store.is_good(bad)) == (True, False)
    whole = bytearray(path.read_bytes())
    whole[100:4096] = b"\xa5" * 3996  # the first page, where the schema stands
    path.write_bytes(whole)
    with pytest.raises(DraftInvalid, match="damaged_but_kept") as caught:
        store.open(path)
    assert caught.value.params["snapshot"] == good.name
    with pytest.raises(DraftInvalid, match="damaged"):
        store.restore(bad, path.with_name("out.tbd"))
    assert not path.with_name("out.tbd").exists()


def test_a_draft_damaged_inside_pushes_no_good_snapshot_out(store: SqliteDraftStore, path: Path, clock: Clock) -> None:
    with store.open(path) as draft:
        store.take_snapshot(draft)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    clock.pass_(days=1)
    with store.open(path) as draft:
        draft.put("name", "second")
        with pytest.raises(DraftInvalid, match="damaged"):
            store.take_snapshot(draft)
    assert [file.suffix for file in (path.parent / "图书馆.tbd.snapshots").iterdir()] == [".tbd"]


def test_foreign_files_in_the_folder_are_neither_listed_nor_removed(store: SqliteDraftStore, path: Path) -> None:
    folder = path.parent / "图书馆.tbd.snapshots"
    folder.mkdir()
    (folder / "notes.txt").write_text("mine")
    (folder / "2026-01-01.tbd").write_text("mine too")
    with store.open(path) as draft:
        store.take_snapshot(draft)
    assert len(store.snapshots(path)) == 1
    assert len(list(folder.iterdir())) == 3

"""Steps are applied, undone and redone in one transaction each, and survive the program."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.errors import DraftInvalid
from core.ports.drafts import Attachment, FileChange, RecordChange, Step
from core.store.draft import Draft
from tests.store.draft_world import START, step, store_at

MIB = 1 << 20


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "草稿.tbd"


@pytest.fixture
def draft(path: Path) -> Iterator[Draft]:
    with store_at().create(path, "bid") as made:
        yield made


def test_a_step_is_applied_undone_and_redone_also_after_reopening(draft: Draft, path: Path) -> None:
    draft.write(step(1, "name", None, "图书馆"))
    draft.write(step(2, "name", "图书馆", "图书馆二期"))
    draft.mark(2, undone=True)
    draft.close()
    with store_at().open(path) as again:
        assert again.get("name") == "图书馆"
        assert [(one.position, one.undone) for one in again.steps()] == [(1, False), (2, True)]
        again.mark(2, undone=False)
        assert again.get("name") == "图书馆二期"
        assert again.steps()[0] == step(1, "name", None, "图书馆")


def test_a_new_step_drops_what_was_undone(draft: Draft) -> None:
    for number in (1, 2, 3):
        draft.write(step(number, "n", number - 1 or None, number))
    draft.mark(3, undone=True)
    draft.mark(2, undone=True)
    draft.write(step(2, "n", 1, 9))
    assert [one.position for one in draft.steps()] == [1, 2]
    assert draft.get("n") == 9


def test_two_hundred_steps_are_kept(draft: Draft) -> None:
    for number in range(1, 206):
        draft.write(step(number, "n", number - 1 or None, number))
    assert [one.position for one in draft.steps()] == list(range(6, 206))


def test_a_removed_file_comes_back_by_undo_and_is_swept_when_nobody_names_it(draft: Draft, path: Path) -> None:
    content = b"plan" * MIB
    size, sm3 = draft.keep_body(io.BytesIO(content))
    plan = Attachment("plan.pdf", "application/pdf", size, sm3)
    draft.write(Step(1, "draft.merged", START, (), (FileChange("plan.pdf", None, plan),)))
    draft.write(Step(2, "draft.merged", START, (), (FileChange("plan.pdf", plan, None),)))
    assert draft.attachments() == ()
    draft.close()
    with store_at().open(path) as again:
        again.mark(2, undone=True)
        assert again.attachment("plan.pdf") == content
        again.detach("plan.pdf")  # from outside the history: nobody can undo it any more
        assert again.steps() == ()
    with store_at().open(path) as last, pytest.raises(DraftInvalid):
        last.write(Step(1, "draft.merged", START, (), (FileChange("plan.pdf", None, plan),)))


def test_one_content_under_two_names_is_kept_once(draft: Draft, path: Path) -> None:
    before = path.stat().st_size
    for name in ("a", "b", "c"):
        draft.attach(name, "text/plain", b"x" * 2 * MIB)
    assert path.stat().st_size - before < 5 * MIB  # room for the copy that was compared, not for three
    draft.detach("a")
    assert draft.attachment("b") == b"x" * 2 * MIB


def test_a_job_that_changes_the_draft_empties_the_history(draft: Draft) -> None:
    draft.write(step(1, "n", None, 1))
    draft.put("n", 7)
    assert draft.steps() == ()
    assert draft.get("n") == 7


def test_a_step_that_fails_changes_nothing(draft: Draft) -> None:
    draft.write(step(1, "n", None, 1))
    ghost = Attachment("x", "text/plain", 1, "00" * 32)
    both = Step(2, "draft.merged", START, (RecordChange("n", 1, 2),), (FileChange("x", None, ghost),))
    with pytest.raises(DraftInvalid, match="damaged"):
        draft.write(both)
    assert draft.get("n") == 1
    assert len(draft.steps()) == 1

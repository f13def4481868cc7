"""Colleagues who work on copies: merges take what changed there, keep what changed here, and ask about the rest."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.errors import AppError, HandoutInvalid, UsageError
from core.formats.handout_content import ABSENT, Item, digest
from core.jobs.draft_hand_out import HandOutDraft, hand_out
from core.jobs.draft_items import Decision, DraftItems, common, judge, learned
from core.jobs.draft_merge import MergedDraft, MergeDraft, merge
from core.ports.drafts import DraftPort, Shared
from core.ports.progress import Quiet
from core.ports.services import Services
from signing.canonical_json import Json
from tests.store.draft_world import Clock, colleague, services


class Office:
    """Colleagues with a draft each, who send files to one another."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.services: Services = services(Clock())
        self.homes = {name: colleague(name, folder)[1] for name in ("甲", "乙", "丙")}
        self.count = 0
        self.services.drafts.create(self.draft("甲"), "bid").close()

    def draft(self, name: str) -> Path:
        return self.folder / f"{name}.tbd"

    def opened(self, name: str) -> DraftPort:
        return self.services.drafts.open(self.draft(name))

    def send(self, sender: str, *to: str, records: tuple[str, ...] = ("*",), files: tuple[str, ...] = ("*",)) -> Path:
        self.count += 1
        out, home = self.folder / f"{self.count}.tbh", self.homes[sender]
        request = HandOutDraft(
            self.draft(sender), tuple(self.homes[name] / "encrypt.pem" for name in to), home / "sign.pem",
            home / "sign.key", out, records, files, home / "pin",
        )  # fmt: skip
        hand_out(request, self.services, Quiet())
        return out

    def receive(self, name: str, file: Path, *choose: str, take: str = "", new: bool = False) -> MergedDraft:
        home = self.homes[name]
        request = MergeDraft(
            self.draft(name), file, home / "encrypt.pem", home / "encrypt.key", choose, take, new, None, home / "pin"
        )
        return merge(request, self.services, Quiet())

    def put(self, name: str, **records: Json) -> None:
        with self.opened(name) as draft:
            for key, value in records.items():
                draft.put(key, value)

    def records(self, name: str) -> dict[str, Json]:
        with self.opened(name) as draft:
            return {key: draft.get(key) for key in draft.keys()}  # noqa: SIM118

    def files(self, name: str) -> dict[str, bytes]:
        with self.opened(name) as draft:
            return {one.name: draft.attachment(one.name) for one in draft.attachments()}


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def shared_with_b(office: Office) -> None:
    office.put("甲", price="100", note="旧", plan="a")
    with office.opened("甲") as draft:
        draft.attach("plan.pdf", "application/pdf", b"plan" * 400_000)
    office.receive("乙", office.send("甲", "乙"), new=True)


def test_a_colleague_begins_with_what_was_handed_out_and_nothing_else(office: Office) -> None:
    office.put("甲", price="100", secret="x")
    file = office.send("甲", "乙", records=("pri*",), files=())
    merged = office.receive("乙", file, new=True)
    assert (merged.taken, merged.sender) == (("record:price",), "甲")
    assert office.records("乙") == {"price": "100"}
    assert b"price" not in file.read_bytes()


def test_what_changed_there_comes_back_and_what_changed_here_stays(office: Office) -> None:
    shared_with_b(office)
    office.put("乙", price="120", extra="neu", plan=None)
    with office.opened("乙") as draft:
        draft.attach("plan.pdf", "application/pdf", b"better")
    office.put("甲", note="新")
    back = office.send("乙", "甲")
    merged = office.receive("甲", back)
    assert set(merged.taken) == {"record:price", "record:extra", "record:plan", "file:plan.pdf"}
    assert merged.kept == ("record:note",)
    assert office.records("甲") == {"price": "120", "note": "新", "extra": "neu"}
    assert office.files("甲") == {"plan.pdf": b"better"}


def test_merging_twice_changes_nothing_the_second_time(office: Office) -> None:
    shared_with_b(office)
    office.put("乙", price="120")
    back = office.send("乙", "甲")
    office.receive("甲", back)
    once = office.records("甲")
    again = office.receive("甲", back)
    assert (again.taken, again.kept, again.conflicts) == ((), (), ())
    office.put("甲", price="130")
    assert office.receive("甲", back).kept == ("record:price",)
    assert office.records("甲") == {**once, "price": "130"}


def test_both_changed_is_asked_and_nothing_is_written_before(office: Office) -> None:
    shared_with_b(office)
    office.put("乙", price="120", note="乙的")
    office.put("甲", price="90")
    back = office.send("乙", "甲")
    asked = office.receive("甲", back)
    [conflict] = asked.conflicts
    assert (conflict.item, conflict.mine, conflict.theirs, conflict.base) == (
        "record:price", {"value": "90"}, {"value": "120"}, {"value": "100"},
    )  # fmt: skip
    assert office.records("甲")["note"] == "旧"
    assert office.receive("甲", back, "record:price=mine").kept == ("record:price",)
    assert office.records("甲") == {"price": "90", "note": "乙的", "plan": "a"}
    assert office.receive("甲", back).conflicts == ()  # settled is settled


def test_files_and_removals_conflict_like_values(office: Office) -> None:
    shared_with_b(office)
    with office.opened("乙") as draft:
        draft.attach("plan.pdf", "application/pdf", b"theirs")
    with office.opened("甲") as draft:
        draft.detach("plan.pdf")
    back = office.send("乙", "甲")
    [conflict] = office.receive("甲", back).conflicts
    assert conflict.mine == ABSENT
    assert office.files("甲") == {}
    office.receive("甲", back, take="theirs")
    assert office.files("甲") == {"plan.pdf": b"theirs"}


def test_one_undo_takes_a_whole_merge_back(office: Office) -> None:
    shared_with_b(office)
    before, files = office.records("甲"), office.files("甲")
    office.put("乙", price="120", note=None)
    with office.opened("乙") as draft:
        draft.attach("plan.pdf", "application/pdf", b"theirs")
    office.receive("甲", office.send("乙", "甲"))
    with office.opened("甲") as draft:
        [done] = draft.steps()
        draft.mark(done.position, undone=True)
    assert (office.records("甲"), office.files("甲")) == (before, files)


def test_an_old_file_never_brings_back_what_was_replaced(office: Office) -> None:
    shared_with_b(office)
    office.put("乙", price="120")
    early = office.send("乙", "甲")
    office.put("乙", price="125")
    late = office.send("乙", "甲")
    office.receive("甲", late)
    assert office.receive("甲", early).kept == ("record:price",)
    assert office.records("甲")["price"] == "125"


def test_a_value_set_back_on_purpose_is_not_lost(office: Office) -> None:
    shared_with_b(office)
    office.put("乙", price="120")
    office.receive("甲", office.send("乙", "甲"))
    office.put("甲", price="100")  # back to what was handed out at first
    office.put("乙", price="125")
    [conflict] = office.receive("甲", office.send("乙", "甲")).conflicts
    assert conflict.base == {"value": "120"}


keys = st.lists(st.sampled_from("abcdefgh"), unique=True, min_size=1, max_size=8)


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(keys, st.data())
def test_colleagues_who_changed_different_things_give_the_same_in_any_order(
    tmp_path_factory: pytest.TempPathFactory, changed: list[str], data: st.DataObject
) -> None:
    office = Office(tmp_path_factory.mktemp("office"))
    office.put("甲", **dict.fromkeys("abcdefgh", "old"))
    with office.opened("甲") as draft:
        draft.attach("f", "text/plain", b"old")
    first = office.send("甲", "乙", "丙")
    for name in ("乙", "丙"):
        office.receive(name, first, new=True)
    by_b = data.draw(st.sets(st.sampled_from(changed)))
    removed = data.draw(st.sets(st.sampled_from(changed)))
    for key in changed:
        office.put("乙" if key in by_b else "丙", **{key: None if key in removed else f"new {key}"})
    with office.opened("丙") as draft:
        draft.attach("f", "text/plain", b"new")
    backs = [office.send(name, "甲") for name in ("乙", "丙")]
    start = office.draft("甲").read_bytes()
    results = []
    for order in (backs, backs[::-1], [*backs, *backs]):
        office.draft("甲").write_bytes(start)
        for file in order:
            assert office.receive("甲", file).conflicts == ()
        results.append((office.records("甲"), office.files("甲")))
    assert results[0] == results[1] == results[2]
    assert results[0][0] == {
        key: f"new {key}" if key in changed else "old" for key in "abcdefgh" if not (key in changed and key in removed)
    }
    assert results[0][1] == {"f": b"new"}


states = st.sampled_from([ABSENT, *({"value": number} for number in range(4))])
histories = st.lists(states, max_size=5)


def items(known: list[Json], mine: Json) -> DraftItems:
    unique = list({digest(state): state for state in known}.items())
    shared = tuple(Shared("record:k", one, state) for one, state in unique)
    return DraftItems({} if mine == ABSENT else {"record:k": mine}, {"record:k": shared})


def sent(known: list[Json], state: Json) -> Item:
    earlier = dict.fromkeys(digest(one) for one in known if one != state)
    return Item("record:k", state, (*earlier, digest(state)))


@given(histories, states, histories, states)
def test_a_changed_value_is_never_replaced_unless_the_other_side_had_it_last(
    here: list[Json], mine: Json, there: list[Json], theirs: Json
) -> None:
    known, file = items(here, mine), sent(there, theirs)
    judged = judge(known, file)
    base = common(known.known("record:k"), file.known)
    if judged.decision is Decision.TAKE:
        assert digest(mine) == base or (mine == ABSENT and not here)
    if judged.decision is Decision.KEEP:
        assert digest(theirs) == base
    assert (judged.decision is Decision.SAME) <= (mine == theirs)


@given(histories, states, histories, states, st.booleans())
def test_what_was_merged_once_is_settled(
    here: list[Json], mine: Json, there: list[Json], theirs: Json, theirs_chosen: bool
) -> None:
    known, file = items(here, mine), sent(there, theirs)
    decision = judge(known, file).decision
    taken = decision is Decision.TAKE or (decision is Decision.CONFLICT and theirs_chosen)
    more = learned(known, file, decision)
    moved = {one.digest for one in more}
    shared = (*(one for one in known.shared["record:k"] if one.digest not in moved), *more)
    after = DraftItems({"record:k": theirs if taken else mine}, {"record:k": shared})
    if (theirs if taken else mine) == ABSENT:
        after = replace(after, states={})
    assert judge(after, file).decision in {Decision.SAME, Decision.KEEP}


def test_other_work_is_refused_and_left_alone(office: Office, tmp_path: Path) -> None:
    office.put("甲", price="1")
    file = office.send("甲", "乙")
    office.services.drafts.create(office.draft("乙"), "bid").close()
    with pytest.raises(HandoutInvalid, match="other_work"):
        office.receive("乙", file)
    assert office.records("乙") == {}


def test_a_failed_merge_into_a_new_draft_leaves_none(office: Office) -> None:
    office.put("甲", price="1")
    file = office.send("甲", "甲")
    with pytest.raises(HandoutInvalid, match="not_addressed"):
        office.receive("乙", file, new=True)
    assert not office.draft("乙").exists()
    assert [one.name for one in office.folder.iterdir() if one.name.startswith(".")] == []


@pytest.mark.parametrize("choice", ["record:price", "price=both", "=mine", "record:none=mine"])
def test_a_choice_that_means_nothing_is_refused(office: Office, choice: str) -> None:
    shared_with_b(office)
    with pytest.raises(UsageError):
        office.receive("甲", office.send("乙", "甲"), choice)


def test_a_name_that_is_not_there_hands_nothing_out(office: Office) -> None:
    with pytest.raises(AppError, match="nothing"):
        office.send("甲", "乙", records=("none",), files=())
    assert list(office.folder.glob("*.tbh")) == []

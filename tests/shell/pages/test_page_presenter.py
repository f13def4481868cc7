"""The viewer's decisions, without Qt."""

from __future__ import annotations

import sys

from apps.shell.pages.fault import Cause, Fault
from apps.shell.pages.presenter import ViewerPresenter
from apps.shell.pages.state import Pane, Phase, SearchState, ViewerState


class Recorded:
    """A stage that has ten pages and notes what it is told."""

    def __init__(self) -> None:
        self.told: list[object] = []

    def page_of(self, text: str) -> int:
        return int(text) - 1 if text.strip().isdigit() and 1 <= int(text) <= 10 else -1

    def show_page(self, page: int) -> None:
        self.told.append(page)

    def start_search(self, query: str) -> None:
        self.told.append(query)

    def step_hit(self, forward: bool) -> None:
        self.told.append(forward)

    def open_again(self, password: str) -> None:
        self.told.append(("again", password))


def made() -> tuple[ViewerPresenter, Recorded, list[ViewerState]]:
    shown: list[ViewerState] = []
    stage = Recorded()
    presenter = ViewerPresenter(shown.append, stage)
    presenter.opening("works.pdf")
    presenter.opened(10)
    return presenter, stage, shown


def test_a_page_that_is_not_there_is_named_and_forgotten_after_a_good_one() -> None:
    presenter, stage, _ = made()
    presenter.go_to("11")
    assert (presenter.state.unknown_page, stage.told) == ("11", [])
    presenter.go_to("3")
    assert (presenter.state.unknown_page, stage.told) == ("", [2])


def test_stepping_stops_at_both_ends() -> None:
    presenter, stage, _ = made()
    presenter.step_page(-1)
    presenter.page_shown(9, "10")
    presenter.step_page(1)
    presenter.step_page(-1)
    assert stage.told == [8]


def test_the_same_pane_again_closes_it() -> None:
    presenter, _, _ = made()
    presenter.choose_pane(Pane.BOOKMARKS)
    presenter.choose_pane(Pane.TEXT)
    assert presenter.state.pane is Pane.TEXT
    presenter.choose_pane(Pane.TEXT)
    assert presenter.state.pane is Pane.NONE


def test_closing_the_search_ends_it_and_its_list() -> None:
    presenter, stage, _ = made()
    presenter.open_search()
    presenter.choose_pane(Pane.HITS)
    presenter.find(" shelf ")
    presenter.open_search(opened=False)
    assert stage.told == ["shelf", ""]
    assert presenter.state.pane is Pane.NONE


def test_without_hits_nothing_steps() -> None:
    presenter, stage, _ = made()
    presenter.step_hit(True)
    presenter.searched(SearchState("x", 2))
    presenter.step_hit(False)
    assert stage.told == [False]


def test_a_failed_document_is_tried_again_and_a_locked_one_with_a_password() -> None:
    presenter, stage, _ = made()
    presenter.failed(Fault(Cause.PASSWORD))
    presenter.unlock("")
    presenter.unlock("secret")
    presenter.failed(Fault(Cause.GAVE_UP))
    presenter.retry()
    assert stage.told == [("again", "secret"), ("again", "")]
    assert presenter.state.phase is Phase.OPENING


def test_the_search_says_how_it_stands() -> None:
    keys = [
        SearchState().key, SearchState("x", complete=False).key, SearchState("x").key, SearchState("x", 3).key,
        SearchState("x", 3, 0).key, SearchState("x", 3, 0, capped=True).key, SearchState("x", 3, 0, unread=1).key,
    ]  # fmt: skip
    assert [key.rsplit(".", 1)[1] for key in keys] == [
        "none", "going", "nothing", "found", "done", "capped", "unread",
    ]  # fmt: skip


def test_the_decisions_need_no_qt() -> None:
    import subprocess

    code = "import sys; import apps.shell.pages.presenter, apps.shell.pages.session; sys.exit('PySide6' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0

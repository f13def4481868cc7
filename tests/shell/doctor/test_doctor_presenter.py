"""The presenter without Qt."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from apps.shell.doctor_page.presenter import DoctorPresenter
from apps.shell.doctor_page.state import DoctorState, Phase, failed_first
from apps.shell.tasks import Handle, ImmediateStarter
from core.jobs.doctor.check import Check
from core.jobs.doctor.inputs import Inputs
from core.jobs.doctor.result import Outcome, Result, failed, passed, warned
from core.ports.progress import JobContext, Quiet
from tests.shell.doctor.doctor_world import inputs_at

T = TypeVar("T")


class Step:
    """A starter that works when told."""

    def __init__(self) -> None:
        self.waiting: list[Callable[[], None]] = []

    def start(self, work: Callable[[JobContext], T], *, done: Callable[[T], None], **_: object) -> Handle:
        state = {"dead": False}

        def go() -> None:
            if not state["dead"]:
                done(work(Quiet()))

        self.waiting.append(go)

        class It:
            running = True

            def cancel(self) -> None:
                """The work is not waited for."""

            def forget(self) -> None:
                state["dead"] = True

        return It()

    def go(self) -> None:
        self.waiting.pop(0)()


class Scene:
    def __init__(self, folder: Path, starter: object = None) -> None:
        self.shown: list[DoctorState] = []
        self.copied: list[str] = []
        self.fixed: list[Result] = []
        self.ran: list[str] = []
        self.verdicts = {"disk": passed("disk", "enough"), "key": failed("key", "wrong_pin", action="choose_certificate"),
                         "rare": warned("rare", "lacks")}  # fmt: skip
        checks = [Check(name, self._probe(name)) for name in self.verdicts]
        self.presenter = DoctorPresenter(
            self.shown.append, starter or ImmediateStarter(), checks, lambda: inputs_at(folder),  # type: ignore[arg-type]
            copy=self.copied.append, fix=self.fixed.append,
        )  # fmt: skip

    def _probe(self, name: str) -> Callable[[Inputs], Result]:
        def probe(_inputs: Inputs) -> Result:
            self.ran.append(name)
            return self.verdicts[name]

        return probe


def test_checks_run_one_after_another_and_end_with_the_failed_first(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    scene.presenter.run_all()
    assert scene.ran == ["disk", "key", "rare"]
    currents = [state.current for state in scene.shown if state.current]
    assert list(dict.fromkeys(currents)) == ["disk", "key", "rare"]
    assert all(sum(row.phase is Phase.RUNNING for row in state.rows) <= 1 for state in scene.shown)
    final = scene.shown[-1]
    assert [row.name for row in final.rows] == ["key", "rare", "disk"]
    assert (final.finished, final.count(Outcome.FAIL), final.count(Outcome.WARN)) == (True, 1, 1)


def test_while_running_the_rows_stay_in_place(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    scene.presenter.run_all()
    assert {tuple(row.name for row in state.rows) for state in scene.shown if state.running} == {
        ("disk", "key", "rare")
    }


def test_one_check_again_asks_only_that_one_and_moves_it(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    scene.presenter.run_all()
    scene.verdicts["key"] = passed("key", "signs")
    scene.ran.clear()
    scene.presenter.recheck("key")
    assert scene.ran == ["key"]
    assert [row.name for row in scene.shown[-1].rows] == ["rare", "disk", "key"]


def test_a_second_start_while_running_is_ignored(tmp_path: Path) -> None:
    step = Step()
    scene = Scene(tmp_path, step)
    scene.presenter.run_all()
    scene.presenter.run_all()
    scene.presenter.recheck("rare")
    assert len(step.waiting) == 1


def test_stop_keeps_what_was_found_and_ignores_what_comes_late(tmp_path: Path) -> None:
    step = Step()
    scene = Scene(tmp_path, step)
    scene.presenter.run_all()
    step.go()
    scene.presenter.stop()
    step.go()
    state = scene.shown[-1]
    assert (state.running, len(state.results), state.finished) == (False, 1, False)
    assert state.note is not None
    assert state.note.key == "shell.doctor.note.stopped"
    assert step.waiting == []


def test_the_fix_button_hands_the_answer_to_the_program(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    scene.presenter.run_all()
    scene.presenter.mend("key")
    scene.presenter.mend("disk")
    assert [result.action for result in scene.fixed] == ["choose_certificate"]


def test_the_report_is_copied_and_exported_and_a_failure_to_write_is_told(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    scene.presenter.run_all()
    scene.presenter.copy()
    assert "doctor.key.wrong_pin" in scene.copied[0]
    scene.presenter.export(tmp_path / "r.txt")
    assert "doctor.key.wrong_pin" in (tmp_path / "r.txt").read_text("utf-8-sig")
    assert scene.shown[-1].note is not None
    assert scene.shown[-1].note.value == "r.txt"
    scene.presenter.export(tmp_path / "nowhere" / "r.txt")
    note = scene.shown[-1].note
    assert note is not None
    assert (note.tone, note.value) == ("err", "file.folder_missing")


def test_sorting_twice_changes_nothing(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    scene.presenter.run_all()
    state = scene.shown[-1]
    assert failed_first(state, ["disk", "key", "rare"]) == state

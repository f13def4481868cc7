"""Runs the checks one after another, keeps the answers, exports and copies them. No Qt."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from apps.shell.doctor_page.state import DoctorState, Note, Phase, Row, failed_first, waiting, with_row
from apps.shell.screen import Presenter
from apps.shell.tasks import Handle, Starter
from core.jobs.doctor.check import RAISED, Check, run_check
from core.jobs.doctor.export import export_text, write_export
from core.jobs.doctor.inputs import Inputs
from core.jobs.doctor.result import Outcome, Result
from core.ports.progress import JobContext
from signing.errors import CodedError


class DoctorPresenter(Presenter[DoctorState]):
    """``inputs`` is asked for anew at each run: what a person has mended meanwhile must count.

    ``copy`` puts a text on the clipboard; ``fix`` does what the action of an answer names, in the program's own way.
    """

    def __init__(
        self,
        show: Callable[[DoctorState], None],
        starter: Starter,
        checks: Sequence[Check],
        inputs: Callable[[], Inputs],
        *,
        copy: Callable[[str], None],
        fix: Callable[[Result], None],
    ) -> None:
        super().__init__(show, waiting(check.name for check in checks))
        self._starter, self._inputs, self._copy, self._fix = starter, inputs, copy, fix
        self._checks = {check.name: check for check in checks}
        self._queue: deque[str] = deque()
        self._present: Inputs | None = None
        self._handle: Handle | None = None

    def run_all(self) -> None:
        """Runs every check; does nothing while a run is under way."""
        if not self._state.running:
            self._begin(tuple(self._checks))

    def recheck(self, name: str) -> None:
        """Runs one check again; does nothing while a run is under way."""
        if not self._state.running and name in self._checks:
            self._begin((name,))

    def stop(self) -> None:
        """Runs no further check; the one at work is not waited for and keeps its former answer."""
        if not self._state.running:
            return
        self._queue.clear()
        if self._handle is not None:
            self._handle.cancel()
            self._handle.forget()
            self._handle = None
        rows = tuple(
            replace(row, phase=Phase.DONE if row.result is not None else Phase.WAITING) for row in self._state.rows
        )
        stopped = replace(self._state, rows=rows, running=False, note=Note("shell.doctor.note.stopped", "info"))
        self._show(failed_first(stopped, tuple(self._checks)))

    def mend(self, name: str) -> None:
        """Does what the answer's fix button says."""
        result = self._result(name)
        if result is not None and result.action:
            self._fix(result)

    def copy(self) -> None:
        """Puts the report on the clipboard."""
        self._copy(export_text(self._state.results, self._known_inputs()))
        self._show(replace(self._state, note=Note("shell.doctor.note.copied")))

    def export(self, file: Path) -> None:
        """Writes the report; the person has agreed to replace a file of that name in the file dialog."""
        results, inputs = self._state.results, self._known_inputs()

        def work(context: JobContext) -> None:
            context.raise_if_cancelled()
            write_export(file, results, inputs, replace=True)

        self._starter.start(work, done=lambda _: self._exported(file), failed=self._not_exported)

    def _begin(self, names: Sequence[str]) -> None:
        self._present = self._inputs()
        self._queue = deque(names)
        state = replace(self._state, running=True, note=None)
        for name in names:
            state = with_row(state, Row(name, Phase.WAITING, self._result(name)))
        self._show(state)
        self._next()

    def _next(self) -> None:
        if not self._queue:
            self._handle = None
            self._show(failed_first(replace(self._state, running=False), tuple(self._checks)))
            return
        check, inputs = self._checks[self._queue.popleft()], self._known_inputs()
        self._show(with_row(self._state, Row(check.name, Phase.RUNNING, self._result(check.name))))

        def work(context: JobContext) -> Result:
            context.raise_if_cancelled()
            return run_check(check, inputs)

        handle = self._starter.start(work, done=self._answered, failed=lambda error: self._broken(check.name, error))
        self._handle = handle if handle.running else self._handle

    def _answered(self, result: Result) -> None:
        self._show(with_row(self._state, Row(result.name, Phase.DONE, result)))
        self._next()

    def _broken(self, name: str, error: CodedError) -> None:
        """run_check answers whatever happens; this is the runner's own fault."""
        self._answered(Result(name, Outcome.FAIL, RAISED, {"kind": error.code}, "call_help_desk"))

    def _exported(self, file: Path) -> None:
        self._show(replace(self._state, note=Note("shell.doctor.note.exported", "ok", file.name)))

    def _not_exported(self, error: CodedError) -> None:
        note = Note("shell.doctor.note.not_exported", "err", f"file.{error.params.get('reason', 'failed')}")
        self._show(replace(self._state, note=note))

    def _known_inputs(self) -> Inputs:
        if self._present is None:
            self._present = self._inputs()
        return self._present

    def _result(self, name: str) -> Result | None:
        return next((row.result for row in self._state.rows if row.name == name), None)

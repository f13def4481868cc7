"""What the rooms screen does. Plain Python: tests run it with a list as view and work that is done at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from apps.shell.example.area import room_with
from apps.shell.example.paint import PaintList, write_paint_list
from apps.shell.example.state import ExampleState, Phase
from apps.shell.frame.say import said_of, say
from apps.shell.screen import Presenter
from apps.shell.tasks import Handle, Progress, Starter
from core.ports.progress import JobContext
from signing.errors import CodedError


class ExamplePresenter(Presenter[ExampleState]):
    """Holds the rooms; ``target`` is where the list of paint is written."""

    def __init__(
        self,
        show: Callable[[ExampleState], None],
        starter: Starter,
        rooms: tuple[tuple[str, str], ...],
        target: Path,
    ) -> None:
        super().__init__(show, ExampleState(tuple(room_with(name, typed) for name, typed in rooms)))
        self._starter, self._target = starter, target
        self._handle: Handle | None = None

    def choose(self, number: int) -> None:
        """Another room was chosen."""
        if 0 <= number < len(self._state.rooms):
            self._show(replace(self._state, chosen=number))

    def type_area(self, untrusted_text: str) -> None:
        """Takes what was typed; while work is under way the rooms stay as they are."""
        state = self._state
        if state.busy or not state.rooms:
            return
        room = room_with(state.rooms[state.chosen].name, untrusted_text)
        rooms = (*state.rooms[: state.chosen], room, *state.rooms[state.chosen + 1 :])
        self._show(replace(state, rooms=rooms, phase=Phase.IDLE, outcome=None))

    def next_problem(self) -> None:
        """The next room that is not right, after the last the first again."""
        state = self._state
        count = len(state.rooms)
        order = [(state.chosen + step) % count for step in range(1, count + 1)]
        for number in order:
            if state.rooms[number].problem is not None:
                self._show(replace(state, chosen=number))
                return

    def start(self) -> None:
        """Starts the work, once, and only where nothing is missing."""
        state = self._state
        if state.busy or state.missing or not state.rooms:
            return

        def work(ctx: JobContext) -> PaintList:
            return write_paint_list(state.rooms, self._target, ctx)

        self._show(replace(state, phase=Phase.WORKING, progress=None, outcome=None))
        self._handle = self._starter.start(
            work, done=self._done, failed=self._failed, progress=self._progress, cancelled=self._cancelled
        )

    def cancel(self) -> None:
        """Asks the work to stop; until it has, the screen says so."""
        if self._handle is not None and self._state.phase is Phase.WORKING:
            self._show(replace(self._state, phase=Phase.STOPPING))
            self._handle.cancel()

    def _progress(self, progress: Progress) -> None:
        self._show(replace(self._state, progress=progress))

    def _done(self, result: PaintList) -> None:
        outcome = say("shell.example.done", litres=result.litres, path=result.path)
        self._show(replace(self._state, phase=Phase.DONE, progress=None, outcome=outcome))

    def _failed(self, error: CodedError) -> None:
        self._show(replace(self._state, phase=Phase.FAILED, progress=None, outcome=said_of(error)))

    def _cancelled(self) -> None:
        self._show(replace(self._state, phase=Phase.IDLE, progress=None, outcome=say("app.cancelled")))

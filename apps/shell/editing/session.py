"""One open draft as a window edits it: acts applied at once, written behind in order, undone and redone. No Qt.

All calls and callbacks belong to one thread, the window's; the disk is only touched on the store's lane. An act is on
the screen before it is on the disk: until then the state says so, and a failed write keeps it and tries again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from apps.shell.editing.imports import import_file
from apps.shell.editing.memory import Memory
from apps.shell.editing.state import EditState, HistoryLine, Saving
from apps.shell.editing.writes import Write, WriteQueue
from apps.shell.tasks import Handle, Lane, Progress, Starter
from core.ports.drafts import Attachment, DraftPort, Step
from signing.canonical_json import Json
from signing.errors import CodedError


class EditSession:
    """``show`` gets every new state. Values handed out must not be changed by their receiver."""

    def __init__(
        self,
        draft: DraftPort,
        memory: Memory,
        starter: Starter,
        now: Callable[[], datetime],
        show: Callable[[EditState], None],
    ) -> None:
        self._draft, self._memory, self._starter, self._now, self._show = draft, memory, starter, now, show
        self._queue = WriteQueue(draft, starter, self._progressed)
        self._saved_at: datetime | None = memory.steps[-1].at if memory.steps else None
        self._closing: tuple[Callable[[], None], Callable[[CodedError], None]] | None = None
        self._closed = False
        self._recovered = bool(memory.steps)
        self._importing = 0

    @property
    def draft(self) -> DraftPort:
        """The draft below, for jobs on the store's lane."""
        return self._draft

    @property
    def state(self) -> EditState:
        """What to show now."""
        queue = self._queue
        if self._closed:
            saving = Saving.CLOSED
        elif queue.error is not None:
            saving = Saving.NOT_SAVED
        else:
            saving = Saving.SAVING if len(queue) else Saving.SAVED
        unsaved = queue.positions()
        history = tuple(
            HistoryLine(step.position, step.label, step.subject, step.at, step.undone, step.position not in unsaved)
            for step in self._memory.steps
        )
        return EditState(saving, self._saved_at, len(queue), queue.error, history, self._recovered)

    def get(self, key: str) -> Json:
        """The record of a key as the person sees it, None where there is none."""
        return self._memory.records.get(key)

    def keys(self, prefix: str = "") -> tuple[str, ...]:
        """All keys that begin with ``prefix``, sorted."""
        return tuple(sorted(key for key in self._memory.records if key.startswith(prefix)))

    def attachments(self) -> tuple[Attachment, ...]:
        """All files, by name."""
        return tuple(self._memory.files[name] for name in sorted(self._memory.files))

    def edit(
        self,
        label: str,
        records: Mapping[str, Json] | None = None,
        *,
        subject: str = "",
        detach: Sequence[str] = (),
        token: str = "",
    ) -> None:
        """One act of the person: records set (None removes), files removed. One undo takes all of it back.

        Acts in a row with the same ``token`` (one field being typed into) are one act. Raises NotCanonicalJson for a
        value no draft can hold; then nothing happened.
        """
        gone: dict[str, Attachment | None] = dict.fromkeys(detach)
        self._queue_step(self._memory.change(label, subject, self._now(), records or {}, gone, token))

    def attach(
        self,
        label: str,
        name: str,
        media_type: str,
        source: Path,
        *,
        done: Callable[[Attachment], None],
        failed: Callable[[CodedError], None],
        records: Mapping[str, Json] | None = None,
        progress: Callable[[Progress], None] | None = None,
        cancelled: Callable[[], None] | None = None,
    ) -> Handle:
        """Takes a file in; the act (with ``records``) happens once its content is on the disk, then comes ``done``."""
        subject = source.name.encode(errors="replace").decode()  # a disk's names need not be text

        def kept(body: tuple[int, str]) -> None:
            file = Attachment(name, media_type, *body)
            try:
                step = self._memory.change(label, subject, self._now(), records or {}, {name: file})
            except CodedError as error:
                refused = error
                self._imported(lambda: failed(refused))
                return
            self._queue_step(step)
            self._imported(lambda: done(file))

        self._importing += 1
        return self._starter.start(
            import_file(self._draft, source),
            done=kept,
            failed=lambda error: self._imported(lambda: failed(error)),
            progress=progress,
            cancelled=lambda: self._imported(cancelled),
            lane=Lane.STORE,
        )

    def undo(self) -> None:
        """Takes the last act back; nothing where there is none."""
        self._queue_step(self._memory.undo(), mark=True)

    def redo(self) -> None:
        """Does again what was undone last; nothing where there is none."""
        self._queue_step(self._memory.redo(), mark=True)

    def go_to(self, position: int) -> None:
        """Undoes or redoes until the act at ``position`` is the last one done; 0 undoes all."""
        while (last := self.state.undo) is not None and last.position > position:
            self.undo()
        while (coming := self.state.redo) is not None and coming.position <= position:
            self.redo()

    def retry(self) -> None:
        """Tries again to write what waits."""
        self._queue.pump()
        self._tell()

    def close(self, closed: Callable[[], None], stuck: Callable[[CodedError], None]) -> None:
        """Waits for all writes, then gives the draft back; ``stuck`` where they fail: the session goes on."""
        self._closing = (closed, stuck)
        self._queue.error = None
        self._queue.pump()
        self._close_if_done()

    def abandon(self, closed: Callable[[], None]) -> None:
        """Gives the draft back without what could not be written; only after the person has said so."""
        self._queue.drop()
        self.close(closed, lambda _error: None)

    def everything(self) -> tuple[dict[str, Json], tuple[Attachment, ...]]:
        """Records and files as the person sees them: for saving a copy elsewhere."""
        return dict(self._memory.records), self.attachments()

    def reload(self, memory: Memory) -> None:
        """Takes over what a job wrote into the draft (a merge); only while nothing waits to be written."""
        self._memory = memory
        self._tell()

    def _queue_step(self, step: Step | None, *, mark: bool = False) -> None:
        if step is None or self._closed:
            return
        self._recovered = False
        self._queue.add(Write(step, mark))
        self._tell()

    def _imported(self, then: Callable[[], None] | None) -> None:
        self._importing -= 1
        if then is not None:
            then()
        self._close_if_done()

    def _progressed(self) -> None:
        if self._queue.error is None:
            self._saved_at = self._now()
        self._tell()
        self._close_if_done()

    def _close_if_done(self) -> None:
        if self._closing is None or self._queue.busy or self._closed:
            return
        closed, stuck = self._closing
        if self._queue.error is not None:
            self._closing = None
            stuck(self._queue.error)
            return
        if len(self._queue) or self._importing:
            return
        self._closed = True

        def ended(_nothing: None = None) -> None:
            self._tell()
            closed()

        def failed(_error: CodedError) -> None:
            ended()

        self._starter.start(lambda _context: self._draft.close(), done=ended, failed=failed, lane=Lane.STORE)

    def _tell(self) -> None:
        self._show(self.state)

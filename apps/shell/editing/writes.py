"""The queue of writes on their way to the disk, in order; a failed one stays at its head until it succeeds. No Qt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from apps.shell.tasks import Lane, Starter
from core.ports.drafts import DraftPort, Step
from core.ports.progress import JobContext
from signing.errors import CodedError


@dataclass(frozen=True, slots=True)
class Write:
    """One transaction: a step written, or one marked as undone or redone."""

    step: Step
    mark: bool = False

    def carry_out(self, draft: DraftPort) -> None:
        """Writes it; durable on return."""
        if self.mark:
            draft.mark(self.step.position, undone=self.step.undone)
        else:
            draft.write(self.step)


@dataclass(slots=True)
class _Batch:
    """Writes handed to the lane together, each a transaction of its own; ``done`` of them are on the disk."""

    writes: tuple[Write, ...]
    done: int = 0


@dataclass(slots=True)
class WriteQueue:
    """Hands writes to the store's lane, one batch at a time, and tells how it went in the caller's thread."""

    draft: DraftPort
    starter: Starter
    changed: Callable[[], None]
    error: CodedError | None = None
    _waiting: list[Write] = field(default_factory=list)
    _batch: _Batch | None = None

    def __len__(self) -> int:
        """Writes not known to be on the disk."""
        return len(self._waiting)

    def positions(self) -> frozenset[int]:
        """Which steps these writes are about."""
        return frozenset(write.step.position for write in self._waiting)

    @property
    def busy(self) -> bool:
        """Whether a batch is under way."""
        return self._batch is not None

    def add(self, write: Write) -> None:
        """Adds a write; one that extends the last step, not yet under way, takes its place."""
        under_way = len(self._batch.writes) if self._batch else 0
        last = self._waiting[-1] if len(self._waiting) > under_way else None
        if last and not write.mark and not last.mark and last.step.position == write.step.position:
            self._waiting[-1] = write
        else:
            self._waiting.append(write)
        self.pump()

    def pump(self) -> None:
        """Starts writing what waits, unless writing is under way."""
        if self._batch is not None or not self._waiting:
            return
        batch = self._batch = _Batch(tuple(self._waiting))

        def work(_context: JobContext) -> None:
            for write in batch.writes:
                write.carry_out(self.draft)
                batch.done += 1

        self.starter.start(
            work,
            done=lambda _nothing: self._ended(batch, None),
            failed=lambda error: self._ended(batch, error),
            lane=Lane.STORE,
        )

    def drop(self) -> None:
        """Gives up what waits; what is under way still ends."""
        self._waiting.clear()

    def _ended(self, batch: _Batch, error: CodedError | None) -> None:
        del self._waiting[: batch.done]
        self._batch = None
        self.error = error
        if error is None:
            self.pump()
        self.changed()

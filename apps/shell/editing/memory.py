"""A draft's records, the names of its files and the history in memory: what the person sees, saved or not. No Qt."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from core.ports.drafts import Attachment, DraftPort, FileChange, RecordChange, Step
from signing.canonical_json import NODE_LIMIT, SIZE_LIMIT, Json, NotCanonicalJson, encode

UNDO_LIMIT = 200
ACT_BYTES = SIZE_LIMIT // 4  # of the new values of one act: its step holds the old ones too and must be read back
ACT_NODES = NODE_LIMIT // 4


@dataclass(slots=True)
class Memory:
    """Everything of a draft but the contents of its files; changed by steps only."""

    records: dict[str, Json]
    files: dict[str, Attachment]
    steps: list[Step]
    _token: str = field(default="", init=False)  # what the last step may be extended by

    @classmethod
    def of(cls, draft: DraftPort) -> Memory:
        """Reads a draft; takes as long as its records are large, so never in a window's own thread."""
        return cls(
            {key: draft.get(key) for key in draft.keys()},  # noqa: SIM118 - a port, no mapping
            {one.name: one for one in draft.attachments()},
            list(draft.steps()),
        )

    def change(
        self,
        label: str,
        subject: str,
        now: datetime,
        records: Mapping[str, Json],
        files: Mapping[str, Attachment | None],
        token: str = "",
    ) -> Step | None:
        """Makes one act a step and applies it; None where it changes nothing. Raises NotCanonicalJson, nothing changed,
        for what no draft can hold or read back: a write that can never succeed would keep all later ones from the disk.

        With the ``token`` of the step before, that step is extended instead: typing into one field is one act.
        """
        encode([label, subject, *records, *files, *(file.media_type for file in files.values() if file is not None)])
        frozen = _frozen(records)
        changes = tuple(
            RecordChange(key, self.records.get(key), value)
            for key, value in frozen.items()
            if self.records.get(key) != value
        )
        moved = tuple(
            FileChange(name, self.files.get(name), file) for name, file in files.items() if self.files.get(name) != file
        )
        if not changes and not moved:
            return None
        done = self._done()
        if token and token == self._token and len(done) == len(self.steps) and done:
            step = _extended(done[-1], changes, moved, now)
            self.steps[-1] = step
        else:
            step = Step(done[-1].position + 1 if done else 1, label, now, changes, moved, subject=subject)
            self.steps = [*done, step][-UNDO_LIMIT:]
        self._token = token
        self._apply(step, undone=False)
        return step

    def undo(self) -> Step | None:
        """Takes the last act back; None where there is none."""
        done = self._done()
        return self._marked(len(done) - 1, undone=True) if done else None

    def redo(self) -> Step | None:
        """Does again what was undone last; None where there is none."""
        done = len(self._done())
        return self._marked(done, undone=False) if done < len(self.steps) else None

    def _done(self) -> Sequence[Step]:
        return [step for step in self.steps if not step.undone]

    def _marked(self, index: int, *, undone: bool) -> Step:
        step = replace(self.steps[index], undone=undone)
        self.steps[index] = step
        self._token = ""
        self._apply(step, undone=undone)
        return step

    def _apply(self, step: Step, *, undone: bool) -> None:
        for record in step.records:
            value = record.old if undone else record.new
            if value is None:
                self.records.pop(record.key, None)
            else:
                self.records[record.key] = value
        for change in step.files:
            file = change.old if undone else change.new
            if file is None:
                self.files.pop(change.name, None)
            else:
                self.files[change.name] = file


def _frozen(records: Mapping[str, Json]) -> dict[str, Json]:
    """Copies that nobody else holds, proven fit for the draft as the parts of a step they become."""
    frozen: dict[str, Json] = {}
    size = nodes = 0
    for key, value in records.items():
        encoded = encode([[[[value]]]])  # as deep as it lies in a step and in a hand-out
        size += len(encoded)
        nodes += sum(encoded.count(mark) for mark in (b",", b"[", b"{"))
        if size > ACT_BYTES or nodes > ACT_NODES:
            raise NotCanonicalJson(reason="too large")
        copy: list[list[list[list[Json]]]] = json.loads(encoded)
        frozen[key] = copy[0][0][0][0]
    return frozen


def _extended(step: Step, records: tuple[RecordChange, ...], files: tuple[FileChange, ...], now: datetime) -> Step:
    """The step with later changes on top: the old values of the first, the new ones of the last."""
    by_key = {change.key: change for change in step.records}
    for record in records:
        first = by_key.get(record.key, record)
        by_key[record.key] = replace(record, old=first.old)
    by_name = {change.name: change for change in step.files}
    for file in files:
        earlier = by_name.get(file.name, file)
        by_name[file.name] = replace(file, old=earlier.old)
    return replace(step, at=now, records=tuple(by_key.values()), files=tuple(by_name.values()))

"""The undo history inside a draft: written, marked and read back with the values it is about, in one transaction."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Connection, delete, insert, select

from core.ports.drafts import Attachment, FileChange, RecordChange, Step
from core.store.bodies import set_attachment
from core.store.cells import Damaged, canonical, fields, number
from core.store.schema import ATTACHMENT_LIMIT, RECORDS, STEP_LIMIT, STEPS
from signing.canonical_json import Json

_POSITION_LIMIT = 1 << 53


def write(connection: Connection, step: Step) -> None:
    """Applies the new values; drops what can no longer be redone and what is too old."""
    _apply(connection, step, undone=False)
    oldest = step.position - STEP_LIMIT
    connection.execute(delete(STEPS).where((STEPS.c.position >= step.position) | (STEPS.c.position <= oldest)))
    connection.execute(insert(STEPS).values(position=step.position, undone=0, content=_encoded(step)))


def mark(connection: Connection, position: int, *, undone: bool) -> None:
    """Applies the values of one side of a kept step."""
    row = connection.execute(select(STEPS).where(STEPS.c.position == position)).one_or_none()
    if row is None:
        raise Damaged
    _apply(connection, _decoded(position, row.content, undone=False), undone=undone)
    connection.execute(STEPS.update().where(STEPS.c.position == position).values(undone=int(undone)))


def steps(connection: Connection) -> tuple[Step, ...]:
    """All steps, oldest first."""
    rows = connection.execute(select(STEPS).order_by(STEPS.c.position))
    return tuple(
        _decoded(number(row.position, _POSITION_LIMIT), row.content, undone=bool(number(row.undone, 1))) for row in rows
    )


def forget(connection: Connection) -> None:
    """Empties the history: something else has changed the draft."""
    connection.execute(delete(STEPS))


def set_record(connection: Connection, key: str, value: Json) -> None:
    """Keeps a record, replacing an older one; None removes it."""
    connection.execute(delete(RECORDS).where(RECORDS.c.key == key))
    if value is not None:
        connection.execute(insert(RECORDS).values(key=key, value=canonical(value)))


def _apply(connection: Connection, step: Step, *, undone: bool) -> None:
    for record in step.records:
        set_record(connection, record.key, record.old if undone else record.new)
    for file in step.files:
        set_attachment(connection, file.name, file.old if undone else file.new)


def _encoded(step: Step) -> bytes:
    return canonical({
        "at": step.at.astimezone(UTC).isoformat(),
        "files": [{"name": file.name, "new": _plain(file.new), "old": _plain(file.old)} for file in step.files],
        "label": step.label,
        "records": [{"key": record.key, "new": record.new, "old": record.old} for record in step.records],
        "subject": step.subject,
    })  # fmt: skip


def _plain(attachment: Attachment | None) -> Json:
    if attachment is None:
        return None
    return {"media_type": attachment.media_type, "size": attachment.size, "sm3": attachment.sm3}


def _decoded(position: int, untrusted: object, *, undone: bool) -> Step:
    plain = fields(untrusted)
    try:
        return Step(
            position,
            str(plain["label"]),
            datetime.fromisoformat(str(plain["at"])).astimezone(UTC),
            tuple(RecordChange(str(one["key"]), one["old"], one["new"]) for one in _objects(plain["records"])),
            tuple(
                FileChange(str(one["name"]), _file(one["name"], one["old"]), _file(one["name"], one["new"]))
                for one in _objects(plain["files"])
            ),
            undone,
            str(plain["subject"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise Damaged from error


def _objects(untrusted: Json) -> list[dict[str, Json]]:
    if not isinstance(untrusted, list) or not all(isinstance(one, dict) for one in untrusted):
        raise Damaged
    return untrusted


def _file(name: Json, untrusted: Json) -> Attachment | None:
    if untrusted is None:
        return None
    if not isinstance(untrusted, dict):
        raise Damaged
    size = number(untrusted["size"], ATTACHMENT_LIMIT)
    return Attachment(str(name), str(untrusted["media_type"]), size, str(untrusted["sm3"]))

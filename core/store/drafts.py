"""Makes and opens draft files; whatever is not exactly a draft of this version is refused before it is used."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, Row, insert, select

from core.errors import DraftBusy, DraftInvalid, FileMissing
from core.ports.drafts import DraftPort, Progress, Snapshot
from core.ports.files import beside, not_writable, publish
from core.store import snapshots
from core.store.cells import text
from core.store.connection import connect, told, use_rollback_journal
from core.store.draft import Draft
from core.store.lock_note import leave_note, read_note
from core.store.schema import ABOUT, APPLICATION_ID, KINDS, METADATA, VERSION, expected_schema, schema_of


def _system_now() -> datetime:
    return datetime.now(UTC)


class SqliteDraftStore:
    """Drafts as files of this machine; see :class:`core.ports.drafts.DraftStore`. ``keep`` snapshots stay of each."""

    def __init__(self, now: Callable[[], datetime] = _system_now, keep: int = snapshots.LIMIT) -> None:
        self._now, self._keep = now, keep

    def create(self, path: Path, kind: str, work: str = "") -> Draft:
        """See :class:`core.ports.drafts.DraftStore`."""
        if kind not in KINDS:
            raise DraftInvalid(path=path, reason="kind")
        temporary = beside(path)
        try:
            _touch(temporary, path)
            with told(path):
                _fill(temporary, kind, work or secrets.token_hex(16))
            publish(temporary, path, replace=False)
        finally:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
        return self.open(path, kind)

    def open(self, path: Path, kind: str | None = None) -> Draft:
        """See :class:`core.ports.drafts.DraftStore`."""
        if not _is_file(path):
            raise FileMissing(path=path)
        engine = connect(path)
        try:
            with told(path):
                with engine.begin() as connection:
                    about = _check(connection, path, kind)
                    # A write: SQLite opens what it may not write for reading, and would tell only at the first put.
                    connection.exec_driver_sql(f"PRAGMA user_version={VERSION}")
                use_rollback_journal(engine)
                found = text(about.kind), text(about.work)
        except DraftBusy as error:
            engine.dispose()
            raise _held(path) from error
        except DraftInvalid as error:
            engine.dispose()
            raise _with_snapshot(error, path) from error
        except BaseException:
            engine.dispose()
            raise
        leave_note(path, self._now())
        return Draft(path, *found, engine)

    def take_snapshot(self, draft: DraftPort, progress: Progress | None = None) -> Snapshot | None:
        """See :class:`core.ports.drafts.DraftStore`."""
        return snapshots.take(_ours(draft), self._now(), progress, self._keep)

    def take_daily_snapshot(self, draft: DraftPort) -> Snapshot | None:
        """See :class:`core.ports.drafts.DraftStore`."""
        now = self._now()
        if snapshots.is_taken(draft.path, now):
            return None
        return snapshots.take(_ours(draft), now, None, self._keep)

    def snapshots(self, path: Path) -> tuple[Snapshot, ...]:
        """See :class:`core.ports.drafts.DraftStore`."""
        return snapshots.listed(path)

    def is_good(self, snapshot: Snapshot) -> bool:
        """See :class:`core.ports.drafts.DraftStore`."""
        return snapshots.digest_of(snapshot.path) is not None

    def restore(self, snapshot: Snapshot, out: Path) -> None:
        """See :class:`core.ports.drafts.DraftStore`."""
        snapshots.restore(snapshot, out)


def _ours(draft: DraftPort) -> Draft:
    if not isinstance(draft, Draft):
        raise TypeError(type(draft).__name__)
    return draft


def _held(path: Path) -> DraftBusy:
    """The refusal, with who holds the draft where the note beside it says so."""
    note = read_note(path)
    return DraftBusy(path=path) if note is None else DraftBusy(path=path, reason="held", **note)


def _with_snapshot(error: DraftInvalid, path: Path) -> DraftInvalid:
    """A damaged draft is told with its newest snapshot that reads back whole."""
    if error.params.get("reason") != "damaged":
        return error
    for snapshot in snapshots.listed(path):
        if snapshots.digest_of(snapshot.path) is not None:
            return DraftInvalid(path=path, reason="damaged_but_kept", snapshot=snapshot.name)
    return error


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a folder we may not look into, an impossible name
        return False


def _touch(temporary: Path, path: Path) -> None:
    try:
        temporary.touch(mode=0o600, exist_ok=False)
    except OSError as error:
        raise not_writable(path, error) from error


def _fill(temporary: Path, kind: str, work: str) -> None:
    engine: Engine = connect(temporary)
    try:
        with engine.begin() as connection:
            connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
            connection.exec_driver_sql(f"PRAGMA user_version={VERSION}")
            METADATA.create_all(connection)
            connection.execute(insert(ABOUT).values(id=1, kind=kind, work=work))
    finally:
        engine.dispose()


def _check(connection: Connection, path: Path, kind: str | None) -> Row[tuple[int, str, str]]:
    if connection.exec_driver_sql("PRAGMA application_id").scalar_one() != APPLICATION_ID:
        raise DraftInvalid(path=path, reason="foreign")
    found = int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())
    if found != VERSION:
        older = "newer" if found > VERSION else "older"
        raise DraftInvalid(path=path, reason=older, found=found, known=VERSION)
    if schema_of(connection) != expected_schema():
        raise DraftInvalid(path=path, reason="schema")
    about = connection.execute(select(ABOUT)).one_or_none()
    if about is None or about.kind != (kind or about.kind) or about.kind not in KINDS:
        raise DraftInvalid(path=path, reason="kind")
    return about

"""Makes and opens draft files; whatever is not exactly a draft of this version is refused before it is used."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from sqlalchemy import Connection, Engine, insert, select

from core.errors import DraftInvalid, FileMissing
from core.ports.files import beside, not_writable, publish
from core.store.connection import connect, told, use_rollback_journal
from core.store.draft import Draft
from core.store.schema import ABOUT, APPLICATION_ID, KINDS, METADATA, VERSION, expected_schema, schema_of


class SqliteDraftStore:
    """Drafts as files of this machine; see :class:`core.ports.drafts.DraftStore`."""

    def create(self, path: Path, kind: str) -> Draft:
        """See :class:`core.ports.drafts.DraftStore`."""
        if kind not in KINDS:
            raise DraftInvalid(path=path, reason="kind")
        temporary = beside(path)
        try:
            _touch(temporary, path)
            with told(path):
                _fill(temporary, kind)
            publish(temporary, path, replace=False)
        finally:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
        return self.open(path, kind)

    def open(self, path: Path, kind: str) -> Draft:
        """See :class:`core.ports.drafts.DraftStore`."""
        if not _is_file(path):
            raise FileMissing(path=path)
        engine = connect(path)
        try:
            with told(path):
                with engine.begin() as connection:
                    _check(connection, path, kind)
                    # A write: SQLite opens what it may not write for reading, and would tell only at the first put.
                    connection.exec_driver_sql(f"PRAGMA user_version={VERSION}")
                use_rollback_journal(engine)
        except BaseException:
            engine.dispose()
            raise
        return Draft(path, kind, engine)


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


def _fill(temporary: Path, kind: str) -> None:
    engine: Engine = connect(temporary)
    try:
        with engine.begin() as connection:
            connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
            connection.exec_driver_sql(f"PRAGMA user_version={VERSION}")
            METADATA.create_all(connection)
            connection.execute(insert(ABOUT).values(id=1, kind=kind))
    finally:
        engine.dispose()


def _check(connection: Connection, path: Path, kind: str) -> None:
    if connection.exec_driver_sql("PRAGMA application_id").scalar_one() != APPLICATION_ID:
        raise DraftInvalid(path=path, reason="foreign")
    if connection.exec_driver_sql("PRAGMA user_version").scalar_one() > VERSION:
        raise DraftInvalid(path=path, reason="newer")
    if schema_of(connection) != expected_schema():
        raise DraftInvalid(path=path, reason="schema")
    found = connection.execute(select(ABOUT.c.kind)).scalar_one_or_none()
    if found != kind:
        raise DraftInvalid(path=path, reason="kind")

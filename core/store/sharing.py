"""What a draft remembers of exchanges with colleagues: docs/spec/draft-handout.md §4."""

from __future__ import annotations

from sqlalchemy import Connection, delete, insert, select

from core.ports.drafts import Shared
from core.store.cells import text, value
from core.store.schema import SHARED, SHARED_LIMIT
from signing.canonical_json import encode


def share(connection: Connection, states: tuple[Shared, ...]) -> None:
    """Appends states in order; one known already moves to the end, the oldest above the limit go."""
    for state in states:
        connection.execute(delete(SHARED).where((SHARED.c.item == state.item) & (SHARED.c.digest == state.digest)))
        connection.execute(insert(SHARED).values(item=state.item, digest=state.digest, state=encode(state.state)))
    for item in {state.item for state in states}:
        positions = select(SHARED.c.position).where(SHARED.c.item == item).order_by(SHARED.c.position.desc())
        too_old = connection.execute(positions.offset(SHARED_LIMIT)).scalars().all()
        if too_old:
            connection.execute(delete(SHARED).where(SHARED.c.position.in_(too_old)))


def shared(connection: Connection) -> tuple[Shared, ...]:
    """All states, by item, oldest first."""
    rows = connection.execute(select(SHARED).order_by(SHARED.c.item, SHARED.c.position))
    return tuple(Shared(text(row.item), text(row.digest), value(row.state)) for row in rows)

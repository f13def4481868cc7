"""Small tables for the tests of the grid."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from apps.shell.grid.columns import Column
from apps.shell.grid.edits import Edit
from apps.shell.grid.problems import CellKey, Problem
from apps.shell.grid.sheet import Sheet
from apps.shell.grid.steps import run
from apps.shell.grid.store import Row
from core.messages import Catalogue
from tests.shell.grid.tables import COLUMNS, rows


@pytest.fixture
def edits() -> list[Edit]:
    return []


@pytest.fixture
def make(words: Catalogue, edits: list[Edit]) -> Callable[..., Sheet]:
    def build(
        given: Sequence[Row] | None = None,
        problems: dict[CellKey, Problem] | None = None,
        columns: Sequence[Column] = COLUMNS,
    ) -> Sheet:
        return run(
            Sheet(words, columns, on_edit=edits.append).load_steps(rows() if given is None else given, problems or {})
        )

    return build

"""A screen is three things: a frozen state, a presenter in plain Python, and a view that shows states.

The presenter decides, the view shows and reports what the person did; a new state replaces the old one whole. A view's
``show_state`` is idempotent: the same state twice changes nothing, so a picture of a state needs no job behind it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, Protocol, TypeVar

S = TypeVar("S")
S_contra = TypeVar("S_contra", contravariant=True)


class View(Protocol[S_contra]):
    """Anything that can show the states of one screen."""

    def show_state(self, state: S_contra) -> None:
        """Shows a state; the same state twice changes nothing."""


class Presenter(Generic[S]):
    """Holds the state of one screen and hands every new one to ``show``. No Qt: a contract forbids it."""

    def __init__(self, show: Callable[[S], None], state: S) -> None:
        self._show_in_view = show
        self._state = state

    @property
    def state(self) -> S:
        """What is shown now."""
        return self._state

    def refresh(self) -> None:
        """Shows the present state again: for a view that has just come."""
        self._show_in_view(self._state)

    def _show(self, state: S) -> None:
        """Makes ``state`` the present one and shows it."""
        self._state = state
        self._show_in_view(state)

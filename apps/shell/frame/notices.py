"""Notices as values: a stack that is shown, a queue behind it, and a history of all. Nothing here takes the focus."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from apps.shell.frame.say import Say
from apps.shell.frame.status import Tone

SHOWN = 3
KEPT = 200
OK_STAYS = timedelta(seconds=8)


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that happened. ``action`` names an action of the frame, ``action_title`` its button."""

    number: int
    tone: Tone
    said: Say
    at: datetime
    action: str = ""
    action_title: Say | None = None


@dataclass(frozen=True, slots=True)
class Notices:
    """``shown`` is on the screen (newest last), ``waiting`` comes after it, ``history`` is everything, newest first.

    Only good news goes by itself, eight seconds after it came on the screen; everything else waits to be closed.
    """

    shown: tuple[Notice, ...] = ()
    waiting: tuple[Notice, ...] = ()
    history: tuple[Notice, ...] = ()
    seen_at: tuple[tuple[int, datetime], ...] = ()  # number → when it came on the screen
    unread: int = 0

    @property
    def next_number(self) -> int:
        """The number the next notice takes."""
        return self.history[0].number + 1 if self.history else 1

    def added(self, notice: Notice, now: datetime) -> Notices:
        """With one more; the same sentence still on the screen is not said twice. Of a flood, KEPT wait."""
        if any((one.said, one.tone, one.action) == (notice.said, notice.tone, notice.action) for one in self._open()):
            return self
        history = (notice, *self.history)[:KEPT]
        changed = replace(self, waiting=(*self.waiting, notice), history=history, unread=self.unread + 1).advanced(now)
        return replace(changed, waiting=changed.waiting[:KEPT])

    def closed(self, number: int, now: datetime) -> Notices:
        """Without one of the shown; the next that waits takes its place."""
        return replace(self, shown=tuple(one for one in self.shown if one.number != number)).advanced(now)

    def advanced(self, now: datetime) -> Notices:
        """At a later moment: old good news goes, what waits comes up; what is urgent comes first."""
        came = dict(self.seen_at)
        staying = [one for one in self.shown if one.tone is not Tone.OK or now - came.get(one.number, now) < OK_STAYS]
        waiting = sorted(self.waiting, key=lambda one: one.tone not in {Tone.ERR, Tone.WARN})
        free = SHOWN - len(staying)
        shown = (*staying, *waiting[:free])
        if shown == self.shown:
            return self
        seen = tuple((one.number, came.get(one.number, now)) for one in shown)
        return replace(self, shown=shown, waiting=tuple(waiting[free:]), seen_at=seen)

    def read(self) -> Notices:
        """After the history was opened."""
        return replace(self, unread=0)

    def _open(self) -> tuple[Notice, ...]:
        return (*self.shown, *self.waiting)

"""Recent projects: a value, and what a line of the list says. Where it is kept: :mod:`apps.shell.frame.recent_file`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from apps.shell.frame.say import Say, say
from apps.shell.frame.status import Tone
from core.values.times import BEIJING

KEPT = 20


@dataclass(frozen=True, slots=True)
class RecentProject:
    """One file a person worked on. ``state_key`` is a sentence of the program (where the work stands); "" if none."""

    path: str
    title: str
    opened_at: datetime
    deadline: datetime | None = None
    state_key: str = ""


@dataclass(frozen=True, slots=True)
class RecentProjects:
    """The last twenty, newest first, one line a file."""

    projects: tuple[RecentProject, ...] = ()

    def opened(self, project: RecentProject) -> RecentProjects:
        """With this project first; an older line of the same file goes."""
        others = tuple(one for one in self.projects if one.path != project.path)
        return RecentProjects((project, *others)[:KEPT])

    def without(self, path: str) -> RecentProjects:
        """Without the line of one file; the file itself is not touched."""
        return RecentProjects(tuple(one for one in self.projects if one.path != path))

    def moved(self, path: str, new_path: str) -> RecentProjects:
        """The same lines, one of them for a file that was found in another place."""
        kept = tuple(one for one in self.projects if one.path != new_path or one.path == path)
        return RecentProjects(tuple(replace(one, path=new_path) if one.path == path else one for one in kept))


@dataclass(frozen=True, slots=True)
class RecentLine:
    """What the list shows of one project."""

    project: RecentProject
    missing: bool
    deadline: Say | None
    deadline_tone: Tone
    state: Say | None


@dataclass(frozen=True, slots=True)
class RecentState:
    """The list as shown."""

    lines: tuple[RecentLine, ...] = ()


def recent_state(projects: RecentProjects, missing: frozenset[str], now: datetime) -> RecentState:
    """The list at one moment; ``missing`` are the paths where no file is."""
    return RecentState(tuple(_line(one, one.path in missing, now) for one in projects.projects))


def _line(project: RecentProject, missing: bool, now: datetime) -> RecentLine:
    deadline, tone = _deadline(project.deadline, now)
    return RecentLine(project, missing, deadline, tone, say(project.state_key) if project.state_key else None)


def _deadline(at: datetime | None, now: datetime) -> tuple[Say | None, Tone]:
    if at is None:
        return None, Tone.PLAIN
    local = at.astimezone(BEIJING)
    moment = f"{local:%Y-%m-%d %H:%M}"
    if at <= now:
        return say("shell.frame.recent.deadline_passed", at=moment), Tone.PLAIN
    if at - now < timedelta(days=1):
        hours = int((at - now) / timedelta(hours=1))
        key = "shell.frame.recent.deadline_hours" if hours else "shell.frame.recent.deadline_minutes"
        return say(key, at=moment, n=hours or max(1, int((at - now) / timedelta(minutes=1)))), Tone.ERR
    days = (at - now).days
    return say("shell.frame.recent.deadline_days", at=moment, n=days), Tone.WARN if days < 3 else Tone.PLAIN

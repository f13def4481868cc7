"""Recent projects: opening, forgetting (with a way back), finding a file again. The disk is asked in the background."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from apps.shell.frame.recent import RecentProject, RecentProjects, RecentState, recent_state
from apps.shell.screen import Presenter
from apps.shell.tasks import Lane, Starter
from core.ports.progress import JobContext
from signing.errors import CodedError


@dataclass(frozen=True, slots=True)
class RecentEffects:
    """What the list asks of the program.

    ``load``, ``save`` and ``missing`` touch the disk and are called in the background; ``open`` opens a file, ``find``
    asks for a file's new place, ``failed`` says that the list could not be kept, ``forgotten`` offers the way back.
    """

    load: Callable[[], RecentProjects]
    save: Callable[[RecentProjects], None]
    missing: Callable[[RecentProjects], frozenset[str]]
    open: Callable[[str], None]
    find: Callable[[str], None]
    failed: Callable[[CodedError], None]
    forgotten: Callable[[RecentProject], None]


class RecentPresenter(Presenter[RecentState]):
    """The list of recent projects."""

    def __init__(
        self,
        show: Callable[[RecentState], None],
        starter: Starter,
        effects: RecentEffects,
        *,
        now: Callable[[], datetime],
    ) -> None:
        super().__init__(show, RecentState())
        self._starter, self._effects, self._now = starter, effects, now
        self._projects = RecentProjects()
        self._missing: frozenset[str] = frozenset()
        self._loaded = False
        self._forgotten: RecentProjects | None = None

    @property
    def projects(self) -> RecentProjects:
        """The list as it stands."""
        return self._projects

    def load(self) -> None:
        """Reads the list and asks which files are still there."""

        def work(_: JobContext) -> tuple[RecentProjects, frozenset[str]]:
            projects = self._effects.load()
            return projects, self._effects.missing(projects)

        # A network drive may take half a minute to say that it is not there: not in the lane drafts wait in.
        self._starter.start(work, done=self._has_loaded, failed=self._effects.failed, lane=Lane.WORK)

    def opened(self, project: RecentProject) -> None:
        """A project was opened or made; it comes first from now on."""
        self._missing -= {project.path}
        self._change(self._projects.opened(project))

    def open(self, path: str) -> None:
        """Opens a project; where the file is gone, asks for its new place instead."""
        (self._effects.find if path in self._missing else self._effects.open)(path)

    def found(self, path: str, new_path: str) -> None:
        """A missing file was found elsewhere."""
        self._missing -= {path, new_path}
        self._change(self._projects.moved(path, new_path))
        self._effects.open(new_path)

    def forget(self, path: str) -> None:
        """Takes a line off the list; the file stays."""
        project = next((one for one in self._projects.projects if one.path == path), None)
        if project is not None:
            self._forgotten = self._projects
            self._change(self._projects.without(path))
            self._effects.forgotten(project)

    def restore(self) -> None:
        """Takes back the last :meth:`forget`."""
        if self._forgotten is not None:
            self._change(self._forgotten)
            self._forgotten = None

    def tick(self) -> None:
        """Time has passed: deadlines come nearer."""
        state = recent_state(self._projects, self._missing, self._now())
        if state != self._state:
            self._show(state)

    def _has_loaded(self, loaded: tuple[RecentProjects, frozenset[str]]) -> None:
        opened_meanwhile = self._projects.projects
        self._projects, self._missing = loaded
        self._loaded = True
        for project in reversed(opened_meanwhile):
            self.opened(project)
        self.tick()

    def _change(self, projects: RecentProjects) -> None:
        self._projects = projects
        self.tick()
        if not self._loaded:  # saving now would lose what was not read yet
            return

        def work(_: JobContext) -> None:
            self._effects.save(projects)

        self._starter.start(work, done=lambda _: None, failed=self._effects.failed, lane=Lane.STORE)

"""Where a person has been, as browsers keep it: back, forward, and a new way cuts the old one off."""

from __future__ import annotations

from dataclasses import dataclass

LIMIT = 100  # pages remembered


@dataclass(frozen=True, slots=True)
class PageHistory:
    """Pages visited in order and the place in them."""

    visited: tuple[str, ...]
    at: int = 0

    @property
    def current(self) -> str:
        """The page shown now."""
        return self.visited[self.at]

    @property
    def can_back(self) -> bool:
        """Whether there is an earlier page."""
        return self.at > 0

    @property
    def can_forward(self) -> bool:
        """Whether a step back can be taken forward again."""
        return self.at < len(self.visited) - 1

    def went(self, page: str) -> PageHistory:
        """After going to a page; going where one is changes nothing."""
        if page == self.current:
            return self
        visited = (*self.visited[: self.at + 1], page)[-LIMIT:]
        return PageHistory(visited, len(visited) - 1)

    def back(self) -> PageHistory:
        """One page back, or here where there is none."""
        return PageHistory(self.visited, max(0, self.at - 1))

    def forward(self) -> PageHistory:
        """One page forward, or here where there is none."""
        return PageHistory(self.visited, min(len(self.visited) - 1, self.at + 1))

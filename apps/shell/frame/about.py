"""What the about page says: a state handed in by the program, and the same as text to be copied."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from core.messages import Catalogue


class SelfTest(StrEnum):
    """How the cryptographic self-test at start ended."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_RUN = "not_run"


@dataclass(frozen=True, slots=True)
class Library:
    """One library the program stands on."""

    name: str
    version: str
    licence: str


@dataclass(frozen=True, slots=True)
class AboutState:
    """The program, its libraries, the SM2 provider with the result of its self-test, and where the log is."""

    program: str
    version: str
    system: str
    libraries: tuple[Library, ...]
    provider: str
    self_test: SelfTest
    self_test_count: int
    log_path: str


def facts(state: AboutState, words: Catalogue) -> tuple[tuple[str, str], ...]:
    """Names and values in the order they are shown."""
    names = ("program", "system", "provider", "self_test", "log")
    tested = words.text(f"shell.frame.about.self_test_{state.self_test.value}", n=state.self_test_count)
    values = (f"{state.program} {state.version}", state.system, state.provider, tested, state.log_path)
    return tuple((words.text(f"shell.frame.about.{name}"), value) for name, value in zip(names, values, strict=True))


def about_text(state: AboutState, words: Catalogue) -> str:
    """Everything on the page as plain lines, for a message to the help desk."""
    lines = [words.text("shell.frame.about.line", name=name, value=value) for name, value in facts(state, words)]
    lines += ["", words.text("shell.frame.about.libraries")]
    lines += [f"- {one.name} {one.version} · {one.licence}" for one in state.libraries]
    return "\n".join(lines) + "\n"

"""Where the demonstration works: folders, keys, and one way to run a documented command."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from apps.cli.console import Console
from apps.cli.demo.cast import Cast
from apps.cli.demo.clock import DemoClock
from core.errors import AppError
from core.ports.services import Services


class DemoStepFailed(AppError):
    """A command of the demonstration ended with an error. Params: command, message."""

    code = "demo.step_failed"
    exit_code = 71


@dataclass(frozen=True, slots=True)
class Stage:
    """One run of the demonstration."""

    out: Path
    cast: Cast
    clock: DemoClock
    services: Services
    console: Console

    @property
    def work(self) -> Path:
        """Drafts, keys, forms: what the people of the demonstration have on their own machines."""
        return self.out / "work"

    @property
    def pin(self) -> Path:
        """The PIN file all demonstration keys share."""
        return self.work / "pin.txt"

    @property
    def trust(self) -> Path:
        """The trust list everybody got another way."""
        return self.out / "trust.json"

    @property
    def platform(self) -> Path:
        """The trading platform's folder."""
        return self.work / "platform"

    def keys(self, who: str) -> Path:
        """The folder of somebody's certificates and keys."""
        return self.work / "keys" / who

    def sign_as(self, who: str) -> list[str]:
        """The options that sign as somebody."""
        folder = self.keys(who)
        return [
            "--cert", str(folder / "sign.cert.pem"), "--key", str(folder / "sign.key.pem"), "--pin-file", str(self.pin),
        ]  # fmt: skip

    def unwrap_as(self, who: str) -> list[str]:
        """The options that open wraps as somebody."""
        folder = self.keys(who)
        return ["--enc-cert", str(folder / "enc.cert.pem"), "--enc-key", str(folder / "enc.key.pem")]

    def run(self, *arguments: object, allowed: Sequence[int] = (0,)) -> int:
        """Runs and shows one ``tenderbox`` command in this process; raises DemoStepFailed for other exits."""
        from apps.cli.main import run  # noqa: PLC0415 - main offers the demo as one of its commands

        words = [str(argument) for argument in arguments]
        self.console.line("$ tenderbox " + " ".join(self._shown(word) for word in words))
        out, err = io.StringIO(), io.StringIO()
        code = run([*words, "--quiet"], self.services, Console(self.services.catalogue, out=out, err=err))
        for line in out.getvalue().splitlines():
            self.console.line("  " + line)
        if code not in allowed:
            raise DemoStepFailed(command=" ".join(words), message=(err.getvalue() or out.getvalue()).strip())
        if code:
            for line in err.getvalue().splitlines():
                self.console.line("  " + line)
        return code

    def _shown(self, word: str) -> str:
        shown = word.replace(str(self.out), ".")
        return f'"{shown}"' if " " in shown else shown


def demo_services(services: Services, clock: DemoClock) -> Services:
    """The same services on the demonstration's clock."""
    return replace(services, clock=clock)

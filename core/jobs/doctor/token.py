"""Whether a driver of a hardware token lies where such drivers are known to lie, and whether it can be loaded.

No vendor's token was at hand when this was written: a driver that loads proves nothing about the token, and the
sentences say so. A library of a stranger is loaded in a child process only.
"""

from __future__ import annotations

import platform
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from core.jobs.doctor.child import ask_own_child
from core.jobs.doctor.inputs import Inputs
from core.jobs.doctor.result import Result, passed, warned

P11_KIT = ("/usr/share/p11-kit/modules", "/etc/pkcs11/modules")
CHILD = "core.jobs.doctor.token_child"
SECONDS = 5.0
SHOWN = 6


@dataclass(frozen=True, slots=True)
class Driver:
    """A library that was found: what it offers by its entry points ("" where it cannot be loaded), or why not."""

    file: Path
    offers: str
    fault: str


def check_token(inputs: Inputs) -> Result:
    """The drivers found, and whether each loads; never whether a token works."""
    drivers = [_look(file) for file in _present(inputs)][:SHOWN]
    if not drivers:
        return warned("token", "no_driver", action="install_driver")
    facts = {f"module_{number}": _words(driver) for number, driver in enumerate(drivers, 1)}
    usable = [driver for driver in drivers if driver.offers]
    if not usable:
        return warned("token", "not_loadable", action="install_driver", facts=facts, module=drivers[0].file)
    return passed("token", "present", facts=facts, count=len(usable), module=usable[0].file)


def _words(driver: Driver) -> str:
    return f"{driver.file} ({driver.offers or driver.fault})"


def _present(inputs: Inputs) -> Iterator[Path]:
    seen: set[Path] = set()
    for file in (*inputs.token_modules, *_registered(), *_known(inputs)):
        if file.is_file() and file.resolve() not in seen:
            seen.add(file.resolve())
            yield file


def _known(inputs: Inputs) -> Iterator[Path]:
    known = tomllib.loads((resources.files(__package__) / "token_modules.toml").read_text("utf-8"))
    here = known.get(platform.system().lower(), {})
    for folder in here.get("folders", ()):
        for name in here.get("files", ()):
            yield Path(folder.replace("%SYSTEMROOT%", inputs.environment.get("SYSTEMROOT", "C:/Windows"))) / name


def _registered() -> Iterator[Path]:
    """Modules other programs have registered with p11-kit."""
    for folder in map(Path, P11_KIT):
        for file in sorted(folder.glob("*.module")):
            for line in file.read_text("utf-8", "replace").splitlines():
                name, _, value = line.partition(":")
                if name.strip() == "module" and Path(value.strip()).is_absolute():
                    yield Path(value.strip())


def _look(file: Path) -> Driver:
    answer = ask_own_child([CHILD, str(file)], SECONDS)
    if answer is None:
        return Driver(file, "", "timeout")
    offers, _, fault = answer.strip().partition("|")
    return Driver(file, offers, fault or ("" if offers else "crash"))

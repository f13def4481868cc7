"""Whether an office suite is here that turns old documents into PDF: found by path, LibreOffice asked its version."""

from __future__ import annotations

import platform
import shutil
from collections.abc import Iterator
from pathlib import Path

from core.jobs.doctor.child import ask_child
from core.jobs.doctor.inputs import Inputs
from core.jobs.doctor.result import Result, passed, warned

SECONDS = 12.0
_PROGRAM_FOLDERS = ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
_PLACES = {
    "Linux": ("/usr/lib/libreoffice/program/soffice", "/opt/libreoffice/program/soffice",
              "/opt/kingsoft/wps-office/office6/wps"),
    "Darwin": ("/Applications/LibreOffice.app/Contents/MacOS/soffice",
               "/Applications/wpsoffice.app/Contents/MacOS/wpsoffice"),
}  # fmt: skip


def check_converter(inputs: Inputs) -> Result:
    """LibreOffice first; WPS is only looked for, never started: it would open a window."""
    programs = list(dict.fromkeys(_programs(inputs)))
    office = next((file for file in programs if "soffice" in file.name.lower()), None)
    if office is None:
        if not programs:
            return warned("converter", "none", action="install_converter")
        return passed("converter", "wps", facts={"program": str(programs[0])}, program=programs[0])
    facts = {"program": str(office)}
    answer = ask_child([str(office), "--headless", "--version"], SECONDS)
    if answer is None:
        return warned("converter", "hangs", action="install_converter", facts=facts, seconds=f"{SECONDS:g}")
    version = answer.strip().splitlines()[0][:120] if answer.strip() else ""
    if not version:
        return warned("converter", "silent", action="install_converter", facts=facts, **facts)
    return passed("converter", "works", facts={**facts, "version": version}, version=version)


def _programs(inputs: Inputs) -> Iterator[Path]:
    path = inputs.environment.get("PATH", "")
    for name in ("soffice", "libreoffice", "wps"):
        found = shutil.which(name, path=path) if path else None
        if found:
            real = Path(found).resolve()
            yield real if "soffice" in real.name else Path(found)
    yield from (Path(place) for place in _PLACES.get(platform.system(), ()) if Path(place).is_file())
    for variable in _PROGRAM_FOLDERS:
        folder = inputs.environment.get(variable, "")
        if folder and platform.system() == "Windows":
            yield from (file for file in (Path(folder) / "LibreOffice/program/soffice.com",) if file.is_file())
            yield from sorted((Path(folder) / "Kingsoft/WPS Office").glob("*/office6/wps.exe"))

"""The machine: its system, memory and screen, and the libraries the program runs on."""

from __future__ import annotations

import ctypes
import os
import platform
import ssl
import struct
import sys
from contextlib import suppress
from importlib import metadata
from pathlib import Path

from core.jobs.doctor.inputs import Inputs
from core.jobs.doctor.result import Result, failed, passed, skipped, warned

MEGABYTE = 1 << 20
MEMORY, FREE_MEMORY = 3500, 700  # megabytes; a machine sold with 4 GB shows a little less
WIDTH, HEIGHT = 1366, 768
NEEDED = ("asn1crypto", "cryptography", "fonttools", "lxml", "pikepdf", "pypdfium2", "python-calamine", "SQLAlchemy",
          "typst", "XlsxWriter")  # fmt: skip
OPTIONAL = ("PySide6_Essentials", "gmalg", "gmssl_pyx", "pyHanko", "reportlab")
OLDEST_WINDOWS = (10, 0)


def check_system(inputs: Inputs) -> Result:
    """Operating system and architecture."""
    del inputs
    facts = {
        "system": _system_name(),
        "release": platform.release(),
        "machine": platform.machine(),
        "bits": str(struct.calcsize("P") * 8),
    }
    if facts["bits"] != "64":
        return failed("system", "not_64_bit", action="reinstall", facts=facts, **facts)
    if platform.system() == "Windows" and _windows_version() < OLDEST_WINDOWS:
        return failed("system", "too_old", action="call_help_desk", facts=facts, **facts)
    if platform.system() not in {"Windows", "Linux"}:
        return warned("system", "untried", facts=facts, **facts)
    return passed("system", "fits", facts=facts, **facts)


def check_software(inputs: Inputs) -> Result:
    """Interpreter and libraries, with the pairs that are known not to work together."""
    facts = {"producer": inputs.producer, "python": platform.python_version(), "openssl": ssl.OPENSSL_VERSION}
    missing = []
    for name in (*NEEDED, *OPTIONAL):
        try:
            facts[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            missing += [name] if name in NEEDED else []
    if missing and not getattr(sys, "frozen", False):
        return failed("software", "missing", action="reinstall", facts=facts, names=", ".join(missing))
    if facts.get("PySide6_Essentials", "").startswith("6.12.0") and sys.version_info < (3, 12):
        return failed("software", "aborts", action="reinstall", facts=facts, version=facts["PySide6_Essentials"])
    return passed("software", "complete", facts=facts, producer=inputs.producer, python=facts["python"])


def check_memory(inputs: Inputs) -> Result:
    """Memory of the machine and what of it is free."""
    del inputs
    total, free = _memory()
    if not total:
        return skipped("memory", "unknown")
    facts = {"memory_total": str(total), "memory_free": str(free)}
    if total < MEMORY:
        return warned("memory", "small", facts=facts, **facts)
    if free and free < FREE_MEMORY:
        return warned("memory", "busy", facts=facts, **facts)
    return passed("memory", "enough", facts=facts, **facts)


def check_screen(inputs: Inputs) -> Result:
    """Whether a window has the room it was drawn for."""
    screen = inputs.screen
    if screen is None:
        return skipped("screen", "no_window")
    facts = {"width": str(screen.width), "height": str(screen.height), "ratio": f"{screen.ratio:g}"}
    if screen.width < WIDTH or screen.height < HEIGHT:
        return warned("screen", "small", action="open_settings", facts=facts, **facts)
    return passed("screen", "fits", facts=facts, **facts)


def _system_name() -> str:
    if platform.system() == "Linux":
        with suppress(OSError):
            return platform.freedesktop_os_release().get("PRETTY_NAME", "Linux")
    return f"{platform.system()} {platform.version()}"


def _windows_version() -> tuple[int, int]:
    major, _, rest = platform.version().partition(".")
    minor = rest.partition(".")[0]
    return (int(major), int(minor)) if major.isdigit() and minor.isdigit() else OLDEST_WINDOWS


def _memory() -> tuple[int, int]:
    """Megabytes in all and free; (0, 0) where the system does not tell."""
    if os.name == "nt":
        return _windows_memory()
    with suppress(OSError, ValueError):
        lines = Path("/proc/meminfo").read_text("ascii").splitlines()
        kilobytes = {line.split(":")[0]: int(line.split()[1]) for line in lines if len(line.split()) > 1}
        return kilobytes.get("MemTotal", 0) >> 10, kilobytes.get("MemAvailable", 0) >> 10
    with suppress(OSError, ValueError, AttributeError):
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // MEGABYTE, 0
    return 0, 0


def _windows_memory() -> tuple[int, int]:
    """By GlobalMemoryStatusEx: a structure of two 32-bit and seven 64-bit numbers; not tried on Windows here."""
    status = ctypes.create_string_buffer(struct.pack("<II7Q", 64, *([0] * 8)), 64)
    libraries = getattr(ctypes, "windll", None)
    if libraries is None or not libraries.kernel32.GlobalMemoryStatusEx(status):
        return 0, 0
    numbers = struct.unpack("<II7Q", status.raw)
    return numbers[2] // MEGABYTE, numbers[3] // MEGABYTE

"""The folder the work lies in: room for it, and whether a file written there comes back."""

from __future__ import annotations

import secrets
import shutil
import time
from pathlib import Path

from core.errors import FileNotWritable
from core.jobs.doctor.inputs import Inputs
from core.jobs.doctor.result import Result, failed, passed, warned
from core.ports.files import atomic_write

MEGABYTE = 1 << 20
WANTED = 2 << 30  # bytes
LEAST = 200 << 20  # below this not even a draft is safe
FACTOR = 3  # the draft, the sealed file, and the copy it is checked from
CLOUD = ("onedrive", "dropbox", "icloud", "nutstore", "baidunetdisk", "wpsdrive")  # folders other programs copy away


def check_disk(inputs: Inputs) -> Result:
    """Free space against what the project needs."""
    usage = shutil.disk_usage(_nearest(inputs.work_folder))
    wanted = max(WANTED, FACTOR * inputs.project_bytes)
    least = max(LEAST, inputs.project_bytes)
    facts = {
        "free": f"{usage.free // MEGABYTE}",
        "total": f"{usage.total // MEGABYTE}",
        "wanted": f"{wanted // MEGABYTE}",
        "project": f"{inputs.project_bytes // MEGABYTE}",
    }
    if usage.free < least:
        return failed("disk", "full", action="open_storage", facts=facts, **facts)
    if usage.free < wanted:
        return warned("disk", "low", action="open_storage", facts=facts, **facts)
    return passed("disk", "enough", facts=facts, **facts)


def check_write(inputs: Inputs) -> Result:
    """Writes a file as every result is written, reads it back, and takes it away."""
    folder = inputs.work_folder
    facts = {"folder": str(folder)}
    if not folder.is_dir():
        return failed("write", "missing", action="choose_folder", facts=facts, **facts)
    probe = folder / f".tenderbox-{secrets.token_hex(8)}.probe"
    started = time.perf_counter()
    try:
        fault = _write_and_read(probe)
    except FileNotWritable as error:
        facts["reason"] = f"file.{error.params['reason']}"
        return failed("write", "refused", action="choose_folder", facts=facts, **facts)
    finally:
        left = _still_there(probe)
    if fault:
        return failed("write", fault, action="choose_folder", facts=facts, **facts)
    if left:
        return warned("write", "not_deleted", action="choose_folder", facts=facts, file=probe)
    facts["milliseconds"] = str(round((time.perf_counter() - started) * 1000))
    synchronised = any(name in part.lower() for part in folder.resolve().parts for name in CLOUD)
    make = warned if synchronised else passed
    return make("write", "cloud" if synchronised else "works", facts=facts, **facts)


def _write_and_read(probe: Path) -> str:
    """``unreadable`` or ``changed`` where the content does not come back, else ""."""
    content = secrets.token_bytes(64 << 10)
    atomic_write(probe, content)
    try:
        return "" if probe.read_bytes() == content else "changed"
    except OSError:
        return "unreadable"


def _nearest(folder: Path) -> Path:
    return next((one for one in (folder, *folder.resolve().parents) if one.is_dir()), Path.cwd())


def _still_there(probe: Path) -> bool:
    try:
        probe.unlink(missing_ok=True)
        return probe.exists()
    except OSError:
        return True

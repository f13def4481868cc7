"""What the program keeps for itself: its log and its settings."""

from __future__ import annotations

from core.errors import FileNotWritable
from core.jobs.doctor.inputs import Inputs
from core.jobs.doctor.result import Result, failed, passed, warned
from core.log import log_file
from core.ports.files import atomic_write


def check_log(inputs: Inputs) -> Result:
    """Whether the log can be written: without it a fault leaves no trace for the help desk."""
    folder = inputs.log_folder or log_file().parent
    facts = {"log": str(folder)}
    probe = folder / ".tenderbox-probe"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        atomic_write(probe, b"probe")
        probe.unlink()
        size = sum(file.stat().st_size for file in folder.glob("*.log*"))
    except FileNotWritable as error:
        return warned("log", "refused", facts=facts, reason=f"file.{error.params['reason']}", **facts)
    except OSError:
        return warned("log", "refused", facts=facts, reason="file.failed", **facts)
    return passed("log", "works", facts={**facts, "kilobytes": str(size >> 10)}, **facts)


def check_settings(inputs: Inputs) -> Result:
    """Whether every setting could be taken as it stands, and what they name is there."""
    settings = inputs.settings
    facts = {"language": settings.language, "fonts": str(settings.fonts)}
    unknown = [note.key for note in settings.notes if note.code == "unknown"]
    if unknown:
        facts["unknown"] = ", ".join(unknown)[:200]  # of another version: kept, and no fault
    for note in settings.notes:
        if note.code == "unreadable":
            return warned("settings", "unreadable", action="open_settings", facts=facts)
        if note.code != "unknown":
            return warned("settings", "not_taken", action="open_settings", facts=facts, setting=note.key)
    if settings.trust is not None:
        facts["trust"] = str(settings.trust)
        if not settings.trust.is_file():
            return failed("settings", "trust_missing", action="open_settings", facts=facts, path=settings.trust)
    if settings.work_folder is not None and not settings.work_folder.is_dir():
        return warned("settings", "folder_missing", action="open_settings", facts=facts, folder=settings.work_folder)
    return passed("settings", "readable", facts=facts, **facts)

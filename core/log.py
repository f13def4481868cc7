"""Logging, set up once: a rotating file in the user's state folder, ``--verbose`` also to stderr.

Log lines carry codes, digests, sizes and times; never keys, PINs, prices before opening or file contents. A filter
removes what looks like a key or PIN all the same.
"""

from __future__ import annotations

import logging
import re
import traceback
from logging.handlers import RotatingFileHandler
from pathlib import Path

from platformdirs import user_log_path

LOG_BYTES = 2_000_000
_SECRET = re.compile(r"(?i)(pin|password|secret|private[ _]?key)(\W{1,3})\S+")
_HEX = re.compile(r"\b[0-9a-fA-F]{96,}\b")


class _Redact(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        text = _SECRET.sub(r"\1\2<redacted>", record.getMessage())
        record.msg, record.args = _HEX.sub("<redacted>", text), ()
        return True


def log_file() -> Path:
    """Where the log is, whether or not it exists yet."""
    return user_log_path("tenderbox", appauthor=False) / "tenderbox.log"


def set_up_logging(*, verbose: bool) -> bool:
    """Sets the handlers of the ``tenderbox`` logger; says whether its file can be written, else only that is lost."""
    logger = logging.getLogger("tenderbox")
    logger.setLevel(logging.DEBUG if verbose else logging.INFO)
    logger.propagate = False
    for old in list(logger.handlers):
        logger.removeHandler(old)
        old.close()
    handlers: list[logging.Handler] = [logging.StreamHandler()] if verbose else []
    writable = True
    try:
        log_file().parent.mkdir(parents=True, exist_ok=True)
        with log_file().open("ab"):
            pass
        handlers.append(
            RotatingFileHandler(log_file(), maxBytes=LOG_BYTES, backupCount=2, encoding="utf-8", delay=True)
        )
    except OSError:
        handlers.append(logging.NullHandler())
        writable = False
    for handler in handlers:
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
        handler.addFilter(_Redact())
        logger.addHandler(handler)
    return writable


def unexpected(error: BaseException) -> str:
    """Writes where an error came from into the log and returns the log's path for the message.

    Kinds of errors and places in the code only: what an error says may hold a price or a name.
    """
    places: list[str] = []
    cause: BaseException | None = error
    while cause is not None:
        frames = (
            f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(cause.__traceback__)
        )
        places += [type(cause).__name__, *frames]
        cause = cause.__cause__ or cause.__context__
    logging.getLogger("tenderbox").error("unexpected %s", "\n".join(places))
    return str(log_file())

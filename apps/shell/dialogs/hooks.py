"""The last net: an exception nobody caught is written into the log and told in a dialog, never a traceback.

Also Qt's own messages go into the log. One dialog at a time, and a fault that comes again from the same line within a
minute is only logged: a widget that cannot be painted would otherwise ask for a dialog with every repaint.
"""

from __future__ import annotations

import logging
import sys
import threading
import time
from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QObject, Qt, QtMsgType, Signal, qInstallMessageHandler

from core.errors import UnexpectedFault
from core.log import unexpected
from signing.errors import CodedError

QUIET_SECONDS = 60.0


class FaultHooks(QObject):
    """Installs itself on creation; ``tell`` is called in the window's thread with the error to show.

    :meth:`remove` restores what was there before.
    """

    _fault = Signal(object)

    def __init__(
        self,
        tell: Callable[[CodedError], None],
        parent: QObject | None = None,
        *,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(parent)
        self._tell, self._now = tell, now
        self._telling = False
        self._told_at: dict[str, float] = {}
        self._before = (sys.excepthook, threading.excepthook, sys.unraisablehook)
        self._fault.connect(self._told, Qt.ConnectionType.QueuedConnection)
        sys.excepthook = self._caught
        threading.excepthook = self._caught_in_thread
        sys.unraisablehook = self._caught_nowhere
        self._qt_before = qInstallMessageHandler(_log_qt)

    def remove(self) -> None:
        """Gives the hooks back."""
        sys.excepthook, threading.excepthook, sys.unraisablehook = self._before
        qInstallMessageHandler(self._qt_before)

    def _caught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._before[0](kind, error, trace)
            return
        coded = error if isinstance(error, CodedError) else UnexpectedFault(log=unexpected(error))
        if self._is_news(_source(error)):
            self._fault.emit(coded)

    def _is_news(self, source: str) -> bool:
        now = self._now()
        last = self._told_at.get(source)
        self._told_at[source] = now
        return last is None or now - last >= QUIET_SECONDS

    def _caught_in_thread(self, given: threading.ExceptHookArgs) -> None:
        if given.exc_value is not None:
            self._caught(given.exc_type, given.exc_value, given.exc_traceback)

    def _caught_nowhere(self, given: sys.UnraisableHookArgs) -> None:
        """A fault while something is thrown away: into the log, nobody can do anything about it."""
        if given.exc_value is not None:
            unexpected(given.exc_value)

    def _told(self, error: CodedError) -> None:
        if self._telling:
            return
        self._telling = True
        try:
            self._tell(error)
        finally:
            self._telling = False


def _source(error: BaseException) -> str:
    """The kind of a fault and the line it came from."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace is not None else ""
    return f"{type(error).__name__} {where}"


def _log_qt(kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
    level = logging.DEBUG if kind in {QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg} else logging.WARNING
    logging.getLogger("tenderbox").log(level, "qt: %s", message)

"""The last net: an exception nobody caught is written into the log and told in a dialog, never a traceback.

Also Qt's own messages go into the log. One dialog at a time: a fault that repeats is told once.
"""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QObject, Qt, QtMsgType, Signal, qInstallMessageHandler

from core.errors import UnexpectedFault
from core.log import unexpected
from signing.errors import CodedError


class FaultHooks(QObject):
    """Installs itself on creation; ``tell`` is called in the window's thread with the error to show.

    :meth:`remove` restores what was there before.
    """

    _fault = Signal(object)

    def __init__(self, tell: Callable[[CodedError], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tell = tell
        self._telling = False
        self._before = (sys.excepthook, threading.excepthook)
        self._fault.connect(self._told, Qt.ConnectionType.QueuedConnection)
        sys.excepthook = self._caught
        threading.excepthook = self._caught_in_thread
        self._qt_before = qInstallMessageHandler(_log_qt)

    def remove(self) -> None:
        """Gives the hooks back."""
        sys.excepthook, threading.excepthook = self._before
        qInstallMessageHandler(self._qt_before)

    def _caught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._before[0](kind, error, trace)
            return
        self._fault.emit(error if isinstance(error, CodedError) else UnexpectedFault(log=unexpected(error)))

    def _caught_in_thread(self, given: threading.ExceptHookArgs) -> None:
        if given.exc_value is not None:
            self._caught(given.exc_type, given.exc_value, given.exc_traceback)

    def _told(self, error: CodedError) -> None:
        if self._telling:
            return
        self._telling = True
        try:
            self._tell(error)
        finally:
            self._telling = False


def _log_qt(kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
    level = logging.DEBUG if kind in {QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg} else logging.WARNING
    logging.getLogger("tenderbox").log(level, "qt: %s", message)

"""One child process and the thread that hears it. No Qt here; what arrives is posted from that thread."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable
from typing import BinaryIO, Protocol, cast

from apps.shell.pages import wire
from apps.shell.pages.limits import Limits
from apps.shell.pages.wire import Message

Hear = Callable[[Message | None], None]  # None: the child has ended
_PIPE = 1 << 20  # bytes
_WAIT = 2.0  # seconds for a killed child to be gone


class Channel(Protocol):
    """A child that can be told things; what it says goes to the one who hears."""

    last_page: int

    def hear(self, listener: Hear) -> None:
        """Hands over what was heard so far and everything later, in order, from another thread."""

    def send(self, message: Message) -> None:
        """Sends; a child that is gone is noticed by the listener, not here."""

    def kill(self) -> None:
        """Ends the child at once."""


class ChildChannel:
    """A running ``apps.shell.pages.child``."""

    def __init__(self, limits: Limits) -> None:
        command = [sys.executable, "-X", "utf8", "-m", "apps.shell.pages.child", str(limits.memory_bytes)]
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=1 << 16,
        )  # fmt: skip
        _widen(cast("BinaryIO", self._process.stdout))
        self.last_page = -1
        self._lock = threading.Lock()
        self._listener: Hear | None = None
        self._unheard: list[Message | None] = []
        self._thread = threading.Thread(target=self._listen, name="pages-child", daemon=True)
        self._thread.start()

    @property
    def process_id(self) -> int:
        """The child's number in the system: for tests and measurements."""
        return self._process.pid

    def hear(self, listener: Hear) -> None:
        """See Channel."""
        with self._lock:
            self._listener = listener
            unheard, self._unheard = self._unheard, []
            for message in unheard:
                listener(message)

    def send(self, message: Message) -> None:
        """See Channel."""
        try:
            wire.write(cast("BinaryIO", self._process.stdin), message)
        except (OSError, ValueError):
            return  # the listening thread sees the end of the child and says so

    def kill(self) -> None:
        """See Channel."""
        with self._lock:
            self._listener = _nobody
        self._process.kill()
        self._process.wait(_WAIT)
        self._thread.join(_WAIT)
        for stream in (self._process.stdin, self._process.stdout):
            try:
                cast("BinaryIO", stream).close()
            except OSError:
                continue  # unsent bytes to a dead child

    def _listen(self) -> None:
        stream = cast("BinaryIO", self._process.stdout)
        while True:
            try:
                message = wire.read(stream)
            except (wire.WireBroken, OSError, ValueError):
                self._process.kill()  # whoever breaks the form of messages is not heard any longer
                self._post(None)
                return
            if "at" in message.head:
                self.last_page = message.number("at", -1)
            else:
                self._post(message)

    def _post(self, message: Message | None) -> None:
        with self._lock:
            if self._listener is None:
                self._unheard.append(message)
            else:
                self._listener(message)


def _widen(pipe: BinaryIO) -> None:
    """Makes the pipe hold a quarter of a tile (Linux): fewer changes between the processes."""
    try:
        import fcntl  # noqa: PLC0415 - not on Windows

        fcntl.fcntl(pipe.fileno(), fcntl.F_SETPIPE_SZ, _PIPE)
    except (ImportError, AttributeError, OSError):
        return  # slower, not wrong


def _nobody(_message: Message | None) -> None:
    """Hears nothing: the channel is closed."""


class Shelf:
    """Keeps one child started in advance, so that opening a document need not wait for an interpreter."""

    def __init__(self, limits: Limits | None = None, *, spare: bool = True) -> None:
        self._limits = limits or Limits()
        self._keep = spare
        self._spare: ChildChannel | None = None

    @property
    def limits(self) -> Limits:
        """The bounds its children live in."""
        return self._limits

    def warm(self) -> None:
        """Starts the spare child now; returns at once."""
        if self._keep and self._spare is None:
            self._spare = ChildChannel(self._limits)

    def take(self) -> ChildChannel:
        """A child of one's own; the caller kills it. The next spare is started by :meth:`warm`."""
        taken, self._spare = self._spare, None
        return taken or ChildChannel(self._limits)

    def close(self) -> None:
        """Ends the spare child."""
        self._keep = False
        if self._spare is not None:
            self._spare.kill()
            self._spare = None

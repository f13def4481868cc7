"""Two worker threads and a bounded queue; results come home in order, to the calling thread."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

WORKERS = 2
AHEAD = 2 * WORKERS  # items submitted and not yet taken home
BUFFERS = AHEAD + 1  # one more is being filled

A = TypeVar("A")
B = TypeVar("B")


def in_order(items: Iterable[A], work: Callable[[A], B], take: Callable[[B], None]) -> None:
    """Runs ``work`` on every item in the workers and ``take`` on every result here, in the order of the items.

    At most AHEAD results are under way while the next item is made, so a pool of BUFFERS buffers is never empty. The
    first error of any of the three ends everything; no thread is left when this returns or raises.
    """
    pending: deque[Future[B]] = deque()
    with ThreadPoolExecutor(WORKERS, thread_name_prefix="chunk") as pool:
        try:
            for item in items:
                if len(pending) == AHEAD:
                    take(pending.popleft().result())
                pending.append(pool.submit(work, item))
            while pending:
                take(pending.popleft().result())
        except BaseException:
            for future in pending:
                future.cancel()
            raise

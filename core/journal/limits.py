"""Every limit of the event log, in bytes unless named otherwise (docs/spec/event-log.md §2)."""

from __future__ import annotations

from typing import Final

EVENT_LIMIT: Final = 1 << 20  # canonical bytes of one event
ENTRY_LIMIT: Final = 4 << 20  # an event with its signatures
CERTIFICATE_SIGNATURE_LIMIT: Final = 1 << 20
SIGNATURE_LIMIT: Final = 80
LOG_LIMIT: Final = 256 << 20
EVENT_COUNT_LIMIT: Final = 100_000
TEXT_LIMIT: Final = 1_024  # one id or name, UTF-8
KIND_LIMIT: Final = 64
KIND_COUNT_LIMIT: Final = 256  # kinds one session may be certified for
CLOCK_AHEAD_SECONDS: Final = 300  # later than the reader's clock by more than this is a finding

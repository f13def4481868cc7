"""How long until a deadline, by the platform's time; said as such only where the platform was really asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from apps.shell.beijing import in_beijing
from apps.shell.frame.say import Say, say
from core.messages import Catalogue

STALE_AFTER = timedelta(hours=12)  # a comparison with the platform older than this is said to be old
_DAY = timedelta(days=1)
_HOUR = timedelta(hours=1)


class TimeSource(StrEnum):
    """Whose time it is."""

    LOCAL = "local"
    PLATFORM = "platform"


class Stage(StrEnum):
    """How pressing it is."""

    CALM = "calm"
    DAY = "day"  # less than a day
    HOUR = "hour"  # less than an hour
    PASSED = "passed"


@dataclass(frozen=True, slots=True)
class PlatformTime:
    """The platform's clock minus this machine's, as measured at ``measured_at`` (this machine's time, UTC).

    ``TimeSource.LOCAL`` means nobody was asked: then the offset is zero and nothing may be called platform time.
    """

    source: TimeSource = TimeSource.LOCAL
    offset: timedelta = timedelta(0)
    measured_at: datetime | None = None

    def now(self, local_now: datetime) -> datetime:
        """The best known time, aware UTC."""
        known = self.offset if self.source is TimeSource.PLATFORM else timedelta(0)
        return local_now.astimezone(UTC) + known


@dataclass(frozen=True, slots=True)
class Deadline:
    """What ends when; ``key`` is the sentence that stands before the figures, without slots."""

    at: datetime
    key: str = "shell.frame.countdown.until"
    passed_key: str = "shell.frame.countdown.passed"


@dataclass(frozen=True, slots=True)
class Countdown:
    """A deadline seen at one moment. ``left`` is whole seconds and never negative."""

    deadline: Deadline
    stage: Stage
    left: int
    time: PlatformTime
    stale: bool

    @property
    def figures(self) -> tuple[int, str]:
        """Days, and the rest as HH:MM:SS."""
        days, rest = divmod(self.left, 86_400)
        return days, f"{rest // 3600:02}:{rest // 60 % 60:02}:{rest % 60:02}"


def countdown(deadline: Deadline, time: PlatformTime, local_now: datetime) -> Countdown:
    """What is left of a deadline. It has passed at the very moment of the deadline, not a second later."""
    left = deadline.at - time.now(local_now)
    stage = Stage.CALM
    if left <= timedelta(0):
        stage = Stage.PASSED
    elif left < _HOUR:
        stage = Stage.HOUR
    elif left < _DAY:
        stage = Stage.DAY
    measured = time.measured_at
    stale = time.source is TimeSource.PLATFORM and (measured is None or abs(local_now - measured) > STALE_AFTER)
    return Countdown(deadline, stage, max(0, -(-left // timedelta(seconds=1))), time, stale)


def headline(now: Countdown) -> Say:
    """The large line: what ends and what is left of it."""
    if now.stage is Stage.PASSED:
        return say(now.deadline.passed_key)
    days, clock = now.figures
    return say("shell.frame.countdown.days" if days else "shell.frame.countdown.clock", days=days, clock=clock)


def warning(now: Countdown) -> Say | None:
    """The words beside the colour: less than a day, less than an hour; None while there is time."""
    keys = {Stage.DAY: "shell.frame.countdown.under_day", Stage.HOUR: "shell.frame.countdown.under_hour"}
    return say(keys[now.stage]) if now.stage in keys else None


def spoken(now: Countdown, words: Catalogue) -> str:
    """The whole as one sentence without seconds, so that readers are told once a minute."""
    days, clock = now.figures
    key = "shell.frame.countdown.days" if days else "shell.frame.countdown.clock"
    head = words.text(now.deadline.passed_key)
    if now.stage is not Stage.PASSED:
        head = f"{words.text(now.deadline.key)} {words.text(key, days=days, clock=clock[:5])}"
    worry = warning(now)
    return words.text(
        "shell.frame.countdown.spoken",
        headline=head,
        warning=words.text("shell.frame.countdown.worry", said=worry.text(words)) if worry else "",
        footing=footing(now, words),
    )


def footing(now: Countdown, words: Catalogue) -> str:
    """The small line: the deadline in Beijing time, and whose clock the figures follow."""
    moment, source = footing_lines(now, words)
    return words.text("shell.frame.countdown.footing", moment=moment, source=source)


def footing_lines(now: Countdown, words: Catalogue) -> tuple[str, str]:
    """The two halves of the footing, for a narrow window."""
    local = in_beijing(now.deadline.at)
    clock = f"{local.hour:02}:{local.minute:02}" + (f":{local.second:02}" if local.second else "")
    moment = words.text("shell.frame.countdown.moment", year=local.year, month=local.month, day=local.day, clock=clock)
    return moment, _source(now, words)


def _source(now: Countdown, words: Catalogue) -> str:
    if now.time.source is TimeSource.LOCAL:
        return words.text("shell.frame.countdown.local")
    measured = now.time.measured_at
    if now.stale and measured is not None:
        at = in_beijing(measured)
        return words.text("shell.frame.countdown.stale", month=at.month, day=at.day, clock=f"{at:%H:%M}")
    if now.stale:
        return words.text("shell.frame.countdown.never_measured")
    seconds = now.time.offset.total_seconds()
    key = "shell.frame.countdown.slow" if seconds > 0 else "shell.frame.countdown.fast"
    if abs(seconds) < 0.05:
        key = "shell.frame.countdown.same"
    return words.text(key, offset=_span(abs(seconds), words))


def _span(seconds: float, words: Catalogue) -> str:
    if seconds < 60:
        return words.text("shell.frame.countdown.seconds", n=f"{seconds:.1f}")
    if seconds < 5_400:
        return words.text("shell.frame.countdown.minutes", n=f"{seconds / 60:.0f}")
    return words.text("shell.frame.countdown.hours", n=f"{seconds / 3600:.1f}")

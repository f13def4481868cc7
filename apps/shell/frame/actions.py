"""What a person can do, as values: one list serves the palette, the keys and the overview of keys."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from apps.shell.frame.say import Say
from core.messages import Catalogue

MOST_HITS = 60


@dataclass(frozen=True, slots=True)
class Action:
    """One thing a person can do. ``reason`` says why it cannot be done now; None where it can.

    ``shortcut`` is written as Qt's portable key sequences are (``Ctrl+K``); several are separated by spaces.
    """

    name: str
    title: Say
    group: Say
    icon: str = ""
    shortcut: str = ""
    reason: Say | None = None
    also: str = ""  # more words to be found by, never shown

    @property
    def shortcuts(self) -> tuple[str, ...]:
        """Every key of this action, the one to be shown first."""
        return tuple(self.shortcut.split())


@dataclass(frozen=True, slots=True)
class Hit:
    """An action that answers a query; ``marks`` are the places of the title to be shown strong."""

    action: Action
    title: str
    group: str
    marks: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class PaletteState:
    """The palette: hidden, or a query with its answers, the chosen one and what was refused."""

    shown: bool = False
    query: str = ""
    hits: tuple[Hit, ...] = ()
    chosen: int = 0
    refused: Say | None = None

    @property
    def hit(self) -> Hit | None:
        """The chosen answer."""
        return self.hits[self.chosen] if self.chosen < len(self.hits) else None


def find_actions(query: str, actions: tuple[Action, ...], words: Catalogue) -> tuple[Hit, ...]:
    """The actions that answer a query, best first: by words, then by pinyin initials, then by letters in order.

    An empty query lists all in their own order. What cannot be done now comes after what can.
    """
    wanted = query.casefold().strip()
    found: list[tuple[int, bool, int, Hit]] = []
    for number, action in enumerate(actions):
        title, group = action.title.text(words), action.group.text(words)
        place = _place(wanted, title, f"{group} {action.also} {action.shortcut}")
        if place is not None:
            rank, marks = place
            found.append((rank, action.reason is not None, number, Hit(action, title, group, marks)))
    found.sort(key=lambda one: one[:3])
    return tuple(hit for *_, hit in found[:MOST_HITS])


def _place(wanted: str, title: str, others: str) -> tuple[int, tuple[int, ...]] | None:
    """Rank (0 best) and the places in the title that answer; None where nothing does."""
    if not wanted:
        return 0, ()
    plain, initials = title.casefold(), pinyin_initials(title)
    if len(plain) != len(title):  # a character that grows when folded would shift every mark
        plain = title.lower() if len(title.lower()) == len(title) else title
    readings = _readings(wanted, plain, initials, others)
    return next(((rank, marks) for rank, marks in readings if marks is not None), None)


def _readings(wanted: str, plain: str, initials: str, others: str) -> Iterator[tuple[int, tuple[int, ...] | None]]:
    """Every way to answer, best first: words, initials, initials without punctuation, parts anywhere, letters."""
    whole = range(len(plain))
    at_start = plain.startswith(wanted)
    yield (0 if at_start else 1), _run(wanted, plain, whole)
    yield (2 if initials.startswith(wanted) else 3), _run(wanted, initials, whole)
    yield 3, _run(wanted, initials, [place for place in whole if initials[place].isalnum()])
    parts, ground = wanted.split(), f"{plain} {others.casefold()}"
    found = [_run(part, plain, whole) or () for part in parts]
    yield 4, tuple(place for marks in found for place in marks) if all(part in ground for part in parts) else None
    yield 5, _subsequence(wanted.replace(" ", ""), plain)
    yield 6, _subsequence(wanted.replace(" ", ""), initials)
    yield 7, () if wanted in pinyin_initials(others) else None


def _run(wanted: str, text: str, places: Sequence[int]) -> tuple[int, ...] | None:
    """Where ``wanted`` stands in the letters of ``text`` at ``places``."""
    at = "".join(text[place] for place in places).find(wanted)
    return tuple(places[at : at + len(wanted)]) if at >= 0 else None


def _subsequence(wanted: str, text: str) -> tuple[int, ...] | None:
    marks: list[int] = []
    at = -1
    for letter in wanted:
        at = text.find(letter, at + 1)
        if at < 0:
            return None
        marks.append(at)
    return tuple(marks)


def pinyin_initials(text: str) -> str:
    """The text with every common Chinese character replaced by the first letter of its pinyin, one for one.

    The 3,755 characters of the first level stand in the national standard in the order of their pinyin, so the ends of
    the 23 letters are the whole table; of characters with several readings one is known. Source: GB/T 2312, rows 16–55.
    """
    return "".join(_initial(character) for character in text)


def _initial(character: str) -> str:
    try:
        code = int.from_bytes(character.encode("gb2312"), "big")
    except UnicodeEncodeError:
        return character.lower()[:1]
    if not 0xB0A1 <= code <= 0xD7F9:
        return character.lower()[:1]
    return max((start, letter) for start, letter in _letter_starts() if start <= code)[1]


def _letter_starts() -> tuple[tuple[int, str], ...]:
    return (
        (0xB0A1, "a"), (0xB0C5, "b"), (0xB2C1, "c"), (0xB4EE, "d"), (0xB6EA, "e"), (0xB7A2, "f"), (0xB8C1, "g"),
        (0xB9FE, "h"), (0xBBF7, "j"), (0xBFA6, "k"), (0xC0AC, "l"), (0xC2E8, "m"), (0xC4C3, "n"), (0xC5B6, "o"),
        (0xC5BE, "p"), (0xC6DA, "q"), (0xC8BB, "r"), (0xC8F6, "s"), (0xCBFA, "t"), (0xCDDA, "w"), (0xCEF4, "x"),
        (0xD1B9, "y"), (0xD4D1, "z"),
    )  # fmt: skip

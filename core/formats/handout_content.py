"""The content of a hand-out: items of a draft with their states, as the one canonical JSON text.

Source: docs/spec/draft-handout.md §2, §3, §6 checks 7 to 9.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, NoReturn

from signing.canonical_json import Json, NotCanonicalJson, decode_object, encode
from signing.cms.digest import sm3

FORMAT: Final = "tenderbox-handout"
VERSION: Final = 0
CONTENT_LIMIT: Final = 64 << 20
ITEM_LIMIT: Final = 100_000
NAME_LIMIT: Final = 1_024
KNOWN_LIMIT: Final = 256
FILE_LIMIT: Final = 2 << 30
ABSENT: Final[Mapping[str, Json]] = {"absent": True}

_FIELDS = frozenset({"draft_kind", "format", "items", "version", "work"})
_ITEM_FIELDS = frozenset({"item", "known", "part", "state"})
_DIGEST = re.compile("[0-9a-f]{64}")
_WORK = re.compile("[0-9a-f]{32}")
_MEDIA_TYPE = re.compile("[!-~]{1,100}")


class ContentRefused(ValueError):
    """The content is not of the documented form; the argument is the reason of draft-handout.md §6."""


@dataclass(frozen=True, slots=True)
class Item:
    """One record or file. ``known`` ends with the digest of ``state``; ``part`` holds the content of a file."""

    item: str
    state: Json
    known: tuple[str, ...]
    part: str | None = None


@dataclass(frozen=True, slots=True)
class Content:
    """What a hand-out carries, of which work."""

    draft_kind: str
    work: str
    items: tuple[Item, ...]


def digest(state: Json) -> str:
    """How a state is known, in hex."""
    return sm3(encode(state)).hex()


def encode_content(content: Content) -> bytes:
    """The one spelling, items sorted."""
    return encode({
        "draft_kind": content.draft_kind,
        "format": FORMAT,
        "items": [
            {"item": one.item, "known": list(one.known), "part": one.part, "state": one.state}
            for one in sorted(content.items, key=lambda one: one.item.encode())
        ],
        "version": VERSION,
        "work": content.work,
    })  # fmt: skip


def decode_content(untrusted: bytes, parts: tuple[str, ...]) -> Content:
    """Raises :class:`ContentRefused`. ``parts``: the file parts of the container, each named by one item."""
    if len(untrusted) > CONTENT_LIMIT:
        _refuse("not_canonical")
    try:
        fields = decode_object(untrusted)
    except NotCanonicalJson:
        _refuse("not_canonical")
    if fields.get("format") != FORMAT:
        _refuse("format")
    version = fields.get("version")
    if version != VERSION or isinstance(version, bool):
        _refuse("version")
    if fields.keys() != _FIELDS or not isinstance(fields["draft_kind"], str):
        _refuse("fields")
    work = fields["work"]
    if not isinstance(work, str) or not _WORK.fullmatch(work):
        _refuse("fields")
    items = tuple(_items(fields["items"]))
    names = [one.item.encode() for one in items]
    if any(first >= second for first, second in pairwise(names)):
        _refuse("items")
    if sorted(one.part for one in items if one.part is not None) != sorted(parts):
        _refuse("parts")
    return Content(fields["draft_kind"], work, items)


def file_of(state: Json) -> tuple[str, int, str] | None:
    """Media type, size and SM3 of the state of a file, None for any other state."""
    if not isinstance(state, Mapping) or not isinstance(state.get("file"), Mapping):
        return None
    file = state["file"]
    assert isinstance(file, Mapping)  # noqa: S101 - for the type checker
    return str(file["media_type"]), int(str(file["size"])), str(file["sm3"])


def _items(untrusted: Json) -> Iterator[Item]:
    if not isinstance(untrusted, list) or not 1 <= len(untrusted) <= ITEM_LIMIT:
        _refuse("items")
    for one in untrusted:
        if not isinstance(one, dict) or one.keys() != _ITEM_FIELDS:
            _refuse("items")
        yield _item(one)


def _item(fields: Mapping[str, Json]) -> Item:
    name, state, part, known = fields["item"], fields["state"], fields["part"], fields["known"]
    if not isinstance(name, str) or not isinstance(state, Mapping):
        _refuse("items")
    kind, _, rest = name.partition(":")
    if kind not in {"record", "file"} or not 1 <= len(rest.encode()) <= NAME_LIMIT:
        _refuse("items")
    if state != ABSENT:
        (_check_file if kind == "file" else _check_record)(state)
    if isinstance(part, str) != ("file" in state):
        _refuse("parts")
    return Item(name, state, _known(known, state), part if isinstance(part, str) else None)


def _known(untrusted: Json, state: Json) -> tuple[str, ...]:
    if not isinstance(untrusted, list) or not 1 <= len(untrusted) <= KNOWN_LIMIT:
        _refuse("items")
    known = tuple(one for one in untrusted if isinstance(one, str) and _DIGEST.fullmatch(one))
    if len(known) != len(untrusted) or len(set(known)) != len(known) or known[-1] != digest(state):
        _refuse("items")
    return known


def _check_record(state: Mapping[str, Json]) -> None:
    if state.keys() != {"value"} or state["value"] is None:
        _refuse("items")


def _check_file(state: Mapping[str, Json]) -> None:
    file = state.get("file")
    if state.keys() != {"file"} or not isinstance(file, Mapping) or file.keys() != {"media_type", "size", "sm3"}:
        _refuse("items")
    size = file["size"]
    if isinstance(size, bool) or not isinstance(size, int) or not 0 <= size <= FILE_LIMIT:
        _refuse("items")
    if not _MEDIA_TYPE.fullmatch(str(file["media_type"])) or not _DIGEST.fullmatch(str(file["sm3"])):
        _refuse("items")


def _refuse(reason: str) -> NoReturn:
    raise ContentRefused(reason)

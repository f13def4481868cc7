"""Which paths a member may have: those that mean the same file on every system and never one outside."""

from __future__ import annotations

import re

from core.formats.limits import PATH_LIMIT, SEGMENT_COUNT_LIMIT, SEGMENT_LIMIT

MANIFEST_NAME = "manifest.json"
SIGNATURE_FOLDER = "signatures"

_SEGMENT = re.compile(r"[a-z0-9_-](?:[a-z0-9._-]*[a-z0-9_-])?", re.ASCII)
_RESERVED = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))})


def is_member_path(untrusted: str) -> bool:
    """Whether the text is a member path of docs/spec/signed-package.md §2.1, taken alone."""
    if len(untrusted) > PATH_LIMIT or untrusted == MANIFEST_NAME:
        return False
    segments = untrusted.split("/")
    if len(segments) > SEGMENT_COUNT_LIMIT or segments[0] == SIGNATURE_FOLDER:
        return False
    return all(_is_segment(segment) for segment in segments)


def collides(path: str, previous: frozenset[str] | set[str]) -> bool:
    """Whether a path equals an earlier one or has it as its folder. Earlier: smaller as bytes, so never the reverse."""
    return path in previous or any(folder in previous for folder in _folders(path))


def signature_name(number: int) -> str:
    """The entry name of a signature, counted from 0."""
    return f"{SIGNATURE_FOLDER}/{number:04d}.p7s"


def _is_segment(segment: str) -> bool:
    return (
        len(segment) <= SEGMENT_LIMIT
        and _SEGMENT.fullmatch(segment) is not None
        and ".." not in segment
        and segment.split(".", 1)[0] not in _RESERVED
    )


def _folders(path: str) -> list[str]:
    segments = path.split("/")
    return ["/".join(segments[:count]) for count in range(1, len(segments))]

"""The one strict DER codec: what it reads has exactly one spelling, and it writes exactly that.

Only what SM2 values, CMS messages and key files need. Certificates are read with asn1crypto, but first walked by
:func:`check_strict`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

INTEGER = 0x02
BIT_STRING = 0x03
OCTET_STRING = 0x04
NULL = 0x05
OBJECT_IDENTIFIER = 0x06
UTC_TIME = 0x17
GENERALIZED_TIME = 0x18
SEQUENCE = 0x30
SET = 0x31
BOOLEAN = 0x01

CONSTRUCTED = 0x20
FIRST_CONTEXT_TAG = 0x40
DEPTH_LIMIT = 32  # nested constructed values


class NotDer(ValueError):
    """Bytes are not the one DER spelling of the expected value."""


@dataclass(frozen=True, slots=True)
class Value:
    """One decoded value: its tag byte, its content and the whole encoding."""

    tag: int
    content: bytes
    encoded: bytes


def encode(tag: int, *contents: bytes) -> bytes:
    """Tag, minimal length and the joined contents."""
    content = b"".join(contents)
    length = len(content)
    if length < 0x80:
        return bytes((tag, length)) + content
    size = (length.bit_length() + 7) // 8
    return bytes((tag, 0x80 | size)) + length.to_bytes(size, "big") + content


def sequence(*members: bytes) -> bytes:
    """SEQUENCE of encoded members."""
    return encode(SEQUENCE, *members)


def set_of(members: Iterable[bytes], tag: int = SET) -> bytes:
    """SET OF in DER order (ascending encodings); ``tag`` for an implicit one."""
    return encode(tag, *sorted(members))


def octets(content: bytes) -> bytes:
    """OCTET STRING."""
    return encode(OCTET_STRING, content)


def integer(value: int) -> bytes:
    """INTEGER in the least number of bytes; not negative."""
    if value < 0:
        raise ValueError(value)
    return encode(INTEGER, value.to_bytes(value.bit_length() // 8 + 1, "big"))


def oid(dotted: str) -> bytes:
    """OBJECT IDENTIFIER."""
    first, second, *rest = (int(arc) for arc in dotted.split("."))
    return encode(OBJECT_IDENTIFIER, b"".join(_base128(arc) for arc in (first * 40 + second, *rest)))


def _base128(arc: int) -> bytes:
    groups = [arc & 0x7F]
    while arc := arc >> 7:
        groups.append(0x80 | (arc & 0x7F))
    return bytes(reversed(groups))


@dataclass(slots=True)
class Reader:
    """Reads consecutive values out of untrusted bytes; every method raises :class:`NotDer` on another spelling."""

    untrusted: bytes
    position: int = field(default=0)

    def more(self) -> bool:
        """Whether bytes are left."""
        return self.position < len(self.untrusted)

    def peek(self) -> int:
        """The tag byte of the next value, -1 at the end."""
        return self.untrusted[self.position] if self.more() else -1

    def value(self, tag: int | None = None) -> Value:
        """The next value, of tag ``tag`` where given."""
        start = self.position
        found, begin, end = _header(self.untrusted, start)
        if tag is not None and found != tag:
            raise NotDer(f"tag {found:#04x} instead of {tag:#04x}")
        self.position = end
        return Value(found, self.untrusted[begin:end], self.untrusted[start:end])

    def inside(self, tag: int = SEQUENCE) -> Reader:
        """A reader over the content of the next value."""
        return Reader(self.value(tag).content)

    def octets(self) -> bytes:
        """The content of an OCTET STRING."""
        return self.value(OCTET_STRING).content

    def integer(self) -> int:
        """A non-negative INTEGER in its least number of bytes."""
        content = self.value(INTEGER).content
        if not content or content[0] & 0x80:
            raise NotDer("negative or empty INTEGER")
        if len(content) > 1 and content[0] == 0 and not content[1] & 0x80:
            raise NotDer("INTEGER with a leading zero")
        return int.from_bytes(content, "big")

    def oid(self) -> str:
        """The dotted form of an OBJECT IDENTIFIER."""
        found = self.value(OBJECT_IDENTIFIER)
        dotted = _dotted(found.content)
        if oid(dotted) != found.encoded:
            raise NotDer("OBJECT IDENTIFIER not minimal")
        return dotted

    def end(self) -> None:
        """Nothing may follow."""
        if self.more():
            raise NotDer("trailing bytes")


def read_one(untrusted: bytes, tag: int = SEQUENCE) -> Reader:
    """A reader over the content of the only value in ``untrusted``."""
    outer = Reader(untrusted)
    inner = outer.inside(tag)
    outer.end()
    return inner


def check_strict(untrusted: bytes) -> None:
    """Raises :class:`NotDer` unless the bytes are one value with definite, minimal lengths at every level."""
    outer = Reader(untrusted)
    _walk(outer.value(), DEPTH_LIMIT)
    outer.end()


def _walk(value: Value, depth: int) -> None:
    if depth == 0:
        raise NotDer("nested too deep")
    if value.tag == BOOLEAN and value.content not in (b"\x00", b"\xff"):
        raise NotDer("BOOLEAN")
    if value.tag == NULL and value.content:
        raise NotDer("NULL")
    if value.tag == INTEGER:
        _check_integer(value.content)
    if value.tag & CONSTRUCTED:
        if value.tag < FIRST_CONTEXT_TAG and value.tag not in {SEQUENCE, SET}:
            raise NotDer("a string in pieces")
        _walk_members(value, depth)


def _walk_members(value: Value, depth: int) -> None:
    reader, before = Reader(value.content), b""
    while reader.more():
        member = reader.value()
        if value.tag == SET and member.encoded < before:
            raise NotDer("SET not in order")
        before = member.encoded
        _walk(member, depth - 1)


def _check_integer(content: bytes) -> None:
    if not content:
        raise NotDer("empty INTEGER")
    if len(content) > 1 and content[0] in (0x00, 0xFF) and (content[0] ^ content[1]) & 0x80 == 0:
        raise NotDer("INTEGER not minimal")


def _header(data: bytes, start: int) -> tuple[int, int, int]:
    """Tag, start and end of the content of the value at ``start``."""
    if start + 2 > len(data):
        raise NotDer("truncated")
    tag, length = data[start], data[start + 1]
    begin = start + 2
    if tag & 0x1F == 0x1F:
        raise NotDer("multi-byte tag")
    if length & 0x80:
        size = length & 0x7F
        digits = data[begin : begin + size]
        if not 1 <= size <= 4 or len(digits) != size:
            raise NotDer("length indefinite, truncated or too long")
        length = int.from_bytes(digits, "big")
        if length < 0x80 or digits[0] == 0:
            raise NotDer("length not minimal")
        begin += size
    if begin + length > len(data):
        raise NotDer("truncated")
    return tag, begin, begin + length


def _dotted(content: bytes) -> str:
    if not content or content[-1] & 0x80:
        raise NotDer("OBJECT IDENTIFIER")
    arcs, value = [], 0
    for byte in content:
        value = value << 7 | byte & 0x7F
        if not byte & 0x80:
            arcs.append(value)
            value = 0
    first = min(arcs[0] // 40, 2)
    return ".".join(str(arc) for arc in (first, arcs[0] - 40 * first, *arcs[1:]))

"""Vectors of the sealed container: one cause each, written after docs/spec/sealed-bid.md only.

``expect`` names the layer that must fail (§9 of the specification; ``wrap``, ``share``, ``policy`` for checks 10–12).
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from tests.deterministic_sm2 import sm3
from tests.vectors.make import with_header
from tests.vectors.make._sealed_bid_builder import (
    CHUNK_SIZE,
    DEFAULT_POLICY,
    SEALED_AT,
    Plan,
    Stage,
    build,
    canonical,
    envelope,
    root,
)

FOLDER = "sealed_bid"
BOTH = "bidder tenderer"
DEFAULT = {"all": ["bidder", {"any": ["tenderer", "agency", "centre"]}]}
TWO_OF_THREE = {"all": ["bidder", {"threshold": (2, ["tenderer", "agency", "centre"])}]}
TWO_STAGES = (("first", DEFAULT_POLICY), ("second", {"all": ["bidder", "agency"]}))
PRICE = (("price", "price", "main", b"7" * (65536 * 2 - 8)),)  # two chunks, the last one full


@dataclass(frozen=True)
class Vector:
    comment: str
    make: Callable[[], bytes]
    layer: str = ""
    reason: str = ""
    keys: str = BOTH
    stage: str = "main"
    content: bytes = b"".join(part[3] for part in Plan().parts)


def header(change: Callable[[dict[str, Any]], Any], **plan: Any) -> Callable[[], bytes]:
    return lambda: build(Plan(edit_header=change, **plan))


def setting(*path: str | int, to: Any) -> Callable[[], bytes]:
    """A header with one value replaced."""

    def change(value: Any) -> None:
        for step in path[:-1]:
            value = value[step]
        value[path[-1]] = to

    return header(change)


def spelled(change: Callable[[bytes], bytes]) -> Callable[[], bytes]:
    """A header whose JSON text is changed."""
    return lambda: build(Plan(encode_header=lambda value: change(canonical(value))))


def made(**plan: Any) -> Callable[[], bytes]:
    return lambda: build(Plan(**plan))


def body(**changed: Any) -> Callable[[], bytes]:
    return lambda: build(Plan(edit_body=lambda value: value.update(changed)))


def flip(data: bytes, position: int) -> bytes:
    position %= len(data)
    return data[:position] + bytes([data[position] ^ 1]) + data[position + 1 :]


def cut(where: Callable[[dict[str, Any], int], int]) -> Callable[[], bytes]:
    """The file ends at a place computed from its pieces and its length."""

    def make() -> bytes:
        plan = Plan()
        data = build(plan)
        return data[: where(plan.pieces, len(data))]

    return make


def rewrite(change: Callable[[dict[str, Any]], bytes], **plan: Any) -> Callable[[], bytes]:
    """A file put together anew from its pieces."""

    def make() -> bytes:
        found = Plan(**plan)
        build(found)
        return change(found.pieces)

    return make


def joined(pieces: dict[str, Any], **changed: bytes) -> bytes:
    found = {**pieces, "chunks": b"".join(pieces["chunks"]), **changed}
    return found["head"] + found["chunks"] + found["index"] + found["trailer"]


def deep_policy(value: dict[str, Any]) -> None:
    policy = value["stages"][0]["policy"]
    for _ in range(7):
        policy = {"any": [policy]}
    value["stages"][0]["policy"] = policy


def wrap_to_other(value: dict[str, Any]) -> None:
    value["stages"][0]["wraps"][0] = base64.b64encode(envelope(bytes(32), ("agency",))).decode()


def wrap_to_one_more(value: dict[str, Any]) -> None:
    value["stages"][0]["wraps"][0] = base64.b64encode(envelope(bytes(32), ("bidder", "agency"))).decode()


def certificate_twice(value: dict[str, Any]) -> None:
    leaf = value["stages"][0]["policy"]["all"][0]["leaf"]
    leaf["certificates"] *= 2


def certificate_damaged(value: dict[str, Any]) -> None:
    leaf = value["stages"][0]["policy"]["all"][0]["leaf"]
    damaged = base64.b64decode(leaf["certificates"][0])[:-1]
    leaf["certificates"] = [base64.b64encode(damaged).decode()]


def part(**changed: Any) -> Callable[[], bytes]:
    return header(lambda value: value["parts"][1].update(changed))


def wrong_dealing(stage: Stage) -> None:
    """The bidder's share, with commitment and wrap to it, leads to another key."""
    stage.shares[0] = flip(stage.shares[0], 0)


def one_copy_differs(stage: Stage) -> None:
    stage.shares[2] = flip(stage.shares[2], 0)


def damaged_key(wrap: bytes) -> bytes:
    """A bit of C2 of the wrapped key, so that C3 no longer fits: the last byte before the encrypted content."""
    return flip(wrap, wrap.rindex(bytes.fromhex("060a2a811ccf550601040201")) - 3)


def wrong_padding(plain: list[bytes]) -> list[bytes]:
    return [flip(plain[0], -1), plain[1]]


def too_long(plain: list[bytes]) -> list[bytes]:
    return [(len(plain[0]) - 7).to_bytes(8, "big") + plain[0][8:], plain[1]]


def more_padding(plain: list[bytes]) -> list[bytes]:
    return [plain[0] + bytes(1024), plain[1]]


def other_bids_chunk() -> bytes:
    other = Plan(seed="another bid")
    build(other)
    return build(Plan(edit_chunks=lambda chunks: [other.pieces["chunks"][0], *chunks[1:]]))


def other_bids_chunk_resigned() -> bytes:
    """As above, but index, root and signature made to fit: only the keys know."""
    other = Plan(seed="another bid")
    build(other)

    def put(pieces: dict[str, Any]) -> bytes:
        chunks = [other.pieces["chunks"][0], *pieces["chunks"][1:]]
        index = sm3(bytes(9) + chunks[0]) + pieces["index"][32:]
        return build(
            Plan(
                edit_chunks=lambda _: chunks,
                edit_index=lambda _: index,
                edit_body=lambda value: value.update(merkle_root=root([index[:32], index[32:]]).hex()),
            )
        )

    found = Plan()
    build(found)
    return put(found.pieces)


def other_trailer() -> bytes:
    other = Plan(seed="another bid")
    build(other)
    return rewrite(lambda pieces: joined(pieces, trailer=other.pieces["trailer"]))()


def copied_bid() -> bytes:
    """Somebody else puts his certificate into the header and signs; the tags are those of the true bidder."""
    true = Plan()
    build(true)
    return build(Plan(signer="agency", edit_tags=lambda _: true.pieces["tags"]))


def empty_copy() -> bytes:
    return rewrite(lambda pieces: joined(pieces, trailer=pieces["trailer"][: 4 + len(pieces["body"])] + bytes(4)))()


def stripped_and_unsigned() -> bytes:
    """Signature off and signer null, all digests made to fit: whole without keys, refused by the tag."""
    true = Plan()
    build(true)
    return build(Plan(signer=None, edit_tags=lambda _: true.pieces["tags"]))


def length_field(position: str, value: int) -> Callable[[], bytes]:
    def make(pieces: dict[str, Any]) -> bytes:
        data = joined(pieces)
        trailer = len(data) - len(pieces["trailer"])
        at = {"header": 10, "body": trailer, "signature": trailer + 4 + len(pieces["body"])}[position]
        return data[:at] + value.to_bytes(4, "big") + data[at + 4 :]

    return rewrite(make)


def swapped_parts() -> bytes:
    return build(Plan(edit_chunks=lambda chunks: chunks[::-1]))


def in_body(pieces: dict[str, Any], _size: int) -> int:
    return len(pieces["head"]) + 100


GOOD: Mapping[str, Vector] = {
    "success": Vector("bidder and tenderer, two parts, signed", made()),
    "success_default_policy": Vector(
        "bidder and one of three", made(stages=(("main", DEFAULT),)), keys="bidder centre"
    ),
    "success_threshold": Vector(
        "bidder and two of three", made(stages=(("main", TWO_OF_THREE),)), keys="bidder agency centre"
    ),
    "success_two_certificates": Vector(
        "a leaf with two certificates, opened by the second",
        made(stages=(("main", {"all": [("bidder", "agency"), "tenderer"]}),)),
        keys="agency tenderer",
    ),
    "success_single_leaf": Vector("a policy of one leaf", made(stages=(("main", "centre"),)), keys="centre"),
    "success_second_stage": Vector(
        "the second of two stages",
        made(stages=TWO_STAGES, parts=(("a", "document", "first", b"1"), ("b", "document", "second", b"2"))),
        keys="bidder agency", stage="second", content=b"2",
    ),
    "success_unsigned": Vector("not signed, and says so", made(signer=None)),
    "success_empty_part": Vector("a part without content", made(parts=(("a", "document", "main", b""),)), content=b""),
    "success_last_chunk_full": Vector("two full chunks", made(parts=PRICE), content=PRICE[0][3]),
}  # fmt: skip

WITHOUT_KEYS: Mapping[str, Vector] = {
    "format_empty_file": Vector("no bytes at all", lambda: b"", "format", "magic"),
    "format_magic": Vector("first bit of the magic", lambda: flip(build(Plan()), 0), "format", "magic"),
    "format_text_mode": Vector(
        "CR LF became LF in a copy", lambda: build(Plan()).replace(b"\r\n", b"\n", 1), "format", "magic"
    ),
    "format_newer_version": Vector("version 1, otherwise good", made(version=1), "format", "newer_version"),
    "layout_header_length_zero": Vector("no header", length_field("header", 0), "layout", "header_length"),
    "layout_header_length": Vector(
        "a header one byte over the limit", length_field("header", (1 << 20) + 1), "layout", "header_length"
    ),
    "layout_ends_in_header": Vector("cut in the header", cut(lambda _, __: 500), "layout", "truncated"),
    "layout_ends_in_tag": Vector("cut in the tag", cut(lambda p, _: len(p["head"]) - 1), "layout", "truncated"),
    "layout_ends_in_chunk": Vector("cut in the first chunk", cut(in_body), "layout", "truncated"),
    "layout_last_byte_missing": Vector("last byte missing", cut(lambda _, size: size - 1), "layout", "truncated"),
    "layout_byte_after": Vector("a byte after the end", lambda: build(Plan()) + b"\0", "layout", "trailing_bytes"),
    "layout_byte_between": Vector(
        "a byte between head and first chunk",
        rewrite(lambda p: joined(p, chunks=b"\0" + b"".join(p["chunks"]))), "layout", "trailer_length",
    ),
    "layout_too_many_chunks": Vector(
        "64 GiB announced in chunks of 64 KiB", part(padded_length=1 << 36), "layout", "too_many_chunks"
    ),
    "layout_part_longer": Vector("a part announced longer", part(padded_length=1 << 20), "layout", "truncated"),
    "layout_trailer_length": Vector(
        "a trailer one byte over the limit", length_field("body", 4097), "layout", "trailer_length"
    ),
    "layout_signature_length": Vector(
        "2^32 - 1 bytes of signature", length_field("signature", (1 << 32) - 1), "layout", "signature_length"
    ),
    "header_white_space": Vector("a line end", spelled(lambda text: text + b"\n"), "header", "not_canonical"),
    "header_key_order": Vector(
        "keys not sorted",
        made(encode_header=lambda v: json.dumps(dict(reversed(v.items())), separators=(",", ":")).encode()),
        "header", "not_canonical",
    ),
    "header_duplicate_key": Vector(
        "a key twice", spelled(lambda text: b'{"suite":1,' + text[1:]), "header", "not_canonical"
    ),
    "header_float": Vector(
        "suite 1.0", spelled(lambda text: text.replace(b'"suite":1', b'"suite":1.0')), "header", "not_canonical"
    ),
    "header_lone_surrogate": Vector(
        "half a character",
        spelled(lambda text: text.replace(b"lot-1", b"\\ud800")), "header", "not_canonical",
    ),
    "header_array": Vector("no object", spelled(lambda _: b"[]"), "header", "not_canonical"),
    "header_unknown_field": Vector("a field too many", setting("remark", to="x"), "header", "fields"),
    "header_missing_field": Vector("no twin", header(lambda value: value.pop("twin")), "header", "fields"),
    "header_unknown_part_field": Vector("the true length of a part", part(length=6), "header", "fields"),
    "header_kind": Vector("a kind nobody knows", setting("kind", to="offer"), "header", "value"),
    "header_suite": Vector("another suite", setting("suite", to=2), "header", "suite"),
    "header_suite_true": Vector("true is not 1", setting("suite", to=True), "header", "value"),
    "header_file_id_short": Vector("15 bytes", setting("file_id", to="00" * 15), "header", "value"),
    "header_upper_case_hex": Vector("upper case digest", setting("twin", to="AB" * 32), "header", "value"),
    "header_local_time": Vector(
        "an offset instead of Z", setting("sealed_at", to="2026-03-02T09:30:00+08:00"), "header", "value"
    ),
    "header_no_such_day": Vector("30 February", setting("sealed_at", to="2026-02-30T01:30:00Z"), "header", "value"),
    "header_chunk_size_small": Vector("32 KiB", setting("chunk_size", to=32768), "header", "chunk_size"),
    "header_chunk_size_large": Vector("8 MiB", setting("chunk_size", to=1 << 23), "header", "chunk_size"),
    "header_chunk_size_odd": Vector("no multiple", setting("chunk_size", to=CHUNK_SIZE + 1), "header", "chunk_size"),
    "header_context_control": Vector(
        "a line end in the context", setting("context", "lot_id", to="a\nb"), "header", "context"
    ),
    "header_context_deadline": Vector(
        "a deadline without a zone", setting("context", "deadline", to="2026-03-05 09:00"), "header", "context"
    ),
    "header_context_long": Vector(
        "4,097 bytes of context", setting("context", "lot_id", to="x" * 4097), "header", "context"
    ),
    "header_part_twice": Vector("two parts of one id", part(id="letter"), "header", "parts"),
    "header_part_path": Vector("a part id that climbs", part(id="../note"), "header", "parts"),
    "header_part_stage": Vector("a part of no stage", part(stage="second"), "header", "parts"),
    "header_part_unpadded": Vector("a length that is not padded", part(padded_length=1030), "header", "parts"),
    "header_part_zero": Vector("a part of no length", part(padded_length=0), "header", "parts"),
    "header_no_parts": Vector("no part", setting("parts", to=[]), "header", "parts"),
    "header_no_stages": Vector("no stage", setting("stages", to=[]), "header", "stages"),
    "header_stage_twice": Vector(
        "two stages of one id", header(lambda value: value["stages"].append(value["stages"][0])), "header", "stages"
    ),
    "header_policy_node": Vector(
        "a node nobody knows", setting("stages", 0, "policy", to={"none": []}), "header", "policy"
    ),
    "header_policy_deep": Vector("nine levels", header(deep_policy), "header", "policy"),
    "header_policy_threshold": Vector(
        "three of two",
        header(lambda v: v["stages"][0].update(
            policy={"threshold": {"children": v["stages"][0]["policy"]["all"], "k": 3}})),
        "header", "policy",
    ),
    "header_certificate": Vector("a certificate cut", header(certificate_damaged), "header", "certificate"),
    "header_certificate_twice": Vector("one certificate twice", header(certificate_twice), "header", "certificate"),
    "header_commitment_missing": Vector(
        "one commitment less", header(lambda v: v["stages"][0]["commitments"].pop()), "header", "commitments"
    ),
    "header_wrap_missing": Vector("one wrap less", header(lambda v: v["stages"][0]["wraps"].pop()), "header", "wrap"),
    "header_wrap_to_other": Vector("a wrap to somebody else", header(wrap_to_other), "header", "wrap"),
    "header_wrap_to_one_more": Vector("a wrap to one reader more", header(wrap_to_one_more), "header", "wrap"),
    "header_wrap_tail": Vector(
        "a byte after a wrap", made(edit_wrap=lambda leaf, wrap: wrap if leaf else wrap + b"\0"), "header", "wrap"
    ),
    "trailer_white_space": Vector(
        "a blank in the body", made(encode_body=lambda v: canonical(v) + b" "), "trailer", "not_canonical"
    ),
    "trailer_unknown_field": Vector("a field too many", body(remark="x"), "trailer", "fields"),
    "trailer_type": Vector("another type", body(type="tenderbox sealed trailer 1"), "trailer", "fields"),
    "trailer_file_id": Vector("another file id", body(file_id="00" * 16), "trailer", "fields"),
    "trailer_of_other_bid": Vector("the trailer of another bid", other_trailer, "trailer", "fields"),
    "trailer_header_changed": Vector(
        "a letter of the context changed",
        rewrite(lambda p: joined(p, head=p["head"].replace(b"lot-1", b"lot-2"))), "trailer", "head_digest",
    ),
    "trailer_tag_changed": Vector(
        "a bit of the tag changed", rewrite(lambda p: joined(p, head=flip(p["head"], -1))), "trailer", "head_digest"
    ),
    "trailer_index_changed": Vector(
        "a bit of the index changed", rewrite(lambda p: joined(p, index=flip(p["index"], 0))), "trailer", "index_digest"
    ),
    "trailer_merkle_root": Vector("another root", body(merkle_root="00" * 32), "trailer", "merkle_root"),
    "trailer_count": Vector("one chunk less", body(chunks=1), "trailer", "count"),
    "trailer_count_true": Vector(
        "true is not 1",
        made(parts=(("a", "document", "main", b""),), edit_body=lambda v: v.update(chunks=True)), "trailer", "fields",
    ),
    "trailer_offset": Vector("another offset", body(offset=0), "trailer", "count"),
    "signature_missing": Vector("signature taken off", empty_copy, "signature", "missing"),
    "signature_unexpected": Vector(
        "a signature on a file that says unsigned",
        rewrite(lambda p: joined(p, trailer=p["trailer"][:-4] + b"\0\0\0\1\0"), signer=None), "signature", "unexpected",
    ),
    "chunk_bit": Vector(
        "a bit of the second chunk", made(edit_chunks=lambda c: [c[0], flip(c[1], 0)]), "chunk", "digest"
    ),
    "chunk_tag_bit": Vector(
        "a bit of a chunk's tag", made(edit_chunks=lambda c: [flip(c[0], -1), c[1]]), "chunk", "digest"
    ),
    "chunk_swapped": Vector("two parts of one length exchanged", swapped_parts, "chunk", "digest"),
    "chunk_of_other_bid": Vector("a chunk of another bid", other_bids_chunk, "chunk", "digest"),
    "signature_bit": Vector(
        "last bit of the signature", made(edit_signature=lambda s: flip(s, -1)), "signature", "invalid"
    ),
    "signature_tail": Vector(
        "a byte after the message", made(edit_signature=lambda s: s + b"\0"), "signature", "invalid"
    ),
    "signature_of_other_content": Vector(
        "a signature over another body", made(edit_signed=lambda text: text + b" "), "signature", "invalid"
    ),
    "signature_by_other": Vector(
        "signed by another certificate than the header names", made(signed_by="agency"), "signature", "signer_differs"
    ),
    "signature_later": Vector(
        "signed a second after sealed_at", made(signed_at=SEALED_AT + timedelta(seconds=1)), "signature", "time_differs"
    ),
}  # fmt: skip

WITH_KEYS: Mapping[str, Vector] = {
    "wrap_key_damaged": Vector(
        "C3 of the bidder's wrapped key does not fit",
        made(edit_wrap=lambda leaf, wrap: wrap if leaf else damaged_key(wrap)), "wrap",
    ),
    "share_other": Vector(
        "the bidder's wrap holds another share",
        made(edit_wrapped=lambda leaf, content: content if leaf else flip(content, 0)), "share",
    ),
    "share_other_blind": Vector(
        "the tenderer's wrap holds another blind",
        made(edit_wrapped=lambda leaf, content: flip(content, -1) if leaf else content), "share",
    ),
    "share_short": Vector(
        "the bidder's wrap holds 31 bytes",
        made(edit_wrapped=lambda leaf, content: content if leaf else content[:-1]), "share",
    ),
    "policy_bidder_alone": Vector(
        "the bidder without a holder", made(stages=(("main", DEFAULT),)), "policy", keys="bidder"
    ),
    "policy_holders_alone": Vector(
        "all holders without the bidder",
        made(stages=(("main", DEFAULT),)), "policy", keys="tenderer agency centre",
    ),
    "policy_threshold_one_short": Vector(
        "bidder and one where two are needed",
        made(stages=(("main", TWO_OF_THREE),)), "policy", keys="bidder centre",
    ),
    "key_tag": Vector("a tag that fits no key", made(edit_tags=lambda t: [flip(t[0], 0)]), "key", "tag"),
    "key_wrong_dealing": Vector(
        "shares fit their commitments but give another key", made(edit_stage=wrong_dealing), "key", "tag"
    ),
    "key_one_copy_differs": Vector(
        "one of three copies leads to another key",
        made(stages=(("main", DEFAULT),), edit_stage=one_copy_differs), "key", "tag", keys="bidder agency",
    ),
    "key_of_other_stage": Vector(
        "tags of two stages exchanged",
        made(
            stages=TWO_STAGES, edit_tags=lambda tags: tags[::-1],
            parts=(("a", "document", "first", b"1"), ("b", "document", "second", b"2")),
        ),
        "key", "tag", stage="first",
    ),
    "key_copied_bid": Vector("copied and signed by somebody else", copied_bid, "key", "tag"),
    "key_signature_removed": Vector("signature and signer taken away", stripped_and_unsigned, "key", "tag"),
    "payload_of_other_bid": Vector(
        "a chunk of another bid, index and root made to fit", other_bids_chunk_resigned, "payload", "tag"
    ),
    "payload_chunks_swapped": Vector(
        "chunk numbers of one part exchanged",
        made(parts=PRICE, edit_nonce=lambda at, nonce: nonce[:10] + bytes([1 - at]) + nonce[11:]), "payload", "tag",
    ),
    "payload_no_last_chunk": Vector(
        "last flag missing", made(edit_nonce=lambda _, nonce: nonce[:-1] + b"\0"), "payload", "tag"
    ),
    "payload_early_last_chunk": Vector(
        "last flag in the first of two chunks",
        made(parts=PRICE, edit_nonce=lambda _, nonce: nonce[:-1] + b"\1"), "payload", "tag",
    ),
    "payload_other_header": Vector(
        "associated data of another header", made(edit_associated=lambda a: flip(a, 0)), "payload", "tag"
    ),
    "payload_other_part": Vector(
        "associated data of another part", made(edit_associated=lambda a: flip(a, -1)), "payload", "tag"
    ),
    "payload_length": Vector("content longer than its part", made(edit_padded=too_long), "payload", "length"),
    "payload_padding_bit": Vector("a bit in the padding", made(edit_padded=wrong_padding), "payload", "padding"),
    "payload_padding_long": Vector("more padding than needed", made(edit_padded=more_padding), "payload", "padding"),
}  # fmt: skip

ALL: Mapping[str, Vector] = {**GOOD, **WITHOUT_KEYS, **WITH_KEYS}


def vectors() -> Mapping[str, bytes]:
    """All vectors of this format."""
    return {name: _with_header(vector) for name, vector in ALL.items()}


def _with_header(vector: Vector) -> bytes:
    fields = {"expect": f"{vector.layer} failure" if vector.layer else "success", "comment": vector.comment}
    if vector.reason:
        fields["reason"] = vector.reason
    fields |= {"keys": vector.keys, "stage": vector.stage}
    if not vector.layer:
        fields["payload"] = sm3(vector.content).hex()
    return with_header(vector.make(), **fields)

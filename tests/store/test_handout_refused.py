"""Every single thing that can be wrong with a hand-out has its own reason; docs/spec/draft-handout.md §6."""

from __future__ import annotations

import copy
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from core.errors import HandoutInvalid
from core.formats.handout import CONTENT, KIND, STAGE, open_handout, part_id, write_handout
from core.formats.handout_content import Content, ContentRefused, Item, decode_content, digest, encode_content
from core.messages import load
from signing.canonical_json import decode, encode
from signing.cms.digest import sm3
from signing.envelope.source import PartSource
from signing.envelope.writer import SealRequest, seal
from signing.errors import CertificateInvalid, ContainerInvalid
from signing.policy.tree import All, Any_, Leaf, Policy
from tests.sealed_world import SEALED_AT, holder, no_progress

WORK = "ab" * 16
FILE = b"floor plan" * 300
FILE_STATE = {"file": {"media_type": "application/pdf", "size": len(FILE), "sm3": sm3(FILE).hex()}}


def item(name: str, state: Any, *before: str, part: str | None = None) -> Item:
    return Item(name, state, (*before, digest(state)), part)


ITEMS = (
    item("file:plan.pdf", FILE_STATE, part="file-0001"),
    item("record:gone", {"absent": True}, "11" * 32),
    item("record:名称", {"value": {"name": "图书馆"}}),
)
GOOD = encode_content(Content("bid", WORK, ITEMS))


def colleagues(*names: str) -> Any_:
    return Any_(
        tuple(Leaf(f"colleague-{n}", (holder(name).decrypter.certificate(),)) for n, name in enumerate(names, 1))
    )


def sealed(
    path: Path,
    content: bytes = GOOD,
    *,
    kind: str = KIND,
    stage: str = STAGE,
    policy: Policy | None = None,
    signed: bool = True,
    first: tuple[str, str] = (CONTENT, "summary"),
    file: bytes = FILE,
    file_part: str = "file-0001",
    twin: str | None = None,
) -> Path:
    parts = [
        PartSource(*first, stage, data=content),
        PartSource(file_part, "document", stage, data=file),
    ]
    request = SealRequest(kind, {}, {stage: policy or colleagues("agency", "centre")}, parts, twin)
    seal(path, request, holder("tenderer").signer if signed else None, sealed_at=SEALED_AT, on_progress=no_progress)
    return path


def test_a_hand_out_is_read_by_each_colleague_and_says_what_was_put_in(tmp_path: Path) -> None:
    source = tmp_path / "plan.pdf"
    source.write_bytes(FILE)
    out = tmp_path / "x.tbh"
    write_handout(
        out, Content("bid", WORK, tuple(reversed(ITEMS))), {part_id(1): source},
        colleagues=[holder(name).decrypter.certificate() for name in ("agency", "centre")],
        signer=holder("tenderer").signer, sealed_at=SEALED_AT, context={"tool": "test"}, on_progress=no_progress,
    )  # fmt: skip
    for name in ("agency", "centre"):
        opened = open_handout(out, holder(name).decrypter, no_progress)
        assert opened.content == Content("bid", WORK, ITEMS)
        opened.file_to(ITEMS[0], tmp_path / name)
        assert (tmp_path / name).read_bytes() == FILE
    clear = out.read_bytes()
    for secret in ("图书馆", "plan.pdf", WORK, "名称"):
        assert secret.encode() not in clear


CONTAINERS: dict[str, tuple[str, dict[str, Any]]] = {
    "a sealed bid": ("kind", {"kind": "bid"}),
    "nobody signed": ("unsigned", {"signed": False}),
    "another stage": ("parts", {"stage": "bid"}),
    "all colleagues needed": ("parts", {"policy": All(colleagues("agency", "centre").children)}),
    "a leaf of another name": ("parts", {"policy": Any_((Leaf("boss", (holder("agency").decrypter.certificate(),)),))}),
    "the content not padded": ("parts", {"first": (CONTENT, "document")}),
    "no content": ("parts", {"first": ("notes", "summary")}),
    "a gap in the files": ("parts", {"file_part": "file-0002"}),
    "a twin": ("parts", {"twin": "22" * 32}),
    "sealed to others": ("not_addressed", {"policy": colleagues("centre", "bidder")}),
    "a file nobody names": ("parts", {"content": encode_content(Content("bid", WORK, ITEMS[1:]))}),
}


@pytest.mark.parametrize("name", CONTAINERS)
def test_a_container_that_is_no_hand_out_is_refused_with_its_reason(tmp_path: Path, name: str) -> None:
    reason, changes = CONTAINERS[name]
    path = sealed(tmp_path / "x.tbh", **changes)
    with pytest.raises(HandoutInvalid) as caught:
        open_handout(path, holder("agency").decrypter, no_progress)
    assert caught.value.params["reason"] == reason
    for language in ("zh_CN", "en"):
        assert load(language).has(f"draft.handout.{reason}")


def test_a_file_that_is_not_the_one_announced_leaves_nothing(tmp_path: Path) -> None:
    path = sealed(tmp_path / "x.tbh", file=FILE[:-1] + b"!")
    opened = open_handout(path, holder("agency").decrypter, no_progress)
    with pytest.raises(HandoutInvalid, match="file_digest"):
        opened.file_to(ITEMS[0], tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_one_changed_bit_anywhere_is_refused(tmp_path: Path) -> None:
    content = sealed(tmp_path / "x.tbh").read_bytes()
    for place in range(0, len(content), len(content) // 23):
        changed = bytearray(content)
        changed[place] ^= 4
        (tmp_path / "y.tbh").write_bytes(changed)
        with pytest.raises((ContainerInvalid, CertificateInvalid, HandoutInvalid)):
            open_handout(tmp_path / "y.tbh", holder("agency").decrypter, no_progress)


def changed(change: Callable[[dict[str, Any]], object]) -> bytes:
    plain: Any = copy.deepcopy(decode(GOOD))
    change(plain)
    return encode(plain)


def at(number: int, **fields: Any) -> Callable[[dict[str, Any]], object]:
    return lambda plain: plain["items"][number].update(fields)


def size_of(value: Any) -> Callable[[dict[str, Any]], object]:
    def change(plain: dict[str, Any]) -> None:
        plain["items"][0]["state"]["file"]["size"] = value
        plain["items"][0]["known"][-1] = digest(plain["items"][0]["state"])

    return change


DIGEST = "33" * 32
CONTENTS: dict[str, tuple[str, bytes]] = {
    "white space": ("not_canonical", GOOD + b" "),
    "an array": ("not_canonical", b"[]"),
    "of another format": ("format", changed(lambda plain: plain.update(format="tenderbox-package"))),
    "newer": ("version", changed(lambda plain: plain.update(version=1))),
    "version true": ("version", changed(lambda plain: plain.update(version=False))),
    "a field more": ("fields", changed(lambda plain: plain.update(more=1))),
    "a field less": ("fields", changed(lambda plain: plain.pop("work"))),
    "work in upper case": ("fields", changed(lambda plain: plain.update(work="AB" * 16))),
    "no items": ("items", changed(lambda plain: plain.update(items=[]))),
    "items out of order": ("items", changed(lambda plain: plain["items"].reverse())),
    "an item twice": ("items", changed(lambda plain: plain["items"].append(plain["items"][-1]))),
    "an item of no kind": ("items", changed(at(2, item="zebra:x"))),
    "an item without name": ("items", changed(at(1, item="record:"))),
    "a name too long": ("items", changed(at(2, item="record:" + "x" * 1025))),
    "a record that is a file": ("items", changed(at(2, state=FILE_STATE, known=[digest(FILE_STATE)]))),
    "a record of null": ("items", changed(at(2, state={"value": None}, known=[digest({"value": None})]))),
    "absent false": ("items", changed(at(1, state={"absent": False}, known=[digest({"absent": False})]))),
    "known without the state": ("items", changed(at(2, known=[DIGEST]))),
    "known empty": ("items", changed(at(2, known=[]))),
    "known twice the same": ("items", changed(at(1, known=[DIGEST, DIGEST, digest({"absent": True})]))),
    "known in upper case": ("items", changed(at(1, known=["AA" * 32, digest({"absent": True})]))),
    "a negative size": ("items", changed(size_of(-1))),
    "a size that is true": ("items", changed(size_of(value=True))),
    "a record with a part": ("parts", changed(at(2, part="file-0001"))),
    "a file without a part": ("parts", changed(at(0, part=None))),
    "a part that is not there": ("parts", changed(at(0, part="file-0002"))),
}


@pytest.mark.parametrize("name", CONTENTS)
def test_content_that_is_not_of_the_form_is_refused_with_its_reason(name: str) -> None:
    reason, content = CONTENTS[name]
    with pytest.raises(ContentRefused) as caught:
        decode_content(content, ("file-0001",))
    assert str(caught.value) == reason
    assert load("zh_CN").has(f"draft.handout.{reason}")


def test_the_good_content_is_the_one_spelling() -> None:
    assert encode_content(decode_content(GOOD, ("file-0001",))) == GOOD


def test_a_signing_certificate_cannot_be_a_colleague(tmp_path: Path) -> None:
    with pytest.raises(CertificateInvalid):
        write_handout(
            tmp_path / "x.tbh", Content("bid", WORK, ITEMS[1:]), {}, colleagues=[holder("agency").signer.certificate()],
            signer=holder("tenderer").signer, sealed_at=SEALED_AT, context={}, on_progress=no_progress,
        )  # fmt: skip
    assert list(tmp_path.iterdir()) == []


def test_importing_the_formats_reads_no_file() -> None:
    code = "import core.formats.handout, sys; assert 'sqlalchemy' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parents[2])

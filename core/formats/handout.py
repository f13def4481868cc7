"""Hand-outs (``.tbh``): a part of a draft, signed, encrypted to named colleagues, in a sealed container.

Source: docs/spec/draft-handout.md §1, §6.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from core.errors import HandoutInvalid
from core.formats.handout_content import Content, ContentRefused, Item, decode_content, encode_content, file_of
from core.ports.files import writing
from signing.api import Decrypter, Signer
from signing.cms.digest import sm3_file
from signing.envelope.keys import StageKey
from signing.envelope.reader import SealedFile
from signing.envelope.release import content_key, open_leaf
from signing.envelope.source import PartSource
from signing.envelope.writer import SealRequest, seal
from signing.policy.tree import Any_, Leaf

KIND = "handout"
STAGE = "handout"
CONTENT = "content"
COLLEAGUE_LIMIT = 64

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class OpenedHandout:
    """A hand-out whose every byte is checked and whose content is read; file contents are still sealed."""

    sealed: SealedFile
    content: Content
    key: StageKey

    def file_to(self, item: Item, target: Path) -> None:
        """Writes the content of a file to a new file; raises HandoutInvalid where it is not what its state says."""
        wanted = file_of(item.state)
        if wanted is None or item.part is None:
            raise HandoutInvalid(path=self.sealed.path, reason="parts")
        with writing(target):
            self.sealed.read_part_to(self.key, item.part, target)
        _, size, digest = wanted
        if (target.stat().st_size, sm3_file(target)) != (size, digest):
            target.unlink()
            raise HandoutInvalid(path=self.sealed.path, reason="file_digest")


def write_handout(
    target: Path,
    content: Content,
    files: Mapping[str, Path],
    *,
    colleagues: Sequence[bytes],
    signer: Signer,
    sealed_at: datetime,
    context: Mapping[str, str],
    on_progress: Progress,
) -> str:
    """Writes ``target`` or nothing; returns its SM3. ``files`` by part id, ``colleagues`` certificates in DER."""
    leaves = tuple(Leaf(f"colleague-{number}", (der,)) for number, der in enumerate(colleagues, 1))
    parts = [PartSource(CONTENT, "summary", STAGE, data=encode_content(content))]
    parts += [PartSource(part, "document", STAGE, path=path) for part, path in sorted(files.items())]
    request = SealRequest(KIND, context, {STAGE: Any_(leaves)}, parts)
    with writing(target):
        seal(target, request, signer, sealed_at=sealed_at, on_progress=on_progress)
    return sm3_file(target)


def open_handout(path: Path, decrypter: Decrypter, on_progress: Progress) -> OpenedHandout:
    """Checks 1 to 9; raises HandoutInvalid, and what the container and the key raise."""
    sealed = SealedFile.open(path)
    if sealed.header.kind != KIND:
        raise HandoutInvalid(path=path, reason="kind")
    if sealed.signature_der is None:
        raise HandoutInvalid(path=path, reason="unsigned")
    _check_parts(sealed)
    leaf = _own_leaf(sealed, decrypter.certificate())
    sealed.verify_integrity(on_progress)
    key = content_key(sealed.header, STAGE, [open_leaf(sealed.header, STAGE, leaf, decrypter)])
    out = io.BytesIO()
    sealed.read_part(key, CONTENT, out)
    try:
        content = decode_content(out.getvalue(), tuple(part.id for part in sealed.header.parts[1:]))
    except ContentRefused as error:
        raise HandoutInvalid(path=path, reason=str(error)) from error
    return OpenedHandout(sealed, content, key)


def part_id(number: int) -> str:
    """The part of the ``number``-th file, from 1."""
    return f"file-{number:04d}"


def _check_parts(sealed: SealedFile) -> None:
    header = sealed.header
    expected = [(CONTENT, "summary"), *((part_id(number), "document") for number in range(1, len(header.parts)))]
    policy = header.stages[0].policy
    leaves = isinstance(policy, Any_) and all(
        isinstance(child, Leaf) and child.holder == f"colleague-{number}" and len(child.certificates) == 1
        for number, child in enumerate(policy.children, 1)
    )
    found = [(part.id, part.kind) for part in header.parts]
    if [stage.id for stage in header.stages] != [STAGE] or found != expected or not leaves or header.twin:
        raise HandoutInvalid(path=sealed.path, reason="parts")


def _own_leaf(sealed: SealedFile, certificate: bytes) -> int:
    for number, leaf in enumerate(sealed.header.stage(STAGE).leaves):
        if certificate in leaf.certificates:
            return number
    raise HandoutInvalid(path=sealed.path, reason="not_addressed")

"""Every committed vector fails at the layer it names, and regenerates byte for byte."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from signing.envelope.reader import SealedFile
from signing.envelope.release import Opening, content_key, open_leaf
from signing.errors import ContainerInvalid, DecryptionFailed, ShareDisputed, SharesInsufficient, SigningError
from signing.gm.sm2 import PrivateKey
from signing.providers.software import FileDecrypter
from tests.deterministic_sm2 import sm3
from tests.vectors.make import ROOT, sealed_bid, split_header
from tests.vectors.make._sealed_bid_builder import KEYS, certificate
from tests.vectors.make._sealed_bid_example import PAGE, with_example

FOLDER = ROOT / sealed_bid.FOLDER
LAYERS = {DecryptionFailed: "wrap", ShareDisputed: "share", SharesInsufficient: "policy"}
NAMES = sorted(path.name for path in FOLDER.iterdir() if path.suffix != ".md")


def decrypter(name: str) -> FileDecrypter:
    private = PrivateKey(bytes.fromhex((KEYS / f"{name}-encrypt.key.hex").read_text().strip()))
    return FileDecrypter(private, certificate(name))


def openings_of(sealed: SealedFile, stage: str, keys: list[FileDecrypter]) -> list[Opening]:
    return [
        open_leaf(sealed.header, stage, index, key)
        for key in keys
        for index, leaf in enumerate(sealed.header.stage(stage).leaves)
        if key.certificate() in leaf.certificates
    ]


def read_all(path: Path, keys: list[FileDecrypter], stage: str) -> bytes:
    sealed = SealedFile.open(path)
    sealed.verify_integrity()
    key = content_key(sealed.header, stage, openings_of(sealed, stage, keys))
    content = io.BytesIO()
    for part in sealed.header.parts_of(stage):
        sealed.read_part(key, part.id, content)
    return content.getvalue()


def layer_and_reason(error: SigningError) -> tuple[str, str]:
    if isinstance(error, ContainerInvalid):
        return error.params["layer"], error.params["reason"]
    return LAYERS[type(error)], ""


@pytest.mark.parametrize("name", NAMES)
def test_vector_ends_as_it_says(name: str, tmp_path: Path) -> None:
    fields, content = split_header((FOLDER / name).read_bytes())
    path = tmp_path / "vector.tbt"
    path.write_bytes(content)
    keys = [decrypter(holder) for holder in fields["keys"].split()]
    try:
        found = sm3(read_all(path, keys, fields["stage"])).hex()
    except SigningError as error:
        layer, reason = layer_and_reason(error)
        assert (f"{layer} failure", reason) == (fields["expect"], fields.get("reason", ""))
        return
    assert (fields["expect"], fields.get("payload")) == ("success", found)


def test_committed_vectors_are_what_the_generator_makes() -> None:
    made = sealed_bid.vectors()
    assert sorted(made) == NAMES
    assert [name for name in NAMES if (FOLDER / name).read_bytes() != made[name]] == []


def test_every_layer_of_the_specification_has_a_vector() -> None:
    layers = {split_header((FOLDER / name).read_bytes())[0]["expect"].removesuffix(" failure") for name in NAMES}
    assert layers == {
        "success", "format", "layout", "header", "trailer", "signature", "chunk", "wrap", "share", "policy", "key",
        "payload",
    }  # fmt: skip


def test_worked_example_of_the_specification_is_the_committed_vector() -> None:
    page = PAGE.read_text("utf-8")
    assert page == with_example(page)

"""The single-cause vectors of tests/vectors/cms: regenerate byte for byte, and are judged as they say."""

from __future__ import annotations

from pathlib import Path

import pytest

from signing.cms.enveloped_data import open_envelope
from signing.cms.signed_data import verify_detached
from signing.errors import MessageInvalid, SignatureInvalid
from signing.gm import sm2
from signing.providers.software import FileDecrypter
from tests.vectors.cms import make_vectors

FOLDER = Path(make_vectors.__file__).parent
FILES = sorted(FOLDER.glob("*.vector"))
FAILURES = {"message failure": MessageInvalid, "signature failure": SignatureInvalid}


def read(path: Path) -> tuple[dict[str, str], bytes]:
    head, body = path.read_text("utf-8").split("\n\n")
    return dict(line.split(": ", 1) for line in head.splitlines()), bytes.fromhex(body)


def test_vectors_regenerate_byte_for_byte() -> None:
    assert make_vectors.files() == {path.name: path.read_text("utf-8") for path in FILES}


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_vector_is_judged_as_it_says(path: Path) -> None:
    fields, encoded = read(path)
    if path.stem.startswith("signed"):
        content = bytes.fromhex(fields["content"])
        if fields["expect"] == "success":
            assert verify_detached(encoded, content).signer.der == make_vectors.BASE["signer"]
            return
        with pytest.raises(FAILURES[fields["expect"]]):
            verify_detached(encoded, content)
        return
    key = sm2.PrivateKey(make_vectors.BASE["recipient_private"])
    decrypter = FileDecrypter(key, make_vectors.BASE["recipient"])
    if fields["expect"] == "success":
        assert open_envelope(encoded, decrypter) == make_vectors.BASE["secret"]
        return
    with pytest.raises(FAILURES[fields["expect"]]):
        open_envelope(encoded, decrypter)

from __future__ import annotations

from pathlib import Path

import pytest

from core.errors import PackageInvalid
from core.formats.assess import assess_package
from core.formats.package import parse_package
from signing.validation.report import Verdict
from signing.x509.trust import parse_trust
from tests.vectors.make import ROOT, signed_package, split_header

FOLDER = ROOT / signed_package.FOLDER
FILES = sorted(FOLDER.iterdir())


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_reader_fails_every_vector_in_the_layer_it_names(file: Path) -> None:
    fields, untrusted = split_header(file.read_bytes())
    if fields["expect"] == "success":
        package = parse_package(untrusted, fields["kind"], file.name)
        assert package.member("data/tender.json") == b'{"tender_id":"T-2026-001"}'
        trust = parse_trust((ROOT / "keys" / "root.pem").read_bytes())
        reports = assess_package(package, trust=trust, roles=None, now=package.manifest.created_at)
        assert [report.verdict for report in reports] == [Verdict.PASSED] * len(package.manifest.signers)
        return
    with pytest.raises(PackageInvalid) as caught:
        parse_package(untrusted, fields["kind"], file.name)
    assert f"{caught.value.params['layer']} failure" == fields["expect"]
    assert caught.value.params["reason"] == fields["reason"]


def test_vectors_regenerate_byte_for_byte() -> None:
    assert {file.name: file.read_bytes() for file in FILES} == signed_package.vectors()


def test_every_layer_is_covered() -> None:
    layers = {layer for layer, *_ in signed_package.ALL.values()}
    assert layers == {"", "container", "manifest", "content", "signature"}

from __future__ import annotations

import shutil
import struct
import subprocess
import zipfile
from dataclasses import replace
from datetime import datetime, timedelta
from importlib import metadata
from pathlib import Path

import pytest

from core.errors import FileMissing, FileNotWritable, PackageInvalid
from core.formats.assess import assess_package
from core.formats.package import KINDS, Member, kind_of, read_package, write_package
from signing.cms.digest import sm3_file
from signing.errors import CertificateInvalid
from signing.validation.report import Verdict
from tests.deterministic_sm2 import fixed_signer
from tests.pki import SIGNED_AT, shared_pki
from tests.vectors.make.signed_package import MEMBERS as PLAIN
from tests.vectors.make.signed_package import SIGNED_AT as MOMENT
from tests.vectors.make.signed_package import canonical, entries_of, good, manifest_of, zipped

MEMBERS = (
    Member("data/tender.json", "application/json", "tender", b"{}"),
    Member("docs/notice.pdf", "application/pdf", "document", b"%PDF-1.7"),
)


def write(target: Path, *members: Member, **changed: object) -> None:
    arguments: dict[str, object] = {
        "subject": {"tender_id": "T-1"},
        "signers": (shared_pki().party("甲").signer,),
        "signed_at": SIGNED_AT,
        "time_source": "demo",
        **changed,
    }
    write_package(target, "tender", members or MEMBERS, **arguments)  # type: ignore[arg-type]


def test_package_says_what_was_put_in(tmp_path: Path) -> None:
    target = tmp_path / "x.tbz"
    write(target, signed_at=SIGNED_AT + timedelta(milliseconds=7))
    package = read_package(target, "tender")
    assert package.members == MEMBERS
    assert package.with_role("document") == MEMBERS[1:]
    assert package.manifest.created_at == SIGNED_AT
    assert package.manifest.subject == {"tender_id": "T-1"}
    with pytest.raises(PackageInvalid, match="missing"):
        package.member("nothing")


def test_info_describes_the_file(tmp_path: Path) -> None:
    target = tmp_path / "x.tbz"
    info = write_package(
        target,
        "tender",
        MEMBERS,
        subject={},
        signers=(fixed_signer("tenderer"),),
        signed_at=SIGNED_AT,
        time_source="demo",
    )
    assert (info.size, info.sm3) == (target.stat().st_size, sm3_file(target))
    assert info.manifest_sm3 == read_package(target, "tender").manifest_sm3


def test_other_zip_programs_can_look_into_a_package(tmp_path: Path) -> None:
    target = tmp_path / "x.tbz"
    write(target)
    with zipfile.ZipFile(target) as archive:
        assert archive.testzip() is None
        assert archive.read("docs/notice.pdf") == b"%PDF-1.7"
        assert archive.namelist()[0] == "manifest.json"
    unzip = shutil.which("unzip")
    if unzip is None:
        pytest.skip("unzip is not installed")
    told = subprocess.run([unzip, "-t", str(target)], capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stdout


def test_spec_writer_and_product_writer_agree_on_every_byte(tmp_path: Path) -> None:
    target = tmp_path / "x.tbz"
    members = [
        Member(PLAIN[0][0], "application/json", "tender", PLAIN[0][1]),
        Member(PLAIN[1][0], "text/plain", "note", PLAIN[1][1]),
    ]
    write_package(
        target,
        "tender",
        members[::-1],
        subject={"tender_id": "T-2026-001"},
        signers=(fixed_signer("tenderer"),),
        signed_at=MOMENT,
        time_source="demo",
    )
    producer = {"name": "tenderbox", "version": metadata.version("tenderbox")}
    assert target.read_bytes() == zipped(entries_of(canonical(manifest_of(producer=producer))))


def test_trust_is_a_verdict_and_roles_count(tmp_path: Path) -> None:
    target = tmp_path / "x.tbz"
    write(target)
    package = read_package(target, "tender")

    def verdicts(**changed: object) -> list[Verdict]:
        options: dict[str, object] = {
            "trust": shared_pki().trust,
            "roles": frozenset({"tenderer"}),
            "now": SIGNED_AT,
            **changed,
        }
        return [report.verdict for report in assess_package(package, **options)]  # type: ignore[arg-type]

    assert verdicts() == [Verdict.PASSED]
    assert verdicts(trust=None) == [Verdict.INDETERMINATE]
    assert verdicts(roles=frozenset({"centre"})) != [Verdict.PASSED]


def test_a_signature_exchanged_in_memory_is_failed(tmp_path: Path) -> None:
    target = tmp_path / "x.tbz"
    write(target)
    package = read_package(target, "tender")
    forged = replace(package, manifest_bytes=package.manifest_bytes + b" ")
    (report,) = assess_package(forged, trust=shared_pki().trust, roles=None, now=SIGNED_AT)
    assert report.verdict is Verdict.FAILED


@pytest.mark.parametrize(
    ("members", "changed"),
    [
        ((Member("../x", "text/plain", "note", b""),), {}),
        ((MEMBERS[0], MEMBERS[0]), {}),
        ((Member("a", "text/plain", "note", b""), Member("a/b", "text/plain", "note", b"")), {}),
        ((Member("a", "plain", "note", b""),), {}),
        ((Member("a", "text/plain", "Note", b""),), {}),
        ((), {"subject": {"Tender": "x"}}),
        ((), {"subject": {"tender": "\ud800"}}),
        ((), {"subject": {"tender": "x" * 1025}}),
        ((), {"signers": ()}),
        ((), {"time_source": "Demo"}),
        ((), {"signed_at": datetime(2026, 3, 2)}),  # noqa: DTZ001 - that is the point
        ((), {"signers": (fixed_signer("tenderer"), fixed_signer("tenderer"))}),
    ],
)
def test_writer_refuses_what_its_reader_would(
    tmp_path: Path, members: tuple[Member, ...], changed: dict[str, object]
) -> None:
    target = tmp_path / "x.tbz"
    with pytest.raises(PackageInvalid):
        write(target, *members, **changed)
    assert list(tmp_path.iterdir()) == []


def test_a_failing_signer_leaves_the_older_file(tmp_path: Path) -> None:
    target = tmp_path / "x.tbz"
    target.write_bytes(b"older")
    encryption_only = fixed_signer("tenderer-encrypt")
    with pytest.raises(CertificateInvalid):
        write(target, signers=(encryption_only,))
    assert [file.name for file in tmp_path.iterdir()] == ["x.tbz"]
    assert target.read_bytes() == b"older"


def test_missing_file_and_folder_are_told(tmp_path: Path) -> None:
    with pytest.raises(FileMissing):
        read_package(tmp_path / "none.tbz", "tender")
    with pytest.raises(FileMissing):
        read_package(tmp_path, "tender")
    with pytest.raises(FileNotWritable, match="folder_missing"):
        write(tmp_path / "none" / "x.tbz")


def test_an_oversized_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    target = tmp_path / "x.tbz"
    with target.open("wb") as out:
        out.truncate((640 << 20) + 1)  # sparse
    with pytest.raises(PackageInvalid, match="size"):
        read_package(target, "tender")


def test_a_promised_length_over_the_limit_is_not_believed(tmp_path: Path) -> None:
    data = bytearray(zipped(good()))
    for offset in (18, 22):  # both sizes of the manifest's header
        data[offset : offset + 4] = struct.pack("<I", (8 << 20) + 1)
    target = tmp_path / "x.tbz"
    target.write_bytes(data)
    with pytest.raises(PackageInvalid, match="limit"):
        read_package(target, "tender")


def test_kind_follows_the_extension() -> None:
    assert {kind_of(Path(f"a{extension}")) for extension in KINDS} == set(KINDS.values())
    assert kind_of(Path("A.TBZ")) == "tender"
    assert kind_of(Path("a.zip")) is None

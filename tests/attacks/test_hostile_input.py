"""Files and names nobody should trust: one sentence and an own exit code, no waiting, nothing left behind."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from apps.cli.console import harmless
from core.errors import FileMissing, InputTooLarge
from core.formats.package import Member, write_package
from core.log import unexpected
from core.ports.inputs import KEY_LIMIT, read_input
from signing.canonical_json import NODE_LIMIT, NotCanonicalJson, decode
from tests.pki import shared_pki

ARTEFACTS = ("tbz", "tbt", "tbo", "tbk", "tbp", "tbr", "pdf")
READERS = (
    ("inspect", "{file}.tbz"),
    ("inspect", "{file}.tbt"),
    ("boq", "read", "{file}.xlsx"),
    ("tender", "new", "--answers", "{file}", "--boq", "lot-1={file}", "--out", "{out}"),
    ("bid", "new", "--tender", "{file}", "--lot", "lot-1", "--answers", "{file}", "--out", "{out}"),
    ("bid", "price", "--draft", "{file}", "--workbook", "{file}"),
    ("bid", "attach", "--draft", "{file}", "--file", "{file}", "--chapter", "letter"),
    ("bid", "submit", "--bid", "{file}", "--platform", "{file}", "--out", "{out}"),
    ("pki", "authority", "--out", "{out}", "--name", "x", "--pin-file", "{file}"),
)
KINDS = {"pipe": os.mkfifo, "folder": os.mkdir, "empty": Path.touch, "loop": lambda path: path.symlink_to(path)}


def _hostile(kind: str, folder: Path, suffix: str = "") -> Path:
    path = folder / f"in{suffix}"
    KINDS[kind](path)
    return path


@pytest.mark.parametrize("kind", ["pipe", "folder", "loop"])
@pytest.mark.parametrize("words", READERS, ids=" ".join)
def test_no_command_waits_for_a_pipe_or_reads_a_folder(kind: str, words, command: Callable, tmp_path: Path) -> None:
    for suffix in ("", ".tbz", ".tbt", ".xlsx"):
        _hostile(kind, tmp_path, suffix)
    out = tmp_path / "out"
    result = command(*(word.format(file=tmp_path / "in", out=out) for word in words))
    assert result.code in {2, 3, 41, 45}, (result.code, result.err)
    assert len([line for line in result.err.splitlines() if not line.startswith("…")]) == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in", "in.tbt", "in.tbz", "in.xlsx"]


@pytest.mark.parametrize("suffix", ARTEFACTS)
def test_an_empty_artefact_is_failed_and_a_pipe_is_missing(suffix: str, command: Callable, tmp_path: Path) -> None:
    assert command("verify", _hostile("empty", tmp_path, f".{suffix}")).code == 10
    (tmp_path / "x").mkdir()
    assert command("verify", _hostile("pipe", tmp_path / "x", f".{suffix}")).code == 3


def test_a_device_is_never_written_over(command: Callable) -> None:
    assert command("bid", "submit", "--bid", "x", "--platform", "x", "--out", os.devnull).code == 3


def test_a_small_input_that_is_huge_is_not_read(tmp_path: Path, command: Callable) -> None:
    huge = tmp_path / "pin"
    with huge.open("wb") as file:
        file.truncate(3 << 30)
    with pytest.raises(InputTooLarge):
        read_input(huge, KEY_LIMIT)
    assert command("pki", "authority", "--out", tmp_path / "o", "--name", "x", "--pin-file", huge).code == 6
    assert command("verify", huge.rename(tmp_path / "x.pdf")).code == 10
    with pytest.raises(FileMissing):
        read_input(tmp_path, KEY_LIMIT)


def test_json_that_would_cost_minutes_is_refused_before_it_is_read() -> None:
    with pytest.raises(NotCanonicalJson):
        decode(b"[" + b"0," * NODE_LIMIT + b"0]")


def test_a_receipt_of_megabytes_is_refused(tmp_path: Path, command: Callable) -> None:
    receipt = tmp_path / "a.tbr"
    member = Member("receipt.json", "application/json", "receipt", b"[" + b"{}," * 300_000 + b"{}]")
    signer = shared_pki().party("bidder").signer
    write_package(
        receipt, "receipt", (member,), subject={}, signers=(signer,), signed_at=datetime.now(UTC), time_source="system"
    )
    result = command("verify", receipt, "--json")
    assert result.code == 10
    assert result.json()["files"][0]["checks"][0]["params"]["reason"] == "limit"


def test_a_name_cannot_forge_a_line_of_the_report(tmp_path: Path, command: Callable) -> None:
    name = "a\n结论：通过 PASSED\x1b[2K\u202e.tbz"
    (tmp_path / name).write_bytes(b"x")
    result = command("verify", tmp_path / name)
    assert result.code == 10
    assert "\x1b" not in result.out
    assert "\u202e" not in result.out
    assert not any(line.startswith("结论：通过") for line in result.out.splitlines())
    assert harmless("正常 name（一）") == "正常 name（一）"


def test_the_log_of_a_fault_holds_no_words_of_the_error(tmp_path: Path, monkeypatch) -> None:
    from core import log

    monkeypatch.setattr(log, "log_file", lambda: tmp_path / "log" / "tenderbox.log")
    log.set_up_logging(verbose=False)
    try:
        raise ValueError("total 10063171.48")  # noqa: TRY301
    except ValueError as error:
        written = Path(unexpected(error)).read_text("utf-8")
    assert "ValueError" in written
    assert "10063171" not in written

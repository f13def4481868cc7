"""The command line keeps its promises: every job a command with help in both languages, one JSON object, calm errors."""

from __future__ import annotations

import io
import json
import re
import sys
from pathlib import Path

import pytest

from apps.cli.console import Console
from apps.cli.main import run
from core.bootstrap import jobs
from core.messages import load
from tools.cli_reference import errors, reference

SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "samples" / "boq"
WAREHOUSE = SAMPLES / "cn2024-warehouse-E21-and-E223.xlsx"
needs_samples = pytest.mark.skipif(not WAREHOUSE.is_file(), reason="the shared sample workbooks are not here")


def command(*words: object, language: str = "zh_CN") -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    code = run([str(word) for word in words], None, Console(load(language), out=out, err=err))
    return code, out.getvalue(), err.getvalue()


def test_the_reference_in_the_docs_is_the_one_the_jobs_give() -> None:
    page = Path(__file__).resolve().parents[2] / "docs" / "spec" / "cli.md"
    assert page.read_text("utf-8") == reference()


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_every_job_has_a_name_a_help_and_a_sentence_when_done(language: str) -> None:
    catalogue = load(language)
    for job in jobs():
        key = job.name.replace(" ", ".").replace("-", "_")
        assert catalogue.has(f"cli.job.{key}"), key
        shown_by_itself = key in {"verify", "boq.read", "tender.check", "bid.check", "score", "score.lint"}
        assert shown_by_itself or catalogue.has(f"cli.done.{key}"), key


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_help_of_every_command_is_complete_in_both_languages(language: str, capsys: pytest.CaptureFixture[str]) -> None:
    for job in jobs():
        with pytest.raises(SystemExit):
            command(*job.name.split(), "--help", "--lang", language)
        text = capsys.readouterr().out
        assert "cli.option." not in text, job.name


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_every_catalogue_key_named_in_the_product_has_a_sentence(language: str) -> None:
    catalogue, root = load(language), Path(__file__).resolve().parents[2]
    keys = {
        key
        for folder in ("apps", "core", "signing")
        for file in (root / folder).rglob("*.py")
        for key in re.findall(r"\"((?:[a-z_]+\.)progress\.[a-z_]+|verify\.[a-z_.]+[a-z])\"", file.read_text("utf-8"))
    }
    assert len(keys) > 10
    assert [key for key in sorted(keys) if not catalogue.has(key)] == []


def test_every_error_has_an_exit_code_of_its_own() -> None:
    codes = [(kind.exit_code, kind.code) for kind in set(errors())]
    assert len({exit_code for exit_code, _ in codes}) == len(codes)
    assert not {0, 10, 11} & {exit_code for exit_code, _ in codes}


def test_an_unknown_command_says_so_in_one_line() -> None:
    code, out, err = command("tender", "fly")
    assert code == 2
    assert out == ""
    assert err.count("\n") == 1


def test_with_json_an_error_is_one_object_on_stdout() -> None:
    code, out, _ = command("boq", "read", "nowhere.xlsx", "--json")
    error = json.loads(out)["error"]
    assert code == error["exit_code"] == 3
    assert error["code"] == "app.file_missing"


@needs_samples
def test_a_real_workbook_is_read_with_its_count_and_total() -> None:
    code, out, _ = command("boq", "read", WAREHOUSE, "--json", "--quiet")
    report = json.loads(out)
    assert code == 0
    assert (report["item_count"], report["item_total"]) == (11, "813106.47")
    assert set(report) == {
        "format", "item_count", "item_total", "sections", "findings", "rejected", "questions", "items",
    }  # fmt: skip
    assert set(report["items"][0]) == {"code", "name", "unit", "quantity", "unit_price", "amount", "source"}


@needs_samples
def test_a_workbook_with_several_quantity_columns_asks_instead_of_guessing() -> None:
    code, out, _ = command("boq", "read", SAMPLES / "cn2013-settlement-compare-teaching-building.xlsx", "--json")
    assert code == 42
    assert json.loads(out)["questions"]


@needs_samples
def test_provisional_materials_are_no_priced_items() -> None:
    code, out, _ = command("boq", "read", SAMPLES / "cn2013-table12-2-provisional-materials.xlsx", "--json")
    assert (code, json.loads(out)["item_count"]) == (0, 0)


@pytest.mark.parametrize("name", ["bill.xlsx", "bill.xls", "bill.ods", "bill.csv", "bill.pdf", "bill"])
@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 cut", bytes(range(256)) * 40, b"\xd0\xcf\x11\xe0" + b"\0" * 600])
def test_a_file_that_is_no_bill_gets_one_sentence_and_its_own_exit_code(
    tmp_path: Path, name: str, content: bytes
) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    for language in ("zh_CN", "en"):
        code, out, err = command("boq", "read", file, "--lang", language, "--quiet")
        assert code == 41, (out, err)
        assert err.count("\n") == 1
        assert "Traceback" not in err
        assert "boq." not in err.replace(str(file), ""), err


def test_a_readable_table_is_the_default() -> None:
    book = Path(sys.modules["core"].__file__ or "").parent / "rules" / "samples" / "boq-school-lot2.xlsx"
    code, out, _ = command("boq", "read", book, "--quiet")
    assert code == 0
    assert "25" in out.splitlines()[-1]


def test_self_test_and_doctor_say_what_works() -> None:
    assert command("self-test")[0] == 0
    code, out, _ = command("doctor", "--json")
    assert code == 0
    assert {check["name"] for check in json.loads(out)["checks"]} >= {"crypto", "fonts", "disk"}


def test_the_core_under_test_is_this_checkout() -> None:
    assert Path(sys.modules["core"].__file__ or "").is_relative_to(Path(__file__).resolve().parents[2])

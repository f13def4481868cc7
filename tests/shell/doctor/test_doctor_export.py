"""The report for the help desk: whole, readable, and without what nobody needs to know."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from core.errors import FileExists
from core.jobs.doctor.export import export_document, export_text, write_export
from core.jobs.doctor.redact import Redactor, shorten, without_credentials
from core.jobs.doctor.result import failed, passed, warned
from core.messages import load
from tests.shell.doctor.doctor_world import inputs_at

HOME = Path("/home/zhangsan")
SECRETS = ("zhangsan", "geheim", "482913", "滨河路", "张三", "secretproject")


def answers() -> tuple[object, ...]:
    folder = f"{HOME}/Documents/滨河路/secretproject"
    return (
        failed("write", "refused", folder=folder, reason="file.no_permission", facts={"folder": folder}),
        passed("key", "signs", facts={"key_file": f"{HOME}/keys/secretproject/张三.key", "certificate_file": "C:\\Users\\zhangsan\\滨河路\\a.pem"}),
        passed("certificate", "valid", facts={"subject": "张三", "issuer": "某CA"}, days=3, not_after="", usage=""),
        warned("proxy", "silent", proxy="http://zhangsan:geheim@10.0.0.1:8080", facts={"proxy_http": "http://zhangsan:geheim@10.0.0.1:8080"}),
        failed("any", "raised", kind="pin=482913"),
        passed("log", "works", log=f"{HOME}/.local/state/tenderbox/log", facts={"log": f"{HOME}/.local/state/tenderbox/log"}),
    )  # fmt: skip


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_the_report_keeps_what_helps_and_drops_what_is_private(
    tmp_path: Path, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOGNAME", "zhangsan")
    inputs = inputs_at(tmp_path, language=language, home=HOME)
    results = answers()
    text = export_text(results, inputs)  # type: ignore[arg-type]
    document = json.dumps(export_document(results, inputs), ensure_ascii=False)  # type: ignore[arg-type]
    for form in (text, document):
        assert [secret for secret in SECRETS if secret in form] == []
        assert "~/Documents/…" in form
        assert "10.0.0.1:8080" in form
        assert "某CA" in form
    assert "~/.local/state/tenderbox/log" in text


def test_the_redaction_is_needed() -> None:
    """The failing control: the same answers do hold every secret."""
    assert all(secret in repr(answers()) for secret in SECRETS)


def test_a_user_name_is_taken_out_of_words_but_not_out_of_longer_ones() -> None:
    redactor = Redactor(Path("/home/li"), "wang")
    assert redactor.text("wang, D:/data/wang/x, wangfujing") == "<user>, D:/data/<user>/x, wangfujing"
    assert redactor.text("/home/li/a /home/lili/b") == "~/a /home/lili/b"


def test_paths_are_cut_after_the_first_folder() -> None:
    assert shorten("D:\\work\\bid\\a.tbt") == "D:\\work\\…"
    assert shorten("\\\\server\\share\\a\\b") == "\\\\server\\share\\…"
    assert shorten("~/a") == "~/a"
    assert without_credentials("https://a:b@h/x") == "https://h/x"


def test_the_ending_decides_the_form_and_a_file_is_not_replaced_unasked(tmp_path: Path) -> None:
    inputs = inputs_at(tmp_path)
    write_export(tmp_path / "r.json", answers(), inputs)  # type: ignore[arg-type]
    document = json.loads((tmp_path / "r.json").read_text("utf-8"))
    assert (document["format"], document["verdict"], len(document["checks"])) == ("tenderbox-doctor", "fail", 6)
    assert {"name", "title", "verdict", "code", "cause", "fix", "facts"} <= set(document["checks"][0])
    write_export(tmp_path / "r.txt", answers(), inputs)  # type: ignore[arg-type]
    text = (tmp_path / "r.txt").read_text("utf-8-sig")
    assert text.index("[有问题]") < text.index("[提醒]") < text.index("[正常]")
    with pytest.raises(FileExists):
        write_export(tmp_path / "r.txt", answers(), inputs)  # type: ignore[arg-type]


def test_the_report_of_this_very_machine_has_no_home_folder(tmp_path: Path) -> None:
    from core.jobs.doctor.check import run_check
    from core.jobs.doctor.registry import CHECKS

    cheap = [check for check in CHECKS if check.name not in {"documents", "rare", "converter"}]
    inputs = inputs_at(tmp_path, home=Path.home())
    results = [run_check(check, inputs) for check in cheap]
    text = export_text(results, inputs)
    assert str(Path.home()) + os.sep not in text
    assert "raised" not in text
    assert load("zh_CN").text("doctor.export.foot") in text

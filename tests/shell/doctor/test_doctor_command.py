"""``tenderbox doctor``: the same registry, in text and JSON."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from apps.cli.console import Console
from apps.cli.main import run
from core.bootstrap import build_services
from core.errors import Cancelled, FileExists
from core.jobs.doctor.check import Check
from core.jobs.doctor.diagnose import RunDoctor, folder_bytes, run_doctor
from core.jobs.doctor.inputs import Inputs
from core.jobs.doctor.registry import CHECKS
from core.jobs.doctor.result import Outcome, Result, failed, passed
from core.messages import load
from core.ports.progress import Quiet


def command(*words: object, language: str = "zh_CN") -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    code = run([str(word) for word in words], None, Console(load(language), out=out, err=err))
    return code, out.getvalue(), err.getvalue()


def test_the_command_runs_the_registry_and_json_is_one_object(tmp_path: Path) -> None:
    code, out, _ = command("doctor", "--json", "--folder", tmp_path)
    answer = json.loads(out)
    assert (code, [check["name"] for check in answer["checks"]]) == (0, [check.name for check in CHECKS])
    assert answer["verdict"] in {"ok", "warn"}
    assert str(Path.home()) + "/" not in out


def test_a_failed_check_makes_the_exit_code_and_stands_first_with_its_step(tmp_path: Path) -> None:
    code, out, _ = command("doctor", "--quiet", "--folder", tmp_path / "nowhere")
    assert code == 1
    lines = out.splitlines()
    assert lines[0].startswith("✗ 工作文件夹写入")
    assert any("tenderbox doctor --folder" in line for line in lines[1:4])
    assert lines[-1].startswith("检测结论：有问题")


def test_one_broken_check_does_not_end_the_others() -> None:
    def fall(_inputs: Inputs) -> Result:
        raise RuntimeError

    checks = (Check("crypto", fall), Check("disk", lambda _: passed("disk", "enough")))
    diagnosis = run_doctor(RunDoctor(), build_services(load("en")), Quiet(), checks)
    assert [one.verdict for one in diagnosis.checks] == [Outcome.FAIL, Outcome.OK]
    assert diagnosis.verdict is Outcome.FAIL


def test_the_report_is_written_once_and_never_over_another_file(tmp_path: Path) -> None:
    checks = (Check("disk", lambda _: failed("disk", "full", free=1)),)
    services, file = build_services(load("en")), tmp_path / "report.json"
    diagnosis = run_doctor(RunDoctor(export=file), services, Quiet(), checks)
    assert diagnosis.exported == str(file)
    assert json.loads(file.read_text("utf-8"))["checks"][0]["code"] == "doctor.disk.full"
    with pytest.raises(FileExists):
        run_doctor(RunDoctor(export=file), services, Quiet(), checks)


def test_a_cancelled_run_writes_nothing(tmp_path: Path) -> None:
    class Stopped(Quiet):
        def raise_if_cancelled(self) -> None:
            raise Cancelled

    with pytest.raises(Cancelled):
        run_doctor(RunDoctor(export=tmp_path / "r.txt"), build_services(load("en")), Stopped())
    assert list(tmp_path.iterdir()) == []


def test_a_certificate_without_its_key_is_a_wrong_command() -> None:
    assert command("doctor", "--cert", "a.pem")[0] == 2


def test_the_size_of_a_project_is_that_of_its_files(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "one").write_bytes(b"x" * 700)
    (tmp_path / "two").write_bytes(b"x" * 300)
    assert folder_bytes(tmp_path) == 1000
    assert folder_bytes(tmp_path / "two") == 300


def test_every_check_has_a_title_and_a_time_limit() -> None:
    assert len({check.name for check in CHECKS}) == len(CHECKS) == 21
    assert all(load("zh_CN").has(f"doctor.title.{check.name}") and 0 < check.seconds <= 60 for check in CHECKS)

"""What each check finds on machines made for it."""

from __future__ import annotations

import os
import re
import select
import socket
import stat
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from core.jobs.doctor.check import RAISED, TIMED_OUT, Check, run_check
from core.jobs.doctor.clock import check_clock
from core.jobs.doctor.converter import check_converter
from core.jobs.doctor.documents import check_documents, check_fonts, check_rare
from core.jobs.doctor.file_lock import check_lock
from core.jobs.doctor.inputs import Inputs, Screen
from core.jobs.doctor.keys import check_certificate, check_key, check_trust
from core.jobs.doctor.machine import check_memory, check_screen, check_software, check_system
from core.jobs.doctor.network import check_network, check_proxy
from core.jobs.doctor.program import check_log, check_settings
from core.jobs.doctor.result import ACTIONS, Outcome, Result, passed
from core.jobs.doctor.self_test import check_crypto
from core.jobs.doctor.token import check_token
from core.jobs.doctor.work_folder import check_disk, check_write
from core.messages import load
from core.settings import load_settings
from signing.x509.trust import dump_trust
from tests.pki import NOT_AFTER, shared_pki
from tests.shell.doctor.doctor_world import PIN, inputs_at, key_of

CODES = re.compile(r"(passed|warned|failed|skipped|make)\(\s*\"(\w+)\",\s*\"(\w+)\"(?: if \w+ else \"(\w+)\")?")
PACKAGE = Path(__file__).resolve().parents[3] / "core" / "jobs" / "doctor"
needs_rights = pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write everywhere")


def code(result: Result) -> str:
    return result.code.removeprefix("doctor.")


def test_a_check_that_hangs_is_a_failed_answer_with_its_name(tmp_path: Path) -> None:
    release = threading.Event()

    def hang(_inputs: Inputs) -> Result:
        release.wait(20)
        return passed("slow", "works")

    result = run_check(Check("slow", hang, 0.05), inputs_at(tmp_path))
    release.set()
    assert (result.name, result.verdict, result.code) == ("slow", Outcome.FAIL, TIMED_OUT)
    assert result.milliseconds >= 50


def test_a_check_that_raises_is_a_failed_answer_that_tells_the_kind_only(tmp_path: Path) -> None:
    def fall(_inputs: Inputs) -> Result:
        raise ZeroDivisionError("secret")

    result = run_check(Check("falls", fall), inputs_at(tmp_path))
    assert (result.name, result.verdict, result.code) == ("falls", Outcome.FAIL, RAISED)
    assert result.params == {"kind": "ZeroDivisionError"}


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_every_answer_has_a_sentence_and_every_fault_a_remedy(language: str) -> None:
    words = load(language)
    found = set()
    for file in PACKAGE.glob("*.py"):
        for kind, name, first, second in CODES.findall(file.read_text("utf-8")):
            found |= {(kind, name, one) for one in (first, second) if one}
    assert len(found) > 60
    assert [f"{name}.{one}" for _, name, one in found if not words.has(f"doctor.{name}.{one}")] == []
    faults = {(name, one) for kind, name, one in found if kind in {"warned", "failed"}}
    without = [f"{name}.{one}" for name, one in faults if not words.has(f"doctor.fix.{name}.{one}")]
    assert without == []
    assert all(words.has(f"doctor.{kind}.{one}") for kind in ("action", "step") for one in ACTIONS)
    assert [f for f in ("name", "refused", "time", "certificate", "address", "failed")
            if not (words.has(f"doctor.network.{f}") and words.has(f"doctor.fix.network.{f}"))] == []  # fmt: skip


def test_the_cryptography_answers_known_questions(tmp_path: Path) -> None:
    assert check_crypto(inputs_at(tmp_path)).verdict is Outcome.OK


def test_a_sound_signing_key_signs_and_a_decryption_key_opens(tmp_path: Path) -> None:
    party = shared_pki().party("张三")
    assert code(check_key(inputs_at(tmp_path, key=key_of(party, tmp_path / "a")))) == "key.signs"
    assert code(check_key(inputs_at(tmp_path, key=key_of(party, tmp_path / "b", use="encrypt")))) == "key.opens"


def test_a_wrong_pin_and_a_foreign_key_are_told_apart(tmp_path: Path) -> None:
    one, other = shared_pki().party("张三"), shared_pki().party("李四")
    wrong = key_of(one, tmp_path / "a", pin=b"000000")
    assert code(check_key(inputs_at(tmp_path, key=wrong))) == "key.wrong_pin"
    mixed = key_of(one, tmp_path / "b")
    other.write_files(tmp_path / "c", PIN)
    mixed.key.write_bytes((tmp_path / "c" / "sign.key").read_bytes())
    assert code(check_key(inputs_at(tmp_path, key=mixed))) == "key.not_a_pair"


def test_without_a_pin_nobody_is_asked_and_the_answer_says_so(tmp_path: Path) -> None:
    source = key_of(shared_pki().party("张三"), tmp_path)
    from dataclasses import replace

    result = check_key(inputs_at(tmp_path, key=replace(source, pin_file=None)))
    assert (result.verdict, code(result)) == (Outcome.WARN, "key.no_pin")


def test_a_missing_key_file_is_a_failed_answer(tmp_path: Path) -> None:
    source = key_of(shared_pki().party("张三"), tmp_path)
    source.key.unlink()
    result = run_check(Check("key", check_key), inputs_at(tmp_path, key=source))
    assert (result.verdict, result.code) == (Outcome.FAIL, "app.file_missing")


@pytest.mark.parametrize(("left", "found"), [(400, "valid"), (30, "ends_soon"), (-1, "expired"), (10_000, "not_yet")])
def test_days_left_of_a_certificate(tmp_path: Path, left: int, found: str) -> None:
    source = key_of(shared_pki().party("张三"), tmp_path)
    result = check_certificate(inputs_at(tmp_path, now=NOT_AFTER - timedelta(days=left), key=source))
    assert code(result) == f"certificate.{found}"


def test_the_chain_is_followed_to_the_trust_list(tmp_path: Path) -> None:
    pki = shared_pki()
    source, now = key_of(pki.party("张三"), tmp_path), datetime(2026, 6, 1, tzinfo=UTC)
    trust = tmp_path / "trust.json"
    trust.write_bytes(dump_trust(pki.trust))
    assert code(check_trust(inputs_at(tmp_path, now=now, key=source, trust=trust))) == "trust.unrevoked_unknown"
    foreign = tmp_path / "foreign.json"
    from tests.pki import make_pki

    foreign.write_bytes(dump_trust(make_pki().trust))
    result = check_trust(inputs_at(tmp_path, now=now, key=source, trust=foreign))
    assert (result.verdict, result.code) == (Outcome.WARN, "signing.path.root_unknown")
    trust.write_text("garbage")
    spoilt = run_check(Check("trust", check_trust), inputs_at(tmp_path, key=source, trust=trust))
    assert (spoilt.verdict, spoilt.code) == (Outcome.FAIL, "signing.trust_invalid")


def test_a_library_that_is_no_driver_is_not_taken_for_one(tmp_path: Path) -> None:
    garbage = tmp_path / "driver.so"
    garbage.write_bytes(b"no library at all")
    result = check_token(inputs_at(tmp_path, token_modules=(garbage,)))
    assert result.facts["module_1"].endswith("(not_loadable)")
    assert result.verdict in {Outcome.WARN, Outcome.OK}  # this machine may have another one


def test_a_driver_that_loads_is_named_with_its_interface_and_no_token_is_promised(tmp_path: Path) -> None:
    driver = next(Path("/usr/lib").glob("*/softhsm/libsofthsm2.so"), None)
    if driver is None:
        pytest.skip("no PKCS#11 library on this machine")
    result = check_token(inputs_at(tmp_path, token_modules=(driver,)))
    assert (code(result), result.facts["module_1"]) == ("token.present", f"{driver} (PKCS#11)")
    assert "不能据此断定令牌可用" in load("zh_CN").text(result.code, **result.params)


def test_a_clock_before_the_program_was_built_is_wrong(tmp_path: Path) -> None:
    assert code(check_clock(inputs_at(tmp_path, now=datetime(2001, 1, 1, tzinfo=UTC)))) == "clock.before_build"
    assert code(check_clock(inputs_at(tmp_path, now=datetime(2090, 1, 1, tzinfo=UTC)))) == "clock.far_ahead"


def test_a_file_from_the_future_is_noticed(tmp_path: Path) -> None:
    file = tmp_path / "later"
    file.write_bytes(b"")
    ahead = datetime.now(UTC) + timedelta(hours=5)
    os.utime(file, (ahead.timestamp(), ahead.timestamp()))
    assert code(check_clock(inputs_at(tmp_path))) == "clock.files_ahead"


def test_without_a_platform_the_clock_is_not_compared(tmp_path: Path) -> None:
    assert code(check_clock(inputs_at(tmp_path))) == "clock.not_compared"


def test_too_little_space_for_the_project_is_told(tmp_path: Path) -> None:
    import shutil

    free = shutil.disk_usage(tmp_path).free
    assert check_disk(inputs_at(tmp_path, project_bytes=free // 2)).verdict is Outcome.WARN
    assert check_disk(inputs_at(tmp_path, project_bytes=free * 2)).verdict is Outcome.FAIL


def test_a_good_work_folder_is_left_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("kept")
    assert code(check_write(inputs_at(tmp_path))) == "write.works"
    assert check_lock(inputs_at(tmp_path)).verdict is Outcome.OK
    assert [file.name for file in tmp_path.iterdir()] == ["mine"]


def test_a_missing_folder_and_a_synchronised_one_are_told(tmp_path: Path) -> None:
    assert code(check_write(inputs_at(tmp_path / "nowhere"))) == "write.missing"
    assert check_lock(inputs_at(tmp_path / "nowhere")).verdict is Outcome.NOT_APPLICABLE
    cloud = tmp_path / "OneDrive"
    cloud.mkdir()
    assert code(check_write(inputs_at(cloud))) == "write.cloud"


@needs_rights
def test_a_folder_without_right_to_write_is_told(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    result = check_write(inputs_at(tmp_path))
    tmp_path.chmod(0o700)
    assert (code(result), result.params["reason"]) == ("write.refused", "file.no_permission")


def test_changed_and_missing_fonts_are_told(tmp_path: Path) -> None:
    inputs = inputs_at(tmp_path, environment={"TENDERBOX_FONTS": str(tmp_path)})
    assert code(check_fonts(inputs)) == "fonts.missing"
    for name in ("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf", "NotoSerifSC-Regular.ttf", "NotoSerifSC-Bold.ttf"):
        (tmp_path / name).write_bytes(b"other")
    assert code(check_fonts(inputs)) == "fonts.changed"


def test_the_pinned_digests_are_those_of_the_fetcher() -> None:
    fetcher = (PACKAGE.parents[2] / "tools" / "fetch_fonts.py").read_text("utf-8")
    wanted = dict(re.findall(r'"(Noto\w+-(?:Regular|Bold)\.ttf)": "([0-9a-f]{64})"', fetcher))
    import tomllib

    assert tomllib.loads((PACKAGE / "fonts.toml").read_text("utf-8"))["sha256"] == wanted


def test_the_bundled_fonts_are_sound_and_what_they_lack_is_named(tmp_path: Path) -> None:
    assert code(check_fonts(inputs_at(tmp_path))) == "fonts.as_pinned"
    result = check_rare(inputs_at(tmp_path))
    assert code(result) == "rare.lacks"
    assert "U+20BB7" in result.params["which"]
    assert "骉" not in result.params["which"]
    assert code(check_documents(inputs_at(tmp_path))) == "documents.works"


class Site(BaseHTTPRequestHandler):
    status = 200
    moment = "Wed, 21 Oct 2015 07:28:00 GMT"

    def do_HEAD(self) -> None:
        self.send_response_only(self.status)
        self.send_header("Date", self.moment)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@contextmanager
def site(handler: type[Site] = Site) -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


def closed_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def test_a_site_that_answers_is_reached_and_its_time_is_only_a_hint(tmp_path: Path) -> None:
    with site() as address:
        inputs = inputs_at(tmp_path, platform=address)
        assert code(check_network(inputs)) == "network.answers"
        assert code(check_clock(inputs)) == "clock.hint_differs"


def test_a_site_in_trouble_or_absent_is_told(tmp_path: Path) -> None:
    with site(type("Broken", (Site,), {"status": 503})) as address:
        assert code(check_network(inputs_at(tmp_path, platform=address))) == "network.server_error"
    absent = f"http://127.0.0.1:{closed_port()}/"
    assert code(check_network(inputs_at(tmp_path, platform=absent))) == "network.refused"
    assert code(check_network(inputs_at(tmp_path, platform="http:///nohost"))) == "network.address"
    assert code(check_network(inputs_at(tmp_path, platform=""))) == "network.not_given"


def test_a_platform_folder_is_known_by_its_configuration(tmp_path: Path) -> None:
    assert code(check_network(inputs_at(tmp_path, platform=str(tmp_path)))) == "network.folder_missing"
    (tmp_path / "platform.json").write_text("{}")
    assert code(check_network(inputs_at(tmp_path, platform=str(tmp_path)))) == "network.folder"


def test_a_proxy_is_shown_without_its_password(tmp_path: Path) -> None:
    with site() as address:
        port = address.rsplit(":", 1)[1].strip("/")
        proxy = {"http_proxy": f"http://wang:geheim@127.0.0.1:{port}"}
        result = check_proxy(inputs_at(tmp_path, environment=proxy))
        assert (code(result), result.params["proxy"]) == ("proxy.set", f"http://127.0.0.1:{port}")
        assert "geheim" not in repr(result)
        assert "wang" not in repr(result)


def test_a_silent_and_a_misspelt_proxy_are_told(tmp_path: Path) -> None:
    silent = {"https_proxy": f"127.0.0.1:{closed_port()}"}
    assert code(check_proxy(inputs_at(tmp_path, environment=silent))) == "proxy.silent"
    misspelt = {"HTTP_PROXY": "http://a:not-a-port"}
    assert code(check_proxy(inputs_at(tmp_path, environment=misspelt))) == "proxy.unreadable"
    assert code(check_proxy(inputs_at(tmp_path))) == "proxy.none"


def office(folder: Path, script: str) -> dict[str, str]:
    program = folder / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return {"PATH": str(folder)}


@pytest.mark.skipif(os.name == "nt", reason="shell scripts")
def test_an_office_suite_is_asked_its_version(tmp_path: Path) -> None:
    environment = office(tmp_path, "echo LibreOffice 24.2.1")
    result = check_converter(inputs_at(tmp_path, environment=environment))
    assert (code(result), result.params["version"]) == ("converter.works", "LibreOffice 24.2.1")
    environment = office(tmp_path, "exit 1")
    assert code(check_converter(inputs_at(tmp_path, environment=environment))) == "converter.silent"


@pytest.mark.skipif(os.name == "nt", reason="shell scripts")
def test_an_office_suite_that_hangs_is_ended_with_its_helpers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from core.jobs.doctor import converter

    monkeypatch.setattr(converter, "SECONDS", 0.3)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    environment = office(tmp_path, f"(exec 3>{pipe}; echo up >&3; /bin/sleep 30) & /bin/sleep 30")
    assert code(check_converter(inputs_at(tmp_path, environment=environment))) == "converter.hangs"
    assert os.read(reader, 10) == b"up\n"
    assert select.select([reader], [], [], 5)[0]
    assert os.read(reader, 10) == b""  # nobody holds the pipe any more: the helper is gone
    os.close(reader)


def test_a_small_screen_is_told_and_the_command_line_has_none(tmp_path: Path) -> None:
    assert code(check_screen(inputs_at(tmp_path, screen=Screen(1280, 720, 1.5)))) == "screen.small"
    assert code(check_screen(inputs_at(tmp_path, screen=Screen(1366, 768, 1.0)))) == "screen.fits"
    assert check_screen(inputs_at(tmp_path)).verdict is Outcome.NOT_APPLICABLE


def test_machine_and_libraries_are_described(tmp_path: Path) -> None:
    inputs = inputs_at(tmp_path)
    assert check_system(inputs).facts["bits"] == "64"
    assert "cryptography" in check_software(inputs).facts
    assert int(check_memory(inputs).facts["memory_total"]) > 100


def test_log_and_settings(tmp_path: Path) -> None:
    assert code(check_log(inputs_at(tmp_path, log_folder=tmp_path / "log"))) == "log.works"
    (tmp_path / "file").write_text("")
    assert code(check_log(inputs_at(tmp_path, log_folder=tmp_path / "file" / "log"))) == "log.refused"
    assert code(check_settings(inputs_at(tmp_path))) == "settings.readable"
    wrong = {"TENDERBOX_LANG": "klingon"}
    assert code(check_settings(inputs_at(tmp_path, environment=wrong))) == "settings.not_taken"
    (tmp_path / "settings.toml").write_text("= garbage")
    spoilt = inputs_at(tmp_path, settings=load_settings({}, file=tmp_path / "settings.toml"))
    assert code(check_settings(spoilt)) == "settings.unreadable"
    (tmp_path / "settings.toml").write_text('new_of_version_9 = "x"')
    newer = check_settings(inputs_at(tmp_path, settings=load_settings({}, file=tmp_path / "settings.toml")))
    assert (code(newer), newer.facts["unknown"]) == ("settings.readable", "new_of_version_9")
    gone = {"TENDERBOX_TRUST": str(tmp_path / "gone.json")}
    assert code(check_settings(inputs_at(tmp_path, environment=gone))) == "settings.trust_missing"

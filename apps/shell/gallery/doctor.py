"""The page of the one-click check: before, during and after a run. The answers are fixed, so that pictures repeat."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from apps.shell.doctor_page.state import DoctorState, Phase, Row, failed_first, waiting
from apps.shell.doctor_page.view import DoctorView, Intents
from apps.shell.gallery.specimen import Specimen
from core.jobs.doctor.registry import CHECKS
from core.jobs.doctor.result import Result, failed, passed, skipped, warned
from core.messages import Catalogue

NAMES = tuple(check.name for check in CHECKS)
SIZE = (1080, 760)


def finished(words: Catalogue) -> QWidget:
    """All answers, failed first, with the facts of one opened."""
    state = failed_first(DoctorState(tuple(Row(one.name, Phase.DONE, one) for one in _answers())), NAMES)
    made = _view(words, state)
    made.rows["write"].facts_button.setChecked(True)
    return made


def running(words: Catalogue) -> QWidget:
    """In the middle of a run."""
    rows = [Row(one.name, Phase.DONE, one) for one in _answers()[:5]]
    rest = [Row(name, Phase.RUNNING if place == 0 else Phase.WAITING) for place, name in enumerate(NAMES[5:])]
    return _view(words, DoctorState((*rows, *rest), running=True))


def fresh(words: Catalogue) -> QWidget:
    """Nothing run yet."""
    return _view(words, waiting(NAMES))


def _view(words: Catalogue, state: DoctorState) -> DoctorView:
    def nothing(_name: str = "") -> None:
        """The gallery runs no checks."""

    made = DoctorView(words, NAMES, Intents(nothing, nothing, nothing, nothing, nothing, nothing))
    made.show_state(state)
    return made


def _answers() -> tuple[Result, ...]:
    folder = "/home/user/Documents/library"
    lacking = "U+20BB7"
    return (
        passed("crypto", "works", backend="libcrypto", tests=12, facts={"backend": "libcrypto", "tests": "12"}),
        passed("key", "signs", facts={"key_file": "sign.key.pem"}),
        warned("certificate", "ends_soon", action="choose_certificate", days=23, not_after="2026-12-15T08:00:00+00:00",
               facts={"issuer": "Example CA", "not_after": "2026-12-15T08:00:00+00:00"}),
        skipped("trust", "not_given", action="choose_trust"),
        warned("token", "no_driver", action="install_driver"),
        passed("clock", "not_compared", facts={"zone": "+0800"}),
        passed("disk", "enough", free=73970, wanted=2048, facts={"free": "73970", "wanted": "2048"}),
        failed("write", "refused", action="choose_folder", folder=folder, reason="file.no_permission",
               facts={"folder": folder, "reason": "file.no_permission"}),
        skipped("lock", "not_writable"),
        passed("fonts", "as_pinned", count=4, facts={"fonts": "/opt/fonts"}),
        warned("rare", "lacks", tried=28, lacking=1, which=lacking, facts={"which": lacking}),
        passed("documents", "works", bytes=20232, pages=1, facts={"bytes": "20232", "pages": "1"}),
        failed("network", "refused", action="open_network", address="https://platform.example/",
               facts={"address": "https://platform.example/"}),
        passed("proxy", "none"),
        warned("converter", "none", action="install_converter"),
        passed("screen", "fits", width=1920, height=1040, ratio=1, facts={"width": "1920", "height": "1040"}),
        passed("memory", "enough", memory_total=16068, memory_free=9120, facts={"memory_free": "9120"}),
        passed("system", "fits", system="Windows 10 19045", machine="AMD64", bits=64, facts={"bits": "64"}),
        passed("software", "complete", producer="tenderbox 0.1.0", python="3.11.7", facts={"python": "3.11.7"}),
        passed("log", "works", log="/home/user/.local/state/tenderbox/log"),
        passed("settings", "readable", language="zh_CN"),
    )  # fmt: skip


SPECIMENS = (
    Specimen("doctor.finished", "shell.doctor.gallery.finished", finished, SIZE),
    Specimen("doctor.running", "shell.doctor.gallery.running", running, SIZE),
    Specimen("doctor.fresh", "shell.doctor.gallery.fresh", fresh, SIZE),
)

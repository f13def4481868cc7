"""Certificates of a library and its contractor, in every state."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from PySide6.QtWidgets import QVBoxLayout, QWidget

from apps.shell.certificates.build import build_picker
from apps.shell.certificates.presenter import CertificatePresenter, PickerPorts
from apps.shell.certificates.state import CertificateChoice, Medium, PinOutcome, PinResult, Purpose
from apps.shell.certificates.view import CertificatePicker
from apps.shell.gallery.specimen import Specimen
from apps.shell.tasks import Handle, ImmediateStarter, Lane, Progress, Starter, T
from apps.shell.theme.style import look_of
from apps.shell.widgets.card import Card
from core.messages import Catalogue
from core.ports.progress import JobContext
from signing.errors import CodedError

_K = "shell.certificates.demo."
_NOW = datetime(2026, 11, 22, 1, 30, tzinfo=UTC)
_SIGNING = frozenset({Purpose.SIGNING})


class _Drawer:
    """A source that has what was put in."""

    def __init__(self, choices: tuple[CertificateChoice, ...]) -> None:
        self.choices = choices

    def list(self) -> tuple[CertificateChoice, ...]:
        """What is in it now."""
        return self.choices


def _choices(words: Catalogue) -> tuple[CertificateChoice, ...]:
    def text(key: str) -> str:
        return words.text(_K + key)

    def made(name: str, number: int, days: int, **more: object) -> CertificateChoice:
        facts: dict[str, object] = {
            "medium": Medium.TOKEN, "organisation": text("org"), "issuer": text("issuer"), "place": text("token_1"),
            "serial": f"5a0c{number:012x}", "purposes": _SIGNING, "trusted": True,
            "not_before": _NOW - timedelta(days=400), "not_after": _NOW + timedelta(days=days),
        } | more  # fmt: skip
        return CertificateChoice(id=name, subject=text(name), **facts)  # type: ignore[arg-type]

    return (
        made("name_1", 3021, 540, role=text("role_1")),
        made("name_2", 3022, 18, role=text("role_2"), medium=Medium.FILE, place=text("file_1")),
        made("name_3", 7788, -12, role=text("role_3"), organisation=text("org_2"), place=text("token_2")),
        made("name_6", 7789, 300, purposes=frozenset({Purpose.ENCRYPTION})),
        made("name_4", 1, 3000, emulator=True, trusted=False),
        made("name_5", 2, 0, driver=False, organisation="", place=text("token_2")),
    )


def _page(
    words: Catalogue, source: _Drawer, outcome: PinOutcome, starter: Starter | None = None
) -> tuple[QWidget, CertificatePicker, CertificatePresenter]:
    def unlock(_choice: CertificateChoice, _pin: bytearray, _context: JobContext) -> PinOutcome:
        return outcome

    ports = PickerPorts(source, starter or ImmediateStarter(), lambda: _NOW, unlock, lambda _choice: None)
    view, presenter = build_picker(words, Purpose.SIGNING, ports)
    page = QWidget()
    page.setProperty("page", True)
    layout = QVBoxLayout(page)
    margin = look_of().px(24)
    layout.setContentsMargins(margin, margin, margin, margin)
    card = Card(words.text("shell.certificates.title"))
    card.body.addWidget(view)
    layout.addWidget(card)
    presenter.poll()
    return page, view, presenter


def _chosen(name: str) -> Callable[[Catalogue], QWidget]:
    def build(words: Catalogue) -> QWidget:
        page, _view, presenter = _page(words, _Drawer(_choices(words)), PinOutcome(PinResult.ACCEPTED))
        presenter.choose(name)
        return page

    return build


def _wrong(words: Catalogue) -> QWidget:
    page, _view, presenter = _page(words, _Drawer(_choices(words)), PinOutcome(PinResult.WRONG, 2))
    presenter.choose("name_1")
    presenter.confirm(bytearray(b"0000"))
    return page


class _Busy(ImmediateStarter):
    """Lists at once; what is started afterwards never ends."""

    def __init__(self) -> None:
        self._started = 0

    def start(
        self, work: Callable[[JobContext], T], *, done: Callable[[T], None], failed: Callable[[CodedError], None],
        progress: Callable[[Progress], None] | None = None, cancelled: Callable[[], None] | None = None,
        lane: Lane = Lane.WORK,
    ) -> Handle:  # fmt: skip
        """See Starter."""
        self._started += 1
        if self._started == 1:
            return super().start(work, done=done, failed=failed, progress=progress, cancelled=cancelled, lane=lane)
        return super().start(lambda _context: None, done=lambda _none: None, failed=failed)


def _working(words: Catalogue) -> QWidget:
    page, _view, presenter = _page(words, _Drawer(_choices(words)), PinOutcome(PinResult.ACCEPTED), _Busy())
    presenter.choose("name_1")
    presenter.confirm(bytearray(b"0000"))
    return page


def _pulled(words: Catalogue) -> QWidget:
    source = _Drawer(_choices(words))
    page, _view, presenter = _page(words, source, PinOutcome(PinResult.ACCEPTED))
    presenter.choose("name_1")
    source.choices = source.choices[1:]
    presenter.poll()
    return page


def _empty(words: Catalogue) -> QWidget:
    return _page(words, _Drawer(()), PinOutcome(PinResult.ACCEPTED))[0]


CERTIFICATES = (
    Specimen("lists.certificates", f"{_K}title", _chosen("name_1"), (860, 620)),
    Specimen("lists.certificates_soon", "shell.certificates.condition.expires_soon", _chosen("name_2"), (860, 620)),
    Specimen("lists.certificates_wrong_use", "shell.certificates.condition.wrong_use", _chosen("name_6"), (860, 620)),
    Specimen("lists.certificates_wrong", f"{_K}wrong_title", _wrong, (860, 620)),
    Specimen("lists.certificates_working", f"{_K}working_title", _working, (860, 620)),
    Specimen("lists.certificates_pulled", f"{_K}pulled_title", _pulled, (860, 620)),
    Specimen("lists.certificates_empty", f"{_K}empty_title", _empty, (600, 380)),
)

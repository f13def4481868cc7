"""The frame in every state that matters, around a library that is being renovated."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from PySide6.QtWidgets import QVBoxLayout, QWidget

from apps.shell.frame import status
from apps.shell.frame.countdown import PlatformTime, TimeSource
from apps.shell.frame.say import say
from apps.shell.frame.state import ABOUT, NOTICES, SHORTCUTS, Header
from apps.shell.frame.status import Tone
from apps.shell.frame.window import Frame
from apps.shell.gallery.frame_cast import NOW, demo_frame, demo_recent
from apps.shell.gallery.frame_example import EXAMPLE_SPECIMENS
from apps.shell.gallery.specimen import Specimen
from core.messages import Catalogue

_SIZE = (1366, 768)
_D = "shell.frame.demo."


def _window(words: Catalogue) -> QWidget:
    return demo_frame(words)


def _hour(words: Catalogue) -> QWidget:
    left = NOW + timedelta(minutes=41, seconds=7)

    def prepare(frame: Frame) -> None:
        no_space = say("file.no_space")
        frame.presenter.set_status(status.not_saved(no_space, NOW - timedelta(minutes=2), "save"))
        ends = NOW + timedelta(days=12)
        frame.presenter.set_status(status.key_present(words.text(f"{_D}person"), ends, NOW, "key"))
        frame.presenter.set_status(status.waiting(3, connected=False, action="sync"))
        _notices(frame)

    return demo_frame(words, deadline=left, time=PlatformTime(), prepare=prepare)


def _empty(words: Catalogue) -> QWidget:
    def prepare(frame: Frame) -> None:
        frame.presenter.set_header(Header())
        frame.presenter.set_badge("list", 0)
        for name in ("saved", "key", "sync"):
            frame.presenter.clear_status(name)
        frame.presenter.set_status(status.key_absent())
        frame.presenter.set_status(status.offline())
        frame.presenter.set_facts(())

    return demo_frame(words, prepare=prepare, recent=False)


def _day(words: Catalogue) -> QWidget:
    time = PlatformTime(TimeSource.PLATFORM, timedelta(minutes=-4), NOW - timedelta(hours=30))
    return demo_frame(words, deadline=NOW + timedelta(hours=19), time=time, prepare=_go("list"))


def _passed(words: Catalogue) -> QWidget:
    return demo_frame(words, deadline=NOW - timedelta(minutes=1), prepare=_go("send"))


def _palette(words: Catalogue) -> QWidget:
    return demo_frame(words, prepare=lambda frame: frame.presenter.open_palette())


def _palette_search(words: Catalogue) -> QWidget:
    def prepare(frame: Frame) -> None:
        frame.presenter.search("dy" if words.language == "zh_CN" else "print")
        frame.presenter.run_chosen()

    return demo_frame(words, prepare=prepare)


def _go(page: str) -> Callable[[Frame], None]:
    def prepare(frame: Frame) -> None:
        if page == NOTICES:
            _notices(frame)
            for notice in frame.presenter.state.notices.shown:
                frame.presenter.close_notice(notice.number)
        frame.presenter.go(page)

    return prepare


def _notices(frame: Frame) -> None:
    notify = frame.presenter.notify
    notify(Tone.ERR, say(f"{_D}notice_disk"), action="save", action_title=say(f"{_D}notice_disk_action"))
    notify(Tone.WARN, say(f"{_D}notice_key"), action="key", action_title=say(f"{_D}notice_key_action"))
    notify(Tone.OK, say(f"{_D}notice_import"))
    notify(Tone.INFO, say(f"{_D}notice_change"))


def _about_page(words: Catalogue) -> QWidget:
    return demo_frame(words, prepare=_go(ABOUT))


def _shortcuts(words: Catalogue) -> QWidget:
    return demo_frame(words, prepare=_go(SHORTCUTS))


def _history(words: Catalogue) -> QWidget:
    return demo_frame(words, prepare=_go(NOTICES))


def _recent(words: Catalogue) -> QWidget:
    page = QWidget()
    page.setProperty("page", True)
    QVBoxLayout(page).addWidget(demo_recent(words))
    return page


SPECIMENS = (
    Specimen("frame.window", f"{_D}title_window", _window, _SIZE),
    Specimen("frame.empty", f"{_D}title_empty", _empty, _SIZE),
    Specimen("frame.pressing", f"{_D}title_pressing", _hour, _SIZE),
    Specimen("frame.day", f"{_D}title_day", _day, _SIZE),
    Specimen("frame.passed", f"{_D}title_passed", _passed, _SIZE),
    Specimen("frame.palette", f"{_D}title_palette", _palette, _SIZE),
    Specimen("frame.palette_refused", f"{_D}title_palette_refused", _palette_search, _SIZE),
    Specimen("frame.about", f"{_D}title_about", _about_page, _SIZE),
    Specimen("frame.shortcuts", f"{_D}title_shortcuts", _shortcuts, _SIZE),
    Specimen("frame.notices", f"{_D}title_notices", _history, _SIZE),
    Specimen("frame.recent", f"{_D}title_recent", _recent, (760, 420)),
    *EXAMPLE_SPECIMENS,
)

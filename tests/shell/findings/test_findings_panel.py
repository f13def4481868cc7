"""The findings panel by keyboard and mouse, and 5,000 findings without a stall."""

import time

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import QLineEdit, QPushButton

from apps.shell.findings.build import build_findings
from apps.shell.findings.presenter import FindingsActions
from apps.shell.findings.row import FindingDelegate
from apps.shell.findings.state import Grouping, Stage
from apps.shell.runner import Runner
from apps.shell.tasks import ImmediateStarter
from core.messages import Catalogue
from core.rules.finding import Finding, Severity
from tests.shell.findings.test_findings_decide import FOUND
from tests.shell.ticks import TickRecorder
from tests.shell.walkers import unreachable, without_name


class Panel:
    def __init__(self, qtbot, words: Catalogue, starter=None, found=FOUND) -> None:
        self.jumped: list[Finding] = []
        self.fixed: list[Finding] = []
        self.copied: list[str] = []
        actions = FindingsActions(
            self.jumped.append, self.fixed.append, self.copied.append, lambda _error: None, lambda _f: None
        )
        self.view, self.presenter = build_findings(words, starter or ImmediateStarter(), actions)
        qtbot.addWidget(self.view)
        self.view.resize(560, 700)
        self.view.show()
        self.view.activateWindow()
        qtbot.waitUntil(self.view.isActiveWindow)
        if found:
            self.presenter.set_findings(found)

    def button(self, text: str) -> QPushButton:
        return next(one for one in self.view.findChildren(QPushButton) if one.text() == text and one.isVisible())


def test_arrows_pass_over_group_heads_and_enter_goes_to_the_place(qtbot, words: Catalogue):
    panel = Panel(qtbot, words)
    view = panel.view.list
    view.setFocus(Qt.FocusReason.TabFocusReason)
    seen = [panel.presenter.state.current]
    for _ in range(3):
        qtbot.keyClick(view, Qt.Key.Key_Down)
        seen.append(panel.presenter.state.current)
    assert seen == [1, 2, 0, 3]
    qtbot.keyClick(view, Qt.Key.Key_Up)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert panel.jumped == [FOUND[0]]


def test_control_enter_fixes_f4_goes_on_and_control_c_copies(qtbot, words: Catalogue):
    panel = Panel(qtbot, words)
    view = panel.view.list
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_F4)
    assert panel.presenter.state.current in {1, 2}
    panel.presenter.stand_on(1)
    qtbot.keyClick(view, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert panel.fixed == [FOUND[1]]
    qtbot.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert len(panel.copied) == 1


def test_the_detail_shows_the_whole_sentence_and_its_next_step(qtbot, words: Catalogue):
    panel = Panel(qtbot, words)
    panel.presenter.stand_on(1)
    qtbot.mouseClick(panel.button("填写单价"), Qt.MouseButton.LeftButton)
    assert panel.fixed == [FOUND[1]]
    qtbot.mouseClick(panel.button("前往该处"), Qt.MouseButton.LeftButton)
    assert panel.jumped == [FOUND[1]]


def test_a_click_on_the_link_goes_to_the_place(qtbot, words: Catalogue):
    panel = Panel(qtbot, words)
    panel.view.grab()
    view = panel.view.list
    row = view.visualRect(view.model().index(1, 0))
    delegate = panel.view.findChild(FindingDelegate)
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(60, row.center().y()))
    assert panel.jumped == []
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=delegate.link_rect(row).center())
    assert panel.jumped == [FOUND[1]]


def test_a_chip_filters_and_the_search_narrows(qtbot, words: Catalogue):
    panel = Panel(qtbot, words)
    qtbot.mouseClick(panel.button("错误 2"), Qt.MouseButton.LeftButton)
    assert panel.view.list.model().rowCount() == 3
    qtbot.keyClick(panel.view.list, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    field = panel.view.findChild(QLineEdit)
    qtbot.waitUntil(field.hasFocus)
    qtbot.keyClicks(field, "F9")
    assert panel.view.list.model().rowCount() == 2
    qtbot.keyClicks(field, "zzz")
    qtbot.mouseClick(panel.button("显示全部"), Qt.MouseButton.LeftButton)
    assert panel.view.list.model().rowCount() == 7
    assert field.text() == ""


def test_a_sentence_that_looks_like_markup_is_shown_as_it_is(qtbot, words: Catalogue):
    name = "<b>粗</b><img src=x>"
    panel = Panel(qtbot, words, found=(Finding("bid.B15", Severity.NOTE, "清单!A1", {"title": name}),))
    panel.presenter.stand_on(0)
    from PySide6.QtWidgets import QLabel

    shown = [label for label in panel.view.findChildren(QLabel) if name in label.text()]
    assert shown
    assert all(label.textFormat() == Qt.TextFormat.PlainText for label in shown)


def test_everything_has_a_name_and_is_reached_by_tab(qtbot, words: Catalogue):
    panel = Panel(qtbot, words)
    panel.presenter.stand_on(1)
    assert without_name(panel.view) == []
    assert unreachable(panel.view) == []


class OwnTime(TickRecorder):
    """Counts what the window's thread itself spends between two ticks: a busy machine makes no stall of ours."""

    def __enter__(self):
        super().__enter__()
        self._last = time.thread_time()
        return self

    def _tick(self) -> None:
        now = time.thread_time()
        self.longest = max(self.longest, now - self._last)
        self._last = now


def test_a_stall_of_our_own_would_be_seen(qtbot):
    def burn() -> None:
        end = time.thread_time() + 0.12
        while time.thread_time() < end:
            pass

    with OwnTime() as ticks:
        QTimer.singleShot(0, burn)
        qtbot.wait(40)
    assert ticks.longest >= 0.1


def test_five_thousand_findings_never_stall_the_window(qtbot, words: Catalogue):
    many = tuple(
        Finding(
            "bid.B10", list(Severity)[n % 3], f"清单{n % 500}!F{n}", {"offered": str(n), "required": "560"}, "第 3 条"
        )
        for n in range(5000)
    )
    runner = Runner()
    try:
        panel = Panel(qtbot, words, runner, found=())
        longest = {}
        for name, act in (
            ("read", lambda: panel.presenter.set_findings(many)),
            ("place", lambda: panel.presenter.group_by(Grouping.PLACE)),
            ("search", lambda: panel.presenter.search("f49")),
            ("all", panel.presenter.clear_filters),
            ("far at once", lambda: (panel.presenter.group_by(Grouping.SEVERITY), panel.presenter.stand_on(4321))),
        ):
            with OwnTime() as ticks:
                act()
                qtbot.waitUntil(lambda: panel.presenter.state.stage is Stage.SHOWN, timeout=10_000)
                for _ in range(4):
                    qtbot.wait(15)
            longest[name] = round(ticks.longest, 3)
        assert len(panel.presenter.state.lines) == 5003
        view = panel.view.list
        qtbot.waitUntil(lambda: view.viewport().rect().intersects(view.visualRect(view.currentIndex())))
        assert max(longest.values()) < 0.1, longest
    finally:
        runner.close()

"""Dialogs: an error says what failed, why and what to do; nothing irreversible happens by a stray Enter."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QCoreApplication, Qt, qWarning
from PySide6.QtGui import QGuiApplication, QPaintEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget

from apps.shell.dialogs.error_dialog import ErrorDialog
from apps.shell.dialogs.hooks import FaultHooks
from apps.shell.dialogs.question import Question, TypedConfirmation
from apps.shell.dialogs.state import Confirmation, Fix, error_state
from core.errors import DraftBusy, FileNotWritable, UnexpectedFault
from core.messages import Catalogue

FULL = FileNotWritable(path="D:/rooms.tbd", reason="no_space")


def test_the_state_names_act_cause_code_and_fixes(words: Catalogue) -> None:
    retry = Fix("shell.dialogs.retry", lambda: None)
    state = error_state(FULL, words, title="没有保存", fixes={"app": (), "app.file_not_writable": (retry,)})
    assert (state.title, state.code, state.fixes) == ("没有保存", "app.file_not_writable", (retry,))
    assert "磁盘空间不足" in state.cause
    assert "app.file_not_writable (4)" in state.details
    assert state.as_text().startswith("没有保存\n")


def test_the_most_exact_fix_counts(words: Catalogue) -> None:
    general, exact = Fix("shell.dialogs.retry", lambda: None), Fix("shell.dialogs.cancel", lambda: None)
    fixes = {"draft": (general,), "draft.busy": (exact,)}
    assert error_state(DraftBusy(path="x"), words, fixes=fixes).fixes == (exact,)
    assert error_state(DraftBusy(path="x"), words, fixes={"draft": (general,)}).fixes == (general,)
    assert error_state(FULL, words, fixes=fixes).fixes == ()


def test_only_an_unexpected_fault_points_to_the_log(words: Catalogue) -> None:
    assert error_state(UnexpectedFault(log="/x/tenderbox.log"), words).log == "/x/tenderbox.log"
    assert error_state(FULL, words).log == ""


def test_the_first_fix_is_pressed_by_enter(qtbot, words: Catalogue) -> None:
    done: list[str] = []
    fixes = {"app": (Fix("shell.dialogs.retry", lambda: done.append("retry")),
                     Fix("shell.dialogs.choose_other", lambda: done.append("other")))}  # fmt: skip
    dialog = ErrorDialog(words, error_state(FULL, words, fixes=fixes))
    qtbot.addWidget(dialog)
    dialog.show()
    focused = dialog.focusWidget()
    assert isinstance(focused, QPushButton)
    assert focused.text() == words.text("shell.dialogs.retry")
    QTest.keyClick(focused, Qt.Key.Key_Space)
    assert done == ["retry"]
    assert not dialog.isVisible()


def test_details_are_folded_at_first_and_can_be_copied(qtbot, words: Catalogue) -> None:
    dialog = ErrorDialog(words, error_state(FULL, words))
    qtbot.addWidget(dialog)
    dialog.show()
    assert not dialog.details.isVisible()
    dialog.fold.click()
    assert dialog.details.isVisible()
    dialog.copy.click()
    assert "app.file_not_writable" in QGuiApplication.clipboard().text()


def test_a_question_is_answered_by_escape_with_the_safe_answer(qtbot, words: Catalogue) -> None:
    dialog = Question(words, "t", "x", accept_key="shell.dialogs.go_on", reject_key="shell.dialogs.cancel")
    qtbot.addWidget(dialog)
    dialog.show()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.result() == 0


@pytest.fixture
def confirmation(qtbot, words: Catalogue) -> TypedConfirmation:
    dialog = TypedConfirmation(words, Confirmation("t", "x", "封存", "封存"))
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def test_enter_does_nothing_before_the_word_is_typed(confirmation: TypedConfirmation) -> None:
    QTest.keyClick(confirmation.entry, Qt.Key.Key_Return)
    assert confirmation.isVisible()
    assert not confirmation.accept_button.isEnabled()
    confirmation.entry.setText(" 封存 ")
    assert confirmation.accept_button.isEnabled()
    QTest.keyClick(confirmation.entry, Qt.Key.Key_Return)
    assert not confirmation.isVisible()
    assert confirmation.result() == 1


@pytest.fixture
def told(qapp) -> Iterator[list[object]]:
    heard: list[object] = []
    hooks = FaultHooks(heard.append)
    yield heard
    hooks.remove()


def test_an_exception_nobody_caught_is_told_once_with_the_log(told: list[object], qtbot, monkeypatch, tmp_path) -> None:
    try:
        raise ZeroDivisionError("price 123")  # noqa: TRY301
    except ZeroDivisionError as error:
        sys.excepthook(type(error), error, error.__traceback__)
    qtbot.waitUntil(lambda: len(told) == 1)
    assert isinstance(told[0], UnexpectedFault)
    assert "123" not in str(told[0].params)


def test_an_exception_in_a_thread_is_told_too(told: list[object], qtbot) -> None:
    def fail() -> None:
        raise DraftBusy(path="x")

    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: len(told) == 1)
    assert isinstance(told[0], DraftBusy)


def fall() -> None:
    raise ZeroDivisionError


def fall_elsewhere() -> None:
    raise ZeroDivisionError


def caught(fault: Callable[[], None]) -> None:
    try:
        fault()
    except ZeroDivisionError as error:
        sys.excepthook(type(error), error, error.__traceback__)


def test_a_fault_with_every_repaint_is_one_dialog_a_minute(qtbot) -> None:
    told: list[object] = []
    clock = [0.0]
    hooks = FaultHooks(told.append, now=lambda: clock[0])
    try:
        for _ in range(50):
            clock[0] += 0.1
            caught(fall)
            QCoreApplication.processEvents()
        assert len(told) == 1
        caught(fall_elsewhere)
        QCoreApplication.processEvents()
        assert len(told) == 2
        clock[0] += 61
        caught(fall)
        QCoreApplication.processEvents()
        assert len(told) == 3
    finally:
        hooks.remove()


def test_a_fault_in_a_virtual_method_is_told(told: list[object], qtbot) -> None:
    class Broken(QWidget):
        def paintEvent(self, event: QPaintEvent) -> None:
            raise ZeroDivisionError

    widget = Broken()
    qtbot.addWidget(widget)
    widget.show()
    qtbot.waitUntil(lambda: bool(told))
    assert isinstance(told[0], UnexpectedFault)


def test_a_fault_while_something_is_thrown_away_goes_into_the_log(told: list[object], caplog) -> None:
    class Bad:
        def __del__(self) -> None:
            raise ZeroDivisionError

    logging.getLogger("tenderbox").propagate = True
    with caplog.at_level(logging.ERROR, logger="tenderbox"):
        Bad()
    assert "ZeroDivisionError" in caplog.text
    assert told == []


def test_hooks_are_given_back(qapp) -> None:
    before = (sys.excepthook, threading.excepthook, sys.unraisablehook)
    FaultHooks(lambda _: None).remove()
    assert (sys.excepthook, threading.excepthook, sys.unraisablehook) == before


def test_a_fault_of_ours_does_not_claim_that_nothing_was_saved(words: Catalogue, english: Catalogue) -> None:
    """In a window edits are saved one by one; the command line's sentence would frighten and mislead."""
    fault = UnexpectedFault(log="/x/tenderbox.log")
    assert "没有写出任何文件" not in error_state(fault, words).cause
    assert "wrote no file" not in error_state(fault, english).cause
    assert "log: /x/tenderbox.log" in error_state(fault, words).details


def test_messages_of_qt_go_into_the_log(told: list[object], caplog: pytest.LogCaptureFixture) -> None:
    logging.getLogger("tenderbox").propagate = True
    with caplog.at_level(logging.WARNING, logger="tenderbox"):
        qWarning("a widget is upset")
    assert "a widget is upset" in caplog.text

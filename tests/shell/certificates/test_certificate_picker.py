"""The picker on screen: PIN field, keyboard, pulled tokens, a key that works for a while."""

from __future__ import annotations

import gc
import logging
import threading
import types

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QGuiApplication, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QProgressBar

from apps.shell.certificates.build import CertificateDialog, build_picker
from apps.shell.certificates.pin_edit import PinEdit
from apps.shell.certificates.state import Purpose
from apps.shell.runner import Runner
from apps.shell.tasks import ImmediateStarter
from core.messages import Catalogue
from tests.shell.certificates.drawer import Drawer, certificate
from tests.shell.walkers import unreachable, without_name


@pytest.fixture
def field(qtbot) -> PinEdit:
    edit = PinEdit()
    qtbot.addWidget(edit)
    edit.show()
    return edit


@pytest.fixture
def runner(qapp):
    made = Runner()
    yield made
    made.close()


def picker(qtbot, words: Catalogue, drawer: Drawer, starter=None):
    view, presenter = build_picker(words, Purpose.SIGNING, drawer.ports(starter or ImmediateStarter()))
    qtbot.addWidget(view)
    view.resize(800, 520)
    view.show()
    view.activateWindow()
    qtbot.waitUntil(view.isActiveWindow)
    qtbot.waitUntil(lambda: presenter.state.stage.value != "listing")
    return view, presenter


def texts(view) -> str:
    return "\n".join(label.text() for label in view.findChildren(QLabel) if label.isVisibleTo(view))


def test_the_line_edit_never_holds_what_was_typed(qtbot, field: PinEdit):
    qtbot.keyClicks(field, "s3cret!")
    assert field.length == 7
    assert "s3cret" not in field.text()
    assert len(field.text()) == 7
    assert field.displayText() == field.text() or len(field.displayText()) == 7
    assert field.take() == bytearray(b"s3cret!")
    assert field.length == 0
    assert field.text() == ""
    assert not any(field._buffer)


def test_backspace_takes_the_last_character_even_a_wide_one(qtbot, field: PinEdit):
    qtbot.keyClicks(field, "a1")
    field._append("密")
    assert field.length == 5
    qtbot.keyClick(field, Qt.Key.Key_Backspace)
    assert bytes(field.take()) == b"a1"


def test_select_all_and_typing_begins_anew(qtbot, field: PinEdit):
    qtbot.keyClicks(field, "1111")
    qtbot.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(field, "22")
    assert field.take() == bytearray(b"22")


def test_undo_copy_and_cut_bring_nothing_back(qtbot, field: PinEdit):
    QGuiApplication.clipboard().setText("before")
    qtbot.keyClicks(field, "1234")
    field.selectAll()
    for key in (Qt.Key.Key_C, Qt.Key.Key_X, Qt.Key.Key_Z, Qt.Key.Key_Y):
        qtbot.keyClick(field, key, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "before"
    field.wipe()
    qtbot.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert field.text() == ""
    assert field.length == 0


def test_alt_is_left_to_mnemonics_and_alt_gr_types(qtbot, field: PinEdit):
    qtbot.keyClick(field, Qt.Key.Key_D, Qt.KeyboardModifier.AltModifier)
    assert field.length == 0
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    QApplication.sendEvent(field, QKeyEvent(QKeyEvent.Type.KeyPress, Qt.Key.Key_At, both, "@"))
    assert field.take() == bytearray(b"@")


def test_pasting_and_an_on_screen_keyboard_type_too(qtbot, field: PinEdit):
    QGuiApplication.clipboard().setText("12\n34")
    qtbot.keyClick(field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    event = QInputMethodEvent()
    event.setCommitString("56")
    QApplication.sendEvent(field, event)
    assert field.take() == bytearray(b"123456")


def test_no_pin_is_longer_than_the_buffer(qtbot, field: PinEdit):
    field._append("密" * 500)
    assert field.length == 64 * 3
    assert len(field._buffer) == 256


def test_a_capital_without_shift_means_caps_lock(qtbot, field: PinEdit):
    heard: list[bool] = []
    field.caps_lock.connect(heard.append)
    qtbot.keyClick(field, "a")
    qtbot.keyClick(field, Qt.Key.Key_B, Qt.KeyboardModifier.ShiftModifier)
    for text, shift in (("A", Qt.KeyboardModifier.NoModifier), ("a", Qt.KeyboardModifier.ShiftModifier)):
        QApplication.sendEvent(field, QKeyEvent(QKeyEvent.Type.KeyPress, Qt.Key.Key_A, shift, text))
    assert heard[-2:] == [True, True]
    assert True not in heard[:1]


def test_the_eye_shows_and_hides_and_a_window_behind_hides_by_itself(qtbot, words: Catalogue):
    view, _presenter = picker(qtbot, words, Drawer(certificate("a")))
    edit = view.pin.edit
    qtbot.keyClicks(edit, "123456")
    view.pin.eye.click()
    assert edit.displayText() == "123456"
    assert view.pin.eye.accessibleName() == "隐藏 PIN 码"
    other = QLineEdit()
    qtbot.addWidget(other)
    other.show()
    other.activateWindow()
    qtbot.waitUntil(lambda: not view.isActiveWindow())
    assert "1" not in edit.displayText()
    assert edit.length == 6


def test_enter_in_the_list_goes_to_the_pin_and_enter_there_opens(qtbot, words: Catalogue):
    drawer = Drawer(certificate("a"), certificate("b"))
    view, presenter = picker(qtbot, words, drawer)
    view.list.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(view.list, Qt.Key.Key_Down)
    assert presenter.state.chosen == "b"
    qtbot.keyClick(view.list, Qt.Key.Key_Return)
    assert view.pin.edit.hasFocus()
    qtbot.keyClick(view.pin.edit, Qt.Key.Key_Return)
    assert drawer.heard == []
    qtbot.keyClicks(view.pin.edit, "123456")
    qtbot.keyClick(view.pin.edit, Qt.Key.Key_Return)
    assert drawer.accepted == ["b"]
    assert view.pin.edit.length == 0


def test_a_wrong_pin_says_the_tries_left_and_empties_the_field(qtbot, words: Catalogue):
    view, _presenter = picker(qtbot, words, Drawer(certificate("a")))
    qtbot.keyClicks(view.pin.edit, "0000")
    view.pin.confirm.click()
    assert "还可以输入 2 次" in texts(view)
    assert view.pin.edit.length == 0
    assert view.pin.edit.property("state") == "error"
    assert not view.pin.confirm.isEnabled()


def test_a_certificate_that_cannot_be_used_says_why_and_takes_no_pin(qtbot, words: Catalogue):
    encryption = certificate("b", purposes=frozenset({Purpose.ENCRYPTION}))
    view, presenter = picker(qtbot, words, Drawer(certificate("a"), encryption))
    presenter.choose("b")
    assert "这张证书用于加密" in texts(view)
    assert not view.pin.edit.isVisible()
    assert not view.pin.confirm.isEnabled()


def test_pulling_the_token_while_typing_empties_the_field_and_says_so(qtbot, words: Catalogue):
    drawer = Drawer(certificate("a"))
    view, presenter = picker(qtbot, words, drawer)
    qtbot.keyClicks(view.pin.edit, "1234")
    drawer.pull("a")
    presenter.poll()
    assert view.pin.edit.length == 0
    assert not any(view.pin.edit._buffer)
    assert "已拔出" in texts(view)


def test_the_key_works_on_its_lane_with_progress_and_the_window_lives(qtbot, words: Catalogue, runner: Runner):
    go, threads = threading.Event(), []
    drawer = Drawer(certificate("a"))
    drawer.during = lambda: (threads.append(threading.current_thread()), go.wait(10))[0]
    view, _presenter = picker(qtbot, words, drawer, runner)
    qtbot.keyClicks(view.pin.edit, "123456")
    view.pin.confirm.click()
    qtbot.waitUntil(lambda: bool(threads))
    assert any(bar.isVisibleTo(view) for bar in view.findChildren(QProgressBar))
    assert view.pin.stop.isVisible()
    assert not view.list.isEnabled()
    qtbot.keyClicks(view.pin.edit, "9")
    assert view.pin.edit.length == 0
    go.set()
    qtbot.waitUntil(lambda: drawer.accepted == ["a"])
    assert threads[0] is not threading.main_thread()
    assert drawer.seen[0] == bytearray(6)


def test_the_pin_is_found_nowhere_afterwards(qtbot, words: Catalogue, caplog):
    caplog.set_level(logging.DEBUG)
    secret = "Zq7" + "Xw9Kd"
    drawer = Drawer(certificate("a"), pins={"a": secret.encode()})
    view, presenter = picker(qtbot, words, drawer)
    drawer.heard = _Deaf()
    qtbot.keyClicks(view.pin.edit, secret)
    view.pin.confirm.click()
    assert drawer.accepted == ["a"]
    assert secret not in caplog.text
    roots = [presenter, presenter.__dict__, view.pin.__dict__, view.pin.edit.__dict__, drawer.__dict__]
    drawer.pins.clear()
    assert holders(roots, secret) == []
    drawer.role = {"deep": [bytearray(secret.encode())]}
    assert holders(roots, secret) == ["bytearray"]
    shown = [edit.text() + edit.displayText() for edit in view.findChildren(QLineEdit)]
    assert all(secret not in text for text in shown)


def holders(roots: list[object], secret: str) -> list[str]:
    """Types of the objects reachable from ``roots`` that hold the secret as text or bytes."""
    found, seen, waiting = [], set(), list(roots)
    while waiting:
        one = waiting.pop()
        if id(one) in seen or isinstance(one, type | types.ModuleType | types.FunctionType | Catalogue):
            continue
        seen.add(id(one))
        held = (
            one if isinstance(one, str) else bytes(one).decode("latin-1") if isinstance(one, bytes | bytearray) else ""
        )
        if secret in held:
            found.append(type(one).__name__)
        waiting.extend(gc.get_referents(one))
    return found


class _Deaf(list):
    def append(self, _heard: object) -> None:
        """Remembers nothing."""


def test_hiding_the_picker_forgets_a_half_typed_pin(qtbot, words: Catalogue):
    view, _presenter = picker(qtbot, words, Drawer(certificate("a")))
    qtbot.keyClicks(view.pin.edit, "1234")
    view.hide()
    assert view.pin.edit.length == 0


def test_the_dialog_is_accepted_once_the_key_is_open_and_polls_no_more(qtbot, words: Catalogue):
    drawer = Drawer(certificate("a"))
    dialog = CertificateDialog(words, Purpose.SIGNING, drawer.ports(ImmediateStarter()))
    qtbot.addWidget(dialog)
    with qtbot.waitSignal(dialog.accepted):
        dialog.show()
        qtbot.keyClicks(dialog.picker.pin.edit, "123456")
        dialog.picker.pin.confirm.click()
    assert drawer.accepted == ["a"]
    listed = drawer.listed
    dialog.presenter.poll()
    assert drawer.listed == listed


def test_escape_closes_the_dialog_and_wipes(qtbot, words: Catalogue):
    dialog = CertificateDialog(words, Purpose.SIGNING, Drawer(certificate("a")).ports(ImmediateStarter()))
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.keyClicks(dialog.picker.pin.edit, "1234")
    with qtbot.waitSignal(dialog.rejected):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not any(dialog.picker.pin.edit._buffer)


def test_rows_are_heard_with_their_state(qtbot, words: Catalogue):
    view, _presenter = picker(qtbot, words, Drawer(certificate("a"), certificate("b", emulator=True, trusted=False)))
    interface = QAccessible.queryAccessibleInterface(view.list)
    heard = [interface.child(number).text(QAccessible.Text.Name) for number in range(interface.childCount())]
    assert any(text.endswith("需要 PIN 码") for text in heard)
    assert any("签发者不受信任，模拟" in text for text in heard)


def test_everything_has_a_name_and_is_reached_by_tab(qtbot, words: Catalogue):
    view, presenter = picker(qtbot, words, Drawer(certificate("a"), certificate("b")))
    presenter.choose("a")
    qtbot.keyClicks(view.pin.edit, "1")
    assert without_name(view) == []
    assert unreachable(view) == []

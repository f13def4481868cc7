"""The window side: no stall while 200 MB are held, retries by themselves, everything by keyboard and named."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from apps.shell.editing.binding import EditBinding
from apps.shell.editing.conflicts.differences import changed_spans
from apps.shell.editing.conflicts.presenter import ConflictPresenter
from apps.shell.editing.conflicts.state import ConflictItem, ConflictState, Side
from apps.shell.editing.conflicts.view import ConflictView
from apps.shell.editing.memory import Memory
from apps.shell.editing.session import EditSession
from apps.shell.editing.state import EditState, HistoryLine, Saving
from apps.shell.editing.view import SavingView
from apps.shell.gallery.editing import SPECIMENS
from apps.shell.runner import Runner
from apps.shell.tasks import ImmediateStarter
from core.errors import FileNotWritable
from core.messages import Catalogue, load
from core.store.drafts import SqliteDraftStore
from tests.shell.ticks import TickRecorder

NOW = datetime(2026, 11, 22, 6, 52, 7, tzinfo=UTC)
LABEL = "shell.editing.demo.rename"
ITEMS = (
    ConflictItem("a", "名称", "图书馆二期", "图书馆新馆", "图书馆"),
    ConflictItem("b", "联系人", None, "李敏", "王芳"),
    ConflictItem("c", "说明", "一", "二", None),
)


@pytest.fixture
def runner(qtbot: QtBot) -> Iterator[Runner]:
    made = Runner()
    yield made
    made.close()


def shown(qtbot: QtBot, window: QWidget) -> None:
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    window.setFocus()


def test_editing_a_draft_of_200_mb_never_stalls_the_window(
    qtbot: QtBot, runner: Runner, tmp_path: Path, words: Catalogue
) -> None:
    draft = SqliteDraftStore().create(tmp_path / "big.tbd", "bid")
    window = QWidget()
    qtbot.addWidget(window)
    binding = EditBinding(words, window)
    session = EditSession(draft, Memory.of(draft), runner, lambda: datetime.now(UTC), binding.show_state)
    binding.bind(session)
    source = tmp_path / "scan.pdf"
    with source.open("wb") as out:
        for number in range(200):
            out.write(bytes([number]) * (1 << 20))
    taken: list[object] = []
    with TickRecorder() as ticks:
        session.attach(LABEL, "scan", "application/pdf", source, done=taken.append, failed=taken.append)
        for number in range(40):
            session.edit(LABEL, {"n": number})
        qtbot.waitUntil(lambda: bool(taken) and session.state.saving is Saving.SAVED, timeout=30_000)
        session.edit(LABEL, {}, detach=["scan"])
        session.undo()
        qtbot.waitUntil(lambda: session.state.saving is Saving.SAVED, timeout=10_000)
    assert draft.get("n") == 39
    assert [file.name for file in draft.attachments()] == ["scan"]
    assert ticks.longest_busy < 0.1
    closed: list[bool] = []
    session.close(lambda: closed.append(True), lambda error: pytest.fail(str(error)))
    qtbot.waitUntil(lambda: bool(closed), timeout=10_000)


def test_what_could_not_be_written_is_tried_again_by_itself(qtbot: QtBot, tmp_path: Path, words: Catalogue) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    binding = EditBinding(words, window)
    with SqliteDraftStore().create(tmp_path / "x.tbd", "bid") as draft:
        session = EditSession(draft, Memory.of(draft), ImmediateStarter(), lambda: NOW, binding.show_state)
        binding.bind(session)
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))
        try:
            session.edit(LABEL, {"a": 1})
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        assert session.state.saving is Saving.NOT_SAVED
        assert session.get("a") == 1
        qtbot.waitUntil(lambda: session.state.saving is Saving.SAVED, timeout=10_000)
        assert draft.get("a") == 1


def test_ctrl_z_and_ctrl_y_act_in_the_whole_window(qtbot: QtBot, tmp_path: Path, words: Catalogue) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    binding = EditBinding(words, window)
    with SqliteDraftStore().create(tmp_path / "x.tbd", "bid") as draft:
        session = EditSession(draft, Memory.of(draft), ImmediateStarter(), lambda: NOW, binding.show_state)
        binding.bind(session)
        assert not binding.undo.isEnabled()
        shown(qtbot, window)
        session.edit(LABEL, {"a": 1}, subject="名称")
        assert binding.undo.text() == "撤销：修改名称"
        qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        assert session.get("a") is None
        qtbot.keyClick(window, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
        assert session.get("a") == 1


def saving_view(words: Catalogue, went: list[int]) -> SavingView:
    def nothing() -> None:
        return None

    return SavingView(words, undo=nothing, redo=nothing, go_to=went.append, retry=nothing, save_copy=nothing)


def lines(count: int, undone: int = 0) -> tuple[HistoryLine, ...]:
    return tuple(HistoryLine(n, LABEL, f"第 {n} 项", NOW, n > count - undone) for n in range(1, count + 1))


def test_enter_on_an_act_goes_back_to_it(qtbot: QtBot, words: Catalogue) -> None:
    went: list[int] = []
    view = saving_view(words, went)
    qtbot.addWidget(view)
    view.show_state(EditState(Saving.SAVED, NOW, history=lines(5, undone=1)))
    current = view.history.currentItem()
    assert current.text(1) == "修改第 4 项"
    qtbot.keyClick(view.history, Qt.Key.Key_Down)
    qtbot.keyClick(view.history, Qt.Key.Key_Return)
    assert went == [3]


def test_trouble_is_told_with_its_cause_and_two_ways_out(qtbot: QtBot, words: Catalogue) -> None:
    view = saving_view(words, [])
    qtbot.addWidget(view)
    error = FileNotWritable(path="x.tbd", reason="no_space")
    view.show_state(EditState(Saving.NOT_SAVED, NOW, 2, error, lines(2)))
    texts = [one.text() for one in view.findChildren(QPushButton) if not one.isHidden()]
    assert {"立即重试", "另存到别处…"} <= set(texts)
    view.show_state(EditState(Saving.SAVED, NOW, 0, None, lines(2)))
    assert all(not one.isVisibleTo(view) for one in view.findChildren(QPushButton) if one.text() == "立即重试")


def chooser(words: Catalogue, finished: list[dict[str, Side]]) -> tuple[ConflictView, ConflictPresenter]:
    view = ConflictView(words, cancel=lambda: None)
    presenter = ConflictPresenter(view.show_state, ITEMS, "李敏", finished.append)
    view.obey(presenter)
    return view, presenter


def test_conflicts_are_chosen_by_keys_alone(qtbot: QtBot, words: Catalogue) -> None:
    finished: list[dict[str, Side]] = []
    view, presenter = chooser(words, finished)
    qtbot.addWidget(view)
    shown(qtbot, view)
    view.list.setFocus()
    for key in (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_2):
        qtbot.keyClick(view.list, key)
    assert [item.choice for item in presenter.state.items] == [Side.MINE, Side.THEIRS, Side.THEIRS]
    finish = next(one for one in view.findChildren(QPushButton) if one.text() == "完成合并")
    assert finish.isEnabled()
    finish.setFocus()
    qtbot.keyClick(finish, Qt.Key.Key_Space)
    assert finished == [{"a": Side.MINE, "b": Side.THEIRS, "c": Side.THEIRS}]


def test_nothing_is_finished_while_something_is_open(words: Catalogue) -> None:
    finished: list[dict[str, Side]] = []
    shown: list[ConflictState] = []
    presenter = ConflictPresenter(shown.append, ITEMS, "李敏", finished.append)
    presenter.choose(Side.MINE)
    presenter.choose(Side.MINE)  # taken back
    presenter.look_at(2)
    presenter.choose_and_go_on(Side.THEIRS)
    assert (presenter.state.current, presenter.state.left) == (0, 2)
    presenter.finish()
    presenter.look_at(9)
    assert finished == []
    presenter.choose_rest(Side.MINE)
    presenter.finish()
    assert finished == [{"a": Side.MINE, "b": Side.MINE, "c": Side.THEIRS}]


@pytest.mark.parametrize(
    ("old", "new", "spans"),
    [
        ("by June, old", "by end of May, old", ((3, 13),)),
        ("abc", "abc", ()),
        ("a b c", "a c", ()),
        (None, "x", ()),
        ("a", "x" * 5000, ()),
        ("一二三四五", "一甲三乙五", ((1, 4),)),
        ("𠮷a", "𠮷b", ((2, 3),)),
    ],
)
def test_changed_places_are_found(old: str | None, new: str, spans: tuple[tuple[int, int], ...]) -> None:
    assert changed_spans(old, new) == spans


def unnamed(widget: QWidget) -> list[str]:
    kinds = (QAbstractButton, QAbstractItemView, QPlainTextEdit)
    found = []
    for child in widget.findChildren(QWidget):
        if isinstance(child, kinds) and not child.objectName().startswith("qt_"):
            face = QAccessible.queryAccessibleInterface(child)
            if not face.text(QAccessible.Text.Name):
                found.append(type(child).__name__)
    return found


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("specimen", SPECIMENS, ids=lambda one: one.name)
def test_everything_has_a_name(qtbot: QtBot, specimen: object, language: str) -> None:
    catalogue = load(language)
    widget = specimen.build(catalogue)  # type: ignore[attr-defined]
    qtbot.addWidget(widget)
    assert unnamed(widget) == []
    assert catalogue.has(specimen.title_key)  # type: ignore[attr-defined]
    for child in widget.findChildren(QPushButton):
        child.setText("")
        child.setAccessibleName("")
        child.setToolTip("")
    assert "QPushButton" in unnamed(widget)  # the check can fail

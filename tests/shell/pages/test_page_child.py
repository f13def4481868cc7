"""The child against hostile files: whatever happens there, here a fault arrives and the next document opens."""

from __future__ import annotations

import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from apps.shell.pages.channel import ChildChannel
from apps.shell.pages.document import PageDocument
from apps.shell.pages.fault import Cause, Fault
from apps.shell.pages.limits import Limits
from apps.shell.pages.requests import Draw, Lane
from apps.shell.pages.source import Region
from apps.shell.pages.tiles import preview_of
from tests.shell.pages import hostile_files
from tests.shell.ticks import TickRecorder

Open = Callable[..., PageDocument]


def fault_of(open_document: Open, path: Path) -> Cause:
    faults: list[Fault] = []
    open_document(path, faults=faults)
    return faults[0].cause


def draw(document: PageDocument, qtbot: QtBot, page: int, timeout: int = 15000) -> QImage | Fault:
    """Asks for a small picture and waits for it or the page's fault."""
    pictures: dict[int, QImage] = {}
    document.drawn.connect(lambda wish, picture: pictures.setdefault(wish.page, picture))
    document.want(Lane.NOW, [preview_of(*document.table.sizes[page], page, 0)])
    qtbot.waitUntil(lambda: page in pictures or document.table.fault(page) is not None, timeout=timeout)
    return document.table.fault(page) or pictures[page]


def pid_of(document: PageDocument) -> int:
    assert document.session is not None
    channel = document.session.channel
    assert isinstance(channel, ChildChannel)
    return channel.process_id


def test_a_missing_file_is_missing(open_document: Open, tmp_path: Path) -> None:
    assert fault_of(open_document, tmp_path / "none.pdf") is Cause.MISSING


def test_a_folder_is_no_document(open_document: Open, tmp_path: Path) -> None:
    assert fault_of(open_document, tmp_path) is Cause.MISSING


def test_garbage_is_of_no_known_kind(open_document: Open, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(bytes(range(256)) * 100)
    assert fault_of(open_document, path) is Cause.KIND


def test_garbage_behind_a_pdf_mark_is_damaged(open_document: Open, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.7\n" + bytes(range(256)) * 100)
    assert fault_of(open_document, path) is Cause.DAMAGED


def test_a_truncated_file_never_shows_wrong_pages(open_document: Open, tmp_path: Path) -> None:
    path = hostile_files.small_file(tmp_path / "a.pdf")
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    assert fault_of(open_document, path) in {Cause.DAMAGED, Cause.EMPTY}


def test_a_file_without_pages_says_so(open_document: Open, tmp_path: Path) -> None:
    assert fault_of(open_document, hostile_files.empty_file(tmp_path / "a.pdf")) is Cause.EMPTY


def test_a_protected_file_asks_refuses_and_opens(open_document: Open, tmp_path: Path, qtbot: QtBot) -> None:
    faults: list[Fault] = []
    document = open_document(hostile_files.encrypted_file(tmp_path / "a.pdf", "图书馆"), faults=faults)
    assert faults == [Fault(Cause.PASSWORD)]
    document.unlock("wrong")
    qtbot.waitUntil(lambda: len(faults) == 2)
    assert faults[1] == Fault(Cause.PASSWORD_WRONG)
    document.unlock("图书馆")
    qtbot.waitUntil(lambda: document.page_count == 2)


def test_a_page_of_a_billion_points_fails_alone(open_document: Open, tmp_path: Path, qtbot: QtBot) -> None:
    document = open_document(hostile_files.absurd_box_file(tmp_path / "a.pdf"))
    assert document.table.fault(1) == Fault(Cause.SIZE, 1)
    assert max(max(size) for size in document.table.sizes) < 1000
    assert isinstance(draw(document, qtbot, 2), QImage)


@pytest.mark.parametrize(
    "make", [hostile_files.cyclic_outline_file, lambda path: hostile_files.deep_outline_file(path, 5000)]
)
def test_an_endless_outline_ends(
    open_document: Open, tmp_path: Path, qtbot: QtBot, make: Callable[[Path], Path]
) -> None:
    document = open_document(make(tmp_path / "a.pdf"))
    qtbot.waitUntil(lambda: document.outline.complete)
    assert 1 <= len(document.outline.entries) <= 64


def test_a_hundred_thousand_bookmarks_arrive_without_a_stall(open_document: Open, tmp_path: Path, qtbot: QtBot) -> None:
    file = hostile_files.broad_outline_file(tmp_path / "a.pdf", 100_000)
    with TickRecorder() as ticks:
        document = open_document(file)
        qtbot.waitUntil(lambda: document.outline.complete, timeout=10000)
    assert (len(document.outline.entries), len(document.outline.shown)) == (100_000, 10_000)
    assert ticks.longest_busy < 0.1


def test_a_killed_child_comes_back_and_the_page_is_drawn(open_document: Open, tmp_path: Path, qtbot: QtBot) -> None:
    document = open_document(hostile_files.small_file(tmp_path / "a.pdf"))
    qtbot.waitUntil(lambda: document.session is not None and document.session.idle)
    before = pid_of(document)
    os.kill(before, signal.SIGKILL)
    with qtbot.waitSignal(document.restarted, timeout=5000):
        pass
    assert pid_of(document) != before
    assert isinstance(draw(document, qtbot, 1), QImage)


@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="needs POSIX signals")
def test_a_child_killed_while_drawing_faults_that_page_only(open_document: Open, tmp_path: Path, qtbot: QtBot) -> None:
    document = open_document(hostile_files.small_file(tmp_path / "a.pdf"))
    qtbot.waitUntil(lambda: document.session is not None and document.session.idle)
    os.kill(pid_of(document), signal.SIGSTOP)  # it cannot answer: page 1 is surely under way
    document.want(Lane.NOW, [preview_of(612, 792, 1, 0), preview_of(612, 792, 2, 0)])
    with qtbot.waitSignal(document.page_failed, timeout=5000):
        os.kill(pid_of(document), signal.SIGKILL)
    assert document.table.fault(1) == Fault(Cause.CRASH, 1)
    assert isinstance(draw(document, qtbot, 2), QImage)
    document.retry(1)
    assert isinstance(draw(document, qtbot, 1), QImage)


@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="needs POSIX signals")
def test_a_child_that_hangs_is_ended_by_the_clock(open_document: Open, tmp_path: Path, qtbot: QtBot) -> None:
    document = open_document(hostile_files.small_file(tmp_path / "a.pdf"), limits=Limits(request_seconds=0.3))
    qtbot.waitUntil(lambda: document.session is not None and document.session.idle)
    os.kill(pid_of(document), signal.SIGSTOP)
    fault = draw(document, qtbot, 0)
    assert fault == Fault(Cause.TIME, 0)
    assert isinstance(draw(document, qtbot, 1), QImage)


def test_a_page_too_complex_is_stopped_and_the_next_one_shown(
    open_document: Open, tmp_path: Path, qtbot: QtBot
) -> None:
    document = open_document(hostile_files.slow_file(tmp_path / "a.pdf"), limits=Limits(request_seconds=0.5))
    assert draw(document, qtbot, 0) == Fault(Cause.TIME, 0)
    assert isinstance(draw(document, qtbot, 1), QImage)


def test_a_child_that_dies_too_often_is_not_started_again(open_document: Open, tmp_path: Path, qtbot: QtBot) -> None:
    faults: list[Fault] = []
    path = hostile_files.small_file(tmp_path / "a.pdf")
    document = open_document(path, faults=faults, limits=Limits(restarts=1))
    qtbot.waitUntil(lambda: document.session is not None and document.session.idle)
    with qtbot.waitSignal(document.restarted, timeout=5000):
        os.kill(pid_of(document), signal.SIGKILL)
    with qtbot.waitSignal(document.failed, timeout=5000):
        os.kill(pid_of(document), signal.SIGKILL)
    assert faults == [Fault(Cause.GAVE_UP)]
    with qtbot.waitSignal(document.opened, timeout=5000):
        document.retry()


@pytest.mark.skipif(sys.platform != "linux", reason="the cap is a POSIX bound")
def test_a_page_that_needs_gigabytes_stays_within_the_cap(open_document: Open, tmp_path: Path, qtbot: QtBot) -> None:
    limit = 512 * 2**20
    document = open_document(hostile_files.hungry_file(tmp_path / "a.pdf"), limits=Limits(memory_bytes=limit))
    child = pid_of(document)
    peak = 0

    def settled() -> bool:
        nonlocal peak
        status = Path(f"/proc/{child}/status")
        if status.exists():
            lines = [line for line in status.read_text().splitlines() if line.startswith("VmHWM")]
            peak = max([peak, *(int(line.split()[1]) * 1024 for line in lines)])
        return document.table.fault(1) is not None

    document.want(Lane.NOW, [preview_of(612, 792, 1, 0)])
    qtbot.waitUntil(settled, timeout=15000)
    assert 0 < peak < limit  # without a cap it takes 1.4 GB and draws
    assert isinstance(draw(document, qtbot, 2), QImage)


def test_a_region_of_absurd_size_is_refused(open_document: Open, tmp_path: Path, qtbot: QtBot) -> None:
    document = open_document(hostile_files.small_file(tmp_path / "a.pdf"))
    with qtbot.waitSignal(document.page_failed, timeout=5000):
        document.want(Lane.NOW, [Draw(0, Region(0, 0, 100_000, 100_000, 1.0))])
    assert document.table.fault(0) == Fault(Cause.SIZE, 0)


def test_a_file_replaced_while_open_is_noticed(open_document: Open, tmp_path: Path, qtbot: QtBot) -> None:
    path = hostile_files.small_file(tmp_path / "a.pdf")
    document = open_document(path)
    other = hostile_files.small_file(tmp_path / "b.pdf", 7)
    with qtbot.waitSignal(document.changed_on_disk, timeout=5000):
        shutil.move(other, path)
        assert isinstance(draw(document, qtbot, 2), QImage)
    with qtbot.waitSignal(document.opened, timeout=5000):
        document.retry()
    assert document.page_count == 7


def test_a_file_cut_short_while_open_does_no_harm(open_document: Open, tmp_path: Path, qtbot: QtBot) -> None:
    path = hostile_files.small_file(tmp_path / "a.pdf")
    document = open_document(path)
    with path.open("r+b") as file:
        file.truncate(100)
    draw(document, qtbot, 2)
    assert document.session is not None and document.session.channel is not None


def test_frames_of_rotated_pages_arrive_with_their_crop_boxes(
    open_document: Open, tmp_path: Path, qtbot: QtBot
) -> None:
    boxes: list[tuple[list[float], list[float] | None, int]] = [
        ([0, 0, 612, 792], [50, 60, 500, 700], r) for r in (0, 90, 180, 270)
    ]
    document = open_document(hostile_files.boxed_file(tmp_path / "a.pdf", boxes))
    with qtbot.waitSignal(document.frames_ready, timeout=5000) as got:
        document.ask_frames(0, 4)
    frames = got.args[1]
    assert [frame.rotation for frame in frames] == [0, 90, 180, 270]
    assert [tuple(round(side) for side in frame.size) for frame in frames] == [(450, 640), (640, 450)] * 2
    assert [tuple(round(side) for side in size) for size in document.table.sizes] == [(450, 640), (640, 450)] * 2


def test_closing_ends_the_child(open_document: Open, tmp_path: Path) -> None:
    document = open_document(hostile_files.small_file(tmp_path / "a.pdf"))
    child = pid_of(document)
    document.close()
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)


def test_a_child_that_breaks_the_form_of_messages_is_not_heard() -> None:
    import io

    from apps.shell.pages import wire

    for data in (
        b"",
        b"\xff" * 8,
        b"\x00\x00\x00\x02\x00\x00\x00\x00[]",
        b"\x00\x00\x00\x05\x00\x00\x00\x00{bad}",
        b"\x00",
    ):
        with pytest.raises(wire.WireBroken):
            wire.read(io.BytesIO(data))

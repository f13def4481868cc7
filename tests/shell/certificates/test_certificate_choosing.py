"""Choosing, PINs and pulled tokens, without Qt."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from apps.shell.certificates.judge import Condition
from apps.shell.certificates.pin_use import PinUse, wipe
from apps.shell.certificates.presenter import CertificatePresenter
from apps.shell.certificates.state import Medium, PickerState, PinOutcome, Purpose, Stage
from apps.shell.certificates.wording import verdict_of
from apps.shell.tasks import ImmediateStarter, Lane
from core.errors import AppError, Cancelled
from signing.errors import KeyFileInvalid, WrongPin
from tests.shell.certificates.drawer import Drawer, certificate


class Queue:
    """A starter whose work waits until it is told to go on, as a busy lane does."""

    def __init__(self) -> None:
        self.waiting: list[tuple[Callable[[], None], Lane]] = []
        self.cancelled: list[bool] = []
        self.forgotten = 0

    def start(self, work, *, done, failed, progress=None, cancelled=None, lane=Lane.WORK):
        queue = self
        immediate = ImmediateStarter()

        def go() -> None:
            immediate.start(work, done=done, failed=failed, progress=progress, cancelled=cancelled, lane=lane)

        self.waiting.append((go, lane))

        class Held:
            running = True

            def cancel(self) -> None:
                queue.cancelled.append(True)

            def forget(self) -> None:
                queue.forgotten += 1

        return Held()

    def go(self) -> None:
        work, _lane = self.waiting.pop(0)
        work()


def desk(drawer: Drawer, starter=None, purpose: Purpose = Purpose.SIGNING):
    states: list[PickerState] = []
    presenter = CertificatePresenter(states.append, purpose, drawer.ports(starter or ImmediateStarter()))
    presenter.poll()
    return presenter, states


def condition(presenter: CertificatePresenter, name: str) -> Condition:
    choice = next(one for one in presenter.state.choices if one.id == name)
    return verdict_of(presenter.state, choice).condition


def test_the_only_usable_certificate_is_chosen_by_itself():
    presenter, _ = desk(Drawer(certificate("a", trusted=False), certificate("b")))
    assert presenter.state.chosen == "b"
    presenter, _ = desk(Drawer(certificate("a"), certificate("b")))
    assert presenter.state.chosen == ""


def test_the_right_pin_opens_and_is_zero_afterwards():
    drawer = Drawer(certificate("a"))
    presenter, _ = desk(drawer)
    pin = bytearray(b"123456")
    presenter.confirm(pin)
    assert drawer.accepted == ["a"]
    assert presenter.state.stage is Stage.DONE
    assert drawer.heard == [b"123456"]
    assert pin == bytearray(6)
    assert drawer.seen[0] is pin


def test_a_wrong_pin_costs_one_try_and_nothing_is_tried_again_by_itself():
    drawer = Drawer(certificate("a"))
    presenter, _ = desk(drawer)
    pin = bytearray(b"0000")
    presenter.confirm(pin)
    presenter.poll()
    presenter.poll()
    assert drawer.heard == [b"0000"]
    assert pin == bytearray(4)
    assert condition(presenter, "a") is Condition.WRONG_PIN
    assert presenter.state.choice is not None
    assert presenter.state.choice.tries_left == 2


def test_the_third_wrong_pin_locks_and_no_further_pin_reaches_the_key():
    drawer = Drawer(certificate("a"))
    presenter, _ = desk(drawer)
    for _ in range(5):
        presenter.confirm(bytearray(b"0000"))
        presenter.poll()
    assert len(drawer.heard) == 3
    assert condition(presenter, "a") is Condition.LOCKED
    last = bytearray(b"123456")
    presenter.confirm(last)
    assert len(drawer.heard) == 3
    assert last == bytearray(6)


def test_a_key_that_raises_wrong_pin_counts_as_refused():
    drawer = Drawer(certificate("a"))
    drawer.breaks = WrongPin(name="a")
    presenter, _ = desk(drawer)
    presenter.confirm(bytearray(b"1"))
    assert condition(presenter, "a") is Condition.WRONG_PIN


@pytest.mark.parametrize("fault", [KeyFileInvalid(reason="damaged"), RuntimeError("driver crashed"), AppError()])
def test_any_failure_zeroes_the_pin_and_stays_in_the_picker(fault: Exception):
    drawer = Drawer(certificate("a"))
    drawer.breaks = fault
    presenter, _ = desk(drawer)
    pin = bytearray(b"123456")
    presenter.confirm(pin)
    assert pin == bytearray(6)
    assert presenter.state.stage is Stage.CHOOSING
    assert presenter.state.trouble is not None
    assert b"123456" not in repr(presenter.state).encode()


def test_without_pin_where_one_is_needed_nothing_is_asked_of_the_key():
    drawer = Drawer(certificate("a"), certificate("file", needs_pin=False, medium=Medium.FILE))
    presenter, _ = desk(drawer)
    presenter.confirm(bytearray())
    presenter.choose("a")
    presenter.confirm(bytearray())
    assert drawer.heard == []
    drawer.pins["file"] = b""
    presenter.choose("file")
    presenter.confirm(bytearray())
    assert drawer.accepted == ["file"]


def test_a_pulled_token_is_shown_as_pulled_and_comes_back_where_it_was():
    drawer = Drawer(certificate("a"), certificate("b"))
    presenter, _ = desk(drawer)
    presenter.choose("a")
    turn = presenter.state.pin_turn
    kept = drawer.choices[0]
    drawer.pull("a")
    presenter.poll()
    assert [one.id for one in presenter.state.choices] == ["a", "b"]
    assert condition(presenter, "a") is Condition.PULLED
    assert presenter.state.pin_turn > turn
    assert not presenter.ready_for(6)
    drawer.choices.append(kept)
    presenter.poll()
    assert [one.id for one in presenter.state.choices] == ["a", "b"]
    assert condition(presenter, "a") is Condition.PIN_NEEDED
    assert presenter.state.chosen == "a"


def test_a_token_pulled_while_it_works_is_a_failure_in_words():
    drawer = Drawer(certificate("a"))
    drawer.during = lambda: drawer.pull("a")
    drawer.breaks = KeyFileInvalid(reason="removed")
    presenter, _ = desk(drawer)
    presenter.confirm(bytearray(b"123456"))
    presenter.poll()
    assert presenter.state.trouble is not None or condition(presenter, "a") is Condition.PULLED
    assert condition(presenter, "a") is Condition.PULLED


def test_a_source_that_fails_keeps_what_was_seen_and_recovers():
    drawer = Drawer(certificate("a"))
    presenter, _ = desk(drawer)
    drawer.trouble = KeyFileInvalid(reason="x")
    presenter.poll()
    assert presenter.state.source_trouble is not None
    assert len(presenter.state.choices) == 1
    drawer.trouble = None
    presenter.poll()
    assert presenter.state.source_trouble is None


def test_polling_the_same_facts_shows_nothing_new():
    drawer = Drawer(certificate("a"))
    presenter, states = desk(drawer)
    shown = len(states)
    for _ in range(5):
        presenter.poll()
    assert drawer.listed == 6
    assert len(states) == shown


def test_looks_and_work_go_through_the_token_lane_one_at_a_time():
    queue = Queue()
    drawer = Drawer(certificate("a"))
    presenter, _ = desk(drawer, queue)
    presenter.poll()
    assert [lane for _work, lane in queue.waiting] == [Lane.TOKEN]
    queue.go()
    presenter.confirm(bytearray(b"123456"))
    presenter.poll()
    assert len(queue.waiting) == 1
    assert presenter.state.stage is Stage.WORKING
    presenter.choose("a")
    queue.go()
    assert drawer.accepted == ["a"]


def test_closing_before_the_key_has_the_pin_zeroes_it_and_the_key_never_gets_it():
    queue = Queue()
    drawer = Drawer(certificate("a"))
    presenter, _ = desk(drawer, queue)
    queue.go()
    pin = bytearray(b"123456")
    presenter.confirm(pin)
    presenter.close()
    assert pin == bytearray(6)
    queue.go()
    assert drawer.heard == []


def test_closing_while_the_key_reads_does_not_spoil_the_pin_under_it():
    """Zeroed under the key's hands it would be a wrong PIN and cost a try."""
    pin = bytearray(b"123456")
    use = PinUse(pin)
    read: list[bytes] = []

    def key(secret: bytearray) -> PinOutcome | None:
        use.give_up()
        read.append(bytes(secret))
        return None

    use.run(key)
    assert read == [b"123456"]
    assert pin == bytearray(6)
    with pytest.raises(Cancelled):
        second = PinUse(bytearray(b"1"))
        second.give_up()
        second.run(key)


def test_after_closing_a_late_listing_changes_nothing():
    queue = Queue()
    drawer = Drawer(certificate("a"))
    presenter, states = desk(drawer, queue)
    presenter.close()
    assert queue.forgotten == 1
    presenter.poll()
    assert len(queue.waiting) == 1
    assert states == []


def test_wiping_keeps_the_length_and_leaves_no_digit():
    secret = bytearray("密码123".encode())
    length = len(secret)
    wipe(secret)
    assert secret == bytearray(length)

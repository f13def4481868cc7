"""Asks the source again and again, keeps what was pulled in sight, hands the PIN to the key and wipes it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from apps.shell.certificates.judge import judge
from apps.shell.certificates.pin_use import PinUse, wipe
from apps.shell.certificates.state import (
    CertificateChoice,
    CertificateSource,
    PickerState,
    PinOutcome,
    PinResult,
    Purpose,
    Stage,
    Trouble,
)
from apps.shell.screen import Presenter
from apps.shell.tasks import Handle, Lane, Starter
from core.ports.progress import JobContext
from signing.errors import CodedError, WrongPin

Unlock = Callable[[CertificateChoice, bytearray, JobContext], PinOutcome]


@dataclass(frozen=True, slots=True)
class PickerPorts:
    """``unlock`` runs on the TOKEN lane and must not keep the PIN: its bytes are zero once it has returned.

    ``accepted`` is told in the window's thread which certificate was opened.
    """

    source: CertificateSource
    starter: Starter
    now: Callable[[], datetime]
    unlock: Unlock
    accepted: Callable[[CertificateChoice], None]


class CertificatePresenter(Presenter[PickerState]):
    """One wrong PIN is one try: nothing is ever tried again by itself."""

    def __init__(self, show: Callable[[PickerState], None], purpose: Purpose, ports: PickerPorts) -> None:
        super().__init__(show, PickerState(purpose, ports.now()))
        self._ports = ports
        self._listing: Handle | None = None
        self._working: Handle | None = None
        self._use: PinUse | None = None
        self._open = True

    def poll(self) -> None:
        """Looks what is there; passed over while a look or the key's work is under way."""
        if self._listing is not None or self._working is not None or not self._open or self.state.stage is Stage.DONE:
            return
        answered: list[bool] = []

        def listed(found: tuple[CertificateChoice, ...]) -> None:
            answered.append(True)
            self._listing = None
            self._listed(found)

        def failed(error: CodedError) -> None:
            answered.append(True)
            self._listing = None
            self._show(replace(self.state, stage=_at_least_choosing(self.state.stage), source_trouble=_trouble(error)))

        handle = self._ports.starter.start(
            lambda _context: self._ports.source.list(), done=listed, failed=failed, lane=Lane.TOKEN
        )  # fmt: skip
        self._listing = None if answered else handle

    def choose(self, identity: str) -> None:
        """Chooses a certificate, usable or not: the view then says why not."""
        if self.state.stage is not Stage.CHOOSING or identity == self.state.chosen:
            return
        if any(choice.id == identity for choice in self.state.choices):
            self._show(replace(
                self.state, chosen=identity, wrong="", trouble=None, pin_turn=self.state.pin_turn + 1
            ))  # fmt: skip

    def confirm(self, pin: bytearray) -> None:
        """Hands the PIN to the key of the chosen certificate. Takes the bytearray over: it is zeroed in every case."""
        choice = self.state.choice
        if choice is None or not self.ready_for(len(pin)):
            wipe(pin)
            return
        self._show(replace(self.state, stage=Stage.WORKING, trouble=None, wrong="", pin_turn=self.state.pin_turn + 1))
        unlock, answered, use = self._ports.unlock, list[bool](), PinUse(pin)

        def ended() -> None:
            answered.append(True)
            self._working = self._use = None
            use.give_up()

        def done(outcome: PinOutcome) -> None:
            ended()
            self._answered(choice, outcome)

        def failed(error: CodedError) -> None:
            ended()
            self._failed(choice, error)

        def cancelled() -> None:
            ended()
            self._show(replace(self.state, stage=Stage.CHOOSING))

        self._use = use
        handle = self._ports.starter.start(
            lambda context: use.run(lambda secret: unlock(choice, secret, context)),
            done=done, failed=failed, cancelled=cancelled, lane=Lane.TOKEN,
        )  # fmt: skip
        self._working = None if answered else handle

    def ready_for(self, pin_length: int) -> bool:
        """Whether 'confirm' may be pressed with so many bytes of PIN in the field."""
        choice = self.state.choice
        if choice is None or self.state.stage is not Stage.CHOOSING:
            return False
        return judge(choice, self.state.purpose, self.state.now).usable and (pin_length > 0 or not choice.needs_pin)

    def cancel(self) -> None:
        """Stops the key's work, if there is any."""
        if self._working is not None:
            self._working.cancel()

    def close(self) -> None:
        """The picker is gone: nobody is called back any more. Work under way still wipes its PIN."""
        self._open = False
        for handle in (self._listing, self._working):
            if handle is not None:
                handle.cancel()
                handle.forget()
        if self._use is not None:
            self._use.give_up()
        self._listing = self._working = self._use = None

    def _listed(self, found: tuple[CertificateChoice, ...]) -> None:
        """Keeps the order of the first sight; what is no longer there stays, marked as pulled."""
        if self.state.stage is Stage.WORKING:
            return
        by_id = {choice.id: choice for choice in found}
        merged = [_known(old, by_id.pop(old.id, replace(old, present=False))) for old in self.state.choices]
        choices = (*merged, *by_id.values())
        state = replace(
            self.state, choices=choices, stage=Stage.CHOOSING, source_trouble=None, now=self._ports.now()
        )  # fmt: skip
        before, after = self.state.choice, state.choice
        if before is not None and after is not None and before.present and not after.present:
            state = replace(state, wrong="", trouble=None, pin_turn=state.pin_turn + 1)
        if not state.chosen:
            state = replace(state, chosen=_only_usable(state))
        if state != replace(self.state, now=state.now):
            self._show(state)

    def _answered(self, choice: CertificateChoice, outcome: PinOutcome) -> None:
        if outcome.result is PinResult.ACCEPTED:
            self._show(replace(self.state, stage=Stage.DONE))
            self._ports.accepted(choice)
            return
        locked = outcome.result is PinResult.LOCKED or outcome.tries_left == 0
        told = replace(choice, tries_left=outcome.tries_left, locked=locked)
        self._refused(choice, told)

    def _failed(self, choice: CertificateChoice, error: CodedError) -> None:
        if isinstance(error, WrongPin):
            self._refused(choice, choice)
        else:
            self._show(replace(self.state, stage=Stage.CHOOSING, trouble=_trouble(error)))

    def _refused(self, choice: CertificateChoice, told: CertificateChoice) -> None:
        choices = tuple(told if one.id == choice.id else one for one in self.state.choices)
        self._show(replace(self.state, stage=Stage.CHOOSING, choices=choices, wrong=choice.id))


def _known(old: CertificateChoice, new: CertificateChoice) -> CertificateChoice:
    """A source that does not count tries takes nothing away from what a refused PIN has told."""
    if not old.present or new.tries_left is not None:
        return new
    return replace(new, tries_left=old.tries_left, locked=new.locked or old.locked)


def _only_usable(state: PickerState) -> str:
    """The one certificate that can be used, where there is exactly one: nobody has to choose then."""
    usable = [choice.id for choice in state.choices if judge(choice, state.purpose, state.now).usable]
    return usable[0] if len(usable) == 1 else ""


def _trouble(error: CodedError) -> Trouble:
    return Trouble(error.code, tuple((name, str(value)) for name, value in error.params.items()))


def _at_least_choosing(stage: Stage) -> Stage:
    return Stage.CHOOSING if stage is Stage.LISTING else stage

"""The only composition root: which adapter stands behind which port. Programs, command line and tests all come here."""

from __future__ import annotations

import getpass
import os
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from importlib import metadata

from core.documents.renderer import TypstRenderer
from core.errors import PinNotGiven
from core.jobs.catalogue import JOBS
from core.jobs.registry import AnyJob
from core.messages import Catalogue
from core.ports.clock import Clock
from core.ports.inputs import KEY_LIMIT, read_input, require_within
from core.ports.keys import KeySource
from core.ports.services import Services
from core.settings import load_settings
from core.store.drafts import SqliteDraftStore
from core.sync.local_folder import new_platform, open_platform
from signing.api import Decrypter, Signer
from signing.providers.software import open_decrypter, open_signer

PIN_VARIABLE = "TENDERBOX_PIN"


class SystemClock:
    """The machine's own clock."""

    @property
    def source(self) -> str:
        """``system``."""
        return "system"

    def now(self) -> datetime:
        """The aware UTC time."""
        return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class FileKeys:
    """Keys in encrypted PKCS#8 files. The PIN comes from a file, the environment or ``ask``, never an argument."""

    ask: Callable[[str], str]

    def signer(self, source: KeySource) -> Signer:
        """See :class:`core.ports.keys.KeyProvider`."""
        _must_exist(source)
        return open_signer(source.certificate, source.key, self._pin(source))

    def decrypter(self, source: KeySource) -> Decrypter:
        """See :class:`core.ports.keys.KeyProvider`."""
        _must_exist(source)
        return open_decrypter(source.certificate, source.key, self._pin(source))

    def _pin(self, source: KeySource) -> bytes:
        if source.pin_file is not None:
            return read_input(source.pin_file, KEY_LIMIT).strip()
        from_environment = os.environ.get(PIN_VARIABLE)
        if from_environment is not None:
            return from_environment.encode()
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("error", getpass.GetPassWarning)  # it would show the PIN while it is typed
                return self.ask(source.key.name).encode()
        except (EOFError, getpass.GetPassWarning) as error:  # no terminal, or its input has ended
            raise PinNotGiven(key=source.key.name) from error


def build_services(catalogue: Catalogue, clock: Clock | None = None) -> Services:
    """The services of one run with the adapters of this machine."""
    keys = FileKeys(getpass.getpass)
    chosen, settings = clock or SystemClock(), load_settings()
    return Services(
        clock=chosen,
        keys=keys,
        drafts=SqliteDraftStore(chosen.now, settings.snapshots),
        renderer=TypstRenderer(settings.fonts),
        platform=partial(open_platform, clock=chosen, keys=keys),
        new_platform=new_platform,
        catalogue=catalogue,
        producer=producer(),
    )


def producer() -> str:
    """Name and version of this tool as artefacts state it."""
    return f"tenderbox {metadata.version('tenderbox')}"


def jobs() -> tuple[AnyJob, ...]:
    """Every job the programs offer."""
    return JOBS


def _must_exist(source: KeySource) -> None:
    for path in (source.certificate, source.key):
        require_within(path, KEY_LIMIT)

"""What the checks look at: narrow values, gathered once. No check reads options or the environment by itself."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from core.messages import Catalogue
from core.ports.clock import Clock
from core.ports.documents import DocumentRenderer
from core.ports.keys import KeyProvider, KeySource
from core.ports.services import Services
from core.settings import Settings, load_settings

PIN_VARIABLE = "TENDERBOX_PIN"  # see core.ports.keys.KeySource


@dataclass(frozen=True, slots=True)
class Screen:
    """The screen a window stands on, as the window system tells: logical size and device pixels for each of them."""

    width: int
    height: int
    ratio: float
    name: str = ""


@dataclass(frozen=True, slots=True)
class Inputs:
    """What is known before the checks begin. ``key`` without PIN is looked at but not opened."""

    clock: Clock
    keys: KeyProvider
    renderer: DocumentRenderer
    catalogue: Catalogue
    producer: str
    settings: Settings
    environment: Mapping[str, str]
    home: Path
    work_folder: Path
    key: KeySource | None = None
    trust: Path | None = None
    platform: str = ""  # an address (http, https) or a folder
    receipt: Path | None = None
    project_bytes: int = 0
    screen: Screen | None = None
    log_folder: Path | None = None  # None: the programs' own
    token_modules: tuple[Path, ...] = field(default=())  # further PKCS#11 or SKF libraries to look at

    @property
    def has_pin(self) -> bool:
        """Whether a PIN stands somewhere, so that nobody has to be asked for one."""
        return self.key is not None and (self.key.pin_file is not None or PIN_VARIABLE in self.environment)


def plain_inputs(services: Services, work_folder: Path, environment: Mapping[str, str] | None = None) -> Inputs:
    """The inputs of a run without key, platform and project; use :func:`dataclasses.replace` for more."""
    return Inputs(
        clock=services.clock,
        keys=services.keys,
        renderer=services.renderer,
        catalogue=services.catalogue,
        producer=services.producer,
        settings=load_settings(environment),
        environment=dict(os.environ if environment is None else environment),
        home=Path.home(),
        work_folder=work_folder,
    )

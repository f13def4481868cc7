"""Making and opening a platform folder: a small file names certificate, key, PIN file and trust list."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from core.errors import DataInvalid, FileExists, FileMissing
from core.ports.clock import Clock
from core.ports.files import atomic_write
from core.ports.inputs import FORM_LIMIT, read_input
from core.ports.keys import KeyProvider, KeySource
from core.sync.local_platform import LocalPlatform, PlatformIdentity
from core.values.codec import from_plain, to_plain
from signing.x509.trust import parse_trust

CONFIGURATION = "platform.json"


@dataclass(frozen=True, slots=True)
class PlatformConfiguration:
    """What ``platform.json`` says; paths are absolute or relative to the folder."""

    version: int
    name: str
    certificate: str
    key: str
    pin_file: str
    trust: str


def open_platform(data: Path, *, clock: Clock, keys: KeyProvider) -> LocalPlatform:
    """The platform of an existing folder; raises FileMissing, DataInvalid or what opening its key raises."""
    file = data / CONFIGURATION
    if not file.is_file():
        raise FileMissing(path=file)
    try:
        configuration = from_plain(PlatformConfiguration, json.loads(read_input(file, FORM_LIMIT).decode("utf-8")))
    except (ValueError, RecursionError) as error:
        raise DataInvalid(where=CONFIGURATION, reason=str(error)) from error
    trust_file = data / configuration.trust
    if not trust_file.is_file():
        raise FileMissing(path=trust_file)
    source = KeySource(
        data / configuration.certificate,
        data / configuration.key,
        data / configuration.pin_file if configuration.pin_file else None,
    )
    identity = PlatformIdentity(
        configuration.name, keys.signer(source), parse_trust(read_input(trust_file, FORM_LIMIT))
    )
    return LocalPlatform(data, identity, clock)


def new_platform(data: Path, name: str, source: KeySource, trust: Path) -> None:
    """Makes the folder of a new platform; raises FileExists where there is one already."""
    data.mkdir(parents=True, exist_ok=True)
    file = data / CONFIGURATION
    if file.exists():
        raise FileExists(path=file)
    configuration = PlatformConfiguration(
        version=0,
        name=name,
        certificate=str(source.certificate.resolve()),
        key=str(source.key.resolve()),
        pin_file=str(source.pin_file.resolve()) if source.pin_file else "",
        trust=str(trust.resolve()),
    )
    atomic_write(file, json.dumps(to_plain(configuration), ensure_ascii=False, indent=1).encode("utf-8"))

"""A trading platform in a folder: making it and publishing a tender on it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from core.errors import FileExists
from core.ports.files import atomic_write
from core.ports.keys import KeySource
from core.ports.progress import JobContext
from core.ports.services import Services


@dataclass(frozen=True, slots=True)
class InitPlatform:
    """A new platform folder run by the centre of this certificate."""

    data: Path
    name: str
    cert: Path
    key: Path
    trust: Path
    pin_file: Path | None = None


@dataclass(frozen=True, slots=True)
class InitialisedPlatform:
    """The folder made."""

    path: str
    name: str


@dataclass(frozen=True, slots=True)
class PublishTender:
    """Publishes a package; the signed answer is kept at ``out``."""

    tender: Path
    platform: Path
    out: Path


@dataclass(frozen=True, slots=True)
class PublishedTender:
    """The answer kept."""

    receipt: str


def init_platform(request: InitPlatform, services: Services, context: JobContext) -> InitialisedPlatform:
    """Makes the folder, or nothing."""
    context.raise_if_cancelled()
    source = KeySource(request.cert, request.key, request.pin_file)
    services.keys.signer(source)  # a wrong PIN is told now, not at the first bid
    services.new_platform(request.data, request.name, source, request.trust)
    return InitialisedPlatform(str(request.data), request.name)


def publish_tender(request: PublishTender, services: Services, context: JobContext) -> PublishedTender:
    """Publishes the package on the platform; nothing is published where the answer could not be kept."""
    context.raise_if_cancelled()
    if request.out.exists():
        raise FileExists(path=request.out)
    answer = services.platform(request.platform).publish(request.tender)
    atomic_write(request.out, answer.package)
    return PublishedTender(str(request.out))

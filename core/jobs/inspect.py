"""What an artefact is and says in the clear, without deciding whether it may be trusted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from core.errors import UsageError
from core.formats.package import kind_of, read_package
from core.ports.progress import JobContext
from core.ports.services import Services
from signing.cms.digest import sm3_file
from signing.envelope.reader import SealedFile
from signing.policy.tree import describe


@dataclass(frozen=True, slots=True)
class InspectFile:
    """The artefact to look at."""

    file: Path = field(metadata={"positional": True})


@dataclass(frozen=True, slots=True)
class InspectedPart:
    """A member of a package or a part of a sealed container; lengths in bytes, of sealed parts padded."""

    name: str
    role: str
    length: int


@dataclass(frozen=True, slots=True)
class Inspection:
    """The clear facts of a file; nothing here is verified."""

    path: str
    kind: str
    version: int
    sm3: str
    size: int
    facts: Mapping[str, str]
    parts: tuple[InspectedPart, ...]


def inspect_file(request: InspectFile, services: Services, context: JobContext) -> Inspection:
    """Raises PackageInvalid or ContainerInvalid for a file that is no canonical instance of its type."""
    del services
    context.raise_if_cancelled()
    path = request.file
    kind = kind_of(path)
    if kind is not None:
        package = read_package(path, kind)
        parts = tuple(InspectedPart(item.path, item.role, item.length) for item in package.manifest.members)
        facts = {
            **package.manifest.subject,
            "manifest_sm3": package.manifest_sm3,
            "created_at": package.manifest.created_at.isoformat(),
            "time_source": package.manifest.time_source,
        }
    elif path.suffix.lower() in {".tbt", ".tbo", ".tbh"}:
        sealed = SealedFile.open(path)
        parts = tuple(InspectedPart(part.id, part.kind, part.padded_length) for part in sealed.header.parts)
        policies = {f"policy {stage.id}": describe(stage.policy) for stage in sealed.header.stages}
        facts = {**sealed.header.context, **policies, "sealed_at": sealed.header.sealed_at.isoformat()}
        kind = sealed.header.kind
    else:
        raise UsageError(detail=path.name)
    return Inspection(str(path), kind, 0, sm3_file(path), path.stat().st_size, facts, parts)

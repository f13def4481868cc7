"""The rehearsal after sealing: the file read back from disk and opened as it will be at the opening, as far as one can.

The sealer's own share is unwrapped with the real key (and with the key of each backup certificate), the others' come
from memory, every part is decrypted and compared with its original. Wraps to others cannot be opened here: only their
recipients, structure and commitment are checked, and the report says so for each.
Source: docs/spec/sealed-bid.md; the rule "nobody loses a bid to a key".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO, cast

from signing.api import Decrypter
from signing.envelope.header import StageHeader
from signing.envelope.keys import StageKey
from signing.envelope.opening import Opening
from signing.envelope.reader import Progress, SealedFile
from signing.envelope.release import check_opening, content_key, open_leaf
from signing.envelope.source import PartSource
from signing.errors import CodedError, ContainerInvalid
from signing.policy.tree import SharesInconsistent, join_every
from signing.x509.certificate import parse


class How(StrEnum):
    """How far a thing could be checked; the key of its sentence is ``container.rehearsal.<value>``."""

    REAL_KEY = "real_key"  # unwrapped with the key that will be used at the opening
    STRUCTURE = "structure"  # somebody else's wrap: recipients, structure and commitment only
    MEMORY = "memory"  # the share itself, as kept in memory: it fits its commitment
    EVERY_SET = "every_set"  # every set of holders the policy allows gets the same key
    READ_BACK = "read_back"  # decrypted from disk and compared with the original
    INTEGRITY = "integrity"  # all chunks, index, trailer and signature, without keys


@dataclass(frozen=True, slots=True)
class RehearsalCheck:
    """One thing checked. ``fault`` is empty where it held, else an error code or a key below container.rehearsal."""

    how: How
    stage: str = ""
    holder: str = ""
    part: str = ""
    length: int = 0  # bytes compared
    certificate: str = ""  # SM3 of the certificate whose key was used
    fault: str = ""
    params: Mapping[str, str] = field(default_factory=dict)  # of the fault's sentence

    def sentence(self) -> tuple[str, dict[str, str]]:
        """Key and parameters of the sentence that says what was checked, or what failed."""
        own = {"stage": self.stage, "holder": self.holder, "part": self.part, "length": str(self.length)}
        return self.fault or f"container.rehearsal.{self.how.value}", {**own, **self.params}


@dataclass(frozen=True, slots=True)
class RehearsalReport:
    """All that was checked, in order; what is not listed was not checked."""

    checks: tuple[RehearsalCheck, ...]

    @property
    def passed(self) -> bool:
        """Whether nothing failed: every stage opened with a real key, and every part compared."""
        return not self.faults

    @property
    def faults(self) -> tuple[RehearsalCheck, ...]:
        """The checks that failed."""
        return tuple(check for check in self.checks if check.fault)


def rehearse(
    path: Path,
    kept_openings: Mapping[str, Sequence[Opening]],
    own_decrypters: Mapping[int, Decrypter],
    originals: Sequence[PartSource],
    *,
    backups: Sequence[Decrypter] = (),
    on_progress: Progress = lambda _done, _total: None,
) -> RehearsalReport:
    """Reads the sealed file back; faults are in the report, nothing is written.

    ``own_decrypters`` are real keys by leaf index; each must open that leaf in every stage, and there must be one.
    ``backups`` are further real keys, matched by certificate, which must be a recipient in every stage as well.
    Progress covers the file twice: integrity, then parts.
    """
    try:
        sealed = SealedFile.open(path)
        sealed.verify_integrity(lambda done, total: on_progress(done, 2 * total))
    except (CodedError, OSError) as error:
        return RehearsalReport((_failed(RehearsalCheck(How.INTEGRITY), error),))
    checks = [RehearsalCheck(How.INTEGRITY, length=sealed.size)]
    keys: dict[str, StageKey] = {}
    for stage in sealed.header.stages:
        unwrapped, openings = _unwrap_own(sealed, stage, own_decrypters, backups)
        others, kept = _check_others(sealed, stage, openings, kept_openings.get(stage.id, ()))
        joined, key = _join(sealed, stage, {**kept, **openings})
        checks += [*unwrapped, *others, joined]
        if key is not None:
            keys[stage.id] = key
    checks += _compare_parts(sealed, keys, originals, on_progress)
    return RehearsalReport(tuple(checks))


def _unwrap_own(
    sealed: SealedFile, stage: StageHeader, own: Mapping[int, Decrypter], backups: Sequence[Decrypter]
) -> tuple[list[RehearsalCheck], dict[int, Opening]]:
    """Every real key on its leaf; openings by leaf index."""
    holders = stage.leaves
    pairs: list[tuple[int, Decrypter]] = list(own.items())
    for backup in backups:
        mine = [index for index, leaf in enumerate(holders) if backup.certificate() in leaf.certificates]
        pairs += [(index, backup) for index in mine or [-1]]
    checks, openings = [], {}
    for index, decrypter in pairs:
        check, opening = _unwrap(sealed, stage, index, decrypter)
        checks.append(check)
        if opening is not None:
            openings[index] = opening
    if not pairs:
        checks.append(RehearsalCheck(How.REAL_KEY, stage.id, fault="container.rehearsal.no_key"))
    return checks, openings


def _unwrap(
    sealed: SealedFile, stage: StageHeader, index: int, decrypter: Decrypter
) -> tuple[RehearsalCheck, Opening | None]:
    certificate = decrypter.certificate()
    check = RehearsalCheck(How.REAL_KEY, stage.id, certificate=parse(certificate).sm3)
    if not 0 <= index < len(stage.leaves) or certificate not in stage.leaves[index].certificates:
        return replace(check, fault="container.rehearsal.not_recipient"), None
    check = replace(check, holder=stage.leaves[index].holder)
    try:
        return check, open_leaf(sealed.header, stage.id, index, decrypter)
    except CodedError as error:
        return _failed(check, error), None


def _check_others(
    sealed: SealedFile, stage: StageHeader, own: Mapping[int, Opening], kept: Sequence[Opening]
) -> tuple[list[RehearsalCheck], dict[int, Opening]]:
    """The leaves no real key is here for: recipients and structure passed the reader, the share is from memory."""
    checks, openings = [], {opening.leaf: opening for opening in kept}
    for index, leaf in enumerate(stage.leaves):
        if index in own:
            continue
        checks.append(RehearsalCheck(How.STRUCTURE, stage.id, leaf.holder))
        check = RehearsalCheck(How.MEMORY, stage.id, leaf.holder)
        try:
            check_opening(sealed.header, stage.id, openings[index])
        except KeyError:
            check = replace(check, fault="container.rehearsal.no_share")
        except CodedError as error:
            check = _failed(check, error)
        checks.append(check)
    return checks, openings


def _join(
    sealed: SealedFile, stage: StageHeader, openings: Mapping[int, Opening]
) -> tuple[RehearsalCheck, StageKey | None]:
    check = RehearsalCheck(How.EVERY_SET, stage.id)
    try:
        key = content_key(sealed.header, stage.id, openings.values())
        shares = [openings[index].share for index in range(len(stage.leaves))]
        same = join_every(stage.policy, shares) == key.secret
    except (CodedError, KeyError, SharesInconsistent) as error:
        return _failed(check, error), None
    return (check, key) if same else (replace(check, fault="container.rehearsal.dealt_wrongly"), None)


def _compare_parts(
    sealed: SealedFile, keys: Mapping[str, StageKey], originals: Sequence[PartSource], on_progress: Progress
) -> list[RehearsalCheck]:
    sources = {source.id: source for source in originals}
    total = sealed.layout.plain_total
    done, checks = total, []
    for part in sealed.header.parts:
        check = RehearsalCheck(How.READ_BACK, part.stage, part=part.id)
        if part.stage not in keys:
            check = replace(check, fault="container.rehearsal.no_key")
        elif part.id not in sources:
            check = replace(check, fault="container.rehearsal.no_original")
        else:
            check = _compare(sealed, keys[part.stage], sources[part.id], check)
        checks.append(check)
        done += part.padded_length
        on_progress(done, 2 * total)
    return checks


def _compare(sealed: SealedFile, key: StageKey, source: PartSource, check: RehearsalCheck) -> RehearsalCheck:
    try:
        with source.open() as original:
            sink = _Comparison(original)
            length = sealed.read_part(key, source.id, cast("BinaryIO", sink))
            same = sink.same and not original.read(1)
    except (CodedError, OSError) as error:
        return _failed(check, error)
    return replace(check, length=length, fault="" if same else "container.rehearsal.differs")


class _Comparison:
    """A sink that keeps nothing and compares with the original."""

    def __init__(self, original: BinaryIO) -> None:
        self.same = True
        self._original = original

    def write(self, data: bytes | memoryview) -> int:
        self.same = self.same and self._original.read(len(data)) == data
        return len(data)


def _failed(check: RehearsalCheck, error: Exception) -> RehearsalCheck:
    """The check with the message key of an error and its parameters."""
    if isinstance(error, ContainerInvalid):
        key = f"container.{error.params['layer']}.{error.params['reason']}"
        return replace(check, fault=key, params=error.params)
    if isinstance(error, CodedError):
        return replace(check, fault=error.code, params=error.params)
    names = {SharesInconsistent: "dealt_wrongly", KeyError: "no_share"}
    return replace(check, fault=f"container.rehearsal.{names.get(type(error), 'no_file')}")

"""Finding paths from a certificate to a trusted root: at most 8 candidates, trusted issuers first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import islice

from signing.errors import SignatureInvalid
from signing.gm import sm2
from signing.x509.certificate import Certificate
from signing.x509.limits import PATH_CANDIDATES, PATH_LENGTH


class End(Enum):
    """How a candidate path ends."""

    TRUSTED = "trusted"  # the last certificate is a trusted root
    UNKNOWN = "unknown"  # no issuer of the last certificate is at hand
    BROKEN = "broken"  # the last but one names the last as its issuer by key identifier, but its signature differs
    TOO_LONG = "too long"


@dataclass(frozen=True, slots=True)
class Candidate:
    """Certificates from the leaf upwards, each signed by the next (but the last link of a broken one)."""

    certificates: tuple[Certificate, ...]
    end: End


def candidate_paths(
    leaf: Certificate, extra: Sequence[Certificate], roots: Mapping[str, Certificate]
) -> tuple[Candidate, ...]:
    """Up to 8 candidates. ``roots`` by the SM3 of their encoding; ``extra`` is what the artefact brought along."""
    others = [one for one in extra if one.sm3 not in roots]
    return tuple(islice(_search((leaf,), [*roots.values(), *others], roots), PATH_CANDIDATES))


def is_signed_by(signed_part: bytes, signature: bytes, issuer: Certificate) -> bool:
    """Whether the issuer's key made this signature."""
    try:
        sm2.verify(issuer.public_key, signed_part, signature)
    except SignatureInvalid:
        return False
    return True


def key_ids_agree(named: bytes | None, actual: bytes | None) -> bool:
    """Whether an authority key identifier may mean this subject key identifier; an absent one means any."""
    return named is None or actual is None or named == actual


def _search(
    path: tuple[Certificate, ...], pool: Sequence[Certificate], roots: Mapping[str, Certificate]
) -> Iterator[Candidate]:
    last = path[-1]
    if last.sm3 in roots:
        yield Candidate(path, End.TRUSTED)
        return
    if len(path) >= PATH_LENGTH:
        yield Candidate(path, End.TOO_LONG)
        return
    used, extended = {one.sm3 for one in path}, False
    for issuer in pool:
        if issuer.sm3 in used or issuer.subject_der != last.issuer_der:
            continue
        if not key_ids_agree(last.authority_key_id, issuer.subject_key_id):
            continue
        if is_signed_by(last.signed_part, last.signature, issuer):
            extended = True
            yield from _search((*path, issuer), pool, roots)
        elif last.authority_key_id is not None and issuer.subject_key_id is not None:
            extended = True
            yield Candidate((*path, issuer), End.BROKEN)
    if not extended:
        yield Candidate(path, End.UNKNOWN)

"""Check characters of 统一社会信用代码 (GB 32100) and of the organisation code inside it (GB 11714).

The algorithms are the published ones of both standards; the texts of the standards themselves were not read here.
"""

from __future__ import annotations

from core.errors import DataInvalid

CREDIT_CODE_LENGTH = 18
_CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # without I, O, S, V, Z
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_ORGANISATION_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def credit_code_valid(code: str) -> bool:
    """Whether ``code`` has 18 characters of the alphabet and the right check character at the end."""
    if len(code) != CREDIT_CODE_LENGTH or any(character not in _CREDIT_ALPHABET for character in code):
        return False
    return make_credit_code(code[:-1]) == code


def make_credit_code(body17: str) -> str:
    """The 18 characters of a credit code from its first 17; raises :class:`DataInvalid` for a foreign character."""
    if len(body17) != CREDIT_CODE_LENGTH - 1 or any(character not in _CREDIT_ALPHABET for character in body17):
        raise DataInvalid(where="credit_code", reason=body17[:20])
    total = sum(_CREDIT_ALPHABET.index(character) * pow(3, place, 31) for place, character in enumerate(body17))
    return body17 + _CREDIT_ALPHABET[-total % 31]


def organisation_check(body8: str) -> str:
    """The check character of an organisation code from its 8 characters: a digit or ``X``."""
    if len(body8) != 8 or any(character not in _ORGANISATION_ALPHABET for character in body8):
        raise DataInvalid(where="organisation_code", reason=body8[:20])
    total = sum(
        _ORGANISATION_ALPHABET.index(character) * weight
        for character, weight in zip(body8, _ORGANISATION_WEIGHTS, strict=True)
    )
    return "0123456789X0"[11 - total % 11]


def organisation_part_valid(code: str) -> bool:
    """Whether characters 9 to 17 of a credit code are an organisation code with the right check character."""
    if len(code) != CREDIT_CODE_LENGTH or any(character not in _ORGANISATION_ALPHABET for character in code[8:16]):
        return False
    return organisation_check(code[8:16]) == code[16]


def make_firm_code(organisation8: str, *, kind: str = "91", division: str = "999999") -> str:
    """A whole credit code with both check characters right; the division 999999 exists nowhere (invented firms)."""
    return make_credit_code(kind + division + organisation8 + organisation_check(organisation8))

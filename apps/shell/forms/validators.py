"""Judges of codes: functions from an entry to the code in its one spelling, or to the reason it is none."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType

from apps.shell.forms.faults import Fault, fault
from apps.shell.forms.marks import plain
from core.values.codes import CREDIT_CODE_LENGTH, credit_code_valid, organisation_part_valid

Validator = Callable[[str], str | Fault]

_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECK = "10X98765432"
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_LANDLINE = re.compile(r"(0[1-9][0-9]{1,2})-?([2-9][0-9]{6,7})(?:-([0-9]{1,6}))?")
_E_MAIL = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}"
    r"@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,24}"
)


def credit_code(typed: str) -> str | Fault:
    """A 统一社会信用代码 in capitals, with both check characters right."""
    code = _bare(typed).upper()
    if len(code) != CREDIT_CODE_LENGTH:
        return fault("code_length", wanted=str(CREDIT_CODE_LENGTH), found=str(len(code)))
    foreign = _first_foreign(code, "0123456789ABCDEFGHJKLMNPQRTUWXY")
    if foreign:
        return fault("code_character", place=foreign[0], character=foreign[1])
    if not credit_code_valid(code):
        return fault("code_check")
    if not organisation_part_valid(code):
        return fault("code_check_organisation")
    return code


def resident_id(typed: str) -> str | Fault:
    """An 18-character 居民身份证号码 (GB 11643): digits, a day of birth that exists, the check character."""
    code = _bare(typed).upper()
    if len(code) != 18:
        return fault("code_length", wanted="18", found=str(len(code)))
    foreign = _first_foreign(code[:17], "0123456789")
    if foreign or code[17] not in _ID_CHECK:
        place, character = foreign or ("18", code[17])
        return fault("code_character", place=place, character=character)
    try:
        born = date(int(code[6:10]), int(code[10:12]), int(code[12:14]))
    except ValueError:
        return fault("id_birth", found=code[6:14])
    if born.year < 1850:
        return fault("id_birth", found=code[6:14])
    total = sum(int(digit) * weight for digit, weight in zip(code, _ID_WEIGHTS, strict=False))
    return code if _ID_CHECK[total % 11] == code[17] else fault("id_check")


def phone(typed: str) -> str | Fault:
    """A mobile number of the mainland or a landline with area code (``010-12345678-801``)."""
    code = re.sub(r"[ ()]", "", plain(typed)).removeprefix("+86").removeprefix("-")
    if _MOBILE.fullmatch(code.replace("-", "")):
        return code.replace("-", "")
    found = _LANDLINE.fullmatch(code)
    if found is None:
        return fault("phone")
    return "-".join(part for part in found.groups() if part)


def mobile(typed: str) -> str | Fault:
    """A mobile number of the mainland: 11 figures."""
    code = _bare(typed).removeprefix("+86")
    if not code.isdecimal() or len(code) != 11:
        return fault("mobile_length", found=str(len(code)))
    return code if _MOBILE.fullmatch(code) else fault("mobile_head", head=code[:2])


def e_mail(typed: str) -> str | Fault:
    """An e-mail address of the usual shape; the part after @ in small letters."""
    code = plain(typed)
    if len(code) > 254 or not _E_MAIL.fullmatch(code) or ".." in code or code.startswith(".") or ".@" in code:
        return fault("e_mail_at" if code.count("@") != 1 else "e_mail")
    name, _, host = code.rpartition("@")
    return f"{name}@{host.lower()}"


def postal_code(typed: str) -> str | Fault:
    """A postal code of the mainland: 6 figures."""
    code = _bare(typed)
    return code if re.fullmatch(r"[0-9]{6}", code) else fault("code_length", wanted="6", found=str(len(code)))


def standard_validators() -> Mapping[str, Validator]:
    """The judges this shell has, by name; a program may add its own with ``{**standard_validators(), …}``."""
    return MappingProxyType({
        "credit_code": credit_code,
        "resident_id": resident_id,
        "phone": phone,
        "mobile": mobile,
        "e_mail": e_mail,
        "postal_code": postal_code,
    })  # fmt: skip


def _bare(typed: str) -> str:
    return re.sub(r"[\s\-]", "", plain(typed))


def _first_foreign(code: str, alphabet: str) -> tuple[str, str] | None:
    for place, character in enumerate(code, 1):
        if character not in alphabet:
            return str(place), character
    return None

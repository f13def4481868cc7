"""Codes with check characters, telephones, addresses: taken in one spelling or refused with a reason."""

from __future__ import annotations

import pytest

from apps.shell.forms.faults import Fault
from apps.shell.forms.validators import credit_code, e_mail, mobile, phone, postal_code, resident_id
from core.messages import load
from core.values.codes import make_credit_code, make_firm_code

FIRM = make_firm_code("MA0BCDEF")


def reason(found: str | Fault) -> str:
    assert isinstance(found, Fault), found
    return found.code.removeprefix("shell.forms.fault.")


def test_a_credit_code_is_taken_in_small_letters_full_width_and_with_blanks() -> None:
    assert credit_code(FIRM.lower()) == FIRM
    assert credit_code(f" {FIRM[:4]} {FIRM[4:10]} {FIRM[10:]} ") == FIRM
    assert credit_code("".join(chr(ord(each) + 0xFEE0) for each in FIRM)) == FIRM


def test_every_single_wrong_character_of_a_credit_code_is_found() -> None:
    for place in range(18):
        for other in "0123456789ABCDEFGHJKLMNPQRTUWXY":
            wrong = FIRM[:place] + other + FIRM[place + 1 :]
            assert (credit_code(wrong) == FIRM) is (wrong == FIRM)


def test_a_credit_code_says_which_character_cannot_stand_there() -> None:
    found = credit_code("I" + FIRM[1:])
    assert isinstance(found, Fault)
    assert found.text(load("zh_CN")) == "第 1 位“I”不能用在这里，请核对。"
    assert reason(credit_code(FIRM[:-1])) == "code_length"


def test_the_check_character_of_the_organisation_inside_is_judged_too() -> None:
    inner = "0" if FIRM[16] != "0" else "1"
    assert reason(credit_code(make_credit_code(FIRM[:16] + inner))) == "code_check_organisation"


def test_an_identity_number_needs_a_day_of_birth_and_its_check_character() -> None:
    assert resident_id("11010519491231002x") == "11010519491231002X"
    assert reason(resident_id("110105194912310021")) == "id_check"
    assert reason(resident_id("11010519491331002X")) == "id_birth"
    assert reason(resident_id("1101051949")) == "code_length"
    assert reason(resident_id("1101051949123100AX")) == "code_character"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("13800138000", "13800138000"),
        ("+86 138 0013 8000", "13800138000"),
        ("138-0013-8000", "13800138000"),
        ("010-62345678", "010-62345678"),
        ("(0512) 62345678-801", "0512-62345678-801"),
        ("０１０－６２３４５６７８", "010-62345678"),
    ],
)
def test_a_telephone_number_is_taken_in_usual_spellings(typed: str, kept: str) -> None:
    assert phone(typed) == kept
    assert phone(kept) == kept


@pytest.mark.parametrize("typed", ["12345", "62345678", "0000-12345678", "1380013800", "abc"])
def test_what_is_no_telephone_number_is_refused(typed: str) -> None:
    assert reason(phone(typed)) == "phone"


def test_a_mobile_number_says_length_or_head() -> None:
    assert mobile("13800138000") == "13800138000"
    assert reason(mobile("1380013800")) == "mobile_length"
    assert reason(mobile("12800138000")) == "mobile_head"


def test_an_e_mail_address_keeps_its_name_and_lowers_its_host() -> None:
    assert e_mail("Li.Ming@Example.COM") == "Li.Ming@example.com"
    assert reason(e_mail("reader.example.com")) == "e_mail_at"
    assert reason(e_mail("a..b@example.com")) == "e_mail"
    assert reason(e_mail("a@" + "b" * 300 + ".com")) == "e_mail"


def test_a_postal_code_has_six_figures() -> None:
    assert postal_code("１０００８４") == "100084"
    assert reason(postal_code("10008")) == "code_length"

from __future__ import annotations

import pytest

from core.messages import load
from core.tender.host import host_words
from tests.procedure_world import tender


@pytest.mark.parametrize("role", ["tenderer", "agency", "centre"])
def test_the_host_is_named_with_his_code(role: str) -> None:
    party = getattr(tender(), role)
    words = host_words(tender(), f"{role}:{party.credit_code}", load("zh_CN"))
    assert words == f"{party.name}（{party.credit_code}）"


@pytest.mark.parametrize("member", ["", "host", "agency", "agency:0", "bidder:91"])
def test_nobody_is_named_who_is_no_party_of_the_tender(member: str) -> None:
    assert host_words(tender(), member, load("zh_CN")) == member


def test_a_code_under_another_role_is_not_that_party() -> None:
    member = f"centre:{tender().agency.credit_code}"
    assert host_words(tender(), member, load("zh_CN")) == member

"""Trust lists: read back as written, strict about every field, PEM roots for every role."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signing import canonical_json
from signing.errors import TrustInvalid
from signing.gm import der, sm2
from signing.x509.certificate import dump_pem, parse
from signing.x509.trust import ROLES, dump_trust, parse_trust, trust_root
from tests.pki import Pki, make_pki, shared_pki
from tests.signing.crafted import signed


@pytest.fixture(scope="module")
def pki() -> Pki:
    return shared_pki()


def test_list_is_read_back_as_written_in_both_spellings(pki: Pki) -> None:
    trust = pki.trust_with([pki.crl()])
    assert parse_trust(dump_trust(trust)) == trust
    assert parse_trust(canonical_json.encode(json.loads(dump_trust(trust)))) == trust
    assert parse_trust(dump_trust(trust_root(pki.root.certificate, "某根"))).roots[0].name == "某根"


def test_pem_roots_give_every_role(pki: Pki) -> None:
    other = make_pki()
    trust = parse_trust(pki.root_pem + other.root_pem)
    assert [one.certificate.der for one in trust.roots] == [pki.root.certificate, other.root.certificate]
    assert all(issuer.roles == ROLES for issuer in trust.issuers)
    assert [issuer.sm3 for issuer in trust.issuers] == [one.certificate.sm3 for one in trust.roots]


def test_pem_of_a_leaf_or_subordinate_ca_is_no_root(pki: Pki) -> None:
    for encoded in (pki.institution.certificate, pki.party("某公司").signer.certificate()):
        with pytest.raises(TrustInvalid):
            parse_trust(dump_pem(encoded))


def test_root_with_another_signature_is_refused(pki: Pki) -> None:
    body = der.read_one(pki.root.certificate).value().encoded
    with pytest.raises(TrustInvalid):
        parse_trust(dump_pem(signed(body, sm2.generate_key())))


CHANGES: dict[str, Any] = {
    "other format": lambda value: value.update(format="other"),
    "other version": lambda value: value.update(version=1),
    "version true": lambda value: value.update(version=False),
    "missing field": lambda value: value.pop("crls"),
    "unknown field": lambda value: value.update(more=1),
    "roots not a list": lambda value: value.update(roots={}),
    "root not an object": lambda value: value.update(roots=["x"]),
    "certificate not base64": lambda value: value["roots"][0].update(certificate="#"),
    "certificate not a certificate": lambda value: value["roots"][0].update(certificate="MAA="),
    "name empty": lambda value: value["roots"][0].update(name=""),
    "unknown role": lambda value: value["issuers"][0].update(roles=["judge"]),
    "upper-case digest": lambda value: value["issuers"][0].update(sm3="A" * 64),
    "short digest": lambda value: value["issuers"][0].update(sm3="aa"),
    "local time": lambda value: value["issuers"][0].update(valid_from="2026-01-01T00:00:00+08:00"),
    "list not a list": lambda value: value["crls"].append("MAA="),
}


@pytest.mark.parametrize("name", CHANGES)
def test_changed_list_is_refused(pki: Pki, name: str) -> None:
    value = json.loads(dump_trust(pki.trust))
    CHANGES[name](value)
    with pytest.raises(TrustInvalid):
        parse_trust(json.dumps(value).encode())


def test_field_that_occurs_twice_is_refused(pki: Pki) -> None:
    text = dump_trust(pki.trust).replace(b'"version": 0', b'"version": 0, "version": 0', 1)
    with pytest.raises(TrustInvalid):
        parse_trust(text)


@given(
    st.one_of(
        st.binary(max_size=100), st.recursive(st.none() | st.text(), st.lists).map(lambda v: json.dumps(v).encode())
    )
)
def test_anything_else_is_refused_with_our_error(untrusted: bytes) -> None:
    with pytest.raises(TrustInvalid):
        parse_trust(untrusted)


def test_deeply_nested_json_is_refused() -> None:
    with pytest.raises(TrustInvalid):
        parse_trust(b"[" * 200_000)


def test_issuers_are_named_by_the_digest_of_their_certificate(pki: Pki) -> None:
    assert {issuer.sm3 for issuer in pki.trust.issuers} == {
        parse(pki.institution.certificate).sm3,
        parse(pki.centre.certificate).sm3,
    }

"""The DER codec has one spelling for each value."""

from __future__ import annotations

import pytest
from asn1crypto import core
from hypothesis import given
from hypothesis import strategies as st

from signing.cms.oids import EMBEDDED_DIGESTS
from signing.gm import der


@given(st.integers(min_value=0, max_value=2**300))
def test_integer_is_read_back_and_agrees_with_asn1crypto(value: int) -> None:
    encoded = der.integer(value)
    assert der.Reader(encoded).integer() == value
    assert encoded == core.Integer(value).dump()


@pytest.mark.parametrize("dotted", ["1.2.156.10197.1.501", "2.5.4.97", "0.9.2342", "2.999.3", EMBEDDED_DIGESTS])
def test_object_identifier_is_read_back_and_agrees_with_asn1crypto(dotted: str) -> None:
    encoded = der.oid(dotted)
    assert der.Reader(encoded).oid() == dotted
    assert encoded == core.ObjectIdentifier(dotted).dump()


@given(st.binary(max_size=70_000))
def test_octets_of_any_length_are_read_back(content: bytes) -> None:
    encoded = der.octets(content)
    reader = der.Reader(encoded)
    assert reader.octets() == content
    reader.end()
    der.check_strict(encoded)


@given(st.binary(max_size=60))
def test_reading_arbitrary_bytes_gives_a_value_of_one_spelling_or_not_der(untrusted: bytes) -> None:
    try:
        value = der.Reader(untrusted).value()
    except der.NotDer:
        return
    assert der.encode(value.tag, value.content) == value.encoded == untrusted[: len(value.encoded)]


@pytest.mark.parametrize(
    "text",
    [
        "", "30", "3080 0000", "3081 00", "308200 05 0000000000", "30850000000001 00", "3001", "0201", "1f8100",
        "0101 01", "0501 00", "0202 0001", "0202 ff80", "0200", "30020500 00", "3106 0201 02 0201 01",
        "2403 0401 00", "3003 0202 00",
    ],
)  # fmt: skip
def test_other_spellings_are_refused(text: str) -> None:
    with pytest.raises(der.NotDer):
        der.check_strict(bytes.fromhex(text))


def test_nesting_beyond_the_limit_is_refused() -> None:
    value = b""
    for _ in range(40):
        value = der.sequence(value)
    with pytest.raises(der.NotDer):
        der.check_strict(value)


def test_set_of_is_sorted() -> None:
    assert der.set_of([der.integer(2), der.integer(1)]) == bytes.fromhex("3106020101020102")
    with pytest.raises(ValueError, match="-1"):
        der.integer(-1)


@pytest.mark.parametrize("text", ["0603 2a8001", "0600", "0602 2a80", "0601 80"])
def test_object_identifier_in_another_spelling_is_refused(text: str) -> None:
    with pytest.raises(der.NotDer):
        der.Reader(bytes.fromhex(text)).oid()

"""Certificates and revocation lists are read in one spelling only; the odd but permitted forms are read."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from asn1crypto import x509 as asn1
from hypothesis import given
from hypothesis import strategies as st

from signing.errors import CertificateInvalid
from signing.gm import der, sm2
from signing.x509 import oids
from signing.x509.certificate import dump_pem, encode_time, load_pem_certificates, parse, read_name, read_time
from signing.x509.crl import parse_crl
from signing.x509.issue import Revocation, Subject, issue_leaf, subject_public_key_info
from tests.pki import NOT_AFTER, NOT_BEFORE, Pki, shared_pki
from tests.signing.crafted import (
    ALGORITHM,
    ALGORITHM_NULL,
    LEAF_USAGE,
    extension,
    key_usage,
    self_signed,
)

CODE = "91999999MA0000001X"
ON_CURVE = subject_public_key_info(sm2.generate_key().public)
OFF_CURVE = ON_CURVE[:-1] + bytes((ON_CURVE[-1] ^ 1,))


@pytest.fixture(scope="module")
def pki() -> Pki:
    return shared_pki()


def test_issued_leaf_shows_what_was_asked_for(pki: Pki) -> None:
    key = sm2.generate_key()
    subject = Subject("王工", organisation="华夏测试建设有限公司", unit="造价部", credit_code=CODE)
    authority = pki.institution
    dates = {"not_before": NOT_BEFORE, "not_after": datetime(2051, 6, 1, 12, 0, 1, tzinfo=UTC)}
    found = parse(issue_leaf(subject, key.public, "sign", authority.private, authority.certificate, **dates))
    name = found.subject
    assert (name.common_name, name.organisation, name.unit, name.country) == (
        "王工",
        subject.organisation,
        "造价部",
        "CN",
    )
    assert name.credit_code == CODE
    assert found.issuer.common_name == "测试机构CA"
    assert found.public_key == key.public
    assert found.key_usage == {"digital_signature", "non_repudiation"}
    assert (found.is_ca, found.path_length) == (False, None)
    assert {"not_before": found.not_before, "not_after": found.not_after} == dates
    assert found.authority_key_id == parse(authority.certificate).subject_key_id
    assert found.serial.bit_length() == 127


def test_second_reader_sees_the_same_certificate(pki: Pki) -> None:
    encoded = pki.party("某公司", CODE).signer.certificate()
    loaded, ours = asn1.Certificate.load(encoded, strict=True), parse(encoded)
    assert loaded.dump(force=True) == encoded
    assert loaded.serial_number == ours.serial
    assert loaded.subject.native["organization_identifier"] == CODE
    assert loaded.key_usage_value.native == ours.key_usage
    assert loaded.not_valid_after == ours.not_after
    assert loaded.subject.dump() == ours.subject_der


def test_ca_certificates_carry_their_constraints(pki: Pki) -> None:
    root, authority = parse(pki.root.certificate), parse(pki.centre.certificate)
    assert (root.is_ca, root.path_length, root.is_self_issued) == (True, None, True)
    assert (authority.is_ca, authority.path_length, authority.is_self_issued) == (True, 0, False)
    assert authority.key_usage == {"key_cert_sign", "crl_sign"}


def test_flipped_byte_gives_a_refusal_or_another_signed_part_or_signature(pki: Pki) -> None:
    encoded = pki.institution.certificate
    before = parse(encoded)
    for place in range(len(encoded)):
        changed = encoded[:place] + bytes((encoded[place] ^ 1,)) + encoded[place + 1 :]
        try:
            after = parse(changed)
        except CertificateInvalid:
            continue
        assert (after.signed_part, after.signature) != (before.signed_part, before.signature)


@given(st.binary(max_size=300))
def test_arbitrary_bytes_are_refused_with_our_error(untrusted: bytes) -> None:
    with pytest.raises(CertificateInvalid):
        parse(untrusted)
    with pytest.raises(CertificateInvalid):
        parse_crl(untrusted)


def test_both_spellings_of_an_sm2_key_are_read() -> None:
    key = sm2.generate_key().public
    point = der.encode(der.BIT_STRING, b"\x00", key.raw)
    sm2_oid = der.oid(oids.SM2_CURVE)
    for algorithm in (
        der.sequence(der.oid(oids.EC_PUBLIC_KEY), sm2_oid),
        der.sequence(sm2_oid),
        der.sequence(sm2_oid, der.encode(der.NULL)),
        der.sequence(sm2_oid, sm2_oid),
    ):
        assert parse(self_signed(key_info=der.sequence(algorithm, point))).public_key == key
    prime256 = der.sequence(der.oid(oids.EC_PUBLIC_KEY), der.oid("1.2.840.10045.3.1.7"))
    rsa = der.sequence(der.oid("1.2.840.113549.1.1.1"), der.encode(der.NULL))
    for algorithm in (prime256, rsa, der.sequence(der.oid(oids.EC_PUBLIC_KEY))):
        with pytest.raises(CertificateInvalid):
            parse(self_signed(key_info=der.sequence(algorithm, point)))


def test_signature_algorithm_with_null_is_read_where_both_mentions_agree() -> None:
    parse(self_signed(inner=ALGORITHM_NULL, outer=ALGORITHM_NULL))
    ecdsa = der.sequence(der.oid("1.2.840.10045.4.3.2"))
    for inner, outer in ((ALGORITHM, ALGORITHM_NULL), (ALGORITHM_NULL, ALGORITHM), (ecdsa, ecdsa), (ecdsa, ALGORITHM)):
        with pytest.raises(CertificateInvalid):
            parse(self_signed(inner=inner, outer=outer))


@pytest.mark.parametrize(
    "changes",
    [
        {"version": der.encode(0xA0, der.integer(1))},
        {"version": b""},
        {"serial": der.integer(0)},
        {"serial": der.encode(der.INTEGER, b"\xff")},
        {"serial": der.integer(1 << 160)},
        {"extensions": (LEAF_USAGE, LEAF_USAGE)},
        {"extensions": ()},
        {"extensions": (extension(oids.KEY_USAGE, bytes.fromhex("03020780") + b"\x00"),)},
        {"extensions": (extension(oids.KEY_USAGE, bytes.fromhex("03020680")),)},
        {"extensions": (extension(oids.KEY_USAGE, bytes.fromhex("030100")),)},
        {"extensions": (LEAF_USAGE, extension(oids.BASIC_CONSTRAINTS, bytes.fromhex("3003010100")))},
        {"extensions": (LEAF_USAGE, extension(oids.BASIC_CONSTRAINTS, bytes.fromhex("3003020100")))},
        {"extensions": (der.sequence(der.oid("1.2.3"), bytes.fromhex("010100"), der.octets(b"")),)},
        {"key_info": OFF_CURVE},
    ],
    ids=[
        "version 2", "version 1", "serial 0", "serial negative", "serial too long", "extension twice", "no extensions",
        "byte after key usage", "key usage with unused bits miscounted", "key usage empty", "default FALSE written out",
        "path length without CA", "critical FALSE written out", "point off the curve",
    ],
)  # fmt: skip
def test_certificate_outside_the_rules_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(CertificateInvalid):
        parse(self_signed(**changes))


def test_trailing_byte_and_ber_length_are_refused(pki: Pki) -> None:
    encoded = pki.root.certificate
    assert encoded[1] == 0x82
    for changed in (encoded + b"\x00", b"\x30\x83\x00" + encoded[2:], b"\x30\x80" + encoded[4:] + b"\x00\x00"):
        with pytest.raises(CertificateInvalid):
            parse(changed)


def test_unknown_critical_extension_is_reported_and_known_one_is_not() -> None:
    found = parse(self_signed(extensions=(LEAF_USAGE, extension("1.2.3.4", b"\x05\x00", critical=True))))
    assert found.unknown_critical == ("1.2.3.4",)
    assert parse(self_signed(extensions=(LEAF_USAGE, extension("1.2.3.4", b"\x05\x00")))).unknown_critical == ()


def test_nine_key_usages_are_told_apart() -> None:
    found = parse(self_signed(extensions=(key_usage("decipher_only", "key_agreement"),)))
    assert found.key_usage == {"decipher_only", "key_agreement"}


def named(*attributes: tuple[str, int, bytes]) -> bytes:
    members = (der.set_of([der.sequence(der.oid(kind), der.encode(tag, text))]) for kind, tag, text in attributes)
    return der.sequence(*members)


@pytest.mark.parametrize(
    ("attributes", "code"),
    [
        ([(oids.ORGANIZATION_IDENTIFIER, 0x0C, CODE.encode())], CODE),
        ([(oids.SERIAL_NUMBER, 0x13, CODE.encode())], CODE),
        (
            [(oids.ORGANIZATION_IDENTIFIER, 0x0C, CODE.encode()), (oids.SERIAL_NUMBER, 0x13, b"91999999MA00000028")],
            CODE,
        ),
        ([(oids.ORGANIZATION_IDENTIFIER, 0x0C, b"other"), (oids.SERIAL_NUMBER, 0x13, CODE.encode())], ""),
        ([(oids.SERIAL_NUMBER, 0x13, b"12345")], ""),
        ([(oids.SERIAL_NUMBER, 0x13, CODE.encode()), (oids.SERIAL_NUMBER, 0x13, b"91999999MA00000028")], ""),
        ([(oids.SERIAL_NUMBER, 0x13, CODE.encode() + b"\n")], ""),
    ],
)
def test_credit_code_is_taken_only_where_it_is_unambiguous(attributes: list[tuple[str, int, bytes]], code: str) -> None:
    assert read_name(named(*attributes)).credit_code == code


def test_names_in_bmp_string_are_read() -> None:
    assert read_name(named((oids.COMMON_NAME, 0x1E, "某公司".encode("utf-16-be")))).common_name == "某公司"


@given(st.datetimes(min_value=datetime(1950, 1, 1), max_value=datetime(9999, 12, 31)))  # noqa: DTZ001
def test_time_is_read_back_to_the_second(moment: datetime) -> None:
    aware = moment.replace(tzinfo=UTC)
    assert read_time(der.Reader(encode_time(aware))) == aware.replace(microsecond=0)


@pytest.mark.parametrize(
    ("tag", "text"),
    [(0x17, "2601010000Z"), (0x18, "20260101000000Z"), (0x17, "260101000000+0800"), (0x17, "261301000000Z"), (4, "x")],
)
def test_time_in_another_spelling_is_refused(tag: int, text: str) -> None:
    with pytest.raises(ValueError):
        read_time(der.Reader(der.encode(tag, text.encode())))


def test_pem_round_trip_keeps_order(pki: Pki) -> None:
    both = (pki.root.certificate, pki.centre.certificate)
    assert load_pem_certificates(b"text before\n" + b"".join(map(dump_pem, both))) == both
    for bad in (b"", b"-----BEGIN CERTIFICATE-----\nxx\n"):
        with pytest.raises(CertificateInvalid):
            load_pem_certificates(bad)


def test_revocation_list_shows_entries_and_times(pki: Pki) -> None:
    at = datetime(2026, 1, 2, tzinfo=UTC)
    found = parse_crl(pki.crl([Revocation(9, at, "key_compromise"), Revocation(5, at)]))
    assert {serial: (entry.at, entry.reason) for serial, entry in found.entries.items()} == {
        9: (at, "key_compromise"),
        5: (at, "unspecified"),
    }
    assert (found.this_update, found.next_update) == (NOT_BEFORE, NOT_AFTER)
    assert found.issuer_der == parse(pki.institution.certificate).subject_der
    with pytest.raises(CertificateInvalid):
        parse_crl(found.der + b"\x00")
    with pytest.raises(CertificateInvalid):
        parse_crl(pki.root.certificate)
    with pytest.raises(CertificateInvalid):
        parse(found.der)

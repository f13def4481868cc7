"""A small certification world for tests: root -> institution CA and centre CA -> pairs of leaf certificates.

    pki = make_pki()
    bidder = pki.party("华夏测试建设有限公司", credit_code="91999999MA0000001X")
    bidder.signer, bidder.decrypter, bidder.sign_certificate, bidder.encrypt_certificate
    centre = pki.party("测试交易中心", centre=True)
    pki.trust                       # TrustList: both CAs with their roles
    pki.crl(revoked=[...])          # a revocation list of the institution CA

Keys are fresh in every run; all certificates are valid from 2020 to 2045.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from signing.gm import sm2
from signing.providers.software import FileDecrypter, FileSigner
from signing.x509.certificate import Certificate, dump_pem, parse
from signing.x509.issue import Revocation, Subject, issue_ca, issue_crl, issue_leaf, issue_root
from signing.x509.key_files import dump_plain_private_key, dump_private_key
from signing.x509.trust import TrustedIssuer, TrustedRoot, TrustList

NOT_BEFORE = datetime(2020, 1, 1, tzinfo=UTC)
NOT_AFTER = datetime(2045, 1, 1, tzinfo=UTC)
SIGNED_AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
INSTITUTION_ROLES = frozenset({"tenderer", "agency", "bidder", "expert"})
CENTRE_ROLES = frozenset({"centre", "supervisor", "expert"})
TEST_ITERATIONS = 1000  # PBKDF2, for speed only


@dataclass(frozen=True, slots=True)
class Authority:
    """A CA: its key, its certificate, and the certificates above it without the root."""

    private: sm2.PrivateKey
    certificate: bytes
    chain: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class Party:
    """One party's pair of certificates and the keys to use them."""

    name: str
    credit_code: str
    signer: FileSigner
    decrypter: FileDecrypter

    @property
    def sign_certificate(self) -> Certificate:
        return parse(self.signer.certificate())

    @property
    def encrypt_certificate(self) -> Certificate:
        return parse(self.decrypter.certificate())

    def write_files(self, folder: Path, password: bytes | None = b"test-pin") -> None:
        """sign.pem (leaf and chain), sign.key, encrypt.pem, encrypt.key in ``folder``."""
        folder.mkdir(parents=True, exist_ok=True)
        chain = (self.signer.certificate(), *self.signer.chain())
        (folder / "sign.pem").write_bytes(b"".join(dump_pem(one) for one in chain))
        (folder / "encrypt.pem").write_bytes(dump_pem(self.decrypter.certificate()))
        for name, private in (("sign.key", self.signer.private), ("encrypt.key", self.decrypter.private)):
            plain = password is None
            data = (
                dump_plain_private_key(private)
                if plain
                else dump_private_key(private, password or b"", iterations=TEST_ITERATIONS)
            )
            (folder / name).write_bytes(data)


@dataclass(frozen=True, slots=True)
class Pki:
    """The whole world of one test."""

    root: Authority
    institution: Authority
    centre: Authority

    def party(
        self,
        name: str,
        credit_code: str = "",
        *,
        centre: bool = False,
        not_before: datetime = NOT_BEFORE,
        not_after: datetime = NOT_AFTER,
    ) -> Party:
        """A signing and an encryption certificate for ``name``, from the institution CA or the centre's."""
        authority = self.centre if centre else self.institution
        subject = Subject(name, organisation=name, credit_code=credit_code)
        keys = {usage: sm2.generate_key() for usage in ("sign", "encrypt")}
        issued = {
            usage: issue_leaf(
                subject,
                keys[usage].public,
                usage,  # type: ignore[arg-type]
                authority.private,
                authority.certificate,
                not_before=not_before,
                not_after=not_after,
            )
            for usage in keys
        }
        return Party(
            name,
            credit_code,
            FileSigner(keys["sign"], issued["sign"], authority.chain),
            FileDecrypter(keys["encrypt"], issued["encrypt"]),
        )

    @property
    def root_pem(self) -> bytes:
        """The root alone, as a trust file with every role."""
        return dump_pem(self.root.certificate)

    @property
    def trust(self) -> TrustList:
        """The root, and both CAs with the roles they speak for."""
        return self.trust_with()

    def trust_with(self, crls: Sequence[bytes] = ()) -> TrustList:
        """The same list with revocation lists."""
        root = parse(self.root.certificate)
        issuers = tuple(
            TrustedIssuer(parse(authority.certificate).sm3, name, roles, NOT_BEFORE, NOT_AFTER)
            for authority, name, roles in (
                (self.institution, "测试机构CA", INSTITUTION_ROLES),
                (self.centre, "测试中心CA", CENTRE_ROLES),
            )
        )
        return TrustList((TrustedRoot(root, "测试根CA"),), issuers, tuple(crls))

    def crl(
        self,
        revoked: Sequence[Revocation] = (),
        *,
        centre: bool = False,
        this_update: datetime = NOT_BEFORE,
        next_update: datetime = NOT_AFTER,
    ) -> bytes:
        """A revocation list of the institution CA or the centre's."""
        authority = self.centre if centre else self.institution
        return issue_crl(
            authority.private, authority.certificate, this_update=this_update, next_update=next_update, revoked=revoked
        )


def make_pki() -> Pki:
    """A fresh world with its own keys."""
    root_key = sm2.generate_key()
    dates = {"not_before": NOT_BEFORE, "not_after": NOT_AFTER}
    root = issue_root(Subject("测试根CA", "标箱测试"), root_key, **dates)
    authorities = []
    for name in ("测试机构CA", "测试中心CA"):
        key = sm2.generate_key()
        certificate = issue_ca(Subject(name, "标箱测试"), key.public, root_key, root, **dates)
        authorities.append(Authority(key, certificate, (certificate,)))
    return Pki(Authority(root_key, root), *authorities)


@cache
def shared_pki() -> Pki:
    """One world for all tests of a run that only read it: saves time."""
    return make_pki()

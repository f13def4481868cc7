"""The OpenSSL command line as a second maker: what it writes we read, what we write it reads."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from signing.cms import oids
from signing.cms.signed_data import sign_detached
from signing.errors import SignatureInvalid
from signing.gm import sm2
from signing.x509.certificate import dump_pem, parse
from signing.x509.issue import Revocation, subject_public_key_info
from signing.x509.key_files import dump_private_key, load_private_key
from signing.x509.path import Verdict, assess_path
from signing.x509.trust import trust_root
from tests.pki import SIGNED_AT, Pki, shared_pki

OPENSSL = shutil.which("openssl")
DISTID = "distid:1234567812345678"
MESSAGE = "招标文件 manifest".encode()


def openssl(*arguments: str | Path, check: bool = True, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    assert OPENSSL is not None
    done = subprocess.run([OPENSSL, *map(str, arguments)], capture_output=True, input=stdin, check=False)
    assert not check or done.returncode == 0, done.stderr.decode()
    return done


def has_sm2() -> bool:
    if OPENSSL is None:
        return False
    version = openssl("version").stdout
    return version.startswith(b"OpenSSL ") and int(version.split()[1].split(b".")[0]) >= 3


pytestmark = pytest.mark.skipif(not has_sm2(), reason="no OpenSSL 3 or newer on this machine")


@pytest.fixture(scope="module")
def pki() -> Pki:
    return shared_pki()


@pytest.fixture(scope="module")
def key_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A key that OpenSSL made."""
    path = tmp_path_factory.mktemp("openssl") / "sm2.key"
    openssl("genpkey", "-algorithm", "SM2", "-out", path)
    return path


def write(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def public_pem(folder: Path, public: sm2.PublicKey) -> Path:
    encoded = write(folder, "public.der", subject_public_key_info(public))
    openssl("pkey", "-pubin", "-inform", "DER", "-in", encoded, "-out", folder / "public.pem")
    return folder / "public.pem"


def test_we_read_a_key_that_openssl_wrote(key_file: Path, tmp_path: Path) -> None:
    plain = load_private_key(key_file.read_bytes(), None)
    for cipher, name in (("aes-256-cbc", "a.key"), ("sm4-cbc", "b.key")):
        stored = tmp_path / name
        openssl(
            "pkcs8", "-topk8", "-in", key_file, "-v2", cipher, "-v2prf", "hmacWithSHA256",
            "-passout", "pass:pin", "-out", stored,
        )  # fmt: skip
        assert load_private_key(stored.read_bytes(), b"pin") == plain


@pytest.mark.parametrize("cipher", ["aes-256-cbc", "sm4-cbc"])
def test_openssl_reads_a_key_that_we_wrote(cipher: str, tmp_path: Path) -> None:
    private = sm2.generate_key()
    stored = write(tmp_path, "ours.key", dump_private_key(private, b"pin", iterations=2000, cipher=cipher))  # type: ignore[arg-type]
    shown = openssl("pkey", "-in", stored, "-passin", "pass:pin", "-noout", "-text").stdout.decode()
    digits = "".join(character for character in shown if character in "0123456789abcdef:").replace(":", "")
    assert private.d.hex() in digits
    assert openssl("pkey", "-in", stored, "-passin", "pass:other", "-noout", check=False).returncode != 0


def test_openssl_verifies_our_signature(tmp_path: Path) -> None:
    private = sm2.generate_key()
    public = public_pem(tmp_path, private.public)
    message = write(tmp_path, "message", MESSAGE)
    signature = write(tmp_path, "signature", sm2.sign(private, MESSAGE))
    command = ("dgst", "-sm3", "-verify", public, "-signature", signature)
    assert b"Verified OK" in openssl(*command, "-sigopt", DISTID, message).stdout
    assert openssl(*command, "-sigopt", "distid:other", message, check=False).returncode != 0


def test_we_verify_a_signature_of_openssl(key_file: Path, tmp_path: Path) -> None:
    message, signature = write(tmp_path, "message", MESSAGE), tmp_path / "signature"
    public = load_private_key(key_file.read_bytes(), None).public
    openssl("dgst", "-sm3", "-sign", key_file, "-sigopt", DISTID, "-out", signature, message)
    sm2.verify(public, MESSAGE, signature.read_bytes())
    openssl("dgst", "-sm3", "-sign", key_file, "-sigopt", "distid:other", "-out", signature, message)
    sm2.verify(public, MESSAGE, signature.read_bytes(), signer_id=b"other")
    with pytest.raises(SignatureInvalid):
        sm2.verify(public, MESSAGE, signature.read_bytes())


def test_openssl_decrypts_our_ciphertext_and_we_decrypt_its(key_file: Path, tmp_path: Path) -> None:
    private, secret = load_private_key(key_file.read_bytes(), None), b"a key of 16 byte"
    ours = write(tmp_path, "ours", sm2.encrypt(private.public, secret))
    assert openssl("pkeyutl", "-decrypt", "-inkey", key_file, "-in", ours).stdout == secret
    plain, theirs = write(tmp_path, "plain", secret), tmp_path / "theirs"
    public = public_pem(tmp_path, private.public)
    for _ in range(20):
        openssl("pkeyutl", "-encrypt", "-pubin", "-inkey", public, "-in", plain, "-out", theirs)
        assert sm2.decrypt(private, theirs.read_bytes()) == secret


def test_openssl_verifies_each_certificate_link(pki: Pki, tmp_path: Path) -> None:
    """Link by link: OpenSSL 3.0 passes the identity to the leaf only."""
    leaf = pki.party("某公司").signer.certificate()
    for upper, lower in ((pki.root.certificate, pki.institution.certificate), (pki.institution.certificate, leaf)):
        trusted, subject = (
            write(tmp_path, "trusted.pem", dump_pem(upper)),
            write(tmp_path, "subject.pem", dump_pem(lower)),
        )
        done = openssl("verify", "-partial_chain", "-trusted", trusted, "-vfyopt", DISTID, subject)
        assert b"OK" in done.stdout
        other = write(tmp_path, "other.pem", dump_pem(pki.centre.certificate))
        refused = openssl("verify", "-partial_chain", "-trusted", other, "-vfyopt", DISTID, subject, check=False)
        assert refused.returncode != 0


def test_we_validate_a_certificate_that_openssl_issued(tmp_path: Path) -> None:
    root_key, leaf_key = tmp_path / "root.key", tmp_path / "leaf.key"
    root, request, leaf = tmp_path / "root.pem", tmp_path / "leaf.csr", tmp_path / "leaf.pem"
    extensions = write(tmp_path, "leaf.ext", b"keyUsage=critical,digitalSignature,nonRepudiation\n")
    for path in (root_key, leaf_key):
        openssl("genpkey", "-algorithm", "SM2", "-out", path)
    openssl(
        "req", "-x509", "-new", "-key", root_key, "-sm3", "-sigopt", DISTID, "-subj", "/C=CN/O=Test/CN=Root",
        "-days", "30", "-addext", "keyUsage=critical,keyCertSign,cRLSign", "-out", root,
    )  # fmt: skip
    openssl("req", "-new", "-key", leaf_key, "-sm3", "-sigopt", DISTID, "-subj", "/C=CN/CN=Leaf", "-out", request)
    openssl(
        "x509", "-req", "-in", request, "-CA", root, "-CAkey", root_key, "-CAcreateserial", "-days", "10", "-sm3",
        "-sigopt", DISTID, "-vfyopt", DISTID, "-extfile", extensions, "-out", leaf,
    )  # fmt: skip
    encoded = {path: openssl("x509", "-in", path, "-outform", "DER").stdout for path in (root, leaf)}
    certificate = parse(encoded[leaf])
    assert certificate.public_key == load_private_key(leaf_key.read_bytes(), None).public
    found = assess_path(
        certificate, [], trust_root(encoded[root]), at=certificate.not_before, usage="sign", roles=frozenset({"bidder"})
    )
    assert found.verdict is Verdict.PASSED, found.reasons


def test_openssl_reads_our_revocation_list(pki: Pki, tmp_path: Path) -> None:
    crl = write(tmp_path, "list.crl", pki.crl([Revocation(4660, SIGNED_AT, "superseded")]))
    shown = openssl("crl", "-inform", "DER", "-in", crl, "-noout", "-text").stdout
    assert b"Serial Number: 1234" in shown
    assert b"Superseded" in shown


def test_openssl_walks_through_our_message(pki: Pki, tmp_path: Path) -> None:
    message = sign_detached(MESSAGE, pki.party("某公司").signer, signed_at=SIGNED_AT)
    shown = openssl("asn1parse", "-inform", "DER", stdin=message).stdout
    for expected in (oids.SIGNED_DATA, oids.EMBEDDED_DIGESTS, "messageDigest", "signingTime"):
        assert expected.encode() in shown


def test_openssl_alone_checks_our_message_as_the_specification_tells(pki: Pki, tmp_path: Path) -> None:
    """The steps of docs/spec/cms.md, "By hand": attributes re-tagged as SET, public key of the signer, distid."""
    party = pki.party("某公司")
    message = sign_detached(MESSAGE, party.signer, signed_at=SIGNED_AT)
    lines = openssl("asn1parse", "-inform", "DER", stdin=message).stdout.decode().splitlines()
    rows = [re.match(r" *(\d+):d=(\d+) +hl=(\d+) l= *(\d+)(.*)", line) for line in lines]
    found = [
        (int(row[1]), int(row[3]), int(row[4])) for row in rows if row and row[2] == "5" and "cont [ 0 ]" in row[5]
    ]
    attributes_at, header, length = found[-1]
    signed = b"\x31" + message[attributes_at + 1 : attributes_at + header + length]
    signature = bytes.fromhex(lines[-1].split("[HEX DUMP]:")[1])
    assert openssl("dgst", "-sm3", "-binary", stdin=MESSAGE).stdout in signed
    leaf = write(tmp_path, "signer.der", party.signer.certificate())
    public = write(tmp_path, "public.pem", openssl("x509", "-inform", "DER", "-in", leaf, "-noout", "-pubkey").stdout)
    files = write(tmp_path, "attributes", signed), write(tmp_path, "signature", signature)
    done = openssl("dgst", "-sm3", "-sigopt", DISTID, "-verify", public, "-signature", files[1], files[0])
    assert b"Verified OK" in done.stdout

"""Other people's tool agrees: OpenSSL checks a certificate link of the demonstration."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

pytestmark = [
    pytest.mark.xdist_group("demo"),
    pytest.mark.skipif(shutil.which("openssl") is None, reason="the openssl command line is not installed"),
]
DISTID = "distid:1234567812345678"


def test_openssl_verifies_a_certificate_link_of_the_demonstration(demo: Path) -> None:
    authority = demo / "work" / "authority"
    words = ["openssl", "verify", "-partial_chain", "-vfyopt", DISTID, "-trusted", str(authority / "root.cert.pem")]
    done = subprocess.run([*words, str(authority / "centre.cert.pem")], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "OK" in done.stdout


def test_openssl_refuses_a_link_of_another_authority(demo: Path) -> None:
    authority = demo / "work" / "authority"
    words = ["openssl", "verify", "-partial_chain", "-vfyopt", DISTID, "-trusted", str(authority / "centre.cert.pem")]
    leaf = demo / "work" / "keys" / "bidder-a" / "sign.cert.pem"
    done = subprocess.run([*words, str(leaf)], capture_output=True, text=True, check=False)
    assert done.returncode != 0

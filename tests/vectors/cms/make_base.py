"""Makes ``base.json`` once: keys, certificates, a revocation list and one envelope that the vectors are built from.

Fresh keys in every run, so running it again changes every vector: only when the base must change. The private keys are
public test keys. Run ``python -m tests.vectors.cms.make_base``, then ``make_vectors``.
"""

from __future__ import annotations

import json
from pathlib import Path

from signing.cms.enveloped_data import envelop
from tests.pki import make_pki

if __name__ == "__main__":
    pki = make_pki()
    bidder, other = pki.party("测试投标人", "91999999MA0000001X"), pki.party("另一投标人")
    recipients = [bidder.encrypt_certificate, other.encrypt_certificate]
    base = {
        "root": pki.root.certificate,
        "authority": pki.institution.certificate,
        "stranger": pki.centre.certificate,
        "signer": bidder.signer.certificate(),
        "signer_private": bidder.signer.private.d,
        "recipient": bidder.decrypter.certificate(),
        "recipient_private": bidder.decrypter.private.d,
        "crl": pki.crl(),
        "secret": bytes(range(48)),
        "envelope": envelop(bytes(range(48)), recipients),
    }
    text = json.dumps({name: data.hex() for name, data in base.items()}, indent=1) + "\n"
    (Path(__file__).parent / "base.json").write_text(text, "utf-8")

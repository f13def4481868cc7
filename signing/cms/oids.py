"""Object identifiers of our messages, in one table, with where each comes from.

The new type identifiers of GB/T 35275-2026 were not available to us: conformity with it is not claimed.
"""

from __future__ import annotations

# GB/T 35275-2017 / GM/T 0010-2012, as ofdrw and GmSSL write them.
DATA = "1.2.156.10197.6.1.4.2.1"
SIGNED_DATA = "1.2.156.10197.6.1.4.2.2"
ENVELOPED_DATA = "1.2.156.10197.6.1.4.2.3"

# GM/T 0006-2012.
SM3 = "1.2.156.10197.1.401"
SM2_SIGN = "1.2.156.10197.1.301.1"
SM2_ENCRYPT = "1.2.156.10197.1.301.3"
SM4_CBC = "1.2.156.10197.1.104.2"

# PKCS #9 (RFC 2985): signed attributes.
CONTENT_TYPE = "1.2.840.113549.1.9.3"
MESSAGE_DIGEST = "1.2.840.113549.1.9.4"
SIGNING_TIME = "1.2.840.113549.1.9.5"

# Ours. The arc 2.25 (ITU-T X.667) belongs to whoever draws a UUID: 6094bb14-2914-4fcd-9c38-1980d7362938, drawn for
# Tenderbox; .1 is the signed attribute "embedded digests" of docs/spec/cms.md.
TENDERBOX = "2.25.128378141938287652214302918773916969272"
EMBEDDED_DIGESTS = f"{TENDERBOX}.1"

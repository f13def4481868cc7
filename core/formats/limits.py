"""Every limit of the signed package, in bytes unless named otherwise (docs/spec/signed-package.md §2.2)."""

from __future__ import annotations

from typing import Final

MIB: Final = 1 << 20

FILE_LIMIT: Final = 640 * MIB
CONTENT_LIMIT: Final = 512 * MIB  # all members together; version 0 holds them in memory
MANIFEST_LIMIT: Final = 8 * MIB
SIGNATURE_LIMIT: Final = 1 * MIB  # one signature with its certificates and revocation lists
MEMBER_COUNT_LIMIT: Final = 10_000
SIGNER_COUNT_LIMIT: Final = 64

PATH_LIMIT: Final = 200
SEGMENT_LIMIT: Final = 100
SEGMENT_COUNT_LIMIT: Final = 8

TEXT_LIMIT: Final = 1_024  # one string of the manifest, UTF-8
SUBJECT_COUNT_LIMIT: Final = 64

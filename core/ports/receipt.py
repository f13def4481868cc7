"""What a platform's signed answer (``.tbr``) says, as data. Format: docs/spec/receipt.md, version 0."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

RECEIPT_VERSION = 0
RECEIPT_MEMBER = "receipt.json"
RECEIPT_LIMIT = 65_536  # bytes of the statement


class AnswerKind(StrEnum):
    """What the platform declares."""

    RECEIPT = "receipt"  # 回执
    REFUSAL = "refusal"  # 拒收
    PUBLICATION = "publication"  # 发布
    RETURN_NOTICE = "return_notice"  # 退回


@dataclass(frozen=True, slots=True)
class ReceiptData:
    """One signed answer. ``subject_sm3``/``subject_size``: SM3 (hex) and bytes of the file it is about, "" and 0 for a
    notice about a lot. ``at`` is the platform's time, which decides the deadline.
    """

    version: int
    kind: AnswerKind
    platform: str
    tender_id: str
    tender_digest: str
    lot_id: str
    subject_sm3: str
    subject_size: int
    at: datetime
    deadline: datetime | None
    reason: str = ""  # catalogue key suffix ``receipt.reason.<reason>``
    time_source: str = "system"

"""Which icon stands for which check, and which tone for which verdict."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from core.jobs.doctor.result import Outcome

CHECK_ICONS: Mapping[str, str] = MappingProxyType(
    {
        "crypto": "lock",
        "key": "key",
        "certificate": "certificate",
        "trust": "link",
        "token": "usb",
        "clock": "clock",
        "disk": "disk",
        "write": "folder",
        "lock": "shield",
        "fonts": "text",
        "rare": "edit",
        "documents": "printer",
        "network": "wifi",
        "proxy": "globe",
        "converter": "file",
        "screen": "monitor",
        "memory": "cpu",
        "system": "grid",
        "software": "list",
        "log": "history",
        "settings": "gear",
    }
)
OUTCOME_TONES: Mapping[Outcome, str] = MappingProxyType(
    {Outcome.OK: "ok", Outcome.WARN: "warn", Outcome.FAIL: "err", Outcome.NOT_APPLICABLE: "plain"}
)

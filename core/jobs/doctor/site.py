"""Asks a web address whether it answers: one HEAD request, through the proxy of the system where there is one."""

from __future__ import annotations

import ssl
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import Message
from email.utils import parsedate_to_datetime
from http.client import HTTPException
from typing import IO
from urllib.parse import urlsplit

SECONDS = 4.0
SCHEMES = frozenset({"http", "https"})


@dataclass(frozen=True, slots=True)
class Answer:
    """``fault`` is "" where the address answered at all, else ``name``, ``refused``, ``time``, ``certificate``,
    ``address`` or ``failed``. ``unsigned_time`` is what its header says: nobody vouches for it.
    """

    fault: str
    status: int = 0
    milliseconds: int = 0
    unsigned_time: datetime | None = None


def is_address(text: str) -> bool:
    """Whether this is a web address rather than a folder."""
    return urlsplit(text).scheme.lower() in SCHEMES


def proxies_of(environment: Mapping[str, str]) -> dict[str, str]:
    """The proxies by scheme: those of the environment, else those of the system's settings (Windows, macOS)."""
    named = {scheme: environment.get(f"{scheme}_proxy") or environment.get(f"{scheme.upper()}_PROXY") or ""
             for scheme in ("http", "https", "all")}  # fmt: skip
    found = {scheme: value for scheme, value in named.items() if value}
    return found or dict(_system_proxies())


def _system_proxies() -> Mapping[str, str]:
    reader = getattr(urllib.request, "getproxies_registry", None) or getattr(
        urllib.request, "getproxies_macosx_sysconf", None
    )
    return dict(reader()) if reader is not None else {}


def ask_site(address: str, environment: Mapping[str, str]) -> Answer:
    """One request; never raises. Redirections are not followed: an answer is an answer."""
    host = urlsplit(address).hostname
    if not is_address(address) or not host:
        return Answer("address")
    proxies = {} if _bypassed(host, environment) else proxies_of(environment)
    opener = urllib.request.build_opener(urllib.request.ProxyHandler(proxies), _Stay())
    request = urllib.request.Request(address, method="HEAD")  # noqa: S310 -- scheme checked above
    started = time.perf_counter()
    try:
        with opener.open(request, timeout=SECONDS) as response:
            headers, status = response.headers, response.status
    except urllib.error.HTTPError as error:
        headers, status = error.headers, error.code
    except urllib.error.URLError as error:
        return Answer(_fault(error.reason))
    except (OSError, ValueError, HTTPException) as error:
        return Answer(_fault(error))
    return Answer("", status, round((time.perf_counter() - started) * 1000), _date(headers))


def _bypassed(host: str, environment: Mapping[str, str]) -> bool:
    listed = environment.get("no_proxy") or environment.get("NO_PROXY") or ""
    names = [name.strip().lstrip(".").lower() for name in listed.split(",") if name.strip()]
    return any(name == "*" or host.lower() == name or host.lower().endswith(f".{name}") for name in names)


def _fault(reason: object) -> str:
    if isinstance(reason, ssl.SSLCertVerificationError):
        return "certificate"
    if isinstance(reason, TimeoutError):
        return "time"
    if isinstance(reason, ConnectionRefusedError):
        return "refused"
    return "name" if type(reason).__name__ == "gaierror" else "failed"


def _date(headers: Message) -> datetime | None:
    try:
        moment = parsedate_to_datetime(str(headers.get("Date", "")))
    except (ValueError, TypeError):
        return None
    return moment.astimezone(UTC) if moment.tzinfo is not None else None


class _Stay(urllib.request.HTTPRedirectHandler):
    """Follows no redirection."""

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: Message, newurl: str
    ) -> None:
        """See the base class: None means the redirection itself is the answer."""

"""The platform and the way to it: a folder that is there, an address that answers, a proxy that listens."""

from __future__ import annotations

import socket
from pathlib import Path
from urllib.parse import urlsplit

from core.jobs.doctor.inputs import Inputs
from core.jobs.doctor.redact import without_credentials
from core.jobs.doctor.result import Result, failed, passed, skipped, warned
from core.jobs.doctor.site import ask_site, is_address, proxies_of

CONFIGURATION = "platform.json"
CLIENT_ERRORS, SERVER_ERRORS = 400, 500
PROXY_SECONDS = 2.0


def check_network(inputs: Inputs) -> Result:
    """Whether the named platform can be reached; no other address is ever asked."""
    if not inputs.platform:
        return skipped("network", "not_given", action="choose_platform")
    if not is_address(inputs.platform):
        return _folder(Path(inputs.platform))
    shown = {"address": without_credentials(inputs.platform)}
    answer = ask_site(inputs.platform, inputs.environment)
    if answer.fault:
        return failed("network", answer.fault, action="open_network", facts=shown, **shown)
    facts = {**shown, "status": str(answer.status), "milliseconds": str(answer.milliseconds)}
    if answer.status >= SERVER_ERRORS:
        return warned("network", "server_error", action="call_help_desk", facts=facts, **facts)
    return passed("network", "answers", facts=facts, **facts)


def check_proxy(inputs: Inputs) -> Result:
    """Which proxies are set, and whether each listens. Scripts for automatic choice are not read."""
    proxies = proxies_of(inputs.environment)
    if not proxies:
        return passed("proxy", "none")
    facts = {f"proxy_{scheme}": without_credentials(value) for scheme, value in sorted(proxies.items())}
    for value in dict.fromkeys(proxies.values()):
        shown = without_credentials(value)
        place = _place(value)
        if place is None:
            return warned("proxy", "unreadable", action="open_network", facts=facts, proxy=shown)
        try:
            socket.create_connection(place, PROXY_SECONDS).close()
        except OSError:
            return warned("proxy", "silent", action="open_network", facts=facts, proxy=shown)
    return passed("proxy", "set", facts=facts, proxy=next(iter(facts.values())))


def _folder(folder: Path) -> Result:
    facts = {"folder": str(folder)}
    try:
        present = folder.is_dir() and (folder / CONFIGURATION).is_file()
        list(folder.iterdir()) if present else ()
    except OSError:
        return failed("network", "folder_unreadable", action="choose_platform", facts=facts, **facts)
    if not present:
        return failed("network", "folder_missing", action="choose_platform", facts=facts, **facts)
    return passed("network", "folder", facts=facts, **facts)


def _place(proxy: str) -> tuple[str, int] | None:
    try:
        parts = urlsplit(proxy if "://" in proxy else f"http://{proxy}")
        port = parts.port or 80
    except ValueError:
        return None
    return (parts.hostname, port) if parts.hostname else None

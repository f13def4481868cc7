"""The one list of checks, in the order they are run and shown; page and command line have no other."""

from __future__ import annotations

from core.jobs.doctor.check import Check
from core.jobs.doctor.clock import check_clock
from core.jobs.doctor.converter import check_converter
from core.jobs.doctor.documents import check_documents, check_fonts, check_rare
from core.jobs.doctor.file_lock import check_lock
from core.jobs.doctor.keys import check_certificate, check_key, check_trust
from core.jobs.doctor.machine import check_memory, check_screen, check_software, check_system
from core.jobs.doctor.network import check_network, check_proxy
from core.jobs.doctor.program import check_log, check_settings
from core.jobs.doctor.self_test import check_crypto
from core.jobs.doctor.token import check_token
from core.jobs.doctor.work_folder import check_disk, check_write

CHECKS: tuple[Check, ...] = (
    Check("crypto", check_crypto, 20),
    Check("key", check_key, 20),
    Check("certificate", check_certificate),
    Check("trust", check_trust),
    Check("token", check_token, 40),
    Check("clock", check_clock, 10),
    Check("disk", check_disk),
    Check("write", check_write, 15),
    Check("lock", check_lock, 40),
    Check("fonts", check_fonts, 15),
    Check("rare", check_rare, 30),
    Check("documents", check_documents, 60),
    Check("network", check_network, 15),
    Check("proxy", check_proxy, 15),
    Check("converter", check_converter, 20),
    Check("screen", check_screen),
    Check("memory", check_memory),
    Check("system", check_system),
    Check("software", check_software),
    Check("log", check_log),
    Check("settings", check_settings),
)

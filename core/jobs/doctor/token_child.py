"""The child of :mod:`core.jobs.doctor.token`: loads one library and says which entry points it has, calling none.

Prints ``OFFERS|FAULT``: ``PKCS#11`` or ``SKF``, else why not (``no_entry``, ``not_loadable``).
"""

from __future__ import annotations

import ctypes
import sys

ENTRY_POINTS = {"C_GetFunctionList": "PKCS#11", "SKF_EnumDev": "SKF"}


def offers(file: str) -> str:
    """The answer for one library."""
    try:
        library = ctypes.CDLL(file)
    except OSError:
        return "|not_loadable"
    found = [name for entry, name in ENTRY_POINTS.items() if hasattr(library, entry)]
    return f"{'+'.join(found)}|" if found else "|no_entry"


if __name__ == "__main__":
    sys.stdout.write(offers(sys.argv[1]))

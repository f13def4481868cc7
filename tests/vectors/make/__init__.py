"""Generators of the test vectors, one module a format.

A module has ``FOLDER`` (below tests/vectors) and ``vectors()``, which returns file names and bytes; the same in every
run. A vector is a text header (``expect``, ``comment`` and what the format needs), an empty line, and the raw file.
``python -m tests.vectors.make`` writes them all.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).parent.parent


def all_vectors() -> Mapping[Path, bytes]:
    """Every vector of every generator, by the path where it is committed."""
    found: dict[Path, bytes] = {}
    for module_info in pkgutil.iter_modules(__path__):
        if module_info.name.startswith("_"):
            continue
        module = importlib.import_module(f"{__name__}.{module_info.name}")
        if hasattr(module, "vectors"):
            for name, content in module.vectors().items():
                found[ROOT / module.FOLDER / name] = content
    return found


def with_header(content: bytes, **fields: str) -> bytes:
    """A vector: its header lines, an empty line, the raw file."""
    lines = [f"{name.replace('_', '-')}: {value}\n" for name, value in fields.items()]
    return "".join([*lines, "\n"]).encode() + content


def split_header(vector: bytes) -> tuple[Mapping[str, str], bytes]:
    """Header fields and raw file of a vector."""
    header, content = vector.split(b"\n\n", 1)
    fields = dict(line.split(": ", 1) for line in header.decode().splitlines())
    return fields, content

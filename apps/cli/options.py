"""Turns a request dataclass into command line options and parsed options into a request.

A field named ``files`` (or marked ``positional`` in its metadata) is positional; ``Path``, ``str``, ``int``, ``bool``,
``X | None`` and ``tuple[X, ...]`` are understood. The help text of a field is the catalogue's ``cli.option.<name>``.
"""

from __future__ import annotations

import argparse
import stat
import types
import typing
from dataclasses import MISSING, Field, fields, is_dataclass
from pathlib import Path

from core.errors import FileMissing, UsageError
from core.messages import Catalogue


def add_options(parser: argparse.ArgumentParser, request: type, catalogue: Catalogue) -> None:
    """Adds one option (or positional) for each field of the request."""
    hints = typing.get_type_hints(request)
    for field in _fields(request):
        _add(parser, field, hints[field.name], catalogue)


def build(request: type, untrusted: argparse.Namespace) -> object:
    """The request of the parsed options."""
    values = {}
    for field in _fields(request):
        value = getattr(untrusted, field.name)
        if value is None and field.default is not MISSING:
            value = field.default
        for path in value if isinstance(value, list) else [value]:
            _refuse_device(path)
        values[field.name] = tuple(value) if isinstance(value, list) else value
    return request(**values)


def _refuse_device(value: object) -> None:
    """A pipe would be waited for without end, a device written over: only files and folders are read and written."""
    if not isinstance(value, Path):
        return
    try:
        mode = value.stat().st_mode
    except (OSError, ValueError):  # ValueError: a null character in the name
        return  # not there yet, or whoever opens it says why not
    if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
        raise FileMissing(path=value)


def _fields(request: type) -> tuple[Field[object], ...]:
    if not is_dataclass(request):
        raise UsageError(detail=str(request))
    return fields(request)


def _add(parser: argparse.ArgumentParser, field: Field[object], hint: object, catalogue: Catalogue) -> None:
    required = field.default is MISSING and field.default_factory is MISSING
    positional = bool(field.metadata.get("positional"))
    base, multiple = _shape(hint)
    text = catalogue.text(f"cli.option.{field.name}").replace("%", "%%")
    flag = "--" + field.name.rstrip("_").replace("_", "-")
    if base is bool:
        parser.add_argument(flag, dest=field.name, action="store_true", help=text)
    elif positional:
        nargs = ("+" if required else "*") if multiple else (None if required else "?")
        parser.add_argument(field.name, nargs=nargs, type=base, metavar=field.name.upper(), help=text)
    else:
        parser.add_argument(
            flag,
            dest=field.name,
            type=base,
            required=required,
            action="append" if multiple else "store",
            metavar=field.name.upper(),
            help=text,
        )


def _shape(hint: object) -> tuple[type, bool]:
    """The scalar type of a hint and whether it is a tuple of them."""
    origin = typing.get_origin(hint)
    arguments = typing.get_args(hint)
    if origin in {types.UnionType, typing.Union}:
        return _shape(next(item for item in arguments if item is not types.NoneType))
    if origin is tuple:
        return _shape(arguments[0])[0], True
    if hint in {Path, str, int, bool}:
        return typing.cast("type", hint), False
    raise UsageError(detail=str(hint))

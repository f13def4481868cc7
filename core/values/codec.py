"""Frozen dataclasses to plain JSON values and back, strictly.

``Decimal`` travels as a plain string without exponent, times as RFC 3339 in UTC with ``Z``, enumerations by value,
tuples as arrays. Reading refuses unknown and missing fields, so that nothing a signature covers is overlooked.
"""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any, TypeVar, get_args

import cattrs
from cattrs import transform_error
from cattrs.errors import BaseValidationError

from core.errors import DataInvalid

T = TypeVar("T")


def decimal_text(value: Decimal) -> str:
    """A decimal without exponent, keeping its places: ``Decimal("1E+2")`` is ``"100"``."""
    return format(value, "f")


def time_text(value: datetime) -> str:
    """An aware time as RFC 3339 in UTC, whole seconds unless it has microseconds."""
    if value.tzinfo is None:
        raise DataInvalid(where="time", reason="naive")
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


def parse_time(text: str) -> datetime:
    """The time of :func:`time_text`; any other spelling is refused."""
    try:
        value = datetime.fromisoformat(text)
    except (ValueError, AttributeError) as error:
        raise DataInvalid(where="time", reason=str(text)[:40]) from error
    if value.tzinfo is None or time_text(value) != text:
        raise DataInvalid(where="time", reason=str(text)[:40])
    return value


def parse_decimal(text: object) -> Decimal:
    """A decimal from its plain text; floats, exponents, NaN and infinities are refused."""
    if not isinstance(text, str) or len(text) > 64:
        raise DataInvalid(where="number", reason=str(text)[:40])
    try:
        value = Decimal(text)
    except InvalidOperation as error:
        raise DataInvalid(where="number", reason=text[:40]) from error
    if not value.is_finite() or decimal_text(value) != text:
        raise DataInvalid(where="number", reason=text[:40])
    return value


def to_plain(value: object) -> Any:
    """A JSON value (dict, list, str, int, bool, None) for a frozen dataclass or a container of them."""
    return _converter().unstructure(value)


def from_plain(shape: type[T], data: object) -> T:
    """The dataclass of a JSON value; raises :class:`DataInvalid` naming the first place that does not fit."""
    try:
        return _converter().structure(data, shape)
    except BaseValidationError as error:
        first = transform_error(error)[0]
        raise DataInvalid(where=shape.__name__, reason=first) from error
    except (TypeError, ValueError, KeyError, DataInvalid) as error:
        raise DataInvalid(where=shape.__name__, reason=str(error)[:200]) from error


@cache
def _converter() -> cattrs.Converter:
    converter = cattrs.Converter(forbid_extra_keys=True, unstruct_collection_overrides={tuple: list})
    converter.register_unstructure_hook(Decimal, decimal_text)
    converter.register_structure_hook(Decimal, lambda value, _: parse_decimal(value))
    converter.register_unstructure_hook(datetime, time_text)
    converter.register_structure_hook(datetime, lambda value, _: parse_time(value))
    converter.register_structure_hook(str, _strict_str)
    converter.register_structure_hook(int, _strict_int)
    converter.register_structure_hook(bool, _strict_bool)
    converter.register_structure_hook_func(_is_tuple, lambda value, shape: _strict_tuple(converter, value, shape))
    return converter


def _strict_str(value: object, shape: type[str]) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value if shape is str else shape(value)  # a hook for str also gets every StrEnum


def _strict_int(value: object, _: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(value)
    return value


def _strict_bool(value: object, _: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError(value)
    return value


def _is_tuple(shape: object) -> bool:
    return getattr(shape, "__origin__", None) is tuple


def _strict_tuple(converter: cattrs.Converter, value: object, shape: object) -> tuple[object, ...]:
    if not isinstance(value, list | tuple):
        raise TypeError(value)
    kinds = get_args(shape)
    if len(kinds) == 2 and kinds[1] is Ellipsis:
        kinds = (kinds[0],) * len(value)
    if len(kinds) != len(value):
        raise ValueError(len(value))
    return tuple(converter.structure(item, kind) for item, kind in zip(value, kinds, strict=True))

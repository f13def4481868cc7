"""Evaluation methods as data: shipped packs, a tender's copy with its parameters, and reading a pack from JSON.

Format: docs/spec/method-pack.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from core.errors import DataInvalid, MethodInvalid
from core.rules.data_files import Plain, read_json, rule_file_names
from core.rules.json_place import PlaceFault
from core.rules.method_model import KIND_LOWEST_PRICE, KIND_SCORE, Case, MethodPack, PackStep, Parameter
from core.rules.method_names import name_faults
from core.rules.method_reader import METHOD_FORMAT, METHOD_VERSION, read_pack
from core.values.codec import parse_decimal

__all__ = [
    "KIND_LOWEST_PRICE",
    "KIND_SCORE",
    "METHOD_FORMAT",
    "METHOD_VERSION",
    "Case",
    "MethodPack",
    "PackStep",
    "Parameter",
    "load_method",
    "method_data",
    "method_ids",
    "parse_method",
    "with_parameters",
]


def method_ids() -> tuple[str, ...]:
    """Ids of the shipped packs."""
    return tuple(name.removesuffix(".json") for name in rule_file_names("methods", ".json"))


def load_method(method_id: str, parameters: Mapping[str, str] | None = None) -> MethodPack:
    """A shipped pack, with these parameter values where given; raises :class:`MethodInvalid`."""
    return parse_method(method_data(method_id, parameters))


def method_data(method_id: str, parameters: Mapping[str, str] | None = None) -> dict[str, Plain]:
    """The JSON of a shipped pack; with ``parameters`` (even empty) as a tender's copy, without the worked cases.

    Raises :class:`MethodInvalid` where the pack or a parameter is unknown or a value lies outside its limits.
    """
    if method_id not in method_ids():
        raise MethodInvalid(method=method_id[:40], where="id", reason="unknown_method", detail=method_id[:40])
    data = read_json(f"methods/{method_id}.json")
    if parameters is None:
        return data
    copy: dict[str, Plain] = {**with_parameters(data, parameters), "cases": []}
    parse_method(copy)
    return copy


def with_parameters(data: Mapping[str, Plain], values: Mapping[str, str]) -> dict[str, Plain]:
    """A copy of a pack's JSON with these parameter values; raises :class:`MethodInvalid` for an unknown one."""
    method = str(data.get("id"))[:40]
    rows = data.get("parameters", [])
    known: list[Plain] = []
    left = dict(values)
    for row in rows if isinstance(rows, list) else []:
        name = str(row.get("id")) if isinstance(row, dict) else ""
        if isinstance(row, dict) and name in left:
            known.append(row | {"value": _decimal_text(method, name, left.pop(name))})
        else:
            known.append(row)
    if left:
        raise MethodInvalid(method=method, where="parameters", reason="unknown_parameter", detail=min(left)[:40])
    return {**data, "parameters": known}


def _decimal_text(method: str, name: str, value: str) -> str:
    try:
        parse_decimal(value)
    except DataInvalid as error:
        raise MethodInvalid(method=method, where=f"parameters.{name}", reason="number", detail=value[:40]) from error
    return value


def parse_method(data: Mapping[str, object]) -> MethodPack:
    """A pack from its JSON; raises :class:`MethodInvalid` with the place of the first thing that does not fit."""
    method = str(data.get("id"))[:40]
    try:
        pack = read_pack(data)
        for fault in name_faults(pack):
            raise fault
    except PlaceFault as fault:
        raise MethodInvalid(method=method, where=fault.where, reason=fault.slug, detail=fault.detail) from fault
    return pack


def parameter_values(pack: MethodPack) -> dict[str, Decimal]:
    """The values of the parameters by id."""
    return {parameter.id: parameter.value for parameter in pack.parameters}

"""The tables of a tender document: rows of slots drawn from the tender, by source name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from core.errors import DataInvalid
from core.messages import Catalogue
from core.rules.method_pack import MethodPack
from core.rules.method_text import describe_method
from core.tender.model import Factor, Party, PartyRole, ReviewItem, Tender
from core.tender.slots import fill
from core.tender.template import Template, TemplateTable
from core.values.codec import decimal_text
from core.values.document import Column, Table
from core.values.money import format_yuan

Rows = list[dict[str, str]]


@dataclass(frozen=True, slots=True)
class TableContext:
    """What tables draw from. ``methods`` by lot id."""

    tender: Tender
    template: Template
    methods: Mapping[str, MethodPack]
    slots: Mapping[str, str]
    catalogue: Catalogue


def build_table(table: TemplateTable, context: TableContext) -> Table:
    """The table with its rows; raises :class:`DataInvalid` for an unknown source or slot."""
    source = _SOURCES.get(table.source)
    if source is None:
        raise DataInvalid(where="table", reason=table.source[:40])
    columns = tuple(Column(column.title, column.width) for column in table.columns)
    rows = tuple(tuple(fill(column.cell, row, table.source) for column in table.columns) for row in source(context))
    return Table(columns, rows, table.caption)


def _lots(context: TableContext) -> Rows:
    return [
        {
            "number": str(lot.number),
            "name": lot.name,
            "scope": lot.scope,
            "duration_days": str(lot.duration_days),
            "quality": lot.quality,
            "price_limit": format_yuan(lot.price_limit),
            "qualification": lot.qualification,
            "manager": lot.manager,
            "boq": lot.boq,
        }
        for lot in context.tender.lots
    ]


def _front(context: TableContext) -> Rows:
    return [
        {"clause": row.clause, "name": row.name, "text": fill(row.text, context.slots, f"front {row.clause}")}
        for row in context.template.front
    ]


def _parties(context: TableContext) -> Rows:
    parties = (context.tender.tenderer, context.tender.agency, context.tender.centre)
    return [_party(party, context) for party in parties]


def _party(party: Party, context: TableContext) -> dict[str, str]:
    return {
        "role": context.catalogue.text(f"tender.role.{PartyRole(party.role).value}"),
        "name": party.name,
        "address": party.address,
        "contact": party.contact,
        "telephone": party.telephone,
    }


def _outline(context: TableContext) -> Rows:
    words = context.catalogue
    return [
        {
            "number": str(number),
            "title": chapter.title,
            "volume": words.text(f"tender.volume.{chapter.volume}"),
            "needed": words.text(f"tender.needed.{_need(chapter.required, chapter.only_consortium)}"),
        }
        for number, chapter in enumerate(context.tender.chapters, start=1)
    ]


def _need(required: bool, only_consortium: bool) -> str:
    if only_consortium:
        return "consortium"
    return "required" if required else "optional"


def _review(group: str) -> Callable[[TableContext], Rows]:
    def rows(context: TableContext) -> Rows:
        items: dict[str, ReviewItem] = {}
        for lot in context.tender.lots:
            items.update({item.id: item for item in lot.review_items if item.group == group})
        return [
            {"number": str(number), "title": item.title, "standard": item.standard, "clause": item.clause}
            for number, item in enumerate(items.values(), start=1)
        ]

    return rows


def _factors(context: TableContext) -> Rows:
    lots_of: dict[Factor, list[str]] = {}
    for lot in context.tender.lots:
        for factor in lot.factors:
            lots_of.setdefault(factor, []).append(str(lot.number))
    between = context.catalogue.text("tender.between_lots")
    return [
        {
            "lot": between.join(lots),
            "group": context.catalogue.text(f"tender.factor_group.{factor.group}"),
            "title": factor.title,
            "full_score": decimal_text(factor.full_score),
            "standard": _standard(factor, context.catalogue),
        }
        for factor, lots in lots_of.items()
    ]


def _standard(factor: Factor, catalogue: Catalogue) -> str:
    if not factor.objective or factor.group == "price":
        return factor.standard
    return catalogue.text("tender.objective", standard=factor.standard)


def _rejection(context: TableContext) -> Rows:
    return [
        {
            "number": str(number),
            "text": clause.text,
            "clause": clause.clause,
            "basis": context.catalogue.text(f"tender.rejection_basis.{clause.code}"),
        }
        for number, clause in enumerate(context.tender.rejection_clauses, start=1)
    ]


def _methods(context: TableContext) -> Rows:
    rows: Rows = []
    for lot in context.tender.lots:
        for name, text in describe_method(context.methods[lot.id], context.catalogue):
            rows.append({"lot": str(lot.number), "name": name, "text": text})
    return rows


def _documents(context: TableContext) -> Rows:
    return [
        {"number": str(number), "title": document.title, "path": document.path}
        for number, document in enumerate(context.tender.documents, start=1)
    ]


_SOURCES: Mapping[str, Callable[[TableContext], Rows]] = {
    "lots": _lots,
    "front": _front,
    "parties": _parties,
    "outline": _outline,
    "review_formal": _review("formal"),
    "review_qualification": _review("qualification"),
    "review_responsive": _review("responsive"),
    "factors": _factors,
    "rejection": _rejection,
    "methods": _methods,
    "documents": _documents,
}

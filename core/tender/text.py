"""The text of the tender document: template and tender composed into blocks the renderer sets."""

from __future__ import annotations

import re
from collections.abc import Mapping

from core.messages import Catalogue
from core.rules.method_pack import MethodPack
from core.tender.model import Tender
from core.tender.slots import fill, tender_slots
from core.tender.tables import TableContext, build_table
from core.tender.template import Clause, Template
from core.values.document import Block, DocumentChapter, DocumentText, Form, Heading, Numbered, PageBreak, Paragraph
from core.values.times import beijing_parts

_NUMBERED = re.compile(r"([0-9]+(?:\.[0-9]+)+|\uff08[0-9]+\uff09) (.+)", re.DOTALL)


def compose(
    tender: Tender, template: Template, methods: Mapping[str, MethodPack], catalogue: Catalogue
) -> DocumentText:
    """The whole tender document; ``methods`` are the packs of the lots, by lot id.

    The clauses are the template's own language (Chinese); the catalogue gives labels, units and dates.
    Raises :class:`core.errors.DataInvalid` where the template names a slot or table that does not exist.
    """
    slots = tender_slots(tender, template, catalogue)
    context = TableContext(tender, template, methods, slots, catalogue)
    chapters = tuple(
        DocumentChapter(
            chapter.id,
            chapter.title,
            tuple(block for clause in chapter.clause for block in _clause(clause, slots, context)),
        )
        for chapter in template.chapters
    )
    return DocumentText(
        title=tender.project.name,
        subtitle=template.title,
        meta=_meta(tender, catalogue),
        footer_note=demo_note(tender, catalogue),
        chapters=chapters,
    )


def demo_note(tender: Tender, catalogue: Catalogue) -> str:
    """The remark every document carries whose times come from the demonstration clock; empty otherwise."""
    return catalogue.text("data.demo_time") if tender.time_source == "demo" else ""


def _meta(tender: Tender, catalogue: Catalogue) -> tuple[tuple[str, str], ...]:
    published = catalogue.text("data.date", **beijing_parts(tender.schedule.published_at))
    facts = (
        ("tender_id", tender.tender_id),
        ("project_code", tender.project.code),
        ("tenderer", tender.tenderer.name),
        ("agency", tender.agency.name),
        ("date", published),
    )
    return tuple((catalogue.text(f"tender.meta.{name}"), value) for name, value in facts)


def _clause(clause: Clause, slots: Mapping[str, str], context: TableContext) -> list[Block]:
    blocks: list[Block] = [PageBreak()] if clause.page_break else []
    if clause.title:
        blocks.append(Heading(fill(clause.title, slots, clause.id)))
    blocks += [_paragraph(fill(text, slots, clause.id)) for text in clause.text]
    if clause.form:
        blocks.append(Form(tuple(fill(line, slots, clause.id) for line in clause.form)))
    blocks += [build_table(table, context) for table in clause.table]
    return blocks


def _paragraph(text: str) -> Block:
    match = _NUMBERED.fullmatch(text)
    return Numbered(match.group(1), match.group(2)) if match else Paragraph(text)

"""The page appended to the frozen report after signing: who signed, dissented or refused, and by which act."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from core.messages import Catalogue
from core.tender.model import Tender
from core.values.document import Block, DocumentChapter, DocumentText, Paragraph, table
from core.values.words import Words


class SignatureLine(Protocol):
    """What one member did with the frozen report."""

    @property
    def name(self) -> str:
        """The member's name."""

    @property
    def how(self) -> str:
        """``signed``, ``dissent`` or ``refused``."""

    @property
    def text(self) -> str:
        """The dissent or the reason of a refusal; empty where there is none."""

    @property
    def event(self) -> str:
        """SM3 (hex) of the signed act in the log."""


def compose_closing_page(
    tender: Tender, report_sm3: str, signatures: Iterable[SignatureLine], catalogue: Catalogue
) -> DocumentText:
    """The page's text for the report of this SM3 (hex); one line a member, then every dissent and refusal in full."""
    words = Words(catalogue, "evaluation.page")
    lines = tuple(signatures)
    rows = [(line.name, words(_how(line)), line.event) for line in lines]
    titles = [(words("name"), 22), (words("how"), 35), (words("event"), 43)]
    blocks: list[Block] = [Paragraph(words("report", sm3=report_sm3)), table(titles, rows), Paragraph(words("explain"))]
    for line in lines:
        if line.text:
            blocks.append(Paragraph(words(f"text_{line.how}", name=line.name, text=line.text)))
        elif line.how == "refused":
            blocks.append(Paragraph(words("consent", name=line.name)))
    return DocumentText(
        title=words("title"),
        subtitle=tender.project.name,
        footer_note=catalogue.text("data.demo_time") if tender.time_source == "demo" else "",
        chapters=(DocumentChapter("signatures", "", tuple(blocks)),),
        language=catalogue.language,
    )


def _how(line: SignatureLine) -> str:
    return "refused_silent" if line.how == "refused" and not line.text else line.how

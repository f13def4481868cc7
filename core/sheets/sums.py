"""The sums a table states about itself, held against the sums of what was read."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from core.boq.model import Source
from core.sheets.collected import Collected
from core.sheets.sections import SectionTree
from core.values.codec import decimal_text

TOLERANCE = Decimal("0.01")  # yuan, per level


@dataclass(frozen=True, slots=True)
class PartTotal:
    """A named total (``分部分项合计``): some lists print it below its part, some above."""

    written: Decimal
    source: Source
    before: Decimal  # everything above it
    since: Decimal  # since the named total before


@dataclass(slots=True)
class TableSums:
    """Running sums of one table; a table without any amount is unpriced and nothing is checked."""

    total: Decimal = Decimal(0)
    page: Decimal = Decimal(0)
    priced: int = 0
    items: int = 0
    last_total: tuple[Decimal, Source] | None = None
    sections: SectionTree = field(default_factory=SectionTree)
    parts: list[PartTotal] = field(default_factory=list)
    closing: list[tuple[Decimal, Decimal, Source, str]] = field(default_factory=list)  # written, computed

    def add(self, amount: Decimal | None) -> None:
        """Counts one item."""
        self.items += 1
        self.sections.add(amount)
        if amount is not None:
            self.priced += 1
            self.total += amount
            self.page += amount

    def close_page(self, written: Decimal | None, source: Source) -> None:
        """A page subtotal: everything since the last one."""
        if written is not None:
            self.closing.append((written, self.page, source, "R01"))
        self.page = Decimal(0)

    def close_section(self, written: Decimal | None, source: Source) -> None:
        """A subtotal line below a section."""
        if written is not None and self.sections.heads:
            self.closing.append((written, self.sections.heads[-1].total, source, "R03"))

    def close_table(self, written: Decimal | None, source: Source) -> None:
        """A total line; with running totals on every page only the last counts."""
        if written is not None:
            self.last_total = (written, source)

    def name_part(self, written: Decimal | None, source: Source) -> None:
        """A named total."""
        if written is not None:
            since = self.total - (self.parts[-1].before if self.parts else Decimal(0))
            self.parts.append(PartTotal(written, source, self.total, since))

    def _part_checks(self) -> list[tuple[Decimal, Decimal, Source, str]]:
        """Each named total against the part it fits best: all above, since the last one, or all that follows."""
        checks = []
        for index, part in enumerate(self.parts):
            end = self.parts[index + 1].before if index + 1 < len(self.parts) else self.total
            candidates = (part.before, part.since, end - part.before)
            computed = min(candidates, key=lambda value: abs(value - part.written))
            checks.append((part.written, computed, part.source, "R02"))
        return checks

    def report(self, collected: Collected, sheet: str) -> None:
        """Adds the findings of this table and its written total."""
        checks = [*self.closing, *self._part_checks()]
        for head, computed in zip(self.sections.heads, self.sections.full_totals(), strict=True):
            collected.sections.append(head.section)
            if head.section.subtotal is not None:
                checks.append((head.section.subtotal, computed, head.section.source, "R03"))
        if self.last_total is not None:
            written, source = self.last_total
            checks.append((written, self.total, source, "R02"))
            key = sheet if sheet not in collected.written_totals else source.text()
            collected.written_totals[key] = written
        if self.priced:
            for written, computed, source, rule in checks:
                compare(collected, written, computed, source, rule)


def compare(collected: Collected, written: Decimal, computed: Decimal, source: Source, rule: str) -> None:
    """One check of a written sum; counts it, and a finding where it fails."""
    collected.checked_sums += 1
    if abs(written - computed) > TOLERANCE:
        collected.failed_sums += 1
        params = {"written": decimal_text(written), "computed": decimal_text(computed)}
        collected.note(rule, source.text(), params)

"""Findings about a list of materials."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from apps.shell.findings.build import build_findings
from apps.shell.findings.presenter import FindingsActions, FindingsPresenter
from apps.shell.findings.state import Grouping
from apps.shell.gallery.specimen import Specimen
from apps.shell.tasks import ImmediateStarter
from apps.shell.theme.style import look_of
from core.messages import Catalogue
from core.rules.finding import Finding, Severity
from core.values.sentences import sentence

_K = "shell.findings.demo."


def _findings(words: Catalogue) -> tuple[Finding, ...]:
    def text(key: str) -> str:
        return words.text(_K + key)

    materials, plan, file = text("sheet_1"), text("sheet_2"), text("sheet_3")
    error, warning, note = Severity.ERROR, Severity.WARNING, Severity.NOTE
    return (
        Finding("demo.no_price", error, f"{materials}!F3", {"name": text("oak")}, text("clause_1"), f"{_K}fix_price"),
        Finding(
            "demo.sum_wrong", error, f"{materials}!G6",
            {"name": text("floor"), "shown": "95,883.12", "right": "9,588.31"}, text("clause_1"), f"{_K}fix_sum",
        ),
        Finding("demo.date", error, f"{plan}!C4"),
        Finding(
            "demo.high", warning, f"{materials}!F9",
            {"name": text("lamp"), "price": "1,058.70", "limit": "486.20"}, text("clause_2"),
        ),
        Finding("demo.spelling", note, file, {"name": text("lamp"), "other": text("lamp_other")}),
        Finding("demo.spelling", note, f"{materials}!B9", {"name": text("lamp"), "other": text("lamp_other")}),
    )  # fmt: skip


def _page(words: Catalogue) -> tuple[QWidget, FindingsPresenter]:
    page = QWidget()
    page.setProperty("page", True)
    layout = QVBoxLayout(page)
    margin = look_of().px(24)
    layout.setContentsMargins(margin, margin, margin, margin)
    actions = FindingsActions(
        jump=lambda _finding: None, fix=lambda _finding: None, copy=lambda _text: None, failed=lambda _error: None,
        export=lambda _findings: None,
    )  # fmt: skip

    def describe(finding: Finding) -> str:
        return sentence(words, _K + finding.rule.partition(".")[2], finding.params)

    view, presenter = build_findings(words, ImmediateStarter(), actions, describe=describe)
    layout.addWidget(view)
    return page, presenter


def _shown(words: Catalogue) -> QWidget:
    page, presenter = _page(words)
    presenter.set_findings(_findings(words))
    presenter.stand_on(1)
    return page


def _by_place(words: Catalogue) -> QWidget:
    page, presenter = _page(words)
    presenter.set_findings(_findings(words))
    presenter.group_by(Grouping.PLACE)
    presenter.show_only(Severity.ERROR)
    return page


def _no_hits(words: Catalogue) -> QWidget:
    page, presenter = _page(words)
    presenter.set_findings(_findings(words))
    presenter.search("granite")
    return page


def _clean(words: Catalogue) -> QWidget:
    page, presenter = _page(words)
    presenter.set_findings(())
    return page


FINDINGS = (
    Specimen("lists.findings", f"{_K}title", _shown, (560, 720)),
    Specimen("lists.findings_places", "shell.findings.by_place", _by_place, (560, 560)),
    Specimen("lists.findings_no_hits", "shell.findings.no_hits", _no_hits, (560, 460)),
    Specimen("lists.findings_clean", "shell.findings.clean", _clean, (480, 380)),
)

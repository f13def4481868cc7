"""Findings: sentences, groups, filters, search and what the buttons do, without Qt."""

from hypothesis import given
from hypothesis import strategies as st

from apps.shell.findings.arrange import arrange, visible
from apps.shell.findings.presenter import FindingsActions, FindingsPresenter
from apps.shell.findings.state import FindingRow, FindingsState, Grouping, GroupLine, Stage
from apps.shell.findings.wording import describer, meta, rows_of, spoken
from apps.shell.tasks import ImmediateStarter
from core.errors import Cancelled
from core.messages import Catalogue, load
from core.ports.progress import Quiet
from core.rules.finding import Finding, Severity
from signing.errors import CodedError

FOUND = (
    Finding("bid.B10", Severity.WARNING, "计划!C4", {"offered": "600", "required": "560"}, "第 3.2 条"),
    Finding("boq.C05", Severity.ERROR, "清单!F3", {"code": "0105"}, "", "shell.findings.demo.fix_price"),
    Finding("bid.B13", Severity.ERROR, "清单!F9"),
    Finding("bid.B15", Severity.NOTE, "", {"title": "说明"}),
)


class Desk:
    def __init__(self, words: Catalogue, *, export: bool = True) -> None:
        self.jumped: list[Finding] = []
        self.fixed: list[Finding] = []
        self.copied: list[str] = []
        self.exported: list[tuple[Finding, ...]] = []
        self.failures: list[CodedError] = []
        self.states: list[FindingsState] = []
        actions = FindingsActions(
            self.jumped.append, self.fixed.append, self.copied.append, self.failures.append,
            self.exported.append if export else None,
        )  # fmt: skip
        self.presenter = FindingsPresenter(words, self.states.append, ImmediateStarter(), actions)


def rows(words: Catalogue) -> tuple[FindingRow, ...]:
    return rows_of(FOUND, words, describer(words), Quiet())


def test_a_finding_reads_as_on_the_command_line(words: Catalogue):
    import io

    from apps.cli.console import Console
    from apps.cli.present.findings import finding_line

    for row in rows(words):
        assert row.sentence in finding_line(row.finding, Console(words, out=io.StringIO(), err=io.StringIO()))
    assert rows(words)[0].sentence == words.text("bid.finding.B10", offered="600", required="560")


def test_errors_come_first_whatever_the_order_they_were_found_in(words: Catalogue):
    lines = arrange(rows(words), Grouping.SEVERITY, None, "", words)
    heads = [line for line in lines if isinstance(line, GroupLine)]
    assert [(head.severity, head.count) for head in heads] == [
        (Severity.ERROR, 2), (Severity.WARNING, 1), (Severity.NOTE, 1)
    ]  # fmt: skip


def test_places_are_grouped_by_sheet_and_a_finding_without_place_is_not_lost(words: Catalogue):
    lines = arrange(rows(words), Grouping.PLACE, None, "", words)
    heads = {line.title: line.count for line in lines if isinstance(line, GroupLine)}
    assert heads == {"计划": 1, "清单": 2, "未注明位置": 1}


WORDS = load("zh_CN")
ROWS = rows(WORDS)


@given(st.sampled_from(list(Grouping)), st.sampled_from([None, *Severity]), st.text(max_size=4))
def test_a_view_shows_exactly_what_its_filters_allow(grouping: Grouping, only: Severity | None, search: str):
    words, every = WORDS, ROWS
    lines = arrange(every, grouping, only, search, words)
    wanted = {
        row.number for row in every
        if (only is None or row.finding.severity is only)
        and all(word in row.haystack for word in search.casefold().split())
    }  # fmt: skip
    assert {row.number for row in visible(lines)} == wanted
    assert sum(line.count for line in lines if isinstance(line, GroupLine)) == len(wanted)


def test_a_search_finds_words_of_sentence_place_source_and_rule(words: Catalogue):
    every = rows(words)
    for asked, count in (("清单!f3", 1), ("3.2", 1), ("BOQ.c05", 1), ("600 计划", 1), ("没有这个词", 0)):
        assert len(visible(arrange(every, Grouping.SEVERITY, None, asked, words))) == count, asked


def test_jump_and_fix_go_only_where_the_finding_names_something(words: Catalogue):
    desk = Desk(words)
    desk.presenter.set_findings(FOUND)
    for number in range(-1, 6):
        desk.presenter.jump(number)
        desk.presenter.fix(number)
    assert desk.jumped == [FOUND[0], FOUND[1], FOUND[2]]
    assert desk.fixed == [FOUND[1]]


def test_next_problem_follows_the_order_on_screen_and_goes_round(words: Catalogue):
    desk = Desk(words)
    desk.presenter.set_findings(FOUND)
    seen = []
    for _ in range(5):
        desk.presenter.next_problem()
        seen.append(desk.presenter.state.current)
    assert seen == [1, 2, 0, 3, 1]


def test_copy_takes_what_is_shown_and_a_formula_stays_text(words: Catalogue):
    desk = Desk(words)
    desk.presenter.set_findings((*FOUND, Finding("bid.B15", Severity.ERROR, '=cmd|"/c calc"!A1', {"title": "x"})))
    desk.presenter.show_only(Severity.ERROR)
    desk.presenter.copy_all()
    lines = desk.copied[0].splitlines()
    assert len(lines) == 4
    assert lines[0].split("\t")[0] == "程度"
    assert "'=cmd" in desk.copied[0]
    desk.presenter.stand_on(1)
    desk.presenter.copy_current()
    assert len(desk.copied[1].splitlines()) == 2


def test_export_hands_over_what_is_shown_in_the_order_shown(words: Catalogue):
    desk = Desk(words)
    desk.presenter.set_findings(FOUND)
    desk.presenter.export()
    assert desk.exported == [(FOUND[1], FOUND[2], FOUND[0], FOUND[3])]
    assert not Desk(words, export=False).presenter.can_export


def test_a_new_check_forgets_the_old_findings_and_keeps_the_filters(words: Catalogue):
    desk = Desk(words)
    desk.presenter.set_findings(FOUND)
    desk.presenter.search("清单")
    desk.presenter.stand_on(1)
    desk.presenter.begin()
    assert desk.presenter.state.stage is Stage.CHECKING
    assert desk.presenter.state.rows == ()
    desk.presenter.set_findings(FOUND[:2])
    assert [row.number for row in visible(desk.presenter.state.lines)] == [1]
    assert desk.presenter.state.current == -1


def test_a_filter_that_hides_the_present_row_leaves_it(words: Catalogue):
    desk = Desk(words)
    desk.presenter.set_findings(FOUND)
    desk.presenter.stand_on(0)
    desk.presenter.show_only(Severity.ERROR)
    assert desk.presenter.state.current == -1


def test_a_failure_while_reading_reaches_the_owner(words: Catalogue):
    desk = Desk(words)

    def broken(_finding: Finding) -> str:
        message = "no sentence"
        raise RuntimeError(message)

    desk.presenter._describe = broken
    desk.presenter.set_findings(FOUND)
    assert [error.code for error in desk.failures] == ["app.unexpected"]
    assert desk.presenter.state.stage is Stage.WAITING


def test_reading_a_long_list_stops_when_asked(words: Catalogue):
    class Stop(Quiet):
        def raise_if_cancelled(self) -> None:
            raise Cancelled

    import pytest

    with pytest.raises(Cancelled):
        rows_of(FOUND, words, describer(words), Stop())


def test_a_row_is_heard_with_severity_sentence_place_and_source(words: Catalogue):
    row = rows(words)[0]
    assert spoken(row, words).startswith("提醒，")
    assert "依据：第 3.2 条" in meta(row, words)
    assert "bid.B10" in meta(row, words, rule=True)

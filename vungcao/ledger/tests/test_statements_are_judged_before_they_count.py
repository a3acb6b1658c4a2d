"""Unusable things keep a statement out, at their cells; contradictions are written and flagged; the same is held."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import product

import pytest
from django.utils import timezone

from vungcao.evidence.actions import SYSTEM
from vungcao.kernel.refusal import Cell
from vungcao.ledger.actions import Overtaken, UnusableStatement, order_reporters, record_statement
from vungcao.ledger.judging import judge, same_as_held
from vungcao.ledger.models import Basis, ReporterOrder, Statement, StatementLine
from vungcao.ledger.regions import Space
from vungcao.ledger.spending import ranks
from vungcao.programme.models import Component

JUNE, SEPTEMBER = date(2024, 6, 30), date(2024, 9, 30)


@pytest.fixture
def whole(cast):
    """The coverage of district h1 for the programme, all sources."""
    return cast.region(place="h1", source="*:*")


def told(cast, lines, coverage, as_of=JUNE, **more) -> list[tuple[str, str, str]]:
    """(code, cell, weight) of each problem."""
    draft = cast.draft(lines, coverage=coverage, as_of=as_of, **more)
    return [(problem.code, problem.where.cell, problem.weight) for problem in judge(draft)]


def test_lines_that_nest_or_lie_apart_fit(cast, whole):
    one, other = cast.region(place="x1", source="*:*"), cast.region(place="x2", source="*:*")
    inner = cast.region("CT.DA1", "x1", source="dau_tu:*")
    assert told(cast, [(whole, 30), (one, 10), (other, 20), (inner, 4)], whole) == []


def test_lines_that_cross_are_refused_at_both_cells(cast, whole):
    by_component = cast.region("CT.DA1", "h1", source="*:*")
    by_place = cast.region("CT", "x1", source="*:*")
    apart = cast.region("CT.DA2", "x2", source="*:*")
    problems = told(cast, [(whole, 30), (by_component, 10), (apart, 1), (by_place, 20)], whole)
    assert problems == [("line.crosses", "B8", "unusable"), ("line.crosses", "B10", "unusable")]
    draft = cast.draft([(by_component, 10), (by_place, 20)], coverage=whole, as_of=JUNE)
    assert ["B8" in problem.sentence for problem in judge(draft)] == [True, False]
    with pytest.raises(UnusableStatement, match="giao nhau") as refused:
        record_statement(draft, batch=cast.batch(), by=SYSTEM)
    assert len(refused.value.facts["problems"]) == 2
    assert not Statement.objects.exists()


def test_a_kind_of_capital_crosses_a_budget_level(cast, whole):
    kinds, levels = cast.region(place="h1", source="dau_tu:*"), cast.region(place="h1", source="*:NSTW")
    assert [code for code, *_ in told(cast, [(kinds, 1), (levels, 1)], whole)] == ["line.crosses"] * 2


def test_a_line_said_twice_is_refused(cast, whole):
    one = cast.region(place="x1", source="*:*")
    assert told(cast, [(one, 1), (one, 2)], whole) == [("line.doubled", "B8", "unusable")]


def test_a_line_outside_the_coverage_is_refused(cast, whole):
    outside = [cast.region(place="x3", source="*:*"), cast.region(place="vd", source="*:*"), cast.region(year="2025")]
    assert [code for code, *_ in told(cast, [(region, 1) for region in outside], whole)] == ["line.outside"] * 3


def test_containment_is_that_of_the_as_of_day(cast):
    """Xã Bốn passed from h1 to h2 on 1/7/2024."""
    moved = cast.region(place="x4", source="*:*")
    for district, as_of, fits in (
        ("h1", JUNE, True),
        ("h2", JUNE, False),
        ("h1", SEPTEMBER, False),
        ("h2", SEPTEMBER, True),
    ):
        problems = told(cast, [(moved, 1)], cast.region(place=district, source="*:*"), as_of)
        assert (problems == []) is fits, (district, as_of)


def test_a_year_outside_the_programme_is_refused(cast):
    late = cast.region(year="2031", source="*:*")
    assert told(cast, [(late, 1)], late, date(2031, 6, 30))[0] == ("year.outside", "A1", "unusable")
    last = cast.region(year="2025", source="*:*")
    assert told(cast, [(last, 1)], last, date(2025, 6, 30)) == []


def test_two_statements_for_one_day_need_a_correction(cast, whole):
    first = cast.state([(whole, 10)], coverage=whole, as_of=JUNE)
    assert told(cast, [(whole, 12)], whole) == [("statement.two_for_one_day", "A1", "unusable")]
    corrected = cast.state([(whole, 12)], coverage=whole, as_of=JUNE, corrects=True)
    assert corrected.supersedes == first
    again = cast.state([(whole, 10)], coverage=whole, as_of=JUNE, corrects=True)
    assert again.supersedes == corrected, "a correction may go back to what was said before"


def test_another_reporter_coverage_basis_or_day_is_another_statement(cast, whole):
    cast.state([(whole, 10)], coverage=whole, as_of=JUNE)
    for change in (
        {"reporter": "KB"},
        {"as_of": SEPTEMBER},
        {"basis": "phase"},
        {"coverage": replace(whole, year_use="2023")},
    ):
        about = {"coverage": whole, "as_of": JUNE, **change}
        assert told(cast, [(about["coverage"], 12)], about.pop("coverage"), about.pop("as_of"), **about) == [], change


def test_a_cumulative_figure_that_falls_is_written_and_flagged(cast, whole):
    cast.state([(whole, 10)], coverage=whole, as_of=JUNE)
    assert told(cast, [(whole, 9)], whole, SEPTEMBER) == [("statement.falls", "B7", "contradicting")]
    assert told(cast, [(whole, 10)], whole, SEPTEMBER) == []
    cast.state([(whole, 9)], coverage=whole, as_of=SEPTEMBER)
    assert StatementLine.objects.count() == 2


@pytest.mark.parametrize("kinds_first", [False, True], ids=["total then kinds", "kinds then total"])
def test_a_fall_is_seen_when_the_table_has_changed_its_shape(cast, whole, kinds_first):
    kinds = [replace(whole, source=cast.sources[f"{kind}:*"]) for kind in ("dau_tu", "su_nghiep")]
    shapes = ([(whole, 10)], [(kinds[0], 4), (kinds[1], 5)])
    first, then = reversed(shapes) if kinds_first else shapes
    higher, lower = ([(region, dong + 3) for region, dong in first], then)
    cast.state(higher, coverage=whole, as_of=JUNE)
    (problem,) = judge(cast.draft(lower, coverage=whole, as_of=SEPTEMBER))
    assert (problem.code, problem.where.cell, problem.weight) == ("statement.falls", "B7", "contradicting")
    assert "cả biểu" in problem.sentence and "30/06/2024" in problem.sentence
    risen = [(region, dong + 9) for region, dong in then]
    assert told(cast, risen, whole, SEPTEMBER) == []
    (late,) = judge(cast.draft(risen, coverage=whole, as_of=date(2024, 3, 31)))
    assert "cao hơn" in late.sentence


def test_wholes_of_other_coverages_are_not_compared(cast, whole):
    cast.state([(whole, 10)], coverage=whole, as_of=JUNE)
    part = cast.region("CT.DA1", place="h1", source="*:*")
    assert told(cast, [(part, 4)], part, SEPTEMBER) == []


def test_a_line_inside_another_is_not_counted_beside_it(cast, whole):
    cast.state([(whole, 10)], coverage=whole, as_of=JUNE)
    inner = cast.region("CT.DA1", "x1", source="dau_tu:*")
    outer = [cast.region(f"CT.DA{no}", "h1", source="*:*") for no in (1, 2)]
    lines = [(outer[0], 5), (outer[1], 4), (inner, 3)]
    assert told(cast, lines, whole, SEPTEMBER) == [("statement.falls", "B7", "contradicting")]


def test_figures_of_a_day_after_the_paper_itself_are_written_and_flagged(cast, whole):
    said = Cell("ví dụ.xlsx", "Trang1", "A4")
    for dated, problems in (
        (date(2024, 6, 29), [("as_of.after_paper", "A4", "contradicting")]),
        (JUNE, []),
        (None, []),
    ):
        assert told(cast, [(whole, 1)], whole, dated=dated, as_of_where=said) == problems, dated


def test_an_estimate_is_about_a_day_to_come(cast, whole, monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda: date(2024, 6, 1))
    assert told(cast, [(whole, 1)], whole, dated=date(2024, 6, 1), basis="estimate") == []


@pytest.mark.parametrize(("today", "is_flagged"), [(date(2024, 6, 29), True), (JUNE, False)])
def test_a_day_that_has_not_come_is_written_and_flagged(cast, whole, monkeypatch, today, is_flagged):
    monkeypatch.setattr(timezone, "localdate", lambda: today)
    expected = [("as_of.not_yet", "A1", "contradicting")] if is_flagged else []
    assert told(cast, [(whole, 1)], whole) == expected


def test_a_late_paper_that_exceeds_a_later_day_is_flagged_too(cast, whole):
    cast.state([(whole, 10)], coverage=whole, as_of=SEPTEMBER)
    (problem,) = judge(cast.draft([(whole, 11)], coverage=whole, as_of=JUNE))
    assert problem.weight == "contradicting" and "cao hơn" in problem.sentence and "30/09/2024" in problem.sentence


def test_a_month_of_its_own_may_be_less_than_the_month_before(cast, whole):
    cast.state([(whole, 10)], coverage=whole, as_of=JUNE, basis="month")
    assert told(cast, [(whole, 2)], whole, SEPTEMBER, basis="month") == []


def test_the_same_rows_in_another_file_change_nothing(cast, whole):
    lines = [(whole, 10), (cast.region(place="x1", source="*:*"), 4)]
    first = cast.state(lines, coverage=whole, as_of=JUNE)
    draft = cast.draft(list(reversed(lines)), coverage=whole, as_of=JUNE)
    moved = replace(draft, lines=[replace(line, where=replace(line.where, file="khác.xlsx")) for line in draft.lines])
    assert same_as_held(moved)
    assert record_statement(moved, batch=cast.batch(name="khác.xlsx"), by=SYSTEM) == first
    assert Statement.objects.count() == 1
    assert not same_as_held(cast.draft(lines[:1], coverage=whole, as_of=JUNE))


def test_the_same_correction_again_changes_nothing(cast, whole):
    cast.state([(whole, 10)], coverage=whole, as_of=JUNE)
    second = cast.state([(whole, 12)], coverage=whole, as_of=JUNE, corrects=True)
    assert cast.state([(whole, 12)], coverage=whole, as_of=JUNE, corrects=True) == second
    assert Statement.objects.count() == 2


def test_who_corrects_an_edition_that_no_longer_stands_is_told(cast, whole):
    first = cast.state([(whole, 10)], coverage=whole, as_of=JUNE)
    mine, yours = (cast.draft([(whole, dong)], coverage=whole, as_of=JUNE, corrects=True) for dong in (11, 12))
    record_statement(mine, batch=cast.batch(), by=SYSTEM, seen=first.pk)
    with pytest.raises(Overtaken, match="vừa được người khác sửa"):
        record_statement(yours, batch=cast.batch(), by=SYSTEM, seen=first.pk)
    assert Statement.objects.count() == 2


def test_a_line_is_compared_only_with_lines_above_or_below_its_place(cast, monkeypatch):
    compared = []
    crosses = Space.crosses
    monkeypatch.setattr(Space, "crosses", lambda *pair: compared.append(pair) or crosses(*pair))
    sides = product(("CT.DA1", "CT.DA2"), ("dau_tu:NSTW", "su_nghiep:NSTW"), [f"{year}" for year in range(2021, 2026)])
    lines = [
        (cast.region(component, place, source=source, year=year), 1)
        for component, source, year in sides
        for place in ("x1", "x2", "x3", "x4")
    ]
    assert told(cast, lines, cast.region("*", source="*:*", year="*")) == []
    assert len(lines) == 80 and len(compared) == 4 * (20 * 19 // 2)


def test_the_order_of_reporters_is_dated_and_never_overlaps(cast):
    programme = Component.objects.get(code="CT")
    order_reporters(programme, {"commune": 1, "treasury": 2}, since=None, by=SYSTEM)
    order_reporters(programme, {"commune": 2, "treasury": 1}, since=date(2025, 1, 1), by=SYSTEM)

    def of(on: date) -> dict[str, int]:
        return {kind: rank for (component, kind), rank in ranks(on, None).items() if component == programme.pk}

    assert of(date(2024, 12, 31)) == {"commune": 1, "treasury": 2}
    assert of(date(2025, 1, 1)) == {"commune": 2, "treasury": 1}
    for on in (date(2024, 12, 31), date(2025, 1, 1)):
        assert ReporterOrder.objects.on(on).filter(component=programme).count() == 2
    order_reporters(programme, {"treasury": 1}, since=date(2024, 7, 1), by=SYSTEM)
    assert of(date(2024, 6, 30)) == {"commune": 1, "treasury": 2}
    assert of(date(2024, 7, 1)) == of(date(2025, 1, 1)) == {"treasury": 1}


def test_an_estimate_below_what_was_spent_is_written_and_flagged(cast):
    region = cast.region(place="h1", body="UBND-h1")
    cast.state([(region, 100)], coverage=region, as_of=date(2024, 6, 30))
    later = {"coverage": region, "as_of": date(2024, 12, 31), "basis": Basis.ESTIMATE}
    assert [one.code for one in judge(cast.draft([(region, 99)], **later))] == ["estimate.below_spent"]
    assert judge(cast.draft([(region, 100)], **later)) == []

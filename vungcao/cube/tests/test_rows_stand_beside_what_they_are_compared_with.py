"""Comparisons and ranks: last year, the last period, averages, exact ranks; each asks again, each leads to cells."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from vungcao.bodies.reach import Reach
from vungcao.bodies.rights import reach_for
from vungcao.cube.figures import Answer, FigureQuery, answer
from vungcao.cube.question import NotAQuestion
from vungcao.cube.ranking import exact
from vungcao.cube.tracing import trace
from vungcao.ledger.models import Basis, VoucherKind

ALL = Reach.all_for_operator()
JUNE, LAST_JUNE, MAY = date(2024, 6, 30), date(2023, 6, 30), date(2024, 5, 31)


def ask(on: date = JUNE, name: str = "disbursement", reach: Reach = ALL, **about) -> Answer:
    return answer(FigureQuery(name, on, **about), reach)


def hold(cast, body: str, place: str, dong: int, year: str = "2024") -> None:
    held = cast.region("CT", place, body, year=year)
    dated = date(int(year), 1, 15)
    cast.post(VoucherKind.ASSIGNMENT, [(None, held, dong)], by="TTG", dated=dated)


def spend(cast, body: str, place: str, dong: int, on: date = JUNE) -> None:
    region = cast.region("CT", place, body, source="*:*", origin="*", year=f"{on.year}")
    cast.state([(region, dong)], coverage=region, as_of=on, reporter=body)


@pytest.fixture
def units(cast):
    """Three bodies in places apart hold money; h1 and x2 have spent exactly a third, h2 a đồng less than that."""
    for body, place, held in (("UBND-h1", "x1", 300_000_000), ("UBND-h2", "h2", 3_000_000_000), ("UBND-x2", "x2", 30)):
        hold(cast, body, place, held)
    spend(cast, "UBND-h1", "x1", 100_000_000)
    spend(cast, "UBND-h2", "h2", 999_999_999)
    spend(cast, "UBND-x2", "x2", 10)
    return cast


def by_body(found: Answer) -> dict[str, dict[str, object]]:
    return {row.dims["body"]: row.measures for row in found.rows}


def test_ranks_are_of_exact_rates_and_equal_rates_share_one(units):
    found = by_body(ask(by=("body",), rank="rate"))
    assert {f"{one['rate']}" for one in found.values()} == {"33.3"}
    assert {body: (one["rank"], one["among"]) for body, one in found.items()} == {
        "UBND-h1": (1, 3),
        "UBND-x2": (1, 3),
        "UBND-h2": (3, 3),
    }


def test_whoever_has_no_plan_or_no_figure_has_no_rank(units):
    spend(units, "UBND-x1", "x4", 5)
    hold(units, "UBND", "vd", 7)
    found = by_body(ask(by=("body",), rank="rate"))
    assert found["UBND-x1"]["rank"] is found["UBND"]["rank"] is None
    assert found["UBND-h1"]["among"] == 3


def test_the_lowest_keep_all_that_tie_at_the_edge(units):
    lowest = ask(by=("body",), rank="rate", pick="lowest-2").rows
    assert [row.dims["body"] for row in lowest][:1] == ["UBND-h2"]
    assert {row.dims["body"] for row in lowest} == {"UBND-h2", "UBND-h1", "UBND-x2"}
    highest = ask(by=("body",), rank="disbursed_dong", pick="highest-1").rows
    assert [row.dims["body"] for row in highest] == ["UBND-h2"]


def test_an_exact_rate_is_a_fraction_of_the_two_amounts(units):
    (row,) = [row for row in ask(by=("body",)).rows if row.dims["body"] == "UBND-h2"]
    value = exact(row, "rate")
    assert value is not None
    assert (value.numerator, value.denominator) == (333_333_333, 1_000_000_000)


def test_the_same_day_last_year_stands_beside_with_its_own_year_and_plan(units):
    hold(units, "UBND-h1", "x1", 200_000_000, "2023")
    spend(units, "UBND-h1", "x1", 40_000_000, LAST_JUNE)
    (row,) = [one for one in ask(by=("body",), compare=("last_year",)).rows if one.dims["body"] == "UBND-h1"]
    held = row.measures
    assert (held["last_year_disbursed_dong"], f"{held['last_year_rate']}") == (40_000_000, "20.0")
    assert (held["last_year_percent"], held["last_year_points"]) == (Decimal("250.0"), Decimal("13.3"))
    (before,) = answer(FigureQuery.of_id(row.ids["last_year"]), ALL).rows
    assert before.measures["disbursed_dong"] == 40_000_000


def test_the_last_period_is_the_end_of_the_month_quarter_or_half_before(units):
    spend(units, "UBND-h1", "x1", 60_000_000, date(2024, 3, 31))
    spend(units, "UBND-h1", "x1", 90_000_000, MAY)
    for span, dong in (("month", 90_000_000), ("quarter", 60_000_000)):
        found = by_body(ask(by=("body",), compare=("last_period",), span=span))
        assert found["UBND-h1"]["last_period_disbursed_dong"] == dong
        assert found["UBND-h2"]["last_period_disbursed_dong"] is None
    half = ask(by=("body",), compare=("last_period",), span="half")
    assert half.beside["last_period"]["on"] == "2023-12-31"
    assert any("năm ngân sách trước" in note for note in half.notes)


def test_money_of_a_whole_phase_is_compared_with_all_its_years_a_year_ago(units):
    coverage = units.region("CT", "vd", source="*:*", origin="*", year="2021-2025")
    for dong, on in ((700, LAST_JUNE), (900, JUNE)):
        units.state([(coverage, dong)], coverage=coverage, as_of=on, reporter="BDT", basis=Basis.PHASE)
    (row,) = ask(basis="phase", compare=("last_year",)).rows
    assert (row.measures["disbursed_dong"], row.measures["last_year_disbursed_dong"]) == (900, 700)


def test_who_was_silent_then_and_who_is_there_no_more_is_named(units):
    hold(units, "UBND-x1", "x4", 10, "2023")
    spend(units, "UBND-x1", "x4", 5, LAST_JUNE)
    hold(units, "UBND-h1", "x1", 10, "2023")
    found = ask(by=("body",), compare=("last_year",))
    notes = " ".join(found.notes)
    assert "Ở cùng kỳ năm trước chưa báo cáo: Đơn vị ví dụ UBND-h1" in notes
    assert "không có ở kỳ này: Đơn vị ví dụ UBND-x1" in notes
    assert [gap["body"] for gap in found.beside["last_year"]["not_reported"]] == ["UBND-h1"]


def test_the_average_is_of_all_money_and_not_of_rates(units):
    found = by_body(ask(by=("body",), compare=("average",)))
    whole = (100_000_000 + 999_999_999 + 10) * 100 / (300_000_000 + 3_000_000_000 + 30)
    assert float(found["UBND-h1"]["average_rate"]) == pytest.approx(whole, abs=0.05)
    narrowed = by_body(ask(by=("body",), place="h1", compare=("average",)))
    assert narrowed["UBND-h1"]["average_rate"] == found["UBND-h1"]["average_rate"]


def test_without_an_entered_average_of_the_country_it_is_missing_and_said(units):
    found = ask(compare=("national",))
    assert found.rows[0].measures["national_rate"] is None
    assert "Bình quân cả nước: chưa có số liệu được ghi vào hệ thống." in found.notes


def test_every_row_asks_again_alone_and_leads_to_cells(units):
    hold(units, "UBND-h1", "x1", 200_000_000, "2023")
    spend(units, "UBND-h1", "x1", 40_000_000, LAST_JUNE)
    asked = {"by": ("body",), "compare": ("last_year", "last_period", "average", "national"), "rank": "rate"}
    for row in ask(**asked).rows:
        (again,) = answer(FigureQuery.of_id(row.id), ALL).rows
        assert (again.measures, again.id, again.ids) == (row.measures, row.id, row.ids)
        found = trace(row.id, ALL)
        counted = [line for line in found.rows if line.counted]
        assert sum(line.dong for line in counted) == found.total_dong == row.measures["disbursed_dong"]
        assert all(line.cell for line in counted)
        ranked = [line for line in found.rows if line.beside == "rank"]
        assert [line.label.partition(":")[0] for line in ranked] == ["Hạng 1", "Hạng 1", "Hạng 3"]
        for line in found.rows:
            if line.figure:
                assert any(inner.cell for inner in trace(line.figure, ALL).rows)
    with pytest.raises(NotAQuestion, match="nhiều dòng"):
        trace(FigureQuery("disbursement", JUNE, **asked).id, ALL)


def test_an_official_is_compared_within_his_reach(units):
    reach = reach_for(units.officials["huyen"], "figures.see", JUNE)
    found = by_body(ask(reach=reach, by=("body",), compare=("average",), rank="rate"))
    assert "UBND-h2" not in found
    assert found["UBND-h1"]["among"] == 2


def test_a_body_out_of_reach_is_named_with_what_to_do(units):
    reach = reach_for(units.officials["huyen"], "figures.see", JUNE)
    with pytest.raises(NotAQuestion, match=r"UBND-h2 nằm ngoài phạm vi được xem.*đề nghị người quản trị"):
        ask(reach=reach, body="UBND-h2")
    assert ask(reach=reach, body="UBND-h1").rows[0].measures["disbursed_dong"] == 100_000_010


@pytest.mark.parametrize(
    ("about", "said"),
    [
        ({"name": "chain", "compare": ("last_year",)}, "chưa so sánh, xếp hạng được"),
        ({"name": "given", "compare": ("national",)}, "Bình quân tính trên tỷ lệ giải ngân"),
        ({"by": ("month",), "compare": ("last_period",)}, "chỉ so được với cùng kỳ"),
        ({"by": ("body",), "rank": "value"}, "Không có đại lượng 'value' để xếp hạng; có: given_dong"),
        ({"compare": ("next_year",)}, "Không so sánh được với 'next_year'"),
        ({"rank": "rate"}, "thêm chiều"),
        ({"by": ("body",), "rank": "rate", "pick": "lowest-0"}, "viết lowest-5"),
        ({"by": ("body",), "pick": "lowest-5"}, "nêu đại lượng"),
        ({"by": ("body",), "only": ("x", "y")}, "không khớp"),
    ],
)
def test_what_can_not_be_set_beside_is_refused_with_a_sentence(units, about, said):
    with pytest.raises(NotAQuestion, match=said):
        ask(**about)


@pytest.mark.parametrize(
    ("about", "said"),
    [
        ({"name": "chain", "basis": "month"}, "chain không có kỳ lũy kế 'month'"),
        ({"name": "given", "basis": "month"}, "không có kỳ lũy kế"),
        ({"name": "flow", "basis": "phase"}, "không có kỳ lũy kế"),
        ({"name": "lent", "denominator": "adjusted"}, "lent không so với vốn được giao"),
        ({"name": "remainder", "denominator": "ttg"}, "không chọn mẫu số khác"),
        ({"denominator": "five_year"}, "Chưa có kế hoạch trung hạn nào trong hệ thống"),
        ({"denominator": "implied"}, "Chưa có tỷ lệ đã công bố nào"),
        ({"year": 1999}, "Sổ không có vốn nào của năm sử dụng 1999: sổ có vốn của các năm 2024 đến 2024"),
    ],
)
def test_words_that_would_change_nothing_are_refused_by_question_and_trace(units, about, said):
    with pytest.raises(NotAQuestion, match=said):
        ask(**about)
    query = FigureQuery(about.pop("name", "disbursement"), JUNE, **about)
    if query.name != "chain":
        with pytest.raises(NotAQuestion, match=said):
            trace(query.id, ALL)

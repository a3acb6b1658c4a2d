"""Every denominator: which vouchers or plan lines make it, and what the row says of it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from vungcao.bodies.reach import Reach
from vungcao.cube.denominators import Denominator, rate_of
from vungcao.cube.figures import FigureQuery, Row, answer
from vungcao.cube.question import DENOMINATORS
from vungcao.cube.tracing import trace
from vungcao.evidence.actions import SYSTEM, acting, cite
from vungcao.law.models import Confidence
from vungcao.ledger.actions import reverse
from vungcao.ledger.models import VoucherKind
from vungcao.programme.models import PlanKind, PlanLine, PlanVersion

SEPTEMBER = date(2024, 9, 30)


@pytest.fixture
def year(cast):
    """A year's money on its way down: 1000 from the Prime Minister, 900 by the council, 850 to districts."""
    centre = cast.region(body="HDND")
    province = cast.region("CT.DA1", body="UBND")
    h1, h2 = (cast.region("CT.DA1", place, f"UBND-{place}") for place in ("h1", "h2"))
    last_year = cast.region("CT.DA1", "h1", "UBND-h1", year="2023")
    cast.post(VoucherKind.ASSIGNMENT, [(None, centre, 1000)], by="TTG", number="1/QĐ-TTg")
    wrong = cast.post(VoucherKind.ASSIGNMENT, [(None, centre, 70)], by="TTG", number="2/QĐ-TTg")
    cast.post(VoucherKind.ALLOCATION, [(centre, province, 900)], by="HDND", number="3/NQ-HĐND")
    cast.post(VoucherKind.ALLOCATION, [(province, h1, 500), (province, h2, 350)], number="4/QĐ-UBND")
    twice = cast.post(VoucherKind.ALLOCATION, [(province, h2, 11)], number="5/QĐ-UBND")
    cast.post(VoucherKind.ADJUSTMENT, [(h1, h2, 100)], number="6/QĐ-UBND")
    cast.post(VoucherKind.ASSIGNMENT, [(None, last_year, 40)], by="TTG", dated=date(2023, 2, 1), number="7/QĐ-TTg")
    carried = [(last_year, cast.region("CT.DA1", "h1", "UBND-h1", year="2024", origin="2023"), 30)]
    cast.post(VoucherKind.CARRY_OVER, carried, number="8/QĐ-UBND")
    for voucher in (wrong, twice):
        reverse(voucher, dated=date(2024, 2, 1), by=SYSTEM, reason="ghi nhầm")
    coverage = cast.region(place="h1", source="*:*", origin="*")
    spent = cast.region("CT.DA1", "h1", source="*:*", origin="*")
    cast.state([(spent, 215)], coverage=coverage, as_of=SEPTEMBER)
    planned(cast, PlanKind.FIVE_YEAR, "2021-2025", 5000, 5000)
    planned(cast, PlanKind.IMPLIED, "2024", 294, 295, rate_said="72.9")
    return cast


def planned(cast, kind: str, year_use: str, low: int, high: int, **about) -> None:
    """A plan of the whole programme for the province."""
    sure = {"confidence": Confidence.SOURCED}
    with acting("test.planned", by=SYSTEM) as act:
        paper = cite(act=act, kind="paper", name="Kế hoạch ví dụ")
        here = {"act": act, "place_id": cast.places["vd"], **sure}
        plan = PlanVersion.objects.create(
            programme_id=cast.components["CT"], kind=kind, first_year=2021, last_year=2025, source=paper, **here
        )
        node = {"component_id": cast.components["CT"], "source_id": cast.sources["*:*"], "year_use": year_use}
        PlanLine.objects.create(plan=plan, low_dong=low, high_dong=high, **node, **here, **about)


def total(denominator: str | None, **about) -> Row:
    (row,) = answer(
        FigureQuery("disbursement", SEPTEMBER, programme="CT", denominator=denominator, **about),
        Reach.all_for_operator(),
    ).rows
    return row


@pytest.mark.parametrize(
    ("what", "dong", "rate"),
    [
        ("ttg", 1000, "21.5"),
        ("council", 900, "23.9"),
        ("assigned", 850, "25.3"),
        ("adjusted", 1000, "21.5"),
        ("with_carry_over", 1030, "20.9"),
        ("five_year", 5000, "4.3"),
        (None, 1030, "20.9"),
    ],
)
def test_each_denominator_counts_its_own_papers(year, what, dong, rate):
    row = total(what)
    assert row.denominator.what == (what or "with_carry_over")
    assert (row.denominator.low_dong, row.denominator.high_dong) == (dong, dong)
    assert row.measures == {
        "given_dong": dong,
        "disbursed_dong": 215,
        "remainder_dong": dong - 215,
        "rate": Decimal(rate),
    }


def test_an_implied_plan_is_an_interval_and_never_a_total(year):
    row = total("implied")
    assert (row.denominator.low_dong, row.denominator.high_dong) == (294, 295)
    assert row.measures["given_dong"] is None and row.measures["remainder_dong"] is None
    assert row.measures["rate"] == Decimal("72.9"), "215/295 = 72,9 and 215/294 = 73,1: the rate that was said"
    assert row.denominator.qualifier == "suy ra"


def test_without_money_in_the_books_a_published_rate_gives_the_measure(cast):
    assert total(None).denominator is None
    planned(cast, PlanKind.IMPLIED, "2024", 294, 295)
    row = total(None)
    assert (row.denominator.what, row.measures["rate"]) == ("implied", None)


def test_the_row_names_the_paper_and_its_day(year):
    assert total("ttg", year=2024).denominator.voucher.startswith("2/QĐ-TTg ngày 01/02/2024")
    assert total("five_year").denominator.version.startswith("Kế hoạch trung hạn")


def test_a_rate_by_project_stands_and_below_it_is_not_split(year):
    found = answer(
        FigureQuery("disbursement", SEPTEMBER, programme="CT", by=("component",), denominator="adjusted"),
        Reach.all_for_operator(),
    )
    rows = {row.dims["component"]: row for row in found.rows}
    assert rows["CT.DA1"].measures["given_dong"] == 900 and rows["CT.DA1"].measures["disbursed_dong"] == 215
    assert [(gap["node"], gap["measure"], gap["dong"]) for gap in found.not_split] == [("CT", "given_dong", 100)]
    below = answer(
        FigureQuery("disbursement", SEPTEMBER, component="CT.DA1.TDA1", denominator="adjusted"),
        Reach.all_for_operator(),
    )
    assert {(gap["node"], gap["measure"]) for gap in below.not_split} >= {
        ("CT.DA1", "given_dong"),
        ("CT.DA1", "disbursed_dong"),
    }
    assert [row.measures["rate"] for row in below.rows] == [None]


@pytest.mark.parametrize("what", DENOMINATORS)
def test_the_denominator_is_in_the_trace_beside_the_figure(year, what):
    row = total(what)
    found = trace(row.id, Reach.all_for_operator())
    assert found.total_dong == 215
    beside = [line for line in found.rows if not line.counted and line.why.startswith("mẫu số")]
    assert sum(line.dong for line in beside) == row.denominator.low_dong
    given = total(what, year=2024).id.replace("disbursement:", "given:")
    assert trace(given, Reach.all_for_operator()).total_dong == row.denominator.low_dong


@pytest.mark.parametrize(
    ("paid", "low", "high", "said", "rate"),
    [
        (1, 3, 3, "", "33.3"),
        (1, 8, 8, "", "12.5"),
        (1, 2000, 2000, "", "0.1"),
        (5, 0, 0, "", None),
        (0, 7, 7, "", "0.0"),
        (150, 100, 100, "", "150.0"),
        (100, 199, 201, "", None),
        (100, 199, 201, "50.0", "50.0"),
        (100, 199, 201, "60.0", None),
        (None, 7, 7, "", None),
    ],
)
def test_a_rate_is_half_up_to_one_decimal_and_open_when_its_plan_is(paid, low, high, said, rate):
    found = rate_of(paid, Denominator("adjusted", low, high, rate_said=said))
    assert found == (None if rate is None else Decimal(rate))
    assert rate_of(paid, None) is None


def test_a_plan_of_the_years_own_money_is_no_measure_of_what_was_carried_over(cast):
    own, carried = cast.region(place="h1", body="UBND-h1"), cast.region(place="h1", body="UBND-h1", origin="2023")
    cast.post(VoucherKind.ASSIGNMENT, [(None, own, 200)], by="TTG")
    cast.post(VoucherKind.ASSIGNMENT, [(None, carried, 100)], by="TTG")
    coverage = cast.region(place="h1", body="UBND-h1", origin="*")
    cast.state([(own, 50), (carried, 90)], coverage=coverage, as_of=date(2024, 6, 30))

    def asked(denominator):
        query = FigureQuery("disbursement", date(2024, 6, 30), programme="CT", denominator=denominator)
        (row,) = answer(query, Reach.all_for_operator()).rows
        return row.measures

    found = asked("adjusted")
    assert (found["disbursed_dong"], found["carried_over_dong"], found["remainder_dong"]) == (140, 90, 150)
    assert f"{found['rate']}" == "25.0"
    found = asked("with_carry_over")
    assert "carried_over_dong" not in found and f"{found['rate']}" == "46.7"

"""Both exports of the Treasury become statements of the Treasury; bad codes are named at their cells."""

from __future__ import annotations

import pytest

from vungcao.intake.tests.treasury_papers import CODES, INVESTMENT, RECURRENT, with_cell
from vungcao.ledger.models import StatementLine

pytestmark = pytest.mark.django_db


def in_short(result):
    (one,) = result.outcomes
    return one.state, [(problem.where.cell, problem.code) for problem in one.problems]


def lines():
    rows = StatementLine.objects.order_by("pk").select_related("component", "body", "field", "source")
    return {(f"{row.body}", f"{row.component}", f"{row.source}"): row for row in rows}


def test_investment_by_project_code(bring):
    assert in_short(bring(CODES, INVESTMENT)) == ("received", [])
    road, other = lines().values()
    assert f"{road.spending_object}" == "VD90001" and f"{road.field}" == "280" and road.year_origin == "2024"
    assert (road.plan_dong, road.completed_dong) == (3_000_000, 700_000)
    assert (road.advance_dong, road.cleared_dong) == (500_000, 100_000)
    assert (road.disbursed_dong, road.open_advance_dong, road.cell) == (1_100_000, 400_000, "M11")
    assert road.codes["parts"][0]["CTMT"] == "VD0540" and road.codes["parts"][0]["remaining"] == 1_900_000
    assert (other.year_origin, other.year_use, other.plan_dong) == ("2021-2023", "2024", 900_000)
    assert other.advance_dong is None  # blank is not zero


def test_recurrent_by_budget_user(bring):
    assert in_short(bring(CODES, RECURRENT)) == ("received", [])
    lac, lam = lines().values()
    assert (lac.disbursed_dong, lac.plan_dong, lac.restored_dong) == (1_150, 2_500, 50)
    assert (lac.year_origin, lam.year_origin) == ("2024", "2021-2023")
    assert lac.codes["parts"][0]["cancelled"] == 100


def test_both_exports_of_a_day_stand_side_by_side_and_the_same_again_is_held(bring):
    bring(CODES, INVESTMENT, RECURRENT)
    assert in_short(bring(INVESTMENT.but(sheet="khac")))[0] == "held"
    assert StatementLine.objects.count() == 4


def test_a_list_and_its_export_come_in_one_folder(bring, cao_bang):
    from vungcao.intake.tests.papers import write

    write(cao_bang / "z danh muc.xlsx", CODES)
    write(cao_bang / "a kho bac.xlsx", INVESTMENT)
    assert [one.state for one in bring(cao_bang).outcomes] == ["received", "received"]


@pytest.mark.parametrize(
    ("row", "column", "said", "found"),
    [
        (1, 4, "VD9999", ("E11", "code.unknown")),
        (1, 2, "VD90009", ("C11", "code.unknown")),
        (1, 3, "VD12", ("D11", "code.other_kind")),
        (1, 4, None, ("E11", "code.missing")),
        (1, 1, "Ban quản lý không có", ("B11", "body.unknown")),
    ],
)
def test_a_bad_code_keeps_the_export_a_draft(bring, row, column, said, found):
    state, problems = in_short(bring(CODES, with_cell(INVESTMENT, row, column, said)))
    assert state == "draft" and [one[1] for one in problems] == [found[1]]
    assert problems[0][0] == found[0] or found[1] == "code.missing"
    assert not StatementLine.objects.exists()


def test_a_retired_code_is_named_with_its_last_day(bring):
    result = bring(with_cell(CODES, 1, 5, "31/12/2023"), INVESTMENT)
    (one,) = result.outcomes
    assert one.state == "draft" and {problem.code for problem in one.problems} == {"code.retired"}
    assert "31/12/2023" in one.problems[0].sentence


def test_a_lost_zero_is_suggested(bring):
    codes = with_cell(CODES, 1, 2, "00540")
    one = bring(codes, with_cell(with_cell(INVESTMENT, 1, 4, "540"), 2, 4, "00540")).outcomes[0]
    assert "00540" in one.problems[0].sentence and "số 0 ở đầu" in one.problems[0].sentence


@pytest.mark.parametrize(("row", "column", "said", "cell"), [(1, 12, 1_200_000, "M11"), (1, 13, 1_800_000, "N11")])
def test_a_cumulative_figure_or_remainder_that_does_not_come_out_is_written_and_flagged(bring, row, column, said, cell):
    state, problems = in_short(bring(CODES, with_cell(INVESTMENT, row, column, said)))
    assert state == "received" and (cell, "check.fails") in problems
    assert all(code == "check.fails" or code.startswith("line.") for _, code in problems)


def test_three_old_codes_of_one_new_commune_become_one_line_that_keeps_each(bring):
    rows = tuple(
        (f"{at}", "Mã QHNS", f"VD70{at}", place, "01/01/2021", "30/06/2025", None, None)
        for at, place in enumerate(("UBND thị trấn Bảo Lạc", "UBND xã Bảo Toàn", "UBND xã Hồng Trị"), start=1)
    )
    codes = CODES.but(rows=(*CODES.rows, *rows))
    said = ("VD12", None, "280", "VD0510", None, 900, None, 900, None)
    body = tuple((f"{at}", "UBND xã", f"VD70{at}", *said, 100 * at, None, None, 900 - 100 * at) for at in (1, 2, 3))
    paper = RECURRENT.but(
        title=RECURRENT.title.replace("2024", "2025"),
        right=(RECURRENT.right[0], "Số: 73/KB (ví dụ), ngày 05/9/2025"),
        under=("(Số liệu đến ngày 31/8/2025)",),
        rows=body,
    )
    state, problems = in_short(bring(codes, paper))
    (line,) = lines().values()
    assert state == "received" and {code for _, code in problems} == {"code.retired"}
    assert f"{line.body}" == "UBND-01321@2025-07-01" and line.disbursed_dong == 600
    assert [part["dong"] for part in line.codes["parts"] if part["old_code"]] == [100, 200, 300]

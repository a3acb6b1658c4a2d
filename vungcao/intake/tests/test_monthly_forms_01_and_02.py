"""The monthly forms by component and by unit: carried and this year's money apart, the month, advances, estimates."""

from __future__ import annotations

from datetime import date

import pytest

from vungcao.intake.tests.papers import ALLOCATED, ASSIGNED, BY_PLACE, DA1, DA5, STATEMENT
from vungcao.ledger.models import Basis, Statement

pytestmark = pytest.mark.django_db

MILLION = 1_000_000
CUMULATIVE = "Lũy kế giải ngân từ đầu năm"
FORM_01 = STATEMENT.but(
    heads=(
        ("STT",), ("Nội dung",),
        ("Vốn năm trước kéo dài", "ĐT"), ("Vốn năm trước kéo dài", "SN"),
        ("KH năm nay", "ĐT"), ("KH năm nay", "SN"),
        ("Điều chỉnh", "Tăng"), ("Điều chỉnh", "Giảm"), ("KH sau điều chỉnh",), ("Đã phân bổ chi tiết",),
        ("Chưa phân bổ",), ("Giải ngân trong tháng",),
        (CUMULATIVE, "Kéo dài", "ĐT"), (CUMULATIVE, "Kéo dài", "SN"),
        (CUMULATIVE, "Năm nay", "ĐT"), (CUMULATIVE, "Năm nay", "SN"),
        ("Trong đó tạm ứng chưa thu hồi", "Năm nay", "ĐT"), ("Tỷ lệ % so KH sau điều chỉnh",),
        ("Ước đến hết tháng sau",), ("Ước 31/01 năm sau",), ("Khó khăn, nguyên nhân",),
    ),
    rows=(
        ("", "TỔNG CỘNG", 5, 1, 60, 40, 0, 0, 106, 100, 6, 7, 4, 1, 20, 10, 3, 33, 45, 90, ""),
        ("I", DA1, 5, 1, 60, 40, 0, 0, 106, 100, 6, 7, 4, 1, 20, 10, 3, 33, 45, 90, "đang chờ hướng dẫn"),
    ),
)  # fmt: skip
BOTH_SECTIONS = STATEMENT.but(
    rows=(
        ("", "TỔNG CỘNG", 35, 24, 11),
        ("A", "Vốn năm 2023 kéo dài", 5, 4, 1),
        ("I", DA1, 5, 4, 1),
        ("B", "Vốn giao trong năm", 30, 20, 10),
        ("I", DA1, 30, 20, 10),
    ),
)


def lines_of(basis, **about):
    """(component, source, year of origin) → million đồng of the one statement of a basis."""
    (statement,) = Statement.objects.filter(basis=basis, **about)
    rows = statement.lines.select_related("component", "source")
    return {(row.component.code, row.source.code, row.year_origin): row.disbursed_dong // MILLION for row in rows}


def problem(outcome, code):
    found = [one for one in outcome.problems if one.code == code]
    assert found, [str(one) for one in outcome.problems]
    return found[0]


def test_money_carried_over_and_this_years_stand_apart_by_year_of_origin(bring):
    (outcome,) = bring(FORM_01).outcomes
    assert outcome.state == "received", [str(one) for one in outcome.problems]
    assert lines_of(Basis.YEAR) == {
        ("1719.DA1", "dau_tu:*", "2021-2023"): 4, ("1719.DA1", "su_nghiep:*", "2021-2023"): 1,
        ("1719.DA1", "dau_tu:*", "2024"): 20, ("1719.DA1", "su_nghiep:*", "2024"): 10,
    }  # fmt: skip


def test_plans_and_advances_stand_beside_the_figure_of_the_same_money(bring):
    bring(FORM_01)
    (statement,) = Statement.objects.filter(basis=Basis.YEAR)
    rows = {(row.source.code, row.year_origin): row for row in statement.lines.select_related("source")}
    invested = rows["dau_tu:*", "2024"]
    assert (invested.plan_dong, invested.open_advance_dong) == (60 * MILLION, 3 * MILLION)
    assert rows["dau_tu:*", "2021-2023"].plan_dong == 5 * MILLION
    assert rows["su_nghiep:*", "2024"].open_advance_dong is None


def test_the_month_and_each_estimate_are_statements_of_their_own(bring):
    (outcome,) = bring(FORM_01).outcomes
    assert outcome.lines == 4 + 3 * 2
    assert lines_of(Basis.MONTH, as_of=date(2024, 5, 31)) == {("1719", "*:*", "*"): 7, ("1719.DA1", "*:*", "*"): 7}
    assert lines_of(Basis.ESTIMATE, as_of=date(2024, 6, 30))["1719", "*:*", "*"] == 45
    assert lines_of(Basis.ESTIMATE, as_of=date(2025, 1, 31))["1719.DA1", "*:*", "*"] == 90
    for estimate in Statement.objects.filter(basis=Basis.ESTIMATE):
        assert {line.qualifier for line in estimate.lines.all()} == {"uoc"}


def test_one_table_of_four_statements_is_one_batch_and_held_as_one(bring):
    bring(FORM_01)
    (outcome,) = bring(FORM_01).outcomes
    assert (outcome.state, Statement.objects.count(), Statement.objects.values("batch").distinct().count()) == (
        "held", 4, 1,
    )  # fmt: skip


def test_sections_say_the_year_of_origin_of_the_rows_under_them(bring):
    (outcome,) = bring(BOTH_SECTIONS).outcomes
    assert outcome.state == "received", [str(one) for one in outcome.problems]
    said = lines_of(Basis.YEAR)
    assert said["1719", "*:*", "*"] == 35 and said["1719", "*:*", "2023"] == 5
    assert said["1719.DA1", "dau_tu:*", "2023"] == 4 and said["1719.DA1", "su_nghiep:*", "2024"] == 10


def test_a_title_of_carried_money_says_year_of_origin_and_of_use(bring):
    paper = STATEMENT.but(title="BÁO CÁO GIẢI NGÂN VỐN NĂM 2023 KÉO DÀI SANG NĂM 2024 CHƯƠNG TRÌNH MTQG 1719")
    (outcome,) = bring(paper).outcomes
    assert outcome.state == "received", [str(one) for one in outcome.problems]
    assert "year.other" not in {one.code for one in outcome.problems}
    statement = Statement.objects.get()
    assert (statement.year_origin, statement.year_use) == ("2023", "2024")


def test_the_report_on_carried_money_stands_beside_that_on_this_years(bring):
    carried = STATEMENT.but(title="BÁO CÁO GIẢI NGÂN VỐN NĂM 2023 KÉO DÀI SANG NĂM 2024 CHƯƠNG TRÌNH MTQG 1719")
    (outcome,) = bring(STATEMENT, carried).outcomes
    assert outcome.state == "received" and Statement.objects.count() == 2


def test_a_column_that_cuts_the_money_another_way_only_compares(bring):
    paper = STATEMENT.but(
        heads=(*STATEMENT.heads, (CUMULATIVE, "Trong đó vốn kéo dài")), rows=(("I", DA1, 30, 20, 10, 4),)
    )
    (outcome,) = bring(paper).outcomes
    assert outcome.state == "received", [str(one) for one in outcome.problems]
    assert "cột F" in problem(outcome, "column.compares").sentence
    assert set(lines_of(Basis.YEAR)) == {("1719.DA1", f"{kind}:*", "*") for kind in ("*", "dau_tu", "su_nghiep")}


def test_allocated_and_not_yet_allocated_must_make_the_plan(bring):
    row = list(FORM_01.rows[1])
    row[10] = 9
    (outcome,) = bring(FORM_01.but(rows=(tuple(row),))).outcomes
    assert outcome.state == "received"
    flagged = problem(outcome, "plan.unallocated")
    assert (flagged.weight, flagged.where.cell) == ("contradicting", "I11")
    assert "109 triệu đồng" in flagged.sentence


def test_two_years_of_origin_in_one_column_are_refused_at_the_cell(bring):
    heads = tuple(
        tuple("Kéo dài năm 2022, năm 2023" if text == "Kéo dài" else text for text in head) for head in FORM_01.heads
    )
    (outcome,) = bring(FORM_01.but(heads=heads)).outcomes
    assert outcome.state == "draft" and not Statement.objects.exists()
    said = problem(outcome, "origin.several")
    assert said.where.cell == "M12" and "2022, 2023" in said.sentence and "tách mỗi năm nguồn" in said.sentence


def test_this_years_money_in_a_row_of_carried_money_is_refused_at_the_cell(bring):
    rows = (("A", "Vốn năm 2023 kéo dài", *[""] * 19), ("I", DA1, *FORM_01.rows[1][2:]))
    (outcome,) = bring(FORM_01.but(rows=rows)).outcomes
    assert outcome.state == "draft"
    assert problem(outcome, "origin.contradicts").where.cell == "O12"


def test_an_estimate_without_a_day_is_not_guessed(bring):
    heads = tuple(("Ước thực hiện",) if head[0] == "Ước 31/01 năm sau" else head for head in FORM_01.heads)
    (outcome,) = bring(FORM_01.but(heads=heads)).outcomes
    assert outcome.state == "received"
    assert problem(outcome, "estimate.no_day").where.cell == "T8"
    assert Statement.objects.filter(basis=Basis.ESTIMATE).count() == 1


def test_an_estimate_beyond_the_end_of_the_reporter_is_left_out_and_said(bring):
    heads = tuple(("Ước 31/01/2026",) if head[0] == "Ước 31/01 năm sau" else head for head in FORM_01.heads)
    paper = FORM_01.but(
        heads=heads,
        title="BÁO CÁO GIẢI NGÂN CHƯƠNG TRÌNH MTQG 1719 NĂM 2025",
        under=("(Số liệu đến ngày 31/5/2025)",),
    )
    (outcome,) = bring(paper).outcomes
    assert outcome.state == "received", [str(one) for one in outcome.problems]
    assert "31/01/2026" in problem(outcome, "estimate.after_end").sentence


FORM_02 = BY_PLACE.but(
    heads=(*BY_PLACE.heads, ("Xếp hạng",), ("Kỳ trước %",), ("Tăng giảm điểm %",), ("Số vốn có nguy cơ hủy",)),
    rows=(
        ("", "TỔNG CỘNG", 40, 25, 15, "", "", "", ""),
        ("A", "Sở, ban, ngành", 10, 5, 5, "", "", "", ""),
        ("1", "Sở Y tế", 10, 5, 5, 2, 10, 1, 0),
        ("B", "Huyện, thành phố", 30, 20, 10, "", "", "", ""),
        ("1", "Huyện Bảo Lạc", 30, 20, 10, 1, 20, 2, 0),
    ),
)


def test_departments_and_districts_stand_in_one_form_as_holders(bring):
    (outcome,) = bring(FORM_02).outcomes
    assert outcome.state == "received", [str(one) for one in outcome.problems]
    rows = Statement.objects.get().lines.filter(source__code="*:*").select_related("body")
    assert {(row.body.key, row.disbursed_dong // MILLION) for row in rows} == {
        ("*", 40), ("SYT-04", 10), ("UBND-04.043", 30),
    }  # fmt: skip


def test_places_alone_stay_places(bring):
    bring(BY_PLACE)
    assert {line.body.key for line in Statement.objects.get().lines.select_related("body")} == {"*"}


def test_a_unit_that_is_neither_body_nor_place_is_named(bring):
    rows = (*FORM_02.rows, ("2", "Đơn vị không có thật", 1, 1, 0, "", "", "", ""))
    (outcome,) = bring(FORM_02.but(rows=rows)).outcomes
    assert outcome.state == "draft" and problem(outcome, "body.unknown").where.cell == "B15"


def test_forms_of_one_reporter_in_two_units_are_flagged(bring):
    second = STATEMENT.but(
        sheet="BM02", title="BÁO CÁO GIẢI NGÂN CHƯƠNG TRÌNH MTQG 1719 NĂM 2023", unit="Đơn vị tính: đồng",
        under=("(Số liệu đến ngày 31/12/2023)",),
    )  # fmt: skip
    outcomes = bring(STATEMENT.but(more={"BM02": second})).outcomes
    flagged = [one for outcome in outcomes for one in outcome.problems if one.code == "file.units_mixed"]
    assert [(one.where.sheet, one.weight) for one in flagged] == [("BM02", "contradicting")]
    assert "triệu đồng" in flagged[0].sentence


def test_what_was_handed_over_and_papers_that_replace_themselves_are_read(bring):
    paper = STATEMENT.but(under=(*STATEMENT.under, "Thay thế Báo cáo số 60/BC-UBND ngày 03/6/2024"))
    (outcome,) = bring(ASSIGNED, ALLOCATED, paper).outcomes
    assert outcome.state == "draft"
    said = problem(outcome, "statement.replaces_itself")
    assert said.where.cell == "A6" and "số của bản bị thay thế" in said.sentence


def test_the_same_money_of_two_projects_stays_two_rows(bring):
    rows = (("I", DA1, *FORM_01.rows[1][2:]), ("II", DA5, *FORM_01.rows[1][2:]))
    (outcome,) = bring(FORM_01.but(rows=rows)).outcomes
    assert outcome.state == "received" and len(lines_of(Basis.YEAR)) == 8

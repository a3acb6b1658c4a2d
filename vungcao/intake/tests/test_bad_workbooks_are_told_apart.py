"""Whatever is wrong with a workbook gets a Vietnamese sentence with file, sheet and cell; no fact is half-written."""

from __future__ import annotations

import pytest

from vungcao.intake.heading import _programmes
from vungcao.intake.tests import papers
from vungcao.intake.tests.papers import ALLOCATED, BY_PLACE, BY_UNIT, DA1, DA2, OF_135, STATEMENT
from vungcao.ledger.models import Entry, Statement, Voucher

pytestmark = pytest.mark.django_db

TOTAL = ("", "TỔNG CỘNG", 30, 20, 10)
FIRST_ROWS_CELL = "B11"
IN_2023 = ("(Số liệu đến ngày 31/5/2023)",)
PERSONS = (("STT", ""), ("Họ và tên", ""), ("Năm sinh", ""), ("Số CCCD", ""), ("Số tiền hỗ trợ", ""))

# fault → (paper, code of the problem, its cell, words of its sentence)
FAULTS = {
    "no_unit": (STATEMENT.but(unit=""), "unit.missing", "A8", "không ghi đơn vị tính"),
    "units_mixed_in_one_line": (
        STATEMENT.but(unit="Đơn vị tính: triệu đồng, nghìn đồng"), "unit.mixed", "A8", "nhiều đơn vị tính",
    ),
    "units_mixed_in_two_lines": (
        STATEMENT.but(under=(*STATEMENT.under, "Đơn vị tính: nghìn đồng")), "unit.mixed", "A8", "nghìn đồng",
    ),
    "place_not_there_that_day": (
        BY_PLACE.but(
            title="BÁO CÁO GIẢI NGÂN CHƯƠNG TRÌNH MTQG 1719 NĂM 2025 THEO ĐƠN VỊ",
            corner=("UBND TỈNH CAO BẰNG", "SỞ DÂN TỘC VÀ TÔN GIÁO"),
            under=("(Số liệu đến ngày 30/9/2025)",),
        ),
        "place.unknown", FIRST_ROWS_CELL, "đã bỏ từ 01/07/2025",
    ),
    "place_unknown": (
        BY_PLACE.but(rows=(TOTAL, ("1", "Huyện Không Có Thật", 30, 20, 10))), "place.unknown", FIRST_ROWS_CELL, "",
    ),
    "component_ended": (
        OF_135.but(under=IN_2023), "component.not_in_force", "A8", "đã kết thúc: ngày cuối là 31/01/2022",
    ),
    "component_unknown": (
        STATEMENT.but(rows=(TOTAL, ("I", "Dự án 77: Việc không có", 30, 20, 10))),
        "component.unknown", FIRST_ROWS_CELL, "không có trong danh mục",
    ),
    "body_unknown": (
        STATEMENT.but(corner=("ỦY BAN NHÂN DÂN", "HUYỆN KHÔNG CÓ THẬT")), "body.unknown", "A1", "HUYỆN KHÔNG CÓ THẬT",
    ),
    "year_outside": (
        STATEMENT.but(title="BÁO CÁO GIẢI NGÂN CHƯƠNG TRÌNH MTQG 1719 NĂM 2019"), "year.outside", "A8", "nằm ngoài",
    ),
    "year_outside_in_a_decision": (
        ALLOCATED.but(title="PHÂN BỔ VỐN CHƯƠNG TRÌNH MTQG 1719 NĂM 2019 THEO DỰ ÁN"),
        "year.outside", "A8", "nằm ngoài",
    ),
    "figure_in_a_unit_of_its_own": (
        STATEMENT.but(rows=(*STATEMENT.rows[:-1], (*STATEMENT.rows[-1][:3], "0,2 tỷ", *STATEMENT.rows[-1][4:]))),
        "unit.of_its_own", f"D{9 + len(STATEMENT.rows)}", "khác với đơn vị của cột",
    ),
    "no_programme": (STATEMENT.but(title="BÁO CÁO GIẢI NGÂN NĂM 2024"), "programme.missing", "A8", "chương trình nào"),
    "several_programmes": (
        STATEMENT.but(title="BÁO CÁO GIẢI NGÂN CHƯƠNG TRÌNH MTQG 1719 VÀ NÔNG THÔN MỚI NĂM 2024"),
        "programme.several", "A8", "1719, NTM",
    ),
    "no_cut_off_day": (STATEMENT.but(under=()), "as_of.missing", "A8", "không thấy ngày chốt"),
    "unreal_day": (STATEMENT.but(under=("(Số liệu đến ngày 31/6/2024)",)), "as_of.unreal", "A8", "lịch không có"),
    "number_in_words": (
        STATEMENT.but(rows=(TOTAL, ("I", DA1, "12 tỷ rưỡi", 20, 10))), "amount.unreadable", "C11", "12 tỷ rưỡi",
    ),
    "error_in_a_cell": (STATEMENT.but(rows=(TOTAL, ("I", DA1, "#REF!", 20, 10))), "amount.unreadable", "C11", "#REF!"),
    "part_of_a_dong": (
        STATEMENT.but(unit="Đơn vị tính: đồng", rows=(TOTAL, ("I", DA1, 30.5, 20.5, 10))),
        "amount.part_of_dong", "C11", "phần lẻ",
    ),
    "far_too_large": (STATEMENT.but(rows=(TOTAL, ("I", DA1, 10**15, 20, 10))), "amount.too_large", "C11", "quá lớn"),
    "one_component_twice": (
        STATEMENT.but(rows=(("", "TỔNG CỘNG", 60, 40, 20), ("I", DA1, 30, 20, 10), ("II", DA1, 30, 20, 10))),
        "line.doubled", "C12", "trùng phạm vi với ô C11",
    ),
    "one_account_given_twice": (
        ALLOCATED.but(rows=(("I", DA1, 30, 20, 20, 10, 10), ("II", DA1, 30, 20, 20, 10, 10))),
        "row.doubled", "E11", "trùng",
    ),
    "negative_in_a_decision": (
        ALLOCATED.but(rows=(("I", DA1, 30, 40, 40, -10, -10), ("II", DA2, 30, 20, 20, 10, 10))),
        "amount.negative", "G10", "quyết định điều chỉnh",
    ),
    "project_row_empty": (
        ALLOCATED.but(rows=(("II", "Dự án 5", "x", "x", "x", "x", "x"), ("1", "Tiểu dự án 1", 80, 80, 80, "-", "-"))),
        "control.missing", "E11", "không có số mà chỉ dòng này có",
    ),
    "decision_without_number": (ALLOCATED.but(under=()), "paper.missing", "A8", "không thấy số và ngày quyết định"),
    "taker_unknown": (
        BY_UNIT.but(rows=(("1", "UBND huyện Không Có Thật", 100, 40, 10, 30, 20),)), "body.unknown", "B10", "",
    ),
    "head_names_no_component": (
        BY_UNIT.but(heads=(*BY_UNIT.heads[:5], ("Dự án 77", "ĐT"), ("Dự án 77", "SN"))), "component.unknown", "F8", "",
    ),
    "columns_missing": (
        STATEMENT.but(heads=(*STATEMENT.heads[:3], ("Ghi chú", "A"), ("Ghi chú", "B"))),
        "table.no_profile", "A8",
        "thiếu cột “Giải ngân lũy kế: vốn đầu tư (ĐT)”, “Giải ngân lũy kế: vốn sự nghiệp (SN)”",
    ),
    "column_hidden": (
        STATEMENT.but(hidden_cols=("E",)), "table.no_profile", "A8", "vốn sự nghiệp (SN) (đang bị ẩn)",
    ),
    "title_of_something_else": (
        STATEMENT.but(title="BIỂU TỔNG HỢP CHƯƠNG TRÌNH MTQG 1719 NĂM 2024"),
        "table.no_profile", "A8", "tên biểu không có dạng “báo cáo giải ngân …”",
    ),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_an_unusable_table_stays_a_draft_and_says_what_and_where(bring, cao_bang, fault):
    paper, code, cell, words = FAULTS[fault]
    result = bring(papers.write(cao_bang / f"{fault}.xlsx", paper))
    (outcome,) = result.outcomes
    assert outcome.state == "draft"
    found = [problem for problem in outcome.problems if problem.code == code]
    assert found, [str(problem) for problem in outcome.problems]
    assert found[0].weight == "unusable"
    assert (found[0].where.file, found[0].where.sheet, found[0].where.cell) == (f"{fault}.xlsx", paper.sheet, cell)
    assert words in found[0].sentence
    assert found[0].sentence.endswith(".")
    assert not (Statement.objects.exists() or Voucher.objects.exists() or Entry.objects.exists())


def test_a_unit_of_its_own_counts_for_its_column(bring):
    heads = (*STATEMENT.heads[:3], ("Giải ngân lũy kế từ đầu năm", "ĐT (nghìn đồng)"), STATEMENT.heads[4])
    assert bring(STATEMENT.but(heads=heads, rows=(("I", DA1, 30, 20_000, 10),))).outcomes[0].state == "received"
    statement = Statement.objects.get()
    assert statement.lines.get(cell="D10").disbursed_dong == 20_000_000
    assert statement.lines.get(cell="E10").disbursed_dong == 10_000_000


def test_two_statements_for_one_day_need_a_word_of_replacement(bring):
    more = STATEMENT.but(rows=(("", "TỔNG CỘNG", 31, 21, 10), ("I", DA1, 31, 21, 10)))
    result = bring(STATEMENT, more.but(right=("Biểu số 01", "Số: 61/BC-UBND (ví dụ), ngày 04/6/2024")))
    (outcome,) = result.outcomes
    assert outcome.state == "draft"
    (problem,) = [one for one in outcome.problems if one.code == "statement.two_for_one_day"]
    assert "ghi “thay thế”" in problem.sentence and problem.where.cell == "A8"
    assert Statement.objects.count() == 1


def test_a_falling_cumulative_figure_is_stored_and_flagged_at_its_cell(bring):
    later = STATEMENT.but(under=("(Số liệu đến ngày 30/6/2024)",), rows=(("I", DA1, 25, 15, 10),))
    (outcome,) = bring(STATEMENT, later).outcomes
    assert outcome.state == "received"
    flagged = {one.where.cell: one for one in outcome.problems if one.code == "statement.falls"}
    assert set(flagged) == {"C10", "D10"}
    assert flagged["C10"].weight == "contradicting"
    assert "25 triệu đồng thấp hơn 30 triệu đồng đã báo cáo ngày 31/05/2024" in flagged["C10"].sentence
    assert Statement.objects.count() == 2


def test_a_cut_off_day_after_the_papers_own_is_stored_and_flagged_where_it_stands(bring):
    (outcome,) = bring(STATEMENT.but(under=("(Số liệu đến ngày 30/6/2024)",))).outcomes
    (flagged,) = [one for one in outcome.problems if one.code == "as_of.after_paper"]
    assert (outcome.state, flagged.where.cell, flagged.weight) == ("received", "A5", "contradicting")
    assert "sau ngày của chính văn bản (03/06/2024)" in flagged.sentence
    (right,) = bring(STATEMENT.but(corner=("ỦY BAN NHÂN DÂN", "HUYỆN HÀ QUẢNG"))).outcomes
    assert "as_of.after_paper" not in {one.code for one in right.problems}


def test_a_wrong_sum_is_stored_as_printed_and_flagged(bring):
    (outcome,) = bring(STATEMENT.but(rows=(("", "TỔNG CỘNG", 40, 20, 10), ("I", DA1, 30, 20, 10)))).outcomes
    assert outcome.state == "received"
    assert {one.code for one in outcome.problems} == {"check.fails"}
    assert {one.where.cell for one in outcome.problems} == {"C10"}
    assert Statement.objects.get().lines.get(cell="C10").disbursed_dong == 40_000_000


@pytest.mark.parametrize(("cut_off", "is_flagged"), [("31/01/2025", False), ("01/02/2025", True)])
def test_a_year_long_past_at_the_cut_off_day_is_flagged(bring, cut_off, is_flagged):
    (outcome,) = bring(STATEMENT.but(under=(f"(Số liệu đến ngày {cut_off})",))).outcomes
    assert (outcome.state, "year.other" in {one.code for one in outcome.problems}) == ("received", is_flagged)


def test_135_as_a_part_of_poverty_reduction_is_one_programme():
    assert _programmes("chuong trinh 135 thuoc ctmtqg giam ngheo ben vung") == ("135",)


def test_a_negative_disbursement_is_stored_and_flagged(bring):
    (outcome,) = bring(STATEMENT.but(rows=(("I", DA1, -5, -5, "-"),))).outcomes
    assert outcome.state == "received"
    assert {one.where.cell for one in outcome.problems if one.code == "amount.negative"} == {"C10", "D10"}


def test_what_is_hidden_is_left_out_and_said(bring, cao_bang):
    hidden = STATEMENT.but(rows=(*STATEMENT.rows, ("II", "Dự án 2", 5, 5, "-")), hidden_rows=(12,))
    (outcome,) = bring(hidden).outcomes
    assert [one.sentence for one in outcome.problems if one.code == "row.hidden"] == ["dòng đang ẩn, không nhập: 12."]
    assert not Statement.objects.get().lines.filter(cell="C12").exists()


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("text_renamed.xlsx", "chỉ là chữ, không phải bảng tính\n" * 5, "file.no_table"),
        ("nothing_in_it.xlsx", "", "file.empty_file"),
    ],
)
def test_a_file_that_is_no_workbook_is_refused_and_not_kept(bring, cao_bang, counted, name, content, code):
    before = counted()
    path = cao_bang / name
    path.parent.mkdir()
    path.write_text(content, "utf-8")
    (outcome,) = bring(path).outcomes
    assert (outcome.state, outcome.problems[0].code) == ("refused", code)
    assert name in str(outcome.problems[0])
    assert counted() == before


SECRET = {
    "in_the_corner": STATEMENT.but(right=("MẬT", "Số: 60/BC-UBND (ví dụ)")),
    "most_secret": STATEMENT.but(right=("TUYỆT MẬT",)),
    "spelt_out": STATEMENT.but(under=("Độ mật: Tối mật", *STATEMENT.under)),
    "on_another_sheet": STATEMENT.but(more={"BM02": STATEMENT.but(right=("Mật",))}),
}


@pytest.mark.parametrize("where", SECRET)
def test_a_secret_paper_is_turned_away_and_nothing_of_it_is_kept(bring, cao_bang, counted, where):
    before = counted()
    (outcome,) = bring(papers.write(cao_bang / "ten tep khong duoc giu.xlsx", SECRET[where])).outcomes
    assert (outcome.state, outcome.problems[0].code) == ("refused", "paper.secret")
    assert "MẬT" in outcome.problems[0].sentence
    assert counted() == before


@pytest.mark.parametrize("profile", [None, "giai_ngan_theo_du_an"])
def test_a_list_of_persons_is_turned_away_and_nothing_of_it_is_kept(bring, cao_bang, counted, profile):
    before = counted()
    people = STATEMENT.but(
        title="DANH SÁCH HỘ NHẬN HỖ TRỢ", heads=PERSONS, rows=((1, "Người Ví Dụ Một", 1980, "000000000001", 10),)
    )
    (outcome,) = bring(people, profile=profile).outcomes
    assert (outcome.state, outcome.problems[0].code) == ("refused", "persons.listed")
    assert outcome.problems[0].where.cell == "B8"
    assert "chỉ nhận số lượng" in outcome.problems[0].sentence
    assert counted() == before


def test_a_count_of_identity_cards_is_no_list_of_persons(bring):
    heads = (("STT", ""), ("Xã", ""), ("Số người được cấp CCCD", ""), ("Số hộ", ""), ("Tỷ lệ", ""))
    counts = STATEMENT.but(title="BIỂU TỔNG HỢP", heads=heads, rows=((1, "Xã Ví Dụ", 12, 30, 40),))
    assert bring(counts).outcomes[0].state == "draft"

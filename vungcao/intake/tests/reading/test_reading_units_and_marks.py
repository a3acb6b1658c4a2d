"""Units as printed, and marks with the order they build."""

import pytest

from vungcao.intake.reading.document import Unit
from vungcao.intake.reading.marks import parse_mark, settle_letters, split_label
from vungcao.intake.reading.units import parse_unit, unit_in_head, unit_over_table
from vungcao.intake.tests.reading.layouts import Page, only_sheet, read


@pytest.mark.parametrize(
    ("said", "dong"),
    [("triệu đồng", 10**6), ("Triệu đồng", 10**6), ("Tr.đ", 10**6), ("tr.đồng", 10**6), ("trđ", 10**6),
     ("1.000.000 đồng", 10**6), ("nghìn đồng", 10**3), ("Ngàn đồng", 10**3), ("1.000 đồng", 10**3), ("1000đ", 10**3),
     ("đồng", 1), ("VNĐ", 1), ("tỷ đồng", 10**9), ("Tỉ đồng", 10**9), ("Triệu đồng, %", 10**6)],
)  # fmt: skip
def test_units_of_money(said, dong):
    assert parse_unit(said) == Unit(said, dong)


def test_units_over_a_table():
    assert unit_over_table("Đơn vị tính: triệu đồng") == Unit("triệu đồng", 10**6)
    assert unit_over_table("ĐVT: Tr.đ") == Unit("Tr.đ", 10**6)
    assert unit_over_table("(Đơn vị: nghìn đồng)") == Unit("nghìn đồng", 10**3)
    assert unit_over_table("Đơn vị tính: hộ, khẩu") == Unit("hộ, khẩu")
    assert unit_over_table("(triệu đồng)").dong == 10**6


def test_a_body_or_a_title_is_not_a_unit():
    assert unit_over_table("Đơn vị: UBND huyện Ví Dụ") == Unit()
    assert unit_over_table("BÁO CÁO GIẢI NGÂN") == Unit()
    assert unit_over_table("Xã") == Unit()


def test_units_in_heads():
    assert unit_in_head("Dân số (người)") == Unit("người")
    assert unit_in_head("Kinh phí (triệu đồng)") == Unit("triệu đồng", 10**6)
    assert unit_in_head("Tỷ lệ %") == Unit("%")
    assert unit_in_head("Kế hoạch (Quyết định 12)") is None


@pytest.mark.parametrize(
    ("said", "level"),
    [("A", "upper"), ("I", "roman"), ("IV", "roman"), ("1", "arabic"), ("1.", "arabic"), ("1.1", "dotted2"),
     ("I.1", "dotted2"), ("1.2.3", "dotted3"), ("a)", "lower"), ("-", "dash"), ("+", "plus"), ("*", "star")],
)  # fmt: skip
def test_marks_have_levels(said, level):
    mark = parse_mark(said)
    assert mark is not None
    assert mark.level == level


def test_words_are_no_marks():
    assert [parse_mark(said) for said in ("TỔNG CỘNG", "Dự án 1", "DA1", "")] == [None] * 4


def test_letters_are_told_from_roman_numbers_by_what_runs_around_them():
    levels = [mark.level for mark in settle_letters([parse_mark(said) for said in "ABCD"]) if mark]
    assert levels == ["upper"] * 4
    levels = [
        mark.level for mark in settle_letters([parse_mark(said) for said in ("A", "I", "II", "B", "I", "C")]) if mark
    ]
    assert levels == ["upper", "roman", "roman", "upper", "roman", "upper"]


@pytest.mark.parametrize(
    ("label", "mark", "rest"),
    [("I. Dự án 1", "I", "Dự án 1"), ("1.1. Tiểu dự án", "1.1", "Tiểu dự án"), ("- NSTW", "-", "NSTW"),
     ("a) Vốn đầu tư", "a", "Vốn đầu tư"), ("Dự án 1: đất ở", None, "Dự án 1: đất ở"), ("Xã Ví Dụ", None, "Xã Ví Dụ"),
     ("15/11/2021", None, "15/11/2021")],
)  # fmt: skip
def test_marks_written_into_the_label(label, mark, rest):
    found, left = split_label(label)
    assert (found.said if found else None, left) == (mark, rest)


def test_a_unit_is_known_without_tone_marks_and_by_a_letter_that_only_looks_like_đ():
    assert unit_over_table("Don vi tinh: trieu dong").dong == 10**6
    assert unit_over_table("DVT: nghin dong").dong == 10**3
    assert unit_over_table("\N{LATIN CAPITAL LETTER ETH}ơn vị tính: triệu đồng").dong == 10**6
    assert unit_over_table("Don vi: UBND huyen Vi Du") == Unit()


def test_a_figure_that_names_another_size_than_its_column_is_warned_of(tmp_path):
    rows = [["Đơn vị tính: triệu đồng"], ["STT", "Nội dung", "Kế hoạch vốn"], [1, "Ví dụ A", "0,2 tỷ"]]
    rows += [[2, "Ví dụ B", "100 triệu"], [3, "Ví dụ C", 300]]
    sheet = only_sheet(read(tmp_path / "vi-du.xlsx", Page(rows)))
    assert [(one.cell, one.said) for one in sheet.warnings if one.code == "unit.of_its_own"] == [("C3", "0,2 tỷ")]

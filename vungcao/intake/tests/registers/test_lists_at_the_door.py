"""A list that no room takes yet stays a draft, and its officer gets every fault at its cell."""

import pytest
import xlsxwriter

from vungcao.ledger.models import Entry

pytestmark = pytest.mark.django_db

HEADS = ["STT", "Danh mục công trình", "Chủ đầu tư", "Mã dự án", "Tổng mức đầu tư", "Kế hoạch năm 2024"]
LINES = [
    [1, "Đường vào xóm Ví Dụ", "UBND xã Ví Dụ", "7912345", 3_000, 1_000],
    [2, "Nhà văn hóa xóm Ví Dụ", "UBND xã Ví Dụ", "79123", 2_000, 2_500],
    [3, "Cầu treo Ví Dụ", "UBND xã Ví Dụ", "7912347", 5_000, 500],
]


def test_a_list_of_works_is_tried_against_its_rules(tmp_path, bring):
    book = xlsxwriter.Workbook(tmp_path / "cong_trinh.xlsx")
    sheet = book.add_worksheet("DM")
    sheet.write_row(0, 0, ["DANH MỤC CÔNG TRÌNH NĂM 2024 (VÍ DỤ)"])
    sheet.write_row(1, 4, ["Đơn vị tính: triệu đồng"])
    for index, line in enumerate([HEADS, *LINES], start=2):
        sheet.write_row(index, 0, line)
    book.close()
    (outcome,) = bring(tmp_path / "cong_trinh.xlsx").outcomes
    assert outcome.state == "draft"
    said = {problem.code: problem for problem in outcome.problems}
    assert "table.no_profile" not in said
    assert "đã kiểm 3 dòng theo quy tắc, 1 dòng phải sửa" in said["list.checked"].sentence
    assert (said["register.pattern"].where.cell, said["register.pattern"].said) == ("D5", "79123")
    assert (said["register.plan_over_total"].where.cell, said["register.plan_over_total"].said) == ("F5", "2500")
    assert not Entry.objects.exists()

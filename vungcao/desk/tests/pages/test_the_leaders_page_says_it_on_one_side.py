"""The leader's page: rate and rank, five lowest, money lost, what does not reconcile, who is silent; as Word too."""

from __future__ import annotations

import io

import pytest
from docx import Document

from vungcao.desk import briefing, overview
from vungcao.desk.tests.pages import example_answers
from vungcao.desk.tests.pages.reading_pages import said, tree

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def lines(page, heading: str) -> list[list[str]]:
    found = page.xpath(f"//table[@aria-labelledby='{heading}']//tbody/tr")
    return [[said(cell) for cell in row.xpath("./th|./td")] for row in found]


def test_it_says_what_as_of_when_and_over_what(desk):
    about = said(tree(desk.get("/lanh-dao/")).xpath("//p[@class='about']")[0])
    assert "Tính đến ngày 15/11/2021, năm ngân sách 2021" in about
    assert "so với kế hoạch năm sau điều chỉnh (34/QĐ-UBND ngày 11/01/2021)" in about
    assert "lần ghi số 41" in about and "triệu đồng" in about


def test_rate_and_what_stands_beside_it_missing_is_said(desk):
    page = tree(desk.get("/lanh-dao/"))
    values = [said(one) for one in page.xpath("//dl[@class='headline']//*[@class='value']")]
    assert values == ["76,1%", "15.213", "4.787"]
    found = lines(page, "beside")
    assert found[0][1:] == ["70,0%", "+6,1 điểm %"]
    assert found[1][1:] == ["80,0%", "-3,9 điểm %"]
    assert found[2] == ["Bình quân cả nước", "chưa có số liệu", ""]


def test_the_five_lowest_stand_lowest_first_and_ties_are_counted(desk):
    page = tree(desk.get("/lanh-dao/"))
    found = lines(page, "lowest")
    assert [row[1] for row in found] == ["6/7", "6/7", "5/7", "4/7", "3/7"]
    assert [row[2] for row in found] == ["40,0%", "40,0%", "50,0%", "60,0%", "70,0%"]
    assert "1 đơn vị chưa có tỷ lệ nên không xếp" in said(page.xpath("//section[h2/@id='lowest']")[0])


def test_money_lost_silent_bodies_and_differences_are_there(desk):
    page = tree(desk.get("/lanh-dao/"))
    closing = said(page.xpath("//section[h2/@id='closing']")[0])
    assert "Sẽ mất nếu không giải ngân kịp hạn" in closing and "31/01/2022 (còn 77 ngày)" in closing
    assert lines(page, "not-reported")[0][:2] == ["UBND huyện Ví Dụ Im Lặng", "1.250,5"]
    assert "lệch -213 triệu đồng" in said(page.xpath("//section[h2/@id='differences']")[0])


def test_every_figure_leads_back(desk):
    page = tree(desk.get("/lanh-dao/"))
    assert len(page.xpath("//dl[@class='headline']//a[@class='whence']")) == 3
    for table in ("lowest", "not-reported"):
        rows = page.xpath(f"//table[@aria-labelledby='{table}']//tbody/tr")
        assert rows and all(row.xpath(".//a[@class='whence']") for row in rows)
    told = page.xpath("//table[@aria-labelledby='beside']//tbody/tr[td[1][not(*[@class='missing'])]]")
    assert told and all(row.xpath(".//a[@class='whence']") for row in told)
    assert "vungcao trace" in said(page.xpath("//p[contains(@class, 'paper-note')]")[0])


def test_without_anything_the_page_says_so_and_has_no_zero(desk, monkeypatch):
    for module in (overview, briefing):
        monkeypatch.setattr(module, "answer", example_answers.silent_answer)
    page = tree(desk.get("/lanh-dao/?on=01/01/2019&programme=135"))
    values = [said(one) for one in page.xpath("//dl[@class='headline']//*[@class='value']")]
    assert values == ["chưa có số liệu"] * 3
    assert "chưa chia đến đơn vị" in said(page.xpath("//section[h2/@id='lowest']")[0])


def test_a_bad_day_is_answered_at_its_box(desk):
    page = tree(desk.get("/lanh-dao/?on=31/02/2021"))
    assert said(page.xpath("//ul[@class='wrong']/li")[0]).startswith("Ngày viết theo")
    assert not page.xpath("//dl[@class='headline']")


def test_the_word_file_says_the_same_is_marked_and_the_same_each_time(desk):
    first, second = (b"".join(desk.get("/lanh-dao/word/").streaming_content) for _ in range(2))
    assert first == second
    document = Document(io.BytesIO(first))
    words = "\n".join(one.text for one in document.paragraphs)
    assert "TRANG LÃNH ĐẠO: GIẢI NGÂN CHƯƠNG TRÌNH 135" in words
    assert "Tỷ lệ giải ngân 76,1%: 15.213 trên 20.000; còn lại 4.787." in words
    assert "UBND huyện Ví Dụ Im Lặng (đang giữ 1.250,5)" in words and "vungcao trace" in words
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert "6/7" in cells and "2.849,5" in cells and "chưa có số liệu" in cells
    assert "VÍ DỤ" in document.sections[0].header._element.xml

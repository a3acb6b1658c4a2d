"""Từ đâu? Counted lines add up to the figure; each shows its paper, cell and officer; forged ids lead nowhere."""

from __future__ import annotations

from dataclasses import replace

import pytest

from vungcao.desk.tests.pages import example_answers
from vungcao.desk.tests.pages.reading_pages import rows, said, tree

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def test_counted_lines_add_up_and_stand_in_the_order_of_the_sheet(desk):
    page = tree(desk.get("/tu-dau/?id=disbursement:on=2021-11-15"))
    assert said(page.xpath("//*[@class='value']")[0]) == "15.213.000.000 đồng"
    found = rows(page, "counted")
    assert [row[1] for row in found] == ["15.213.000.000", "9.150.500.000", "6.062.500.000"]
    assert found[1][0] == "Dự án 1 (ví dụ)UBND huyện Ví Dụ Thượng"


def test_a_line_shows_its_paper_cell_and_officer(desk, example):
    page = tree(desk.get("/tu-dau/?id=disbursement:on=2021-11-15"))
    line = rows(page, "counted")[1]
    assert line[2] == "15/11/2021Đã tiếp nhận"
    assert "Báo cáo 12/BC-VD ngày 16/11/2021" in line[3] and "trang BM01, ô B7" in line[3]
    assert line[4] == "Chuyên viên Ví Dụlần ghi số 40"
    assert f"/tep/{example.workbook.sha256}/BM01/?o=B7#o" in page.xpath("//tbody//a/@href")


def test_what_only_asserts_stands_apart_and_says_why(desk):
    page = tree(desk.get("/tu-dau/?id=disbursement:on=2021-11-15"))
    assert [row[-1] for row in rows(page, "asserting")] == ["chỉ đối chiếu: 2 dòng khác được dùng"]
    assert rows(page, "against")[0][1] == "20.000.000.000"
    assert "vungcao trace 'disbursement:programme=135,on=2021-11-15,known=41'" in said(page)


def test_people_are_counted_in_people(desk, monkeypatch):
    from vungcao.desk import views

    whole = example_answers.example_trace("")
    people = replace(whole, rows=[replace(one, dong=42) for one in whole.rows if one.counted], unit="người")
    monkeypatch.setattr(views, "follow", lambda figure_id, reach: replace(people, total_dong=84))
    page = tree(desk.get("/tu-dau/?id=population:on=2024-01-01"))
    assert said(page.xpath("//*[@class='value']")[0]) == "84 người"
    assert "đồng" not in said(page.xpath("//main")[0]).split("Tính theo quy tắc nào")[0].partition("84 người")[2]


def test_out_of_reach_is_missing_and_not_zero(desk, monkeypatch):
    from vungcao.desk import views

    nothing = replace(example_answers.example_trace(""), rows=[], total_dong=0)
    monkeypatch.setattr(views, "follow", lambda figure_id, reach: nothing)
    value = said(tree(desk.get("/tu-dau/?id=disbursement:on=2021-11-15")).xpath("//*[@class='value']")[0])
    assert value and "0" not in value


@pytest.mark.parametrize(
    "forged", ["", "x", "disbursement:on=ngày-nào", "disbursement:on=2021-11-15,secret=1", "nothing:on=2021-11-15"]
)
def test_a_forged_id_is_not_found(client, cast, forged):
    client.force_login(cast.specialist)
    response = client.get("/tu-dau/", {"id": forged})
    assert response.status_code == 404
    assert "Không có trang này" in said(tree(response).xpath("//h1")[0])


@pytest.fixture
def long(desk, monkeypatch):
    """A thread of 450 counted lines in two papers (ví dụ), numbered by their cells."""
    from vungcao.desk import views

    one = example_answers.example_trace("a" * 64).rows[1]
    rows = [
        replace(one, dong=1_000_000, cell=f"B{number}", paper=f"Báo cáo {1 if number <= 300 else 2}/BC-VD")
        for number in range(1, 451)
    ]
    whole = replace(example_answers.example_trace(""), rows=rows, total_dong=450_000_000)
    monkeypatch.setattr(views, "follow", lambda figure_id, reach: whole)
    return desk


def test_thousands_of_lines_are_shown_a_page_at_a_time_with_the_sum_of_all(long):
    page = tree(long.get("/tu-dau/?id=disbursement:on=2021-11-15"))
    found = rows(page, "counted")
    assert found[0][:3] == ["Cộng", "450.000.000", "của cả 450 dòng"]
    assert len(found) == 1 + 200
    assert said(page.xpath("//nav[@class='turning']/span")[0]) == "dòng 1–200 trong 450"
    last = tree(long.get("/tu-dau/?id=disbursement:on=2021-11-15&phan=counted&trang=99"))
    assert len(rows(last, "counted")) == 1 + 50, "beyond the last page is the last page"
    assert rows(last, "counted")[0][1] == "450.000.000"
    href = page.xpath("//nav[@class='turning']/a[@rel='next']/@href")[0]
    assert "trang=2" in href and "phan=counted" in href and href.endswith("#counted")


def test_papers_of_a_long_thread_are_told_with_their_sums(long):
    page = tree(long.get("/tu-dau/?id=disbursement:on=2021-11-15"))
    region = page.xpath("//*[contains(@class, 'by-paper')]")[0]
    told = [[said(cell) for cell in row.xpath("./th|./td")][:3] for row in region.xpath(".//tbody/tr")]
    assert told == [["Báo cáo 1/BC-VD", "300", "300.000.000"], ["Báo cáo 2/BC-VD", "150", "150.000.000"]]


@pytest.mark.parametrize("turned", ["x", "-1", "0", "9" * 30, "²"])
def test_a_page_that_is_no_number_is_the_first(long, turned):
    page = tree(long.get("/tu-dau/", {"id": "disbursement:on=2021-11-15", "phan": "counted", "trang": turned}))
    assert said(page.xpath("//nav[@class='turning']/span")[0]) == "dòng 1–200 trong 450"


def test_the_whole_thread_is_taken_as_a_workbook_whose_texts_are_no_formulas(long, monkeypatch):
    import io

    import openpyxl

    from vungcao.desk import views

    whole = views.follow("", None)
    rows_ = [replace(whole.rows[0], label="=HYPERLINK(1)"), *whole.rows[1:]]
    monkeypatch.setattr(views, "follow", lambda figure_id, reach: replace(whole, rows=rows_))
    answer = long.get("/tu-dau/xlsx/?id=disbursement:on=2021-11-15")
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    sheet = book["Được cộng vào"]
    assert sheet.max_row == 1 + 450 + 1
    assert sheet["C452"].value == "=SUM(C2:C451)"
    texts = [sheet.cell(row, 1) for row in range(2, 452)]
    assert any(cell.value == "=HYPERLINK(1)" and cell.data_type == "s" for cell in texts)

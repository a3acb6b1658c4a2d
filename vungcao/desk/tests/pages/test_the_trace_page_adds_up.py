"""Từ đâu? Counted lines add up to the figure; each shows its paper, cell and officer; forged ids lead nowhere."""

from __future__ import annotations

from dataclasses import replace

import pytest

from vungcao.desk.tests.pages import example_answers
from vungcao.desk.tests.pages.reading_pages import rows, said, tree

pytestmark = pytest.mark.django_db


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

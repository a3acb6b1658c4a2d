"""The overview: what, as of when, over what; rows in order; gaps in sight; every figure with its way back."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse

from vungcao.cube.question import FigureQuery, NotAQuestion
from vungcao.desk import overview
from vungcao.desk.tests.pages import example_answers
from vungcao.desk.tests.pages.reading_pages import rows, said, tree

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def test_it_opens_on_the_latest_day_with_statements(desk):
    page = tree(desk.get("/"))
    assert said(page.xpath("//h1")[0]) == "Giải ngân Chương trình 135"
    about = said(page.xpath("//h1/following-sibling::p[contains(., 'Tính đến')]")[0])
    assert "Tính đến ngày 15/11/2021, năm ngân sách 2021" in about
    assert "so với kế hoạch năm sau điều chỉnh (34/QĐ-UBND ngày 11/01/2021)" in about
    assert "đã tiếp nhận trở lên" in about and "lần ghi số 41" in about
    assert page.xpath("//input[@name='on']/@value") == ["15/11/2021"]
    assert page.xpath("//datalist/option/@value") == ["15/11/2021"]


def test_the_headline_prints_four_figures(desk):
    page = tree(desk.get("/"))
    shown = {
        said(one.xpath("./dt")[0]): said(one.xpath(".//*[@class='value']")[0])
        for one in page.xpath("//dl[@class='headline']/div")
    }
    assert shown == {"Được giao": "20.000", "Giải ngân": "15.213", "Còn lại": "4.787", "Tỷ lệ giải ngân": "76,1%"}


def test_rows_by_component_keep_the_order_of_the_tree_and_missing_is_not_zero(desk):
    found = rows(tree(desk.get("/")), "by-component")
    assert [row[0] for row in found][:3] == [
        "Tổng cộng",
        "Dự án 1: Đầu tư cơ sở hạ tầng (ví dụ)",
        "Dự án 2: Hỗ trợ phát triển sản xuất (ví dụ)",
    ]
    assert found[1][1:5] == ["12.000,0", "9.150,5", "2.849,5", "76,3%"]
    silent = found[4]
    assert silent[2] == "chưa có số liệu" and silent[3] == silent[4] == ""
    assert found[5][:3] == ["Chưa chia: Chương trình 135", "", "400,0"]


def test_more_spent_than_given_is_marked_in_words(desk):
    over = rows(tree(desk.get("/")), "by-component")[3]
    assert over[3] == "-100,0 vượt vốn giao" and over[4] == "105,0%"


def test_places_stand_in_vietnamese_order_and_sort_when_asked(desk):
    names = [row[0] for row in rows(tree(desk.get("/")), "by-place")]
    assert names == [
        "Tổng cộng",
        "Huyện An Ví Dụ",
        "Huyện Đèo Ví Dụ",
        "Huyện Ví Dụ Thượng",
        "Chưa phân về địa bàn: Huyện Ví Dụ Cũ",
    ]
    page = tree(desk.get("/?sort=-rate"))
    assert [row[4] for row in rows(page, "by-place")][:4] == ["76,1%", "75,2%", "71,4%", "64,0%"]
    assert page.xpath("//th[@aria-sort='descending']//a/@href")[0].startswith("?sort=rate")


def test_every_figure_leads_back(desk):
    page = tree(desk.get("/"))
    tables = "//*[@role='region'][@aria-labelledby='by-component' or @aria-labelledby='by-place']"
    figures = page.xpath(f"{tables}//tbody/tr[not(contains(@class, 'gap-row'))]")
    assert len(figures) == 1 + 4 + 1 + 3
    for row in figures:
        link = row.xpath(".//a[@class='whence']")[0]
        url = urlsplit(link.get("href"))
        assert url.path == reverse("desk:trace")
        assert FigureQuery.of_id(parse_qs(url.query)["id"][0]).known == 41
        assert said(link).startswith("từ đâu?") and len(said(link)) > len("từ đâu?")
    assert len(page.xpath("//dl[@class='headline']//a[@class='whence']")) == 4


def test_what_is_open_stands_in_lists(desk):
    page = tree(desk.get("/"))
    assert "lệch -213 triệu đồng" in said(page.xpath("//section[h2/@id='differences']")[0])
    assert [row[:4] for row in rows(page, "not-reported")] == [
        ["UBND huyện Ví Dụ Im Lặng", "135", "31/10/2021", "1.250,5"]
    ]
    assert [row[:4] for row in rows(page, "not-split")] == [["Chương trình 135", "dự án, nội dung", "giải ngân", "400"]]
    assert [row[:4] for row in rows(page, "not-apportioned")] == [
        ["Huyện Ví Dụ Cũ", "giải ngân", "1.000", "chưa bàn giao"]
    ]
    for gap in ("not-reported", "not-split", "not-apportioned"):
        assert len(page.xpath(f"//*[@role='region'][@aria-labelledby='{gap}']//tbody//a[@class='whence']")) == 1


def test_the_last_day_of_money_stands_with_its_article_and_how_sure_it_is(desk):
    page = tree(desk.get("/"))
    found = rows(page, "closing")
    assert found[0][:2] == ["Sẽ mất nếu không giải ngân kịp hạn", "2.849,5"]
    assert found[1][:6] == [
        "Vốn đầu tư, ngân sách trung ương",
        "2021",
        "2.849,5",
        "31/01/2022còn 77 ngày",
        "Luật ví dụ Điều 68không được giải ngân tiếp (ví dụ)",
        "có nguồn",
    ]
    assert found[2][:2] == ["Chưa rõ hạn", "chưa có số liệu"]
    assert found[3][2:6] == [
        "chưa có số liệu",
        "danh mục không ghi",
        "chưa có quy tắc trong danh mục: hỏi Sở ví dụ",
        "chưa rõ",
    ]
    assert len(page.xpath("//*[@aria-labelledby='closing']//a[@class='whence']")) == 2


def test_what_is_chosen_is_what_is_asked(desk, monkeypatch):
    asked: list[FigureQuery] = []

    def keep(query, reach):
        asked.append(query)
        return example_answers.example_answer(query, reach)

    monkeypatch.setattr(overview, "answer", keep)
    page = tree(
        desk.get(
            "/?programme=135&on=30.09.2021&denominator=council&boundaries=today&state=reconciled&known=7&component=135.VD1"
        )
    )
    whole = next(query for query in asked if not query.by)
    assert f"{whole.on}" == "2021-09-30"
    assert (whole.denominator, whole.boundaries, whole.state) == ("council", "today", "reconciled")
    assert (whole.known, whole.component) == (7, "135.VD1")
    assert page.xpath("//ul[@class='chips']//a/@href")[0].count("component") == 0
    assert said(page.xpath("//h1")[0]) == "Giải ngân 135.VD1, Chương trình 135"


def test_a_line_opens_the_level_below_and_keeps_the_rest(desk):
    page = tree(desk.get("/?programme=135&on=15/11/2021&state=sent"))
    link = page.xpath("//*[@aria-labelledby='by-component']//tbody//th//a/@href")[0]
    assert parse_qs(urlsplit(link).query) == {
        "programme": ["135"], "on": ["15/11/2021"], "state": ["sent"], "component": ["135.VD1"],
    }  # fmt: skip


def test_an_implied_plan_is_an_interval_never_one_number(desk, monkeypatch):
    monkeypatch.setattr(overview, "answer", example_answers.interval_answer)
    page = tree(desk.get("/"))
    values = [said(one) for one in page.xpath("//dl[@class='headline']//*[@class='value']")]
    assert values == ["20.854 – 20.883", "15.213", "chưa có số liệu", "72,9%"]
    assert "suy ra" in said(page.xpath("//dl[@class='headline']")[0])


def test_what_a_plan_above_does_not_divide_is_said_so(desk, monkeypatch):
    """An implied plan of the whole is no money: lines below say "chưa chia", and it stands in no list of gaps."""

    def whole_only(query, reach):
        found = example_answers.interval_answer(query, reach)
        if not query.by:
            return found
        gap = {"dim": query.by[0], "node": "135", "name": "Chương trình 135", "measure": "given_dong", "dong": 1}
        rows = [replace(row, denominator=None, measures=row.measures | {"rate": None}) for row in found.rows]
        return replace(found, rows=rows, not_split=[gap], not_apportioned=[])

    monkeypatch.setattr(overview, "answer", whole_only)
    page = tree(desk.get("/"))
    assert [row[1] for row in rows(page, "by-place")] == ["20.854,0 – 20.883,0", "chưa chia", "chưa chia", "chưa chia"]
    assert not page.xpath("//*[@id='not-split']")


def test_a_qualifier_stands_before_its_figure(desk, monkeypatch):
    def about(query, reach):
        found = example_answers.example_answer(query, reach)
        return replace(found, rows=[replace(row, qualifier="trên") for row in found.rows])

    monkeypatch.setattr(overview, "answer", about)
    assert rows(tree(desk.get("/")), "by-place")[1][2] == "trên 3.200,0"


@pytest.mark.parametrize(
    ("ask", "sentence"),
    [
        ("on=31/02/2021", "Ngày viết theo ngày/tháng/năm, ví dụ 15/11/2021."),
        ("on=hôm qua", "Ngày viết theo ngày/tháng/năm, ví dụ 15/11/2021."),
        ("state=khong-co", "Không có lựa chọn này trong danh sách."),
        ("known=x", "Số lần ghi là một số nguyên."),
        ("known=0", "Số lần ghi bắt đầu từ 1."),
    ],
)
def test_a_bad_choice_is_answered_at_its_box_and_shows_no_figure(desk, ask, sentence):
    page = tree(desk.get(f"/?{ask}"))
    assert [said(one) for one in page.xpath("//ul[@class='wrong']/li")] == [sentence]
    assert page.xpath("//*[@aria-invalid='true']") and not page.xpath("//dl[@class='headline']")


def test_a_refusal_of_the_cube_is_said_on_the_page(desk, monkeypatch):
    def refuse(query, reach):
        raise NotAQuestion("Không có địa bàn mã 'x' trong ngày 15/11/2021.")

    monkeypatch.setattr(overview, "answer", refuse)
    assert "Không có địa bàn mã" in said(tree(desk.get("/?place=x")).xpath("//*[@role='alert']")[0])


def test_a_day_without_anything_says_so(desk, monkeypatch):
    monkeypatch.setattr(overview, "answer", example_answers.silent_answer)
    page = tree(desk.get("/?on=01/01/2019&programme=135"))
    assert "chưa có vốn được giao và chưa có báo cáo nào" in said(page.xpath("//main")[0])
    assert not page.xpath("//*[@aria-labelledby='by-place']")


def test_example_data_are_marked_on_every_page(desk, example):
    for url in ("/", f"/lan-gui/{example.batch.pk}/"):
        assert "VÍ DỤ" in said(tree(desk.get(url)).xpath("//*[@class='example']")[0])


def test_an_empty_book_says_which_command_to_run(client, django_user_model, monkeypatch, cast):
    from vungcao.desk import questions

    monkeypatch.setattr(questions, "_spoken_of", lambda reach: [])
    monkeypatch.setattr(questions, "is_anything_said", lambda: False)
    client.force_login(cast.specialist)
    words = said(tree(client.get("/")).xpath("//main")[0])
    assert "Chưa có số liệu" in words and "vungcao setup --demo" in words and "vungcao import" in words


def test_who_sees_nothing_is_not_told_that_the_book_is_empty(client, cast):
    from vungcao.desk import questions

    assert questions.Statement.objects.exists()
    client.force_login(cast.elsewhere)
    words = said(tree(client.get("/")).xpath("//main")[0])
    assert "Trong phạm vi được xem chưa có" in words and "vungcao setup" not in words


@pytest.mark.parametrize("asked", [{"on": "31/12/9999"}, {"known": f"{10**18}"}])
def test_a_day_or_number_out_of_all_bounds_is_refused_in_words(desk, asked):
    response = desk.get("/", asked)
    assert response.status_code == 200
    assert any(words in said(tree(response)) for words in ("ngoài khoảng", "Không có lần ghi số"))

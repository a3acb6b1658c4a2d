"""Diễn biến theo tháng: a month nobody spoke of is a gap, never 0; every figure of the table has its thread."""

from __future__ import annotations

import re
from datetime import date
from html import unescape

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from vungcao.bodies.models import Batch, BatchEvent, BatchState
from vungcao.bodies.reach import Reach
from vungcao.cube.figures import FigureQuery, answer
from vungcao.cube.sealed import answering, sealing
from vungcao.desk.course_chart import chart, scale_top
from vungcao.desk.tests.pages.cast import Cast
from vungcao.desk.tests.pages.test_a_cold_process_asks_little import forget_everything
from vungcao.desk.warming import warm
from vungcao.evidence.actions import SYSTEM, acting
from vungcao.kernel.vietnamese import MILLION_DONG, amount
from vungcao.ledger.models import Statement, StatementLine
from vungcao.ledger.regions import REGION_COLUMNS
from vungcao.territory.models import Place, PlaceCode
from vungcao.territory.queries import GSO

TY = 1_000_000_000
ASKED = {"programme": "135", "on": "15/11/2021"}


def says(cast: Cast, on: date, dong: int) -> None:
    """The cast's district makes a statement as of another day, received like its first."""
    line = StatementLine.objects.filter(statement__batch=cast.batch).get()
    same = {name: getattr(line, name) for name in REGION_COLUMNS}
    with acting("test.says", by=SYSTEM) as act:
        batch = Batch.objects.create(
            act=act, body=cast.batch.body, kind="disbursement", period=f"{on:%Y-%m}", source=cast.workbook, sheet="BM01"
        )
        for state in (BatchState.SIGNED, BatchState.SENT, BatchState.RECEIVED):
            BatchEvent.objects.create(act=act, batch=batch, state=state, reason="ví dụ")
        of = {name: getattr(line.statement, name) for name in REGION_COLUMNS} | {"year_use": f"{on.year}"}
        said = Statement.objects.create(
            act=act, batch=batch, reporter=line.statement.reporter, basis=line.statement.basis, as_of=on, **of
        )
        year = same["year_origin"] if same["year_origin"] in ("", "*") else f"{on.year}"
        StatementLine.objects.create(
            act=act, statement=said, disbursed_dong=dong, **same | {"year_use": f"{on.year}", "year_origin": year}
        )


@pytest.fixture
def reader(client, cast):
    client.force_login(cast.specialist)
    return client


def rows(page: str) -> list[list[str]]:
    """The table as text, a list a month."""
    body = page.split("<tbody>")[-1].split("</tbody>")[0]
    found = [re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL) for row in body.split("<tr>")[1:]]
    return [[" ".join(unescape(re.sub(r"<[^>]+>", " ", cell)).split()) for cell in row] for row in found]


def test_months_without_a_statement_are_gaps_and_what_was_said_is_carried_to_none_of_them(reader, cast):
    says(cast, date(2021, 8, 31), 4 * TY)
    page = reader.get(reverse("desk:course"), ASKED).content.decode()
    table = rows(page)
    assert [row[0].split()[0] for row in table] == [f"{month}" for month in range(1, 12)]
    assert table[7][2] == "4.000,0" and table[10][2].endswith("9.150,5")
    assert all(row[2] == "không có báo cáo" for row in (*table[:7], *table[8:10]))
    assert page.count('class="course-gap"') == 9 and "Năm 2021, tháng 1–7, 9–10:" in page


def test_the_same_months_of_last_year_stand_beside(reader, cast):
    says(cast, date(2020, 10, 31), 3 * TY)
    table = rows(reader.get(reverse("desk:course"), ASKED).content.decode())
    assert table[9][6] == "3.000,0" and table[10][6] == "không có báo cáo"


def test_a_year_of_which_the_books_hold_nothing_is_said_once_and_not_month_by_month(reader, cast):
    page = reader.get(reverse("desk:course"), ASKED).content.decode()
    assert (
        all(len(row) == 6 for row in rows(page)) and "Năm 2020 không có vốn được giao và không có báo cáo nào" in page
    )


def test_a_question_that_last_year_refuses_is_told_with_its_sentence_and_no_month_is_called_silent(reader, cast):
    """The district's code is new: there was no such place last year, which is no missing report."""
    with acting("test.code", by=SYSTEM) as act:
        place = Place.objects.get(key="vd-z")
        PlaceCode.objects.create(act=act, identity=place, scheme=GSO, code="999", valid_from=date(2021, 1, 1))
    says(cast, date(2020, 10, 31), 3 * TY)
    page = unescape(reader.get(reverse("desk:course"), {**ASKED, "place": "999"}).content.decode())
    assert "Chưa đặt được số cùng kỳ năm 2020 bên cạnh: Không có địa bàn mã '999' trong ngày 31/01/2020." in page
    assert rows(page)[10][2].endswith("9.150,5") and all(len(row) == 6 for row in rows(page))


def test_every_figure_leads_to_a_thread_that_says_it(reader, cast):
    says(cast, date(2021, 8, 31), 4 * TY)
    says(cast, date(2020, 10, 31), 3 * TY)
    page = reader.get(reverse("desk:course"), ASKED).content.decode()
    links = [unescape(one) for one in re.findall(r'class="whence" href="([^"]+)"', page)]
    assert len(links) == len(set(links)) >= 3
    threads = [reader.get(link).content.decode() for link in links]
    assert all(any(said in thread for thread in threads) for said in ("4.000", "3.000", "9.150,5"))


def test_who_reaches_elsewhere_sees_no_month_of_another(client, cast):
    client.force_login(cast.elsewhere)
    page = client.get(reverse("desk:course"), ASKED).content.decode()
    assert "9.150,5" not in page


def test_the_page_needs_no_script_no_style_and_stays_as_drawn(reader, cast):
    page = reader.get(reverse("desk:course"), ASKED).content.decode()
    assert "<script" not in page.split("<main")[1] and " style=" not in page
    held = reader.get(reverse("desk:course"), ASKED)["ETag"]
    assert reader.get(reverse("desk:course"), ASKED, headers={"If-None-Match": held}).status_code == 304


def test_a_day_before_the_year_is_refused_in_words(reader, cast):
    page = reader.get(reverse("desk:course"), {**ASKED, "on": "31/12/2020", "year": "2021"}).content.decode()
    assert 'role="alert"' in page and "<tbody>" not in page


def test_no_line_is_drawn_across_a_gap_and_nothing_known_is_no_chart():
    drawn = chart(
        plan=[10 * TY] * 5,
        spent=[TY, None, 3 * TY, 4 * TY, None],
        before=[None, 2 * TY, None, None, None],
        parts=[True] * 5,
        parts_before=[False] * 5,
    )
    assert [mark.month for mark in drawn.spent.marks] == [1, 3, 4] and len(drawn.spent.strokes) == 1
    assert [month for _x, month in drawn.gaps] == [2, 5] and len(drawn.plan.strokes) == 4
    assert len(drawn.before.marks) == 1 and not drawn.before.strokes and drawn.has_parts
    assert chart(plan=[None], spent=[None], parts=[False]) is None
    nought = chart(plan=[None], spent=[0], parts=[False])
    assert nought.spent.marks[0].y == nought.grid[0][0] == "84.00%" and not nought.has_parts


def test_after_december_january_comes_again_in_the_same_frame():
    drawn = chart(plan=[None] * 13, spent=[TY] * 13, parts=[False] * 13)
    assert [month for _x, month in drawn.months] == [*range(1, 13), 1]
    assert len(drawn.spent.strokes) == 12 and drawn.spent.marks[-1].is_far


@pytest.mark.parametrize("most", [1, 400_000, 4_000_001, TY, 1_526_790_000_000, 10**16, 999_999 * TY])
def test_the_scale_is_round_and_holds_the_highest(most):
    top = scale_top(most)
    assert most <= top and top % 4 == 0 and top <= max(4 * most, 400_000)


def test_a_nil_report_is_a_nought_and_its_month_is_no_gap(reader, cast):
    says(cast, date(2021, 3, 31), 0)
    table = rows(reader.get(reverse("desk:course"), ASKED).content.decode())
    assert table[2][2] == "0,0" and table[3][2] == "không có báo cáo"


@pytest.fixture
def sealed(monkeypatch, tmp_path):
    """Files of the cube for this test only."""
    monkeypatch.setattr(settings, "HOME", tmp_path)
    answering._held.clear()
    yield
    answering._held.clear()


def test_the_page_asks_at_most_twenty_questions_in_a_warm_process(reader, cast, sealed):
    says(cast, date(2021, 8, 31), 4 * TY)
    says(cast, date(2020, 10, 31), 3 * TY)
    sealing.seal()
    reader.get(reverse("account"))  # when the session was first seen is noted once
    forget_everything()
    warm()
    with CaptureQueriesContext(connection) as queries:
        assert reader.get(reverse("desk:course"), ASKED).status_code == 200
    assert len(queries) <= 20
    with acting("test.something", by=SYSTEM):
        pass
    with CaptureQueriesContext(connection) as queries:
        assert reader.get(reverse("desk:course"), ASKED).status_code == 200
    assert len(queries) <= 20


def test_the_command_tells_the_same_months(reader, cast):
    says(cast, date(2021, 8, 31), 4 * TY)
    table = rows(reader.get(reverse("desk:course"), ASKED).content.decode())
    query = FigureQuery("disbursement", date(2021, 11, 15), programme="135", by=("month",), compare=("last_year",))
    said = [row.measures["disbursed_dong"] for row in answer(query, Reach.all_for_operator()).rows]
    assert said[7] == 4 * TY and said[-1] == 9_150_500_000
    assert (table[7][2], table[10][2].split()[-1]) == tuple(amount(said[at], MILLION_DONG, 1) for at in (7, -1))

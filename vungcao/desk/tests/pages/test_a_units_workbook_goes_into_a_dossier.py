"""A unit's proposal workbook at the dossier page: tried, written once, within reach, each line back to its cell."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from vungcao.bodies.actions import create_official
from vungcao.bodies.models import Role
from vungcao.bodies.queries import body
from vungcao.desk.tests.pages.test_a_cold_process_asks_little import MOST
from vungcao.desk.tests.test_a_dossier_goes_its_way_by_command import ASKED, DA5, GIVER, TAKER, _give
from vungcao.evidence.actions import SYSTEM
from vungcao.intake.tests.conftest import cao_bang, loaded_once
from vungcao.intake.tests.papers import write
from vungcao.ledger.actions import open_dossier, submit
from vungcao.ledger.models import DossierLine, ProposedCell
from vungcao.territory.models import Place

pytestmark = pytest.mark.django_db
__all__ = ["cao_bang", "loaded_once"]  # fixtures of the door's own tests
OF_TWO = ASKED.but(
    heads=(*ASKED.heads, ("Đơn vị",)),
    rows=(
        *((*row, "") for row in ASKED.rows[:3]),
        ("1", DA5, "Vốn sự nghiệp", "", 300, "còn nhu cầu", "UBND huyện Bảo Lâm"),
    ),
)


@pytest.fixture
def here(cao_bang, monkeypatch):
    """Today is 01/02/2024; an open dossier of the Board; the page that takes workbooks."""
    monkeypatch.setattr(timezone, "localdate", lambda: date(2024, 2, 1))
    _give()
    made = open_dossier(
        title="Điều chỉnh ví dụ", planned_for=date(2024, 3, 15), drafted_by=body("BDT-04"), on=date(2024, 1, 20),
        by=SYSTEM, is_example=True,
    )  # fmt: skip
    return f"/ho-so-dieu-chinh/{made.code}/tep/"


def client(seat, place, name):
    official = create_official(
        username=name, name="Cán bộ ví dụ", demo=True, password="mat-khau-dai-cua-vi-du", body=body(seat),
        post="Chuyên viên", role=Role.ENTRY, reach=Place.objects.get(key=place), by=SYSTEM,
    )  # fmt: skip
    official.user.password_given_at = None
    official.user.save(update_fields=["password_given_at"])
    found = Client()
    found.force_login(official.user)
    return found


@pytest.fixture
def district(here):
    return client(GIVER, "04.043", "huyen")


def hand_in(asker, here, cao_bang, paper, name="de nghi.xlsx"):
    """What is seen after the workbook was handed in, and where."""
    file = SimpleUploadedFile(name, write(cao_bang / name, paper).read_bytes())
    sent = asker.post(here, {"file": file})
    assert sent.status_code == 302, sent.content.decode()
    return asker.get(sent["Location"]).content.decode(), sent["Location"]


def seen_in(shown):
    return shown.split('name="seen" value="')[1].split('"')[0]


def test_it_is_tried_then_written_and_each_line_leads_back_to_its_cell(here, district, cao_bang):
    assert "Điều chỉnh giảm" in district.get(here).content.decode()
    shown, there = hand_in(district, here, cao_bang, ASKED)
    assert "BM01, D10" in shown and "hết đối tượng" in shown and not DossierLine.objects.exists()
    form = {"seen": seen_in(shown), "once": shown.split('name="once" value="')[1].split('"')[0]}
    assert district.post(there, form).status_code == 302
    twice = district.post(there, form, follow=True)  # the workbook is kept no more
    assert twice.status_code == 200 and "Mẫu này đã được ghi ở lần gửi trước" in twice.content.decode()
    assert [one.cell for one in ProposedCell.objects.order_by("line")] == ["D10", "E12"]
    dossier = district.get(here.removesuffix("tep/")).content.decode()
    assert "trang BM01, ô D10" in dossier
    sha256 = ProposedCell.objects.first().batch.source.sha256
    assert f"/tep/{sha256}/BM01/?o=D10#o" in dossier and district.get(f"/tep/{sha256}/BM01/?o=D10").status_code == 200
    again, there = hand_in(district, here, cao_bang, ASKED, "ban khac.xlsx")
    assert "đã có đúng các dòng này" in again and 'name="seen"' not in again


def test_a_bad_cell_is_named_and_nothing_can_be_written(here, district, cao_bang):
    bad = ASKED.but(rows=(*ASKED.rows[:3], ("1", DA5, "Vốn sự nghiệp", "", 300, "")))
    shown, there = hand_in(district, here, cao_bang, bad)
    assert "BM01, F12" in shown and "phải ghi lý do" in shown and 'name="seen"' not in shown
    assert district.post(there, {"seen": "x"}).status_code == 409 and not DossierLine.objects.exists()


def test_a_unit_speaks_for_its_own_money_only(here, district, cao_bang):
    shown, _ = hand_in(district, here, cao_bang, OF_TWO)
    assert "ngoài phạm vi công tác" in shown and "BM01, E12" in shown
    other = client(TAKER, "04.042", "huyen-khac")
    _, there = hand_in(district, here, cao_bang, ASKED)
    assert other.get(there).status_code == 404, "a file is seen by who handed it in"


def test_what_is_no_proposal_is_not_kept(here, district, cao_bang):
    sent = district.post(here, {"file": SimpleUploadedFile("x.xlsx", b"khong phai bang tinh")})
    back = district.get(sent["Location"])
    assert back.status_code == 302 and district.get(sent["Location"]).status_code == 404
    assert "không phải bảng tính" in district.post(here, {"file": SimpleUploadedFile("x.txt", b"x")}).content.decode()


def test_a_submitted_dossier_has_no_page_for_more(here, district, cao_bang):
    shown, there = hand_in(district, here, cao_bang, ASKED)
    district.post(there, {"seen": seen_in(shown)})
    submit(DossierLine.objects.first().dossier, on=date(2024, 2, 1), by=SYSTEM)
    assert district.get(here).status_code == 404


def lines(count, component, reason):
    """A paper that asks for more money so many times."""
    more = [(f"{n}", component % n, "Vốn sự nghiệp", "", 300 + n, reason) for n in range(1, count + 1)]
    return ASKED.but(rows=(*ASKED.rows[:3], *more))


@pytest.mark.parametrize(
    ("component", "reason", "column"),
    [(f"{DA5}%.0s", "còn nhu cầu", "E"), (f"{DA5}%.0s", "", "F"), ("Dự án không có %s", "còn nhu cầu", "B")],
)
def test_trying_it_asks_no_more_with_more_lines(here, district, cao_bang, component, reason, column):
    asked = {}
    for count in (2, 2, 40):  # the first makes what stays in memory
        _, there = hand_in(district, here, cao_bang, lines(count, component, reason), f"{count}.xlsx")
        with CaptureQueriesContext(connection) as questions:
            assert f"BM01, {column}{11 + count}" in district.get(there).content.decode()
        asked[count] = len(questions)
    assert asked[40] == asked[2] <= MOST, asked

"""A form of a page that is sent twice is carried out once, and the second is told; other words make another form."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from tests.at_once import at_once, only_on_postgresql
from tests.cast import make
from vungcao.desk.models import SentForm
from vungcao.desk.tests.pages.test_a_dossier_goes_from_a_communes_proposal_to_the_resolution import LIST, line
from vungcao.desk.tests.pages.test_plans_on_pages import PLAN, TARGET
from vungcao.evidence.models import Act
from vungcao.ledger.models import Dossier, DossierLine, VoucherKind
from vungcao.programme.models import PlanTarget, PlanVersion

TEMPLATES = Path(__file__).parents[2] / "templates" / "desk"
OPENING = {"title": "Điều chỉnh vốn ví dụ", "planned_for": "15/03/2024", "plan": "annual"}
TOLD = "Mẫu này đã được ghi ở lần gửi trước"
_FORM = re.compile(r'<form\b[^>]*method="post".*?</form>', re.DOTALL)
_KEYED = re.compile(r'\{% once %\}|name="once"|name="seen"')
HARMLESS = {  # twice is once by what they do
    "file_check.html": "a step of a check that was taken is not there to be taken again",
    "parts/problem.html": "a name, a unit said again means the same",
    "parts/names.html": "a name, a body said again is the same",
    "parts/explain.html": "why a figure differs, said again, stands in its own place",
    "registers/views.html": "a way of looking has one row for its name",
    "registers/import.html": "a workbook tried again is tried",
    "dossier_file.html": "a workbook tried again is tried",
}


@pytest.fixture
def cast(db, monkeypatch):
    """Today is 01/02/2024; 900 million of central recurrent money at a district (invented)."""
    monkeypatch.setattr(timezone, "localdate", lambda: date(2024, 2, 1))
    made = make()
    held = made.region("CT.DA1", body="UBND-h1", place="h1", source="su_nghiep:NSTW")
    made.post(VoucherKind.ASSIGNMENT, [(None, held, 900_000_000)], dated=date(2024, 1, 5), by="TTG", number="1/QĐ-VD")
    return made


def twice(client: Client, address: str, words: dict[str, Any]) -> tuple[Any, str]:
    """The first answer, and the page that the second leads to."""
    form = {**words, "once": f"{uuid4()}"}
    first, second = client.post(address, form), client.post(address, form, follow=True)
    assert first.status_code == 302, first.content.decode()
    assert second.status_code == 200 and TOLD in second.content.decode()
    return first, second.content.decode()


def test_a_dossier_its_lines_and_steps(cast):
    board = cast.client("tinh")
    first, _page = twice(board, LIST, OPENING)
    here = first["Location"]
    assert Dossier.objects.count() == 1
    twice(board, f"{here}dong/", line("down", "CT.DA1", "UBND-h1"))
    assert DossierLine.objects.count() == 1
    twice(board, f"{here}xin-y-kien/", {"body": "STC", "asked_on": "02/02/2024"})
    assert Dossier.objects.get().opinions.count() == 1
    _first, shown = twice(board, f"{here}buoc/giu-cho/", {"until": "31/12/2099"})  # refused, but for its key
    assert "Giữ chỗ" in shown


def test_a_plan_its_targets_and_what_is_taken_back(cast):
    board = cast.client("tinh")
    first, _page = twice(board, "/ke-hoach/", PLAN)
    assert PlanVersion.objects.filter(number="45/QĐ-VD").count() == 1
    twice(board, f"{first['Location']}chi-tieu/", TARGET)
    (target,) = PlanTarget.objects.all()
    acts = Act.objects.count()
    twice(board, f"{first['Location']}rut-chi-tieu/", {"target": target.pk, "reason": "nhầm"})
    assert Act.objects.count() == acts + 1


def test_who_goes_back_mends_it_and_sends_it_again_is_carried_out(cast):
    board = cast.client("tinh")
    form = {**OPENING, "once": f"{uuid4()}"}
    assert (
        board.post(LIST, form).status_code == board.post(LIST, {**form, "title": "Tên khác (ví dụ)"}).status_code == 302
    )
    assert Dossier.objects.count() == 2


def test_what_was_refused_is_carried_out_when_it_is_sent_again_and_fits(cast):
    board = cast.client("tinh")
    here = board.post(LIST, OPENING)["Location"]
    form = {"until": "31/12/2099", "once": f"{uuid4()}"}
    assert board.post(f"{here}buoc/giu-cho/", form).status_code == 422  # no line yet
    assert not SentForm.objects.exists()
    board.post(f"{here}dong/", line("down", "CT.DA1", "UBND-h1"))
    assert board.post(f"{here}buoc/giu-cho/", form).status_code == 302
    assert SentForm.objects.get().leads_to == here


def test_a_key_that_is_none_and_anothers_key(cast):
    board, district = cast.client("tinh"), cast.client("huyen")
    here = board.post(LIST, {**OPENING, "once": "khóa \0 lạ"})["Location"]
    form = {**line("down", "CT.DA1", "UBND-h1"), "once": f"{uuid4()}"}
    assert board.post(f"{here}dong/", form).status_code == 302
    told = district.post(f"{here}dong/", form, follow=True)
    assert TOLD in told.content.decode() and DossierLine.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_double_click_on_two_workers_opens_one_dossier(monkeypatch):
    only_on_postgresql()
    monkeypatch.setattr(timezone, "localdate", lambda: date(2024, 2, 1))
    cast = make()
    form = {**OPENING, "once": f"{uuid4()}"}
    clients = [cast.client("tinh") for _ in range(4)]
    ended = at_once(*[lambda one=one: one.post(LIST, form)["Location"] for one in clients])
    assert Dossier.objects.count() == 1
    (made,) = Dossier.objects.all()
    assert sorted(ended) == sorted([f"{LIST}{made.code}/", LIST, LIST, LIST])


def test_every_form_of_the_desk_has_a_key_or_is_harmless_twice():
    bare = [
        name
        for path in sorted(TEMPLATES.rglob("*.html"))
        for form in _FORM.findall(path.read_text(encoding="utf-8"))
        if not _KEYED.search(form) and (name := f"{path.relative_to(TEMPLATES)}") not in HARMLESS
    ]
    assert not bare

"""The overview is kept as drawn: for its official and question only, until something is written."""

from __future__ import annotations

import re

from django.db import DatabaseError
from django.test import Client
from django.urls import reverse

from vungcao.desk import warming
from vungcao.desk.warming import warm
from vungcao.evidence.actions import SYSTEM, acting
from vungcao.ledger.models import Statement, StatementLine
from vungcao.ledger.regions import REGION_COLUMNS
from vungcao.users.models import User


def client_of(user: User, **about) -> Client:
    client = Client(**about)
    client.force_login(user)
    return client


def test_it_is_drawn_again_only_for_another_question_another_asker_or_a_new_act(cast, drawn):
    here, there = client_of(cast.specialist), client_of(cast.elsewhere)
    home = reverse("desk:overview")
    first, again = here.get(home), here.get(home)
    assert len(drawn) == 1 and mask(first.content) == mask(again.content)
    assert cast.elsewhere.official.name in there.get(home).content.decode()
    here.get(home, {"on": "2024-06-30"})
    assert len(drawn) == 3
    with acting("test.something", by=SYSTEM):
        pass
    here.get(home)
    assert len(drawn) == 4
    here.cookies["django_language"] = "en"
    assert 'lang="en"' in here.get(home).content.decode()


def test_a_new_figure_stands_on_the_page_at_once_and_no_reach_sees_what_is_kept_of_another(cast):
    here, there = client_of(cast.specialist), client_of(cast.elsewhere)
    home = reverse("desk:overview")
    asked = {"programme": "135", "on": "15/11/2021", "year": ""}
    assert "9.150,5" in here.get(home, asked).content.decode()
    assert "9.150,5" not in there.get(home, asked).content.decode()  # after it was kept for the whole province
    corrected(cast, 9_777_700_000)
    for _ in range(2):
        page = here.get(home, asked).content.decode()
        assert "9.777,7" in page and "9.150,5" not in page
        assert "9.777,7" not in there.get(home, asked).content.decode()


def test_a_warm_worker_keeps_nothing_that_an_officer_could_be_shown(cast, drawn):
    """What is asked beforehand is asked as the operator, whose reach no official has."""
    warm()
    page = client_of(cast.elsewhere).get(reverse("desk:overview"), {"programme": "135", "on": "15/11/2021"})
    assert len(drawn) == 1 and "9.150,5" not in page.content.decode()


def test_a_base_that_is_not_set_up_is_no_reason_not_to_serve(monkeypatch, caplog):
    def empty(*_args, **_about):
        raise DatabaseError("no such table")

    monkeypatch.setattr(warming, "bodies_of_every_day", empty)
    warm()
    assert "no such table" in caplog.text


def corrected(cast, dong: int) -> None:
    """The cast's statement replaced by one that says so much."""
    line = StatementLine.objects.get(statement__batch=cast.batch)
    same = {name: getattr(line, name) for name in REGION_COLUMNS}
    with acting("test.corrected", by=SYSTEM) as act:
        later = Statement.objects.create(
            act=act, batch=cast.batch, reporter=line.statement.reporter, basis=line.statement.basis,
            as_of=line.statement.as_of, supersedes=line.statement,
            **{name: getattr(line.statement, name) for name in REGION_COLUMNS},
        )  # fmt: skip
        StatementLine.objects.create(act=act, statement=later, disbursed_dong=dong, **same)


def test_the_forms_of_a_kept_page_work_for_whoever_gets_it(cast):
    home = reverse("desk:overview")
    for _ in range(2):
        client = client_of(cast.specialist, enforce_csrf_checks=True)
        page = client.get(home).content.decode()
        token = re.search(r'name="csrfmiddlewaretoken" value="([A-Za-z0-9]+)"', page)[1]
        assert client.post(reverse("sign-out"), {"csrfmiddlewaretoken": token}).status_code == 302


def mask(page: bytes) -> bytes:
    return re.sub(rb'value="[A-Za-z0-9]{64}"', b"", page)

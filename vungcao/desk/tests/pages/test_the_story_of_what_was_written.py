"""The audit story: acts by number with who and why; before and after; every verb of the code has its words."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from vungcao.bodies.actions import reach as take
from vungcao.bodies.models import STATE_LINE, BatchState, Body, Role
from vungcao.desk.act_words import WORDS
from vungcao.desk.tests.pages import cast as players
from vungcao.desk.tests.pages.reading_pages import said, tree
from vungcao.evidence.actions import SYSTEM, acting
from vungcao.evidence.models import ActNumber
from vungcao.territory.models import Place

pytestmark = pytest.mark.django_db
ROOMS = Path(settings.BASE_DIR) / "vungcao"


@pytest.fixture
def keeper(client, example):
    with acting("official.created", by=SYSTEM) as act:
        user = players._official(
            act, "qt", Body.objects.get(key="BDT-vd"), Role.ADMIN, Place.objects.get(key="vd-tinh")
        )
    client.force_login(user)
    return client


def test_what_was_done_is_told_with_who_why_before_and_after(keeper, example):
    take(example.batch, "returned", reason="thiếu biểu (ví dụ)", by=example.specialist.official)
    last = ActNumber.objects.order_by("-no").first()
    first = [said(cell) for cell in tree(keeper.get("/nhat-ky/")).xpath("//main//tbody/tr[1]/*")]
    assert first[0] == f"{last.no}" and first[2] == "Trả lại lần gửi" and "chuyen.vien" in first[3]
    assert first[4] == "thiếu biểu (ví dụ)"
    words = said(tree(keeper.get(f"/nhat-ky/{last.no}/")))
    assert "Đã tiếp nhận" in words and "Trả lại" in words and "thiếu biểu (ví dụ)" in words
    assert keeper.get("/nhat-ky/999999/").status_code == 404


def test_acts_are_found_by_verb_by_person_and_by_day(keeper, example):
    take(example.batch, "returned", reason="ví dụ", by=example.specialist.official)
    today = f"{timezone.localdate():%d/%m/%Y}"

    def found(**asked: str) -> list[str]:
        return [said(row) for row in tree(keeper.get("/nhat-ky/", asked)).xpath("//main//tbody/tr/td[2]")]

    assert found(verb="batch.returned") == ["Trả lại lần gửi"]
    assert found(who="chuyen.vien") == ["Trả lại lần gửi"] == found(who="CAN BO Chuyen")  # without marks and case
    assert found(since=today, verb="batch.returned") and not found(until="01/01/2020")
    wrong = keeper.get("/nhat-ky/", {"since": "hôm qua"})
    assert wrong.status_code == 422 and not tree(wrong).xpath("//main//tbody/tr")


def test_fifty_at_a_time_without_a_gap(keeper, example, django_assert_max_num_queries):
    for _ in range(60):
        with acting("intake.received", by=SYSTEM):
            pass
    page = tree(keeper.get("/nhat-ky/"))
    first = [int(said(one)) for one in page.xpath("//main//tbody//th")]
    with django_assert_max_num_queries(20):
        rest = tree(keeper.get("/nhat-ky/" + page.xpath("//main//p/a[contains(@href, 'truoc=')]/@href")[0]))
    second = [int(said(one)) for one in rest.xpath("//main//tbody//th")]
    assert len(first) == 50 and first + second == list(range(first[0], 0, -1))


def test_every_verb_of_the_code_has_its_words():
    verbs = {f"batch.{state}" for state in (*STATE_LINE, BatchState.RETURNED, BatchState.SUPERSEDED)}
    for path in ROOMS.rglob("*.py"):
        if "tests" in path.parts or "migrations" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and node.args and _name(node.func) in ("acting", "_changing"):
                first = node.args[0]
                if isinstance(first, ast.Constant):
                    verbs.add(first.value)
                elif isinstance(first, ast.IfExp):
                    verbs |= {one.value for one in (first.body, first.orelse) if isinstance(one, ast.Constant)}
            if isinstance(node, ast.Call) and node.args and _name(node.func) == "loading":
                verbs.add(f"{node.args[0].value}.loaded")
    assert not {verb for verb in verbs if verb not in WORDS and re.fullmatch(r"[a-z]+\.[a-z_]+", verb)}


def _name(function: ast.expr) -> str:
    return getattr(function, "id", getattr(function, "attr", ""))

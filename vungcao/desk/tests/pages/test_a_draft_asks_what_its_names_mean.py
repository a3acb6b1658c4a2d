"""A draft's page shows the names it does not understand and remembers what an official says; without JavaScript."""

from __future__ import annotations

import pytest

from vungcao.bodies import actions as bodies
from vungcao.bodies.models import Batch, Body, Role
from vungcao.desk.tests.pages.reading_pages import rows, said, tree
from vungcao.evidence.actions import SYSTEM
from vungcao.intake import mapping
from vungcao.intake.importing import run
from vungcao.intake.models import NameMapping
from vungcao.intake.tests import papers
from vungcao.intake.tests.conftest import cao_bang, loaded_once
from vungcao.intake.tests.observations.count_papers import MOVEMENT
from vungcao.intake.tests.observations.test_counts_enter_as_observations import with_row
from vungcao.territory.models import Place

pytestmark = pytest.mark.django_db
__all__ = ["cao_bang", "loaded_once"]  # fixtures of the door's own tests
ODD = with_row(MOVEMENT, 1, {1: "Nam <Tuấn> 1"})
SENT = {"kind": "place", "said": "Nam <Tuấn> 1", "code": "01660", "since": "01/01/2024", "until": "31/12/2024",
        "only_reporter": "on"}  # fmt: skip


def official(name: str, body: str, role: Role, reach: str):
    return bodies.create_official(
        username=name,
        name=f"Cán bộ {name} (ví dụ)",
        demo=True,
        password="mat-khau-vi-du-2026",
        body=Body.objects.get(key=body),
        post="Chuyên viên",
        role=role,
        reach=Place.objects.get(key=reach),
        by=SYSTEM,
    )


@pytest.fixture
def draft(cao_bang) -> Batch:
    """A table of counts with one name that nobody knows."""
    run([papers.write(cao_bang / "bieu.xlsx", ODD)], by=SYSTEM, commit=True)
    return Batch.objects.get(kind="ho_ngheo_dien_bien")


@pytest.fixture
def desk(client, draft):
    """A browser signed in as a specialist of the Board."""
    client.force_login(official("lan", "BDT-04", Role.SPECIALIST, "04").user)
    return client


def page_of(desk, batch: Batch):
    return tree(desk.get(f"/lan-gui/{batch.pk}/"))


def test_the_page_shows_each_unknown_name_with_its_cell_and_a_form(desk, draft):
    page = page_of(desk, draft)
    (form,) = page.xpath("//form[contains(@action, '/hieu-la/')]")
    assert form.get("method") == "post"
    assert "“Nam <Tuấn> 1” B11" in said(page)
    assert {one.get("name") for one in form.xpath(".//input")} == {*SENT, "csrfmiddlewaretoken"}


def test_what_is_said_is_remembered_with_who_said_it_and_the_file_then_enters(desk, draft, cao_bang):
    response = desk.post(f"/lan-gui/{draft.pk}/hieu-la/", SENT)
    assert (response.status_code, response["Location"]) == (302, f"/lan-gui/{draft.pk}/")
    (row,) = mapping.standing()
    assert (row.act.official_name, row.reporter.key) == ("Cán bộ lan (ví dụ)", "UBND-04.051")
    assert (f"{row.valid_from}", f"{row.valid_to}") == ("2024-01-01", "2025-01-01")
    assert "Nay được hiểu là Xã Nam Tuấn: nộp lại tệp để ghi." in said(page_of(desk, draft))
    assert run([cao_bang / "bieu.xlsx"], by=SYSTEM, commit=True).outcomes[0].state == "received"
    page = page_of(desk, draft)
    assert not page.xpath("//form[contains(@action, '/hieu-la/')]")
    assert ["Số hộ nghèo", "Xã Nam Tuấn", "", "31/12/2024", "166", "hộ", "HN, M11"] in rows(page, "counted")


def test_a_name_may_be_said_instead_of_a_code(desk, draft):
    assert desk.post(f"/lan-gui/{draft.pk}/hieu-la/", {**SENT, "code": "xã dân chủ"}).status_code == 302
    assert mapping.standing()[0].place.key == "01657"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"code": "không có"}, "Không có địa bàn nào mang mã hoặc tên “không có”"),
        ({"until": "31/12/2023"}, "đứng trước ngày đầu"),
        ({"code": ""}, "Ghi mã hoặc tên trong danh mục."),
    ],
)
def test_what_cannot_be_is_said_on_the_page_and_nothing_is_written(desk, draft, changes, sentence):
    response = desk.post(f"/lan-gui/{draft.pk}/hieu-la/", {**SENT, **changes})
    assert response.status_code == 422
    assert sentence in said(tree(response))
    assert NameMapping.objects.count() == 0


def test_taken_back_the_draft_says_so(desk, draft, cao_bang):
    desk.post(f"/lan-gui/{draft.pk}/hieu-la/", SENT)
    other = with_row(ODD, 2, {1: "Xã Chưa Rõ"})
    run([papers.write(cao_bang / "khac.xlsx", other)], by=SYSTEM, commit=True)
    second = Batch.objects.order_by("pk").last()
    mapping.take_back("Nam <Tuấn> 1", by=SYSTEM, reporter=Body.objects.get(key="UBND-04.051"))
    assert "dựa vào cách hiểu tên đã bị rút lại: “Nam <Tuấn> 1” là Xã Nam Tuấn" in said(page_of(desk, second))


def test_only_who_may_see_the_batch_may_say_and_who_only_reads_may_not(client, draft):
    client.force_login(official("khac", "UBND-01321@2025-07-01", Role.ENTRY, "01321@2025-07-01").user)
    assert client.post(f"/lan-gui/{draft.pk}/hieu-la/", SENT).status_code == 404
    client.force_login(official("doc", "BDT-04", Role.READER, "04").user)
    assert not page_of(client, draft).xpath("//form[contains(@action, '/hieu-la/')]")
    assert client.post(f"/lan-gui/{draft.pk}/hieu-la/", SENT).status_code == 403
    client.logout()
    assert client.post(f"/lan-gui/{draft.pk}/hieu-la/", SENT)["Location"].startswith("/dang-nhap/")
    assert NameMapping.objects.count() == 0


def test_the_form_is_only_sent(desk, draft):
    assert desk.get(f"/lan-gui/{draft.pk}/hieu-la/").status_code == 405

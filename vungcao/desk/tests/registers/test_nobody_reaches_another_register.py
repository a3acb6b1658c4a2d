"""An officer of one commune reaches nothing of another by list, search, page, form, workbook, paper or kept view."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.urls import reverse

from vungcao.bodies.models import Body, BodyKind, BodyVersion
from vungcao.bodies.rights import verbs
from vungcao.desk.registers.known import REGISTERS
from vungcao.desk.registers.urls import urlpatterns
from vungcao.desk.tests.registers.conftest import COMMUNE
from vungcao.evidence.models import Act
from vungcao.office.models import Incoming, Outgoing

pytestmark = pytest.mark.django_db
SAID = {"said_no": "15", "dated": "03/03/2025", "summary": "Lén (ví dụ)", "state": "used", "urgency": "plain"}


@pytest.fixture
def elsewhere() -> str:
    """Another commune of the same day."""
    mine = Body.objects.get(key=COMMUNE).pk
    there = BodyVersion.objects.standing().filter(kind=BodyKind.COMMUNE, valid_to=None).exclude(body=mine)
    return there.order_by("pk").first().body.key


def test_every_page_of_every_register_states_its_right():
    rights = {page.name: (page.callback.right, page.callback.right_to_send) for page in urlpatterns}
    assert len(rights) == len(urlpatterns) >= 4 * len(REGISTERS)
    assert {right for both in rights.values() for right in both} <= verbs().keys()
    for register in REGISTERS:
        for form in register.forms:
            assert rights[f"{register.key}-{form.key}"] == (register.records, register.records)


def test_nothing_of_another_commune_is_shown_anywhere(cast, elsewhere):
    hidden = cast.sent("7", elsewhere, summary="Bí hiểm một (ví dụ)", answers_said="9")
    came = cast.came("9", elsewhere, summary="Bí hiểm hai (ví dụ)")
    cast.sent("8", COMMUNE, summary="Của mình (ví dụ)")
    desk = cast.at("xa")
    for key, line in (("van-ban-di", hidden), ("van-ban-den", came)):
        for page in ("", "in/", "xuat/"):
            for asked in ({}, {"q": "bi hiem"}, {"flag": "gap"}, {"sort": "number"}):
                response = desk.get(f"/so/{key}/{page}", asked)
                content = response.getvalue() if response.streaming else response.content
                assert (
                    response.status_code == 200
                    and b"Bi hiem" not in content
                    and "Bí hiểm" not in content.decode("latin1")
                )
                if page != "xuat/":
                    assert "Bí hiểm" not in content.decode()
        for page in ("", "lich-su/", "sua/"):
            assert desk.get(f"/so/{key}/{line.document_id}/{page}").status_code == 404
        assert desk.post(f"/so/{key}/{line.document_id}/sua/", SAID).status_code == 404
    assert "Của mình" in desk.get("/so/van-ban-di/").content.decode()


def test_a_workbook_of_a_commune_holds_its_own_rows_only(cast, elsewhere):
    from vungcao.desk.tests.registers.test_a_register_is_listed import sheet

    cast.sent("7", elsewhere)
    cast.sent("8", COMMUNE)
    assert [line[0] for line in sheet(cast.at("xa").get("/so/van-ban-di/xuat/"))] == ["Số", "8"]


def test_who_sees_a_register_of_a_commune_does_not_write_in_it(cast):
    """The Board sees the communes' registers; each body's clerk alone writes in its own."""
    line = cast.sent("8", COMMUNE)
    desk = cast.at("tinh")
    assert desk.get(f"/so/van-ban-di/{line.document_id}/").status_code == 200
    assert desk.get(f"/so/van-ban-di/{line.document_id}/sua/").status_code == 404
    other = Body.objects.get(key=COMMUNE).pk
    assert desk.post("/so/van-ban-di/ghi-moi/", {**SAID, "body": f"{other}", "once": f"{uuid4()}"}).status_code == 422
    assert Outgoing.objects.count() == 1


def test_whoever_only_reads_writes_nothing(cast):
    line = cast.sent("8")
    desk, acts = cast.at("doc"), Act.objects.count()
    assert desk.get("/so/van-ban-di/").status_code == 200
    for url in ("ghi-moi/", f"{line.document_id}/sua/", "nhap/"):
        assert desk.get(f"/so/van-ban-di/{url}").status_code == 403
        assert desk.post(f"/so/van-ban-di/{url}", SAID).status_code == 403
    assert Act.objects.count() == acts and Incoming.objects.count() == 0


def test_staff_is_not_for_everybody(cast):
    for url in ("/so/can-bo/", "/so/don-vi/", "/so/can-bo/xuat/", f"/so/can-bo/{cast.officials['tinh'].pk}/"):
        assert cast.at("xa").get(url).status_code == 403
    assert cast.at("tinh").post("/so/can-bo/ghi-moi/", {}).status_code == 403
    assert cast.at("quantri").get("/so/van-ban-di/").status_code == 403


@pytest.mark.parametrize("key", [0, 999_999, 2**63, 10**30])
def test_a_forged_key_is_not_there(cast, key):
    for register in REGISTERS:
        who = cast.at("tinh" if register.sees.startswith("documents") else "quantri")
        assert who.get(reverse(f"desk:{register.key}-row", args=[key])).status_code == 404

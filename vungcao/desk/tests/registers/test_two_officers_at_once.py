"""Two officers at the same moment, on a database that lets both in: one wins, the other is told, nothing is doubled."""

from __future__ import annotations

from datetime import date
from functools import partial
from uuid import uuid4

import pytest
from django.test import Client

from tests.at_once import Between, at_once, only_on_postgresql
from vungcao.bodies.actions import create_official
from vungcao.bodies.models import Body, Role
from vungcao.desk.models import SentForm
from vungcao.desk.registers import place_forms
from vungcao.desk.tests.pages.cast import play
from vungcao.evidence import chain
from vungcao.evidence.actions import SYSTEM
from vungcao.evidence.models import ActNumber
from vungcao.office.actions import record_document
from vungcao.office.models import Document, Outgoing
from vungcao.office.tests.conftest import letter
from vungcao.territory import checks
from vungcao.territory.models import Place, PlaceVersion, Reorganisation, Succession

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.each_database]
WORDS = ("một", "hai")
SAID = {"said_no": "15", "dated": "03/03/2025", "summary": "Ví dụ", "state": "used", "urgency": "plain"}


@pytest.fixture
def clerks(db, tmp_path) -> list[Client]:
    """Two officers of one body, each in a browser of his own."""
    only_on_postgresql()
    play(tmp_path)
    made, place = [], Place.objects.get(key="vd-tinh")
    for name in ("mot", "hai"):
        official = create_official(
            username=name, name=f"Cán bộ {name} (ví dụ)", password="mat-khau-vi-du-2026", post="Chuyên viên (ví dụ)",
            body=Body.objects.get(key="BDT-vd"), role=Role.SPECIALIST, reach=place, by=SYSTEM, demo=True,
        )  # fmt: skip
        made.append(Client())
        made[-1].force_login(official.user)
    return made


def corrected(clerk: Client, url: str, seen: int, word: str):
    sent = {**SAID, "summary": f"Ví dụ {word} {seen}", "seen": f"{seen}", "once": f"{uuid4()}"}
    return clerk.post(url, sent)


def test_of_two_corrections_one_wins_and_the_other_is_told(clerks):
    line = record_document(letter("7", dated=date(2025, 3, 3)), body=Body.objects.get(key="BDT-vd"), by=SYSTEM)
    url = f"/so/van-ban-di/{line.document_id}/sua/"
    for _round in range(5):
        seen = Outgoing.objects.standing().get().pk
        ended = at_once(
            *[partial(corrected, clerk, url, seen, word) for clerk, word in zip(clerks, WORDS, strict=True)]
        )
        assert sorted(one.status_code for one in ended) == [302, 409], ended
        told = next(one for one in ended if one.status_code == 409).content.decode()
        assert "đã ghi bản khác" in told
    assert Outgoing.objects.count() == 6 and Outgoing.objects.standing().count() == 1
    assert list(ActNumber.objects.order_by("no").values_list("no", flat=True)) == list(
        range(1, ActNumber.objects.count() + 1)
    )
    chain.extend()
    assert not list(chain.verify())


def test_one_form_sent_twice_at_the_same_moment_is_one(clerks):
    sent = {**SAID, "once": f"{uuid4()}"}
    ended = at_once(*[lambda: clerks[0].post("/so/van-ban-di/ghi-moi/", sent)] * 4)
    assert {(one.status_code, one["Location"]) for one in ended} == {
        (302, f"/so/van-ban-di/{Document.objects.get().pk}/")
    }
    assert SentForm.objects.count() == 1


@pytest.fixture
def keepers(clerks) -> list[Client]:
    """Two administrators of the province, each in a browser of his own."""
    board, whole = Body.objects.get(key="BDT-vd"), Place.objects.get(key="vd-tinh")
    made = []
    for name in ("qt-mot", "qt-hai"):
        official = create_official(
            username=name, name=f"Quản trị {name} (ví dụ)", password="mat-khau-vi-du-2026", post="Quản trị (ví dụ)",
            body=board, role=Role.ADMIN, reach=whole, by=SYSTEM, demo=True,
        )  # fmt: skip
        made.append(Client())
        made[-1].force_login(official.user)
    return made


def test_two_places_of_one_name_opened_at_once_have_each_a_key_of_its_own(keepers, monkeypatch):
    """Places without a code, told apart by their kind alone: the second's key is the day's."""
    between = Between()
    between.stops(monkeypatch, place_forms, "new_key")
    said = {"name": "Ví Dụ Mới", "parent": "vd-tinh", "since": "01/09/2026", "cites": "1/NQ-VD (ví dụ)"}
    ended = between.run(
        *[
            partial(keeper.post, "/so/dia-ban/ghi-moi/", {**said, "kind": kind, "once": f"{uuid4()}"})
            for keeper, kind in zip(keepers, ("commune", "township"), strict=True)
        ]
    )
    assert [one.status_code for one in ended] == [302, 302], [one.content.decode() for one in ended]
    assert sorted(PlaceVersion.objects.filter(name="Ví Dụ Mới").values_list("kind", flat=True)) == [
        "commune", "township",
    ]  # fmt: skip


def test_of_two_administrators_one_renames_a_place_and_the_other_is_told(keepers):
    row = PlaceVersion.objects.standing().get(place__key="vd-a")
    url = f"/so/dia-ban/{row.place_id}/doi-ten/"

    def renamed(keeper: Client, word: str):
        said = {"name": f"Ví Dụ {word}", "kind": row.kind, "since": "01/09/2026", "cites": "1/NQ-VD (ví dụ)"}
        return keeper.post(url, {**said, "seen": f"{row.pk}", "once": f"{uuid4()}"})

    ended = at_once(*[partial(renamed, keeper, word) for keeper, word in zip(keepers, WORDS, strict=True)])
    assert sorted(one.status_code for one in ended) == [302, 409], [one.status_code for one in ended]
    assert PlaceVersion.objects.standing().filter(place=row.place_id).count() == 2  # before the day, and from it on


def test_the_same_mixed_paper_recorded_at_two_of_its_places_is_written_once(keepers):
    rows = [PlaceVersion.objects.standing().get(place__key=key) for key in ("vd-a", "vd-z")]
    said = {
        "heirs": "Mới Ví Dụ | 999\nVí Dụ Thượng | tiếp tục", "kind": "district", "parent": "vd-tinh",
        "passages": "vd-a | 999 | 2/5\nvd-a | Ví Dụ Thượng | còn lại",
        "since": "31/12/2026", "cites": "1/NQ-VD (ví dụ)",
    }  # fmt: skip

    def rearranged(keeper: Client, row: PlaceVersion):
        url = f"/so/dia-ban/{row.place_id}/nhap-chia/"
        return keeper.post(url, {**said, "seen": f"{row.pk}", "once": f"{uuid4()}"})

    ended = at_once(*[partial(rearranged, *both) for both in zip(keepers, rows, strict=True)])
    assert sorted(one.status_code for one in ended) == [302, 409], [one.content.decode() for one in ended]
    assert Reorganisation.objects.filter(kind="rearrange").count() == 1
    assert Succession.objects.standing().count() == 3 and not list(checks.findings())

"""Works of a project management unit stay a draft until somebody says what it is; then the file comes in."""

from __future__ import annotations

import json

import pytest

from vungcao.bodies.models import Batch, BodyVersion, Role
from vungcao.desk.command import main
from vungcao.desk.tests.pages.reading_pages import said, tree
from vungcao.desk.tests.pages.test_a_draft_asks_what_its_names_mean import official
from vungcao.evidence.actions import SYSTEM
from vungcao.intake.importing import run
from vungcao.intake.tests import papers
from vungcao.intake.tests.conftest import cao_bang, loaded_once
from vungcao.intake.tests.papers import ALLOCATED, ASSIGNED, BY_UNIT
from vungcao.intake.tests.test_assignments_of_every_layout import WORKS
from vungcao.ledger.models import Account, Entry

pytestmark = pytest.mark.django_db
__all__ = ["cao_bang", "loaded_once"]  # fixtures of the door's own tests
OWNER = "Ban Quản lý dự án đầu tư xây dựng huyện ví dụ"
SENT = {"said": OWNER, "under": "UBND huyện Bảo Lạc", "since": "01/01/2021", "until": "30/06/2025", "cites": ""}


@pytest.fixture
def files(cao_bang):
    work = (*WORKS.rows[2][:2], OWNER, *WORKS.rows[2][3:])
    paper = WORKS.but(rows=(*WORKS.rows[:2], work, WORKS.rows[3]))
    for name, one in {"1": ASSIGNED, "2": ALLOCATED, "3": BY_UNIT, "4": paper}.items():
        papers.write(cao_bang / f"{name}.xlsx", one)
    return cao_bang


@pytest.fixture
def draft(files) -> Batch:
    run([files], by=SYSTEM, commit=True)
    return Batch.objects.get(kind="giao_von_theo_cong_trinh")


@pytest.fixture
def desk(client, draft):
    client.force_login(official("lan", "BDT-04", Role.SPECIALIST, "04").user)
    return client


def test_the_draft_offers_to_record_the_owner_and_the_file_then_enters(desk, draft, files):
    page = tree(desk.get(f"/lan-gui/{draft.pk}/"))
    (form,) = page.xpath("//form[contains(@action, '/ghi-don-vi/')]")
    assert {one.get("name") for one in form.xpath(".//input")} == {*SENT, "csrfmiddlewaretoken"}
    assert desk.post(f"/lan-gui/{draft.pk}/ghi-don-vi/", SENT).status_code == 302
    (row,) = BodyVersion.objects.standing().filter(kind="owner").select_related("act", "parent")
    assert (row.name, row.parent.key, row.act.official_name) == (OWNER, "UBND-04.043", "Cán bộ lan (ví dụ)")
    (outcome,) = run([files / "4.xlsx"], by=SYSTEM, commit=True).outcomes
    assert outcome.state == "received", [str(one) for one in outcome.problems]
    account = Account.objects.get(body=row.body)
    assert sum(one.dong for one in Entry.objects.filter(account=account)) == 20_000_000


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"under": "Sở Không Có"}, "Không có đơn vị nào"),
        ({"under": "Kho bạc tỉnh"}, "không có chủ đầu tư trực thuộc"),
        ({"under": ""}, "Chưa ghi"),
        ({"until": "31/12/2020"}, "đứng trước ngày đầu"),
    ],
)
def test_what_is_no_owner_is_said_on_the_page_and_nothing_is_written(desk, draft, changes, sentence):
    response = desk.post(f"/lan-gui/{draft.pk}/ghi-don-vi/", SENT | changes)
    assert response.status_code == 422 and sentence in said(tree(response))
    assert not BodyVersion.objects.filter(kind="owner").exists()


def test_only_who_sees_the_superior_records_an_owner_under_it(client, draft):
    client.force_login(official("xa", "UBND-04.043", Role.ENTRY, "04.043").user)
    assert client.post(f"/lan-gui/{draft.pk}/ghi-don-vi/", SENT | {"under": "STC-04"}).status_code in (403, 404, 422)
    client.force_login(official("doc", "BDT-04", Role.READER, "04").user)
    assert client.post(f"/lan-gui/{draft.pk}/ghi-don-vi/", SENT).status_code == 403
    assert not BodyVersion.objects.filter(kind="owner").exists()


def test_the_command_records_lists_and_refuses(draft, capsys):
    words = ["body", OWNER, "--under", "UBND-04.043", "--since", "2021-01-01", "--until", "2025-06-30", "--json"]
    assert main(words) == 0
    made = json.loads(capsys.readouterr().out)["body"]
    assert (made["name"], made["under"], made["since"], made["until"]) == (
        OWNER, "UBND-04.043", "2021-01-01", "2025-06-30",
    )  # fmt: skip
    assert main(["body", "--json"]) == 0
    assert [one["key"] for one in json.loads(capsys.readouterr().out)["bodies"]] == [made["key"]]
    assert main(["body", "Sở Tài chính", "--under", "UBND-04"]) == 2
    assert "đã có trong danh mục" in capsys.readouterr().err
    assert main(["body", "Ban khác"]) == 2 and "Thiếu cấp trên" in capsys.readouterr().err

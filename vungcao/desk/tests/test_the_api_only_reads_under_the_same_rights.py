"""The API: the commands' shapes, the pages' rights, keys that end, and no question that makes it fall over."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import CHECKS

from tests.cast import Cast
from vungcao.bodies.actions import appoint, create_official
from vungcao.bodies.keys import NoKey, give_key, take_back_key
from vungcao.bodies.models import Role
from vungcao.bodies.rights import reach_for
from vungcao.cube.figures import FigureQuery, answer
from vungcao.cube.tests.conftest import cast, cast_once
from vungcao.cube.tracing import trace
from vungcao.desk import command
from vungcao.desk.registers.known import REGISTERS
from vungcao.evidence.actions import SYSTEM
from vungcao.evidence.models import Act
from vungcao.ledger.models import VoucherKind
from vungcao.territory.models import Place

pytestmark = pytest.mark.django_db
__all__ = ["cast", "cast_once"]  # fixtures of the cube's own tests
JUNE = date(2024, 6, 30)
ASKED = f"/api/figures?name=disbursement&programme=CT&on={JUNE}"
PATHS = ("/figures/names", "/places", "/bodies", "/components", "/batches", "/reports")


@pytest.fixture
def told(cast: Cast) -> Cast:
    """Money given to two districts, spent in one; an official of the merged commune beside those of the cast."""
    h1, h2 = cast.region(place="h1", body="UBND-h1"), cast.region(place="h2", body="UBND-h2")
    for there, dong in ((h1, 900), (h2, 500)):
        cast.post(VoucherKind.ASSIGNMENT, [(None, there, dong)])
    cast.state([(h1, 400)], coverage=h1, as_of=JUNE)
    cast.officials["xa"] = create_official(
        username="xa", name="Cán bộ ví dụ xã", password="mat-khau-dai-cua-vi-du", body=cast.body("UBND-x12"),
        post="Ví dụ", role=Role.ENTRY, reach=Place.objects.get(pk=cast.places["x12"]), by=SYSTEM, demo=True,
    )  # fmt: skip
    return cast


def key_of(cast: Cast, who: str, last: date | None = None) -> dict[str, str]:
    """A key of some days, in force through tomorrow unless said: midnight may pass while a test runs."""
    today = timezone.localdate()
    first = today - timedelta(days=2)
    key = give_key(cast.officials[who], name="ví dụ", first=first, last=last or today + timedelta(days=1), by=SYSTEM)[1]
    return {"authorization": f"Bearer {key}"}


def read(client: Any, url: str, headers: dict[str, str] | None = None, status: int = 200) -> Any:
    found = client.get(url, headers=headers or {})
    assert found.status_code == status, found.content
    return json.loads(found.content)


def test_a_figure_and_its_thread_have_the_shape_of_the_commands(told, client):
    mine = key_of(told, "tinh")
    reach = reach_for(told.officials["tinh"], "figures.see", timezone.localdate())
    query = FigureQuery("disbursement", JUNE, programme="CT", by=("place",))
    expected = json.loads(json.dumps(answer(query, reach).as_json()))
    found = read(client, f"{ASKED}&by=place", mine)
    assert found == expected
    (row,) = [one for one in found["rows"] if one["measures"]["disbursed_dong"]]
    assert row["measures"]["disbursed_dong"] == 400
    thread = read(client, f"/api/trace?id={row['id']}", mine)
    assert thread == json.loads(json.dumps(trace(row["id"], reach).as_json()))


def test_who_sees_one_commune_is_answered_with_that_commune(told, client):
    theirs = key_of(told, "xa")
    for place in ("h1", "vd"):
        (row,) = read(client, f"{ASKED}&place={place}", theirs)["rows"]
        assert set(row["measures"].values()) == {None} and row["lines"] == 0
    assert set(read(client, f"{ASKED}&body=UBND-h1", theirs, 422)) == {"code", "detail"}
    assert [one["key"] for one in read(client, "/api/bodies", theirs)] == ["*", "UBND-x12"]
    assert read(client, "/api/batches", theirs) == [] and len(read(client, "/api/batches", key_of(told, "tinh"))) == 3


def test_without_a_session_or_a_key_in_force_nothing_is_answered(told, client):
    today = timezone.localdate()
    over = key_of(told, "tinh", last=today - timedelta(days=1))
    row, key = give_key(told.officials["tinh"], name="ví dụ", first=today, last=today + timedelta(days=1), by=SYSTEM)
    taken = {"authorization": f"Bearer {key}"}
    assert read(client, ASKED, taken)["rows"]
    take_back_key(row, by=SYSTEM)
    with pytest.raises(NoKey, match="đã được lấy lại"):
        take_back_key(row, by=SYSTEM)
    for headers in ({}, over, taken, {"authorization": "Bearer vc_sai"}, {"authorization": "Bearer x"}):
        assert "Cần đăng nhập" in read(client, ASKED, headers, 401)["detail"]
    assert client.post(ASKED, headers=key_of(told, "tinh")).status_code == 405


def test_a_post_without_the_right_is_told_so(told, client):
    keeper = create_official(
        username="qt", name="Quản trị ví dụ", password="mat-khau-dai-cua-vi-du", body=told.body("BDT"), post="Ví dụ",
        role=Role.ADMIN, reach=Place.objects.get(pk=told.places["vd"]), by=SYSTEM, demo=True,
    )  # fmt: skip
    told.officials["qt"] = keeper
    for path in PATHS:
        assert read(client, f"/api{path}", key_of(told, "qt"), 403)["code"] == "right.absent"
    client.force_login(keeper.user)
    read(client, "/api/places", status=403)
    appoint(official=keeper, body=told.body("BDT"), post="Ví dụ", role=Role.READER, by=SYSTEM,
            reach=Place.objects.get(pk=told.places["vd"]))  # fmt: skip
    assert len(read(client, "/api/places?limit=2")) == 2


def test_lists_go_on_after_the_last_key(told, client):
    mine = key_of(told, "tinh")
    whole = [one["key"] for one in read(client, "/api/places?on=2024-06-30", mine)]
    assert whole == sorted(whole) and {"x1", "h1", "VN"} <= set(whole)
    turned = read(client, f"/api/places?on=2024-06-30&limit=3&after={whole[2]}", mine)
    assert [one["key"] for one in turned] == whole[3:6]
    names = {one["name"] for one in read(client, "/api/figures/names", mine)}
    assert {"disbursement", "given", "remainder"} <= names
    assert [one["code"] for one in read(client, "/api/components?after=CT.DA1.TDA1", mine)] == ["CT.DA1.TDA2", "CT.DA2"]


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ("name=disbursement&on=hom-qua", "không đọc được hoặc thiếu: on"),
        ("on=2024-06-30", "không đọc được hoặc thiếu: name"),
        ("name=disbursement&boundaries=xua", "Địa giới “xua” không đọc được"),
        ("name=disbursement&by=mau", "Không có chiều 'mau'"),
        ("name=disbursement&denominator=khac", "Không có mẫu số 'khac'"),
    ],
)
def test_a_question_that_cannot_be_read_is_told_what_is_wrong(told, client, asked, sentence):
    assert sentence in read(client, f"/api/figures?{asked}", key_of(told, "tinh"), 422)["detail"]


def test_a_key_is_for_a_purpose_for_at_most_a_year_and_is_kept_as_a_hash(told):
    today = timezone.localdate()
    for name, first, last in (("", today, today), ("x", today, today - timedelta(days=1)),
                              ("x", today, today + timedelta(days=366))):  # fmt: skip
        with pytest.raises(NoKey):
            give_key(told.officials["tinh"], name=name, first=first, last=last, by=SYSTEM)
    row, key = give_key(told.officials["tinh"], name="x", first=today, last=today, by=SYSTEM)
    assert key not in json.dumps({name: f"{value}" for name, value in vars(row).items()})


def test_a_key_is_given_listed_and_taken_back_by_command(told, client, capsys):
    def said(*words: str, code: int = 0) -> Any:
        assert command.main(["key", *words, "--json"]) == code
        printed = capsys.readouterr()
        return printed.err if code else json.loads(printed.out)

    made = said("tinh", "--name", "trang tin (ví dụ)")
    assert read(client, ASKED, {"authorization": f"Bearer {made['key']}"})["rows"]
    assert [one["id"] for one in said()["keys"]] == [made["id"]]
    said("--take-back", str(made["id"]))
    assert said()["keys"] == [] and "đã được lấy lại" in said("--take-back", str(made["id"]), code=2)
    assert "Không có khóa số 9" in said("--take-back", "999999", code=2)
    assert "dùng cho việc gì" in said("tinh", code=2)
    read(client, ASKED, {"authorization": f"Bearer {made['key']}"}, 401)


@pytest.fixture
def site() -> Iterator[WSGIHandler]:
    """The site as a server calls it, but for the end of a request, which would close the test's connection."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield WSGIHandler()
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def test_whatever_is_asked_it_answers_as_described_and_writes_nothing(told, site):
    headers = key_of(told, "tinh")
    schema = schemathesis.openapi.from_wsgi("/api/openapi.json", site, headers=headers)
    acts = Act.objects.count()
    # A word that fits the form may name nothing on file, and is refused with a sentence; keys are tried above.
    left_out = [CHECKS.get_one(name) for name in ("positive_data_acceptance", "ignored_auth")]
    seen = set()
    for found in schema.get_all_operations():
        operation = found.ok()

        @settings(max_examples=25, deadline=None, phases=[Phase.generate], database=None, derandomize=True,
                  suppress_health_check=list(HealthCheck))  # fmt: skip
        @given(case=operation.as_strategy())
        def asked(case: Any) -> None:
            case.call_and_validate(headers=headers, excluded_checks=left_out)

        asked()
        seen.add(operation.path)
    assert len(seen) == 8 + len(REGISTERS) and Act.objects.count() == acts

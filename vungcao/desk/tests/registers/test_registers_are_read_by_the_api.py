"""Registers through the API: what the page lists, under the page's right and reach, page after page."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from vungcao.desk.registers.known import REGISTERS
from vungcao.desk.tests.registers.conftest import COMMUNE

pytestmark = pytest.mark.django_db
OUT = "/api/registers/van-ban-di"


def read(desk: Any, url: str, asked: dict[str, str] | None = None, status: int = 200) -> Any:
    found = desk.get(url, asked or {})
    assert found.status_code == status, found.content
    return found.json()


def test_the_rows_are_those_of_the_page_page_after_page(cast, fill):
    fill(53)
    desk = cast.at("tinh")
    first = read(desk, OUT, {"sort": "number"})
    second = read(desk, OUT, {"sort": "number", "after": first["after"]})
    assert [one["values"]["number"] for one in first["rows"] + second["rows"]] == [f"{no}" for no in range(1, 54)]
    assert second["after"] is None and first["columns"]["number"] == "Số"
    row = first["rows"][0]
    assert row["values"]["dated"] == "2025-03-02" and row["values"]["summary"] == "Trích yếu ví dụ 1"
    assert desk.get(f"/so/van-ban-di/{row['id']}/").status_code == 200
    assert [one["values"]["number"] for one in read(desk, OUT, {"q": "vi du 17"})["rows"]] == ["17"]


def test_a_commune_reads_its_own_register_and_nobody_elses(cast):
    cast.sent("7", summary="Của tỉnh (ví dụ)", dated=date(2025, 3, 1))
    mine = cast.sent("8", COMMUNE, summary="Của xã (ví dụ)", dated=date(2025, 7, 2))
    for asked in ({}, {"q": "vi du"}, {"sort": "-number"}):
        assert [one["id"] for one in read(cast.at("xa"), OUT, asked)["rows"]] == [mine.document_id]


def test_every_register_states_its_right(cast):
    for register in REGISTERS:
        for who in ("tinh", "doc", "quantri", "xa", "quantri_xa"):
            page = cast.at(who).get(register.url()).status_code
            assert cast.at(who).get(f"/api/registers/{register.key}").status_code == page, (register.key, who)
    assert read(cast.at("quantri"), OUT, status=403)["code"] == "right.absent"


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [({"since": "hôm qua"}, "since: "), ({"sort": "mau"}, "không xếp theo “mau”"), ({"flag": "khac"}, "flag: ")],
)
def test_what_cannot_be_read_is_told(cast, asked, sentence):
    assert sentence in read(cast.at("tinh"), OUT, asked, 422)["detail"]

"""With the real places of Cao Bằng: a figure of 2023 for Xã Hồng Trị, Huyện Bảo Lạc, then and today."""

from __future__ import annotations

from datetime import date

import pytest

from tests.example_province import load_reference
from vungcao.bodies import actions as bodies
from vungcao.bodies.models import Body
from vungcao.bodies.reach import Reach
from vungcao.cube.figures import FigureQuery, answer
from vungcao.cube.tracing import trace
from vungcao.evidence.actions import SYSTEM, acting, cite
from vungcao.kernel.refusal import Cell
from vungcao.ledger.actions import record_statement
from vungcao.ledger.drafts import LineDraft, StatementDraft
from vungcao.ledger.models import Basis
from vungcao.ledger.regions import Region, reserved_members
from vungcao.programme.models import Component
from vungcao.territory.models import Place

DECEMBER = date(2023, 12, 31)
ALL = Reach.all_for_operator()


@pytest.fixture
def said(db) -> None:
    """UBND xã Hồng Trị: 7 triệu đồng of programme 1719 (ví dụ)."""
    load_reference()
    stars = reserved_members()
    seat, place = Body.objects.get(key="UBND-01342"), Place.objects.get(key="01342")
    region = Region(
        Component.objects.get(code="1719").pk,
        stars["field"],
        stars["source"],
        "*",
        "2023",
        stars["body"],
        place.pk,
        stars["spending_object"],
    )
    line = LineDraft(region, 7_000_000, Cell("ví dụ.xlsx", "Trang1", "C8"), label="Tổng số (ví dụ)")
    draft = StatementDraft(seat.pk, region, Basis.YEAR, DECEMBER, [line], Cell("ví dụ.xlsx", "Trang1"))
    with acting("test.handed_in", by=SYSTEM) as act:
        paper = cite(act=act, kind="workbook", name="ví dụ.xlsx")
        batch = bodies.hand_in(body=seat, kind="test", period="2023", source=paper, sheet="Trang1", act=act)
        bodies.reach(batch, "received", by=SYSTEM)
        record_statement(draft, batch=batch, by=SYSTEM)


def rows(**about) -> dict[str, int]:
    found = answer(FigureQuery("disbursement", DECEMBER, programme="1719", denominator="adjusted", **about), ALL)
    assert all(trace(row.id, ALL).total_dong == row.measures["disbursed_dong"] for row in found.rows)
    return {next(iter(row.names.values())): row.measures["disbursed_dong"] for row in found.rows}


def test_then_it_stands_under_the_district_and_today_under_the_new_commune(said):
    assert rows(by=("district",)) == {"Huyện Bảo Lạc": 7_000_000}
    assert rows(by=("place",), place="04.043") == {"Xã Hồng Trị": 7_000_000}
    new = answer(
        FigureQuery("disbursement", DECEMBER, denominator="adjusted", by=("place",), boundaries=date(2025, 7, 1)), ALL
    )
    (row,) = new.rows
    assert (row.dims, row.measures["disbursed_dong"]) == ({"place": "01321@2025-07-01"}, 7_000_000)
    assert trace(row.id, ALL).rows[0].cell == "C8"
    assert rows(by=("place",), boundaries="today") == {"Xã Bảo Lạc": 7_000_000}

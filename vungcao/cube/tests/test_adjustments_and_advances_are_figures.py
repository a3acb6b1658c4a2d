"""Adjustments up and down by the lines of their decisions; advances not cleared as the counted statements say them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from vungcao.bodies.reach import Reach
from vungcao.cube.citing import behind
from vungcao.cube.figures import FigureQuery, answer
from vungcao.cube.question import NotAQuestion
from vungcao.cube.tracing import trace
from vungcao.evidence.actions import SYSTEM
from vungcao.evidence.queries import last_number
from vungcao.ledger import actions as ledger
from vungcao.ledger.models import VoucherKind

ALL = Reach.all_for_operator()
JUNE = date(2024, 6, 20)


@pytest.fixture
def books(cast):
    """h1 and h2 hold money of two projects; 30 goes from h2 to h1, and 5 from one project of h1 to the other."""
    cast.held = {
        (body, code): cast.region(code, body, f"UBND-{body}") for body in ("h1", "h2") for code in ("CT.DA1", "CT.DA2")
    }
    moves = [(None, region, 100) for region in cast.held.values()]
    cast.post(VoucherKind.ASSIGNMENT, moves, by="TTG", dated=date(2024, 1, 15), number="1/QĐ")
    held = cast.held
    moves = [(held["h2", "CT.DA1"], held["h1", "CT.DA1"], 30), (held["h1", "CT.DA1"], held["h1", "CT.DA2"], 5)]
    cast.adjusting = cast.post(VoucherKind.ADJUSTMENT, moves, dated=date(2024, 5, 2), number="2/QĐ")
    return cast


def told(name: str, by: tuple[str, ...] = (), on: date = JUNE, **about) -> dict[tuple[str, ...], object]:
    found = answer(FigureQuery(name, on, by=by, **about), ALL)
    return {tuple(row.dims.values()): row.measures[f"{name}_dong"] for row in found.rows}


def test_ups_and_downs_stand_apart_and_rows_add_up_to_the_whole(books):
    assert told("increased") == told("decreased") == {(): 35}
    assert told("increased", ("body",)) == {("UBND-h1",): 35}
    assert told("decreased", ("body",)) == {("UBND-h1",): 5, ("UBND-h2",): 30}
    assert told("increased", ("component",), programme="CT") == {("CT.DA1",): 30, ("CT.DA2",): 5}
    assert told("decreased", ("component",), programme="CT") == {("CT.DA1",): 35}


def test_before_the_decision_nothing_is_told_and_that_is_no_nought(books):
    assert told("increased", on=date(2024, 5, 1)) == {(): None}
    assert told("increased", ("body",), on=date(2024, 5, 1)) == {}
    assert told("increased", year=2025) == {(): None}


def test_a_reversal_takes_back_what_its_decision_did(books):
    ledger.reverse(books.adjusting, dated=date(2024, 6, 1), reason="ví dụ", by=SYSTEM)
    assert told("increased") == told("decreased") == {(): 0}
    assert told("increased", on=date(2024, 5, 31)) == {(): 35}


@pytest.mark.parametrize("name", ["increased", "decreased"])
def test_each_leads_to_the_lines_of_the_decision(books, name):
    query = FigureQuery(name, JUNE, by=("body",))
    for row in answer(query, ALL).rows:
        found = trace(row.id, ALL)
        assert found.total_dong == sum(line.dong for line in found.rows) == row.measures[f"{name}_dong"]
        assert {line.paper for line in found.rows} == {"2/QĐ ngày 02/05/2024"}
        cited = behind(query, ALL)[tuple(row.dims.values())].given
        assert len(cited) == len(found.rows)


def test_adjustments_are_neither_over_a_plan_nor_compared(books):
    for about in ({"denominator": "ttg"}, {"compare": ("last_year",)}):
        with pytest.raises(NotAQuestion):
            answer(FigureQuery("increased", JUNE, **about), ALL)


def state(cast, body: str, said: list[tuple[str, int, int | None]], on: date = JUNE, **more: int) -> None:
    """A body's statement of some components: (code, spent, of which advanced and not cleared)."""
    about = {"place": body, "body": f"UBND-{body}", "source": "*:*", "origin": "*"}
    coverage = cast.region("CT", **about)
    draft = cast.draft(
        [(cast.region(code, **about), spent) for code, spent, _ in said],
        coverage=coverage, as_of=on, reporter=f"UBND-{body}",
    )  # fmt: skip
    advances = [advance for *_, advance in said]
    lines = [replace(line, open_advance_dong=dong, **more) for line, dong in zip(draft.lines, advances, strict=True)]
    ledger.record_statement(replace(draft, lines=lines), batch=cast.batch(f"UBND-{body}"), by=SYSTEM)


def advances(by: tuple[str, ...] = (), **about) -> dict[tuple[str, ...], object]:
    found = answer(FigureQuery("advance", JUNE, by=by, **about), ALL)
    return {tuple(row.dims.values()): row.measures["open_advance_dong"] for row in found.rows}


def test_advances_are_those_of_counted_lines_and_silence_is_no_nought(cast):
    state(cast, "h1", [("CT", 50, 20), ("CT.DA1", 30, 12), ("CT.DA2", 10, None)])
    state(cast, "h2", [("CT.DA1", 40, None)])
    state(cast, "x2", [("CT.DA1", 4, 0)])
    assert advances() == {(): 20}
    assert advances(("body",)) == {("UBND-h1",): 20, ("UBND-x2",): 0}
    assert advances(("component",), programme="CT") == {("CT.DA1",): 12}  # 8 of the 20 is not divided
    found = answer(FigureQuery("advance", JUNE, by=("component",), programme="CT"), ALL)
    assert [gap["dong"] for gap in found.not_split] == [8]


def test_what_was_advanced_less_what_was_cleared_is_not_cleared(cast):
    state(cast, "h1", [("CT.DA1", 30, None)], advance_dong=9, cleared_dong=4)
    assert advances() == {(): 5}


def test_an_advance_leads_to_its_cell_and_a_later_statement_replaces_it(cast):
    state(cast, "h1", [("CT.DA1", 30, 12)], on=date(2024, 5, 31))
    before = last_number()
    state(cast, "h1", [("CT.DA1", 35, 2)])
    (row,) = answer(FigureQuery("advance", JUNE, by=("body",)), ALL).rows
    found = trace(row.id, ALL)
    assert row.measures["open_advance_dong"] == found.total_dong == 2
    assert [line.cell for line in found.rows if line.counted] == ["B7"]
    assert advances(known=before) == {(): 12}

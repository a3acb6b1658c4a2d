"""Why money is not spent: from the command, and on the page of what was handed in."""

from __future__ import annotations

import json
from datetime import date

import pytest

from tests import cast as province
from vungcao.desk.command import main
from vungcao.desk.handed_in import said
from vungcao.evidence.actions import SYSTEM
from vungcao.kernel.refusal import Cell
from vungcao.ledger.actions import UnspentLine, record_unspent
from vungcao.ledger.models import Cause, Proposal, Resolver

pytestmark = pytest.mark.django_db
MAY, JUNE, MILLION = date(2024, 5, 31), date(2024, 6, 30), 1_000_000


@pytest.fixture
def form(db):
    cast = province.make()

    def hand_in(as_of, *lines):
        batch = cast.batch("UBND-h1", name="biểu nguyên nhân ví dụ.xlsx")
        told = [
            UnspentLine(
                cast.region(component, "h1", "UBND-h1"), million * MILLION, cause, Cell("x", "NN", f"D{row}"),
                Proposal.CARRY_OVER, Resolver.PROVINCE,
            )
            for row, (component, million, cause) in enumerate(lines, start=10)
        ]  # fmt: skip
        record_unspent(reporter=cast.bodies["UBND-h1"], as_of=as_of, lines=told, batch=batch, by=SYSTEM)
        return batch

    return hand_in


def asked(capsys, *more):
    assert main(["causes", "--json", *more]) == 0
    return json.loads(capsys.readouterr().out)["rows"]


def test_the_latest_form_of_each_holder_counts_the_largest_amount_first(form, capsys):
    form(MAY, ("CT.DA1", 30, Cause.SITE))
    form(JUNE, ("CT.DA1", 10, Cause.SITE), ("CT.DA2", 20, Cause.NOBODY_LEFT))
    found = asked(capsys, "--on", "2024-07-15")
    assert [(row["component"], row["dong"] // MILLION, row["cause"], row["cell"]) for row in found] == [
        ("CT.DA2", 20, "nobody_left", "D11"),
        ("CT.DA1", 10, "site", "D10"),
    ]
    assert [row["dong"] // MILLION for row in asked(capsys, "--on", "2024-06-29")] == [30]
    assert asked(capsys, "--on", "2024-05-30") == []
    assert asked(capsys, "--on", "2024-07-15", "--programme", "XX") == []


def test_an_officer_reads_it_in_words(form, capsys):
    form(MAY, ("CT.DA1", 30, Cause.SITE))
    assert main(["causes", "--on", "2024-06-15"]) == 0
    told = capsys.readouterr().out
    assert all(word in told for word in ("Mặt bằng", "Kéo dài", "Cấp tỉnh", "31/05/2024"))
    assert main(["causes", "--on", "2024-05-01"]) == 0
    assert "Chưa có biểu nguyên nhân nào" in capsys.readouterr().out


def test_the_page_of_what_was_handed_in_shows_each_line_with_its_cell(form):
    (line,) = said(form(MAY, ("CT.DA1", 30, Cause.SITE))).lines
    assert (line.dong, line.sheet, line.cell) == (30 * MILLION, "NN", "D10")
    assert line.label == "Chưa giải ngân: Mặt bằng; Kéo dài; Cấp tỉnh"

"""The example's proposals and dossiers: what their builder makes, all of it invented, asked of the right body."""

from __future__ import annotations

from datetime import date

import pytest
import yaml
from python_calamine import CalamineWorkbook

from examples import round_amounts as amounts
from examples.proposals import HERE, TENTHS, books, build, shifts
from vungcao.law.authority import decide
from vungcao.law.rulebook import shipped
from vungcao.law.rules import Move

DOSSIERS = yaml.safe_load((HERE / "ho-so.yaml").read_text("utf-8"))
WHO = {
    2023: ("PROJECTS_SAME_PROGRAMME", False, "TTG"),
    2024: ("PROJECTS_SAME_PROGRAMME", True, "HDND_TINH"),
    2025: ("UNITS_SAME_CONTENT", True, "HDND_TINH"),
}
KEYS = {"TTG": "TTG", "HDND_TINH": "HDND-04"}


def cells(path) -> list[list[object]]:
    return CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()


def test_the_proposals_are_what_their_builder_makes_and_say_that_they_are_invented(tmp_path):
    made = build(tmp_path)
    assert sorted(path.name for path in made) == sorted(path.name for path in HERE.glob("*.xlsx"))
    for path in made:
        assert cells(path) == cells(HERE / path.name)
        assert any("VÍ DỤ" in f"{cell}" for row in cells(path) for cell in row)


def test_each_dossier_is_marked_and_takes_files_that_are_there():
    for one in DOSSIERS:
        assert "(ví dụ)" in one["title"] and all("(ví dụ)" in opinion["said"] for opinion in one["opinions"])
        assert all(sorted(HERE.glob(pattern)) for pattern in one.get("files", ()))
        for opinion in one["opinions"]:
            days = [one["opened_on"], opinion["asked_on"], opinion["answered_on"], one["decision"]["dated"]]
            assert days == sorted(days), "a decision is not older than what it rests on"


def test_one_adjustment_stands_on_each_side_of_a_rule_that_changed():
    signed = {one["decision"]["dated"].year: one["decision"] for one in DOSSIERS if "files" in one}
    assert signed[2023]["dated"] < date(2024, 1, 18) <= signed[2024]["dated"]
    assert signed[2025]["dated"] >= date(2025, 7, 1)
    for year, (scope, across, decider) in WHO.items():
        move = Move(signed[year]["dated"], year, "su_nghiep", "NSTW", scope, use_year=year, across_units=across)
        assert decide(move, shipped()).decider == decider and signed[year]["decided_by"] == KEYS[decider]


@pytest.mark.parametrize("year", WHO)
def test_what_is_asked_for_is_what_is_moved_and_nets_to_zero(year):
    asked = {"down": 0, "up": 0}
    for name, page in books().items():
        if f"nam {year}" in name:
            for line in page.lines:
                asked["down"] += int((line.cells[5] or 0) * TENTHS)
                asked["up"] += int((line.cells[6] or 0) * TENTHS)
    total = sum(one.amount for one in shifts(year))
    assert asked == {"down": total, "up": total}
    assert year == 2025 or shifts(year) == amounts.shifts(year), "the decisions of the round, once more"

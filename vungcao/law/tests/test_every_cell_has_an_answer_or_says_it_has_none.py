"""Every cell of 2020-2026, and thousands of moves at random, against a literal reading of the table written apart.

``literal`` reads the raw YAML and compares days as texts, with the last day inside. It shares no code with the engine.
"""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from vungcao.law import rulebook
from vungcao.law.authority import decide
from vungcao.law.rules import Move

FILE = Path(rulebook.__file__).parent / "reference" / "budget_rules.yaml"
RAW: dict[str, Any] = yaml.load(FILE.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
BUDGETS = ("NSTW", "NSDP_TINH", "NSDP_HUYEN", "NSDP_XA")
SOURCES = [(kind, level) for kind in ("dau_tu", "su_nghiep") for level in BUDGETS]
SOURCES += [("tin_dung", "NHCSXH"), ("huy_dong", "DAN")]
SHELVES: dict[tuple[str, str], list[dict[str, Any]]] = {}
for one in RAW["rules"]:
    SHELVES.setdefault((one["scope"], one["level"]), []).append(one)
YEARS = range(2020, 2027)
FLAGS = ("field_changes", "across_units", "between_sessions", "pilot_district", "devolved")


def literal(move: Move) -> list[dict[str, Any]]:
    """Rows of the file that a reader with a ruler finds for a move."""
    day, used = move.on.isoformat(), move.use_year or max(move.year, move.on.year)
    found = []
    for row in SHELVES.get((move.scope, move.level), []):
        if row["kind"] == "any" and move.kind not in ("dau_tu", "su_nghiep"):
            continue
        if row["kind"] not in ("any", move.kind):
            continue
        if day < row["from"] or day > row.get("last_day", "9999-12-31"):
            continue
        if row.get("only_if") and not getattr(move, row["only_if"]):
            continue
        if row.get("plan") and move.plan and row["plan"] != move.plan:
            continue
        if row.get("money") and not any(
            str(used) == one["used"]
            and (str(move.year) in one["origin"] if "origin" in one else move.year <= int(one["origin_to"]))
            for one in row["money"]
        ):
            continue
        found.append(row)
    return found


def first_cited(rows: list[dict[str, Any]], move: Move) -> dict[tuple[str, bool], tuple[str, frozenset[str]]]:
    """(decider, allowed) → the rule to cite and all that say so, by the order that the head of the file lays down."""

    def rank(row: dict[str, Any]) -> int:
        return {"pilot_district": 2, "devolved": 1}.get(row.get("only_if", ""), 0)

    def narrow(row: dict[str, Any]) -> tuple[bool, bool]:
        return row["kind"] != "any", "money" in row

    def gives_way(row: dict[str, Any], other: dict[str, Any]) -> bool:
        if other["id"] in row.get("prevails_over", ()):
            return False
        if row["id"] in other.get("prevails_over", ()) or rank(other) != rank(row):
            return row["id"] in other.get("prevails_over", ()) or rank(other) > rank(row)
        return narrow(other) != narrow(row) and all(a >= b for a, b in zip(narrow(other), narrow(row), strict=True))

    naming = [row for row in rows if row.get("decider") and "adds_conditions" not in row]
    naming = naming or [row for row in rows if row.get("decider")]
    standing = [row for row in naming if not any(gives_way(row, other) for other in naming)] or naming
    sure = ["sourced", "recalled", "unknown"]
    standing.sort(key=lambda one: ("only_if" not in one, one["kind"] == "any", "money" not in one,
                                   sure.index(one["confidence"])))  # fmt: skip
    found: dict[tuple[str, bool], list[str]] = {}
    for row in standing:
        turned = [one["decider"] for one in row.get("otherwise", ()) if one.get("if") and _says(move, one["if"])]
        found.setdefault(((turned or [row["decider"]])[0], row.get("allowed") != "false"), []).append(row["id"])
    return {key: (ids[0], frozenset(ids)) for key, ids in found.items()}


def _says(move: Move, word: str) -> bool:
    return move.plan == word if word in ("annual", "medium") else getattr(move, word)


def check(move: Move) -> str:
    """Hold the engine's ruling against the literal reading; returns the ruling's status."""
    ruling, rows = decide(move, rulebook.shipped()), literal(move)
    assert {rule.id for rule in ruling.met} == {row["id"] for row in rows}
    known = [row for row in rows if row.get("decider", "UNKNOWN") != "UNKNOWN"]
    assert (ruling.decider == "UNKNOWN") == (not known), ruling.rules
    assert (ruling.status == "no_rule") == (not rows)
    if ruling.status in ("one", "several"):
        ours = {}
        for one in ruling.readings:
            ids = [rule.id for rule in one.rules if not rule.instead_of]
            stood_in = next((rule.instead_of for rule in one.rules if rule.instead_of), one.decider)
            ours[stood_in, one.allowed is not False] = (ids[0], frozenset(ids))
        assert ours == first_cited(rows, move), "the same rule as a reader with a ruler finds"
    if ruling.status == "one":
        named = {row["decider"] for row in known}
        named |= {branch["decider"] for row in rows for branch in row.get("otherwise", [])}
        named |= {"HDND_TINH_THUONG_TRUC"} if move.between_sessions else set()
        assert ruling.decider in named
        assert ruling.readings[0].cites
    if ruling.status == "several":
        assert ruling.decider is None
        assert len({(one.decider, one.allowed) for one in ruling.readings}) == len(ruling.readings) > 1
    if ruling.status in ("unknown", "no_rule"):
        assert any("hỏi " in said for said in ruling.warnings)
        assert ruling.allowed is not True
    return ruling.status


def test_every_cell_of_2020_to_2026():
    """One answer, several readings shown as such, or an honest "no rule on file"; the share of each is printed."""
    edges = {date.fromisoformat(row[name]) for row in RAW["rules"] for name in ("from", "last_day") if name in row}
    days = {date(year, month, 1) for year in YEARS for month in range(1, 13)}
    days |= {day for edge in edges for day in (edge, edge + timedelta(days=1)) if 2020 <= edge.year <= 2026}
    shares: dict[str, Counter[str]] = {}
    for kind, level in SOURCES:
        counted = shares.setdefault(f"{kind}:{level}", Counter())
        for scope in RAW["scopes"]:
            for on in sorted(days):
                for year in YEARS:
                    counted[check(Move(on, year, kind, level, scope))] += 1
    print()
    for source, counted in [*shares.items(), ("all", sum(shares.values(), Counter()))]:
        total = counted.total()
        said = ", ".join(
            f"{name} {counted[name]} ({counted[name] * 100 / total:.1f}%)"
            for name in ("one", "several", "unknown", "no_rule")
        )
        print(f"{source}: {total} cells: {said}")
    central = shares["su_nghiep:NSTW"]
    assert central["one"] > central["several"] + central["unknown"]
    assert not shares["tin_dung:NHCSXH"].keys() - {"no_rule"}


moves = st.builds(
    Move,
    on=st.dates(date(2019, 12, 1), date(2027, 3, 1)),
    year=st.integers(2019, 2027),
    kind=st.sampled_from(["dau_tu", "su_nghiep", "su_nghiep", "tin_dung", "huy_dong"]),
    level=st.sampled_from(["NSTW", "NSTW", "NSTW", "NSDP_TINH", "NSDP_HUYEN", "NSDP_XA", "NHCSXH", "DAN"]),
    scope=st.sampled_from(sorted(RAW["scopes"])),
    plan=st.sampled_from(["", "annual", "medium"]),
    **{flag: st.booleans() for flag in FLAGS},
)


@settings(max_examples=400, deadline=None)
@given(move=moves, later=st.sampled_from([None, 0, 1, 2]))
def test_any_move_finds_the_rows_a_reader_finds(move, later):
    """Hypothesis looks for the smallest move on which the two readings part."""
    check(replace(move, use_year=None if later is None else move.year + later))


def test_thousands_of_moves_find_the_rows_a_reader_finds():
    """Where money is: six thousand moves of central and provincial money, every circumstance, every day."""
    dice = random.Random(1719)
    first = date(2020, 1, 1).toordinal()
    met: Counter[str] = Counter()
    for _ in range(6000):
        year = dice.choice(YEARS)
        move = Move(
            on=date.fromordinal(first + dice.randrange(2557)),
            year=year,
            kind=dice.choice(["dau_tu", "su_nghiep"]),
            level=dice.choice(["NSTW", "NSTW", "NSTW", "NSDP_TINH"]),
            scope=dice.choice(list(RAW["scopes"])),
            use_year=dice.choice([None, year, year + 1]),
            plan=dice.choice(["", "annual", "medium"]),
            **{flag: dice.random() < 0.3 for flag in FLAGS},
        )
        met[check(move)] += 1
    print(dict(met))
    assert min(met[status] for status in ("one", "several", "unknown", "no_rule")) > 20, met


def test_the_literal_reader_can_tell_a_wrong_order():
    """The judge of precedence is awake: a pilot goes first, a named year before the general rule, two laws stand."""
    day, scope = date(2024, 6, 15), "PROJECTS_SAME_PROGRAMME"
    devolved = Move(day, 2024, "su_nghiep", "NSTW", scope, devolved=True)
    assert first_cited(literal(devolved), devolved) == {("HDND_HUYEN", True): ("SN-09", frozenset({"SN-09"}))}
    carried = Move(day, 2023, "dau_tu", "NSTW", scope, use_year=2024)
    assert set(first_cited(literal(carried), carried)) == {("UBND_TINH", True), ("HDND_TINH", True)}


def test_the_literal_reader_can_tell_a_wrong_day():
    """The judge is awake: it sees both sides of a boundary and of a year."""
    before = Move(date(2024, 1, 17), 2024, "su_nghiep", "NSTW", "PROJECTS_SAME_PROGRAMME")
    after = Move(date(2024, 1, 18), 2024, "su_nghiep", "NSTW", "PROJECTS_SAME_PROGRAMME")
    assert [row["id"] for row in literal(before)] == ["SN-05"]
    assert [row["id"] for row in literal(after)] == ["SN-08"]
    assert literal(Move(date(2024, 1, 18), 2025, "su_nghiep", "NSTW", "PROJECTS_SAME_PROGRAMME")) == []

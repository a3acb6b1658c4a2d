"""The cells of a roll-up, judged and summed in memory, are those that the engine would find, judge and sum."""

from __future__ import annotations

import json
from datetime import date
from random import Random

import duckdb
import pyarrow as pa

from vungcao.cube.question import NotAQuestion
from vungcao.cube.sealed import answering, cells, sealing
from vungcao.cube.sealed.cells import Columns, Found
from vungcao.cube.sealed.rolling import ROLLS, Rolls
from vungcao.cube.sealed.tables import GIVEN, number_of
from vungcao.cube.tests import ugly

TODAY = date(2026, 3, 1)
DAY = number_of(date(2024, 5, 17))


def test_whatever_is_asked_memory_and_engine_answer_alike(cast, monkeypatch, of_its_own):
    rnd = Random(31)
    ugly.play(cast, rnd, 12)
    sealing.seal()
    asked, judged = 0, []
    judge = Found.judge
    monkeypatch.setattr(Found, "judge", lambda self, *about: judged.append(1) or judge(self, *about))
    for _ in range(3):
        for _ in range(8):
            query, reach = ugly.question(rnd, None), rnd.choice(ugly.reaches(cast, TODAY))
            answers = []
            for largest in (cells.LARGEST, -1.0):  # under which no sum is taken for safe, so the engine makes them all
                with monkeypatch.context() as patch:
                    patch.setattr(cells, "LARGEST", largest)
                    answering._held[""].cells.clear() if "" in answering._held else None
                    answers.append(told(query, reach))
            assert answers[0] == answers[1], query.id
            asked += answers[0] is not None
        ugly.play(cast, rnd, 3)  # appended to what lies in memory
    assert asked >= 10 and judged


def told(query, reach) -> str | None:
    try:
        found = answering.answered(query, reach)
    except NotAQuestion:
        return None
    return None if found is None else json.dumps(found.as_json(), sort_keys=True, ensure_ascii=False)


def test_columns_kept_by_append_are_those_read_anew():
    rolls = made(range(40))
    rolls.columns("by_comp")
    rolls.database.register("coming", rows(range(40, 55)))
    rolls.database.execute("INSERT INTO given SELECT * FROM coming").fetchall()
    rolls.take("coming")
    for name in ROLLS:
        there, anew = rolls.columns(name), Columns(rolls.database, name)
        for day in (DAY - 20, DAY, DAY + 14, DAY + 400):
            assert sums(rolls, there, name, day) == sums(rolls, anew, name, day) != []


def test_sums_that_could_outgrow_64_bits_are_left_to_the_engine():
    assert made(range(3), dong=2**59).columns("by_place").on(DAY, 0, since(None, ""), lambda _place: DAY) is not None
    assert made(range(9), dong=2**59).columns("by_place").on(DAY, 0, since(None, ""), lambda _place: DAY) is None


def test_more_than_the_room_of_codes_is_told_apart_all_the_same():
    """Eight parts of a thousand each: their product would not fit into a number."""
    codes = cells.np.array([0, 999, 5, 999, 0])
    groups, first = cells._together([(codes, 1000)] * 8, 5)
    assert groups.tolist() == [0, 2, 1, 2, 0]
    assert first.tolist() == [0, 2, 1]


def rows(numbers: range, dong: int = 7) -> pa.Table:
    """A line a number, on days one after another; accounts come again."""
    said = {"number": "1/QĐ", "kind": "allocation", "year_origin": "2024", "year_use": "2024", "is_reversal": False}
    found = []
    for n in numbers:
        own = {"no": n, "level": n % 3, "dated": DAY - 30 + n, "dong": dong, "n": 1, "account": n % 6, "entry": n}
        own |= {"component": n % 3, "place": n % 2}
        found.append({name: own.get(name, said.get(name, 0)) for name in GIVEN.names})
    return pa.Table.from_pylist(found, schema=GIVEN)


def made(numbers: range, dong: int = 7) -> Rolls:
    database = duckdb.connect(":memory:")
    database.register("first", rows(numbers, dong))
    database.execute("CREATE TABLE given AS SELECT * FROM first").fetchall()
    rolls = Rolls(database, lambda dim, nodes: {node: dim if dim == "body" else node for node in nodes})
    rolls.build()
    return rolls


def since(rolls: Rolls | None, name: str):
    def days(asked: dict[str, int]) -> pa.Table:
        if rolls is None:
            return pa.table({name: pa.array([], pa.int64()) for name in ("cell", "dated", "level", "dong", "n")})
        return rolls.database.sql(
            f"SELECT cell, dated, level, dong, n FROM given JOIN cell_of_{name} USING (account) "
            f"WHERE dated BETWEEN {asked['month']} AND {asked['day']} ORDER BY dated"
        ).to_arrow_table()

    return days


def sums(rolls: Rolls, columns: Columns, name: str, day: int) -> list[tuple]:
    found = columns.on(day, 1, since(rolls, name), lambda _place: day)
    found.judge({}, (), ())
    return found.sums_of() + found.held_by()

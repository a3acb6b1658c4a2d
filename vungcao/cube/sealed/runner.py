"""Runs the questions of ``asking`` on what a process holds, with SQL kept per shape.

The text of a question depends on its shape only (which question, along which dimensions), never on its values: days,
acts and levels are compiled as marks and become parameters, nodes are tables. So each shape is compiled once a
process. Answers are read as Python integers: a sum that outgrew 64 bits would still be exact.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from itertools import count
from typing import Any, Final

import ibis
import pyarrow as pa
from ibis.expr.types import Table

from vungcao.cube.sealed import asking
from vungcao.cube.sealed.asking import DIMENSIONS, KEYS
from vungcao.cube.sealed.holding import Holding
from vungcao.cube.sealed.nodes import Nodes
from vungcao.cube.sealed.rolling import month_of
from vungcao.cube.sealed.standing import life_of
from vungcao.cube.sealed.tables import SCHEMAS, day_of, number_of
from vungcao.evidence.queries import stamp
from vungcao.ledger.models.accounts import REGION
from vungcao.territory import queries as territory

ATOMS: Final = pa.schema(
    [
        ("dong", pa.int64()),
        ("ref", pa.int64()),
        ("kind", pa.string()),
        ("said", pa.int32()),
        ("qualifier", pa.string()),
        ("includes", pa.bool_()),
        *((name, pa.string() if name.startswith("year") else pa.int64()) for name in REGION),
    ]
)
_COLUMNS: Final = ", ".join(ATOMS.names)
_JUDGED: Final = {
    **dict.fromkeys(("gap", "kind", "qualifier", "year_origin", "year_use"), "string"),
    **dict.fromkeys(("node", "dong", "ref", "component", "body", "place"), "int64"),
    "is_here": "boolean",
    "is_in": "boolean",
    "includes": "boolean",
}
_PAPERS: Final = {"account": "int64", "number": "string", "dated": "int32"}
_WHOSE: Final = {name: "string" if name.startswith("year") else "int64" for name in REGION}
_LIVES: Final = {"place": "int64", "begins": "int32", "ends": "int32"}
MARKS: Final = {
    "day": 2_111_111_101,
    "known": 7_111_111_111_111_103,
    "level": 2_111_111_107,
    "month": 2_111_111_109,
}  # like no real number
_ASKED: Final = {
    "given": ("day", "known", "level"),
    "spent": ("day", "known"),
    "flows": ("day", "month", "level"),
    "papers": ("day", "level"),
}
_ROOM: Final = 12
_numbers = count()


def _marked(name: str) -> Any:
    return ibis.literal(MARKS[name], "int64" if name == "known" else "int32")


def _kept(schema: pa.Schema, name: str) -> Table:
    return ibis.table(ibis.Schema.from_pyarrow(schema), name=name)


def _nodes(by: tuple[str, ...]) -> Callable[[str], Table]:
    """The tables of nodes of a shape, as declared."""

    def of(name: str) -> Table:
        schema: dict[str, str] = {}
        for column in DIMENSIONS[name]:
            schema[column] = "string" if column.startswith("year") else "int32" if column == "said" else "int64"
        if name == "years":
            schema |= {"is_year": "int8", "is_year_use": "int8"}
        else:
            schema[f"is_{name}"] = "int8"
        if name == "place":
            schema |= {"place_seen": "int64", "is_here": "boolean"}
        if name == "body":
            schema["body_seen"] = "int64"
        schema |= {f"of_{dim}": "string" for dim, table in KEYS.items() if table == name and dim in by}
        return ibis.table(schema, name=f"nodes_{name}")

    return of


def judged(by: tuple[str, ...], telling: tuple[str, ...]) -> Table:
    """The atoms judged for a shape, over the tables ``atoms`` and ``nodes_*``."""
    return asking.judged(_kept(ATOMS, "atoms"), _nodes(by), by, telling)


def asked(question: str, width: int, own: bool) -> Table:
    """A question with so many keys, over the tables ``judged`` and ``papers``; ``own``: of the year's own money."""
    keys = [f"key_{n}" for n in range(width)]
    there = ibis.table(_JUDGED | dict.fromkeys(keys, "string"), name="judged")
    there = asking.of_the_year(there) if own else there
    if question == "papers_of":
        return asking.papers_of(there, ibis.table(_PAPERS, name="papers"), keys)
    wide: dict[str, Callable[[Table], Table]] = {
        "held_by": asking.held_by,
        "including": asking.including,
        "years_of": asking.years_of,
    }
    if question in wide:
        return wide[question](there)
    return {"sums_of": asking.sums_of, "lines_of": asking.lines_of, "words_of": asking.words_of}[question](there, keys)


def atoms_of(table: str, what: str) -> Table:
    """The atoms of a day, over the tables ``given`` or ``spent``, ``lives`` and ``deciders``."""
    facts, lives = _kept(SCHEMAS[table], table), ibis.table(_LIVES, name="lives")
    if table == "spent":
        found = asking.spent_on(facts, lives, day=_marked("day"), point=_marked("known"))
    else:
        deciders = ibis.table({"body": "int64"}, name="deciders")
        accounts = ibis.table({"account": "int64", **_WHOSE}, name="accounts")
        found = asking.given_on(
            facts, accounts, lives, deciders, what, day=_marked("day"), known=_marked("known"), level=_marked("level")
        )
    return found.select(*ATOMS.names)


def papers() -> Table:
    """The papers behind every account on a day."""
    facts = _kept(SCHEMAS["given"], "given")
    return asking.papers_on(facts, day=_marked("day"), known=_marked("known"), level=_marked("level"))


def rolled(roll: str, is_open: bool) -> Table:
    """The atoms of a roll-up, over its tables and, in the middle of a month, ``given``."""
    flows = {"cell": "int64", "month": "int32", "level": "int8", "dong": "int64", "n": "int64"}
    found = asking.rolled_on(
        ibis.table(flows, name=f"flows_{roll}"),
        _kept(SCHEMAS["given"], "given") if is_open else None,
        ibis.table({"account": "int64", "cell": "int64"}, name=f"cell_of_{roll}"),
        ibis.table({"cell": "int64", **_WHOSE}, name=f"cells_{roll}"),
        ibis.table(_LIVES, name="lives"),
        day=_marked("day"),
        month=_marked("month"),
        level=_marked("level"),
    )
    return found.select(*ATOMS.names)


def rolled_papers(roll: str) -> Table:
    """The papers behind every cell of a roll-up on a day."""
    there = ibis.table(_PAPERS | {"level": "int8", "n": "int64"}, name=f"papers_{roll}")
    return asking.rolled_papers_on(there, day=_marked("day"), level=_marked("level"))


def moved() -> Table:
    """The atoms found in the units of a reading: those with one heir, and those that were shared out."""
    heirs = ibis.table({"place": "int64", "heir": "int64", "heir_said": "int32"}, name="heirs")
    whole = asking.in_units(_kept(ATOMS, "found"), heirs).select(*ATOMS.names)
    return ibis.union(whole, _kept(ATOMS, "shared").select(*ATOMS.names))


@cache
def _text(kind: str, *shape: Any) -> str:
    """The SQL of a shape, its marks turned into parameters."""
    said = text_of("duckdb", kind, *shape)
    for name, mark in MARKS.items():
        said = said.replace(f"{mark}", f"${name}")
    return said


def text_of(dialect: str, kind: str, *shape: Any) -> str:
    """The SQL of a shape in a dialect, with marks where values belong."""
    made: dict[str, Callable[..., Table]] = {
        "judged": judged,
        "asked": asked,
        "atoms": atoms_of,
        "papers": papers,
        "rolled": rolled,
        "rolled_papers": rolled_papers,
        "moved": moved,
    }
    return str(ibis.to_sql(made[kind](*shape), dialect=dialect))


def nodes_in(atoms: pa.Table, columns: tuple[str, ...]) -> list[Any]:
    """The distinct rows of some columns."""
    each = atoms.group_by(list(columns), use_threads=False).aggregate([])
    return list(zip(*(each[column].to_pylist() for column in columns), strict=True))


class Runner:
    """One question's way through the memory of a process."""

    def __init__(self, held: Holding, *, day: int, known: int, point: int, level: int) -> None:
        self.held, self.database = held, held.database
        self.day, self.known, self.point, self.level = day, known, point, level
        self._atoms = ""
        self._met: dict[str, list[Any]] | None = None  # the nodes of the atoms found
        self._width = 0

    def deciders(self, bodies: Iterable[int]) -> None:
        """The bodies whose decisions make a denominator."""
        self.database.register("deciders", pa.table({"body": pa.array(sorted(set(bodies)), pa.int64())}))

    def find(self, table: str, what: str, known: int | None, roll: str = "") -> None:
        """Find the atoms of a day, or those of a roll-up; the last few findings stay in memory, for the next question
        about the same.
        """
        state = (self.point if table == "spent" else self.known, self.level, self.held.taken)
        key = (table, what, roll, self.day, *state)
        kept = self.held.found
        if key not in kept:
            self._lives(known)
            name = f"atoms_{next(_numbers)}"
            text = _text("rolled", roll, self._is_open) if roll else _text("atoms", table, what)
            self.held.run(f"CREATE TABLE {name} AS {text}", self._values("flows" if roll else table))
            kept[key] = name
            while len(kept) > _ROOM:
                gone = kept.pop(next(iter(kept)))
                self.held.run(f"DROP TABLE {gone}")
                self.held.met.pop(gone, None)
        kept[key] = kept.pop(key)
        self._atoms, self._met = kept[key], None
        for view in ("found", "atoms"):
            self._show(view, self._atoms)

    def _show(self, view: str, table: str) -> None:
        """Let a view show a table, where it shows another one."""
        if self.held.shown.get(view) != table:
            self.held.run(f"CREATE OR REPLACE VIEW {view} AS SELECT * FROM {table}")
            self.held.shown[view] = table

    @property
    def _is_open(self) -> bool:
        """Is the day in the middle of its month?"""
        return month_of(day_of(self.day)) <= day_of(self.day)

    def find_papers(self, roll: str = "") -> None:
        """Find the papers behind every account of the day, or every cell of a roll-up."""
        key = ("papers", roll, self.day, self.known, self.level, self.held.taken)
        if self.held.papers != key:
            if roll:
                self.held.rolls.keep_papers(roll)
            text = _text("rolled_papers", roll) if roll else _text("papers")
            self.held.run(f"CREATE OR REPLACE TABLE papers AS {text}", self._values("papers" if roll else "given"))
            self.held.papers = key

    def _values(self, table: str) -> dict[str, int]:
        values = {"day": self.day, "known": self.known, "level": self.level}
        values["month"] = number_of(month_of(day_of(self.day)))
        if table == "spent":
            values["known"] = self.point
        return {name: values[name] for name in _ASKED[table]}

    def _lives(self, known: int | None) -> None:
        """First and last day of each place, where it has one."""
        key = (known, stamp())
        if self.held.lives == key:
            return
        lives = territory.lives(known)
        rows = [(place, *life_of(place, lives)) for place in lives]
        places, begins, ends = zip(*rows, strict=True) if rows else ((), (), ())
        columns = {"place": pa.array(places, pa.int64()), "begins": pa.array(begins, pa.int32())}
        self.held.put("lives", pa.table(columns | {"ends": pa.array(ends, pa.int32())}))
        self.held.lives = key

    def places(self) -> list[Any]:
        """The places of the atoms found."""
        return self.held.run("SELECT DISTINCT place FROM atoms")

    def every(self, known: int | None) -> list[Any]:
        """Every atom of what was spent on the day."""
        self.find("spent", "", known)
        return self.held.run(f"SELECT {_COLUMNS} FROM atoms ORDER BY ALL")

    def atoms_at(self, places: list[int]) -> list[Any]:
        """Every atom found at some places."""
        self.database.register("wanted", pa.table({"place": pa.array(places, pa.int64())}))
        text = f"SELECT {_COLUMNS} FROM atoms WHERE place IN (SELECT place FROM wanted)"
        return self.held.run(text)

    def move(self, heirs: pa.Table, shared: pa.Table) -> None:
        """Read the atoms in other units: those with one heir stand there, the others are those given."""
        self.database.register("heirs", heirs)
        self.database.register("shared", shared)
        self.held.run(f"CREATE OR REPLACE TABLE moved AS {_text('moved')}")
        self._show("atoms", "moved")
        self._met = self._meet()

    def judge(self, nodes: Nodes) -> None:
        """Tell every node that an atom stands at what it is, and every atom what becomes of it."""
        if self._met is None:
            self._met = self.held.met.get(self._atoms) or self._meet()
            self.held.met[self._atoms] = self._met
        tables = {name: nodes.table(name, met) for name, met in self._met.items()}
        telling = nodes.telling(tables)
        for name in telling:
            self.database.register(f"nodes_{name}", tables[name])
        self.held.run(f"CREATE OR REPLACE TABLE judged AS {_text('judged', nodes.by, telling)}")
        self._width = len(nodes.by)

    def _meet(self) -> dict[str, list[Any]]:
        """The nodes at which the atoms stand, along each dimension."""
        columns = dict.fromkeys(column for some in DIMENSIONS.values() for column in some)
        found = self.database.sql(f"SELECT {', '.join(columns)} FROM atoms").to_arrow_table()
        return {name: nodes_in(found, some) for name, some in DIMENSIONS.items()}

    def ask(self, question: str, *, own: bool = False) -> list[Any]:
        """The rows of a question about the atoms judged, as Python values."""
        return self.held.run(_text("asked", question, self._width, own))

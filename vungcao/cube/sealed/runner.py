"""Runs the questions of ``asking`` on what a process holds.

The cells of a roll-up are judged and summed in memory (``cells``), all else in the engine, with SQL kept per shape
(``shapes``). Answers are read as Python integers: a sum that outgrew 64 bits would still be exact.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import count
from typing import Any, Final

import pyarrow as pa

from vungcao.cube.sealed.asking import DIMENSIONS
from vungcao.cube.sealed.cells import Found
from vungcao.cube.sealed.holding import Holding
from vungcao.cube.sealed.nodes import Nodes
from vungcao.cube.sealed.shapes import ATOMS
from vungcao.cube.sealed.shapes import text as text_for
from vungcao.cube.sealed.standing import life_of, said_on
from vungcao.cube.sealed.tables import day_of, month_of, number_of
from vungcao.evidence.queries import stamp
from vungcao.territory import queries as territory

_COLUMNS: Final = ", ".join(ATOMS.names)
_ASKED: Final = {
    "given": ("day", "known", "level"),
    "spent": ("day", "known"),
    "flows": ("day", "month", "level"),
    "papers": ("day", "level"),
}
_ROOM: Final = 12
_numbers = count()


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
        self._cells: Found | None = None  # what was found instead of atoms, judged outside the engine
        self._width = 0

    def deciders(self, bodies: Iterable[int]) -> None:
        """The bodies whose decisions make a denominator."""
        self.database.register("deciders", pa.table({"body": pa.array(sorted(set(bodies)), pa.int64())}))

    def find(self, table: str, what: str, known: int | None, roll: str = "", *, moves: bool = False) -> None:
        """Find the atoms of a day, or those of a roll-up; the last few findings stay in memory, for the next question
        about the same. ``moves``: they are to be read in other units.
        """
        self._cells = self._cells_of(roll, known) if roll and not moves else None
        if self._cells is not None:
            return
        state = (self.point if table == "spent" else self.known, self.level, self.held.taken)
        key = (table, what, roll, self.day, *state)
        kept = self.held.found
        if key not in kept:
            self._lives(known)
            name = f"atoms_{next(_numbers)}"
            text = text_for("rolled", roll, self._is_open) if roll else text_for("atoms", table, what)
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

    def _cells_of(self, roll: str, known: int | None) -> Found | None:
        """The cells of a roll-up on the day; ``None`` where a sum could outgrow 64 bits."""
        key = (roll, self.day, self.level, self.held.taken)
        kept = self.held.cells
        if key not in kept:
            lives = territory.lives(known)
            found = self.held.rolls.columns(roll).on(
                self.day,
                self.level,
                lambda asked: self.database.sql(text_for("since", roll), params=asked).to_arrow_table(),
                lambda place: said_on(place, self.day, lives),
            )
            if found is None:
                return None
            kept[key] = found
            while len(kept) > _ROOM:
                kept.pop(next(iter(kept)))
        kept[key] = kept.pop(key)
        return kept[key]

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
            text = text_for("rolled_papers", roll) if roll else text_for("papers")
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
        self.held.run(f"CREATE OR REPLACE TABLE moved AS {text_for('moved')}")
        self._show("atoms", "moved")
        self._met = self._meet()

    def judge(self, nodes: Nodes) -> None:
        """Tell every node that an atom stands at what it is, and every atom what becomes of it."""
        self._width = len(nodes.by)
        if self._cells is not None:
            tables = {name: nodes.table(name, met) for name, met in self._cells.met.items()}
            self._cells.judge(tables, nodes.by, nodes.telling(tables))
            return
        if self._met is None:
            self._met = self.held.met.get(self._atoms) or self._meet()
            self.held.met[self._atoms] = self._met
        tables = {name: nodes.table(name, met) for name, met in self._met.items()}
        telling = nodes.telling(tables)
        for name in telling:
            self.database.register(f"nodes_{name}", tables[name])
        self.held.run(f"CREATE OR REPLACE TABLE judged AS {text_for('judged', nodes.by, telling)}")

    def _meet(self) -> dict[str, list[Any]]:
        """The nodes at which the atoms stand, along each dimension."""
        columns = dict.fromkeys(column for some in DIMENSIONS.values() for column in some)
        found = self.database.sql(f"SELECT {', '.join(columns)} FROM atoms").to_arrow_table()
        return {name: nodes_in(found, some) for name, some in DIMENSIONS.items()}

    def ask(self, question: str, *, own: bool = False) -> list[Any]:
        """The rows of a question about the atoms judged, as Python values."""
        if self._cells is not None:
            asked = self._cells.asked(question, own=own)
            if asked is not None:
                return asked
            self.held.put("judged", self._cells.inside())
        return self.held.run(text_for("asked", question, self._width, own))

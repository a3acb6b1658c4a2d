"""The questions of ``asking`` as SQL, kept per shape.

The text of a question depends on its shape only (which question, along which dimensions), never on its values: days,
acts and levels are compiled as marks and become parameters, nodes are tables. So each shape is compiled once a
process.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, Final

import ibis
import pyarrow as pa
from ibis.expr.types import Table

from vungcao.cube.sealed import asking
from vungcao.cube.sealed.asking import DIMENSIONS, KEYS
from vungcao.cube.sealed.tables import SCHEMAS
from vungcao.ledger.models.accounts import REGION

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


def since(roll: str) -> Table:
    """What each day of an open month adds to the cells of a roll-up."""
    return asking.since_on(
        _kept(SCHEMAS["given"], "given"),
        ibis.table({"account": "int64", "cell": "int64"}, name=f"cell_of_{roll}"),
        day=_marked("day"),
        month=_marked("month"),
        level=_marked("level"),
    )


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
def text(kind: str, *shape: Any) -> str:
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
        "since": since,
        "rolled_papers": rolled_papers,
        "moved": moved,
    }
    return str(ibis.to_sql(made[kind](*shape), dialect=dialect))


__all__ = ["ATOMS", "MARKS", "text", "text_of"]

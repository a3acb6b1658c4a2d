"""The questions to the facts, as Ibis expressions: the same on DuckDB and on Spark.

First the *atoms* of a day (`given_on`, `spent_on`), then their reading (`in_units`), then what becomes of each
(`judged`): it is in the question, out of it, or wider than it, and it has a key along each dimension or was said above
that level. What a node of a tree is (its verdict and its key) is worked out in Python, once a node, and joined.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import ibis
from ibis import _
from ibis.expr.types import IntegerScalar, IntegerValue, Table

from vungcao.ledger.models.accounts import REGION

IN, WIDE, OUT = 2, 1, 0  # verdicts about one atom along one dimension
DIMENSIONS: Final = {
    "component": ("component", "said"),
    "place": ("place", "said"),
    "body": ("body", "said"),
    "source": ("source",),
    "field": ("field",),
    "years": ("year_origin", "year_use"),
}  # the tables of nodes, and the columns that join them
JUDGED: Final = (
    *("is_in", "gap", "node", "dong", "ref", "kind", "qualifier", "includes", "component", "body", "place", "is_here"),
    *("year_origin", "year_use"),
)  # what stands in a judged atom, besides its keys
JUDGES: Final = ("year", "component", "place", "body", "source", "field")  # the first that is wide names the gap
KEYS: Final = {
    "component": "component",
    "programme": "component",
    "place": "place",
    "district": "place",
    "province": "place",
    "body": "body",
    "owner": "body",
    "source": "source",
    "field": "field",
    "year": "years",
    "year_use": "years",
}  # dimension of a question → the table of nodes that holds its key, in a column of that name


def given_on(
    given: Table,
    accounts: Table,
    lives: Table,
    deciders: Table,
    what: str,
    *,
    day: IntegerScalar,
    known: IntegerScalar,
    level: IntegerScalar,
) -> Table:
    """Net money of each account on a day (``cube.atoms.given``); ``deciders`` are the bodies whose decisions count."""
    rows = given.filter(_.dated <= day, _.no <= known, _.level >= level)
    if what in ("ttg", "council", "assigned"):
        rows = rows.filter(_.kind == ("assignment" if what == "ttg" else "allocation"))
        rows = rows.semi_join(deciders.rename(decided_by="body"), "decided_by")
    if what in ("council", "assigned"):
        rows = rows.filter((_.dong * _.n > 0) != _.is_reversal)
    if what == "adjusted":
        rows = rows.filter(_.year_origin == _.year_use)
    sums = rows.group_by("account").agg(dong=_.dong.sum(), n=_.n.sum()).filter(_.n > 0)
    return _of_accounts(sums, accounts, "account", lives, day)


def rolled_on(
    flows: Table,
    given: Table | None,
    cell_of: Table,
    cells: Table,
    lives: Table,
    *,
    day: IntegerScalar,
    month: IntegerScalar,
    level: IntegerScalar,
) -> Table:
    """The same sums by the cells of a roll-up: months before ``month``, and the days of ``given`` since; ``None`` on
    the last day of a month. Only of what is known now.
    """
    rows = flows.filter(_.month < month, _.level >= level).select("cell", "dong", "n")
    if given is not None:
        rows = ibis.union(rows, _since(given, cell_of, day=day, month=month, level=level))
    sums = rows.group_by("cell").agg(dong=_.dong.sum(), n=_.n.sum()).filter(_.n > 0)
    return _of_accounts(sums, cells, "cell", lives, day)


def _since(given: Table, cell_of: Table, *, day: IntegerScalar, month: IntegerScalar, level: IntegerScalar) -> Table:
    """The entries of an open month by cell."""
    rows = given.filter(_.dated >= month, _.dated <= day, _.level >= level).join(cell_of, "account")
    return rows.select("cell", "dong", n=_.n.cast("int64"))


def since_on(given: Table, cell_of: Table, *, day: IntegerScalar, month: IntegerScalar, level: IntegerScalar) -> Table:
    """What each day of an open month adds to the cells of a roll-up, by level, the days in their order."""
    rows = given.filter(_.dated >= month, _.dated <= day, _.level >= level).join(cell_of, "account")
    sums = rows.group_by("cell", "dated", "level").agg(dong=_.dong.sum(), n=_.n.sum())
    return sums.order_by("dated")


def _of_accounts(sums: Table, whose: Table, by: str, lives: Table, day: IntegerScalar) -> Table:
    """Sums of money as atoms said on a day, or the nearest to it on which the place stands."""
    joined = sums.join(whose, by).left_join(lives.rename(lived="place"), [("place", "lived")])
    said = day.cast("int32")
    return joined.select(
        *REGION,
        ref=joined[by],
        dong=joined.dong,
        said=_clip(said, joined.begins, joined.ends),
        kind=ibis.literal("account"),
        qualifier=ibis.literal(""),
        includes=ibis.literal(False),
    )


def _clip(said: IntegerValue, begins: IntegerValue, ends: IntegerValue) -> IntegerValue:
    last = ibis.least(said, ends.fill_null(said))
    return ibis.cases((begins > said, begins), else_=last).cast("int32")


def spent_on(spent: Table, lives: Table, *, day: IntegerScalar, point: IntegerScalar) -> Table:
    """What each counted line accounts for by itself on a day: ``cube.atoms.spent``."""
    rows = spent.filter(_.day_from <= day, _.day_to > day, _.no_from <= point, _.no_to > point)
    rows = rows.drop("day_from", "day_to", "no_from", "no_to")
    fixed = rows.filter(_.said.notnull())
    moving = rows.filter(_.said.isnull()).mutate(said=day.cast("int32"))
    columns = sorted(fixed.columns)
    return ibis.union(fixed.select(*columns), _clipped(moving, lives).select(*columns))


def _clipped(atoms: Table, lives: Table) -> Table:
    """``said``, or the day nearest to it on which the place stands."""
    joined = atoms.left_join(lives.rename(lived="place"), [("place", "lived")])
    return joined.mutate(said=_clip(joined.said, joined.begins, joined.ends)).drop("lived", "begins", "ends")


def in_units(atoms: Table, heirs: Table) -> Table:
    """Atoms of places that have exactly one heir in the reading, moved there whole."""
    joined = atoms.join(heirs.rename(was="place"), [("place", "was")])
    return joined.mutate(place=joined.heir, said=joined.heir_said).drop("was", "heir", "heir_said")


def judged(atoms: Table, nodes: Callable[[str], Table], by: tuple[str, ...], telling: tuple[str, ...]) -> Table:
    """Each atom that is not out of the question: ``gap`` says why it is in no row (empty where it is in one),
    ``node`` at which node, ``key_<n>`` its key along the n-th dimension. Only the nodes of ``telling`` dimensions are
    joined: along the others every node is in the question, seen and there, and bears no key.
    """
    joined = atoms
    for name in telling:
        joined = joined.join(nodes(name), list(DIMENSIONS[name]))
    verdicts = {name: joined[f"is_{name}"] for name in JUDGES if f"is_{name}" in joined.columns}
    every = [*verdicts.values(), *([joined.is_year_use] if "years" in telling else [])]
    lowest = ibis.least(*every) if len(every) > 1 else every[0] if every else ibis.literal(IN, "int8")
    keys = {f"key_{n}": joined[f"of_{dim}"] for n, dim in enumerate(by)}
    zero = ibis.literal(0, "int64")
    is_in = lowest == IN
    whys = [(is_in & keys[f"key_{n}"].isnull(), ibis.literal(dim), _node(joined, dim)) for n, dim in enumerate(by)]
    whys.append((is_in, ibis.literal(""), zero))
    whys += [(verdict == WIDE, ibis.literal(name), _node(joined, name)) for name, verdict in verdicts.items()]
    found = {
        "is_in": is_in,
        "gap": ibis.cases(*((when, dim) for when, dim, _node_ in whys), else_=""),
        "node": ibis.cases(*((when, node) for when, _dim, node in whys), else_=zero),
        "is_here": joined.is_here if "place" in telling else ibis.literal(True),
    }
    kept = lowest > OUT
    seen = [joined[f"{name}_seen"] for name in ("place", "body") if name in telling]
    if seen:
        bits: IntegerValue = seen[0] & seen[1] if len(seen) > 1 else seen[0]
        kept &= bits != 0
    plain = [name for name in JUDGED if name not in found]
    return joined.filter(kept).select(*plain, **found, **keys)


def _node(joined: Table, dim: str) -> ibis.Value:
    """The node of an atom along a dimension; the years have none."""
    name = {"programme": "component", "district": "place", "province": "place", "owner": "body"}.get(dim, dim)
    return joined[name] if name in REGION and not name.startswith("year") else ibis.literal(0, "int64")


def of_the_year(judged: Table) -> Table:
    """Only money of the year's own budget: the denominator ``adjusted``."""
    return judged.filter(_.year_origin == _.year_use)


def sums_of(judged: Table, keys: list[str]) -> Table:
    """Sums of the rows and of what is in none: by why (empty in a row), node and kind, by key, by the years of the
    money, by whether the place is still there (``place`` is one of them).
    """
    by = ["gap", "node", "kind", *keys, "year_origin", "year_use"]
    found = judged.group_by(*by, "is_here").agg(place=_.place.min(), dong=_.dong.sum())
    return found.select(*by, "place", "dong")


def years_of(judged: Table) -> Table:
    """The years of the money inside the question, whatever row it is in, and whether some of it is more or less than
    nothing.
    """
    return judged.filter(_.is_in).group_by("year_origin", "year_use").agg(comes_to_something=(_.dong != 0).any())


def lines_of(judged: Table, keys: list[str]) -> Table:
    """How many lines and openings each row is made of."""
    inside = judged.filter(_.gap == "").select(*keys, "kind", "ref").distinct()
    return inside.group_by(*keys).agg(n=_.count()) if keys else inside.agg(n=_.count())


def words_of(judged: Table, keys: list[str]) -> Table:
    """The words that qualify the lines of each row."""
    return judged.filter(_.gap == "", _.qualifier != "").select(*keys, "qualifier").distinct()


def including(judged: Table) -> Table:
    """The counted lines that say they include what was taken over."""
    rows = judged.filter(_.kind == "line", _.includes, (_.gap == "") | (_.dong != 0))
    return rows.select("ref").distinct()


def held_by(judged: Table) -> Table:
    """Money inside the question by body and component."""
    return judged.filter(_.is_in).group_by("body", "component").agg(dong=_.dong.sum())


def papers_of(judged: Table, papers: Table, keys: list[str]) -> Table:
    """The papers behind the accounts of each row."""
    inside = judged.filter(_.gap == "").select(*keys, "ref").distinct()
    found = inside.join(papers, [("ref", "account")])
    return found.select(*keys, "number", "dated").distinct()


def rolled_papers_on(papers: Table, *, day: IntegerScalar, level: IntegerScalar) -> Table:
    """Cell, number and day of each paper that moved money of it, as known now; a cell stands in the place of an
    account.
    """
    rows = papers.filter(_.dated <= day, _.level >= level)
    return rows.group_by("account", "number", "dated").agg(n=_.n.sum()).filter(_.n > 0).drop("n")


def papers_on(given: Table, *, day: IntegerScalar, known: IntegerScalar, level: IntegerScalar) -> Table:
    """Account, number and day of each paper that moved money of it."""
    rows = given.filter(_.dated <= day, _.no <= known, _.level >= level)
    found = rows.group_by("account", "number", "dated").agg(n=_.n.sum())
    return found.filter(_.n > 0).drop("n")


__all__ = [
    "DIMENSIONS",
    "IN",
    "KEYS",
    "OUT",
    "WIDE",
    "given_on",
    "held_by",
    "in_units",
    "including",
    "judged",
    "lines_of",
    "of_the_year",
    "papers_of",
    "papers_on",
    "rolled_on",
    "rolled_papers_on",
    "since_on",
    "spent_on",
    "sums_of",
    "words_of",
    "years_of",
]

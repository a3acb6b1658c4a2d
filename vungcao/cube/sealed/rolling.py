"""Roll-ups of money given: monthly flows by a coarser set of keys, kept by append and never balances.

A roll-up is `given` with some nodes replaced by a *stand-in*: places that lived the same days in the same provinces by
one of them, bodies by one, components of one programme by one. Whoever asks checks that every node of his question is
told the same as its stand-in (``fits``); so a roll-up may be too coarse for a question, but never wrong. Its rows are
sums of whole months; the days of an open month are read from `given`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

import duckdb
import pyarrow as pa

from vungcao.cube.sealed.cells import Columns
from vungcao.ledger.models.accounts import REGION

ROLLS: Final = {"by_comp": ("place", "body"), "by_place": ("component",)}  # → the dimensions whose nodes stand in
_STOOD_IN: Final = ("place", "body", "component")
Signatures = Callable[[str, Sequence[int]], dict[int, Any]]


class Rolls:
    """The roll-ups of one database in memory: ``accounts``, and for each a table of cells and one of flows."""

    def __init__(self, database: duckdb.DuckDBPyConnection, signatures: Signatures) -> None:
        """``signatures``: dimension and nodes → what makes two of them alike."""
        self.database, self._signatures = database, signatures
        self.stands: dict[str, dict[int, int]] = {dim: {} for dim in _STOOD_IN}
        self.are_built = False
        self._with_papers: set[str] = set()
        self._columns: dict[str, Columns] = {}
        self._first: dict[tuple[str, Any], int] = {}  # the stand-in of each signature

    def build(self) -> None:
        """Every roll-up anew from the table `given`."""
        region = ", ".join(f"{name} {'VARCHAR' if name.startswith('year') else 'BIGINT'}" for name in REGION)
        self._run(f"CREATE OR REPLACE TABLE accounts (account BIGINT, {region})")
        for name in ROLLS:
            self._run(f"CREATE OR REPLACE TABLE cells_{name} (cell BIGINT, {region})")
            self._run(f"CREATE OR REPLACE TABLE cell_of_{name} (account BIGINT, cell BIGINT)")
            columns = "cell BIGINT, month INTEGER, level TINYINT, dong BIGINT, n BIGINT"
            self._run(f"CREATE OR REPLACE TABLE flows_{name} ({columns})")
        self._with_papers.clear()
        self.take("given")
        self.are_built = True

    def columns(self, name: str) -> Columns:
        """The cells and flows of a roll-up in memory, as of the last append."""
        if name not in self._columns or self._columns[name].is_in_pieces:
            self._columns[name] = Columns(self.database, name)
        return self._columns[name]

    def forget(self) -> None:
        """Columns in memory are read anew: an append was taken back, or brought new cells."""
        self._columns.clear()

    def keep_papers(self, name: str) -> None:
        """Have the papers behind the cells of a roll-up in the table ``papers_*``: made when first asked for, kept by
        append from then on. Their column ``account`` is the cell.
        """
        if name not in self._with_papers:
            columns = "account BIGINT, number VARCHAR, dated INTEGER, level TINYINT, n BIGINT"
            self._run(f"CREATE OR REPLACE TABLE papers_{name} ({columns})")
            self._add_papers(name, "given")
            self._with_papers.add(name)

    def _add_papers(self, name: str, source: str) -> None:
        self._run(
            f"INSERT INTO papers_{name} SELECT cell, number, dated, level, sum(n) "
            f"FROM {source} JOIN cell_of_{name} USING (account) GROUP BY cell, number, dated, level"
        )

    def take(self, source: str) -> None:
        """Append the rows of a table shaped as `given`: flows and papers only grow."""
        region = ", ".join(REGION)
        whose = ", ".join(f"any_value({one}) AS {one}" for one in REGION)
        ((new,),) = self._run(
            f"CREATE OR REPLACE TABLE fresh AS SELECT account, {whose} "
            f"FROM {source} ANTI JOIN accounts USING (account) GROUP BY account"
        )
        if new:
            self.forget()
            self._run("INSERT INTO accounts SELECT * FROM fresh")
            self._stand_in()
        for name, dims in ROLLS.items():
            if new:
                self._place(name, dims, region)
            self._flow(name, source)
            if name in self._with_papers:
                self._add_papers(name, source)

    def _flow(self, name: str, source: str) -> None:
        """Append what the rows add to the months of their cells, to the table and to the columns in memory."""
        rows = self.database.sql(
            "SELECT cell, CAST(date_trunc('month', DATE '1970-01-01' + dated) AS DATE) - DATE '1970-01-01' AS month, "
            "level, CAST(sum(dong) AS BIGINT) AS dong, CAST(sum(n) AS BIGINT) AS n "
            f"FROM {source} JOIN cell_of_{name} USING (account) GROUP BY cell, month, level ORDER BY month, cell"
        ).to_arrow_table()
        self.database.register("coming_flows", rows)
        self._run(f"INSERT INTO flows_{name} SELECT * FROM coming_flows")
        self.database.unregister("coming_flows")
        if name in self._columns:
            self._columns[name].append(rows)

    def _place(self, name: str, dims: Iterable[str], region: str) -> None:
        """Give each of the accounts ``fresh`` its cell, a new one where none is like it."""
        said = [self._said(one, dims) for one in REGION]
        joins = " ".join(f"JOIN stands_{dim} ON stands_{dim}.node = fresh.{dim}" for dim in dims)
        self._run(f"CREATE OR REPLACE TABLE standing AS SELECT account, {', '.join(said)} FROM fresh {joins}")
        self._run(
            f"INSERT INTO cells_{name} SELECT (SELECT count(*) FROM cells_{name}) + row_number() OVER (), * FROM "
            f"(SELECT {region} FROM standing EXCEPT SELECT {region} FROM cells_{name})"
        )
        self._run(f"INSERT INTO cell_of_{name} SELECT account, cell FROM standing JOIN cells_{name} USING ({region})")

    def _said(self, column: str, dims: Iterable[str]) -> str:
        """What an account has in a column of a roll-up's cell; objects are asked about among the entries only."""
        if column == "spending_object":
            return "0 AS spending_object"
        return f"stands_{column}.stand AS {column}" if column in dims else f"fresh.{column}"

    def _stand_in(self) -> None:
        """Find a stand-in for every node met for the first time, and offer all as the tables ``stands_*``."""
        for dim, stands in self.stands.items():
            met = {node for (node,) in self._run(f"SELECT DISTINCT {dim} FROM fresh")}
            for node, signature in self._signatures(dim, sorted(met - stands.keys())).items():
                stands[node] = self._first.setdefault((dim, signature), node)
            nodes, ins = (pa.array(part, pa.int64()) for part in (list(stands), list(stands.values())))
            self.database.register(f"stands_{dim}", pa.table({"node": nodes, "stand": ins}))

    def _run(self, text: str) -> list[Any]:
        return list(self.database.execute(text).fetchall())


__all__ = ["ROLLS", "Rolls"]

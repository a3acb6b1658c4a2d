"""The facts that one process holds in memory: the last seal, and what was written since (the live tail).

Each process has a database of its own in memory and writes to no file. Before it answers it compares the last act
with the last one it has taken in.
"""

from __future__ import annotations

import os
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from threading import RLock
from typing import Any

import ibis
import pyarrow as pa
from django.conf import settings
from ibis.backends.duckdb import Backend

from vungcao.cube.models import Seal
from vungcao.cube.sealed import given, spent
from vungcao.cube.sealed.cells import Found
from vungcao.cube.sealed.rolling import Rolls
from vungcao.cube.sealed.spent import Part, Stretch
from vungcao.cube.sealed.standing import signatures
from vungcao.cube.sealed.tables import NEVER, SCHEMAS, SPENT, arrow, number_of
from vungcao.evidence.moment import one_moment
from vungcao.evidence.queries import stamp
from vungcao.ledger.models import VoucherKind
from vungcao.ledger.models.accounts import REGION
from vungcao.ledger.moving import moved_since
from vungcao.ledger.regions import Region

Stamp = tuple[int, datetime | None]


class Holding:
    """Tables `given` and `spent` in memory, up to act ``taken``."""

    def __init__(self) -> None:
        self.backend: Backend = ibis.duckdb.connect(":memory:")
        self.database = self.backend.con
        self.lock = RLock()
        self.process = os.getpid()
        self.taken: Stamp = (0, None)
        self.rolls = Rolls(self.database, signatures)
        self.timeline: list[Stretch] = []
        self.points: list[int] = []
        self._moved: list[int] = []
        self.found: dict[tuple[object, ...], str] = {}  # tables of atoms lately found, by what was asked
        self.met: dict[str, dict[str, list[Any]]] = {}  # and the nodes at which they stand
        self.cells: dict[tuple[object, ...], Found] = {}  # cells of roll-ups lately found, by what was asked
        self.shown: dict[str, str] = {}  # view → the table it shows
        self.papers: object = None  # of which day and act the tables of these names are
        self.lives: object = None

    # filling -----------------------------------------------------------------------------------------------
    @classmethod
    def of_register(cls) -> Holding:
        """Everything anew from the register."""
        held = cls()
        for name, schema in SCHEMAS.items():
            held.put(name, arrow([], schema))
        at = stamp()
        for rows in given.rows():
            held._add("given", rows)
        held.rolls.build()
        held.timeline = spent.stretches()
        held._add("spent", spent.whole(held.timeline))
        held.points, held.taken, held._moved = [at[0]], at, spent.moved()
        return held

    @classmethod
    def of_seal(cls, seal: Seal) -> Holding:
        """What a seal's files hold; ``OSError`` where one of them can't be read."""
        held = cls()
        for name, file in (("given", seal.given_file), ("spent", seal.spent_file)):
            path = folder() / file
            if not path.is_file():
                raise FileNotFoundError(path)
            held.run(f"CREATE TABLE {name} AS SELECT * FROM read_parquet(?)", [str(path)])
        held.rolls.build()
        held.timeline = [Stretch(*one) for one in seal.stretches]
        held.points, held.taken = list(seal.points), (seal.no, seal.recorded_at)
        held._moved = [no for no in spent.moved() if no <= seal.no]
        return held

    def run(self, text: str, values: Any = None) -> list[Any]:
        """Run a statement to its end; its rows as Python values."""
        return list(self.database.execute(text, values).fetchall())

    def put(self, name: str, table: pa.Table) -> None:
        """Make, or make anew, a table of the memory from rows."""
        self.database.register("coming", table)
        self.run(f"CREATE OR REPLACE TABLE {name} AS SELECT * FROM coming")
        self.database.unregister("coming")

    def _add(self, name: str, rows: Iterable[tuple[object, ...]]) -> None:
        self.database.register("coming", arrow(list(rows), SCHEMAS[name]))
        self.run(f"INSERT INTO {name} SELECT * FROM coming")
        if name == "given" and self.rolls.are_built:
            self.rolls.take("coming")
        self.database.unregister("coming")

    # the live tail -----------------------------------------------------------------------------------------
    def take_in(self) -> bool:
        """Take in what was written since: nothing, or all of it. ``False`` where what was taken in before is no longer
        in this book: a rollback, or another database, takes acts away.
        """
        with one_moment():
            at = stamp()
            if at == self.taken:
                return True
            since = moved_since(self.taken)
            if since is None:
                return False
            self._take(at, [no for no, _ in since])
            return True

    def _take(self, at: Stamp, moved: list[int]) -> None:
        after = self.taken[0]
        timeline = spent.stretches() if moved else self.timeline
        walks = [one for one in timeline if moved and not self._holds(one)]
        spent.read_ahead(walks)
        changed = [(one, spent.parts(one)) for one in walks]
        self.database.begin()
        try:
            for rows in given.rows(after, with_events=bool(moved)):
                self._add("given", rows)
            for stretch, parts in changed:
                self._replace(stretch, parts, at[0])
            self.database.commit()
        except BaseException:
            self.database.rollback()
            self.rolls.forget()
            raise
        self.timeline, self.taken = timeline, at
        self._moved += moved
        if moved:
            self.points.append(at[0])

    def _holds(self, stretch: Stretch) -> bool:
        """Was the cover of these days made from the same?"""
        over = [one for one in self.timeline if one.first < stretch.end and one.end > stretch.first]
        return bool(over) and all(one.made_from == stretch.made_from for one in over)

    def _replace(self, stretch: Stretch, parts: Counter[Part], no: int) -> None:
        """From act ``no`` on the days of a stretch have these parts; what else counted on them counts no more."""
        old = self.run(
            "SELECT rowid, day_from, day_to, ref, kind, said, dong, qualifier, includes, "
            f"{', '.join(REGION)} FROM spent WHERE no_to = {NEVER} AND day_from < ? AND day_to > ?",
            [stretch.end, stretch.first],
        )
        ended: list[int] = []
        rows: list[tuple[object, ...]] = []
        waiting = parts.copy()
        for key, day_from, day_to, ref, kind, said, dong, qualifier, includes, *region in old:
            part: Part = (ref, kind, said, dong, qualifier, includes, Region(*region))
            if day_from <= stretch.first and day_to >= stretch.end and waiting[part] > 0:
                waiting[part] -= 1
                continue
            ended.append(key)
            if day_from < stretch.first:
                rows.append(spent.row(part, day_from, stretch.first, no))
            if day_to > stretch.end:
                rows.append(spent.row(part, stretch.end, day_to, no))
        rows += [spent.row(part, stretch.first, stretch.end, no) for part in waiting.elements()]
        if ended:
            self.database.register("ended", pa.table({"key": ended}))
            self.run(f"UPDATE spent SET no_to = {no} WHERE rowid IN (SELECT key FROM ended)")
            self.database.unregister("ended")
        self._add("spent", rows)

    def point_of(self, known: int | None) -> int | None:
        """The act at which the cover held is that known at ``known`` (``None``: now); ``None`` where none is held."""
        if known is None or known >= self.taken[0]:
            return self.points[-1]
        place = bisect_right(self._moved, known)
        return next((one for one in self.points if bisect_right(self._moved, one) == place), None)

    def given_by(
        self, columns: Sequence[str], on: date, known: int | None, state: str, assigned_after: date | None
    ) -> list[Any]:
        """What ``cube.given_sums`` asks for."""
        keys = ", ".join(columns)
        no = self.taken[0] if known is None else known
        values: list[object] = [number_of(on), no, given.level_of(state)]
        where = "dated <= ? AND no <= ? AND level >= ?"
        if assigned_after is not None:
            where += " AND kind = ? AND NOT is_reversal AND dated > ?"
            values += [str(VoucherKind.ASSIGNMENT), number_of(assigned_after)]
        found = f"SELECT {keys}, sum(dong) FROM given WHERE {where} GROUP BY {keys} HAVING sum(n) > 0 ORDER BY {keys}"
        return self.run(found, values)

    def sums(self) -> dict[str, tuple[int, int]]:
        """Rows and đồng of each table."""
        found = {}
        for name in SCHEMAS:
            ((rows, dong),) = self.run(f"SELECT count(*), coalesce(sum(dong), 0) FROM {name}")
            found[name] = (int(rows), int(dong))
        return found


def folder() -> Path:
    """Where sealed files lie."""
    path: Path = settings.HOME / "cube"
    path.mkdir(parents=True, exist_ok=True)
    return path


__all__ = ["SPENT", "Holding", "folder"]

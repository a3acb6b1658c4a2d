"""A made ledger in the shape of the sealed table `given`: entries by chance from a seed, as sealed files. No real
figures.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from vungcao.cube.sealed.sealing import ROW_GROUP
from vungcao.cube.sealed.tables import GIVEN, day_of, number_of

FIRST, LAST = number_of(date(2021, 1, 1)), number_of(date(2025, 12, 31))
QUARTERS: Final = np.array([day.year * 4 + (day.month - 1) // 3 for day in map(day_of, range(FIRST, LAST + 1))])
COMPONENTS: Final = 60  # leaves: 3 of each of 20 sub-projects, 2 of which make each of 10 projects, of one programme
SOURCES: Final = 4
A_FILE: Final = 2_000_000  # entries: so much lies in memory while files are made


@dataclass(frozen=True)
class World:
    """How large: communes of old and those they were merged into, districts over them, provinces, entries."""

    name: str
    places: int
    communes: int
    districts: int
    provinces: int
    rows: int

    def predecessors(self, commune: int) -> list[int]:
        """The old communes that a new one was made from; they bear numbers one after the other."""
        return [place for place in range(self.places) if place * self.communes // self.places == commune]


PROVINCE: Final = World("province", 166, 102, 10, 1, 2_000_000)
NATION: Final = World("nation", 10_000, 3_434, 700, 34, 30_000_000)


def files(world: World, rows: int, folder: Path) -> list[Path]:
    """Sealed files of a world, each of the days after those of the one before."""
    parts = -(-rows // A_FILE)
    edges = [FIRST + (LAST + 1 - FIRST) * n // parts for n in range(parts + 1)]
    made = []
    for n in range(parts):
        begun = rows * n // parts
        some = entries(world, begun, rows * (n + 1) // parts - begun, (edges[n], edges[n + 1]), seed=7 + n)
        made.append(folder / f"given-{n:02}.parquet")
        pq.write_table(some, made[-1], row_group_size=ROW_GROUP)
    return made


def entries(world: World, begun: int, n: int, days: tuple[int, int], seed: int) -> pa.Table:
    """Entries numbered by their days, in the order in which ``sealing`` writes them; one in twelve is negative."""
    chance = np.random.default_rng(seed)
    place = chance.integers(0, world.places, n)
    component = chance.integers(0, COMPONENTS, n)
    source = chance.integers(0, SOURCES, n)
    dated = np.sort(chance.integers(*days, n)).astype("int32")
    dong = chance.integers(1, 10**8, n) * np.where(chance.integers(0, 12, n) == 0, -1, 1)
    number = np.arange(begun + 1, begun + n + 1)
    said = {
        "no": number,
        "level": np.full(n, 3, "int8"),
        "dated": dated,
        "dong": dong,
        "n": np.ones(n, "int8"),
        "account": (place * COMPONENTS + component) * SOURCES + source,
        "entry": number,
        "decided_by": np.zeros(n, "int64"),
        "component": component,
        "field": np.zeros(n, "int64"),
        "source": source,
        "body": place,
        "place": place,
        "spending_object": np.zeros(n, "int64"),
        "is_reversal": np.zeros(n, bool),
    }
    same = {"number": "", "kind": "allocation", "year_origin": "2025", "year_use": "2025"}
    columns = [
        pa.array(said[field.name], field.type)
        if field.name in said
        else pa.array([same[field.name]]).dictionary_encode().take(pa.array(np.zeros(n, "int32"))).cast(pa.string())
        for field in GIVEN
    ]
    order = np.lexsort((dated, place, QUARTERS[dated - FIRST]))
    return pa.Table.from_arrays(columns, schema=GIVEN).take(pa.array(order))

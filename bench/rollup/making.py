"""A made ledger in the shape of the sealed table `given`: entries by chance from a seed. No real figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import pyarrow as pa

from vungcao.cube.sealed.tables import GIVEN, number_of

FIRST, LAST = number_of(date(2021, 1, 1)), number_of(date(2025, 12, 31))
COMPONENTS: Final = 60  # leaves: 3 of each of 20 sub-projects, 2 of which make each of 10 projects, of one programme
SOURCES: Final = 4


@dataclass(frozen=True)
class World:
    """How large: communes, districts over them, provinces, entries."""

    name: str
    places: int
    districts: int
    provinces: int
    rows: int


PROVINCE: Final = World("province", 166, 10, 1, 2_000_000)
NATION: Final = World("nation", 10_000, 700, 34, 30_000_000)


def ledger(world: World, rows: int | None = None, seed: int = 7) -> pa.Table:
    """Entries in the order of their days; one in twelve is negative."""
    n, chance = rows or world.rows, np.random.default_rng(seed)
    place = chance.integers(0, world.places, n)
    component = chance.integers(0, COMPONENTS, n)
    source = chance.integers(0, SOURCES, n)
    dated = np.sort(chance.integers(FIRST, LAST + 1, n)).astype("int32")
    dong = chance.integers(1, 10**8, n) * np.where(chance.integers(0, 12, n) == 0, -1, 1)
    account = (place * COMPONENTS + component) * SOURCES + source
    said = {
        "no": np.arange(1, n + 1),
        "level": np.full(n, 3, "int8"),
        "dated": dated,
        "dong": dong,
        "n": np.ones(n, "int8"),
        "account": account,
        "entry": np.arange(1, n + 1),
        "decided_by": np.zeros(n, "int64"),
        "component": component,
        "field": np.zeros(n, "int64"),
        "source": source,
        "body": place,
        "place": place,
        "spending_object": np.zeros(n, "int64"),
    }
    same = {"number": "", "kind": "allocation", "year_origin": "2025", "year_use": "2025"}
    columns = [
        pa.array(said[field.name], field.type)
        if field.name in said
        else pa.array(np.zeros(n, bool))
        if field.name == "is_reversal"
        else pa.array([same[field.name]]).dictionary_encode().take(pa.array(np.zeros(n, "int32"))).cast(pa.string())
        for field in GIVEN
    ]
    return pa.Table.from_arrays(columns, schema=GIVEN)

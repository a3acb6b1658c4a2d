"""Our reader on made tables: kept seeds are read without a miss; on many, no figure falls below what was reached.

``python -m bench.tables --one SEED`` shows one; docs/reader-scores.md says how to read the figures.
"""

from __future__ import annotations

import pytest

from bench.tables import Score
from bench.tables.__main__ import run

# Every row, kind, parent, value, head, column and unit right, every wrong sum found, no false alarm: each layout and
# each difficulty stands here twice or more. A seed that was once missed is added when it is mended.
READ_WITHOUT_A_MISS = [
    1001, 1002, 1003, 1005, 1007, 1008, 1009, 1010, 1011, 1012, 1014, 1022, 1025, 1026, 1030, 1031, 1032, 1034, 1036,
    1039, 1041, 1042, 1043, 1046, 1052, 1053, 1055, 1056, 1083, 1113,
    7000012, 7000104, 7000206, 7000246, 7000301, 9300016, 9300064,  # tables side by side, VNI, units by row
]  # fmt: skip
# In percent. Values and wrong sums stand at their goal; alarms do not yet (goal: below 1, docs/reader-scores.md).
FLOORS = {"tables": 99.5, "rows": 99.5, "row kinds": 99.5, "parents": 99.5, "values": 99.5}
WRONG_SUMS_FOUND = 98.0
MOST_TABLES_ALARMED = 3.0


@pytest.mark.parametrize("seed", READ_WITHOUT_A_MISS)
def test_a_kept_seed_is_read_without_a_miss(seed):
    _, _, _, found = run(seed)
    assert found.wrong == []
    assert found.right["tables"] == found.true["tables"] >= 1


def assert_nothing_fell(seeds):
    total = Score()
    for seed in seeds:
        total.add(run(seed)[3])
    reached = {kind: total.recall(kind) * 100 for kind in FLOORS}
    assert {kind: share for kind, share in reached.items() if share < FLOORS[kind]} == {}
    assert total.claims_found / total.claims * 100 >= WRONG_SUMS_FOUND
    assert total.alarmed_tables / total.tables * 100 <= MOST_TABLES_ALARMED


def test_a_sample_of_made_tables_is_read_as_well_as_before():
    assert_nothing_fell(range(1, 31))


@pytest.mark.slow
def test_two_thousand_made_workbooks_are_read_as_well_as_before():
    assert_nothing_fell(range(2000, 4000))

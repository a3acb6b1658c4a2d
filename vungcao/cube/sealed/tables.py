"""The two tables of facts: their columns, and what a day and a row are in them.

`given`: one row an entry and step of its batch. The row counts from act ``no`` on, for every state up to ``level``;
when the batch goes further, is returned or superseded, a counter-row (``n = -1``) takes it back and another may follow.
So what is given on a day, known at an act, in a state, is the sum of the rows with ``dated ≤ day``, ``no ≤ act`` and
``level ≥ state``, and ``n`` says how many entries that sum is made of.

`spent`: one row for each counted line of the cover and the days and acts for which it counted:
``day_from ≤ day < day_to`` and ``no_from ≤ act < no_to``. Summed over a day and an act it is the cover's parts.

Days are whole days since 1/1/1970 (int32), acts are their numbers, amounts whole đồng (int64).
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import Final

import pyarrow as pa

from vungcao.ledger.models.accounts import REGION

EPOCH: Final = date(1970, 1, 1)
FIRST_DAY: Final = (date.min - EPOCH).days
LAST_DAY: Final = (date.max - EPOCH).days
NEVER: Final = 2**62  # an act number that none will reach: what stands has not ended
_YEARS: Final = ("year_origin", "year_use")
_REGION: Final = [(name, pa.string() if name in _YEARS else pa.int64()) for name in REGION]

GIVEN: Final = pa.schema(
    [
        ("no", pa.int64()),
        ("level", pa.int8()),
        ("dated", pa.int32()),
        ("dong", pa.int64()),
        ("n", pa.int8()),
        ("account", pa.int64()),
        ("entry", pa.int64()),
        ("number", pa.string()),
        ("kind", pa.string()),
        ("is_reversal", pa.bool_()),
        ("decided_by", pa.int64()),
        *_REGION,
    ]
)
SPENT: Final = pa.schema(
    [
        ("no_from", pa.int64()),
        ("no_to", pa.int64()),
        ("day_from", pa.int32()),
        ("day_to", pa.int32()),
        ("dong", pa.int64()),
        ("ref", pa.int64()),
        ("kind", pa.string()),
        ("said", pa.int32()),  # the day in whose units it was said; null: those of the day asked about
        ("qualifier", pa.string()),
        ("includes", pa.bool_()),  # a line of a statement that says it includes what was taken over
        *_REGION,
    ]
)
SCHEMAS: Final = {"given": GIVEN, "spent": SPENT}


def number_of(on: date) -> int:
    """A day as a number."""
    return (on - EPOCH).days


@cache
def day_of(number: int) -> date:
    """The day of a number."""
    return EPOCH + timedelta(days=number)


def month_of(on: date) -> date:
    """The first day of the month that is still open on a day: after the last day of a month it is the next one."""
    following = date.fromordinal(on.toordinal() + 1)
    return following.replace(day=1)


def arrow(rows: list[tuple[object, ...]], schema: pa.Schema) -> pa.Table:
    """Rows as a table of a schema; an amount that does not fit raises ``pyarrow.ArrowInvalid``."""
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(schema)
    return pa.Table.from_arrays(
        [pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)], schema=schema
    )

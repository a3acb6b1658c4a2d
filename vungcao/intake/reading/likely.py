"""Claims a table makes without saying so: a rate, a remainder or a grand total that comes out in nearly every row.

Such a claim is taken up only when it holds in at least three quarters of the rows and in three rows with figures; then
the rows where it does not come out are worth showing.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from decimal import Decimal
from itertools import permutations

from vungcao.intake.reading.claims import ColumnClaim
from vungcao.intake.reading.document import Column, Row, Rule
from vungcao.intake.reading.figures import TableFigures
from vungcao.intake.reading.words import REMAINDER_HEAD, TOTAL_HEAD, fold

_FEWEST_ROWS = 3
_MOST_COLUMNS = 14
_SAMPLE = 400

Formula = Callable[[list[Decimal]], Decimal | None]


def likely_claims(columns: Sequence[Column], rows: Sequence[Row], claimed: set[str]) -> list[ColumnClaim]:
    """Claims for columns that no number row and no head explains; ``claimed`` are the columns already explained."""
    seen = [row for row in rows if not row.hidden]
    if len(seen) > _SAMPLE * 2:  # a long table: rows spread evenly over it tell; the checks then try every row
        seen = seen[:: len(seen) // _SAMPLE]
    figures = TableFigures(seen)
    amounts = [column for column in columns if column.kind in ("money", "count") and not column.hidden][:_MOST_COLUMNS]
    claims: list[ColumnClaim] = []
    for column in columns:
        if column.col in claimed or column.hidden or not column.path:
            continue
        leaf = fold(column.path[-1])
        others = [other for other in amounts if other is not column]
        claim: ColumnClaim | None = None
        if column.kind == "percent":
            claim = _pair(column, others, figures, "rate", "c_{0} / c_{1}", _rate)
        elif column.kind in ("money", "count") and REMAINDER_HEAD.match(leaf):
            claim = _pair(column, others, figures, "difference", "c_{0} - c_{1}", _difference)
        elif column.kind in ("money", "count") and len(column.path) == 1 and TOTAL_HEAD.fullmatch(leaf):
            claim = _grand_total(column, others, figures)
        claims += [claim] if claim else []
    return claims


def _pair(
    column: Column, others: Sequence[Column], rows: TableFigures, rule: Rule, template: str, formula: Formula
) -> ColumnClaim | None:
    """The two columns, of one kind, that a column is nearly always computed from."""
    for one, other in permutations(others, 2):
        if one.kind == other.kind and _holds(column, [one, other], rows, formula):
            tree = ast.parse(template.format(one.col, other.col), mode="eval").body
            return ColumnClaim(rule, column.col, (one.col, other.col), tree, True)
    return None


def _grand_total(column: Column, others: Sequence[Column], rows: TableFigures) -> ColumnClaim | None:
    """A total at the left of groups of columns is the sum of the first two, three … groups (each counted once)."""
    groups: dict[str, list[Column]] = {}
    for other in others:
        if other.kind == column.kind and other.path and _follows(other.col, column.col):
            groups.setdefault(other.path[0], []).append(other)
    added: list[Column] = []
    for count, group in enumerate(groups.values(), start=1):
        own_total = [one for one in group if len(one.path) > 1 and TOTAL_HEAD.fullmatch(fold(one.path[1]))]
        added += own_total[:1] or group
        if count > 1 and _holds(column, added, rows, _sum):
            return ColumnClaim("sum_of_columns", column.col, tuple(one.col for one in added), None, True)
    return None


def _follows(col: str, other: str) -> bool:
    return (len(col), col) > (len(other), other)


def _holds(column: Column, terms: Sequence[Column], rows: TableFigures, formula: Formula) -> bool:
    tried = good = telling = 0
    own = rows.column(column.col).numbers
    used = [rows.column(term.col).numbers for term in terms]
    for printed, *values in zip(own, *used, strict=True):
        if printed is None or all(value is None for value in values):
            continue
        tried += 1
        if tried > 40 and good * 2 < tried:
            return False
        computed = formula([value or Decimal(0) for value in values])
        if computed is None:
            continue
        exponent = printed.normalize().as_tuple().exponent
        step = Decimal(1).scaleb(min(exponent, 0) if isinstance(exponent, int) else 0)
        if abs(computed - printed) <= max(step, Decimal("0.1")) * Decimal("0.6"):
            good += 1
            telling += bool(printed) and all(values) and not (formula is _rate and printed == 100)
    return telling >= _FEWEST_ROWS and good * 4 >= tried * 3


def _rate(values: list[Decimal]) -> Decimal | None:
    return values[0] / values[1] * 100 if values[1] else None


def _difference(values: list[Decimal]) -> Decimal:
    return values[0] - values[1]


def _sum(values: list[Decimal]) -> Decimal:
    return sum(values, Decimal(0))

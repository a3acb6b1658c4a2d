"""Claims a table makes without saying so: a rate, remainder, balance or grand total that comes out in nearly every row.

Such a claim is taken up only when it holds in at least three quarters of the rows and in three rows with figures; then
the rows where it does not come out are worth showing.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from itertools import permutations

from vungcao.intake.reading.claims import ColumnClaim
from vungcao.intake.reading.document import Column, Row, Rule
from vungcao.intake.reading.figures import TableFigures, is_rate
from vungcao.intake.reading.words import OF_WHICH, REMAINDER_HEAD, TOTAL_HEAD, TOTAL_OPENING, fold

_FEWEST_ROWS = 3
_MOST_COLUMNS = 14
_SAMPLE = 400
_MOST = Decimal("0.75")
_START = re.compile(r"\b(dau (nam|ky|thang|quy)|da giao|truoc dieu chinh)\b")
_END = re.compile(r"\b(cuoi (nam|ky|thang|quy)|sau dieu chinh)\b")
_LESS = re.compile(r"\b(giam|thoat|chet|chuyen di|thu no|xoa no|nop tra)\b")
_MORE = re.compile(r"\b(tang|tai ngheo|phat sinh|chuyen den|tach ho|cho vay|bo sung)\b")

Formula = Callable[[list[Decimal]], Decimal | None]


def likely_claims(columns: Sequence[Column], rows: Sequence[Row], claimed: set[str]) -> list[ColumnClaim]:
    """Claims for columns that no number row and no head explains; ``claimed`` are the columns already explained.

    A wrong line spoils its total's line too, so what holds nearly everywhere but in totals is believed as well.
    """
    seen = [row for row in rows if not row.hidden]
    if len(seen) > _SAMPLE * 2:  # a long table: rows spread evenly over it tell; the checks then try every row
        seen = seen[:: len(seen) // _SAMPLE]
    lines = [row for row in seen if row.kind != "total"]
    samples = [seen, lines] if _FEWEST_ROWS <= len(lines) < len(seen) else [seen]
    trials = [(TableFigures(one), TableFigures([row for row in one if not is_rate(row)])) for one in samples]
    amounts = [column for column in columns if column.kind in ("money", "count") and not column.hidden][:_MOST_COLUMNS]
    claims: list[ColumnClaim] = []
    for column in columns:
        if column.col in claimed or column.hidden or not column.path:
            continue
        others = [other for other in amounts if other is not column]
        found = (_likely_claim(column, columns, others, *trial) for trial in trials)
        claims += [claim for claim in found if claim][:1]
    return claims


def _likely_claim(
    column: Column, columns: Sequence[Column], others: Sequence[Column], figures: TableFigures, added: TableFigures
) -> ColumnClaim | None:
    """What one column's head and figures imply; ``added`` are the rows whose figures may be added up."""
    leaf = fold(column.path[-1])
    if column.kind == "percent":
        claim = _pair(column, others, figures, "rate", "c_{0} / c_{1}", _rate)
        if claim is None and REMAINDER_HEAD.match(leaf):
            rates = [one for one in columns if one.kind == "percent" and one is not column and not one.hidden]
            claim = _pair(column, rates, figures, "difference", "c_{0} - c_{1}", _difference)
        return claim
    if column.kind not in ("money", "count"):
        return None
    if REMAINDER_HEAD.match(leaf):
        return _pair(column, others, figures, "difference", "c_{0} - c_{1}", _difference)
    if len(column.path) == 1 and TOTAL_OPENING.match(leaf):
        return _grand_total(column, others, added)
    return _balance(column, columns, figures) if _END.search(fold(" ".join(column.path))) else None


def _pair(
    column: Column, others: Sequence[Column], rows: TableFigures, rule: Rule, template: str, formula: Formula
) -> ColumnClaim | None:
    """The two columns, of one kind, that a column is nearly always computed from."""
    for one, other in permutations(others, 2):
        if one.kind == other.kind and _good_rows(column, [one, other], rows, formula):
            tree = ast.parse(template.format(one.col, other.col), mode="eval").body
            return ColumnClaim(rule, column.col, (one.col, other.col), tree, True)
    return None


def _grand_total(column: Column, others: Sequence[Column], rows: TableFigures) -> ColumnClaim | None:
    """A total at the left of groups of columns is the sum of the first two, three … groups (each counted once).

    One at their right end is the sum of the last two, three … before it. Of several readings the one that comes out
    most often is taken: a group that is nearly everywhere nought is a term too.
    """
    best, found = 0, None
    alike = [other for other in others if other.kind == column.kind and other.path]
    behind = [other for other in alike if _follows(other.col, column.col)]
    before = [other for other in reversed(alike) if _follows(column.col, other.col)]
    for run in (behind, before):
        groups: dict[str, list[Column]] = {}
        for other in run:
            groups.setdefault(other.path[0], []).append(other)
        added: list[Column] = []
        for count, group in enumerate(groups.values(), start=1):
            own_total = [one for one in group if len(one.path) > 1 and TOTAL_HEAD.fullmatch(fold(one.path[1]))]
            added += own_total[:1] or group
            if count < 2:
                continue
            good = _good_rows(column, added, rows, _sum, _adds_two)
            if good > best:
                terms = sorted((one.col for one in added), key=lambda col: (len(col), col))
                best, found = good, ColumnClaim("sum_of_columns", column.col, tuple(terms), None, True)
    return found


def _balance(end: Column, columns: Sequence[Column], rows: TableFigures) -> ColumnClaim | None:
    """“Cuối năm” is “đầu năm” less what went, plus what came, each told by a head between them (practice §4.5)."""
    before = [one for one in columns[: columns.index(end)] if one.kind == end.kind and not one.hidden]
    for at, start in enumerate(before):
        if not _START.search(fold(" ".join(start.path))):
            continue
        moves = [(sign, one) for one in _told_once(before[at + 1 :]) if (sign := _direction(one))]
        signs = [1, *(sign for sign, _ in moves)]

        def moved(values: list[Decimal], signs: Sequence[int] = tuple(signs)) -> Decimal:
            return sum((sign * value for sign, value in zip(signs, values, strict=True)), Decimal(0))

        terms = [start, *(one for _, one in moves)]
        if moves and _good_rows(end, terms, rows, moved, lambda values: bool(values[0]) and any(values[1:])):
            said = "".join(f" {'+' if sign > 0 else '-'} c_{one.col}" for sign, one in moves)
            tree = ast.parse(f"c_{start.col}{said}", mode="eval").body
            return ColumnClaim("difference", end.col, tuple(one.col for one in terms), tree, False)
    return None


def _told_once(columns: Sequence[Column]) -> list[Column]:
    """The columns without those that only divide another: under “Trong đó”, or beside their group's own total."""
    whole = {one.path[:-1] for one in columns if len(one.path) > 1 and TOTAL_HEAD.fullmatch(fold(one.path[-1]))}
    return [
        one
        for one in columns
        if not any(OF_WHICH.match(fold(text)) for text in one.path)
        and not any(
            one.path[: len(group)] == group
            and not (one.path[:-1] == group and TOTAL_HEAD.fullmatch(fold(one.path[-1])))
            for group in whole
        )
    ]


def _direction(column: Column) -> int:
    """−1 for what went, 1 for what came, 0 where the head says neither or both; the lowest head that says it counts."""
    for text in reversed(column.path):
        less, more = bool(_LESS.search(fold(text))), bool(_MORE.search(fold(text)))
        if less != more:
            return 1 if more else -1
    return 0


def _follows(col: str, other: str) -> bool:
    return (len(col), col) > (len(other), other)


def _adds_two(values: list[Decimal | None]) -> bool:
    return sum(map(bool, values)) > 1


def _good_rows(
    column: Column,
    terms: Sequence[Column],
    rows: TableFigures,
    formula: Formula,
    telling: Callable[[list[Decimal | None]], bool] = all,
) -> int:
    """In how many rows it comes out: none unless nearly everywhere, and in enough rows whose values are ``telling``."""
    tried = good = told = 0
    own = rows.column(column.col).numbers
    spared = len(own) * (1 - _MOST)  # so many rows at most may not come out
    used = [rows.column(term.col).numbers for term in terms]
    for printed, *values in zip(own, *used, strict=True):
        if printed is None or all(value is None for value in values):
            continue
        tried += 1
        if (tried > 40 and good * 2 < tried) or tried - 1 - good > spared:
            return 0
        computed = formula([value or Decimal(0) for value in values])
        if computed is None:
            continue
        exponent = printed.normalize().as_tuple().exponent
        step = Decimal(1).scaleb(min(exponent, 0) if isinstance(exponent, int) else 0)
        if abs(computed - printed) <= max(step, Decimal("0.1")) * Decimal("0.6"):
            good += 1
            told += bool(printed) and telling(values) and not (formula is _rate and printed == 100)
    return good if told >= _FEWEST_ROWS and good >= tried * _MOST else 0


def _rate(values: list[Decimal]) -> Decimal | None:
    return values[0] / values[1] * 100 if values[1] else None


def _difference(values: list[Decimal]) -> Decimal:
    return values[0] - values[1]


def _sum(values: list[Decimal]) -> Decimal:
    return sum(values, Decimal(0))

"""Claims tried on figures: a verdict for each cell that claims something.

``rounding`` is a difference that the printed decimals explain; ``cannot_tell`` stands where a term is missing, only
approximate or in error, or where the claim itself is only likely and holds nowhere.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, DivisionByZero, InvalidOperation

from vungcao.intake.reading import words
from vungcao.intake.reading.claims import ColumnClaim, RowClaim
from vungcao.intake.reading.document import Check, Column, Row, Rule, Table, Unit, Value, Verdict
from vungcao.intake.reading.words import fold

_HALF = Decimal("0.5")
_NOTHING = ("empty", "not_applicable", "nil")


@dataclass(slots=True)
class Terms:
    """Terms of a sum: their cells, total, and what keeps us from being sure."""

    cells: list[str]
    total: Decimal
    blank: int = 0
    unsure: bool = False
    known: int = 0


class Checker:
    """Tries claims on one table's rows and columns."""

    def __init__(self, columns: Sequence[Column], rows: Sequence[Row], unit: Unit, *, extract: bool = False) -> None:
        self.columns = {column.col: column for column in columns}
        self.rows = {row.row: row for row in rows}
        self.unit = unit
        self.extract = extract  # the table says it is taken from a larger one
        self.places = {column.col: _places(row.values.get(column.col) for row in rows) for column in columns}
        self.children: dict[int, list[Row]] = {}
        for row in rows:
            if row.parent is not None and row.kind in ("item", "section") and not row.hidden:
                self.children.setdefault(row.parent, []).append(row)

    # rows

    def try_rows(self, claim: RowClaim) -> list[Check]:
        whole = self.rows[claim.whole.row]
        parts = [self.rows[line.row] for line in claim.parts]
        checks: list[Check] = []
        for column in self.columns.values():
            if column.kind not in ("money", "count", "percent") or column.hidden:
                continue
            check = self._row_check(claim, whole, parts, column)
            if check is not None:
                checks.append(check)
        return checks if claim.firm else supported(checks)

    def _row_check(self, claim: RowClaim, whole: Row, parts: list[Row], column: Column) -> Check | None:
        value = whole.values[column.col]
        if column.kind == "percent" or words.NOT_ADDED.fullmatch(fold(column.path[-1] if column.path else "")):
            if claim.rule != "sum_of_rows" or column.kind != "percent":
                return None
            return self._shares(whole, parts, column)
        terms = self._terms(parts, column.col, deep=claim.rule == "sum_of_rows")
        if not terms.known or (value.number is None and value.kind in (*_NOTHING, "text", "date")):
            return None
        cell = f"{column.col}{whole.row}"
        if value.number is None:
            return Check(claim.rule, cell, None, terms.total, "cannot_tell", tuple(terms.cells))
        if claim.rule == "of_which":
            verdict = self._parts_verdict(value, terms, [part.values[column.col] for part in parts], column)
        else:
            verdict = self._sum_verdict(value, terms, column, extract=self.extract and whole.kind == "total")
        return Check(claim.rule, cell, value.number, terms.total, verdict, tuple(terms.cells))

    def _terms(self, parts: Iterable[Row], col: str, *, deep: bool) -> Terms:
        """Add up the parts; a section without a figure of its own stands for its children."""
        terms = Terms([], Decimal(0))
        for part in parts:
            value = part.values[col]
            if value.number is None and value.kind == "empty" and deep and self.children.get(part.row):
                below = self._terms(self.children[part.row], col, deep=True)
                terms.cells += below.cells
                terms.total += below.total
                terms.blank += below.blank
                terms.known += below.known
                terms.unsure = terms.unsure or below.unsure
                continue
            terms.cells.append(f"{col}{part.row}")
            if value.number is not None:
                terms.total += value.number
                terms.known += 1
                terms.unsure = terms.unsure or value.kind == "approximate"
            elif value.kind == "empty":
                terms.blank += 1
            elif value.kind not in _NOTHING:
                terms.unsure = True
        return terms

    def _sum_verdict(self, value: Value, terms: Terms, column: Column, *, extract: bool) -> Verdict:
        printed = value.number
        if printed is None:
            return "cannot_tell"
        difference = printed - terms.total
        if not difference:
            return "holds"
        if abs(difference) <= self._slack(column, len(terms.cells)):
            return "rounding"
        if terms.unsure or value.kind == "approximate":
            return "cannot_tell"
        if difference > 0 and (terms.blank or extract) and (extract or terms.blank * 2 >= len(terms.cells)):
            return "cannot_tell"
        return "fails"

    def _parts_verdict(self, whole: Value, terms: Terms, parts: list[Value], column: Column) -> Verdict:
        printed = whole.number
        if printed is None:
            return "cannot_tell"
        slack = self._slack(column, len(terms.cells))
        if terms.total <= printed:
            return "holds"
        if terms.total - printed <= slack:
            return "rounding"
        if terms.unsure or whole.kind == "approximate" or printed < 0:
            return "cannot_tell"
        largest = max(part.number for part in parts if part.number is not None)
        return "fails" if column.kind == "money" or largest > printed else "cannot_tell"

    def _shares(self, whole: Row, parts: list[Row], column: Column) -> Check | None:
        """Percentages add up only where they are shares of one whole: the total prints 100 and the parts come near."""
        printed = whole.values[column.col].number
        terms = self._terms(parts, column.col, deep=True)
        if printed != 100 or terms.known < 2 or abs(terms.total - 100) > 2:
            return None
        verdict = self._sum_verdict(whole.values[column.col], terms, column, extract=False)
        cell = f"{column.col}{whole.row}"
        return Check("sum_of_rows", cell, printed, terms.total, verdict, tuple(terms.cells))

    def _slack(self, column: Column, terms: int) -> Decimal:
        """How far rounding can carry a sum of so many printed figures; whole đồng and whole things do not round."""
        places = self.places[column.col]
        dong = column.unit.dong if column.unit else self.unit.dong
        if column.kind == "count" and places == 0:
            return Decimal(0)
        if column.kind == "money" and dong == 1:
            return Decimal(0)
        return Decimal(1).scaleb(-places) * _HALF * (terms + 1)

    # columns

    def try_columns(self, claim: ColumnClaim) -> list[Check]:
        target = self.columns.get(claim.col)
        if target is None or target.hidden or any(term not in self.columns for term in claim.terms):
            return []
        checks = [check for row in self.rows.values() if (check := self._column_check(claim, target, row))]
        return checks if claim.firm else supported(checks, drop_unsupported=True)

    def _column_check(self, claim: ColumnClaim, target: Column, row: Row) -> Check | None:
        value = row.values.get(claim.col)
        if row.hidden or value is None or value.number is None:
            return None
        used = [row.values[term] for term in claim.terms if term in row.values]
        known = [one for one in used if one.number is not None]
        if len(used) != len(claim.terms) or not known:
            return None
        cells = tuple(f"{term}{row.row}" for term in claim.terms)
        cell = f"{claim.col}{row.row}"
        unsure = value.kind == "approximate" or any(
            one.kind in ("approximate", "range", "error", "text", "formula")
            and (one.number is None or one.kind == "approximate")
            for one in used
        )
        amounts = {term: row.values[term].number or Decimal(0) for term in claim.terms}
        if claim.rule == "rate" and claim.formula is not None:
            return self._rate_check(claim.formula, target, value, amounts, cell, cells, unsure)
        computed = _evaluate(claim.formula, amounts) if claim.formula is not None else sum(amounts.values(), Decimal(0))
        if computed is None:
            return Check(claim.rule, cell, value.number, None, "cannot_tell", cells)
        terms = Terms(list(cells), computed, sum(one.kind == "empty" for one in used), unsure, len(known))
        if claim.rule == "of_which":
            verdict = self._parts_verdict(value, terms, used, target)
        else:
            verdict = self._sum_verdict(value, terms, target, extract=False)
        return Check(claim.rule, cell, value.number, computed, verdict, cells)

    def _rate_check(self, formula: ast.expr, target: Column, value: Value, amounts: dict[str, Decimal], cell: str,
                    cells: tuple[str, ...], unsure: bool) -> Check | None:  # fmt: skip
        """A rate is compared at its printed decimals; in a percentage column ``6/3`` means ``6/3*100``."""
        printed = value.number
        exact = _evaluate(formula, amounts)
        if printed is None or exact is None:
            return Check("rate", cell, printed, None, "cannot_tell", cells)
        if not _has_hundred(formula) and (
            target.kind == "percent" or abs(exact * 100 - printed) < abs(exact - printed)
        ):
            exact *= 100
        places = max(self.places[target.col], _places([value]))
        step = Decimal(1).scaleb(-places)
        computed = exact.quantize(step, rounding=ROUND_HALF_UP)
        verdict: Verdict = "holds"
        if computed != printed:
            own = Decimal(1).scaleb(-_places([value]))
            if exact.quantize(own, rounding=ROUND_HALF_UP) == printed or abs(exact - printed) <= step:
                verdict = "rounding"
            else:
                verdict = "cannot_tell" if unsure else "fails"
        return Check("rate", cell, printed, computed, verdict, cells)


def supported(checks: list[Check], *, drop_unsupported: bool = False) -> list[Check]:
    """A likely claim that mostly fails is no claim: its failures become ``cannot_tell`` (or are dropped)."""
    tried = [check for check in checks if check.verdict in ("holds", "rounding", "fails")]
    good = sum(check.verdict != "fails" and bool(check.printed) for check in tried)
    bad = sum(check.verdict == "fails" for check in tried)
    if good and good >= bad:
        return checks
    if drop_unsupported and bad and not good and len(tried) > 1:
        return [check for check in checks if check.rule == "of_which" and check.verdict != "fails"]
    return [_doubted(check) if check.verdict == "fails" else check for check in checks]


def _doubted(check: Check) -> Check:
    return Check(check.rule, check.cell, check.printed, check.computed, "cannot_tell", check.terms)


def _has_hundred(tree: ast.expr) -> bool:
    return any(isinstance(node, ast.Constant) and node.value == 100 for node in ast.walk(tree))


def _evaluate(tree: ast.expr, amounts: dict[str, Decimal]) -> Decimal | None:
    """The value of plain arithmetic over columns; None where it divides by nothing."""
    if isinstance(tree, ast.Name):
        return amounts[tree.id.removeprefix("c_")]
    if isinstance(tree, ast.Constant) and isinstance(tree.value, int):
        return Decimal(tree.value)
    if isinstance(tree, ast.UnaryOp):
        value = _evaluate(tree.operand, amounts)
        return None if value is None else -value
    if not isinstance(tree, ast.BinOp):
        return None
    left, right = _evaluate(tree.left, amounts), _evaluate(tree.right, amounts)
    if left is None or right is None:
        return None
    if isinstance(tree.op, ast.Add):
        return left + right
    if isinstance(tree.op, ast.Sub):
        return left - right
    if isinstance(tree.op, ast.Mult):
        return left * right
    try:
        return left / right
    except (DivisionByZero, InvalidOperation):
        return None


def _places(values: Iterable[Value | None]) -> int:
    """Most decimals printed among figures (15 digits of a computed cell count as two)."""
    most = 0
    for value in values:
        if value is not None and value.number is not None:
            exponent = value.number.normalize().as_tuple().exponent
            places = max(0, -exponent) if isinstance(exponent, int) else 0
            most = max(most, places if places <= 6 else 2)
    return most


def balance(table: Table) -> list[Check]:
    """“A. GIẢM” and “B. TĂNG” of an adjustment must come to the same, column by column."""
    tops = [row for row in table.rows if row.parent is None and row.kind in ("section", "item") and not row.hidden]
    down = [row for row in tops if _says(row, "giam")]
    up = [row for row in tops if _says(row, "tang")]
    rule: Rule = "balance"
    if len(down) != 1 or len(up) != 1 or len(tops) != 2:
        return []
    checks = []
    for column in table.columns:
        less, more = down[0].values.get(column.col), up[0].values.get(column.col)
        if column.kind == "money" and less and more and less.number is not None and more.number is not None:
            verdict: Verdict = "holds" if abs(less.number) == abs(more.number) else "fails"
            terms = (f"{column.col}{up[0].row}",)
            checks.append(Check(rule, f"{column.col}{down[0].row}", abs(less.number), abs(more.number), verdict, terms))
    return checks


def _says(row: Row, word: str) -> bool:
    return fold(row.label).split()[-1:] == [word] or fold(row.label).startswith((word, f"dieu chinh {word}"))

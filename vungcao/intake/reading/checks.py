"""Claims tried on figures: a verdict for each cell that claims something.

``rounding`` is a difference that the printed decimals explain; ``cannot_tell`` stands where a term is a range, in error
or not read, however well the others add up, where one that is missing or approximate could explain the difference, or
where the claim itself is only likely and holds nowhere.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal, DivisionByZero, InvalidOperation
from functools import lru_cache

from vungcao.intake.reading import words
from vungcao.intake.reading.claims import ColumnClaim, RowClaim
from vungcao.intake.reading.document import Check, Column, Row, Rule, Unit, ValueKind, Verdict
from vungcao.intake.reading.figures import CellRun, Figures, TableFigures, is_rate
from vungcao.intake.reading.values import decimals

_DOUBLE = Decimal(2**53)
_HALF = Decimal("0.5")
_NOTHING = ("empty", "not_applicable", "nil")
_LONG = 1_000  # terms beyond which cells are named only when asked
Formula = Callable[..., Decimal]


@dataclass(slots=True)
class Terms:
    """Terms of a sum: rows of their cells, total, and what keeps us from being sure."""

    rows: list[int] = field(default_factory=list)
    total: Decimal = Decimal(0)
    blank: int = 0
    unsure: bool = False  # a part is only approximate
    known: int = 0
    largest: Decimal = Decimal("-Infinity")
    unknown: bool = False  # a part is a range, an error or not read: what the others add up to proves nothing

    def cells(self, col: str) -> Sequence[str]:
        return CellRun(col, self.rows) if len(self.rows) > _LONG else tuple(f"{col}{row}" for row in self.rows)

    def add(self, number: Decimal | None, kind: ValueKind) -> None:
        """Count one value in."""
        if number is not None:
            self.total += number
            self.known += 1
            self.largest = max(self.largest, number)
            self.unsure = self.unsure or kind == "approximate"
        elif kind == "empty":
            self.blank += 1
        elif kind not in _NOTHING:
            self.unknown = True


class Checker:
    """Tries claims on one table's rows and columns."""

    def __init__(self, columns: Sequence[Column], rows: Sequence[Row], unit: Unit, *, extract: bool = False,
                 doubles: bool = False) -> None:  # fmt: skip
        self.columns = {column.col: column for column in columns}
        self.rows = {row.row: row for row in rows}
        self.unit = unit
        self.extract = extract  # the table says it is taken from a larger one
        self.doubles = doubles  # the file holds figures as doubles
        self.figures = TableFigures(rows)
        self.children: dict[int, list[Row]] = {}
        self.with_hidden = False
        for row in rows:
            if row.parent is not None and row.kind in ("item", "section"):
                self.children.setdefault(row.parent, []).append(row)

    def figure(self, cell: str) -> Decimal | None:
        """The figure of a cell of this table (``C12``); None where it holds none."""
        col = cell.rstrip("0123456789")
        return self.figures.column(col).numbers[self.figures.index[int(cell[len(col) :])]]

    # rows

    def try_rows(self, claims: Sequence[RowClaim], *, with_hidden: bool = False) -> list[list[Check]]:
        """The checks of each claim, column by column; ``with_hidden`` counts hidden lines under a section in."""
        self.with_hidden = with_hidden
        found: list[list[Check]] = [[] for _ in claims]
        parts = [[line.row for line in claim.parts] for claim in claims]
        for column in self.columns.values():
            if column.kind not in ("money", "count", "percent") or column.hidden:
                continue
            figures = self.figures.column(column.col) if claims else Figures([])
            for index, claim in enumerate(claims):
                check = self._row_check(claim, parts[index], column, figures)
                if check is not None:
                    found[index].append(check)
        return [checks if claim.firm else supported(checks) for claim, checks in zip(claims, found, strict=True)]

    def _row_check(self, claim: RowClaim, parts: list[int], column: Column, figures: Figures) -> Check | None:
        whole = claim.whole.row
        at = self.figures.index[whole]
        printed, kind = figures.numbers[at], figures.kind(at)
        added = column.kind != "percent" and not words.not_added(column.path)
        if not added:
            if claim.rule != "sum_of_rows" or column.kind != "percent" or printed != 100:
                return None
            return self._shares(whole, parts, column, figures)
        if printed is None and kind in (*_NOTHING, "text", "date"):
            return None
        terms = self._terms(Terms(), parts, figures, deep=claim.rule == "sum_of_rows")
        if not terms.known:
            return None
        cell = f"{column.col}{whole}"
        if printed is None:
            return Check(claim.rule, cell, None, terms.total, "cannot_tell", terms.cells(column.col))
        if claim.rule == "of_which" and not claim.complete:
            verdict = self._parts_verdict(printed, kind, terms, column, len(terms.rows))
        else:
            extract = self.extract and self.rows[whole].kind == "total"
            verdict = self._sum_verdict(printed, kind, terms, column, len(terms.rows), extract=extract)
        return Check(claim.rule, cell, printed, terms.total, verdict, terms.cells(column.col))

    def _terms(self, terms: Terms, parts: Sequence[int], figures: Figures, *, deep: bool) -> Terms:
        """Add up the parts; a section without a figure of its own stands for its children."""
        numbers, index, odd = figures.numbers, self.figures.index, figures.odd
        for row in parts:
            at = index[row]
            number = numbers[at]
            if number is None and deep and at not in odd and row in self.children:
                below = [child.row for child in self.children[row] if self.with_hidden or not child.hidden]
                if below:
                    self._terms(terms, below, figures, deep=True)
                    continue
            terms.rows.append(row)
            if number is not None and at not in odd:
                terms.total += number
                terms.known += 1
                if number > terms.largest:
                    terms.largest = number
            else:
                terms.add(number, figures.kind(at))
        return terms

    def _sum_verdict(
        self, printed: Decimal, kind: ValueKind, terms: Terms, column: Column, count: int, *, extract: bool
    ) -> Verdict:
        difference = printed - terms.total
        if terms.unknown:
            return "cannot_tell"
        if not difference:
            return "holds"
        if abs(difference) <= self._slack(column, count):
            return "rounding"
        if terms.unsure or kind == "approximate":
            return "cannot_tell"
        if difference > 0 and (terms.blank or extract) and (extract or terms.blank * 2 >= count):
            return "cannot_tell"
        return "fails"

    def _parts_verdict(self, printed: Decimal, kind: ValueKind, terms: Terms, column: Column, count: int) -> Verdict:
        if terms.unknown and terms.largest <= printed:
            return "cannot_tell"
        if terms.total <= printed:
            return "holds"
        if terms.total - printed <= self._slack(column, count):
            return "rounding"
        if terms.unsure or kind == "approximate" or printed < 0:
            return "cannot_tell"
        return "fails" if column.kind == "money" or terms.largest > printed else "cannot_tell"

    def _shares(self, whole: int, parts: list[int], column: Column, figures: Figures) -> Check | None:
        """Percentages add up only where they are shares of one whole: the total prints 100 and the parts come near."""
        terms = self._terms(Terms(), parts, figures, deep=True)
        if terms.known < 2 or abs(terms.total - 100) > 2:
            return None
        printed, kind = Decimal(100), figures.kind(self.figures.index[whole])
        verdict = self._sum_verdict(printed, kind, terms, column, len(terms.rows), extract=False)
        return Check("sum_of_rows", f"{column.col}{whole}", printed, terms.total, verdict, terms.cells(column.col))

    def _slack(self, column: Column, terms: int) -> Decimal:
        """How far rounding can carry a sum of so many printed figures; whole đồng and whole things do not round."""
        figures = self.figures.column(column.col)
        if self.doubles and (largest := max((abs(one) for one in figures.numbers if one), default=0)) >= _DOUBLE:
            return Decimal(largest) / _DOUBLE * (terms + 1)
        places = figures.places
        dong = column.unit.dong if column.unit else self.unit.dong
        unit_known = column.unit is not None or self.unit.said is not None
        if column.kind == "count" and places == 0 and (unit_known or words.is_count(column.path[-1:])):
            return Decimal(0)
        if column.kind == "money" and dong == 1:
            return Decimal(0)
        return Decimal(1).scaleb(-places) * _HALF * (terms + 1)

    # columns

    def try_columns(self, claim: ColumnClaim) -> list[Check]:
        target = self.columns.get(claim.col)
        if target is None or target.hidden or any(term not in self.columns for term in claim.terms):
            return []
        checks = self._column_checks(claim, target)
        return checks if claim.firm else supported(checks, drop_unsupported=True)

    def _column_checks(self, claim: ColumnClaim, target: Column) -> list[Check]:
        """One check for each row that prints a figure and has at least one term."""
        own = self.figures.column(claim.col)
        used = [self.figures.column(term) for term in claim.terms]
        formula = compiled(claim)
        checks: list[Check] = []
        zero = Decimal(0)
        for at, (row, printed) in enumerate(zip(self.figures.rows, own.numbers, strict=True)):
            if printed is None or row.hidden:
                continue
            values = [one.numbers[at] for one in used]
            if None in values and all(value is None for value in values):
                continue
            try:
                exact = formula(*[zero if value is None else value for value in values])
            except (DivisionByZero, InvalidOperation):
                checks.append(RowCheck(claim, row.row, printed, None, "cannot_tell"))
                continue
            if None in values and any(one.numbers[at] is None and one.kind(at) not in _NOTHING for one in used):
                checks.append(RowCheck(claim, row.row, printed, exact, "cannot_tell"))
                continue
            if exact == printed:
                checks.append(RowCheck(claim, row.row, printed, printed, "holds"))
                continue
            if claim.rule == "sum_of_columns" and is_rate(row):
                continue
            kinds = [one.kind(at) for one in used]
            unsure = "approximate" in (own.kind(at), *kinds)
            checks.append(self._settled(claim, target, row.row, printed, own.kind(at), exact, kinds, values, unsure))
        return checks

    def _settled(self, claim: ColumnClaim, target: Column, row: int, printed: Decimal, kind: ValueKind, exact: Decimal,
                 kinds: list[ValueKind], values: list[Decimal | None], unsure: bool) -> Check:  # fmt: skip
        """The check of a row that does not come out to the last digit."""
        if claim.rule == "rate" and claim.formula is not None:
            return self._rate_check(claim, target, row, printed, exact, values, unsure)
        known = [value for value in values if value is not None]
        if claim.rule == "difference" and not claim.firm and target.kind == "count":
            unsure = unsure or "empty" in kinds  # a movement not reported leaves a balance of counts open
        terms = Terms([], exact, kinds.count("empty"), unsure, len(known), max(known))
        if claim.rule == "of_which":
            verdict = self._parts_verdict(printed, kind, terms, target, len(values))
        else:
            verdict = self._sum_verdict(printed, kind, terms, target, len(values), extract=False)
        return RowCheck(claim, row, printed, exact, verdict)

    def _rate_check(self, claim: ColumnClaim, target: Column, row: int, printed: Decimal, exact: Decimal,
                    values: list[Decimal | None], unsure: bool) -> Check:  # fmt: skip
        """A rate is compared at its printed decimals; in a percentage column ``6/3`` means ``6/3*100``."""
        assert claim.formula is not None
        times = Decimal(1)
        if not _has_hundred(claim.formula) and (
            target.kind == "percent" or abs(exact * 100 - printed) < abs(exact - printed)
        ):
            times = Decimal(100)
        places = max(self.figures.column(target.col).places, decimals(printed))
        step = Decimal(1).scaleb(-places)
        computed = (exact * times).quantize(step, rounding=ROUND_HALF_UP)
        verdict: Verdict = "holds"
        if computed != printed:
            own = Decimal(1).scaleb(-decimals(printed))
            off = abs(exact * times - printed)
            near = step + self._spread(claim, values, exact) * times
            if (exact * times).quantize(own, rounding=ROUND_HALF_UP) == printed or off <= near:
                verdict = "rounding"
            else:
                verdict = "cannot_tell" if unsure else "fails"
        return RowCheck(claim, row, printed, computed, verdict)

    def _spread(self, claim: ColumnClaim, values: list[Decimal | None], exact: Decimal) -> Decimal:
        """How far the rounding of its printed terms can carry a rate."""
        formula = compiled(claim)
        amounts = [value or Decimal(0) for value in values]
        spread = Decimal(0)
        for index, term in enumerate(claim.terms):
            half = self._slack(self.columns[term], 0)
            if half:
                try:
                    moved = formula(*amounts[:index], amounts[index] + half, *amounts[index + 1 :])
                except (DivisionByZero, InvalidOperation):
                    continue
                spread += abs(moved - exact)
        return spread


class RowCheck(Check):
    """A column's claim tried in one row; its cells are named when asked, as a long table has very many."""

    __slots__ = ("claim", "row")
    claim: ColumnClaim
    row: int

    def __init__(
        self, claim: ColumnClaim, row: int, printed: Decimal | None, computed: Decimal | None, verdict: Verdict
    ) -> None:
        put = object.__setattr__  # the class is frozen
        put(self, "claim", claim)
        put(self, "row", row)
        put(self, "printed", printed)
        put(self, "computed", computed)
        put(self, "verdict", verdict)
        put(self, "candidates", ())

    @property
    def rule(self) -> Rule:  # told by the claim
        return self.claim.rule

    @property
    def cell(self) -> str:  # told by claim and row
        return f"{self.claim.col}{self.row}"

    @property
    def terms(self) -> Sequence[str]:  # told by claim and row
        return tuple(f"{term}{self.row}" for term in self.claim.terms)


def compiled(claim: ColumnClaim) -> Formula:
    """The claim's arithmetic as a function of its terms (a plain sum where it names no formula)."""
    if claim.formula is None:
        return lambda *amounts: sum(amounts, Decimal(0))
    names = sorted({node.id for node in ast.walk(claim.formula) if isinstance(node, ast.Name)})
    arguments = ast.arguments(
        posonlyargs=[], args=[ast.arg(arg=name) for name in names], kwonlyargs=[], kw_defaults=[], defaults=[]
    )
    tree = ast.fix_missing_locations(ast.Expression(ast.Lambda(args=arguments, body=claim.formula)))
    made = eval(compile(tree, "<claim>", "eval"), {"__builtins__": {}})  # arithmetic over c_… and plain numbers only
    order = [f"c_{term}" for term in claim.terms]
    places = [order.index(name) for name in names]
    return lambda *amounts: Decimal(made(*[amounts[place] for place in places]))


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


@lru_cache(maxsize=256)
def _has_hundred(tree: ast.expr) -> bool:
    return any(isinstance(node, ast.Constant) and node.value == 100 for node in ast.walk(tree))

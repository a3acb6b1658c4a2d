"""Plain formulas evaluated where the file holds no result: sums, differences, products, rates, IF, ROUND.

Anything else (links to other workbooks, look-ups, names) is left alone, and said to have no value.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection
from decimal import ROUND_HALF_UP, Decimal, DivisionByZero, InvalidOperation
from typing import Final

from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token

from vungcao.intake.reading.grid import Cell, Grid, NumberCell, TextCell, column_number, exact, number_cell

Result = Decimal | str | bool | None

_CELL = re.compile(r"^\$?([A-Z]{1,3})\$?(\d{1,7})$")
_RANGE = re.compile(r"^\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})$")
_SAME_ROW = re.compile(r"(?<![A-Z!'$])\$?[A-Z]{1,3}\$?(\d{1,7})(?![\d(])")
_MOST_CELLS: Final = 50_000
_DEEPEST: Final = 60
_MOST_TRIED: Final = 5_000
_TELLING_PLACES: Final = 6
_NEAR: Final = Decimal("0.000000001")
_ORDER: Final = ({"=", "<>", "<", ">", "<=", ">="}, {"&"}, {"+", "-"}, {"*", "/"}, {"^"})


class CannotEvaluate(Exception):
    """The formula is not plain, or ends in an error."""


class Evaluator:
    """Evaluates formulas of one grid; results are kept, rings are refused."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self.results: dict[tuple[int, int], Result] = {}
        self.open: set[tuple[int, int]] = set()

    def at(self, row: int, col: int) -> Result:
        place = (row, col)
        cell = self.grid.at(row, col)
        if cell is None:
            return None
        if place not in self.grid.uncached:
            if cell.error:
                raise CannotEvaluate(cell.said)
            return cell.kept if isinstance(cell, NumberCell) else cell.said
        if place not in self.results:
            if place in self.open or len(self.open) > _DEEPEST or not cell.formula:
                raise CannotEvaluate("ring")
            self.open.add(place)
            try:
                self.results[place] = self.evaluate(cell.formula)
            finally:
                self.open.discard(place)
        return self.results[place]

    def evaluate(self, formula: str) -> Result:
        tokens = [token for token in Tokenizer(f"={formula}").items if token.type != Token.WSPACE]
        reader = _Tokens(tokens, self)
        result = reader.expression(0)
        if reader.left:
            raise CannotEvaluate(formula)
        return result

    def range(self, said: str) -> list[Result]:
        """Values of ``C5`` or ``C5:C9`` on this sheet."""
        if found := _CELL.match(said):
            return [self.at(int(found.group(2)), column_number(found.group(1)))]
        found = _RANGE.match(said)
        if not found:
            raise CannotEvaluate(said)
        left, top, right, bottom = found.groups()
        rows, cols = range(int(top), int(bottom) + 1), range(column_number(left), column_number(right) + 1)
        if len(rows) * len(cols) > _MOST_CELLS:
            raise CannotEvaluate(said)
        return [self.at(row, col) for row in rows for col in cols]


class _Tokens:
    """A reader of one formula's tokens, by precedence of operators."""

    def __init__(self, tokens: list[Token], evaluator: Evaluator) -> None:
        self.left = tokens
        self.evaluator = evaluator

    def expression(self, level: int) -> Result:
        if level == len(_ORDER):
            return self.unary()
        result = self.expression(level + 1)
        while self.left and self.left[0].type == Token.OP_IN and self.left[0].value in _ORDER[level]:
            operator = self.left.pop(0).value
            result = _apply(operator, result, self.expression(level + 1))
        return result

    def unary(self) -> Result:
        if self.left and self.left[0].type == Token.OP_PRE:
            sign = self.left.pop(0).value
            signed = _number(self.unary())
            return -signed if sign == "-" else signed
        value: Result = self.operand()
        while self.left and self.left[0].type == Token.OP_POST:
            self.left.pop(0)
            value = _number(value) / 100
        return value

    def operand(self) -> Result:
        if not self.left:
            raise CannotEvaluate("end")
        token = self.left.pop(0)
        if token.type == Token.PAREN and token.subtype == Token.OPEN:
            value = self.expression(0)
            self._close()
            return value
        if token.type == Token.FUNC and token.subtype == Token.OPEN:
            return self.function(token.value.rstrip("(").upper())
        if token.type == Token.OPERAND and token.subtype == Token.NUMBER:
            return exact(token.value)
        if token.type == Token.OPERAND and token.subtype == Token.TEXT:
            return token.value.strip('"')
        if token.type == Token.OPERAND and token.subtype == Token.RANGE:
            values = self.evaluator.range(token.value)
            if len(values) == 1:
                return values[0]
        raise CannotEvaluate(token.value)

    def function(self, name: str) -> Result:
        if name in ("IF", "IFERROR"):
            return self._choice(name)
        arguments = self.arguments()
        if name == "SUBTOTAL" and arguments and arguments[0] in ([Decimal(9)], [Decimal(109)]):
            name, arguments = "SUM", arguments[1:]
        known = _FUNCTIONS.get(name)
        if known is None:
            raise CannotEvaluate(name)
        return known(arguments)

    def arguments(self) -> list[list[Result]]:
        """Arguments of a function, each as a list of values (a range has many)."""
        found: list[list[Result]] = []
        while True:
            if self.left and self.left[0].type == Token.FUNC and self.left[0].subtype == Token.CLOSE:
                self.left.pop(0)
                return found
            ahead = self.left[1] if len(self.left) > 1 else None
            if self.left and self.left[0].subtype == Token.RANGE and ahead and ahead.type in (Token.SEP, Token.FUNC):
                found.append(self.evaluator.range(self.left.pop(0).value))
            else:
                found.append([self.expression(0)])
            self._separator()

    def _choice(self, name: str) -> Result:
        """IF and IFERROR evaluate only the branch they need; the other is skipped."""
        branches = self._branches()
        try:
            first = _Tokens(branches[0], self.evaluator).expression(0)
        except CannotEvaluate:
            if name == "IF" or len(branches) < 2:
                raise
            return _Tokens(branches[1], self.evaluator).expression(0)
        if name == "IFERROR":
            return first
        chosen = 1 if first not in (False, None, Decimal(0)) else 2
        return _Tokens(branches[chosen], self.evaluator).expression(0) if chosen < len(branches) else False

    def _branches(self) -> list[list[Token]]:
        branches: list[list[Token]] = [[]]
        depth = 0
        while self.left:
            token = self.left.pop(0)
            if token.subtype == Token.CLOSE and token.type in (Token.FUNC, Token.PAREN):
                if depth == 0:
                    return branches
                depth -= 1
            elif token.subtype == Token.OPEN:
                depth += 1
            if token.type == Token.SEP and depth == 0:
                branches.append([])
            else:
                branches[-1].append(token)
        raise CannotEvaluate("brackets")

    def _separator(self) -> None:
        if self.left and self.left[0].type == Token.SEP:
            self.left.pop(0)
        elif not (self.left and self.left[0].type == Token.FUNC and self.left[0].subtype == Token.CLOSE):
            raise CannotEvaluate("arguments")

    def _close(self) -> None:
        if not self.left or self.left.pop(0).subtype != Token.CLOSE:
            raise CannotEvaluate("brackets")


def _number(value: Result) -> Decimal:
    if value is None or value == "":
        return Decimal(0)
    if isinstance(value, bool):
        return Decimal(int(value))
    if isinstance(value, Decimal):
        return value
    raise CannotEvaluate(value)


def _apply(operator: str, left: Result, right: Result) -> Result:
    if operator in _ORDER[0]:
        return _compare(operator, left, right)
    if operator == "&":
        return f"{'' if left is None else left}{'' if right is None else right}"
    one, other = _number(left), _number(right)
    try:
        return {"+": one.__add__, "-": one.__sub__, "*": one.__mul__, "/": one.__truediv__, "^": one.__pow__}[operator](
            other
        )
    except (DivisionByZero, InvalidOperation) as error:
        raise CannotEvaluate(operator) from error


def _compare(operator: str, left: Result, right: Result) -> bool:
    if isinstance(left, str) or isinstance(right, str):
        same = ("" if left is None else left) == ("" if right is None else right)
        if operator not in ("=", "<>"):
            raise CannotEvaluate(operator)
        return same if operator == "=" else not same
    one, other = _number(left), _number(right)
    return {"=": one == other, "<>": one != other, "<": one < other, ">": one > other, "<=": one <= other,
            ">=": one >= other}[operator]  # fmt: skip


def _figures(arguments: list[list[Result]]) -> list[Decimal]:
    """Figures among arguments; texts and blanks do not count, as in a spreadsheet."""
    return [value for values in arguments for value in values if isinstance(value, Decimal)]


def _round(arguments: list[list[Result]]) -> Decimal:
    places = int(_number(arguments[1][0])) if len(arguments) > 1 else 0
    return _number(arguments[0][0]).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


_FUNCTIONS: Final[dict[str, Callable[[list[list[Result]]], Result]]] = {
    "SUM": lambda arguments: sum(_figures(arguments), Decimal(0)),
    "ROUND": _round,
    "ABS": lambda arguments: abs(_number(arguments[0][0])),
    "MAX": lambda arguments: max(_figures(arguments), default=Decimal(0)),
    "MIN": lambda arguments: min(_figures(arguments), default=Decimal(0)),
}


def fill_uncached(grid: Grid) -> list[Cell]:
    """Put results into formula cells that hold none; returns the cells filled. The others keep no value."""
    evaluator = Evaluator(grid)
    filled: dict[tuple[int, int], Cell] = {}
    for place in sorted(grid.uncached):
        formula = grid.cells[place].formula
        try:
            result = evaluator.at(*place)
        except (CannotEvaluate, RecursionError, IndexError, ArithmeticError, ValueError):
            continue
        if isinstance(result, bool):
            continue
        code = grid.formats.get(place, "General")
        if isinstance(result, Decimal):
            value = exact(format(result, "f")) if result.is_finite() else result
            filled[place] = number_cell(*place, value, format_code=code, formula=formula)
        elif result:
            filled[place] = TextCell(*place, result, formula)
        else:
            del grid.cells[place]
    grid.cells.update(filled)
    grid.uncached -= set(filled)
    return list(filled.values())


def stale(grid: Grid) -> list[tuple[Cell, Decimal]]:
    """Formula cells whose kept result is not what their formula gives from the kept figures, and what it gives.

    Only formulas of figures that stand on this sheet are tried, at most ``_MOST_TRIED``. Where the kept result only
    bears the noise of binary arithmetic (-0.300000000745058), the figure is what the formula gives (-0.3).
    """
    evaluator = Evaluator(grid)
    found: list[tuple[Cell, Decimal]] = []
    tried = 0
    for cell in grid:
        if not cell.formula or cell.formula == "…" or not cell.is_number or (cell.row, cell.col) in grid.uncached:
            continue
        tried += 1
        if tried > _MOST_TRIED:
            break
        try:
            result = evaluator.evaluate(cell.formula)
        except (CannotEvaluate, RecursionError, IndexError, ArithmeticError, ValueError):
            continue
        if not isinstance(result, Decimal) or not isinstance(cell, NumberCell) or result == cell.kept:
            continue
        if abs(result - cell.kept) > abs(cell.kept) * _NEAR + _NEAR:
            found.append((cell, result))
        elif result.is_finite() and result == round(result, _TELLING_PLACES):
            cell.raw = result.normalize()
    return found


def overtyped(grid: Grid, rows: list[int], col: int, *, totals: Collection[int] = ()) -> list[Cell]:
    """Typed figures in a column that is otherwise computed row by row from its own row; a typed total is no such."""
    cells = [cell for row in rows if (cell := grid.at(row, col)) and (cell.number is not None or cell.formula)]
    computed = [cell for cell in cells if cell.formula and _from_own_row(cell)]
    typed = [cell for cell in cells if not cell.formula and cell.row not in totals]
    summed = [cell for cell in cells if cell.formula and not _from_own_row(cell)]
    if len(computed) < 3 or len(typed) * 3 > len(computed) or len(summed) > len(computed):
        return []
    return typed


def overtyped_in_rows(grid: Grid, rows: list[int], cols: list[int]) -> list[Cell]:
    """Typed figures in a row whose other figures add up, by one and the same formula, lines above or below it."""
    found: list[Cell] = []
    for row in rows:
        cells = [cell for col in cols if (cell := grid.at(row, col)) and (cell.is_number or cell.formula)]
        formulas = Counter(_moved(cell) for cell in cells if cell.formula and not _from_own_row(cell))
        typed = [cell for cell in cells if not cell.formula]
        if formulas and typed and formulas.most_common(1)[0][1] >= max(2, len(typed) * 2):
            found += typed
    return found


def _moved(cell: Cell) -> str:
    """A formula as it reads from its own place: ``SUM(D8:D10)`` in D7 → ``SUM(R1C0:R3C0)``."""

    def relative(match: re.Match[str]) -> str:
        return f"R{int(match.group(2)) - cell.row}C{column_number(match.group(1)) - cell.col}"

    return re.sub(r"\$?\b([A-Z]{1,3})\$?(\d{1,7})\b", relative, cell.formula or "")


def _from_own_row(cell: Cell) -> bool:
    rows = {int(number) for number in _SAME_ROW.findall(cell.formula or "")}
    return rows == {cell.row} or cell.formula == "…"

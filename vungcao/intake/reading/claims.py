"""What a table claims about itself: sums of rows and columns, parts of a whole, differences, rates.

A claim is *firm* where the table says it in so many words (a total, numbered items, ``3=4+5``) and *likely* where its
shape suggests it (dashes under an item, “Tổng số” beside its group): a likely claim must first hold somewhere.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence
from dataclasses import dataclass

from vungcao.intake.reading import words
from vungcao.intake.reading.document import Rule
from vungcao.intake.reading.grid import letters
from vungcao.intake.reading.heads import Head
from vungcao.intake.reading.lines import Line
from vungcao.intake.reading.words import fold

_FORMULA = re.compile(r"^\(?\s*(\w+)\s*\)?\s*=\s*(.+)$")
_HEAD_FORMULA = re.compile(r"[(\[]\s*(\(?\d{1,3}[a-z]?\)?\s*=\s*[^=]+?)\s*[)\]]?$")
_RUN = re.compile(r"(?<![\w.])(\d{1,3})\s*\+\s*(?:(\d{1,3})\s*\+\s*)?(?:…|\.{2,})\s*\+\s*(\d{1,3})(?![\w.])")
_REFERENCE = re.compile(r"(?<![\w.])(\d{1,3}[a-z]?|[A-Z])(?![\w.])")


@dataclass(frozen=True, slots=True)
class RowClaim:
    """A line is the sum (or the whole) of other lines, column by column."""

    rule: Rule
    whole: Line
    parts: tuple[Line, ...]
    firm: bool
    complete: bool = False  # of parts: nothing else is there, so that they add up to the whole


@dataclass(frozen=True, slots=True)
class ColumnClaim:
    """A column is computed from others in each row; ``formula`` is a Python expression over column letters."""

    rule: Rule
    col: str
    terms: tuple[str, ...]
    formula: ast.expr | None
    firm: bool


def row_claims(lines: Sequence[Line]) -> list[RowClaim]:
    """Sums and parts that marks, totals and “Trong đó” claim; hidden lines are no terms."""
    seen = [line for line in lines if not line.hidden]
    claims: list[RowClaim] = []
    top = [line for line in seen if line.parent is None and line.kind in ("item", "section")]
    grand = [line for line in seen if line.kind == "total" and line.grand]
    below: dict[int | None, list[Line]] = {}
    for line in seen:
        below.setdefault(line.parent, []).append(line)
    for line in seen:
        children = below.get(line.row, [])
        added = [one for one in children if one.kind in ("item", "section")]
        parts = [one for one in children if one.kind == "of_which" and one.valued]
        if line.kind == "total" and line.grand and top:
            claims.append(RowClaim("sum_of_rows", line, tuple(_summed(line, grand, top, seen)), True))
        elif line.kind == "total" and line.parent is not None:
            section = [one for one in below[line.parent] if one.kind in ("item", "section")]
            claims.append(RowClaim("sum_of_rows", line, tuple(section), True))
        elif added and line.valued:
            claims.append(RowClaim("sum_of_rows", line, tuple(added), _is_firm(added)))
        if parts and line.valued:
            complete = any(one.complete for one in children if one.kind == "of_which")
            claims.append(RowClaim("of_which", line, tuple(parts), True, complete))
    return [claim for claim in claims if claim.parts]


def _is_firm(children: list[Line]) -> bool:
    firm = ("upper", "roman", "arabic", "dotted")
    return all(one.under or (one.mark is not None and one.mark.scheme in firm) for one in children)


def _summed(total: Line, grand: list[Line], top: list[Line], seen: list[Line]) -> list[Line]:
    """Lines that a grand total adds; several grand totals each close (or open) their own stretch of the table."""
    if len(grand) == 1:
        return top
    first_seen = next(line.row for line in seen if line.kind in ("item", "section", "total"))
    others = [line.row for line in grand if line is not total]
    if grand[0].row == first_seen:
        until = min((row for row in others if row > total.row), default=10**9)
        return [line for line in top if total.row < line.row < until] or top
    since = max((row for row in others if row < total.row), default=0)
    return [line for line in top if since < line.row < total.row] or top


def column_claims(heads: Sequence[Head]) -> tuple[list[ColumnClaim], list[Head]]:
    """Claims that column numbers and head texts make, then those of the heads' shape; and heads not understood."""
    by_number = {_own_number(head.number): head for head in heads if head.number and _own_number(head.number)}
    if not by_number:
        by_number = {str(index): head for index, head in enumerate(heads, start=1)}
    claims: list[ColumnClaim] = []
    strange: list[Head] = []
    for head in heads:
        said = head.number if head.number and "=" in head.number else _formula_in(head.leaf)
        if not said:
            continue
        claim = _formula_claim(head, said, by_number)
        if claim:
            claims.append(claim)
        else:
            strange.append(head)
    said_of = {(claim.col, claim.terms) for claim in claims}
    computed = {claim.col for claim in claims}
    for claim in _shape_claims(heads):
        known = (claim.col, claim.terms) in said_of if claim.rule == "of_which" else claim.col in computed
        claims += [] if known else [claim]
    return claims, strange


def _own_number(said: str | None) -> str:
    found = re.match(r"^\(?\s*(\d{1,3}[a-z]?|[A-Z])\s*\)?", said or "")
    return found.group(1) if found else ""


def _formula_in(text: str) -> str | None:
    found = _HEAD_FORMULA.search(text)
    return found.group(1) if found else None


def _formula_claim(head: Head, said: str, by_number: dict[str, Head]) -> ColumnClaim | None:
    """``7=6/3*100`` as an expression over column letters; None where it cannot be understood."""
    found = _FORMULA.match(said)
    if not found:
        return None
    right = found.group(2).replace("%", "").replace(":", "/").replace("×", "*").replace("–", "-").replace("−", "-")
    right = re.sub(r"(?<=[\d)\s])[xX](?=[\s\d(])", "*", right)
    right = re.sub(r"(?<![\w.])\(\s*(\w+)\s*\)", r"\1", right).replace("[", "(").replace("]", ")")
    right = _RUN.sub(_written_out, right)
    known = {number: other.col for number, other in by_number.items()}
    terms: list[str] = []

    def name(match: re.Match[str]) -> str:
        number = match.group(1)
        if number not in known:
            return number
        terms.append(letters(known[number]))
        return f"c_{letters(known[number])}"

    try:
        tree = ast.parse(_REFERENCE.sub(name, right).strip(), mode="eval").body
    except SyntaxError:
        return None
    if not terms or not _is_arithmetic(tree):
        return None
    operators = {type(node.op) for node in ast.walk(tree) if isinstance(node, ast.BinOp)}
    rule: Rule = "rate" if ast.Div in operators else "difference" if ast.Sub in operators else "sum_of_columns"
    return ColumnClaim(rule, letters(head.col), tuple(terms), tree, True)


def _written_out(run: re.Match[str]) -> str:
    """``4+5+…+23`` with every column named; ``4+6+…+22`` goes by twos; a run that does not come out stays as it is."""
    first, second, last = int(run.group(1)), run.group(2), int(run.group(3))
    step = int(second) - first if second else 1
    if step < 1 or last <= first or (last - first) % step:
        return run.group(0)
    return "+".join(str(number) for number in range(first, last + 1, step))


def _is_arithmetic(tree: ast.expr) -> bool:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and node.value not in (100, 1000, 1):
            return False
        if isinstance(node, ast.Name) and not node.id.startswith("c_"):
            return False
        allowed = (
            ast.BinOp,
            ast.Add,
            ast.Sub,
            ast.Mult,
            ast.Div,
            ast.Name,
            ast.Load,
            ast.Constant,
            ast.UnaryOp,
            ast.USub,
        )
        if not isinstance(node, allowed):
            return False
    return True


def _shape_claims(heads: Sequence[Head]) -> list[ColumnClaim]:
    claims: list[ColumnClaim] = []
    figures = [head for head in heads if head.kind in ("money", "count") and not head.hidden]
    for place, head in enumerate(figures):
        if _of_which_depth(head) is not None:
            continue
        if parts := _parts_of(head, figures[place + 1 :]):
            whole = _whole_of(head, parts, figures[:place])
            runs = [parts] if head.kind == "money" else [[part] for part in parts]  # women and the poor may be the same
            claims += [
                ColumnClaim("of_which", letters(whole.col), tuple(letters(part.col) for part in run), None, False)
                for run in runs
                if whole
            ]
        if len(head.path) >= 2 and words.TOTAL_HEAD.fullmatch(fold(head.leaf)):
            terms = tuple(letters(other.col) for other in _siblings(head, figures))
            if len(terms) >= 2:
                claims.append(ColumnClaim("sum_of_columns", letters(head.col), terms, None, False))
    return claims


def _of_which_depth(head: Head) -> int | None:
    """Where in a head's path “Trong đó” stands."""
    return next((depth for depth, text in enumerate(head.path) if words.OF_WHICH.match(fold(text))), None)


def _whole_of(head: Head, parts: list[Head], before: list[Head]) -> Head | None:
    """What a “Trong đó” beside groups of columns divides: the total before the groups, not the last group's column."""
    depth = _of_which_depth(parts[0]) or 0
    if len(head.path) <= depth + 1:
        return head
    alike = [other for other in before if other.path[:depth] == parts[0].path[:depth]]
    alone = [other for other in alike if len(other.path) == depth + 1]
    totals = [other for other in alone if words.TOTAL_HEAD.fullmatch(fold(other.leaf)) or "=" in (other.number or "")]
    return totals[-1] if totals else None


def _parts_of(head: Head, following: list[Head]) -> list[Head]:
    """Columns under the “Trong đó” that directly follows a column."""
    parts: list[Head] = []
    depth: int | None = None
    for other in following:
        at = _of_which_depth(other)
        if at is None or (depth is not None and at != depth) or other.kind != head.kind:
            break
        if parts and other.path[: at + 1] != parts[0].path[: at + 1] and len(other.path) > at + 1:
            break
        if len(head.path) < at or head.path[:at] != other.path[:at]:
            break
        parts.append(other)
        depth = at
    return parts


def _siblings(head: Head, figures: list[Head]) -> list[Head]:
    """Columns that a “Tổng số” adds: one for each other sub-head of its group (its own total where it has one)."""
    group = head.path[:-1]
    found: list[Head] = []
    done: set[str] = set()
    for other in figures:
        if (
            other is head
            or other.path[: len(group)] != group
            or other.kind != head.kind
            or _of_which_depth(other) is not None
        ):
            continue
        rest = other.path[len(group) :]
        if not rest or rest[0] in done:
            continue
        if len(rest) > 1 and words.TOTAL_HEAD.fullmatch(fold(rest[1])):
            done.add(rest[0])
        found.append(other)
    return found

"""Things put wrong in a made table, one at a time, each so that a stated claim no longer comes out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from random import Random
from typing import Final, Protocol

from bench.tables.figures import Shown
from bench.tables.forms import Col, Form
from bench.tables.lines import Lines, Node

Cell = tuple[Node, str]

FAULTS: Final = (
    "wrong_row_sum", "wrong_column_sum", "wrong_rate", "digit_swap", "sign_flipped", "unit_slip",
    "subtotal_twice", "overtyped", "part_over_whole", "balance",
)  # fmt: skip


class Body(Protocol):
    """What a fault needs to know of a table."""

    chance: Random
    form: Form
    lines: Lines
    figures: dict[Cell, Shown]
    formulas: bool

    def places(self, key: str) -> int: ...

    def reads_as_decimal(self, key: str, value: Decimal) -> bool: ...


WIDER_FAULTS: Final = (*FAULTS, "parts_short")  # of seeds from ``making.WIDER_FROM`` on


def propose(body: Body, kind: str) -> Iterable[tuple[Cell, Decimal]]:
    """Cells that the fault could stand in, in random order, each with its wrong figure."""
    if (kind == "overtyped") != body.formulas:
        return
    for cell in _cells(body, kind):
        shown = body.figures[cell]
        if shown.state == "number" and shown.value is not None:
            wrong = _PUT_WRONG[kind](body, cell, shown.value)
            if kind == "unit_slip" and wrong is not None and body.reads_as_decimal(cell[1], wrong):
                continue  # 53,000 beside 53: no fault anybody could see
            if wrong is not None and wrong != shown.value:
                yield cell, wrong


def _cells(body: Body, kind: str) -> list[Cell]:
    nodes = [node for node in body.lines.printed() if node.valued and not node.hidden and not node.header]
    cols = [col for col in body.form.cols if col.kind in ("money", "count", "percent") and not col.hidden]
    cells = [(node, col.key) for node in nodes for col in cols if _suits(kind, node, col, body.form)]
    body.chance.shuffle(cells)
    return cells[:12]


def _suits(kind: str, node: Node, col: Col, form: Form) -> bool:
    sums_up = bool(node.children) and col.added
    if kind == "wrong_row_sum":
        return sums_up
    if kind == "wrong_column_sum":
        return bool(col.formula) and not col.is_rate and node.kind != "of_which"
    if kind == "wrong_rate":
        return col.is_rate and node.kind != "of_which"
    if kind == "subtotal_twice":
        return node.kind == "total" and col.added and any(child.children for child in node.children)
    if kind == "overtyped":
        return sums_up or bool(col.formula and node.kind != "of_which")
    if kind == "part_over_whole":
        return node.kind == "of_which" and col.added
    if kind == "parts_short":
        return node.kind == "of_which" and col.added and node.parent is not None and node.parent.complete
    if kind == "balance":
        return form.lines == "adjustment" and node.kind == "item" and col.key in ("moved", "less", "more")
    return col.added and node.kind != "of_which"


def _off(body: Body, cell: Cell, value: Decimal) -> Decimal:
    """The figure with something added or taken away, at its printed decimals."""
    step = Decimal(1).scaleb(-body.places(cell[1]))
    by = max(abs(value) * Decimal(body.chance.randint(2, 40)) / 100, step * body.chance.randint(8, 60))
    by = (by / step).to_integral_value() * step
    return value + by if body.chance.random() < 0.6 or value < by else value - by


def _swapped(body: Body, cell: Cell, value: Decimal) -> Decimal | None:
    digits = list(str(abs(value)))
    spots = [
        at for at in range(len(digits) - 1)
        if digits[at] != digits[at + 1] and "." not in digits[at : at + 2] and not (at == 0 and digits[1] == "0")
    ]  # fmt: skip
    if not spots:
        return None
    at = body.chance.choice(spots)
    digits[at], digits[at + 1] = digits[at + 1], digits[at]
    return Decimal("".join(digits)).copy_sign(value)


def _twice(body: Body, cell: Cell, value: Decimal) -> Decimal | None:
    node, key = cell
    again = [body.figures[child, key].value for child in node.children if child.children and child.valued]
    known = [one for one in again if one]
    return value + body.chance.choice(known) if known else None


def _over(body: Body, cell: Cell, value: Decimal) -> Decimal | None:
    node, key = cell
    whole = body.figures[node.parent, key].value if node.parent else None
    return whole + max(abs(whole) / 10, Decimal(10)).quantize(Decimal(1)) if whole is not None else None


def _short(body: Body, cell: Cell, value: Decimal) -> Decimal | None:
    """A part with a tenth and more of it left out."""
    step = Decimal(1).scaleb(-body.places(cell[1]))
    less = (abs(value) * Decimal(body.chance.randint(10, 60)) / 100 / step).to_integral_value() * step
    return value - less if less > 8 * step else None


_PUT_WRONG: Final[dict[str, Callable[[Body, Cell, Decimal], Decimal | None]]] = {
    "wrong_row_sum": _off,
    "wrong_column_sum": _off,
    "wrong_rate": lambda body, cell, value: value + Decimal(body.chance.choice([-1, 1]) * body.chance.randint(3, 25)),
    "digit_swap": _swapped,
    "sign_flipped": lambda body, cell, value: -value,
    "unit_slip": lambda body, cell, value: value * 1000,
    "subtotal_twice": _twice,
    "overtyped": _off,
    "part_over_whole": _over,
    "balance": _off,
    "parts_short": _short,
}

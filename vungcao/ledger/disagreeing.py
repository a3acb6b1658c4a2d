"""What standing statements say against the money given, and published figures against each other."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from vungcao.bodies.models import BodyKind
from vungcao.bodies.queries import batches_reached
from vungcao.kernel.refusal import Finding
from vungcao.kernel.vietnamese import day, money
from vungcao.ledger.models import Basis, Measure, Statement, StatementLine
from vungcao.ledger.overspending import overspent
from vungcao.ledger.regions import Region, space

_COARSEST = 1_000_000_000  # đồng: the press prints at least whole tỷ
_DIGITS = 1_000  # figures of fewer than four digits agree by chance


def findings() -> Iterator[Finding]:
    """Of what is disbursed (no estimates, no credit): lines that say more than was given; a part that exceeds its
    whole; one plan said of two scopes, or two of one.
    """
    yield from _more_than_given()
    published = _published()
    for one, other in combinations(published, 2):
        yield from _part_exceeds_whole(one, other)
        yield from _plans(one, other)


def _standing() -> list[Statement]:
    rows = Statement.objects.filter(
        superseded_by=None, measure=Measure.DISBURSED, batch__in=batches_reached("received")
    ).exclude(basis=Basis.ESTIMATE)
    return list(rows.select_related("batch__source").order_by("as_of", "pk"))


def _more_than_given() -> Iterator[Finding]:
    for statement in _standing():
        lines = [(Region.of(line), line) for line in statement.lines.order_by("pk")]
        for line, given in overspent(lines, Region.of(statement), statement.as_of):
            yield Finding(
                "ledger",
                "line.more_than_given",
                f"{statement.batch.source.name}|{line.cell}|{statement.as_of}",
                f"{statement.batch.source.name}, ô {line.cell} “{line.label}”: giải ngân {money(line.disbursed_dong)} "
                f"đến {day(statement.as_of)}, vốn được giao {money(given)}.",
            )


def _published() -> list[StatementLine]:
    """What the press said of whole coverages, by day."""
    found: list[StatementLine] = []
    for statement in _standing():
        if space(statement.as_of).bodies.kinds.get(statement.reporter_id) == BodyKind.PRESS:
            found += list(statement.lines.select_related("statement__batch__source").order_by("pk"))
    return found


def _part_exceeds_whole(one: StatementLine, other: StatementLine) -> Iterator[Finding]:
    """Cumulative figures only grow: a part may not exceed what its whole was on that day or later."""
    for part, whole in ((one, other), (other, one)):
        if part.statement.basis != whole.statement.basis or part.statement.as_of > whole.statement.as_of:
            continue
        inside, around = Region.of(part), Region.of(whole)
        if inside == around or not space(whole.statement.as_of).covers(around, inside):
            continue
        if part.disbursed_dong > whole.disbursed_dong:
            yield _finding("part_exceeds_whole", part, whole, part.disbursed_dong, whole.disbursed_dong, "giải ngân")


def _plans(one: StatementLine, other: StatementLine) -> Iterator[Finding]:
    """One region with two plans, or one figure said as the plan of two regions."""
    if one.plan_dong is None or other.plan_dong is None or one.year_use != other.year_use:
        return
    same = _agree(one.plan_dong, other.plan_dong)
    if Region.of(one) == Region.of(other) and not same and one.statement.basis == other.statement.basis:
        yield _finding("two_plans_of_one_scope", one, other, one.plan_dong, other.plan_dong, "kế hoạch")
    if Region.of(one) != Region.of(other) and same:
        yield _finding("one_plan_of_two_scopes", one, other, one.plan_dong, other.plan_dong, "kế hoạch")


def _agree(one: int, other: int) -> bool:
    """The same figure, as exact as the coarser of the two is printed (to a whole tỷ at the coarsest)?"""
    unit = max(_printed_in(one), _printed_in(other))
    return min(one, other) >= _DIGITS * unit and round(one / unit) == round(other / unit)


def _printed_in(dong: int) -> int:
    unit = 1
    while unit < _COARSEST and dong % (unit * 10) == 0:
        unit *= 10
    return unit


def _finding(code: str, one: StatementLine, other: StatementLine, first: int, second: int, what: str) -> Finding:
    return Finding(
        "ledger",
        f"published.{code}",
        f"{one.statement.number or one.cell}|{other.statement.number or other.cell}",
        f"{_WORDS[code]}: {one.label} ({day(one.statement.as_of)}) nói {what} {money(first)}; "
        f"{other.label} ({day(other.statement.as_of)}) nói {money(second)}.",
    )


_WORDS = {
    "part_exceeds_whole": "Phần lớn hơn cả",
    "two_plans_of_one_scope": "Một phạm vi, hai số kế hoạch",
    "one_plan_of_two_scopes": "Một số kế hoạch nói cho hai phạm vi",
}

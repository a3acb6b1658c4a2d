"""What must be said beside a figure of spending, since the figure itself can't mend it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from vungcao.bodies.queries import naming
from vungcao.evidence.current import under_way
from vungcao.evidence.moment import held
from vungcao.evidence.queries import stamp
from vungcao.kernel.vietnamese import day, money
from vungcao.ledger import openings
from vungcao.ledger.models import OpeningSaid, Statement, StatementLine
from vungcao.ledger.regions import Region, space


@dataclass(frozen=True)
class Included:
    """A counted statement that says it includes what was taken over, while no minutes are on file."""

    body: str
    name: str
    as_of: date
    dong: int
    file: str

    def as_json(self) -> dict[str, object]:
        """As ``counted_twice`` of an answer; ``dong``: the whole that the statement says."""
        return {**vars(self), "as_of": f"{self.as_of}"}


def counted_twice(lines: Iterable[int], *, known: int | None, state: str) -> list[Included]:
    """Statements behind the counted lines (keys) whose figure may count spending that the former holder's still counts:
    what they took over can't be taken off there before the minutes say how much.
    """
    counted = set(lines)
    if not counted:
        return []
    statements = [one for one in held("statements that include", _including) if not counted.isdisjoint(one[1])]
    last = max((one.as_of for one, _lines in statements), default=date.min)
    taken = _taken(last, known, state) if statements else openings.TakenOver((), known)
    found = []
    for one, lines_of in statements:
        if taken.inside(Region.of(one), one.as_of):
            continue
        amounts = {Region.of(line): line.disbursed_dong for line in lines_of.values()}
        whole = sum(amounts[region] for region in space(one.as_of, known).outermost(amounts))
        name = naming(one.reporter_id, one.as_of, known)[0]
        found.append(Included(one.reporter.key, name, one.as_of, whole, one.batch.source.name))
    return found


def _including() -> list[tuple[Statement, dict[int, StatementLine]]]:
    """Every statement that says it includes what was taken over, with its lines by key: few, however many are counted;
    the questions of one page read them once.
    """
    rows = StatementLine.objects.filter(statement__opening=OpeningSaid.INCLUDED).order_by("statement__as_of", "pk")
    found: dict[Statement, dict[int, StatementLine]] = {}
    for line in rows.select_related("statement__reporter", "statement__batch__source"):
        found.setdefault(line.statement, {})[line.pk] = line
    return sorted(found.items(), key=lambda one: (one[0].as_of, one[0].pk))


def _taken(last: date, known: int | None, state: str) -> openings.TakenOver:
    """What was taken over up to a day; the last kept, for the questions of one page."""
    key = (last, known, state, stamp())
    if under_way.get() is not None:
        return openings.TakenOver(openings.openings_on(last, known=known, state=state), known)
    if key not in _kept:
        _kept.clear()
        _kept[key] = openings.TakenOver(openings.openings_on(last, known=known, state=state), known)
    return _kept[key]


_kept: dict[tuple[object, ...], openings.TakenOver] = {}


def in_words(found: Iterable[Included]) -> list[str]:
    """One sentence a statement."""
    return [
        _(
            "%(name)s báo %(dong)s đến %(day)s, ghi đã gồm số nhận bàn giao, mà chưa có biên bản bàn giao: phần nhận "
            "bàn giao có thể đang tính hai lần (ở bên nhận và ở bên giao). Nộp biên bản để số này đúng."
        )
        % {"name": one.name, "dong": money(one.dong), "day": day(one.as_of)}
        for one in found
    ]

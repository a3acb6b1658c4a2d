"""What does not reconcile on a day: assertions against the cover, cover against money given, negative remainders."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from vungcao.bodies.reach import Reach
from vungcao.cube.codes import Codes
from vungcao.cube.given_sums import given_by
from vungcao.cube.grouping import BY_KEY, OWN
from vungcao.cube.kept import Answers
from vungcao.cube.question import FigureQuery
from vungcao.evidence.queries import last_number
from vungcao.kernel.vietnamese import day, money
from vungcao.kernel.years import Years
from vungcao.ledger import spending
from vungcao.ledger.cover import Admitted, Asserted, Cover, Near
from vungcao.ledger.models import Basis, Statement, StatementLine
from vungcao.ledger.regions import Region, Space, space, spaces_known_at

BASES: Final = (Basis.YEAR, Basis.PHASE)


@dataclass(frozen=True)
class Difference:
    """Two figures that should agree and do not, or can't be compared."""

    code: str
    key: str
    sentence: str
    figures: list[tuple[str, int, str]]


def findings(
    on: date, reach: Reach, *, known: int | None = None, state: str = "received", programme: str | None = None
) -> list[Difference]:
    """Everything that does not reconcile on ``on`` within the asker's reach; with ``programme`` (its code), of that."""
    asked = (on, known, state, programme)
    return list(_kept.get(asked, reach, lambda: _sought(on, reach, known, state, programme)))


_kept: Final = Answers[list[Difference]](room=256)


def _sought(on: date, reach: Reach, known: int | None, state: str, programme: str | None) -> list[Difference]:
    found: list[tuple[Region, Difference]] = []
    here = space(on, known)
    spending.read_ahead([(on, basis) for basis in BASES], known=known, state=state)
    for basis in BASES:
        cover = spending.spending_on(on, known=known, state=state, basis=basis)
        seen = [one for one in cover.admitted if reach.sees(one.said.region.place, one.said.region.body, here.places)]
        found += _assertions(cover, reach, here)
        found += _negative(seen)
    found += _overspent(on, reach, known, state)
    codes = Codes.of(on).components
    return [one for region, one in found if programme in (None, codes[here.components.programme_of(region.component)])]


def _lines(keys: list[int]) -> dict[int, StatementLine]:
    rows = StatementLine.objects.filter(pk__in=keys).select_related("statement__reporter", "statement__batch__source")
    return {row.pk: row for row in rows}


def _who(line: StatementLine) -> str:
    name = str(line.statement.batch.source.name)
    return _("%(file)s, ô %(cell)s") % {"file": name, "cell": line.cell} if line.cell else name


Found = Iterator[tuple[Region, Difference]]


def _question(region: Region, as_of: date, known: int | None, basis: str) -> str:
    """The id that asks for what is counted in a region on a day."""
    codes, star = Codes.of(as_of), space(as_of, known).not_divided["body"]
    years = Years.parse(region.year_use)
    query = FigureQuery(
        "disbursement",
        as_of,
        known=known if known is not None else last_number(),
        year=years.first if years.depth == 2 else None,
        component=codes.components[region.component],
        place=f"{BY_KEY}{codes.places[region.place]}",
        body=None if region.body == star else f"{OWN}{codes.bodies[region.body]}",
        basis=basis,
    )
    return query.id


def _assertions(cover: Cover, reach: Reach, here: Space) -> Found:
    spaces, index = spaces_known_at(here.known), cover.near
    seen = [one for one in cover.asserted if reach.sees(one.said.region.place, one.said.region.body, here.places)]
    totals = [(one, tiled(one, index, spaces(one.said.as_of))) for one in seen]
    differing = [(one, total) for one, total in totals if total is not None and total != one.said.dong]
    lines = _lines([one.said.line for one, _ in differing])
    for one, total in differing:
        region, line = one.said.region, lines[one.said.line]
        counted = _question(region, one.said.as_of, here.known, line.statement.basis)
        yield (
            region,
            Difference(
                "statement.differs",
                f"{line.statement.batch.source.name}|{line.cell}|{line.statement.as_of}",
                _(
                    "%(who)s nói %(said)s tính đến %(day)s; "
                    "cộng các báo cáo đang dùng được %(sum)s, lệch %(difference)s."
                )
                % {
                    "who": _who(line),
                    "said": money(one.said.dong),
                    "day": day(one.said.as_of),
                    "sum": money(total),
                    "difference": money(one.said.dong - total),
                },
                [(_("đã nói"), one.said.dong, counted), (_("cộng được"), total, counted)],
            ),
        )


def tiled(one: Asserted, index: Near, here: Space) -> int | None:
    """Sum of the admitted regions that tile an assertion exactly on its own as-of day; ``None``: can't tell.

    They tile it when every admitted region it meets lies inside it, and all have its as-of day.
    """
    near = index.to(one.said.region, here)
    met = [other for other in near if here.meets(other.said.region, one.said.region)]
    inside = [other for other in met if here.covers(one.said.region, other.said.region)]
    if not inside or len(inside) != len(met) or any(other.said.as_of != one.said.as_of for other in inside):
        return None
    tops = [other for other in inside if other.parent is None or other.parent not in inside]
    whole = _fills(one.said.region, [other.said.region for other in tops], here)
    return sum(other.said.dong for other in tops) if whole else None


def _fills(region: Region, parts: list[Region], here: Space) -> bool:
    """Do the parts leave no place and no component of ``region`` out? A unit's own place is filled by its statement."""
    if not parts:
        return False
    if any(_same_but_for_the_body(region, part, here) for part in parts):
        return True
    for name, tree in (("place", here.places), ("component", here.components)):
        children = tree.children.get(getattr(region, name), [])
        narrower = [_at(region, name, child) for child in children]
        if narrower and all(
            _fills(one, [part for part in parts if tree.covers(getattr(one, name), getattr(part, name))], here)
            for one in narrower
        ):
            return True
    return False


def _at(region: Region, name: str, node: int) -> Region:
    return replace(region, place=node) if name == "place" else replace(region, component=node)


def _same_but_for_the_body(region: Region, part: Region, here: Space) -> bool:
    own_place = here.bodies.places.get(part.body) == part.place
    undivided = region.body == here.not_divided["body"] and own_place
    return replace(part, body=region.body) == region and (part.body == region.body or undivided)


def _negative(admitted: list[Admitted]) -> Found:
    odd = [one for one in admitted if one.inside and (one.own_dong or _others(one))]
    lines = _lines([line for one in odd for line in (one.said.line, *(part.said.line for part in one.inside))])
    for one in odd:
        line = lines[one.said.line]
        # Detail that another reporter gives, by codes, of a unit's figure: ``ledger.treasury`` compares it.
        treasury = {part.said.line for part in _others(one) if "parts" in lines[part.said.line].codes}
        parts = [part for part in one.inside if part.said.line not in treasury]
        inner = sum(part.said.dong for part in parts)
        left = one.said.dong - inner
        if parts and left != 0:
            code = "statement.parts_exceed_whole" if left < 0 else "statement.not_all_split"
            sentence = (
                _("%(line)s: các dòng chi tiết cộng được %(sum)s, vượt %(gap)s so với dòng tổng %(total)s.")
                if left < 0
                else _("%(line)s: các dòng chi tiết cộng được %(sum)s, ít hơn %(gap)s so với dòng tổng %(total)s.")
            )
            counted = _question(one.said.region, one.said.as_of, None, line.statement.basis)
            yield (
                one.said.region,
                Difference(
                    code,
                    f"{line.statement.batch.source.name}|{line.cell}|{line.statement.as_of}",
                    sentence
                    % {
                        "line": f"{_who(line)} “{line.label}”",
                        "sum": money(inner),
                        "gap": money(abs(left)),
                        "total": money(one.said.dong),
                    },
                    [(_("dòng tổng"), one.said.dong, counted), (_("cộng chi tiết"), inner, counted)],
                ),
            )


def _others(one: Admitted) -> list[Admitted]:
    """The regions directly inside a line that another reporter told of."""
    return [part for part in one.inside if part.said.reporter != one.said.reporter]


def _overspent(on: date, reach: Reach, known: int | None, state: str) -> Found:
    """Admitted roots that exceed the money given in the same place, programme and year of use."""
    here = space(on, known)
    given: dict[tuple[int, int, str], int] = {}
    for component, body, year_use, dong in given_by(("component", "body", "year_use"), on, known=known, state=state):
        key = (here.components.programme_of(component), body, year_use)
        given[key] = given.get(key, 0) + dong
    spent: dict[tuple[int, int, str], int] = {}
    for region, dong in spending.counted_on(on, known=known, state=state):
        if reach.sees(region.place, region.body, here.places):
            key = (here.components.programme_of(region.component), region.body, region.year_use)
            spent[key] = spent.get(key, 0) + dong
    cover = spending.spending_on(on, known=known, state=state, basis=Basis.YEAR)
    said: dict[tuple[int, int, str], list[Admitted]] = {}
    for one in cover.roots:
        region = one.said.region
        said.setdefault((here.components.programme_of(region.component), region.body, region.year_use), []).append(one)
    for key, paid in spent.items():
        plan, roots = given.get(key), said.get(key)
        if plan is not None and roots and paid > plan:
            lines = _lines([one.said.line for one in roots])
            first = lines[roots[0].said.line]
            counted = _question(roots[0].said.region, roots[0].said.as_of, known, Basis.YEAR)
            yield (
                roots[0].said.region,
                Difference(
                    "statement.more_than_given",
                    f"{first.statement.batch.source.name}|{key[2]}",
                    _("%(who)s: giải ngân %(paid)s lớn hơn vốn được giao %(plan)s của năm %(year)s.")
                    % {"who": _who(first), "paid": money(paid), "plan": money(plan), "year": key[2]},
                    [(_("giải ngân"), paid, counted), (_("được giao"), plan, counted)],
                ),
            )


def every_day(reach: Reach) -> Iterator[Difference]:
    """What does not reconcile, on each day as of which anybody spoke; the same thing is named once."""
    seen: set[tuple[str, str]] = set()
    for on in Statement.objects.order_by("as_of").values_list("as_of", flat=True).distinct():
        for one in findings(on, reach):
            if (one.code, one.key) not in seen:
                seen.add((one.code, one.key))
                yield one

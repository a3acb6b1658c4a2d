"""A place through time: what it was called and where it belonged, what it was made of, where it went, its classes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from vungcao.bodies.models import BodyVersion
from vungcao.desk.pages import page
from vungcao.desk.rights import OfficialRequest, needs
from vungcao.desk.story import Story, story
from vungcao.kernel.validity import holds, last_day
from vungcao.kernel.vietnamese import number
from vungcao.territory import queries as territory
from vungcao.territory.models import Place, PlaceClass, PlaceCode, PlaceVersion, Succession

Lives = Mapping[int, Sequence[PlaceVersion]]
Away = Mapping[int, Sequence[Succession]]


@dataclass(frozen=True)
class Then:
    """A version of the place; ``until`` is its last day."""

    name: str
    parent: str
    parent_key: str
    since: date | None
    until: date | None
    note: str


@dataclass(frozen=True)
class Passage:
    """One way into the place or out of it: what, when, by which clause, which part."""

    name: str
    key: str
    on: date
    cites: str
    part: str


@require_safe
@needs("figures.see")
def place(request: OfficialRequest, key: str) -> HttpResponse:
    """Facts of a place are nobody's secret; figures are asked on the overview, with the asker's reach."""
    found = Place.objects.filter(key=key).first()
    if found is None:
        raise Http404(_("Không có địa bàn này."))
    versions = list(PlaceVersion.objects.standing().filter(place=found).select_related("parent"))
    versions.sort(key=lambda row: row.valid_from or date.min)
    lives = territory.lives()
    away, into = territory.successions()
    rows = [_then(row, lives) for row in versions]
    context = {
        "place": found,
        "name": versions[-1].full_name if versions else found.key,
        "there": bool(versions) and versions[-1].valid_to is None,
        "versions": rows,
        "codes": PlaceCode.objects.standing().filter(identity=found).order_by("valid_from", "code"),
        "came_from": _came_from(into.get(found.pk, []), away, lives),
        "went_to": _went_to(away.get(found.pk, []), away, lives),
        "classes": [(row, last_day(row.valid_to)) for row in _classes(found)],
        "bodies": _bodies(found, request),
        "story": _story(found, versions, [*into.get(found.pk, []), *away.get(found.pk, [])]),
    }
    return page(request, "desk/place.html", context)


def _story(found: Place, versions: Sequence[PlaceVersion], passages: Sequence[Succession]) -> Story:
    """Acts that wrote the place, its versions and what became of it."""
    acts = {found.act_id, *(row.act_id for row in versions), *(row.act_id for row in passages)}
    return story([(Place._meta.label, found.pk)], acts)


def _then(row: PlaceVersion, lives: Lives) -> Then:
    parent = row.parent
    name = _name_on(parent.pk, row.valid_from or date.min, lives) if parent else ""
    return Then(row.full_name, name, parent.key if parent else "", row.valid_from, last_day(row.valid_to), row.note)


def _came_from(rows: Sequence[Succession], away: Away, lives: Lives) -> list[Passage]:
    keys = _keys(row.predecessor_id for row in rows)
    return [
        Passage(
            _name_on(row.predecessor_id, row.event.effective - timedelta(days=1), lives) or keys[row.predecessor_id],
            keys[row.predecessor_id], row.event.effective, _cites(row), _part(row, away),
        )
        for row in rows
    ]  # fmt: skip


def _went_to(rows: Sequence[Succession], away: Away, lives: Lives) -> list[Passage]:
    keys = _keys(row.successor_id for row in rows if row.successor_id is not None)
    found = []
    for row in rows:
        other, on = row.successor_id, row.event.effective
        if other is None:
            found.append(Passage(_("không đơn vị nào tiếp nhận"), "", on, _cites(row), ""))
        else:
            name = _name_on(other, on, lives) or keys[other]
            found.append(Passage(name, keys[other], on, _cites(row), _part(row, away)))
    return found


def _keys(ids: Iterable[int]) -> dict[int, str]:
    return dict(Place.objects.filter(pk__in=set(ids)).values_list("pk", "key"))


def _cites(row: Succession) -> str:
    event = row.event
    clause = _("%(cites)s khoản %(clause)s") % {"cites": event.cites, "clause": event.clause}
    return clause if event.clause else event.cites


def _name_on(place_id: int, on: date, lives: Lives) -> str:
    """The name on a day, else the latest one."""
    held = lives.get(place_id, [])
    there = [row for row in held if holds(row.valid_from, row.valid_to, on)]
    return (there or held)[-1].full_name if held else ""


def _part(row: Succession, away: Away) -> str:
    """Which part of the place that ended went this way; one that went one way went as a whole."""
    if row.share is None:
        return _("toàn bộ") if len(away.get(row.predecessor_id, ())) == 1 else _("chưa có tỷ phần")
    return _("toàn bộ") if row.share == 1 else f"{number(row.share.numerator)}/{number(row.share.denominator)}"


def _classes(found: Place) -> list[PlaceClass]:
    return list(PlaceClass.objects.standing().filter(place=found).order_by("valid_from", "scheme", "value"))


def _bodies(found: Place, request: OfficialRequest) -> list[tuple[BodyVersion, date | None]]:
    """Bodies within reach that sit here."""
    rows = BodyVersion.objects.standing().filter(place=found, body__in=request.reach.all_bodies())
    return [(row, last_day(row.valid_to)) for row in rows.select_related("body").order_by("valid_from", "folded")]

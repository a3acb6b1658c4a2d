"""The page of one voucher: its paper, what it took from where and gave to whom, what undid it, where it came from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Q
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from vungcao.bodies.queries import batch_state, batches_in_reach
from vungcao.bodies.reach import Reach
from vungcao.cube.codes import Codes
from vungcao.desk.books import regions
from vungcao.desk.books.reaching import not_there, seen
from vungcao.desk.pages import page
from vungcao.desk.rights import OfficialRequest, needs
from vungcao.desk.story import story
from vungcao.ledger.models import DecisionVoucher, Dossier, Entry, Reservation, Voucher

MOST: Final = 300  # entries of a side that are drawn; the sums are of all


@dataclass(frozen=True)
class Line:
    """One entry as it is drawn; what stands outside the province's books has no page."""

    entry: Entry
    region: regions.Region
    has_page: bool


@dataclass(frozen=True)
class Side:
    """A. what was taken, B. what was given: the đồng of all entries in sight, the first of them as lines."""

    key: str
    dong: int
    count: int
    lines: Sequence[Line]


@require_safe
@needs("figures.see")
def voucher(request: OfficialRequest, voucher: int) -> HttpResponse:
    """Whole to who sees the batch; to others the entries within reach; without one it is not there."""
    rows = Voucher.objects.select_related("decided_by", "batch__source", "act__numbered", "reverses")
    found = rows.filter(pk=voucher).first()
    if found is None:
        raise not_there()
    whole = batches_in_reach(request.reach).filter(pk=found.batch_id).exists()
    entries: list[Any] = list(
        found.entries.order_by("pk").values_list(
            "pk", "account__place", "account__body", "account__is_contra", "dong", named=True
        )
    )
    if not whole:
        within = _within(entries, found, request.reach)
        if not within:
            raise not_there()
        hidden, entries = len(entries) - len(within), within
    state = batch_state(found.batch_id)
    context = {
        "voucher": found,
        "state": state.label if state else "",
        "issuer": Codes.of(found.dated).name("body", found.decided_by.key),
        "reversed_by": Voucher.objects.filter(reverses=found).first(),
        "whole": whole,
        "hidden": 0 if whole else hidden,
        "sides": _sides(entries, found),
        "dossier": _dossier(found) if whole else None,
        "story": story([(Voucher._meta.label, found.pk)], {found.act_id}),
    }
    return page(request, "desk/voucher.html", context)


def _within(entries: Sequence[Any], found: Voucher, reach: Reach) -> list[Any]:
    """Entries whose account is seen; what is outside the books is seen only with the whole."""
    inside = [one for one in entries if not one.account__is_contra]
    mine = seen({(one.account__place, one.account__body) for one in inside}, found.dated, reach)
    return [one for one in inside if (one.account__place, one.account__body) in mine]


def _sides(entries: Sequence[Any], found: Voucher) -> list[Side]:
    taken = [one for one in entries if one.dong < 0]
    given = [one for one in entries if one.dong > 0]
    shown = [one.pk for side in (taken, given) for one in side[:MOST]]
    rows = regions.with_names(Entry.objects.filter(pk__in=shown).select_related("account"), "account__")
    lines = {row.pk: Line(row, regions.region(row.account, found.dated), not row.account.is_contra) for row in rows}
    return [
        Side(key, sum(one.dong for one in side), len(side), [lines[one.pk] for one in side[:MOST]])
        for key, side in (("taken", taken), ("given", given))
    ]


def _dossier(found: Voucher) -> Dossier | None:
    """The adjustment dossier that a voucher belongs to, if it does."""
    decided = DecisionVoucher.objects.filter(voucher=found).values("decision__dossier")
    held = Reservation.objects.filter(Q(voucher=found) | Q(voucher__reversed_by=found)).values("dossier")
    return Dossier.objects.filter(Q(pk__in=decided) | Q(pk__in=held)).first()

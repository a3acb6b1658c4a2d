"""The page of one account: what it was given by which paper, passed on, what is left by day, who holds some of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django import forms
from django.db.models import Min
from django.http import HttpResponse, QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from vungcao.bodies.queries import batches_in_reach
from vungcao.cube.figures import FigureQuery
from vungcao.cube.grouping import BY_KEY, OWN
from vungcao.desk.books.beside import proposed, said
from vungcao.desk.books.reaching import not_there, seen
from vungcao.desk.books.regions import STAR, region, with_names
from vungcao.desk.pages import page
from vungcao.desk.rights import OfficialRequest, needs
from vungcao.desk.story import story
from vungcao.desk.turning import Turn
from vungcao.kernel import vietnamese
from vungcao.ledger.balances import entries_on
from vungcao.ledger.dossiers import standing
from vungcao.ledger.models import Account, Entry
from vungcao.ui.forms import PageQuestion

A_PAGE: Final = 100


class OnForm(PageQuestion):
    """Up to which day."""

    on = forms.DateField(
        label=gettext_lazy("Đến hết ngày"),
        required=False,
        widget=forms.DateInput(attrs={"inputmode": "numeric", "autocomplete": "off", "placeholder": "31/12/2024"}),
        error_messages={"invalid": gettext_lazy("Ngày viết theo ngày/tháng/năm, ví dụ 15/11/2021.")},
    )

    def __init__(self, data: QueryDict) -> None:
        said = data.copy()
        if not said.get("on"):
            said["on"] = vietnamese.day(timezone.localdate())
        super().__init__(said)


@dataclass(frozen=True)
class Moved:
    """One entry and what was left after it."""

    entry: Entry
    left: int
    may_open: bool


@require_safe
@needs("figures.see")
def account(request: OfficialRequest, account: int) -> HttpResponse:
    """One account to the end of a day; out of reach it is not there."""
    found = with_names(Account.objects.filter(pk=account)).first()
    if found is None or not _is_seen(found, request):
        raise not_there()
    form = OnForm(request.GET)
    on = form.cleaned_data["on"] if form.is_valid() else timezone.localdate()
    entries = entries_on(on, state="received").filter(account=found).order_by("voucher__dated", "pk")
    moves = list(entries.values_list("pk", "dong"))
    held = standing.holding([found.pk], on).get(found.pk, [])
    left = sum(dong for _key, dong in moves)
    context: dict[str, Any] = {
        "form": form,
        "on": on,
        "account": found,
        "region": region(found, on),
        "given": sum(dong for _key, dong in moves if dong > 0),
        "passed": -sum(dong for _key, dong in moves if dong < 0),
        "left": left,
        "held": [(one, one.dossier, dong) for one, dong in held],
        "held_dong": sum(dong for _one, dong in held),
        "free": left - sum(dong for _one, dong in held),
        "spent_id": _figure(found, on),
        **_page_of(moves, request),
        "said": said(found, on, request.reach),
        "proposed": proposed(found),
        "story": story([(Account._meta.label, found.pk)], {found.act_id, *_acts(found)}),
    }
    return page(request, "desk/account.html", context, status=200 if form.is_valid() else 422)


def _is_seen(found: Account, request: OfficialRequest) -> bool:
    """Asked on the day of its first entry: an account is opened in the units of that day."""
    if found.is_contra:
        return bool(request.reach.everything)
    first = Entry.objects.filter(account=found).aggregate(day=Min("voucher__dated"))["day"]
    return bool(seen([(found.place_id, found.body_id)], first or timezone.localdate(), request.reach))


def _page_of(moves: Sequence[tuple[int, int]], request: OfficialRequest) -> dict[str, Any]:
    """A hundred entries at a time, each with what was left after it; the latest page unless another is asked for."""
    turn = Turn.of(request.GET.get("trang", ""), len(moves), A_PAGE)
    lefts: dict[int, int] = {}
    running = 0
    for key, dong in moves:
        running += dong
        lefts[key] = running
    shown = [key for key, _dong in moves[turn.first - 1 : turn.last]]
    rows = Entry.objects.select_related("voucher__batch__source", "act__numbered").in_bulk(shown)
    batches = batches_in_reach(request.reach).filter(pk__in={row.voucher.batch_id for row in rows.values()})
    may_open = set(batches.values_list("pk", flat=True))
    drawn = [Moved(rows[key], lefts[key], rows[key].voucher.batch_id in may_open) for key in shown]
    return {
        "moves": drawn,
        "count": len(moves),
        "turn": turn,
    }


def _acts(found: Account) -> set[int]:
    return set(Entry.objects.filter(account=found).order_by("-pk").values_list("act", flat=True)[:200])


def _figure(found: Account, on: date) -> str:
    """The id of what was said to be spent of money like this account's: holder, place, component, source, years."""
    if not found.year_use.isdigit():
        return ""
    place, body = found.place.key, found.body.key
    return FigureQuery(
        "disbursement", on, year=int(found.year_use),
        component=None if found.component.code in STAR else found.component.code,
        place=None if place in STAR else f"{OWN}{BY_KEY}{place}",
        body=None if body in STAR else f"{OWN}{body}",
        source=None if found.source.code in STAR else found.source.code,
        year_origin=None if found.year_origin in STAR else found.year_origin,
    ).id  # fmt: skip

"""Search over everything, without marks and case: what the asker may see, each kind under its own right."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any, Final
from urllib.parse import urlencode

from django.db.models import Exists, F, Min, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from vungcao.bodies import rights
from vungcao.bodies.models import BodyVersion, Official
from vungcao.bodies.queries import batches_in_reach
from vungcao.bodies.reach import Reach
from vungcao.desk import plan_seen
from vungcao.desk.books.reaching import seen, vouchers_seen
from vungcao.desk.books.regions import region, with_names
from vungcao.desk.pages import frame
from vungcao.evidence.moment import one_moment
from vungcao.kernel.folding import Folded
from vungcao.kernel.validity import last_day
from vungcao.kernel.vietnamese import day, fold, nfc
from vungcao.ledger.dossiers import standing
from vungcao.ledger.models import Account, Entry, ObjectCode, SpendingObject, Statement, Voucher
from vungcao.office import queries as office
from vungcao.office.models import Incoming, Outgoing
from vungcao.programme.models import ComponentVersion, PlanVersion
from vungcao.reports.queries import papers_in_reach
from vungcao.territory.models import PlaceVersion
from vungcao.ui.rights import open_to_signed_in

MOST: Final = 10
SHORTEST, LONGEST = 2, 100
_LATEST: Final = 3000  # of what was found by its words, so many are asked for their reach, from the newest
_ACCOUNT: Final = re.compile(r"(?:tk |tai khoan )?([0-9]{1,18})")


@dataclass(frozen=True)
class Found:
    """One thing found: its name, what tells it from others of that name, where it is shown."""

    said: str
    url: str
    detail: str = ""


@dataclass(frozen=True)
class Kind:
    """The things of one kind; ``more``: there are others beside the first ten."""

    word: str
    things: Sequence[Found]
    more: bool


@require_safe
@never_cache
@open_to_signed_in
def search(request: HttpRequest) -> HttpResponse:
    """``?q=``: at least two letters."""
    official: Official | None = getattr(request.user, "official", None)
    said = nfc(request.GET.get("q", "")).strip()[:LONGEST]
    short = bool(said) and len(fold(said)) < SHORTEST
    with one_moment():
        kinds = list(found(official, fold(said), timezone.localdate())) if official and said and not short else []
        context = {**frame(official), "said": said, "is_short": short, "kinds": kinds}
        return render(request, "desk/search.html", context)


def found(official: Official, wanted: str, today: date) -> Iterator[Kind]:
    """Kinds in which something was found, in the order of the pages."""
    reaches = rights.reaches(official, today)
    sources: list[tuple[str, str, Callable[[Reach, str, date], Iterator[Found]]]] = [
        ("figures.see", _("Địa bàn"), _places),
        ("figures.see", _("Chương trình, dự án"), _components),
        ("staff.see", _("Cơ quan, đơn vị"), _bodies),
        ("documents.see", _("Văn bản đi"), _documents_out),
        ("documents.see", _("Văn bản đến"), _documents_in),
        ("dossiers.see", _("Hồ sơ vốn"), _dossiers),
        ("reports.see", _("Báo cáo, công văn đã chốt"), _reports),
        ("plans.see", _("Kế hoạch"), _plans),
        ("figures.see", _("Tài khoản vốn"), _accounts),
        ("figures.see", _("Chứng từ vốn"), _vouchers),
        ("figures.see", _("Báo cáo giải ngân của đơn vị"), _statements),
        ("figures.see", _("Biểu đã gửi"), _batches),
    ]
    for verb, word, look in sources:
        if verb in reaches:
            some = list(islice(look(reaches[verb], wanted, today), MOST + 1))
            if some:
                yield Kind(word, some[:MOST], len(some) > MOST)


def _ended(valid_to: date | None) -> str:
    last = last_day(valid_to)
    return _("đến hết %(day)s") % {"day": day(last)} if last else ""


def _overview(**asked: str) -> str:
    return f"{reverse('desk:overview')}?{urlencode(asked)}"


def _places(reach: Reach, wanted: str, today: date) -> Iterator[Found]:
    """Names of places are nobody's secret; their page leads to their figures, within the asker's reach."""
    rows = PlaceVersion.objects.standing().filter(folded__contains=wanted).select_related("place", "parent")
    for row in rows.order_by("sorting", "-valid_from", "pk"):
        ended = _ended(row.valid_to)
        yield Found(row.full_name, reverse("desk:place", args=[row.place.key]), ended)


def _components(reach: Reach, wanted: str, today: date) -> Iterator[Found]:
    rows = ComponentVersion.objects.on(today).select_related("component").order_by("component__code")
    for row in rows:
        code = row.component.code
        if code != "*" and (wanted in fold(row.name) or wanted in fold(code)):
            programme = code.split(".")[0]
            yield Found(row.name, _overview(programme=programme, component=code if "." in code else ""), code)


def _bodies(reach: Reach, wanted: str, today: date) -> Iterator[Found]:
    rows = BodyVersion.objects.standing().filter(folded__contains=wanted, body__in=reach.all_bodies())
    for row in rows.exclude(body__key="*").order_by("folded", "pk"):
        ended = _ended(row.valid_to)
        yield Found(row.name, reverse("desk:don-vi-row", args=[row.body_id]), ended)


def _documents_out(reach: Reach, wanted: str, today: date) -> Iterator[Found]:
    yield from _lines(office.outgoing(reach.all_bodies()), wanted, "desk:van-ban-di-row")


def _documents_in(reach: Reach, wanted: str, today: date) -> Iterator[Found]:
    yield from _lines(office.incoming(reach.all_bodies(), today), wanted, "desk:van-ban-den-row")


def _lines(rows: QuerySet[Outgoing] | QuerySet[Incoming], wanted: str, page: str) -> Iterator[Found]:
    for row in rows.filter(folded__contains=wanted).order_by("-pk"):
        dated = row.dated or getattr(row, "arrived", None)
        told = [f"{row.said_no}", day(dated) if dated else ""]
        yield Found(row.summary, reverse(page, args=[row.document_id]), " · ".join(part for part in told if part))


def _near(rows: QuerySet[Any], wanted: str, *columns: str) -> QuerySet[Any]:
    """Rows that hold what is wanted in these columns, folded by the database: none of them has a folded one."""
    return rows.annotate(words=Folded(*map(F, columns))).filter(words__contains=wanted)


def _dossiers(reach: Reach, wanted: str, today: date) -> Iterator[Found]:
    for one in _near(standing.in_reach(reach, today), wanted, "code", "title")[: MOST + 1]:
        yield Found(one.title, reverse("desk:dossier", args=[one.code]), one.code)


def _reports(reach: Reach, wanted: str, today: date) -> Iterator[Found]:
    for one in _near(papers_in_reach(reach), wanted, "title").defer("paper", "sources")[: MOST + 1]:
        told = _("bản %(n)s, số liệu đến %(day)s") % {"n": one.edition, "day": day(one.as_of)}
        yield Found(one.title, reverse("desk:report", args=[one.pk]), told)


def _plans(reach: Reach, wanted: str, today: date) -> Iterator[Found]:
    """By number, and by name and title of the paper it comes from."""
    rows = PlanVersion.objects.select_related("source", "programme").order_by("-pk")
    found = list(_near(rows, wanted, "number", "source__name", "source__number", "source__title")[:_LATEST])
    may_see = plan_seen.sees_place(reach) if found else None
    for one in found:
        if may_see is None or not may_see(one.place_id):
            continue
        said = one.source.title or one.number or one.source.name
        yield Found(said, reverse("desk:plan", args=[one.pk]), f"{one.programme.code} · {one.span}")


def _accounts(reach: Reach, wanted: str, today: date) -> Iterator[Found]:
    """By its number (``TK 12``), by code and name of what it is for, by name of the body that holds it; in reach as its
    own page is, on the day of its first entry.
    """
    number = _ACCOUNT.fullmatch(wanted)
    versions = ComponentVersion.objects.standing()
    named = Q(
        spending_object__in=_near(SpendingObject.objects.all(), wanted, "code", "project_code", "name").values("pk")
    )
    named |= Q(spending_object__in=_near(ObjectCode.objects.standing(), wanted, "code").values("identity"))
    named |= Q(component__in=_near(versions, wanted, "component__code", "name", "short_name").values("component"))
    named |= Q(body__in=BodyVersion.objects.standing().filter(folded__contains=wanted).values("body"))
    if number is not None:
        named |= Q(pk=int(number[1]))
    rows: QuerySet[Any] = Account.objects.filter(named, is_contra=False)
    if not reach.everything:
        rows = rows.filter(body__in=reach.all_bodies())
    rows = with_names(rows.annotate(first=Min("entries__voucher__dated"))).order_by("-pk")
    for one in rows[:_LATEST]:
        if seen([(one.place_id, one.body_id)], one.first or today, reach):
            told = region(one, today)
            detail = " · ".join(part for part in (told.code, told.place, told.object) if part)
            yield Found(f"TK {one.pk} · {told.title}", reverse("desk:account", args=[one.pk]), detail)


def _vouchers(reach: Reach, wanted: str, today: date) -> Iterator[Found]:
    """By number of the paper; a voucher of another's batch where one of its accounts is within reach."""
    mine = reach.all_bodies()
    near = Q(batch__body__in=mine) | Exists(Entry.objects.filter(voucher=OuterRef("pk"), account__body__in=mine))
    rows = Voucher.objects.filter(near).exclude(number="").select_related("batch").order_by("-pk")
    found = list(_near(rows, wanted, "number")[:_LATEST])
    within = vouchers_seen([one.pk for one in found if one.batch.body_id not in mine], reach)
    for one in found:
        if one.batch.body_id in mine or one.pk in within:
            told = _("%(kind)s ngày %(day)s") % {"kind": _(one.get_kind_display()), "day": day(one.dated)}
            yield Found(one.number, reverse("desk:voucher", args=[one.pk]), told)


def _statements(reach: Reach, wanted: str, today: date) -> Iterator[Found]:
    """By number of the paper."""
    rows = Statement.objects.filter(batch__body__in=reach.all_bodies()).exclude(number="").order_by("-pk")
    for one in _near(rows, wanted, "number")[: MOST + 1]:
        told = _("tính đến %(day)s") % {"day": day(one.as_of)}
        yield Found(one.number, reverse("desk:statement", args=[one.pk]), told)


def _batches(reach: Reach, wanted: str, today: date) -> Iterator[Found]:
    """By name of the file, number, title and issuer of the paper it came from."""
    rows = batches_in_reach(reach).order_by("-pk")
    columns = ("source__name", "source__number", "source__title", "source__issuer")
    for one in _near(rows, wanted, *columns)[: MOST + 1]:
        told = " · ".join(part for part in (f"{one.sheet} {one.period}".strip(), one.source.title) if part)
        yield Found(one.source.name, reverse("desk:batch", args=[one.pk]), told)

"""The first page after signing in: what waits for me, what came back, which posts I hold and how far they reach."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.db.models import OuterRef, Q, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from vungcao.bodies import rights
from vungcao.bodies.models import BatchEvent, BatchState, Delegation, Official, Posting
from vungcao.bodies.queries import naming
from vungcao.desk.pages import frame
from vungcao.evidence.moment import one_moment
from vungcao.intake.models import CheckStep, FileCheck
from vungcao.kernel.validity import last_day
from vungcao.kernel.vietnamese import day, number
from vungcao.ledger.dossiers import standing
from vungcao.ledger.models import OpinionAsked
from vungcao.office import queries as office
from vungcao.territory import queries as territory
from vungcao.ui.rights import open_to_signed_in

SOON: Final = timedelta(days=7)
MOST: Final = 20  # of each kind; the list itself has them all


@dataclass(frozen=True)
class Waiting:
    """One thing to do: what, by when or why, how pressing, and where it is done."""

    said: str
    url: str
    detail: str = ""
    tone: str = "quiet"
    word: str = ""


@dataclass(frozen=True)
class Post:
    """A post held or acted in today, in an officer's words."""

    post: str
    body: str
    place: str
    role: str
    days: str
    acted: str


@require_safe
@never_cache
@open_to_signed_in
def home(request: HttpRequest) -> HttpResponse:
    """Only what is the asker's own; without a post, the sentence that says whom to ask."""
    official: Official | None = getattr(request.user, "official", None)
    today = timezone.localdate()
    with one_moment():
        context = {**frame(official), "waiting": [], "came_back": [], "posts": []}
        if official is not None:
            mine = rights.posts(official, today)
            held = rights.carried(mine, today)
            context |= {
                "waiting": list(waiting(official, held, today)),
                "came_back": list(came_back(held)),
                "posts": list(posts(official, mine, today)),
            }
        return render(request, "desk/home.html", context)


def waiting(official: Official, held: Mapping[str, Sequence[Posting]], today: date) -> Iterator[Waiting]:
    """Files read and not written, documents to be answered, opinions asked of my body, dossiers under way."""
    if "files.hand_in" in held:
        yield from _checks(official)
    if "documents.record" in held:
        yield from _documents(_seats(held["documents.record"]), today)
    if "dossiers.see" in held:
        yield from _opinions(_seats(held["dossiers.see"]), today)
    if "dossiers.prepare" in held:
        yield from _dossiers(official, today)


def _checks(official: Official) -> Iterator[Waiting]:
    steps = {CheckStep.REHEARSED: ("warns", _("chưa ghi")), CheckStep.FAILED: ("fails", _("không đọc được"))}
    for one in FileCheck.objects.filter(official=official, step__in=steps)[:MOST]:
        tone, word = steps[CheckStep(one.step)]
        names = ", ".join(file["name"] for file in one.files[:3])
        more = _(" và %(n)s tệp nữa") % {"n": len(one.files) - 3} if len(one.files) > 3 else ""
        yield Waiting(f"{names}{more}", reverse("desk:file-check", args=[one.pk]), _("bảng tính đã nộp"), tone, word)


def _seats(posts: Iterable[Posting]) -> set[int]:
    """The bodies in which he sits with a verb: what is done there is his to do, what he only sees is not."""
    return {one.body_id for one in posts}


def _documents(seats: set[int], today: date) -> Iterator[Waiting]:
    """Documents in that are due within a week or late, and have no answer on file."""
    due = Q(due__lte=today + SOON) & Q(answered_on=None)  # the day is one of ``incoming``'s own
    for row in office.incoming(seats, today).filter(due).order_by("due", "pk")[:MOST]:
        late = (today - row.due).days
        word = _("quá hạn %(days)s ngày") % {"days": number(late)} if late > 0 else _("sắp đến hạn")
        said = f"{row.their_number} {row.summary}".strip()
        url = reverse("desk:van-ban-den-row", args=[row.document_id])
        yield Waiting(said, url, _("hạn %(day)s") % {"day": day(row.due)}, "fails" if late > 0 else "warns", word)


def _opinions(seats: set[int], today: date) -> Iterator[Waiting]:
    asked = OpinionAsked.objects.filter(body__in=seats, answers=None)
    for one in asked.select_related("dossier").order_by("reply_by", "pk")[:MOST]:
        late = one.reply_by is not None and one.reply_by < today
        by = _("trả lời trước %(day)s") % {"day": day(one.reply_by)} if one.reply_by else _("không ghi hạn trả lời")
        word = _("quá hạn") if late else _("chờ ý kiến")
        yield Waiting(f"{one.dossier}", _dossier(one.dossier.code), by, "fails" if late else "warns", word)


def _dossiers(official: Official, today: date) -> Iterator[Waiting]:
    reach = rights.reach_for(official, "dossiers.prepare", today)
    found = list(standing.in_reach(reach, today).filter(decision=None).order_by("planned_for", "pk")[:MOST])
    steps = standing.steps(found)
    for one in found:
        step = steps[one.pk]
        if step in ("drafting", "submitted", "returned"):
            words = {"drafting": _("đang lập"), "submitted": _("đã trình"), "returned": _("trả lại")}
            by = _("dự kiến quyết định %(day)s") % {"day": day(one.planned_for)}
            yield Waiting(f"{one}", _dossier(one.code), by, "warns" if step == "returned" else "quiet", words[step])


def _dossier(code: str) -> str:
    return reverse("desk:dossier", args=[code])


def came_back(held: Mapping[str, Sequence[Posting]]) -> Iterator[Waiting]:
    """What my body handed in and was returned, or stayed a draft, the latest first."""
    seats = _seats(held.get("files.hand_in", ()))
    last = BatchEvent.objects.filter(batch=OuterRef("batch")).order_by("-pk").values("pk")[:1]
    rows = BatchEvent.objects.filter(batch__body__in=seats, state__in=(BatchState.RETURNED, BatchState.DRAFT))
    for row in rows.filter(pk=Subquery(last)).select_related("batch__source").order_by("-pk")[:MOST]:
        returned = row.state == BatchState.RETURNED
        yield Waiting(
            f"{row.batch.source.name} {row.batch.sheet}".strip(),
            reverse("desk:batch", args=[row.batch_id]),
            row.reason or (_("giữ nháp: còn chỗ phải sửa, chưa tính vào số liệu") if not returned else ""),
            "fails" if returned else "warns",
            _("trả lại") if returned else _("nháp"),
        )


def posts(official: Official, mine: Sequence[Posting], today: date) -> Iterator[Post]:
    """Own posts, then those acted in, with the paper that says so."""
    acted = {one.posting_id: one for one in Delegation.objects.on(today).filter(deputy=official)}
    for one in mine:
        deed = acted.get(one.pk) if one.official_id != official.pk else None
        place = territory.naming(one.reach_id, today)
        yield Post(
            one.post,
            naming(one.body_id, today)[0],
            place.full_name if place else "",
            str(one.get_role_display()),
            _days(deed or one),
            f"{deed.get_kind_display()}: {deed.cites}" if deed else "",
        )


def _days(one: Posting | Delegation) -> str:
    last = last_day(one.valid_to)
    first = _("từ %(day)s") % {"day": day(one.valid_from)} if one.valid_from else ""
    return f"{first} {_('đến hết %(day)s') % {'day': day(last)} if last else ''}".strip()

"""Questions to the registers of documents: which lines stand, what answers what, how late it is, what is odd."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Final, Literal, TypeVar

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Concat
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from vungcao.bodies.queries import naming
from vungcao.evidence.among import Among
from vungcao.kernel.vietnamese import day, fold, number
from vungcao.office.models import Incoming, Line, NumberState, Outgoing

L = TypeVar("L", Outgoing, Incoming)
_CALLED: Final = re.compile(r"0*(\d{1,8})([a-zđ]{0,2})(?:/(\d{4}))?")


@dataclass(frozen=True)
class Flag:
    """Something odd about a number or a document; recorded all the same."""

    code: Literal["gap", "double", "inserted", "reserved", "cancelled", "late", "answer_unknown"]
    tone: Literal["warns", "fails", "quiet"]
    said: str


def outgoing(bodies: Collection[int], known: int | None = None) -> QuerySet[Outgoing, Any]:
    """Standing lines of documents out of these bodies, with what flags need and the document in that each answers."""
    return _outgoing(frozenset(bodies), known).all()


@lru_cache(maxsize=64)
def _outgoing(bodies: frozenset[int], known: int | None) -> QuerySet[Outgoing, Any]:
    answered = Incoming.objects.standing(known).filter(document=OuterRef("answers"))
    return _asked(Outgoing, bodies, known).annotate(
        answers_no=Subquery(answered.values("said_no")[:1]), answers_year=Subquery(answered.values("year")[:1])
    )


def incoming(bodies: Collection[int], today: date, known: int | None = None) -> QuerySet[Incoming, Any]:
    """Standing lines of documents in, each with its first answer (day, number) and whether it is late ``today``."""
    return _incoming(frozenset(bodies), today, known).all()


@lru_cache(maxsize=64)  # the question, not its answer: putting it together takes longer than asking
def _incoming(bodies: frozenset[int], today: date, known: int | None) -> QuerySet[Incoming, Any]:
    answer = (
        Outgoing.objects.standing(known)
        .filter(answers=OuterRef("document"), state=NumberState.USED)
        .order_by("dated", "pk")
    )
    found = _asked(Incoming, bodies, known).annotate(
        answered_on=Subquery(answer.values("dated")[:1]),
        answered_by=Subquery(answer.values(said=Concat("said_no", Value("/"), "symbol"))[:1]),
    )
    return found.alias(until=Coalesce(F("answered_on"), today))  # for who asks what is late; no row says it


def _asked(model: type[L], bodies: Collection[int], known: int | None) -> QuerySet[L, Any]:
    same = model.objects.standing(known).filter(body=OuterRef("body"), series=OuterRef("series"), year=OuterRef("year"))
    found: QuerySet[L, Any] = model.objects.standing(known).filter(Among(F("body"), bodies))
    return found.annotate(
        before_no=Subquery(same.filter(no__lt=OuterRef("no")).order_by("-no").values("no")[:1]),
        is_double=Exists(same.filter(no=OuterRef("no"), suffix=OuterRef("suffix")).exclude(pk=OuterRef("pk"))),
    )


FLAGGED: Final = {
    "gap": Q(suffix="") & Q(before_no__lt=F("no") - 1),
    "double": Q(is_double=True),
    "inserted": ~Q(suffix=""),
    "reserved": Q(state=NumberState.RESERVED),
    "cancelled": Q(state=NumberState.CANCELLED),
    "answer_unknown": ~Q(answers_said="") & Q(answers=None),
    "late": Q(due__lt=F("until")),
}
"""Flag → its condition over ``outgoing`` (all but the last) or ``incoming`` (all but "answer_unknown")."""
ODD_NUMBERS: Final = ("gap", "double", "inserted", "reserved", "cancelled")
FLAG_WORDS: Final = {
    "gap": gettext_lazy("thiếu số"),
    "double": gettext_lazy("trùng số"),
    "inserted": gettext_lazy("số chèn"),
    "reserved": gettext_lazy("số lấy trước"),
    "cancelled": gettext_lazy("số đã hủy"),
    "answer_unknown": gettext_lazy("không rõ trả lời văn bản nào"),
    "late": gettext_lazy("trễ, quá hạn"),
}


def flags(line: Any, today: date) -> list[Flag]:
    """What is odd about a line of ``outgoing`` or ``incoming``, in the order of weight."""
    found: list[Flag] = []
    if line.is_double:
        found.append(Flag("double", "fails", _("trùng số")))
    if not line.suffix and line.before_no is not None and line.before_no < line.no - 1:
        found.append(Flag("gap", "warns", _("thiếu số %(numbers)s") % {"numbers": gap(line.before_no, line.no)}))
    if line.suffix:
        found.append(Flag("inserted", "warns", _("số chèn")))
    if line.state == NumberState.RESERVED:
        found.append(Flag("reserved", "quiet", _("số lấy trước")))
    if line.state == NumberState.CANCELLED:
        found.append(Flag("cancelled", "quiet", _("số đã hủy")))
    if isinstance(line, Outgoing) and line.answers_said and line.answers_id is None:
        found.append(Flag("answer_unknown", "warns", _("không rõ trả lời văn bản nào")))
    late = delay(line, today)
    if late:
        found.append(_late(late, line.answered_on is not None, get_language()))
    return found


@lru_cache(maxsize=1 << 12)  # of an old register every row on a page is late
def _late(days: int, is_answered: bool, _language: str | None) -> Flag:
    word = _("trễ %(days)s ngày") if is_answered else _("quá hạn %(days)s ngày")
    return Flag("late", "warns" if is_answered else "fails", word % {"days": number(days)})


def delay(line: Any, today: date) -> int | None:
    """Days (calendar) from the due day to the answer, or to ``today`` while there is none; 0 in time, None undue."""
    if not isinstance(line, Incoming) or line.due is None:
        return None
    until: date = line.answered_on or today  # type: ignore[attr-defined]  # of ``incoming``
    return max((until - line.due).days, 0)


def body_name(line: Line) -> str:
    """The latest name of the body in whose register a line stands, out of memory: a list has a body many times."""
    return naming(line.body_id)[0]


def gap(before: int, after: int) -> str:
    """Numbers that nobody recorded between two: ``7`` or ``12–14``."""
    first, last = before + 1, after - 1
    return f"{first}" if first == last else f"{first}–{last}"


def documents_in_called(said: str, body_id: int, year: int) -> list[int]:
    """Keys of documents in that a body's officer may mean: ``125`` (of that year), ``125/2025``, or the sender's number
    (``512/UBDT-VP``). None or several: it is not clear which.
    """
    lines = Incoming.objects.standing().filter(body=body_id)
    called = _CALLED.fullmatch(fold(said))
    if called is not None:
        lines = lines.filter(no=int(called[1]), suffix=called[2], year=int(called[3] or year))
        return list(lines.values_list("document", flat=True)[:3])
    near = lines.filter(folded__contains=fold(said)).order_by("-pk")
    return [pk for pk, number in near.values_list("document", "their_number")[:50] if fold(number) == fold(said)][:3]


def counted_on(line: Line) -> str:
    """The day by which a line's number is counted: of the paper, or of its arrival."""
    return day(line.dated if isinstance(line, Outgoing) else line.arrived)  # type: ignore[attr-defined]

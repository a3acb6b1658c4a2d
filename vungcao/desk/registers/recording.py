"""The page of one row of a register, and its history."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from vungcao.bodies import rights
from vungcao.bodies.reach import Reach
from vungcao.desk.pages import page
from vungcao.desk.registers.declaring import Register
from vungcao.desk.registers.history import story
from vungcao.desk.registers.listing import marks
from vungcao.desk.rights import OfficialRequest, may, needs


def row_or_404(register: Register, request: OfficialRequest, key: int) -> Any:
    """The row of a key within the asker's reach; out of it there is none."""
    rows = register.rows(request.reach, timezone.localdate())
    found = rows.filter(**{register.identity: key}).first() if key < 2**63 else None
    if found is None:
        raise Http404(_("Không có dòng này, hoặc nằm ngoài phạm vi được xem."))
    return found


def facts_of(register: Register, row: Any) -> list[tuple[str, str]]:
    """Every column of a row with its head, as text."""
    return [(column.head, column.text(row)) for column in register.columns]


def _reach_of(request: OfficialRequest) -> Callable[[str], Reach]:
    return lambda verb: rights.reach_for(request.official, verb, timezone.localdate())


def record(register: Register) -> Callable[..., HttpResponseBase]:
    """The page of a row: all that is said of it, what stands beside it, what may be done to it."""

    @require_safe
    @needs(register.sees)
    def seen(request: OfficialRequest, key: int) -> HttpResponse:
        row = row_or_404(register, request, key)
        records = may(request.official, register.records)
        context = {
            "register": register,
            "row": row,
            "key": key,
            "title": register.columns[0].text(row) or f"{key}",
            "facts": facts_of(register, row),
            "marks": marks(register, row, timezone.localdate()),
            "parts": [*register.parts(row, request.reach), *register.standing(row, _reach_of(request))],
            "forms": [
                (one.name, register.url(one.key, key))
                for one in register.forms
                if records and one.is_on_row and one.offers(row) and one.fits(row, request.official)
            ],
            "history_url": register.url("history", key) if register.kept else "",
        }
        return page(request, "desk/registers/row.html", context)

    return seen


def history(register: Register) -> Callable[..., HttpResponseBase]:
    """The page that tells what was written of a row, by whom and when."""

    @require_safe
    @needs(register.sees)
    def seen(request: OfficialRequest, key: int) -> HttpResponse:
        row = row_or_404(register, request, key)
        title = register.columns[0].text(row) or f"{key}"
        context = {
            "register": register,
            "row": row,
            "key": key,
            "title": title,
            "story": story(register, key, request.reach),
        }
        return page(request, "desk/registers/history.html", context)

    return seen

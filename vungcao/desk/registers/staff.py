"""What the registers of bodies and of officials have in common."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _

from vungcao.bodies.models import Body
from vungcao.bodies.reach import Reach
from vungcao.desk.registers.declaring import Doing
from vungcao.intake import mapping
from vungcao.intake.models import MappingKind
from vungcao.kernel.refusal import Refusal
from vungcao.kernel.validity import last_day
from vungcao.kernel.vietnamese import day
from vungcao.territory.models import Place
from vungcao.territory.queries import tree

SEES: Final = "staff.see"
RECORDS: Final = "staff.record"


def span(row: Any) -> tuple[str, str]:
    """First and last day of a dated row, for reading."""
    last = last_day(row.valid_to)
    return (day(row.valid_from) if row.valid_from else _("chưa rõ"), day(last) if last else "")


def body_said(said: str, on: date, reach: Reach, *, field: str) -> Body:
    """The body of a code or name within reach. Raises ``Refusal`` at the field."""
    try:
        _kind, found = mapping.meant(said, on, MappingKind.BODY)
    except Refusal as refusal:
        raise Refusal(str(refusal), field=field) from refusal
    if not isinstance(found, Body) or found.pk not in reach.all_bodies():
        raise Refusal(_("Đơn vị nằm ngoài phạm vi của vị trí công tác này."), field=field)
    return found


def seat_said(doing: Doing) -> tuple[Body, Place]:
    """Body and place of a post, as a form says them. Raises ``Refusal`` at the field; nobody gives away more than he
    reaches himself.
    """
    on: date = doing.said["since"]
    body = body_said(doing.said["body"], on, doing.reach, field="body")
    try:
        _kind, place = mapping.meant(doing.said["place"], on, MappingKind.PLACE)
    except Refusal as refusal:
        raise Refusal(str(refusal), field="place") from refusal
    assert isinstance(place, Place)
    if not doing.reach.sees(place.pk, body.pk, tree(on)):
        raise Refusal(_("Địa bàn nằm ngoài phạm vi của vị trí công tác này."), field="place")
    return body, place

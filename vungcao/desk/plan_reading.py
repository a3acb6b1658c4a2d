"""What an officer types of a plan, read: lines of money, figures of targets. Shared by page and command."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from django.utils.translation import gettext as _

from vungcao.intake import mapping
from vungcao.intake.models import MappingKind
from vungcao.kernel.refusal import Refusal
from vungcao.kernel.vietnamese import unit_name
from vungcao.programme.models import Component, PlanTarget, PlanVersion
from vungcao.programme.queries import targets
from vungcao.programme.recording import LineDraft, TargetDraft
from vungcao.territory.models import Place

_THOUSANDS: Final = re.compile(r"-?[0-9]{1,3}(\.[0-9]{3})+")


class Unreadable(Refusal):
    """A line or a figure that can't be read; every one of them is named."""

    code = "plan.unreadable"


def figure(said: str) -> Decimal:
    """``1.234``, ``2,5``, ``2.5``: as they are written in Vietnamese, a point before three digits parts thousands.

    Raises ``Unreadable``.
    """
    text = said.strip()
    if "," in text or _THOUSANDS.fullmatch(text):
        text = text.replace(".", "").replace(",", ".")
    try:
        found = Decimal(text)
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite():
        raise Unreadable(_("Con số “%(said)s” không đọc được.") % {"said": said})
    return found


def line_drafts(said: Iterable[str], *, unit: int, on: date) -> list[LineDraft]:
    """Lines ``mã; nguồn vốn; năm; số tiền`` (and, if wanted, ``; căn cứ``), amounts in ``unit`` đồng.

    Raises ``Unreadable`` that names every line with its fault.
    """
    made: list[LineDraft] = []
    wrong: list[str] = []
    for number, text in enumerate((one for one in said if one.strip()), start=1):
        try:
            made.append(_line(text, unit, on))
        except Refusal as refusal:
            wrong.append(_("Dòng %(number)s “%(text)s”: %(why)s") % {"number": number, "text": text, "why": refusal})
    if wrong:
        raise Unreadable("\n".join(wrong))
    return made


def _line(text: str, unit: int, on: date) -> LineDraft:
    parts = [one.strip() for one in text.split(";")]
    if len(parts) not in (4, 5):
        raise Unreadable(_("viết “mã; nguồn vốn; năm; số tiền”."))
    node, source, year, amount = parts[:4]
    dong = figure(amount) * unit
    if dong != dong.to_integral_value():
        raise Unreadable(_("số tiền lẻ hơn một đồng (đơn vị %(unit)s).") % {"unit": unit_name(unit)})
    return LineDraft(
        a_component(node, on), _thing(source, on, MappingKind.SOURCE), year, int(dong), parts[4] if parts[4:] else ""
    )


def target_draft(plan: PlanVersion, said: dict[str, Any], on: date) -> TargetDraft:
    """A target from the words of a form or command. Raises ``Unreadable``."""
    value, value_to = (figure(said[name]) if said.get(name) else None for name in ("value", "value_to"))
    return TargetDraft(
        code=said["code"], component=a_component(said["component"], on), indicator=said["indicator"],
        said=said["said"], year_use=said.get("year") or plan.span, value=value, value_to=value_to,
        unit=said.get("unit") or "", qualifier=said.get("qualifier") or "", numerator=said.get("numerator") or "",
        denominator=said.get("denominator") or "", cites=said.get("cites") or "",
    )  # fmt: skip


def a_target(plan: PlanVersion | None, number: int) -> PlanTarget:
    """A target that stands, by its number. Raises ``Unreadable``."""
    found = PlanTarget.objects.filter(pk=number).select_related("plan").first()
    if found is not None and (plan is None or found.plan_id == plan.pk):
        for one in targets(found.plan):
            if one.pk == number:
                return one
    raise Unreadable(_("Không có chỉ tiêu số %(number)s đang đứng.") % {"number": number})


def a_component(said: str, on: date) -> Component:
    found = _thing(said, on, MappingKind.COMPONENT)
    assert isinstance(found, Component)
    return found


def a_place(said: str, on: date) -> Place:
    found = _thing(said, on, MappingKind.PLACE)
    assert isinstance(found, Place)
    return found


def _thing(said: str, on: date, kind: MappingKind) -> Any:
    return mapping.meant(said, on, kind)[1]

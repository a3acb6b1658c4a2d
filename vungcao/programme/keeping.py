"""Components that a province keeps itself: begun, ended, renamed by a paper, a name set right with its reason.

What the files of ``reference/`` say stands as long as nobody has written of that component here; then it is his
(``evidence.reference_rows``). A place in the tree follows from the code: ``1719.DA5.ND9`` stands under ``1719.DA5``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from vungcao.evidence.actions import Signer, acting, lock, record
from vungcao.evidence.models import Act
from vungcao.evidence.rewriting import again, close
from vungcao.evidence.seen import name_set_right, still_stands
from vungcao.kernel.refusal import Refusal
from vungcao.kernel.validity import holds, last_day
from vungcao.kernel.vietnamese import day, fold, nfc
from vungcao.kernel.years import NOT_DIVIDED, Years
from vungcao.law.models import Confidence
from vungcao.programme.loading import short_name
from vungcao.programme.models import Component, ComponentVersion, Level

_CODE: Final = re.compile(r"[A-Z0-9]+(-[A-Z0-9]+)*(\.(DA|TDA|ND)[1-9][0-9]?)*")
_LEVELS: Final = {"DA": Level.PROJECT, "TDA": Level.SUBPROJECT, "ND": Level.CONTENT}
LONGEST: Final = 40


class NotAComponent(Refusal):
    """What can't be recorded of a component."""

    code = "component.refused"


@dataclass(frozen=True)
class NewComponent:
    """What a paper says of a new component. ``until`` is half-open; ``years``: of a programme, when its money may be
    used (``2026-2030``).
    """

    code: str
    name: str
    since: date
    until: date | None = None
    also: Sequence[str] = ()
    capital_kinds: Sequence[str] = ()
    lead_agency: str = ""
    years: str = ""


def open_component(new: NewComponent, *, cites: str, by: Signer) -> Component:
    """Begin a component by a paper. Raises ``NotAComponent`` for a code that is there or has no parent, a parent that
    has ended or begins later, a name that a neighbour bears.
    """
    code, name = nfc(new.code).upper(), nfc(new.name)
    if len(code) > LONGEST or not _CODE.fullmatch(code):
        raise NotAComponent(
            _("Mã “%(code)s” không đúng dạng: viết như 1719.DA5.TDA3.ND1 (chương trình, dự án, tiểu dự án, nội dung).")
            % {"code": code},
            field="code",
        )
    if not name:
        raise NotAComponent(_("Ghi tên dự án, nội dung."), field="name")
    with _verb("programme.opened", by, cites) as act:
        if Component.objects.filter(code=code).exists():
            raise NotAComponent(_("Mã %(code)s đã có.") % {"code": code}, field="code")
        over = _over(code, new.since)
        until = _within(over, new)
        _refuse_namesake(over.component, name, new)
        made = Component.objects.create(act=act, code=code)
        ComponentVersion.objects.create(
            act=act, component=made, parent=over.component, level=_level(code), name=name,
            short_name=short_name(code), also=[nfc(one) for one in new.also if nfc(one)], years=_years(new.years),
            order=_place_after(over.component), capital_kinds=list(new.capital_kinds),
            lead_agency=nfc(new.lead_agency), confidence=Confidence.SOURCED, cites=nfc(cites),
            valid_from=new.since, valid_to=until,
        )  # fmt: skip
        record(act, made, after={"code": code, "name": name, "since": f"{new.since}", "cites": nfc(cites)})
    return made


def end_component(
    component: Component, *, seen: int, effective: date, cites: str, by: Signer, with_parts: bool = False
) -> list[Component]:
    """From the day on it is no more, by a paper; ``with_parts``: nor is what stands under it. Returns what ended.

    Money that was given stays where it stands. Raises ``NotAComponent``, ``Overtaken``.
    """
    with _verb("programme.ended", by, cites) as act:
        row = still_stands(ComponentVersion, seen)
        rows = [row, *_parts(component, effective)]
        _refuse_day(row, effective)
        if len(rows) > 1 and not with_parts:
            listed = ", ".join(one.component.code for one in rows[1:4]) + (" …" if len(rows) > 4 else "")
            raise NotAComponent(
                _("Bên dưới còn %(n)s nội dung (%(listed)s): kết thúc cả bên dưới, hoặc từng phần trước.")
                % {"n": len(rows) - 1, "listed": listed},
                field="with_parts",
            )
        for one in rows[1:]:
            _refuse_day(one, effective)
        close(ComponentVersion.objects.filter(pk__in=[one.pk for one in rows]), effective, act)
        ended = [one.component for one in rows]
        record(act, component, after={"ended": f"{effective}", "with": [one.code for one in ended[1:]]})
    return ended


def rename_component(component: Component, *, seen: int, name: str, effective: date, cites: str, by: Signer) -> None:
    """Another name from a day on, by a paper; the component stays the same. The old name still finds it."""
    said = nfc(name)
    with _verb("programme.renamed", by, cites) as act:
        row = still_stands(ComponentVersion, seen)
        _refuse_day(row, effective)
        if not said or row.name == said:
            raise NotAComponent(_("Ghi tên mới, khác tên đang có."), field="name")
        also = list(dict.fromkeys([*row.also, row.name]))
        close(ComponentVersion.objects.filter(pk=row.pk), effective, act)
        new = again(row, act, name=said, also=also, valid_from=effective, cites=nfc(cites))
        new.confidence = Confidence.SOURCED
        new.save()
        record(act, component, before={"name": row.name}, after={"name": said, "from": f"{effective}"})


def correct_component(*, seen: int, name: str, also: Sequence[str], reason: str, by: Signer) -> ComponentVersion:
    """Set right how a component is called, for all the days of the row that was seen. Raises ``Refusal``,
    ``Overtaken``.
    """
    names = {"name": nfc(name), "also": [nfc(one) for one in also if nfc(one)]}
    return name_set_right(
        ComponentVersion, seen, names,
        verb="programme.corrected", locks="programme.components", of="component", reason=reason, by=by,
    )  # fmt: skip


@contextmanager
def _verb(name: str, by: Signer, paper: str) -> Iterator[Act]:
    """One act for one who writes the tree at a time; inside another act one savepoint."""
    if not nfc(paper):
        raise NotAComponent(_("Thiếu căn cứ: ghi số, ký hiệu văn bản, hoặc lý do."))
    with acting(name, by=by, reason=nfc(paper)) as act, transaction.atomic():
        lock("programme.components")
        yield act


def _level(code: str) -> Level:
    mark = re.match(r"[A-Z]+", code.rpartition(".")[2]) if "." in code else None
    return _LEVELS[mark[0]] if mark else Level.PROGRAMME


def _over(code: str, since: date) -> ComponentVersion:
    """The version of the parent on the first day."""
    above = code.rpartition(".")[0] or NOT_DIVIDED
    rows = ComponentVersion.objects.standing().filter(component__code=above).select_related("component")
    if not rows:
        raise NotAComponent(
            _("Không có %(above)s để %(code)s đứng dưới: ghi %(above)s trước.") % {"above": above, "code": code},
            field="code",
        )
    found = next((row for row in rows if holds(row.valid_from, row.valid_to, since)), None)
    if found is None:
        last = max(rows, key=lambda row: row.valid_from or date.min)
        ended = last_day(last.valid_to)
        if ended and ended < since:
            told = _("đã hết ngày %(day)s") % {"day": day(ended)}
        else:
            told = _("từ %(day)s mới có") % {"day": day(last.valid_from or since)}
        raise NotAComponent(
            _("%(above)s %(told)s: %(code)s không thể có từ %(day)s.")
            % {"above": above, "told": told, "code": code, "day": day(since)},
            field="since",
        )
    return found


def _within(over: ComponentVersion, new: NewComponent) -> date | None:
    """Its end: as said, within the days of its parent; not said, that of its parent."""
    rows = ComponentVersion.objects.standing().filter(component=over.component).order_by("valid_from")
    ends = [row.valid_to for row in rows]
    last = None if None in ends else max(end for end in ends if end)
    if new.until is not None and new.until <= new.since:
        raise NotAComponent(_("Ngày cuối đứng trước ngày đầu."), field="until")
    if last is not None and new.until is not None and new.until > last:
        ended = day(last_day(last) or last)
        raise NotAComponent(
            _("%(code)s chỉ đến hết %(day)s: nội dung bên dưới không dài hơn.")
            % {"code": over.component.code, "day": ended},
            field="until",
        )
    return new.until or last


def _refuse_namesake(over: Component, name: str, new: NewComponent) -> None:
    for row in ComponentVersion.objects.on(new.since).filter(parent=over).select_related("component"):
        if fold(row.name) == fold(name):
            raise NotAComponent(_("%(code)s đã mang tên này.") % {"code": row.component.code}, field="name")


def _refuse_day(row: ComponentVersion, effective: date) -> None:
    code = row.component.code
    if code == NOT_DIVIDED:
        raise NotAComponent(_("Gốc của mọi chương trình không đổi, không kết thúc."))
    if row.valid_from is not None and effective <= row.valid_from:
        raise NotAComponent(
            _("%(code)s có từ %(day)s: ngày phải sau ngày ấy.") % {"code": code, "day": day(row.valid_from)},
            field="since",
        )
    if row.valid_to is not None and effective >= row.valid_to:
        ended = day(last_day(row.valid_to) or row.valid_to)
        raise NotAComponent(
            _("%(code)s đã hết ngày %(day)s: ghi một ngày sớm hơn.") % {"code": code, "day": ended}, field="since"
        )
    later = ComponentVersion.objects.standing().filter(component=row.component, valid_from__gte=effective).first()
    if later is not None:
        raise NotAComponent(
            _("Từ ngày %(day)s đã ghi việc khác cho %(code)s.")
            % {"day": day(later.valid_from or effective), "code": code},
            field="since",
        )


def _parts(component: Component, effective: date) -> list[ComponentVersion]:
    """What would still stand under it on the day or later, at any depth."""
    rows = ComponentVersion.objects.standing().filter(component__code__startswith=f"{component.code}.")
    return list(rows.exclude(valid_to__lte=effective).select_related("component").order_by("component__code"))


def _place_after(over: Component) -> int:
    """Its place in lists: with the last of its parent's subtree; of one place the code decides."""
    rows = ComponentVersion.objects.standing()
    if over.code != NOT_DIVIDED:
        rows = rows.filter(component__code__startswith=f"{over.code}.") | rows.filter(component=over)
    found: int = rows.aggregate(last=Max("order"))["last"] or 0
    return found + (over.code == NOT_DIVIDED)


def _years(said: str) -> str:
    if not nfc(said):
        return ""
    try:
        return f"{Years.parse(nfc(said).replace('–', '-'))}"
    except ValueError as wrong:
        raise NotAComponent(_("Năm viết như 2026-2030."), field="years") from wrong

"""Lines of a workbook into the register of places: each opens a place as the form does, or is held already.

Names, ends and shares are not changed by a list: what contradicts the register is refused, with what became of a place.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from vungcao.desk.registers.declaring import Doing
from vungcao.desk.registers.place_said import meant
from vungcao.desk.registers.reference import refuse
from vungcao.kernel.validity import after_last_day, holds, last_day
from vungcao.kernel.vietnamese import day, fold, nfc
from vungcao.territory import telling
from vungcao.territory.models import CITIES, PlaceCode, PlaceKind, PlaceVersion
from vungcao.territory.province import split_kind
from vungcao.territory.queries import GSO

_VILLAGES = ("Xóm", "Thôn", "Tổ dân phố")
_KINDS = {f"{label}": kind for kind, label in PlaceKind.choices} | dict.fromkeys(_VILLAGES, PlaceKind.VILLAGE.value)


def typed(values: Mapping[str, Any]) -> dict[str, Any]:
    """A line as the form would have it: the kind by its code, the name without the word of its kind."""
    said = {name: value for name, value in values.items() if value is not None}
    said["kind"], said["name"] = _KINDS[said["kind"]], nfc(said["name"])
    parted = split_kind(said["name"])
    if (
        parted
        and said["kind"] != PlaceKind.VILLAGE
        and (parted[0] == said["kind"] or {parted[0], said["kind"]} <= CITIES)
    ):
        said["name"] = parted[1]
    return said


def held(doing: Doing) -> int | None:
    """The place of a line, where the register has it on those days; ``None``: it is new.

    Raises ``Refusal`` for a unit that has ended or is not there yet, for another code, for a last day that only a paper
    about the place may give.
    """
    said = doing.said
    since, until = said.get("since"), after_last_day(said.get("until"))
    on = since or said.get("until") or timezone.localdate()
    parent = meant(said["parent"], on, doing, "parent").pk if said.get("parent") else None
    named = PlaceVersion.objects.standing().filter(folded=fold(said["name"]), kind=said["kind"])
    rows = sorted(named.select_related("place"), key=lambda row: row.valid_from or date.min)
    mine = [row for row in rows if row.parent_id == parent]
    found = next((row for row in mine if holds(row.valid_from, row.valid_to, on)), None)
    if found is None:
        _refuse_another_day(mine if said["kind"] == PlaceKind.VILLAGE else rows, on)
        if until is not None:
            raise refuse(
                _("Địa bàn chưa có trong sổ: ghi mới thì để trống ngày cuối, rồi ghi nhập, chia, bỏ."), "until"
            )
        return None
    _refuse_other_end(found, until)
    _refuse_other_code(found, said.get("code", ""))
    return int(found.place_id)


def _refuse_another_day(rows: list[PlaceVersion], on: date) -> None:
    """A unit of that name is no more, or still to come: a list does not bring it back."""
    if not rows:
        return
    last = max(rows, key=lambda row: row.valid_to or date.max)
    if last.valid_to is not None and last.valid_to <= on:
        raise refuse(
            _("%(ended)s: bỏ dòng này, hoặc ghi nơi kế thừa. Lập lại đơn vị cùng tên thì ghi bằng mẫu của sổ.")
            % {"ended": telling.ending_as_read(last)},
            "name",
        )
    first = rows[0]
    if first.valid_from is not None and first.valid_from > on:
        raise refuse(
            _("%(name)s trong sổ có từ %(day)s: sửa ngày trong tệp.")
            % {"name": first.full_name, "day": day(first.valid_from)},
            "since",
        )


def _refuse_other_end(found: PlaceVersion, until: date | None) -> None:
    """The last day of a line is the one that the register has: that of the place, or of the name it bore."""
    last = PlaceVersion.objects.standing().filter(place=found.place_id).order_by("valid_from").last()
    assert last is not None
    if until is None and last.valid_to is not None and last.valid_to <= timezone.localdate():
        ended = day(last_day(last.valid_to) or last.valid_to)
        raise refuse(
            _("%(ended)s: ghi ngày cuối %(day)s, hoặc bỏ dòng này.")
            % {"ended": telling.ending_as_read(last), "day": ended},
            "name",
        )
    if until is not None and until not in (found.valid_to, last.valid_to):
        raise refuse(
            _("Ngày cuối của %(name)s chỉ ghi theo văn bản nhập, chia, bỏ, ở trang của địa bàn.")
            % {"name": found.full_name},
            "until",
        )


def _refuse_other_code(found: PlaceVersion, code: str) -> None:
    borne = PlaceCode.objects.standing().filter(identity=found.place_id, scheme=GSO).values_list("code", flat=True)
    if code and code not in borne:
        raise refuse(
            _("%(name)s đã có, mang mã %(codes)s, không phải %(code)s.")
            % {"name": found.full_name, "codes": ", ".join(borne) or "—", "code": code},
            "code",
        )

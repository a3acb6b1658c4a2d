"""Opening accounts: one per combination, made when the first đồng arrives."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from vungcao.evidence.actions import lock
from vungcao.evidence.models import Act
from vungcao.kernel.refusal import Refusal
from vungcao.kernel.years import Years
from vungcao.ledger.models import Account, ObjectKind, SpendingObject
from vungcao.ledger.regions import Region, reserved_members, space


def open_object(
    code: str, *, kind: ObjectKind, name: str, act: Act, parent: SpendingObject | None = None, project_code: str = ""
) -> SpendingObject:
    """The spending object of a code (40 characters at most), made under ``act`` when it is not there yet.

    Raises ``NotAnAccount`` where the code already names something of another kind.
    """
    lock("ledger.objects", code)
    found = SpendingObject.objects.filter(code=code).first()
    if found is None:
        return SpendingObject.objects.create(
            act=act, code=code, kind=kind, name=name, parent=parent, project_code=project_code
        )
    if found.kind != kind:
        raise NotAnAccount(f"Mã {code} đã là của “{found.get_kind_display()}”, không dùng cho “{kind.label}”.")
    return found


class NotAnAccount(Refusal):
    """Money stands in one budget year of use, and what stands for the outside holds nothing of ours."""

    code = "account.impossible"


def open_account(region: Region, *, act: Act, is_contra: bool = False) -> Account:
    """The account of a region; made under ``act`` when it is not there yet. Two that open it at once get one."""
    if Years.parse(region.year_use).depth != 2:
        raise NotAnAccount(f"Tài khoản phải ghi rõ một năm sử dụng, đang là {region.year_use!r}.")
    found = Account.objects.filter(**region.columns()).first()
    if found is None:
        lock("ledger.accounts")
        found = Account.objects.filter(**region.columns()).first()
    if found is None:
        found = Account.objects.create(act=act, is_contra=is_contra, **region.columns())
    if found.is_contra != is_contra:
        raise NotAnAccount("Tài khoản này đứng thay cho bên ngoài sổ: không giữ vốn của đơn vị trong tỉnh.")
    return found


def contra(region: Region, *, giver: int, on: date) -> Region:
    """The contra region for money from outside: per (giver, programme, source, years); all else not divided."""
    here = space(on)
    stars = reserved_members()
    root = next(iter(reversed(list(here.places.up(region.place)))))
    return replace(
        region,
        component=here.components.programme_of(region.component),
        field=stars["field"],
        spending_object=stars["spending_object"],
        body=giver,
        place=root,
    )

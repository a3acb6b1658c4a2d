"""Opening accounts: one per combination, made when the first đồng arrives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from django.utils.translation import gettext as _

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
        raise NotAnAccount(
            _("Mã %(code)s đã là của “%(held)s”, không dùng cho “%(kind)s”.")
            % {"code": code, "held": _(found.get_kind_display()), "kind": _(f"{kind.label}")}
        )
    return found


class NotAnAccount(Refusal):
    """Money stands in one budget year of use, and what stands for the outside holds nothing of ours."""

    code = "account.impossible"


def open_account(region: Region, *, act: Act, is_contra: bool = False) -> Account:
    """The account of a region; see ``open_accounts``."""
    return open_accounts({region: is_contra}, act=act)[region]


def open_accounts(wanted: Mapping[Region, bool], *, act: Act) -> dict[Region, Account]:
    """The account of each region (→ does it stand for the outside?), made under ``act`` where it is not there yet. Two
    that open one at once get one.
    """
    for region in wanted:
        if Years.parse(region.year_use).depth != 2:
            raise NotAnAccount(
                _("Tài khoản phải ghi rõ một năm sử dụng, đang là %(year)r.") % {"year": region.year_use}
            )
    found = _held(wanted)
    if len(found) < len(wanted):
        lock("ledger.accounts")
        found = _held(wanted)
        missing = [region for region in wanted if region not in found]
        made = Account.objects.bulk_create(
            Account(act=act, is_contra=wanted[region], **region.columns()) for region in missing
        )
        found |= dict(zip(missing, made, strict=True))
    if any(account.is_contra != wanted[region] for region, account in found.items()):
        raise NotAnAccount(_("Tài khoản này đứng thay cho bên ngoài sổ: không giữ vốn của đơn vị trong tỉnh."))
    return found


def _held(wanted: Mapping[Region, bool]) -> dict[Region, Account]:
    """Those of the regions that have an account."""
    bodies, components = {region.body for region in wanted}, {region.component for region in wanted}
    rows = Account.objects.filter(body__in=bodies, component__in=components)
    return {region: account for account in rows if (region := Region.of(account)) in wanted}


class Outside:
    """Contra regions for money from and to the outside of one decision: per (giver, programme, source, years); all else
    is not divided.
    """

    def __init__(self, *, giver: int, on: date) -> None:
        self._giver, self._here, self._stars = giver, space(on), reserved_members()

    def of(self, region: Region) -> Region:
        """The contra region that faces ``region``."""
        return replace(
            region,
            component=self._here.components.programme_of(region.component),
            field=self._stars["field"],
            spending_object=self._stars["spending_object"],
            body=self._giver,
            place=next(iter(reversed(list(self._here.places.up(region.place))))),
        )

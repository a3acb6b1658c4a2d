"""Opening accounts: one per combination, made when the first đồng arrives."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from vungcao.evidence.models import Act
from vungcao.ledger.models import Account
from vungcao.ledger.regions import Region, reserved_members, space
from vungcao.kernel.refusal import Refusal
from vungcao.kernel.years import Years


class NotAnAccount(Refusal):
    """Money stands in one budget year of use."""

    code = "account.year"


def open_account(region: Region, *, act: Act, is_contra: bool = False) -> Account:
    """The account of a region; made under ``act`` when it is not there yet."""
    if Years.parse(region.year_use).depth != 2:
        raise NotAnAccount(f"Tài khoản phải ghi rõ một năm sử dụng, đang là {region.year_use!r}.")
    found = Account.objects.filter(**region.columns()).first()
    return found or Account.objects.create(act=act, is_contra=is_contra, **region.columns())


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

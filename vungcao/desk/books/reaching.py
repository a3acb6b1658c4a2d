"""Who may see which row of the register of money: the place and body that it stands at, in the units of its own day."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.http import Http404
from django.utils.translation import gettext as _

from vungcao.bodies.reach import Reach
from vungcao.ledger.models import Entry
from vungcao.territory import queries as territory

Seat = tuple[int, int]  # keys of the place and the body that a row stands at


def seen(seats: Collection[Seat], on: date, reach: Reach) -> set[Seat]:
    """The seats within reach. A place that has ended, or is still to begin, is asked on its own nearest day, as
    figures do.
    """
    if reach.everything:
        return set(seats)
    lives = territory.lives()
    return {
        (place, body)
        for place, body in seats
        if reach.sees(place, body, territory.tree(territory.day_there(lives.get(place), on)))
    }


def vouchers_seen(keys: Collection[int], reach: Reach) -> set[int]:
    """Those of some vouchers of which at least one account, of the province's own books, is within reach."""
    rows = Entry.objects.filter(voucher__in=keys, account__is_contra=False).order_by()
    seats = rows.values_list("voucher", "voucher__dated", "account__place", "account__body").distinct()
    return {voucher for voucher, dated, place, body in seats if seen([(place, body)], dated, reach)}


def not_there() -> Http404:
    """The one answer to what does not exist and to what is out of reach."""
    return Http404(_("Không có trang này, hoặc nằm ngoài phạm vi được xem."))

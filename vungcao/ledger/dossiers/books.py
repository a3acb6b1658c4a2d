"""What the books hold around a dossier's lines, its own vouchers apart: in two questions, however many lines there are.

The accounts that lines name are read entry by entry; every account of the years that lines touch as a sum on the day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Final

from django.db.models import Q, Sum

from vungcao.bodies.queries import batches_reached
from vungcao.evidence.keeping import known_at
from vungcao.ledger.dossiers.standing import apart_from, but_lapsed
from vungcao.ledger.models import Entry, VoucherKind
from vungcao.ledger.models.accounts import REGION
from vungcao.ledger.regions import Region

if TYPE_CHECKING:
    from vungcao.ledger.dossiers.draft import Draft

GIVES: Final = (
    VoucherKind.ASSIGNMENT, VoucherKind.ALLOCATION, VoucherKind.ADJUSTMENT, VoucherKind.CARRY_OVER,
    VoucherKind.HANDOVER,
)  # fmt: skip
_ACCOUNT: Final = tuple(f"account__{name}" for name in REGION)


@dataclass(frozen=True)
class Moved:
    """One entry of a named account: whole đồng, the day and number of its voucher; ``gives``: it is a paper's that
    gives money and that nothing has reversed.
    """

    dated: date
    dong: int
    number: str
    gives: bool


@dataclass(frozen=True)
class Held:
    """What an account holds on the day in whole đồng; ``received``: by vouchers whose batch was received, ``None``
    where there is none.
    """

    region: Region
    dong: int
    received: int | None


class Books:
    """The books as a draft looks at them: for its day, as known at its act number."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft

    @property
    def accounts(self) -> Mapping[Region, int]:
        """The accounts that lines name and that have entries: their keys."""
        return self._named[0]

    def days_of(self, region: Region) -> Mapping[date, int]:
        """Day → đồng that moved on it, of an account that a line names; money that others held and that lapsed by the
        day counts as given back.
        """
        found: dict[date, int] = defaultdict(int)
        for one in self._named[1].get(region, ()):
            found[one.dated] += one.dong
        return found

    def given_by(self, region: Region) -> Moved | None:
        """The last entry, up to the day, of a paper that gave money to an account that a line names."""
        until = [one for one in self._named[1].get(region, ()) if one.gives and one.dated <= self._draft.on]
        return until[-1] if until else None

    @cached_property
    def _named(self) -> tuple[dict[Region, int], dict[Region, list[Moved]]]:
        """Region → key of its account, and its entries by day, the later written last."""
        wanted = {Region.of(line) for line in self._draft.lines}
        near = {f"{column}__in": {getattr(one, name) for one in wanted}
                for name, column in zip(REGION, _ACCOUNT, strict=True)}  # fmt: skip
        near_them = Entry.objects.filter(known_at(self._draft.known), **near)
        rows = but_lapsed(self._draft.on, apart_from(self._draft.dossier, near_them)).order_by("voucher__dated", "pk")
        said = ("account", "voucher__dated", "dong", "voucher__number", "voucher__kind", "voucher__reversed_by")
        keys: dict[Region, int] = {}
        moved: dict[Region, list[Moved]] = defaultdict(list)
        for key, dated, dong, number, kind, reversed_by, *node in rows.values_list(*said, *_ACCOUNT):
            region = Region(*node)
            if region in wanted:
                keys[region] = key
                gives = dong > 0 and kind in GIVES and reversed_by is None
                moved[region].append(Moved(dated, dong, number, gives))
        return keys, moved

    def received_in(self, year_use: str) -> list[tuple[Region, int]]:
        """Region and đồng received of every account of a year of use that the lines touch."""
        return self._received.get(year_use, [])

    @cached_property
    def _received(self) -> dict[str, list[tuple[Region, int]]]:
        found: dict[str, list[tuple[Region, int]]] = defaultdict(list)
        for one in self.held:
            if one.received is not None:
                found[one.region.year_use].append((one.region, one.received))
        return found

    @cached_property
    def held(self) -> list[Held]:
        """Every account of the years of origin, or of use, that the lines touch."""
        lines, way = self._draft.lines, self._draft.way
        origins = {line.year_origin for line in lines}
        used = {line.year_use for line in lines} | {year for line in lines for _, year in way.effects(line)}
        rows = Entry.objects.filter(
            Q(account__year_origin__in=origins) | Q(account__year_use__in=used), known_at(self._draft.known),
            account__is_contra=False, voucher__dated__lte=self._draft.on,
        )  # fmt: skip
        received = Q(voucher__batch__in=batches_reached("received", self._draft.known))
        sums = apart_from(self._draft.dossier, rows).values_list(*_ACCOUNT).order_by()
        sums = sums.annotate(all_of_it=Sum("dong"), received=Sum("dong", filter=received))
        return [Held(Region(*node), dong, there) for *node, dong, there in sums]

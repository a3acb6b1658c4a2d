"""What is left unspent of a line's money on the day it closes, or on the day asked about where that comes first.

Nobody can carry over or cancel what is spent. What was spent of an account is what is said of it or inside it, or of a
wider region in which it alone has money. Else the narrowest figure that covers it is compared with all money inside.
Where nobody has said, nothing is compared: missing is not zero.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from vungcao.kernel.vietnamese import day
from vungcao.ledger.cover import Admitted
from vungcao.ledger.dossiers.fault import Fault
from vungcao.ledger.models import DossierLine
from vungcao.ledger.regions import Region
from vungcao.ledger.spending import counted_on, spending_on
from vungcao.ui.amounts import money

if TYPE_CHECKING:
    from vungcao.ledger.dossiers.draft import Draft


def spent_by_line(draft: Draft) -> dict[int, int | None]:
    """Line (its key) → đồng said to be spent of its account up to the day that counts; ``None``: nobody has said."""
    return {line.pk: _spent(draft, Region.of(line), draft.way.as_of(draft, line)) for line in draft.lines}


def more_than_remains(draft: Draft) -> Iterator[Fault]:
    """Lines that take more than is left unspent; what is not there at all is said elsewhere."""
    wanted: dict[Region, list[DossierLine]] = defaultdict(list)
    for line in draft.giving:
        wanted[Region.of(line)].append(line)
    for region, lines in wanted.items():
        asked, left, on = sum(line.dong for line in lines), draft.left(lines[0]), as_of(draft, lines[0])
        spent = draft.spent[lines[0].pk]
        if asked > left:
            continue
        if spent is not None and asked > left - spent:
            sentence = _(
                "%(line)s: %(verb)s %(asked)s mà đến ngày %(day)s chỉ còn %(left)s chưa giải ngân (được giao "
                "%(given)s, đã giải ngân %(spent)s)."
            ) % {"line": draft.where(lines[0]), **_sums(draft, asked, left, spent, on)}
            yield Fault("dossier.more_than_remains", sentence, draft.article(lines[0]), lines[0].pk)
        elif spent is None and (over := _covering(draft, region, on)):
            yield from _inside(draft, lines[0], over, wanted, on)


def unsaid(draft: Draft) -> Iterator[str]:
    """Of which lines nobody has said what was spent."""
    for line in draft.giving:
        on = as_of(draft, line)
        if draft.spent[line.pk] is None and _covering(draft, Region.of(line), on) is None:
            yield _(
                "%(line)s: chưa ai báo cáo số giải ngân đến ngày %(day)s, nên chưa kiểm được %(dong)s có còn hay không."
            ) % {"line": draft.where(line), "day": day(on), "dong": money(line.dong)}


def as_of(draft: Draft, line: DossierLine) -> date:
    """The closing day of a line's money, or the draft's day where that comes first."""
    return min(draft.on, draft.closing(line).first or draft.on)


@dataclass(frozen=True)
class SaidBy:
    """What is said of a day: what counts, region by region, and every figure admitted; by year of use."""

    counted: dict[str, list[tuple[Region, int]]]
    admitted: dict[str, list[Admitted]]


def _said_by(draft: Draft, on: date) -> SaidBy:
    """Asked once for each day of a draft: a dossier of a whole province has hundreds of lines."""
    if on not in draft.said_by:
        found = SaidBy(defaultdict(list), defaultdict(list))
        for region, dong in counted_on(on, known=draft.known):
            found.counted[region.year_use].append((region, dong))
        for one in spending_on(on, known=draft.known).admitted:
            found.admitted[one.said.region.year_use].append(one)
        draft.said_by[on] = found
    return draft.said_by[on]


def _spent(draft: Draft, account: Region, on: date) -> int | None:
    said = [
        dong
        for region, dong in _said_by(draft, on).counted.get(account.year_use, ())
        if draft.here.covers(account, region)
    ]
    if said:
        return sum(said)
    over = _covering(draft, account, on)
    alone = over is not None and [region for region, dong in _inside_of(draft, over.said.region) if dong] == [account]
    return over.said.dong if over and alone else None


def _covering(draft: Draft, account: Region, on: date) -> Admitted | None:
    """The narrowest counted figure over an account."""
    over = [
        one
        for one in _said_by(draft, on).admitted.get(account.year_use, ())
        if draft.here.covers(one.said.region, account)
    ]
    return max(over, key=lambda one: draft.here.depth(one.said.region), default=None)


def _inside(
    draft: Draft, line: DossierLine, over: Admitted, wanted: dict[Region, list[DossierLine]], on: date
) -> Iterator[Fault]:
    """The figure speaks for several accounts: what all lines take inside it, against what is left inside it. Said once,
    at the first of the lines.
    """
    here, region = draft.here, over.said.region
    mine = [one for lines in wanted.values() for one in lines if here.covers(region, Region.of(one))]
    asked, given = sum(one.dong for one in mine), sum(dong for _, dong in _inside_of(draft, region))
    if mine[0].pk == line.pk and asked > given - over.said.dong:
        sentence = _(
            "%(line)s và các khoản cùng báo cáo: %(verb)s %(asked)s mà đến ngày %(day)s chỉ còn %(left)s chưa giải "
            "ngân (được giao %(given)s, đã giải ngân %(spent)s)."
        ) % {"line": draft.where(line), **_sums(draft, asked, given, over.said.dong, on)}
        yield Fault("dossier.more_than_remains", sentence, draft.article(line), line.pk)


def _sums(draft: Draft, asked: int, given: int, spent: int, on: date) -> dict[str, str]:
    """What a sentence says of money asked beyond what is left."""
    return {
        "verb": _(draft.way.verb), "asked": money(asked), "day": day(on), "left": money(max(given - spent, 0)),
        "given": money(given), "spent": money(spent),
    }  # fmt: skip


def _inside_of(draft: Draft, region: Region) -> list[tuple[Region, int]]:
    """The accounts inside a region and what they hold on the draft's day, the dossier's own vouchers apart."""
    held = draft.books.received_in(region.year_use)
    return [(account, dong) for account, dong in held if draft.here.covers(region, account)]

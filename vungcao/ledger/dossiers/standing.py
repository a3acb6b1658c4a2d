"""What stands in a dossier: its lines, where it is on its way, the money held for it, the vouchers that are its own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import FilteredRelation, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from vungcao.bodies.reach import Reach
from vungcao.evidence.keeping import known_at
from vungcao.kernel.refusal import Refusal
from vungcao.ledger.models import (
    DecisionVoucher,
    Dossier,
    DossierLine,
    DossierStep,
    Entry,
    OpinionAnswer,
    OpinionAsked,
    Reservation,
)
from vungcao.territory import queries as territory

DRAFTING, DECIDED = "drafting", "decided"
_OF_A_LINE: Final = (
    "component", "field", "source", "body", "place", "spending_object", "proposed_by", "said_at__batch__source",
)  # fmt: skip


class NoSuchDossier(Refusal):
    """A code that no dossier bears, or one beyond the asker's reach."""

    code = "dossier.unknown"


@dataclass(frozen=True)
class Standing:
    """A dossier as it was read: the step it had come to, and the last day up to which money was held for it."""

    dossier: Dossier
    step: str
    held_until: date | None


def dossier(code: str) -> Dossier:
    """The dossier of a code. Raises ``NoSuchDossier``."""
    found = Dossier.objects.filter(code=code).select_related("drafted_by", "batch__source").first()
    if found is None:
        raise NoSuchDossier(_("Không có hồ sơ vốn nào mang mã “%(code)s”.") % {"code": code})
    return found


def standings(rows: QuerySet[Dossier]) -> list[Standing]:
    """Dossiers with drafter, source and decision, and where each stands; in one question, however many they are."""
    read: Any = rows.select_related("drafted_by", "batch__source", "decision__decided_by").annotate(
        last_step=_last_step(),
        held_until=Subquery(_held().filter(dossier=OuterRef("pk")).order_by("-pk").values("until")[:1]),
    )
    return [Standing(one, _step(hasattr(one, "decision"), one.last_step), one.held_until) for one in read]


def lines(of: Dossier, known: int | None = None) -> list[DossierLine]:
    """The lines that stand, A. Giảm first, each block in the order of proposing; with the cells that said them."""
    return lines_of([of], known)[of.pk]


def lines_of(several: Collection[Dossier], known: int | None = None) -> dict[int, list[DossierLine]]:
    """Dossier (its key) → its lines that stand; in one question."""
    later = DossierLine.objects.filter(known_at(known), dossier__in=several).exclude(replaces=None)
    rows = DossierLine.objects.filter(known_at(known), dossier__in=several, is_withdrawn=False)
    standing = rows.exclude(pk__in=later.values("replaces")).select_related(*_OF_A_LINE)
    found: dict[int, list[DossierLine]] = {one.pk: [] for one in several}
    for line in sorted(standing, key=lambda line: (line.side != "down", line.pk)) if several else ():
        found[line.dossier_id].append(line)
    return found


def step(of: Dossier) -> str:
    """Where it stands: drafting, submitted, returned, withdrawn or decided."""
    return steps([of])[of.pk]


def steps(several: Collection[Dossier]) -> dict[int, str]:
    """Dossier (its key) → where it stands; in one question, asked anew whatever the rows in hand say: who waited for
    the lock must see what was done meanwhile.
    """
    if not several:
        return {}
    rows = Dossier.objects.filter(pk__in=[one.pk for one in several]).annotate(last_step=_last_step()).order_by()
    said = rows.values_list("pk", "decision", "last_step")
    return {pk: _step(decision is not None, last) for pk, decision, last in said}


def _last_step() -> Subquery:
    return Subquery(DossierStep.objects.filter(dossier=OuterRef("pk")).order_by("-pk").values("step")[:1])


def _step(is_decided: bool, last: str | None) -> str:
    return DECIDED if is_decided else last or DRAFTING


def opinions(of: Dossier) -> list[tuple[OpinionAsked, OpinionAnswer | None]]:
    """Each opinion asked, with the body, and the answer that stands; in the order of asking, in one question."""
    rows: Any = OpinionAsked.objects.filter(dossier=of).annotate(answer=FilteredRelation("answers"))
    read = rows.select_related("body", "answer").order_by("pk", "answer__pk")
    said: list[tuple[OpinionAsked, OpinionAnswer | None]] = [(row, getattr(row, "answer", None)) for row in read]
    replaced = {answer.replaces_id for _, answer in said if answer}
    found: dict[int, tuple[OpinionAsked, OpinionAnswer | None]] = {}
    for asked, answer in said:
        stands = answer if answer and answer.pk not in replaced else None
        if stands or asked.pk not in found:
            found[asked.pk] = (asked, stands)
    return list(found.values())


def answers(of: Dossier) -> dict[int, OpinionAnswer]:
    """Opinion asked (its key) → the answer that stands."""
    return {asked.pk: answer for asked, answer in opinions(of) if answer}


def _held() -> QuerySet[Reservation]:
    """Reservations that have not been reversed."""
    return Reservation.objects.filter(voucher__reversed_by=None)


def held(of: Dossier) -> Reservation | None:
    """The reservation that has not been reversed."""
    return _held().filter(dossier=of).select_related("voucher").order_by("pk").last()


def apart_from(of: Dossier, entries: QuerySet[Entry]) -> QuerySet[Entry]:
    """Entries but those of the dossier's own vouchers: reservations, their reversals, the decision's."""
    mine = Reservation.objects.filter(dossier=of)
    reversals = mine.exclude(voucher__reversed_by=None)
    decided = DecisionVoucher.objects.filter(decision__dossier=of)
    return (
        entries.exclude(voucher__in=mine.values("voucher"))
        .exclude(voucher__in=reversals.values("voucher__reversed_by"))
        .exclude(voucher__in=decided.values("voucher"))
    )


def but_lapsed(on: date, entries: QuerySet[Entry]) -> QuerySet[Entry]:
    """Entries but those of reservations whose last day is over by a day, though nobody has given their money back."""
    return entries.exclude(voucher__in=_held().filter(until__lt=on).values("voucher"))


def holding(
    accounts: Iterable[int], on: date, *, but: Dossier | None = None
) -> dict[int, list[tuple[Reservation, int]]]:
    """Account → the reservations that hold money of it on a day and have not lapsed, with the đồng held."""
    rows = Entry.objects.filter(account__in=list(accounts), dong__lt=0)
    rows = rows.filter(voucher__reservation__until__gte=on, voucher__reversed_by=None)
    if but is not None:
        rows = rows.exclude(voucher__reservation__dossier=but)
    read = rows.select_related("voucher__reservation__dossier__drafted_by").order_by("voucher__reservation", "pk")
    sums: dict[tuple[int, int], tuple[Reservation, int]] = {}
    for row in read:
        one = row.voucher.reservation
        sums[row.account_id, one.pk] = (one, sums.get((row.account_id, one.pk), (one, 0))[1] - row.dong)
    found: dict[int, list[tuple[Reservation, int]]] = defaultdict(list)
    for (account, _one), held_there in sums.items():
        found[account].append(held_there)
    return found


def in_reach(reach: Reach, on: date) -> QuerySet[Dossier]:
    """Dossiers of which somebody sees the drafting body, or at least one line (its account or who proposed it)."""
    if reach.everything:
        return Dossier.objects.order_by("-pk")
    drafted = Q(drafted_by__in=reach.all_bodies())
    return Dossier.objects.filter(Q(pk__in=_with_a_line(reach, on)) | drafted).order_by("-pk")


def keys_in_reach(among: Collection[Dossier], reach: Reach, on: date) -> set[int]:
    """Which of some dossiers are ``in_reach``; lines are asked for only where who drafted them doesn't say it."""
    if reach.everything:
        return {one.pk for one in among}
    seen = reach.all_bodies()
    mine = {one.pk for one in among if one.drafted_by_id in seen}
    others = [one.pk for one in among if one.pk not in mine]
    return mine | (_with_a_line(reach, on, Q(dossier__in=others)) if others else set())


def _with_a_line(reach: Reach, on: date, *only: Q) -> set[int]:
    seen, tree = reach.all_bodies(), territory.tree(on)
    rows = DossierLine.objects.filter(Q(body__in=seen) | Q(proposed_by__in=seen), *only)
    return {
        found for found, place, body, by in rows.values_list("dossier", "place", "body", "proposed_by")
        if reach.sees(place, body, tree) or reach.sees(place, by, tree)
    }  # fmt: skip


def those_in_reach(among: Iterable[DossierLine], reach: Reach, on: date) -> list[DossierLine]:
    """The lines that somebody sees: whose account, or whose proposer's, is within reach."""
    tree = territory.tree(on)
    return [
        line for line in among
        if reach.sees(line.place_id, line.body_id, tree) or reach.sees(line.place_id, line.proposed_by_id, tree)
    ]  # fmt: skip

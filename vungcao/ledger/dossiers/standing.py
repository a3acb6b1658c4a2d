"""What stands in a dossier: its lines, where it is on its way, the money held for it, the vouchers that are its own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from vungcao.bodies.reach import Reach
from vungcao.evidence.keeping import known_at
from vungcao.kernel.refusal import Refusal
from vungcao.ledger.models import Dossier, DossierLine, DossierStep, OpinionAnswer, Reservation
from vungcao.territory import queries as territory

DRAFTING, DECIDED = "drafting", "decided"


class NoSuchDossier(Refusal):
    """A code that no dossier bears, or one beyond the asker's reach."""

    code = "dossier.unknown"


def dossier(code: str) -> Dossier:
    """The dossier of a code. Raises ``NoSuchDossier``."""
    found = Dossier.objects.filter(code=code).select_related("drafted_by", "batch__source").first()
    if found is None:
        raise NoSuchDossier(_("Không có hồ sơ vốn nào mang mã “%(code)s”.") % {"code": code})
    return found


def lines(of: Dossier, known: int | None = None) -> list[DossierLine]:
    """The lines that stand, A. Giảm first, each block in the order of proposing."""
    later = DossierLine.objects.filter(known_at(known), dossier=of).exclude(replaces=None)
    rows = DossierLine.objects.filter(known_at(known), dossier=of, is_withdrawn=False)
    standing = rows.exclude(pk__in=later.values("replaces")).select_related(
        "component", "field", "source", "body", "place", "spending_object", "proposed_by"
    )
    return sorted(standing, key=lambda line: (line.side != "down", line.pk))


def step(of: Dossier) -> str:
    """Where it stands: drafting, submitted, returned, withdrawn or decided."""
    if hasattr(of, "decision"):
        return DECIDED
    last: DossierStep | None = of.steps.order_by("pk").last()
    return last.step if last else DRAFTING


def answers(of: Dossier) -> dict[int, OpinionAnswer]:
    """Opinion asked (its key) → the answer that stands."""
    rows = OpinionAnswer.objects.filter(asked__dossier=of, replaced_by=None).order_by("pk")
    return {row.asked_id: row for row in rows}


def held(of: Dossier) -> Reservation | None:
    """The reservation that has not been reversed."""
    return of.reservations.filter(voucher__reversed_by=None).select_related("voucher").order_by("pk").last()


def own_vouchers(of: Dossier) -> set[int]:
    """Keys of the dossier's vouchers: reservations, their reversals, the decision's."""
    found = {pk for pair in of.reservations.values_list("voucher", "voucher__reversed_by") for pk in pair if pk}
    if hasattr(of, "decision"):
        found |= set(of.decision.vouchers.values_list("voucher", flat=True))
    return found


def lapsed_vouchers(on: date) -> set[int]:
    """Keys of the reservations whose last day is over by a day, though nobody has given their money back yet."""
    rows = Reservation.objects.filter(until__lt=on, voucher__reversed_by=None)
    return set(rows.values_list("voucher", flat=True))


def holding(
    accounts: Iterable[int], on: date, *, but: Dossier | None = None
) -> dict[int, list[tuple[Reservation, int]]]:
    """Account → the reservations that hold money of it on a day and have not lapsed, with the đồng held."""
    rows = Reservation.objects.filter(voucher__reversed_by=None, until__gte=on)
    rows = rows.filter(voucher__entries__account__in=list(accounts)).distinct().select_related("dossier__drafted_by")
    found: dict[int, list[tuple[Reservation, int]]] = defaultdict(list)
    for row in rows.order_by("pk"):
        if but is not None and row.dossier_id == but.pk:
            continue
        sums: dict[int, int] = defaultdict(int)
        for account, dong in row.voucher.entries.filter(dong__lt=0).values_list("account", "dong"):
            sums[account] -= dong
        for account, dong in sums.items():
            found[account].append((row, dong))
    return found


def in_reach(reach: Reach, on: date) -> QuerySet[Dossier]:
    """Dossiers of which somebody sees the drafting body, or at least one line (its account or who proposed it)."""
    if reach.everything:
        return Dossier.objects.order_by("-pk")
    seen = reach.all_bodies()
    tree = territory.tree(on)
    rows = DossierLine.objects.filter(Q(body__in=seen) | Q(proposed_by__in=seen)).values_list(
        "dossier", "place", "body", "proposed_by"
    )
    mine = {
        found for found, place, body, by in rows
        if reach.sees(place, body, tree) or reach.sees(place, by, tree)
    }  # fmt: skip
    return Dossier.objects.filter(Q(pk__in=mine) | Q(drafted_by__in=seen)).order_by("-pk")


def lines_in_reach(of: Dossier, reach: Reach, on: date) -> list[DossierLine]:
    """The standing lines that somebody sees: whose account, or whose proposer's, is within reach."""
    tree = territory.tree(on)
    return [
        line for line in lines(of)
        if reach.sees(line.place_id, line.body_id, tree) or reach.sees(line.place_id, line.proposed_by_id, tree)
    ]  # fmt: skip

"""Dossiers over the accounts of the example province (ví dụ): an adjustment that is open, one with money held, one
that was decided, a carry-over of many lines. Made by the ledger's own verbs.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import Final

from django.db.models import Sum

from vungcao.bodies.models import Body
from vungcao.bodies.queries import body
from vungcao.evidence.actions import SYSTEM
from vungcao.ledger import actions
from vungcao.ledger.models import Account, Dossier, DossierKind, Entry, Side, Verdict
from vungcao.ledger.regions import Region

OPENED: Final = date(2024, 6, 3)
PLANNED: Final = date(2024, 6, 28)
MILLION: Final = 1_000_000


def make_dossiers(*, lines: int = 12) -> list[Dossier]:
    """Four, each of so many lines or of as many as there is money for."""
    held = _held()
    down, up = held[:lines], held[lines : 2 * lines]
    moved = [(side, region) for side, regions in ((Side.DOWN, down), (Side.UP, up)) for region in regions]
    made = [_opened(moved) for _ in range(3)]
    actions.hold(made[1], on=PLANNED, until=PLANNED + timedelta(days=900), by=SYSTEM)
    actions.record_decision(made[2], number="VD/NQ-HĐND", dated=PLANNED, decided_by=_body("HDND-04"), by=SYSTEM)
    carried = [(Side.OVER, region) for region in held]
    return [*made, _opened(carried, kind=DossierKind.CARRY_OVER, basis="CO-08")]


def _held() -> list[Region]:
    """Accounts that had money on the day, of the source and years of which most have."""
    rows = Entry.objects.filter(account__is_contra=False, voucher__dated__lte=OPENED)
    sums = rows.values_list("account").annotate(held=Sum("dong")).filter(held__gt=10 * MILLION).order_by()
    groups: dict[tuple[object, ...], list[Region]] = defaultdict(list)
    for account in Account.objects.filter(pk__in=[key for key, _ in sums]).order_by("pk"):
        if account.year_origin.isdigit() and account.year_use.isdigit():
            groups[account.source_id, account.year_origin, account.year_use].append(Region.of(account))
    return max(groups.values(), key=len)


def _opened(
    lines: list[tuple[Side, Region]], *, kind: DossierKind = DossierKind.ADJUSTMENT, basis: str = ""
) -> Dossier:
    made = actions.open_dossier(
        title="Hồ sơ vốn ví dụ", planned_for=PLANNED, drafted_by=_body("BDT-04"),
        on=OPENED, is_example=True, kind=kind, by=SYSTEM,
    )  # fmt: skip
    said = [actions.LineDraft(side, region, MILLION, "ví dụ", region.body, basis=basis) for side, region in lines]
    actions.propose(made, said, by=SYSTEM)
    asked = actions.ask_opinion(made, of=_body("STC-04"), on=OPENED, by=SYSTEM)
    actions.answer_opinion(asked, actions.Answer(PLANNED, Verdict.AGREES), by=SYSTEM)
    actions.ask_opinion(made, of=_body("KBNN-04"), on=OPENED, by=SYSTEM)
    return made


def _body(key: str) -> Body:
    found = body(key)
    assert found is not None, key
    return found

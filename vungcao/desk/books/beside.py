"""What others say of an account's money: statement lines that speak of it, proposals to move it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from vungcao.bodies.reach import Reach
from vungcao.cube.codes import Codes
from vungcao.desk.books.reaching import seen
from vungcao.desk.books.regions import with_names
from vungcao.ledger.models import Account, DossierLine, StatementLine
from vungcao.ledger.regions import Region, Space, space
from vungcao.territory import queries as territory

MOST: Final = 60  # lines and proposals shown; the newest first
_LOOKED_AT: Final = 600


@dataclass(frozen=True)
class SaidLine:
    """A line of a statement whose region meets the account's: all of it, a part, or more than it."""

    line: StatementLine
    reporter: str
    how: str


def said(account: Account, on: date, reach: Reach) -> list[SaidLine]:
    """Lines within reach as of ``on`` or earlier, the newest first."""
    here = space(territory.day_there(territory.lives().get(account.place_id), on))
    mine = Region.of(account)
    rows = with_names(_candidates(account, on, here)).select_related(
        "statement__reporter", "statement__superseded_by", "component", "source", "body", "place", "field",
        "spending_object",
    )  # fmt: skip
    near = list(rows.order_by("-statement__as_of", "-pk")[:_LOOKED_AT])
    within = seen({(row.place_id, row.body_id) for row in near}, on, reach)
    names = Codes.of(on)
    met = (row for row in near if (row.place_id, row.body_id) in within and here.meets(mine, Region.of(row)))
    found = [SaidLine(row, names.name("body", row.statement.reporter.key), _how(mine, row, here)) for row in met]
    return found[:MOST]


def _candidates(account: Account, on: date, here: Space) -> QuerySet[StatementLine]:
    """Lines that could meet the account: along each tree above it, at it, or below it."""
    asked = Q(statement__as_of__lte=on)
    if account.year_use.isdigit():
        asked &= Q(year_use__in={account.year_use, "*"}) | Q(year_use__contains="-")
    for name, tree, node in (
        ("component", here.components, account.component_id),
        ("place", here.places, account.place_id),
        ("body", here.bodies, account.body_id),
    ):
        stars = {here.not_divided[name]} if name in here.not_divided else set()
        asked &= Q(**{f"{name}__in": {*tree.up(node), *tree.below(node), *stars}})
    return StatementLine.objects.filter(asked)


def _how(mine: Region, row: StatementLine, here: Space) -> str:
    theirs = Region.of(row)
    if mine == theirs:
        return _("đúng tài khoản này")
    return _("phạm vi rộng hơn") if here.covers(theirs, mine) else _("một phần")


def proposed(account: Account) -> list[DossierLine]:
    """Lines of adjustment dossiers about exactly this account, the newest first."""
    rows = DossierLine.objects.filter(**Region.of(account).columns()).select_related("dossier")
    return list(rows.order_by("-pk")[:MOST])

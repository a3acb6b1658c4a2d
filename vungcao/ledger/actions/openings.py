"""Recording what had been spent and goes over to a new holder."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from vungcao.bodies.models import Batch
from vungcao.evidence.actions import Signer, acting, lock, record
from vungcao.kernel.refusal import Cell
from vungcao.ledger.actions.vouchers import WrongMove
from vungcao.ledger.models import Opening
from vungcao.ledger.regions import Region


@dataclass(frozen=True)
class OpeningDraft:
    """Whole đồng that ``giver`` had spent and hands over to ``taker``; the two differ in body and place alone."""

    giver: Region
    taker: Region
    dong: int
    where: Cell | None = None


def record_openings(
    *, batch: Batch, dated: date, rows: Sequence[OpeningDraft], by: Signer, number: str = ""
) -> list[Opening]:
    """Record the spending that a handover takes along. The same numbered paper with the same rows changes nothing.

    Raises ``WrongMove`` for an amount that is not positive, or a row that changes more than body and place.
    """
    for row in rows:
        _check(row)
    with acting("ledger.opened", by=by) as act:
        lock("openings", number, dated)
        held = list(Opening.objects.filter(number=number, dated=dated).order_by("pk")) if number else []
        wanted = Counter((row.taker, row.giver.body, row.giver.place, row.dong) for row in rows)
        if held and Counter((Region.of(one), one.from_body_id, one.from_place_id, one.dong) for one in held) == wanted:
            return held
        made = Opening.objects.bulk_create(
            Opening(
                act=act,
                batch=batch,
                dated=dated,
                number=number,
                from_body_id=row.giver.body,
                from_place_id=row.giver.place,
                dong=row.dong,
                sheet=row.where.sheet if row.where else "",
                cell=row.where.cell if row.where else "",
                **row.taker.columns(),
            )
            for row in rows
        )
        record(act, batch, after={"openings": len(made), "dong": sum(one.dong for one in made)})
    return list(made)


def _check(row: OpeningDraft) -> None:
    if row.dong <= 0:
        raise WrongMove(_("Số đã chi bàn giao phải lớn hơn 0."))
    changed = {name for name in Region.__dataclass_fields__ if getattr(row.giver, name) != getattr(row.taker, name)}
    if not changed or changed - {"body", "place"}:
        raise WrongMove(_("Bàn giao số đã chi chỉ đổi đơn vị và địa bàn, không đổi gì khác."))

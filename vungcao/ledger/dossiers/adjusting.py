"""Adjustment: A. Giảm and B. Tăng are equal per source, years and field; money goes from account to account."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from vungcao.ledger.dossiers import moving
from vungcao.ledger.dossiers.fault import Fault
from vungcao.ledger.dossiers.way import Posted, Way
from vungcao.ledger.models import DossierKind, DossierLine, Side, VoucherKind
from vungcao.ledger.regions import Region, Space
from vungcao.ui.amounts import money

if TYPE_CHECKING:
    from vungcao.ledger.dossiers.draft import Draft


class Adjusting(Way):
    """The kind *adjustment*."""

    kind = DossierKind.ADJUSTMENT
    prefix = "DC"
    sides = (Side.DOWN, Side.UP)
    giving = Side.DOWN
    verb = "giảm"

    def matched(self, draft: Draft) -> tuple[list[moving.Moved], list[moving.Left]]:
        return moving.moves(draft.lines, draft.here, any_field=draft.dossier.field_changes)

    def scope(self, here: Space, one: moving.Moved) -> str:
        return moving.scope(here, one)

    def faults(self, draft: Draft) -> Iterator[Fault]:
        if not draft.side(Side.DOWN) or not draft.side(Side.UP):
            said = _("Hồ sơ phải có cả khối A. Giảm và khối B. Tăng; đang là giảm %(down)s, tăng %(up)s.") % {
                "down": money(draft.total(Side.DOWN)),
                "up": money(draft.total(Side.UP)),
            }
            yield Fault("dossier.empty", said, draft.articles())
            return
        yield from _sums(draft)

    def posted(self, draft: Draft) -> list[Posted]:
        """One *adjustment*; what does not balance as money cancelled or added by the same paper."""
        left = {side: [one for one in draft.left_over if one.line.side == side] for side in self.sides}
        return [
            (VoucherKind.ADJUSTMENT, [(Region.of(one.down), Region.of(one.up), one.dong) for one in draft.moves]),
            (VoucherKind.CANCELLATION, [(Region.of(one.line), None, one.dong) for one in left[Side.DOWN]]),
            (VoucherKind.ASSIGNMENT, [(None, Region.of(one.line), one.dong) for one in left[Side.UP]]),
        ]


def _sums(draft: Draft) -> Iterator[Fault]:
    """Per source, years and field the blocks are equal; what is left of both at once was mixed."""
    loose: dict[moving.Group, list[moving.Left]] = defaultdict(list)
    for one in draft.left_over:
        loose[moving.group_of(one.line, any_field=draft.dossier.field_changes)].append(one)
    down = [group for group in loose.values() if group[0].line.side == Side.DOWN]
    up = [group for group in loose.values() if group[0].line.side == Side.UP]
    if down and up:
        said = [_("%(money)s giảm thừa %(dong)s") % _of(draft, group) for group in down]
        said += [_("%(money)s tăng thừa %(dong)s") % _of(draft, group) for group in up]
        sentence = _("Trộn vốn khác nguồn, năm hoặc lĩnh vực chi: %(said)s.") % {"said": "; ".join(said)}
        yield Fault("dossier.mixed", sentence, _mixing(draft, down[0][0].line, up[0][0].line))
        return
    for group in [*down, *up]:
        more_down = _("%(money)s: giảm nhiều hơn tăng %(dong)s; tổng phải bằng 0.")
        more_up = _("%(money)s: tăng nhiều hơn giảm %(dong)s; tổng phải bằng 0.")
        sentence = (more_down if group[0].line.side == Side.DOWN else more_up) % _of(draft, group)
        yield Fault("dossier.not_zero", sentence, draft.articles())


def _mixing(draft: Draft, down: DossierLine, up: DossierLine) -> str:
    """The article on what was mixed: between kinds of capital, else that of the move as the lines would have it."""
    kinds = down.source.kind != up.source.kind and down.source.level == up.source.level
    scope = "BETWEEN_CAPITAL_KINDS" if kinds else moving.scope(draft.here, moving.Moved(down, up, 0))
    return draft.article_between(down, up, scope)


def _of(draft: Draft, group: list[moving.Left]) -> dict[str, str]:
    """What a sentence says of money that is left over."""
    return {"money": _label(draft, group[0].line), "dong": money(sum(one.dong for one in group))}


def _label(draft: Draft, line: DossierLine) -> str:
    said = _("%(source)s, vốn năm %(origin)s dùng năm %(used)s") % {
        "source": line.source.name, "origin": line.year_origin, "used": line.year_use,
    }  # fmt: skip
    if draft.dossier.field_changes or line.field.code == "*":
        return said
    return said + _(", lĩnh vực %(field)s") % {"field": line.field.name}

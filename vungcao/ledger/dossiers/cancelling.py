"""Cancellation: what is left unspent leaves the province's books. Where the law cancels it, the paper is a list."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from vungcao.kernel.vietnamese import day
from vungcao.law.carrying import permissions, told
from vungcao.law.closing import THEN
from vungcao.ledger.dossiers import remaining
from vungcao.ledger.dossiers.carrying import one_year
from vungcao.ledger.dossiers.fault import Fault
from vungcao.ledger.dossiers.moving import Moved
from vungcao.ledger.dossiers.way import Posted, Way
from vungcao.ledger.models import DossierKind, DossierLine, Side, VoucherKind
from vungcao.ledger.regions import Region, Space
from vungcao.ui.amounts import money

if TYPE_CHECKING:
    from vungcao.ledger.dossiers.draft import Draft


class Cancelling(Way):
    """The kind *cancellation*."""

    kind = DossierKind.CANCELLATION
    prefix = "HDT"
    sides = (Side.OFF,)
    giving = Side.OFF
    verb = "hủy"

    def scope(self, here: Space, one: Moved) -> str:
        return "CANCELLATION"

    def settled(self, draft: Draft, line: DossierLine) -> str:
        """By every reading of the day the estimate is cancelled, and its last day is over."""
        said = draft.closing(line).readings
        over = [one for one in said if one.until and one.until < draft.on and one.then_said == THEN["cancelled"]]
        return self.article(draft, line) if said and len(over) == len(said) else ""

    def article(self, draft: Draft, line: DossierLine) -> str:
        closing = draft.closing(line)
        if not closing.rules:
            return _("danh mục chưa có quy tắc; hỏi %(whom)s") % {"whom": closing.ask}
        return f"{', '.join(closing.rules)}: {closing.cites or _('chưa có điều khoản')}"

    def as_of(self, draft: Draft, line: DossierLine) -> date:
        return remaining.as_of(draft, line)

    def faults(self, draft: Draft) -> Iterator[Fault]:
        if not draft.lines:
            yield Fault("dossier.empty", _("Hồ sơ hủy dự toán chưa có dòng nào (0 đồng)."), draft.articles())
            return
        yield from one_year(draft)
        yield from remaining.more_than_remains(draft)

    def cautions(self, draft: Draft) -> Iterator[str]:
        for line in draft.lines:
            closing = draft.closing(line)
            if closing.first and draft.on <= closing.first:
                yield _(
                    "%(line)s: ngày %(day)s vốn còn hạn đến %(until)s (%(cites)s); hủy %(dong)s là trả lại trước hạn."
                ) % {
                    "line": draft.where(line), "day": day(draft.on), "until": day(closing.first),
                    "cites": closing.cites, "dong": money(line.dong),
                }  # fmt: skip
            kind, level = line.source.kind, line.source.level
            for one in permissions(kind, level, int(line.year_origin), int(line.year_use), draft.book):
                if one.is_in_force(draft.on) and one.confidence == "sourced" and one.code == one.rule.id:
                    said = {"line": draft.where(line), "ground": told(one), "dong": money(line.dong)}
                    yield _("%(line)s: %(ground)s có thể cho chuyển %(dong)s thay vì hủy.") % said
        yield from remaining.unsaid(draft)

    def posted(self, draft: Draft) -> list[Posted]:
        return [(VoucherKind.CANCELLATION, [(Region.of(line), None, line.dong) for line in draft.lines])]

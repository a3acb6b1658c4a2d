"""Carry-over: money that stands in one year of use goes on into the next, in the same account, by a ground that permits
it (``law.carrying``); it keeps its year of origin.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from vungcao.kernel.vietnamese import day
from vungcao.law.carrying import RESOLUTION, SPARED, Permission, permissions, told
from vungcao.law.deadlines import Deadline
from vungcao.ledger.dossiers import remaining
from vungcao.ledger.dossiers.fault import Fault
from vungcao.ledger.dossiers.moving import Moved
from vungcao.ledger.dossiers.way import Posted, Way
from vungcao.ledger.models import DossierKind, DossierLine, Side, VoucherKind
from vungcao.ledger.regions import Region, Space
from vungcao.ui.amounts import money

if TYPE_CHECKING:
    from vungcao.ledger.dossiers.draft import Draft


class Carrying(Way):
    """The kind *carry-over*."""

    kind = DossierKind.CARRY_OVER
    prefix = "CN"
    sides = (Side.OVER,)
    giving = Side.OVER
    verb = "chuyển sang năm sau"

    def scope(self, here: Space, one: Moved) -> str:
        return "CARRY_OVER"

    def use_year(self, line: DossierLine) -> int:
        return int(line.year_use) + 1

    def claimed(self, line: DossierLine) -> str:
        return line.basis.partition(".")[0]

    def settled(self, draft: Draft, line: DossierLine) -> str:
        one = claimed(draft, line)
        return told(one) if one and one.way == RESOLUTION and one.is_in_force(draft.on) else ""

    def article(self, draft: Draft, line: DossierLine) -> str:
        one = claimed(draft, line)
        return told(one) if one else ""

    def as_of(self, draft: Draft, line: DossierLine) -> date:
        return remaining.as_of(draft, line)

    def faults(self, draft: Draft) -> Iterator[Fault]:
        if not draft.lines:
            yield Fault("dossier.empty", _("Hồ sơ chuyển nguồn chưa có dòng nào (0 đồng)."), draft.articles())
            return
        yield from one_year(draft)
        for line in draft.lines:
            yield from _permitted(draft, line)
        yield from remaining.more_than_remains(draft)

    def cautions(self, draft: Draft) -> Iterator[str]:
        for line in draft.lines:
            one = claimed(draft, line)
            if one and one.confidence != "sourced":
                said = {"ground": told(one), "whom": draft.closing(line).ask}
                yield _("Căn cứ %(ground)s: hỏi %(whom)s trước khi trình.") % said
            if one and one.way in (RESOLUTION, SPARED):
                yield _(
                    "%(code)s (%(cites)s) cho chuyển, nhưng danh mục không ghi cơ quan nào của tỉnh ký danh sách: hỏi "
                    "%(whom)s."
                ) % {"code": one.code, "cites": one.cites, "whom": draft.closing(line).ask}
        yield from remaining.unsaid(draft)

    def posted(self, draft: Draft) -> list[Posted]:
        into = [(Region.of(line), carried(line), line.dong) for line in draft.lines]
        return [(VoucherKind.CARRY_OVER, [*into])]

    def effects(self, line: DossierLine) -> list[tuple[Side, str]]:
        return [(Side.DOWN, line.year_use), (Side.UP, f"{self.use_year(line)}")]


def carried(line: DossierLine) -> Region:
    """The account that takes the money: the same one, a year of use later."""
    return replace(Region.of(line), year_use=f"{int(line.year_use) + 1}")


def grounds(draft: Draft, line: DossierLine) -> list[Permission]:
    """What permits carrying a line's money over, on whatever day."""
    kind, level = line.source.kind, line.source.level
    return permissions(kind, level, int(line.year_origin), int(line.year_use), draft.book)


def claimed(draft: Draft, line: DossierLine) -> Permission | None:
    """The ground that a line names, if it is one for its money."""
    return next((one for one in grounds(draft, line) if one.code == line.basis), None)


def one_year(draft: Draft) -> Iterator[Fault]:
    """One paper, one year of use: money of two years may close on different days, by different resolutions."""
    sums: dict[str, int] = {}
    for line in draft.giving:
        sums[line.year_use] = sums.get(line.year_use, 0) + line.dong
    if len(sums) > 1:
        each = (_("dùng năm %(year)s: %(dong)s") % {"year": year, "dong": money(sums[year])} for year in sorted(sums))
        sentence = _("Trộn vốn của nhiều năm sử dụng trong một hồ sơ: %(said)s.") % {"said": "; ".join(each)}
        yield Fault("dossier.mixed", sentence, draft.articles())


def _permitted(draft: Draft, line: DossierLine) -> Iterator[Fault]:
    """The ground is about this money, and in force on the day of the decision."""
    found = grounds(draft, line)
    named = next((one for one in found if one.code == line.basis), None)
    if named is not None:
        yield from _in_time(draft, line, named)
        return
    of = {"line": _where(draft, line), "basis": line.basis, "year": int(line.year_use) + 1}
    if line.basis:
        of["possible"] = _possible(draft, found)
        said = _("%(line)s: căn cứ “%(basis)s” không nói về khoản vốn này; %(possible)s.") % of
        yield Fault("dossier.basis_of_other_money", said, _closing_cites(draft.closing(line)), line.pk)
        return
    if standing := [one for one in found if one.is_in_force(draft.on)]:
        of["possible"] = _possible(draft, standing)
        said = _("%(line)s: dòng chưa ghi căn cứ được chuyển; %(possible)s.") % of
        yield Fault("dossier.no_basis", said, draft.closing(line).cites or draft.articles(), line.pk)
        return
    if found:
        yield from _in_time(draft, line, max(found, key=lambda one: one.way == RESOLUTION))
        return
    said = _("%(line)s: danh mục không có điều nào cho chuyển sang năm %(year)s.") % of
    yield Fault("dossier.no_rule", said, _closing_cites(draft.closing(line)), line.pk)


def _in_time(draft: Draft, line: DossierLine, one: Permission) -> Iterator[Fault]:
    of = {"line": _where(draft, line), "decided": day(draft.on), "basis": one.code}
    if one.first_day and draft.on < one.first_day:
        of["day"] = day(one.first_day)
        said = _("%(line)s: quyết định ngày %(decided)s trước ngày căn cứ %(basis)s được áp dụng %(day)s.") % of
        yield Fault("dossier.before_its_base", said, told(one), line.pk)
    elif one.last_day and draft.on > one.last_day:
        of["day"] = day(one.last_day)
        said = _("%(line)s: quyết định ngày %(decided)s đã quá ngày cuối %(day)s của căn cứ %(basis)s.") % of
        yield Fault("dossier.too_late", said, told(one), line.pk)


def _where(draft: Draft, line: DossierLine) -> str:
    of = {"line": draft.where(line), "dong": money(line.dong), "year": line.year_use}
    return _("%(line)s: %(dong)s dùng năm %(year)s") % of


def _possible(draft: Draft, found: list[Permission]) -> str:
    listed = "; ".join(told(one) for one in found if one.is_in_force(draft.on))
    if listed:
        return _("có thể là %(listed)s") % {"listed": listed}
    return _("ngày %(day)s danh mục không có căn cứ nào cho khoản này") % {"day": day(draft.on)}


def _closing_cites(closing: Deadline) -> str:
    if not closing.rules:
        return _("danh mục chưa có quy tắc; hỏi %(whom)s") % {"whom": closing.ask}
    until = _(", hết hạn %(day)s") % {"day": day(closing.until)} if closing.until else ""
    cites = closing.cites or _("chưa có điều khoản")
    return f"{', '.join(closing.rules)}: {cites}{until}; {closing.then_told}".rstrip("; ")

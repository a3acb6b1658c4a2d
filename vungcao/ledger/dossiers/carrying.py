"""Carry-over: money that stands in one year of use goes on into the next, in the same account, by a ground that permits
it (``law.carrying``); it keeps its year of origin.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from vungcao.kernel.vietnamese import day, money
from vungcao.law.carrying import RESOLUTION, SPARED, Permission, permissions, told
from vungcao.law.deadlines import Deadline
from vungcao.ledger.dossiers import remaining
from vungcao.ledger.dossiers.fault import Fault
from vungcao.ledger.dossiers.moving import Moved
from vungcao.ledger.dossiers.way import Posted, Way
from vungcao.ledger.models import DossierKind, DossierLine, Side, VoucherKind
from vungcao.ledger.regions import Region, Space

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
            yield Fault("dossier.empty", "Hồ sơ chuyển nguồn chưa có dòng nào (0 đồng).", draft.articles())
            return
        yield from one_year(draft)
        for line in draft.lines:
            yield from _permitted(draft, line)
        yield from remaining.more_than_remains(draft)

    def cautions(self, draft: Draft) -> Iterator[str]:
        for line in draft.lines:
            one = claimed(draft, line)
            if one and one.confidence != "sourced":
                yield f"Căn cứ {told(one)}: hỏi {draft.closing(line).ask} trước khi trình."
            if one and one.way in (RESOLUTION, SPARED):
                yield (
                    f"{one.code} ({one.cites}) cho chuyển, nhưng danh mục không ghi cơ quan nào của tỉnh ký danh sách: "
                    f"hỏi {draft.closing(line).ask}."
                )
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
        said = "; ".join(f"dùng năm {year}: {money(dong)}" for year, dong in sorted(sums.items()))
        sentence = f"Trộn vốn của nhiều năm sử dụng trong một hồ sơ: {said}."
        yield Fault("dossier.mixed", sentence, draft.articles())


def _permitted(draft: Draft, line: DossierLine) -> Iterator[Fault]:
    """The ground is about this money, and in force on the day of the decision."""
    found = grounds(draft, line)
    named = next((one for one in found if one.code == line.basis), None)
    if named is not None:
        yield from _in_time(draft, line, named)
        return
    if line.basis:
        said = f"{_where(draft, line)}: căn cứ “{line.basis}” không nói về khoản vốn này; {_possible(draft, found)}."
        yield Fault("dossier.basis_of_other_money", said, _closing_cites(draft.closing(line)), line.pk)
        return
    if standing := [one for one in found if one.is_in_force(draft.on)]:
        said = f"{_where(draft, line)}: dòng chưa ghi căn cứ được chuyển; {_possible(draft, standing)}."
        yield Fault("dossier.no_basis", said, draft.closing(line).cites or draft.articles(), line.pk)
        return
    if found:
        yield from _in_time(draft, line, max(found, key=lambda one: one.way == RESOLUTION))
        return
    said = f"{_where(draft, line)}: danh mục không có điều nào cho chuyển sang năm {int(line.year_use) + 1}."
    yield Fault("dossier.no_rule", said, _closing_cites(draft.closing(line)), line.pk)


def _in_time(draft: Draft, line: DossierLine, one: Permission) -> Iterator[Fault]:
    decided = f"quyết định ngày {day(draft.on)}"
    if one.first_day and draft.on < one.first_day:
        said = f"{decided} trước ngày căn cứ {one.code} được áp dụng {day(one.first_day)}."
        yield Fault("dossier.before_its_base", f"{_where(draft, line)}: {said}", told(one), line.pk)
    elif one.last_day and draft.on > one.last_day:
        said = f"{decided} đã quá ngày cuối {day(one.last_day)} của căn cứ {one.code}."
        yield Fault("dossier.too_late", f"{_where(draft, line)}: {said}", told(one), line.pk)


def _where(draft: Draft, line: DossierLine) -> str:
    return f"{draft.where(line)}: {money(line.dong)} dùng năm {line.year_use}"


def _possible(draft: Draft, found: list[Permission]) -> str:
    listed = "; ".join(told(one) for one in found if one.is_in_force(draft.on))
    return f"có thể là {listed}" if listed else f"ngày {day(draft.on)} danh mục không có căn cứ nào cho khoản này"


def _closing_cites(closing: Deadline) -> str:
    if not closing.rules:
        return f"danh mục chưa có quy tắc; hỏi {closing.ask}"
    until = f", hết hạn {day(closing.until)}" if closing.until else ""
    return f"{', '.join(closing.rules)}: {closing.cites or 'chưa có điều khoản'}{until}; {closing.then_said}".rstrip(
        "; "
    )

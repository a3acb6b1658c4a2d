"""What a unit asks to be adjusted (practice §4.4): rows of its own workbook as lines of a dossier, not yet written.

Money goes down or up in one account each; there is no pairing and nothing has to balance: that is the dossier's matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Literal

from django.db.models import Sum

from vungcao.intake import objects
from vungcao.intake.adjusting import AdjustmentDrafting
from vungcao.intake.drafted import Drafted
from vungcao.intake.holdings import NAMES
from vungcao.intake.profile import Bound
from vungcao.intake.reading import Row
from vungcao.intake.transfers import Item
from vungcao.kernel.refusal import Cell
from vungcao.kernel.vietnamese import fold
from vungcao.kernel.years import NOT_DIVIDED
from vungcao.ledger.models import Account
from vungcao.ledger.regions import Region

_DATED: Final = re.compile(r"(?:,?\s*ngày\s*)?(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\s*$", re.IGNORECASE)
_BLOCKS: Final = {"giam": "down", "tang": "up"}
_SAID: Final = {"down": "A. GIẢM", "up": "B. TĂNG"}
Way = Literal["down", "up"]


@dataclass(frozen=True)
class Proposed:
    """One line: đồng off (``down``) or onto (``up``) an account, with what the unit says of it and the cell."""

    side: Way
    region: Region
    dong: int
    reason: str
    targets: str
    paper: str
    paper_dated: date | None
    where: Cell


class ProposedLines(AdjustmentDrafting):
    """The table of one unit. ``planned_for``: the day on which the dossier is expected to be decided; without one
    (a common import) nothing is drafted, for a proposal goes into a dossier. ``lines``: block A first, as the rows are.
    """

    measures = AdjustmentDrafting.measures | {"reason", "targets", "paper"}
    planned_for: date | None = None

    def draft(self) -> Drafted:
        self.lines: list[Proposed] = []
        self.on = self.planned_for
        if self.planned_for is not None:
            return super().draft()
        said = "đây là đề nghị của đơn vị, chưa phải quyết định: đưa vào một hồ sơ điều chỉnh, ở trang hồ sơ hoặc bằng "
        self._problem("proposal.no_dossier", f"{said}`vungcao dossier lines MÃ TỆP`.", cell=self.top)
        return self.out

    @property
    def unit(self) -> int | None:
        """The body in the corner: who proposes."""
        return self._issuer_id

    def _make(self, programme: int) -> None:
        self._year_problem(programme)
        self._issuer()
        found = [one for item in self._items(programme) for one in self._of(item)]
        self.out.problems += objects.unknown(self.out.objects)
        if not self.out.is_usable:
            return
        keys = objects.known(self.out.objects)
        found = [replace(one, region=_with_object(one.region, keys)) for one in found]
        accounts = _accounts({one.region.body for one in found}, self.here.on)
        down = [self._placed(one, accounts, []) for one in found if one.side == "down"]
        up = [self._placed(one, accounts, down) for one in found if one.side == "up"]
        self.lines = [*down, *up]
        if not self.lines:
            self._problem("voucher.empty", "không có số tiền nào để đề nghị.", cell=self.top)

    def _control_node(self, component: int, level: str = "") -> int | None:
        """As named: at which level its money stands is asked of the accounts."""
        return component

    def _of(self, item: Item) -> Iterator[Proposed]:
        self._before_and_after(item.row)
        for side, measure in (("down", "decrease"), ("up", "increase")):
            for bound in self._said(measure):
                one = self._line(item, bound, side)  # type: ignore[arg-type]  # the two words above
                if one is not None:
                    yield one

    def _line(self, item: Item, bound: Bound, side: Way) -> Proposed | None:
        row, cell = item.row, f"{bound.col}{item.row.row}"
        dong, value = self._dong(row, bound)
        if not dong or value is None:
            return None
        if dong < 0:
            said = f"số {value.said} nhỏ hơn 0: cột giảm và cột tăng đều ghi số dương."
            self._problem("amount.negative", said, cell=cell, said=value.said)
        block = self._block(row)
        if block and block != side:
            said = f"dòng ở khối {_SAID[block]} mà số đứng ở cột của khối {_SAID[side]}: chuyển cột hoặc chuyển khối."
            self._problem("block.other", said, cell=cell, said=value.said)
        source, origin = self._capital(row, bound), self._origin_year(row, bound, False)
        reason, reason_cell = self._text(row, "reason")
        if not reason:
            self._problem("reason.missing", "mỗi dòng đề nghị phải ghi lý do.", cell=reason_cell, said=row.label)
        if dong < 0 or source is None or origin is None:
            return None
        number, dated = self._paper_of(row)
        region = self._held_region(item, source, origin, self.heading.year or 0)
        where = Cell(self.file, self.sheet.name, cell)
        return Proposed(side, region, dong, reason, self._text(row, "targets")[0], number, dated, where)

    def _block(self, row: Row) -> Way | None:
        """The block that a row stands in, by the sections above it."""
        rows = {one.row: one for one in self.table.rows}
        here: Row | None = row
        while here is not None:
            for word, side in _BLOCKS.items():
                if re.search(rf"\b{word}\b", fold(here.label)) and len(here.label) < 40:
                    return side  # type: ignore[return-value]  # one of the two
            here = rows.get(here.parent) if here.parent is not None else None
        return None

    def _paper_of(self, row: Row) -> tuple[str, date | None]:
        """The unit's paper that a row names, else that of the whole table."""
        said, cell = self._text(row, "paper")
        if not said:
            return self.heading.number, self.heading.dated
        found = _DATED.search(said)
        number = (said[: found.start()] if found else said).strip(" ,;")
        if len(number) > 60:
            self._problem("paper.too_long", "chỉ ghi số, ký hiệu và ngày của văn bản.", cell=cell, said=said)
        try:
            return number[:60], date(int(found[3]), int(found[2]), int(found[1])) if found else None
        except ValueError:
            self._problem("paper.unreal_day", f"“{said}”: lịch không có ngày này.", cell=cell, said=said)
            return number[:60], None

    # the account -------------------------------------------------------------------------------------------
    def _placed(self, one: Proposed, accounts: Sequence[tuple[Account, int]], down: Sequence[Proposed]) -> Proposed:
        """The line at the account that its holder has; an increase may open one, then what it does not say of the
        money is what the decreases of the table say.
        """
        found = self._fitting(one.region, accounts)
        if len(found) > 1:
            differ = [name for key, name in NAMES.items() if len({getattr(row, key) for row in found}) > 1]
            said = f"đơn vị giữ vốn này ở {len(found)} tài khoản khác nhau về {', '.join(differ)}: ghi rõ rồi nộp lại."
            self._problem("account.several", said, cell=one.where.cell)
        if len(found) == 1:
            return replace(one, region=found[0])
        if not found and one.side == "down":
            said = (
                "đơn vị không giữ vốn này (dự án, loại vốn, năm nguồn, năm sử dụng): kiểm tra lại dòng, hoặc nộp quyết "
            )
            self._problem("account.none", f"{said}định giao vốn của đơn vị trước.", cell=one.where.cell)
        return replace(one, region=self._opened(one, down)) if one.side == "up" and not found else one

    def _opened(self, one: Proposed, down: Sequence[Proposed]) -> Region:
        """A new account of an increase, of the budget level that the file's decreases of this kind are of."""
        region, (kind, level) = one.region, self.here.sources[one.region.source]
        alike = {line.region.source for line in down if self.here.sources[line.region.source][0] == kind}
        if level == NOT_DIVIDED and len(alike) == 1:
            return replace(region, source=alike.pop())
        if level == NOT_DIVIDED:
            said = "không rõ vốn này của ngân sách cấp nào: ghi ở cột Loại vốn (NSTW, ngân sách tỉnh…)."
            self._problem("source.level_missing", said, cell=one.where.cell)
        return region

    def _fitting(self, said: Region, accounts: Sequence[tuple[Account, int]]) -> list[Region]:
        """The accounts that a line may mean: at the component named, else below it, else above; with money first."""
        kind, level = self.here.sources[said.source]
        tree, star = self.here.components, self.here.not_divided["field"]
        rows = [
            (row, left) for row, left in accounts
            if (row.body_id, row.year_origin, row.year_use) == (said.body, said.year_origin, said.year_use)
            and row.spending_object_id == said.spending_object
            and said.field in (row.field_id, star)
            and self.here.sources[row.source_id][0] == kind
            and level in (self.here.sources[row.source_id][1], NOT_DIVIDED)
        ]  # fmt: skip
        for related in (
            [(row, left) for row, left in rows if row.component_id == said.component],
            [(row, left) for row, left in rows if tree.covers(said.component, row.component_id)],
            [(row, left) for row, left in rows if tree.covers(row.component_id, said.component)],
        ):
            if related:
                return [Region.of(row) for row, left in related if left > 0] or [Region.of(row) for row, _ in related]
        return []


def _accounts(bodies: set[int], on: date) -> list[tuple[Account, int]]:
    """Every account of the bodies with what it has left on the day."""
    rows = Account.objects.filter(body__in=bodies, is_contra=False, entries__voucher__dated__lte=on)
    return [(row, row.left) for row in rows.annotate(left=Sum("entries__dong")).order_by("pk")]


def _with_object(region: Region, keys: dict[int, int]) -> Region:
    return replace(region, spending_object=keys.get(region.spending_object, region.spending_object))

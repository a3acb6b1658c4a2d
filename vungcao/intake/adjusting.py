"""An adjustment (practice §4.4): decreases and increases become moves between them, within one kind of money."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from vungcao.intake.reading import Row
from vungcao.intake.transfers import TransferDrafting
from vungcao.kernel.refusal import Cell
from vungcao.kernel.splitting import split
from vungcao.kernel.vietnamese import money
from vungcao.ledger.actions import Move
from vungcao.ledger.regions import Region


@dataclass(frozen=True)
class Side:
    """A decrease or an increase: đồng of an account, and the cell that says so."""

    region: Region
    dong: int
    where: Cell


class AdjustmentDrafting(TransferDrafting):
    """Decreases and increases of one kind of capital, field and year of origin must be equal."""

    measures = TransferDrafting.measures | {"decrease", "increase", "before", "spent", "after"}
    amounts = frozenset({"decrease", "increase", "before", "spent", "after"})

    def _moves(self, programme: int) -> Iterator[Move]:
        down: dict[tuple[int, int, str], list[Side]] = defaultdict(list)
        up: dict[tuple[int, int, str], list[Side]] = defaultdict(list)
        for item in self._items(programme):
            self._before_and_after(item.row)
            for sides, measure in ((down, "decrease"), (up, "increase")):
                for bound in self._said(measure):
                    dong, value = self._dong(item.row, bound)
                    cell = f"{bound.col}{item.row.row}"
                    if not dong or value is None:
                        continue
                    if dong < 0:
                        said = f"số {value.said} nhỏ hơn 0: cột giảm và cột tăng đều ghi số dương."
                        self._problem("amount.negative", said, cell=cell, said=value.said)
                        continue
                    source, origin = self._capital(item.row, bound), self._origin_year(item.row, bound, False)
                    if source is None or origin is None:
                        continue
                    region = self._held_region(item, source, origin, self.heading.year or 0)
                    where = Cell(self.file, self.sheet.name, cell)
                    sides[source, item.field, origin].append(Side(region, dong, where))
        for key in dict.fromkeys((*down, *up)):
            if self._is_balanced(key, down[key], up[key]):
                yield from paired(down[key], up[key])

    def _is_balanced(self, key: tuple[int, int, str], down: Sequence[Side], up: Sequence[Side]) -> bool:
        less, more = sum(one.dong for one in down), sum(one.dong for one in up)
        if less == more:
            return True
        names = {pk: code for code, pk in self.sources.items()}
        kind = {"dau_tu": "vốn đầu tư", "su_nghiep": "vốn sự nghiệp"}.get(
            names[key[0]].partition(":")[0], names[key[0]]
        )
        code = next(code for code, pk in self.fields.items() if pk == key[1])
        said = f"{kind}{f', loại {code}' if code != '*' else ''}, năm nguồn {key[2]}: giảm {money(less)}, tăng "
        said += (
            f"{money(more)}, lệch {money(abs(less - more))}; giảm và tăng phải bằng nhau theo từng loại vốn, lĩnh vực "
        )
        said += "chi, năm nguồn: sửa số, hoặc ghi lại loại vốn, năm nguồn của dòng."
        self._problem("adjustment.unbalanced", said, cell=(up or down)[0].where.cell)
        return False

    def _before_and_after(self, row: Row) -> None:
        """Given − decrease + increase = after, and a decrease within what is not spent, where the paper says them."""
        said = {name: next((self._dong(row, bound)[0] for bound in self._said(name)), None) for name in self.amounts}
        before, after, spent = said["before"], said["after"], said["spent"]
        less, more = said["decrease"] or 0, said["increase"] or 0
        if before is not None and after is not None and before - less + more != after:
            sentence = f"kế hoạch {money(before)} trừ giảm {money(less)} cộng tăng {money(more)} là "
            sentence += f"{money(before - less + more)}, biểu ghi {money(after)}; vẫn được ghi, đề nghị giải trình."
            cell = f"{self._said('after')[0].col}{row.row}"
            self._problem("adjustment.after_differs", sentence, cell=cell, weight="contradicting")
        if before is not None and spent is not None and less > before - spent:
            sentence = (
                f"giảm {money(less)}, nhiều hơn số chưa giải ngân {money(before - spent)}; vẫn được ghi, đề nghị "
            )
            sentence += "giải trình."
            cell = f"{self._said('decrease')[0].col}{row.row}"
            self._problem("adjustment.below_spent", sentence, cell=cell, weight="contradicting")


def paired(down: Sequence[Side], up: Sequence[Side]) -> Iterator[Move]:
    """Each decrease shared among the increases by what they still want, by largest remainder: the same table always
    gives the same moves, and both sides come out to the đồng.
    """
    wanted = [one.dong for one in up]
    for giver in down:
        whole = sum(wanted)
        parts = split(giver.dong, [Fraction(one, whole) for one in wanted])
        for at, (taker, dong) in enumerate(zip(up, parts, strict=True)):
            wanted[at] -= dong
            if dong and giver.region != taker.region:
                yield Move(giver.region, taker.region, dong, giver.where, taker.where)

"""What a row of counts must keep to: movements balance, groups make the whole, rates recompute, no part over its whole.

What does not come out is said at its cell, written as printed and flagged; what a blank cell leaves open is not.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from vungcao.intake.counted import Counted, CountedRow
from vungcao.intake.profile import Bound
from vungcao.intake.reading import Value
from vungcao.kernel.vietnamese import number

Printed = Sequence[tuple[Bound, str, Value]]


@dataclass(frozen=True)
class Odd:
    """Something in a row that contradicts the rest of it."""

    code: str
    cell: str
    said: str
    sentence: str
    weight: Literal["contradicting", "notice"] = "contradicting"


def row_problems(
    row: CountedRow, rule: Mapping[str, Any], shares: Mapping[int, Printed], checked: Collection[str]
) -> Iterator[Odd]:
    """Everything that does not come out in a row; cells in ``checked`` have been spoken of already."""
    found = [*_balance(row, rule), *_wholes(row, rule), *_over(row, rule), *_shares(row, shares.get(row.row, ()))]
    yield from (one for one in found if one.cell not in checked)


def _balance(row: CountedRow, rule: Mapping[str, Any]) -> Iterator[Odd]:
    """End = start − what left + what came."""
    said = rule.get("balance")
    end = row.at(said["end"]) if said else None
    if said is None or end is None or end.value is None:
        return
    signs = [(1, said["start"]), *((-1, one) for one in said["minus"]), *((1, one) for one in said["plus"])]
    terms = [(sign, cell) for sign, ref in signs for cell in row.term(ref)]
    if not row.term(said["start"]):
        return
    silent = [cell.cell for _, cell in terms if cell.is_silent]
    if silent:
        told = f"không kiểm được biến động của {row.label}: ô {', '.join(silent)} để trống hoặc không đọc được."
        yield Odd("balance.cannot_tell", end.cell, "", told, "notice")
        return
    total = sum((sign * (cell.value or 0) for sign, cell in terms), Decimal(0))
    if total != end.value:
        steps = " ".join(_step(sign, cell) for sign, cell in terms if cell.value).removeprefix("+ ")
        told = (
            f"số cuối kỳ không khớp biến động: ô ghi {number(end.value)}; {steps} = {number(total)}, "
            f"lệch {number(end.value - total)}."
        )
        yield Odd("balance.fails", end.cell, end.said, told)


def _step(sign: int, cell: Counted) -> str:
    return f"{'+' if sign > 0 else '−'} {number(cell.value or 0)} ({cell.cell})"


def _wholes(row: CountedRow, rule: Mapping[str, Any]) -> Iterator[Odd]:
    """Groups that make the whole, where a row prints both."""
    for indicator in rule.get("wholes", ()):
        whole, parts = row.at(indicator), row.parts(indicator)
        if whole is None or whole.value is None or len(parts) < 2 or any(one.is_silent for one in parts):
            continue
        total = sum((one.value or 0 for one in parts), Decimal(0))
        if total != whole.value:
            cells = f"{parts[0].cell}…{parts[-1].cell}"
            told = f"các cột {cells} cộng lại {number(total)}, ô tổng ghi {number(whole.value)}."
            yield Odd("groups.sum", whole.cell, whole.said, told)


def _over(row: CountedRow, rule: Mapping[str, Any]) -> Iterator[Odd]:
    """A part that is larger than what it is part of."""
    for said in rule.get("inside", ()):
        wide = row.at(said["whole"])
        narrow = [one for ref in said["parts"] for one in (row.term(ref) if "/" not in ref else [row.at(ref)]) if one]
        for one in narrow:
            if wide and wide.value is not None and one.value is not None and one.value > wide.value:
                than = f"{wide.name.lower()} {number(wide.value)} ({wide.cell})"
                told = f"{one.name} {number(one.value)} nhiều hơn {than}."
                yield Odd("part.over_whole", one.cell, one.said, told)


def _shares(row: CountedRow, printed: Printed) -> Iterator[Odd]:
    """Printed rates and differences against the two columns they are made of, at the decimals printed."""
    for bound, cell, value in printed:
        above, below = row.at(bound.rule.more["above"]), row.at(bound.rule.more["below"])
        if value.number is None or not above or not below or above.value is None or below.value is None:
            continue
        if bound.rule.measure == "less":
            yield from _less(above, below, cell, value, value.number * above.worth)
        elif below.value:
            yield from _share(above, below, cell, value, value.number)


def _share(above: Counted, below: Counted, cell: str, value: Value, said: Decimal) -> Iterator[Odd]:
    exact = (above.value or Decimal(0)) * 100 / (below.value or Decimal(1))
    decimals = max(0, -int(said.as_tuple().exponent))
    if abs(said - exact) > max(Decimal(1).scaleb(-decimals), Decimal("0.000001")) / 2:
        told = (
            f"tỷ lệ không khớp: ô ghi {number(said)}%, tính lại từ {above.cell}/{below.cell} được "
            f"{number(exact, max(2, min(decimals, 6)))}%."
        )
        yield Odd("rate.does_not_recompute", cell, value.said, told)


def _less(above: Counted, below: Counted, cell: str, value: Value, said: Decimal) -> Iterator[Odd]:
    exact = (above.value or Decimal(0)) - (below.value or Decimal(0))
    if said != exact:
        left = number((exact / above.worth).normalize())
        told = f"hiệu số không khớp: ô ghi {value.said}, {above.cell} − {below.cell} được {left}."
        yield Odd("difference.fails", cell, value.said, told)

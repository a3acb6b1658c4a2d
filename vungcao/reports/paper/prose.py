"""Sentences from figures, in the Vietnamese of official reports.

A figure keeps the certainty it came with: *trên, hơn* stand before a value rounded down, *gần* before one rounded up,
*khoảng, ước* before an estimate. A value printed with fewer digits than it has always says so by such a word; a
missing figure is a sentence, never a 0. Amounts are whole đồng, rates are `Decimal` percent.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from string import Formatter
from typing import Final

from vungcao.kernel.vietnamese import BILLION_DONG, DONG, MILLION_DONG, day, number, unit_name

from .parts import Paragraph, Run
from .printing import places

EXACT: Final = ""
QUALIFIERS: Final = (EXACT, "trên", "hơn", "gần", "khoảng", "ước", "cơ bản")
_ROUNDING: Final = {"trên": ROUND_FLOOR, "hơn": ROUND_FLOOR, "gần": ROUND_CEILING}
SAME_PERIOD: Final = "cùng kỳ"


def chosen_unit(dong: int) -> int:
    """Tỷ from 10 tỷ up, triệu from 1 triệu up, else đồng (seed: "15,213 tỷ", "5.857 triệu")."""
    size = abs(dong)
    return BILLION_DONG if size >= 10 * BILLION_DONG else MILLION_DONG if size >= MILLION_DONG else DONG


def amount_text(dong: int | None, *, unit: int | None = None, decimals: int = 3, qualifier: str = EXACT) -> str:
    """``15213000000`` → ``15,213 tỷ đồng``; ``52400000, decimals=0`` → ``trên 52 triệu đồng``.

    At most `decimals` decimals; the qualifier it came with is kept, and one is added where digits are left out.
    No amount gives ``chưa có số liệu``. Raises `ValueError` for an unknown qualifier.
    """
    if dong is None:
        return "chưa có số liệu"
    chosen = unit or chosen_unit(dong)
    return f"{_qualified(Decimal(dong) / chosen, decimals, qualifier)} {unit_name(chosen)}"


def count_text(count: int | Decimal | None, noun: str, *, qualifier: str = EXACT) -> str:
    """``count_text(153, "cuốn")`` → ``153 cuốn``; none given → ``chưa có số liệu``."""
    if count is None:
        return "chưa có số liệu"
    return f"{_qualified(Decimal(count), places(count), qualifier)} {noun}".strip()


def _qualified(value: Decimal, decimals: int, qualifier: str) -> str:
    if qualifier not in QUALIFIERS:
        raise ValueError(f"unknown qualifier {qualifier!r}")
    step = Decimal(1).scaleb(-decimals)
    down, near = (value.quantize(step, rounding=way) for way in (ROUND_FLOOR, ROUND_HALF_UP))
    if down == value:
        rounded, said = value, qualifier
    elif qualifier in _ROUNDING:
        rounded, said = value.quantize(step, rounding=_ROUNDING[qualifier]), qualifier
    elif qualifier == EXACT:
        rounded, said = near, "trên" if near < value else "gần"
    else:
        rounded, said = near, qualifier
    plain = rounded.normalize() if rounded != rounded.to_integral() else rounded.quantize(Decimal(1))
    return f"{said} {number(plain)}".strip()


def weakest(*qualifiers: str) -> str:
    """The qualifier of a sum: never surer than its least sure part.

    A value rounded down and one rounded up together are only *khoảng*; any estimate makes the sum an estimate.
    """
    unknown = set(qualifiers) - set(QUALIFIERS)
    if unknown:
        raise ValueError(f"unknown qualifier {sorted(unknown)}")
    said = set(qualifiers) - {EXACT}
    if not said:
        return EXACT
    for sure_of_nothing in ("ước", "khoảng", "cơ bản"):
        if sure_of_nothing in said:
            return sure_of_nothing
    if "gần" in said:
        return "gần" if said == {"gần"} else "khoảng"
    return "trên"


def rate_text(rate: Decimal | None, denominator: str, *, qualifier: str = EXACT) -> str:
    """``đạt 72,9% kế hoạch được giao``: a rate always names its denominator (`ValueError` without one)."""
    if not denominator.strip():
        raise ValueError("a rate names its denominator")
    if rate is None:
        return f"chưa tính được tỷ lệ so với {denominator}"
    if qualifier not in QUALIFIERS:
        raise ValueError(f"unknown qualifier {qualifier!r}")
    return f"{qualifier} đạt {number(rate)}% {denominator}".strip()


def points_text(now: Decimal | None, before: Decimal | None, *, than: str = SAME_PERIOD) -> str:
    """``tăng 4,1 điểm % so với cùng kỳ``; ``bằng cùng kỳ``; or whose figure is missing."""
    if before is None or now is None:
        return missing(than if before is None else "kỳ này")
    step = now - before
    if step == 0:
        return f"bằng {than}"
    return f"{'tăng' if step > 0 else 'giảm'} {number(abs(step))} điểm % so với {than}"


def against_text(now: int | None, before: int | None, *, than: str = SAME_PERIOD) -> str:
    """``bằng 118,5% so với cùng kỳ`` for two amounts; a past period with nothing has no percentage."""
    if before is None or now is None:
        return missing(than if before is None else "kỳ này")
    if before == 0:
        return f"{than} không phát sinh"
    rate = (Decimal(now) * 100 / before).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
    return f"bằng {number(rate)}% so với {than}"


def rank_text(rank: int | None, among: int, what: str = "đơn vị") -> str:
    """``xếp thứ 3/10 đơn vị``."""
    return "chưa xếp hạng được" if rank is None else f"xếp thứ {rank}/{among} {what}"


def as_at(on: date) -> str:
    """``đến ngày 15/11/2021``."""
    return f"đến ngày {day(on)}"


def missing(of: str) -> str:
    """``chưa có số liệu của huyện Bảo Lạc``."""
    return f"chưa có số liệu của {of}"


def listing(names: Sequence[str]) -> str:
    """``a, b và c``."""
    return " và ".join([*([", ".join(names[:-1])] if len(names) > 1 else []), *names[-1:]])


def not_reported_text(bodies: Sequence[str], what: str = "đơn vị") -> str:
    """``Chưa có báo cáo của 02 đơn vị: a và b; số liệu trên chưa gồm các đơn vị này.``, nothing when all reported."""
    if not bodies:
        return ""
    return f"Chưa có báo cáo của {len(bodies):02d} {what}: {listing(bodies)}; số liệu trên chưa gồm các {what} này."


def sentence(pattern: str, **figures: Run | str) -> Paragraph:
    """A paragraph of runs: ``sentence("Giải ngân {spent}.", spent=Run("15,213 tỷ đồng", "F1"))``.

    Raises `KeyError` for a name in the pattern that was not given.
    """
    runs = []
    for text, name, _, _ in Formatter().parse(pattern):
        if text:
            runs.append(Run(text))
        if name is not None:
            piece = figures[name]
            runs.append(piece if isinstance(piece, Run) else Run(piece))
    return Paragraph(tuple(runs))


def capitalised(text: str) -> str:
    """First letter large, the rest as it is: for a phrase that opens a sentence."""
    return text[:1].upper() + text[1:]

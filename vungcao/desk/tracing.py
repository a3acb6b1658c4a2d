"""The trace page: lines in the three parts an officer asks for."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from vungcao.cube.tracing import Trace, TraceLine
from vungcao.kernel.vietnamese import sort_key


@dataclass(frozen=True)
class Part:
    """Some lines under one heading, with their sum where summing them means something."""

    key: str
    title: str
    about: str
    lines: list[TraceLine]
    total_dong: int | None

    @property
    def is_long(self) -> bool:
        """Many lines that add nothing to the figure wait behind one click."""
        return self.key == "asserting" and len(self.lines) > 12


def parts(trace: Trace) -> list[Part]:
    """What adds up to the figure, what it is measured against, what only asserts; empty parts are left out."""
    counted = [line for line in trace.rows if line.counted]
    against = [line for line in trace.rows if not line.counted and line.kind != "statement"]
    asserting = [line for line in trace.rows if not line.counted and line.kind == "statement"]
    vouchers = [line for line in against if line.kind == "voucher"]
    found = [
        Part(
            "counted",
            _("Được cộng vào"),
            _("Cộng các dòng này ra đúng số trên."),
            _ordered(counted),
            sum(line.dong for line in counted),
        ),
        Part(
            "against",
            _("Mẫu số"),
            _("Kế hoạch, vốn được giao mà tỷ lệ so với."),
            _ordered(against),
            sum(line.dong for line in vouchers) if len(vouchers) == len(against) else None,
        ),
        Part(
            "asserting",
            _("Không cộng: chi tiết hoặc chỉ để đối chiếu"),
            _("Cộng thêm các dòng này là tính hai lần; cột “Vì sao” nói rõ từng dòng."),
            _ordered(asserting),
            None,
        ),
    ]
    return [part for part in found if part.lines]


def _ordered(lines: list[TraceLine]) -> list[TraceLine]:
    return sorted(lines, key=lambda line: (sort_key(line.body), line.as_of, line.file, line.sheet, _address(line.cell)))


def _address(cell: str) -> tuple[int, int, str]:
    """Cells in the order of reading: by row, then by column (``B9`` before ``A10``)."""
    letters, digits = cell.rstrip("0123456789"), cell[len(cell.rstrip("0123456789")) :]
    return (int(digits or 0), len(letters), letters)

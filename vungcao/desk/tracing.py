"""The trace page: lines in the three parts an officer asks for, a page of each at a time, and by paper."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from django.utils.translation import gettext as _

from vungcao.bodies.reach import Reach
from vungcao.cube.kept import Answers
from vungcao.cube.tracing import Trace, TraceLine, trace
from vungcao.kernel.vietnamese import sort_key

A_PAGE: Final = 200  # lines of a part on one page
_kept: Final = Answers[Trace](room=8)


def follow(figure_id: str, reach: Reach) -> Trace:
    """The thread of a figure; kept while the officer turns its pages."""
    return _kept.get(figure_id, reach, lambda: trace(figure_id, reach))


@dataclass(frozen=True)
class OfPaper:
    """What one paper says in a part: how many lines, and their sum."""

    paper: str
    file: str
    sha: str
    lines: int
    dong: int


@dataclass(frozen=True)
class Part:
    """Some lines under one heading, with their sum where summing them means something; one page of them is shown."""

    key: str
    title: str
    about: str
    lines: list[TraceLine]
    total_dong: int | None
    page: int = 1

    @property
    def is_long(self) -> bool:
        """Many lines that add nothing to the figure wait behind one click."""
        return self.key == "asserting" and len(self.lines) > 12 and self.page == 1

    @property
    def pages(self) -> int:
        return max(1, -(-len(self.lines) // A_PAGE))

    @property
    def here(self) -> int:
        """The page shown: the one asked for, or the last where there are not so many."""
        return min(max(self.page, 1), self.pages)

    @property
    def before(self) -> str:
        return f"{self.here - 1}"

    @property
    def after(self) -> str:
        return f"{self.here + 1}"

    @property
    def shown(self) -> list[TraceLine]:
        return self.lines[(self.here - 1) * A_PAGE : self.here * A_PAGE]

    @property
    def first(self) -> int:
        return (self.here - 1) * A_PAGE + 1

    @property
    def last(self) -> int:
        return min(self.here * A_PAGE, len(self.lines))

    @cached_property
    def papers(self) -> list[OfPaper]:
        """The part by paper, the largest first: what a leader reads where there are thousands of lines."""
        found: dict[tuple[str, str, str], list[int]] = {}
        for line in self.lines:
            found.setdefault((line.paper, line.file, line.file_sha), []).append(line.dong)
        told = [OfPaper(*key, len(dongs), sum(dongs)) for key, dongs in found.items()]
        return sorted(told, key=lambda one: (-abs(one.dong), one.paper, one.file))


def parts(trace: Trace, turned: str = "", page: int = 1) -> list[Part]:
    """What adds up to the figure, what it is measured against, what only asserts, what it is compared with.

    Empty parts are left out; the part ``turned`` stands open at ``page``, the others at their first.
    """
    counted = [line for line in trace.rows if line.counted]
    others = [line for line in trace.rows if not line.counted and not line.beside]
    against = [line for line in others if line.kind != "statement"]
    asserting = [line for line in others if line.kind == "statement"]
    beside = [line for line in trace.rows if line.beside]
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
        Part(
            "beside",
            _("Đem so sánh"),
            _("Số cùng kỳ, kỳ trước, bình quân và các dòng cùng xếp hạng; không cộng vào số này."),
            beside,
            None,
        ),
    ]
    return [replace(part, page=page) if part.key == turned else part for part in found if part.lines]


def _ordered(lines: list[TraceLine]) -> list[TraceLine]:
    return sorted(lines, key=lambda line: (sort_key(line.body), line.as_of, line.file, line.sheet, _address(line.cell)))


def _address(cell: str) -> tuple[int, int, str]:
    """Cells in the order of reading: by row, then by column (``B9`` before ``A10``)."""
    letters, digits = cell.rstrip("0123456789"), cell[len(cell.rstrip("0123456789")) :]
    return (int(digits or 0), len(letters), letters)

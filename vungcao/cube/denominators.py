"""The plan a rate is measured against: always named, with its paper; never guessed.

| code | what |
|---|---|
| ttg | assigned by the Prime Minister |
| council | allocated by the provincial council |
| assigned | assigned to units by the provincial People's Committee |
| adjusted | this year's money after all movements |
| with_carry_over | the same with money carried over from earlier years |
| five_year | the medium-term plan |
| implied | an interval worked back from a published amount and rate; never in real totals |
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from typing import Final

from django.utils.translation import gettext, gettext_lazy

from vungcao.cube import atoms
from vungcao.cube.atoms import Atom
from vungcao.cube.grouping import Frame
from vungcao.cube.question import NotAQuestion
from vungcao.evidence.moment import held
from vungcao.evidence.queries import pinned
from vungcao.ledger.ahead import days_with
from vungcao.ledger.balances import entries_on
from vungcao.ledger.regions import Region, reserved_members
from vungcao.programme.models import PlanKind, PlanLine
from vungcao.programme.plans import plan_lines, widest
from vungcao.territory.models import PlaceKind

WORDS: Final = {
    "ttg": "kế hoạch Thủ tướng Chính phủ giao",
    "council": "kế hoạch Hội đồng nhân dân tỉnh phân bổ",
    "assigned": "kế hoạch Ủy ban nhân dân tỉnh giao đơn vị",
    "adjusted": "kế hoạch năm sau điều chỉnh",
    "with_carry_over": "kế hoạch năm sau điều chỉnh, gồm vốn kéo dài",
    "five_year": "kế hoạch trung hạn",
    "implied": "kế hoạch suy ra từ số đã công bố",
}


OF_THE_YEAR: Final = ("ttg", "council", "assigned", "adjusted")  # plans of the year's own money, without carried-over

OF_THE_YEAR_RULE: Final = "Tỷ lệ và số còn lại không tính phần giải ngân của vốn kéo dài: mẫu số chỉ có vốn năm nay."

NO_PLAN: Final = {
    "five_year": gettext_lazy(
        "Chưa có kế hoạch trung hạn nào trong hệ thống cho câu hỏi này: nạp quyết định giao kế hoạch ấy."
    ),
    "implied": gettext_lazy("Chưa có tỷ lệ đã công bố nào để suy ra kế hoạch cho câu hỏi này."),
}


@dataclass(frozen=True)
class Denominator:
    """What a row is measured against. ``low_dong = high_dong`` unless it is implied."""

    what: str
    low_dong: int
    high_dong: int
    voucher: str = ""
    plan_line: int | None = None
    version: str = ""
    qualifier: str = ""
    rate_said: str = ""

    def as_json(self) -> dict[str, object]:
        return {
            "what": self.what,
            "name": WORDS[self.what],
            "low_dong": self.low_dong,
            "high_dong": self.high_dong,
            "voucher": self.voucher or None,
            "plan_line": self.plan_line,
            "version": self.version or None,
            "qualifier": self.qualifier or None,
        }


class Base:
    """Atoms of the denominator chosen for a question, before they are selected and grouped."""

    def __init__(self, frame: Frame) -> None:
        self.frame, query = frame, frame.query
        self.lines: dict[int, PlanLine] = {}
        asked = "with_carry_over" if query.name == "remainder" else query.denominator
        everything = self._given("with_carry_over")
        if asked is None:
            asked = self._default(everything)
        self.what = asked
        if asked in ("five_year", "implied"):
            self.atoms = self._planned(asked)
            if query.denominator and not any(self.frame.select(self.frame.read(self.atoms, by=())[0])):
                raise NotAQuestion(
                    gettext("%(no_plan)s Hoặc chọn mẫu số khác (--denominator).") % {"no_plan": NO_PLAN[asked]}
                )
        else:
            self.atoms = everything if asked == "with_carry_over" else self._given(asked)

    def _given(self, what: str) -> list[Atom]:
        query = self.frame.query
        found = atoms.given(query.on, known=query.known, state=query.state, what=what)
        if what == "adjusted":
            found = [atom for atom in found if atom.region.year_origin == atom.region.year_use]
        return found

    def _default(self, everything: Sequence[Atom]) -> str:
        inside, _ = self.frame.select(self.frame.read(everything, by=())[0])
        if any(atom.dong for atom in inside):
            carried = any(atom.region.year_origin != atom.region.year_use for atom in inside)
            return "with_carry_over" if carried else "adjusted"
        return "implied" if self.frame.select(self._planned("implied"))[0] else "adjusted"

    def _planned(self, what: str) -> list[Atom]:
        query, stars = self.frame.query, reserved_members()
        kind = PlanKind.IMPLIED if what == "implied" else PlanKind.FIVE_YEAR
        found = []
        known = pinned(query.known)
        for line in held(("plan lines", kind, known), lambda: list(plan_lines(kind=kind, known=known))):
            if query.place is None and self.frame.here.places.kinds.get(line.place_id) == PlaceKind.NATION:
                continue  # the nation's plan is no measure of what one province spent, unless it is asked for
            self.lines[line.pk] = line
            region = Region(
                line.component_id,
                stars["field"],
                line.source_id,
                "*",
                line.year_use,
                stars["body"],
                line.place_id,
                stars["spending_object"],
            )
            found.append(Atom(region, line.low_dong, query.on, "plan", line.pk))
        return found

    def of(self, row: Iterable[Atom]) -> Denominator | None:
        """The denominator of one row; ``None`` when nothing was given there."""
        members = list(row)
        if not members:
            return None
        if self.what in ("five_year", "implied"):
            return self._of_lines(self.counted_lines(members))
        total = sum(atom.dong for atom in members)
        return Denominator(self.what, total, total, voucher=self._papers({atom.ref for atom in members}))

    def counted_lines(self, members: Iterable[Atom]) -> list[PlanLine]:
        """Plan lines that may be added up: a part already inside a line above it is not counted twice."""
        return widest([self.lines[atom.ref] for atom in members], self.frame.here.components)

    def _of_lines(self, lines: list[PlanLine]) -> Denominator:
        one = lines[0] if len(lines) == 1 else None
        return Denominator(
            self.what,
            sum(line.low_dong for line in lines),
            sum(line.high_dong for line in lines),
            plan_line=one.pk if one else None,
            version=f"{lines[0].plan}",
            qualifier="suy ra" if self.what == "implied" else (one.qualifier if one else ""),
            rate_said=one.rate_said if one else "",
        )

    def _papers(self, accounts: set[int]) -> str:
        """Numbers and days of the papers behind the accounts: the latest, and how many others."""
        return told({paper for account in accounts for paper in self._paper_of.get(account, ())})

    @cached_property
    def _paper_of(self) -> dict[int, set[tuple[str, date]]]:
        query, found = self.frame.query, dict[int, set[tuple[str, date]]]()
        days = days_with(query.on)
        asked = ("papers", days, pinned(query.known), query.state)
        for account, number, dated in held(asked, lambda: self._papers_until(max(days))):
            if dated <= query.on:
                found.setdefault(account, set()).add((number, dated))
        return found

    def _papers_until(self, last: date) -> list[tuple[int, str, date]]:
        """(account, number, day) of each paper up to a day."""
        entries = entries_on(last, known=self.frame.query.known, state=self.frame.query.state)
        return list(entries.values_list("account", "voucher__number", "voucher__dated").distinct())


def told(papers: Iterable[tuple[str, date]]) -> str:
    """Papers (number, day) in words: the latest, and how many before it."""
    latest = sorted(papers, key=lambda paper: (paper[1], paper[0]), reverse=True)
    if not latest:
        return ""
    number, dated = latest[0]
    others = f" và {len(latest) - 1} văn bản trước" if len(latest) > 1 else ""
    return f"{number} ngày {dated:%d/%m/%Y}{others}"


def rate_of(disbursed: int | None, base: Denominator | None) -> Decimal | None:
    """Per cent with one decimal, half up; ``None`` without a denominator, or when an interval leaves it open."""
    if disbursed is None or base is None:
        return None
    if base.low_dong <= 0:
        return None
    ends = [
        (Decimal(disbursed) * 100 / Decimal(end)).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
        for end in (base.high_dong, base.low_dong)
    ]
    if ends[0] == ends[1]:
        return ends[0]
    said = Decimal(base.rate_said) if base.rate_said else None
    return said if said is not None and ends[0] <= said <= ends[1] else None

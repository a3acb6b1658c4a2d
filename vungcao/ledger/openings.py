"""Spending that goes over with the money: who counts what was spent before a handover, and who no longer does.

Source: the design, §3.4 ("what was spent goes over as a cited opening figure of the new holder, and each later
statement says whether it includes it"). An opening moves đồng between holders and makes none: what is taken from the
former holder's counted line stands with the new one, in its own row or inside its cumulative figure.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import product

from django.db.models import QuerySet

from vungcao.bodies.queries import batches_reached
from vungcao.evidence.keeping import known_at
from vungcao.evidence.moment import held
from vungcao.evidence.queries import pinned
from vungcao.kernel.refusal import Problem
from vungcao.kernel.vietnamese import day, money
from vungcao.ledger.cover import Admitted, Cover
from vungcao.ledger.drafts import StatementDraft
from vungcao.ledger.models import Basis, Measure, Opening, OpeningSaid
from vungcao.ledger.regions import Region, Spaces, space, spaces_known_at


@dataclass(frozen=True)
class Handed:
    """One opening on a day: the former holder's counted line that loses it, and whether it stands as a row of its own
    with the new holder (else the new holder's cumulative figure includes it).
    """

    opening: Opening
    giver: Admitted
    stands_alone: bool

    @property
    def taker(self) -> Region:
        """Where it stands with the new holder: cut as finely as the former holder's line was, no finer."""
        return replace(self.giver.said.region, body=self.opening.body_id, place=self.opening.place_id)


def giver_of(opening: Opening) -> Region:
    """The region in which the former holder had spent it."""
    return replace(Region.of(opening), body=opening.from_body_id, place=opening.from_place_id)


def openings_on(on: date, *, known: int | None = None, state: str = "received") -> list[Opening]:
    """Openings handed over up to and on ``on``, in the order of their recording."""

    known = pinned(known)

    def all_of_them() -> list[Opening]:  # few: a page that looks at several days reads them once
        return list(_standing(Opening.objects.all(), date.max, known, state))

    return [one for one in held(("openings", known, state), all_of_them) if one.dated <= on]


def _standing(found: QuerySet[Opening], on: date, known: int | None, state: str) -> QuerySet[Opening]:
    said = found.filter(known_at(known), dated__lte=on, batch__in=batches_reached(state, known))
    return said.order_by("dated", "pk")


def handed(cover: Cover, openings: list[Opening], spaces: Spaces) -> list[Handed]:
    """Which openings count in a cover: those whose former holder's spending is counted from before the handover."""
    lines = _Lines(cover, spaces) if openings else None
    found = []
    for opening in openings:
        assert lines is not None
        giver = lines.innermost(giver_of(opening), before=opening.dated)
        if giver is not None:
            taker = lines.innermost(Region.of(opening), since=opening.dated)
            found.append(Handed(opening, giver, taker is None or taker.said.opening != OpeningSaid.INCLUDED))
    return found


class _Lines:
    """Admitted lines by as-of day and by what most narrows them (place, component, body), to find the narrowest over a
    region.
    """

    def __init__(self, cover: Cover, spaces: Spaces) -> None:
        self._spaces = spaces
        self._at: dict[date, dict[tuple[int, int, int], list[Admitted]]] = defaultdict(lambda: defaultdict(list))
        for one in cover.admitted:
            region = one.said.region
            self._at[one.said.as_of][region.place, region.component, region.body].append(one)

    def innermost(self, region: Region, *, before: date = date.max, since: date = date.min) -> Admitted | None:
        """The narrowest admitted line over a region, as of a day before the one, and not before the other."""
        over = [
            one
            for day, lines in self._at.items()
            if since <= day < before
            for key in self._above(region, day)
            for one in lines.get(key, ())
            if self._spaces(day).covers(one.said.region, region)
        ]
        return max(over, key=lambda one: self._spaces(one.said.as_of).depth(one.said.region), default=None)

    def _above(self, region: Region, day: date) -> Iterator[tuple[int, int, int]]:
        """Where a line that covers a region may stand: at its place, component and body, or above them."""
        there = self._spaces(day)
        bodies = dict.fromkeys([*there.bodies.up(region.body), there.not_divided["body"]])
        return product(there.places.up(region.place), there.components.up(region.component), bodies)


def problems(draft: StatementDraft) -> Iterator[Problem]:
    """A new holder's cumulative figure must say whether it includes what it took over; one that says it includes
    something must be no smaller.
    """
    if draft.basis != Basis.YEAR or draft.measure != Measure.DISBURSED:
        return
    taken, here = taken_over(draft.coverage, draft.as_of), space(draft.as_of)
    if draft.opening == OpeningSaid.INCLUDED and not taken:
        said = "biểu ghi “đã gồm số nhận bàn giao” nhưng chưa có biên bản bàn giao nào; nộp biên bản để đối chiếu."
        yield Problem(draft.where, "opening.not_on_file", "", said, "contradicting")
    if not taken:
        return
    total, paper = sum(one.dong for one in taken), taken[0]
    if draft.opening == OpeningSaid.NOT_SAID:
        said = (
            f"đơn vị đã nhận bàn giao số đã chi {money(total)} (văn bản số {paper.number} ngày {day(paper.dated)}): "
            "ghi thêm dưới tên biểu “đã gồm số nhận bàn giao” hoặc “chưa gồm số nhận bàn giao” rồi nộp lại."
        )
        yield Problem(draft.where, "opening.not_said", "", said)
    elif draft.opening == OpeningSaid.INCLUDED:
        lines = {line.region: line.disbursed_dong for line in draft.lines}
        said_dong = sum(lines[region] for region in here.outermost(lines))
        if said_dong < total:
            said = f"lũy kế {money(said_dong)} ghi là đã gồm số nhận bàn giao, thấp hơn số bàn giao {money(total)}; "
            said += "vẫn được ghi, đề nghị giải trình."
            yield Problem(draft.where, "opening.more_than_said", "", said, "contradicting")


def taken_over(coverage: Region, on: date, *, known: int | None = None, state: str = "received") -> list[Opening]:
    """Openings that a holder took over inside a coverage up to a day; none where the coverage holds both sides."""
    spaces = spaces_known_at(known)
    near = Opening.objects.filter(place__in=list(spaces(on).places.below(coverage.place)))
    found = _standing(near, on, known, state)
    inside = [one for one in found if spaces(on).covers(coverage, Region.of(one))]
    return [one for one in inside if not _covers_both(coverage, one, spaces)]


class TakenOver:
    """Openings by the place that took over, to ask about many coverages."""

    def __init__(self, openings: Iterable[Opening], known: int | None = None) -> None:
        self._spaces = spaces_known_at(known)
        self._at: dict[int, list[Opening]] = defaultdict(list)
        self._found: dict[tuple[Region, date], list[Opening]] = {}
        for one in openings:
            self._at[one.place_id].append(one)

    def inside(self, coverage: Region, on: date) -> list[Opening]:
        """Those taken over inside a coverage up to a day; none where the coverage holds both sides."""
        if (coverage, on) not in self._found:
            self._found[coverage, on] = self._sought(coverage, on)
        return self._found[coverage, on]

    def _sought(self, coverage: Region, on: date) -> list[Opening]:
        here = self._spaces(on)
        near = {*here.places.below(coverage.place), coverage.place} & self._at.keys()
        return [
            one
            for place in sorted(near)
            for one in self._at[place]
            if one.dated <= on
            and here.covers(coverage, Region.of(one))
            and not _covers_both(coverage, one, self._spaces)
        ]


def _covers_both(coverage: Region, opening: Opening, spaces: Spaces) -> bool:
    """A statement over both holders (the province's) counts what was handed over whoever holds it."""
    return spaces(opening.dated - timedelta(days=1)).covers(coverage, giver_of(opening))


@dataclass(frozen=True)
class Beyond:
    """A former holder's counted line (its key) from which more is handed over (``given``) than it says (``said``)."""

    line: int
    openings: tuple[Opening, ...]
    given: int
    said: int


def more_than_spent(cover: Cover, openings: list[Opening], spaces: Spaces) -> Iterator[Beyond]:
    """Each line from which more is handed over than it says."""
    by_line: dict[int, list[Handed]] = defaultdict(list)
    for one in handed(cover, openings, spaces):
        by_line[one.giver.said.line].append(one)
    for group in by_line.values():
        given = sum(one.opening.dong for one in group)
        said = group[0].giver.said
        if given > said.dong:
            yield Beyond(said.line, tuple(one.opening for one in group), given, said.dong)


def told_by_nobody(cover: Cover, openings: list[Opening], spaces: Spaces) -> Iterator[tuple[Opening, int]]:
    """(first opening, đồng) of each paper's openings that no counted line of the former holder has: they count nowhere
    by themselves, while a new holder's figure that includes them does.
    """
    counted = {one.opening.pk for one in handed(cover, openings, spaces)}
    by_paper: dict[tuple[str, date, int | None], list[Opening]] = defaultdict(list)
    for one in openings:
        if one.pk not in counted:
            by_paper[one.number, one.dated, one.from_body_id].append(one)
    for group in by_paper.values():
        yield group[0], sum(one.dong for one in group)

"""A dossier as it stands, looked at for one day of decision: moves, rulings, money. All of it derived."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from vungcao.bodies.queries import naming as body_naming
from vungcao.kernel.vietnamese import day
from vungcao.law.authority import by_rule, decide
from vungcao.law.deadlines import Deadline, deadline
from vungcao.law.models import Confidence
from vungcao.law.queries import rulebook
from vungcao.law.rulebook import Rulebook
from vungcao.law.rules import Move
from vungcao.law.ruling import Ruling
from vungcao.ledger.dossiers import moving, remaining, standing
from vungcao.ledger.dossiers.books import Books
from vungcao.ledger.dossiers.ways import way_of
from vungcao.ledger.extensions import Extension, extensions_on, granted_for
from vungcao.ledger.models import Dossier, DossierLine, OpinionAnswer, OpinionAsked, Side, StepTaken
from vungcao.ledger.regions import Region, Space, space


@dataclass(frozen=True)
class Decided:
    """One line set, the moves of one scope, source and years: its đồng and who may decide it."""

    moves: tuple[moving.Moved, ...]
    ruling: Ruling
    settled: str = ""  # the law or resolution by which it is so without another decision

    @property
    def dong(self) -> int:
        return sum(one.dong for one in self.moves)

    def as_json(self) -> dict[str, Any]:
        return {"dong": self.dong, "settled": self.settled, **self.ruling.as_json()}


class Draft:
    """A dossier for a day (``on``: the day planned, unless said) with its lines as known at ``known``."""

    def __init__(self, dossier: Dossier, on: date | None = None, known: int | None = None) -> None:
        self.dossier, self.known, self.way = dossier, known, way_of(dossier.kind)
        self.on: date = on or dossier.planned_for
        self.lines: list[DossierLine] = standing.lines(dossier, known)
        self.said_by: dict[date, remaining.SaidBy] = {}

    @cached_property
    def here(self) -> Space:
        return space(self.on, self.known)

    @cached_property
    def book(self) -> Rulebook:
        return rulebook(self.known)

    @cached_property
    def _matched(self) -> tuple[list[moving.Moved], list[moving.Left]]:
        return self.way.matched(self)

    @property
    def moves(self) -> list[moving.Moved]:
        return self._matched[0]

    @property
    def left_over(self) -> list[moving.Left]:
        return self._matched[1]

    @property
    def giving(self) -> list[DossierLine]:
        """The lines whose money leaves its accounts."""
        return self.side(self.way.giving)

    def side(self, side: Side) -> list[DossierLine]:
        return [line for line in self.lines if line.side == side]

    def total(self, side: Side) -> int:
        return sum(line.dong for line in self.side(side))

    @cached_property
    def decided(self) -> list[Decided]:
        """Who may decide, per line set, by the rules of the day; in the order of the moves."""
        sets: dict[tuple[Move, str, str], list[moving.Moved]] = defaultdict(list)
        for one in self.moves:
            sets[self._asked(one), self.way.claimed(one.down), self.way.settled(self, one.down)].append(one)
        return [
            Decided(tuple(moves), by_rule(decide(move, self.book), rule, self.book), settled)
            for (move, rule, settled), moves in sets.items()
        ]

    def _asked(self, one: moving.Moved) -> Move:
        return self._question(one.down, one.up, self.way.scope(self.here, one))

    def article_between(self, down: DossierLine, up: DossierLine, scope: str) -> str:
        """The article that would let one line's money onto another's account in a scope, and how sure it is."""
        return cited(decide(self._question(down, up, scope), self.book))

    def _question(self, line: DossierLine, up: DossierLine, scope: str) -> Move:
        said = self.dossier
        return Move(
            on=self.on,
            year=int(line.year_origin),
            kind=line.source.kind,
            level=line.source.level,
            scope=scope,
            use_year=self.way.use_year(line),
            field_changes=line.field_id != up.field_id,
            across_units=moving.level_one(self.here, line.body_id) != moving.level_one(self.here, up.body_id),
            between_sessions=said.between_sessions,
            pilot_district=said.pilot_district,
            devolved=said.devolved,
            plan=said.plan,
        )

    def article(self, line: DossierLine) -> str:
        """The article by which a line's money would be moved, and how sure it is; or that none is on file."""
        if said := self.way.article(self, line):
            return said
        for one in self.decided:
            if any(line.pk in (move.down.pk, move.up.pk) for move in one.moves):
                return cited(one.ruling)
        return _("chưa ghép được thành một lần chuyển nên chưa hỏi được điều khoản")

    def articles(self) -> str:
        """The articles of all line sets; before anything can be matched, that nothing could be asked."""
        said = dict.fromkeys(one.settled or cited(one.ruling) for one in self.decided)
        return "; ".join(said) or _("chưa ghép được thành một lần chuyển nên chưa hỏi được điều khoản")

    def where(self, line: DossierLine) -> str:
        """A line in a few words: holder, component, source and year."""
        name = body_naming(line.body_id, self.on)[0]
        return _("%(name)s, %(code)s, %(source)s năm %(year)s") % {
            "name": name, "code": line.component.code, "source": line.source.name, "year": line.year_origin,
        }  # fmt: skip

    @cached_property
    def _extensions(self) -> list[Extension]:
        return extensions_on(self.on, known=self.known)

    def closing(self, line: DossierLine) -> Deadline:
        """Until when a line's money may be spent; all of it by an extension where that was granted of no less."""
        kind, level = line.source.kind, line.source.level
        for one in granted_for(Region.of(line), self.on, known=self.known, among=self._extensions):
            if one.granted_dong >= line.dong:
                return one.deadline()
        return deadline(kind, level, int(line.year_origin), int(line.year_use), self.book, on=self.on)

    @cached_property
    def opinions(self) -> list[tuple[OpinionAsked, OpinionAnswer | None]]:
        """Each opinion asked and the answer that stands to it."""
        return standing.opinions(self.dossier)

    @cached_property
    def proposed_on(self) -> date:
        """The day it was last submitted; before that, the day it was opened."""
        last = self.dossier.steps.filter(step=StepTaken.SUBMITTED).order_by("pk").last()
        return last.on if last else self.dossier.opened_on

    # money -------------------------------------------------------------------------------------------------
    @cached_property
    def books(self) -> Books:
        """What the books hold around the lines."""
        return Books(self)

    def left(self, line: DossierLine, *, lowest: bool = False) -> int:
        """What its account has on the day (``lowest``: then or on any later day), this dossier apart; money promised
        elsewhere is gone.
        """
        days = self.books.days_of(Region.of(line))
        running = found = sum(dong for dated, dong in days.items() if dated <= self.on)
        for dated in sorted(dated for dated in days if dated > self.on) if lowest else ():
            running += days[dated]
            found = min(found, running)
        return found

    @cached_property
    def spent(self) -> dict[int, int | None]:
        """Line (its key) → đồng said to be spent of its account; ``None``: nobody has said. See `remaining`."""
        return remaining.spent_by_line(self)

    def given(self, line: DossierLine) -> str:
        """The paper that last gave money to its account up to the day: ``12/QĐ-UBND ngày 05/01/2024``; or nothing."""
        last = self.books.given_by(Region.of(line))
        return (_("%(number)s ngày %(day)s") % {"number": last.number, "day": day(last.dated)}).strip() if last else ""


def cited(ruling: Ruling) -> str:
    """Rule, article and confidence of a ruling in a few words; every reading where there are several."""
    if not ruling.readings:
        return _("danh mục chưa có điều khoản; hỏi %(whom)s") % {"whom": ruling.ask}
    said = [
        f"{one.rules[0].id}: {one.cites or _('chưa có điều khoản')} ({_(Confidence(one.confidence).label).lower()})"
        for one in ruling.readings
    ]
    return _(" hoặc ").join(said)

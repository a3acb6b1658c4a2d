"""One unit in one month: what was really paid, what the Treasury booked, what the unit wrote, and which mistakes lie
between them. The truth is known because the mistakes are put in one by one.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from vungcao.ledger.treasury.facts import Booked, CauseKind, Group, Node, grouped

BODY = "vd"
DAY, EARLIER = date(2024, 6, 30), date(2024, 5, 31)
THIS_YEAR, CARRIED = "2024", "2023"
PLANTED = tuple(kind for kind in CauseKind if kind != CauseKind.ROUNDING)
Where = tuple[str, str, str]  # component, kind of capital, year of origin


class Noise:
    """A slip that no cause explains: the right answer is that the cause is not known."""


@dataclass
class Payment:
    """One row of the Treasury as it should be. ``before``: what stood on the earlier day."""

    key: str
    where: Where
    completed: int
    advance: int
    cleared: int
    restored: int
    before: int = 0
    is_old: bool = False

    @property
    def dong(self) -> int:
        return self.completed + self.advance - self.cleared - self.restored


@dataclass
class Case:
    """Groups to be explained, and which causes were planted in which of them."""

    seed: int
    groups: list[Group]
    truth: dict[Where, set[CauseKind]]
    noise: set[Where] = field(default_factory=set)

    def where(self, group: Group) -> Where:
        return (group.node.component, group.node.kind, group.node.origin)


def make(seed: int) -> Case:
    """The case of a seed: none to five mistakes at once, in amounts of đồng, nghìn or a tenth of a triệu."""
    return _Maker(seed).case()


class _Maker:
    def __init__(self, seed: int) -> None:
        self.seed, self.rng = seed, random.Random(seed)
        self.grain = self.rng.choice([1, 1, 1_000, 100_000])
        self.splits_origin = self.rng.random() < 0.6
        self.truth: dict[Where, set[CauseKind]] = {}
        self.noise: set[Where] = set()
        self.components = [f"VD.DA{number}" for number in self.rng.sample(range(1, 11), self.rng.randint(3, 7))]
        self.payments = list(self._payments())
        self.booked = {one.key: one.where for one in self.payments}  # where the Treasury put it
        self.registered: dict[str, Where] = {}
        self.parts: list[tuple[str, Where, int]] = []  # (row, where part of it was put, đồng)
        self.unit: dict[Where, int] = {}
        for one in self.payments:
            self.unit[one.where] = self.unit.get(one.where, 0) + one.dong
        self.unit_day, self.has_other_day = DAY, True
        self.gone: set[Where] = set()  # what the Treasury's export lacks
        self.touched: set[Where] = set()

    def _payments(self) -> Iterator[Payment]:
        for component in self.components:
            for kind in ("dau_tu", "su_nghiep"):
                for origin in (THIS_YEAR, CARRIED) if self.splits_origin else (THIS_YEAR,):
                    if self.rng.random() < (0.75 if origin == THIS_YEAR else 0.35):
                        for at in range(self.rng.randint(1, 4)):
                            yield self._payment(f"{component}|{kind}|{origin}|{at}", (component, kind, origin))

    def _payment(self, key: str, where: Where) -> Payment:
        rng = self.rng
        advance = self._dong(50) if rng.random() < 0.5 else 0
        cleared = advance if rng.random() < 0.3 else rng.randrange(advance + 1) // 1_000 * 1_000
        made = Payment(key, where, self._dong(900), advance, cleared, 0)
        if rng.random() < 0.2:
            made.restored = rng.randint(1_000, max(2_000, made.completed // 10))
        made.before = rng.randint(made.dong * 6 // 10, made.dong) if rng.random() < 0.7 else made.dong
        return made

    def _dong(self, most: int) -> int:
        """An amount up to so many triệu; a third are round, as amounts often are."""
        dong = self.rng.randint(1_000_000, most * 1_000_000)
        return dong // 100_000 * 100_000 if self.rng.random() < 0.33 else dong

    # mistakes ----------------------------------------------------------------------------------------------
    def case(self) -> Case:
        if self.rng.random() < 0.25:
            self._cut_off()
        plants = [
            self._advance, self._restored, self._wrong_code, self._old_codes, self._carry_over, self._slip,
        ]  # fmt: skip
        for plant in self.rng.choices(plants, weights=(3, 2, 3, 2, 2, 1), k=self.rng.randint(0, 5)):
            plant()
        return Case(self.seed, self._groups(), self.truth, self.noise)

    def _say(self, where: Where, kind: CauseKind) -> None:
        self.truth.setdefault(where, set()).add(kind)
        self.touched.add(where)

    def _rows(self, where: Where) -> list[Payment]:
        return [one for one in self.payments if one.where == where and self.booked[one.key] == where]

    def _pick(self, able: list[Where]) -> Where | None:
        free = [one for one in able if one not in self.gone]
        return self.rng.choice(free) if free else None

    def _cut_off(self) -> None:
        """The unit's table is a month older; in three cases of five the Treasury's of that day is on file."""
        self.unit_day, self.has_other_day = EARLIER, self.rng.random() < 0.6
        for one in self.payments:
            self.unit[one.where] -= one.dong - one.before
            if one.dong != one.before:
                self._say(one.where, CauseKind.CUT_OFF)

    def _advance(self) -> None:
        """The unit counts only what was really spent: not the advances still open, of all its rows or of one."""
        able = [w for w in self.unit if any(p.advance > p.cleared for p in self._rows(w))]
        where = self._pick([w for w in able if CauseKind.ADVANCE not in self.truth.get(w, ())])
        if where is None:
            return
        rows = [p for p in self._rows(where) if p.advance > p.cleared]
        rows = rows if self.rng.random() < 0.7 else rows[:1]
        self.unit[where] -= sum(p.advance - p.cleared for p in rows)
        self._say(where, CauseKind.ADVANCE)

    def _restored(self) -> None:
        """The unit has not taken off what was paid back."""
        able = [w for w in self.unit if any(p.restored for p in self._rows(w))]
        where = self._pick([w for w in able if CauseKind.RESTORED not in self.truth.get(w, ())])
        if where is not None:
            self.unit[where] += sum(p.restored for p in self._rows(where))
            self._say(where, CauseKind.RESTORED)

    def _wrong_code(self) -> None:
        """A row, or a part of one, was paid under another component's code; the project register may say so."""
        where = self._pick([w for w in self.unit if self._rows(w)])
        others = [c for c in self.components if where and c != where[0]]
        if where is None or not others:
            return
        row = self.rng.choice(self._rows(where))
        there = (self.rng.choice(others), *where[1:])
        if row.dong <= 0 or there in self.gone:
            return
        if self.rng.random() < 0.2:
            self.parts.append((row.key, there, self.rng.randint(1, row.dong)))
        else:
            self.booked[row.key] = there
            if self.rng.random() < 0.4:
                self.registered[row.key] = where
        for one in (where, there):
            self._say(one, CauseKind.WRONG_CODE)

    def _old_codes(self) -> None:
        """Rows under codes of three ended communes, which the new commune's own table leaves out."""
        where = self._pick(list(self.unit))
        if where is None or CauseKind.OLD_CODES in self.truth.get(where, ()):
            return
        is_counted = self.rng.random() < 0.25  # the unit did count them: then there is no difference
        for at in range(self.rng.randint(1, 3)):
            one = Payment(f"old{at}|{'|'.join(where)}", where, self._dong(900), 0, 0, 0, is_old=True)
            one.before = one.dong
            self.payments.append(one)
            self.booked[one.key] = where
            self.unit[where] += one.dong if is_counted else 0
        if not is_counted:
            self._say(where, CauseKind.OLD_CODES)

    def _carry_over(self) -> None:
        """Carried-over money that the Treasury still has under this year's code, or not in this year's export."""
        able = [w for w in self.unit if w[2] == CARRIED and self._rows(w) and w not in self.touched]
        where = self._pick(able)
        if where is None:
            return
        there = (*where[:2], THIS_YEAR)
        if self.rng.random() < 0.6 and there not in self.gone:
            for row in self._rows(where):
                self.booked[row.key] = there
            self._say(there, CauseKind.CARRY_OVER)
        else:
            self.gone.add(where)
        self._say(where, CauseKind.CARRY_OVER)

    def _slip(self) -> None:
        where = self._pick(list(self.unit))
        if where is not None:
            self.unit[where] += self.rng.choice((1, -1)) * self.rng.randint(200_000, 90_000_000)
            self.noise.add(where)

    # as the two sides print it -----------------------------------------------------------------------------
    def _groups(self) -> list[Group]:
        unit = [
            Booked(f"unit|{'|'.join(where)}", self._node(where), round(dong / self.grain) * self.grain,
                   is_carried=where[2] == CARRIED)
            for where, dong in self.unit.items()
        ]  # fmt: skip
        made = []
        for ours, theirs in grouped(unit, list(self._treasury()), _meets):
            node = (ours or theirs)[0].node
            tolerance = self.grain // 2 * max(1, len(ours)) if self.grain > 1 else 0
            made.append(Group(node, tuple(ours), tuple(theirs), self.unit_day, DAY, tolerance))
        return made

    def _treasury(self) -> Iterator[Booked]:
        for one in self.payments:
            put = self.booked[one.key]
            away = [(there, dong) for key, there, dong in self.parts if key == one.key]
            if put not in self.gone:
                belongs = self.registered.get(one.key)
                yield Booked(
                    one.key,
                    self._node(put),
                    one.dong - sum(dong for _, dong in away),
                    open_advance=one.advance - one.cleared if one.advance else None,
                    restored=one.restored or None,
                    other_day=one.before if self.unit_day != DAY and self.has_other_day and not away else None,
                    belongs=self._node(belongs) if belongs else None,
                    is_old_code=one.is_old,
                    is_carried=put[2] == CARRIED,
                )
            for at, (there, dong) in enumerate(away):
                yield Booked(f"{one.key}|part{at}", self._node(there), dong)

    def _node(self, where: Where) -> Node:
        return Node(BODY, where[0], kind=where[1], origin=where[2])


def _meets(ours: Booked, theirs: Booked) -> bool:
    return (ours.node.component, ours.node.kind, ours.node.origin) == (
        theirs.node.component, theirs.node.kind, theirs.node.origin,
    )  # fmt: skip

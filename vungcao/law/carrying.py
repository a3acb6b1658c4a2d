"""What permits money to be used in the year after the one it stands in: resolutions, extensions, what is not cancelled.

Pure. A permission is about the money (source, year of origin, year of use) whatever the day; whether it was in force on
a day is asked of it. A resolution permits by itself: which body of the province signs the list is on no file. An
extension is a decision of the body that the law names. What a rule of cancelling spares names no body.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _

from vungcao.kernel.validity import holds, last_day
from vungcao.kernel.vietnamese import day
from vungcao.law.rulebook import Rulebook
from vungcao.law.rules import UNKNOWN, Rule

RESOLUTION, EXTENSION, SPARED = "resolution", "extension", "spared"
CARRY_OVER: Final = "CARRY_OVER"


@dataclass(frozen=True)
class Permission:
    """One ground for carrying money over; ``until`` None: the text on file names no last day of use."""

    code: str
    way: str
    said: str
    rule: Rule
    confidence: str
    until: date | None

    @property
    def cites(self) -> str:
        return self.rule.cites

    def is_in_force(self, on: date) -> bool:
        return holds(self.rule.valid_from, self.rule.valid_to, on)

    @property
    def first_day(self) -> date | None:
        """The first day of a decision by it."""
        return self.rule.valid_from

    @property
    def last_day(self) -> date | None:
        """The last day of a decision by it: its own, or that until which the money may be used."""
        days = [one for one in (last_day(self.rule.valid_to), self.until) if one]
        return min(days, default=None)

    def as_json(self) -> dict[str, Any]:
        return {
            "code": self.code, "way": self.way, "said": self.said, "rule": self.rule.id, "cites": self.cites,
            "confidence": self.confidence, "until": f"{self.until}" if self.until else None,
        }  # fmt: skip


def permissions(kind: str, level: str, origin: int, used: int, book: Rulebook) -> list[Permission]:
    """Every ground on file for carrying money of ``origin``, standing in the year ``used``, into the year after."""
    rows = [rule for rule in book.shelf(level, CARRY_OVER) if kind in rule.kinds]
    found: list[Permission] = []
    for rule in (one for one in rows if one.decider != UNKNOWN):
        if any(money.covers(origin, used + 1) for money in rule.money):
            found.append(_resolution(rule))
        elif rule.closing and rule.closing.extension and rule.decider and origin == used:
            found.append(_extension(rule, used))
        found += _spared(rule)
    return found


def every_ground(book: Rulebook) -> list[Permission]:
    """Every ground of the book, whatever the money; the day of an extension is that of its year and not said."""
    rows = [rule for rule in book.rules if rule.scope == CARRY_OVER and rule.decider != UNKNOWN]
    found: list[Permission] = []
    for rule in rows:
        if rule.money:
            found.append(_resolution(rule))
        elif rule.closing and rule.closing.extension and rule.decider:
            found.append(_extension(rule, None))
        found += _spared(rule)
    return found


def _resolution(rule: Rule) -> Permission:
    return Permission(rule.id, RESOLUTION, rule.money_said, rule, rule.confidence, rule.carried_until)


def _extension(rule: Rule, used: int | None) -> Permission:
    assert rule.closing is not None and rule.closing.extension is not None
    one = rule.closing.extension
    until = date(used + 1, *one.until) if one.until and used else None
    said = _("kéo dài thời gian thực hiện và giải ngân") + (f": {one.when}" if one.when else "")
    return Permission(rule.id, EXTENSION, said, rule, one.confidence, until)


def _spared(rule: Rule) -> list[Permission]:
    return [
        Permission(
            f"{rule.id}.{one.code}",
            SPARED,
            _("không bị hủy: %(what)s") % {"what": one.said},
            rule,
            one.confidence,
            None,
        )
        for one in rule.spares
    ]


def told(one: Permission) -> str:
    """A ground in a few words: code, what, article, mark, last day."""
    until = _(", dùng đến %(day)s") % {"day": day(one.until)} if one.until else ""
    unsure = {"recalled": _(", theo trí nhớ, cần kiểm chứng"), "unknown": _(", chưa rõ")}
    sure = unsure.get(one.confidence, "")
    return f"{one.code}: {one.said} ({one.cites or _('chưa có điều khoản')}{sure}{until})"

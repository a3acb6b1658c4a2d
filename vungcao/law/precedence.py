"""Which of two rules that meet gives way; one definition for shipped and local rows.

In this order: what a row itself says (``prevails_over``); a pilot district before a devolved council before the rest
(111/2024/QH15 exists to let those depart from the general rule); then, at the same rank, a row that names the exact
kind of capital or the years of the money is narrower than one that does not. Where these two tests disagree, neither
gives way and both readings are shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from django.utils.translation import gettext as _

from vungcao.law.rules import Rule

_RANKS = {"pilot_district": 2, "devolved": 1}


def beats(one: Rule, other: Rule) -> str:
    """Why ``one`` goes before ``other``, in the language of who asks; empty when it does not."""
    if other.id in one.prevails_over:
        return _("quy định riêng đi trước quy định chung")
    if one.id in other.prevails_over:
        return ""
    here, there = _RANKS.get(one.only_if, 0), _RANKS.get(other.only_if, 0)
    if here != there:
        why = {2: _("huyện thí điểm"), 1: _("đã phân cấp bằng nghị quyết"), 0: ""}
        return why[here] if here > there else ""
    mine, theirs = _narrowness(one), _narrowness(other)
    if mine == theirs or any(a < b for a, b in zip(mine, theirs, strict=True)):
        return ""
    return _("nêu đúng loại vốn") if mine[0] > theirs[0] else _("nêu đúng năm của vốn")


def _narrowness(rule: Rule) -> tuple[bool, bool]:
    return len(rule.kinds) == 1, bool(rule.money)


@dataclass(frozen=True)
class SetAside:
    """A rule that was met but gives way."""

    rule: Rule
    before: Rule
    why: str


def sort_out(met: Sequence[Rule]) -> tuple[list[Rule], list[SetAside]]:
    """The rules that no other beats, and those that give way. Rows that beat each other in a ring all stand."""
    aside = [SetAside(rule, other, why) for rule in met for other in met if (why := beats(other, rule))]
    beaten = {one.rule.id for one in aside}
    if len(beaten) == len(met):
        return list(met), []
    first = {one.rule.id: one for one in reversed(aside)}
    return [rule for rule in met if rule.id not in beaten], [first[rule.id] for rule in met if rule.id in beaten]


def unordered(rules: Sequence[Rule]) -> Iterator[tuple[Rule, Rule]]:
    """Pairs that can both apply to one move, name different deciders, and are neither put in order nor side by side."""
    for one, other in combinations(rules, 2):
        if _can_meet(one, other) and _disagree(one, other) and not _settled(one, other):
            yield one, other


def _can_meet(one: Rule, other: Rule) -> bool:
    return (
        one.names_a_decider
        and other.names_a_decider
        and (one.scope, one.level, one.instead_of) == (other.scope, other.level, other.instead_of)
        and bool(one.kinds & other.kinds)
        and _share_a_day(one, other)
        and (not one.money or not other.money or any(a.meets(b) for a in one.money for b in other.money))
    )


def _share_a_day(one: Rule, other: Rule) -> bool:
    ends = [rule.valid_to for rule in (one, other) if rule.valid_to]
    starts = [rule.valid_from for rule in (one, other) if rule.valid_from]
    return not ends or not starts or max(starts) < min(ends)


def _disagree(one: Rule, other: Rule) -> bool:
    def says(rule: Rule) -> tuple[object, ...]:
        return rule.decider, rule.allowed is not False, {(b.on, b.decider) for b in rule.otherwise if b.on}

    return says(one) != says(other)


def _settled(one: Rule, other: Rule) -> bool:
    told_apart = one.plan and other.plan and one.plan != other.plan
    side_by_side = other.id in one.read_beside or one.id in other.read_beside
    return bool(told_apart or side_by_side or beats(one, other) or beats(other, one))

"""Who may decide a move of money, on a day, by which article, and how sure that is.

Pure: a move and a rulebook in, a ruling out. A rule counts when it is valid on the day of the decision *and* is about
the years of the money. Where rules of which neither gives way name different deciders, every reading is shown and the
ruling names none; where no rule names a decider, the ruling says so and whom to ask.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from vungcao.law.cautions import cautions, several
from vungcao.law.precedence import sort_out
from vungcao.law.rulebook import Rulebook
from vungcao.law.rules import UNKNOWN, Move, Rule
from vungcao.law.ruling import NO_RULE, NOT_KNOWN, ONE, SEVERAL, SURENESS, Alternative, Reading, Ruling, conditions_of


def decide(move: Move, book: Rulebook) -> Ruling:
    """Rule on a move; refuses (``NotAMove``) one that is not put in the table's words."""
    book.check(move)
    met = book.met_by(move)
    naming = [rule for rule in met if rule.names_a_decider]
    adding = [rule for rule in met if not rule.names_a_decider]
    if not naming:  # rows that only add conditions decide where nothing else does, if they name a body at all
        naming = [rule for rule in adding if rule.decider]
        adding = [rule for rule in adding if not rule.decider]
    standing, aside = sort_out(naming)
    readings = [_stand_in(one, move, book) for one in _readings(standing, adding, move)]
    known = [one for one in readings if one.decider != UNKNOWN]
    if len(readings) > 1:
        status = SEVERAL
    elif known:
        status = ONE
    else:
        status = NOT_KNOWN if met else NO_RULE
    if not readings and met:
        readings = [_reading([rule for rule in met if rule.allowed is False] or met, [], "", move)]
    decider = None if status == SEVERAL else known[0].decider if known else UNKNOWN
    verdicts = {one.allowed for one in readings}
    ruling = Ruling(
        move=move,
        status=status,
        decider=decider,
        decider_name=_(" hoặc ").join(book.decider(one.decider) for one in readings)
        if known
        else book.decider(UNKNOWN),
        allowed=verdicts.pop() if len(verdicts) == 1 else None,
        readings=tuple(readings),
        alternatives=_alternatives(readings, naming, move, book),
        met=tuple(met),
        adding=tuple(adding),
        set_aside=tuple(aside),
        ask=book.whom_to_ask(move.kind, move.on),
        warnings=(),
    )
    return replace(ruling, warnings=tuple(cautions(ruling, book)))


def by_rule(ruling: Ruling, rule: str, book: Rulebook) -> Ruling:
    """The same ruling by the one rule that is claimed; as it was, where that rule is not met or not claimed."""
    mine = [one for one in ruling.readings if rule in [row.id for row in one.rules]]
    if not mine:  # a rule that spares money names no body, and gives way to those that do
        mine = [
            replace(_reading([one], ruling.adding, "", ruling.move), allowed=None)
            for one in ruling.met
            if one.id == rule
        ]
    if not mine:
        return ruling
    known = mine[0].decider != UNKNOWN
    return replace(
        ruling,
        status=ONE if known else NOT_KNOWN,
        decider=mine[0].decider,
        decider_name=book.decider(mine[0].decider),
        allowed=mine[0].allowed,
        readings=tuple(mine),
        alternatives=(),
        warnings=tuple(said for said in ruling.warnings if said != several(ruling, book)),
    )


def _readings(standing: Sequence[Rule], adding: Sequence[Rule], move: Move) -> list[Reading]:
    groups: dict[tuple[str, bool], list[Rule]] = {}
    for rule in sorted(standing, key=_to_cite_first):
        decider, _ = rule.decider_for(move)
        groups.setdefault((decider, rule.allowed is not False), []).append(rule)
    return [_reading(rules, adding, decider, move) for (decider, _), rules in groups.items()]


def _to_cite_first(rule: Rule) -> tuple[bool, bool, bool, int]:
    """Circumstance, exact kind, years named, surer; else the order of the table."""
    return not rule.only_if, len(rule.kinds) != 1, not rule.money, SURENESS[rule.confidence]


def _reading(rules: Sequence[Rule], adding: Sequence[Rule], decider: str, move: Move) -> Reading:
    first = rules[0]
    named = decider not in ("", UNKNOWN)
    return Reading(
        decider=decider or UNKNOWN,
        allowed=False if first.allowed is False else True if named else None,
        rules=tuple(rules),
        cites=first.cites,
        confidence=first.confidence if named else "unknown",
        conditions=conditions_of([*rules, *adding]),
        when=first.decider_for(move)[1],
        proposer=first.proposer,
        consult=first.consult,
        deadline=first.deadline.said if first.deadline else "",
    )


def _stand_in(reading: Reading, move: Move, book: Rulebook) -> Reading:
    """Between sessions another body may stand in for the one that the rule names; as sure as the weaker of the two."""
    found = book.standing_in(move, reading.decider)
    if not found:
        return reading
    rule = sorted(found, key=_to_cite_first)[0]
    return replace(
        reading,
        decider=rule.decider,
        rules=(*reading.rules, rule),
        cites=f"{reading.cites}; {rule.cites}",
        confidence=max(reading.confidence, rule.confidence, key=lambda said: SURENESS[said]),
        conditions=(*reading.conditions, *rule.conditions),
    )


def _alternatives(
    readings: Sequence[Reading], naming: Sequence[Rule], move: Move, book: Rulebook
) -> tuple[Alternative, ...]:
    """Every other body that the rules met name, once each; those of the rules that decide come first."""
    taken = {reading.decider for reading in readings}
    deciding = [rule for reading in readings for rule in reading.rules]
    found: dict[str, Alternative] = {}

    def offer(decider: str, when: str, rule: Rule) -> None:
        if decider and decider not in taken and decider != UNKNOWN:
            found.setdefault(decider, Alternative(decider, book.decider(decider), when, rule.id))

    for rule in deciding:
        offer(rule.instead_of, _("tại kỳ họp của HĐND"), rule)
    for rule in [*deciding, *(rule for rule in naming if rule not in deciding)]:
        offer(rule.decider, rule.when or _("trường hợp chung"), rule)
        for branch in rule.otherwise:
            offer(branch.decider, branch.when, rule)
    for rule in deciding:
        offer(rule.expected, _("dự đoán từ nguyên tắc đã thấy, chưa có điều khoản"), rule)
    return tuple(found.values())

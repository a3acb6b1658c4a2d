"""The decision table as it stands: shipped rows, with the local rows of administrators laid over them.

The file names last days inclusively; ``rule_rows.read_rule`` passes each through ``kernel.validity.after_last_day``,
and nothing else converts them. Shipped rows are never rewritten: an overlay adds a rule, confirms or retires one by id.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext as _

from vungcao.evidence.reference_rows import read_yaml
from vungcao.kernel.refusal import Refusal
from vungcao.kernel.validity import after_last_day, holds
from vungcao.law.rule_rows import Words, read_rule
from vungcao.law.rules import Move, Rule

RULES: Final = Path(__file__).parent / "reference" / "budget_rules.yaml"
ADD, CONFIRM, RETIRE = "add", "confirm", "retire"


class NotAMove(Refusal):
    """A question about money that the table has no words for."""

    code = "authority.not_a_move"


@dataclass(frozen=True)
class Ask:
    """Whom to ask about one kind of money, on which days."""

    kind: str
    valid_from: date | None
    valid_to: date | None
    whom: str


@dataclass(frozen=True)
class Overlay:
    """A local change by id. ``row`` for an addition; ``on`` is the first day on which a retired rule is no rule."""

    change: str
    rule: str
    cites: str
    signed: str
    row: Mapping[str, Any] | None = None
    on: date | None = None


@dataclass(frozen=True)
class Rulebook:
    """Rules, words and whom to ask. ``rules`` are in the order of the file, local rows last."""

    rules: tuple[Rule, ...]
    words: Words
    asks: tuple[Ask, ...]

    @cached_property
    def by_id(self) -> dict[str, Rule]:
        return {rule.id: rule for rule in self.rules}

    @cached_property
    def _shelves(self) -> dict[tuple[str, str], list[Rule]]:
        shelves: dict[tuple[str, str], list[Rule]] = {}
        for rule in self.rules:
            shelves.setdefault((rule.level, rule.scope), []).append(rule)
        return shelves

    @cached_property
    def speaking(self) -> tuple[Rule, ...]:
        """Rules whose text touches a case that no row settles."""
        return tuple(rule for rule in self.rules if rule.speaks_of_scopes or rule.speaks_of_levels)

    def shelf(self, level: str, scope: str) -> list[Rule]:
        return self._shelves.get((level, scope), [])

    def met_by(self, move: Move) -> list[Rule]:
        return [rule for rule in self.shelf(move.level, move.scope) if rule.is_met_by(move)]

    def standing_in(self, move: Move, decider: str) -> list[Rule]:
        """Rules that put another body in the place of ``decider`` under the move's circumstances."""
        return [
            rule
            for rule in self.rules
            if rule.instead_of == decider
            and move.kind in rule.kinds
            and holds(rule.valid_from, rule.valid_to, move.on)
            and rule.is_about(move.year, move.used_in)
            and (not rule.only_if or move.says(rule.only_if))
        ]

    def whom_to_ask(self, kind: str, on: date) -> str:
        found = [ask.whom for ask in self.asks if ask.kind == kind and holds(ask.valid_from, ask.valid_to, on)]
        return "; ".join(dict.fromkeys(found)) or "Sở Tài chính"

    def decider(self, code: str) -> str:
        return self.words.deciders.get(code, code)

    def check_source(self, kind: str, level: str) -> None:
        """Refuse a source that is not one kind of money of one budget."""
        if kind not in self.words.kinds or level not in self.words.levels:
            raise NotAMove(
                _(
                    "Nguồn vốn %(kind)s:%(level)s không dùng để hỏi được: nêu một loại vốn (%(kinds)s) và một cấp "
                    "ngân sách (%(levels)s), ví dụ su_nghiep:NSTW."
                )
                % {
                    "kind": kind,
                    "level": level,
                    "kinds": ", ".join(self.words.kinds),
                    "levels": ", ".join(self.words.levels),
                }
            )

    def check(self, move: Move) -> None:
        """Refuse a move in words that are not ours, or with years that can't be."""
        self.check_source(move.kind, move.level)
        if move.scope not in self.words.scopes:
            raise NotAMove(
                _("Phạm vi %(scope)r không có; chọn một trong: %(scopes)s.")
                % {"scope": move.scope, "scopes": ", ".join(self.words.scopes)}
            )
        if not 2000 <= move.year <= 2100:
            raise NotAMove(_("Năm ngân sách %(year)s không hợp lý.") % {"year": move.year})
        if move.use_year is not None and not move.year <= move.use_year <= 2100:
            raise NotAMove(
                _("Năm sử dụng %(use_year)s không thể đứng trước năm ngân sách %(year)s.")
                % {"use_year": move.use_year, "year": move.year}
            )


@lru_cache(maxsize=8)
def shipped(path: Path = RULES) -> Rulebook:
    """The file as it is; raises ``BadRule`` for a row that can't be read or an id that stands twice."""
    said = read_yaml(path)
    words = Words(said["kinds"], said["levels"], said["scopes"], said["deciders"], said["circumstances"])
    rules = tuple(read_rule(row, words) for row in said["rules"])
    twice = {rule.id for rule in rules if sum(other.id == rule.id for other in rules) > 1}
    if twice:
        raise NotAMove(_("Tệp quy tắc có mã trùng: %(twice)s.") % {"twice": ", ".join(sorted(twice))})
    asks = tuple(
        Ask(row["kind"], row.get("from"), after_last_day(row.get("last_day")), row["whom"]) for row in said["asks"]
    )
    return Rulebook(rules, words, asks)


def laid_over(book: Rulebook, overlays: Iterable[Overlay]) -> Rulebook:
    """The book with local changes: additions first, then confirmations, then retirements."""
    order = {ADD: 0, CONFIRM: 1, RETIRE: 2}
    rules = {rule.id: rule for rule in book.rules}
    for one in sorted(overlays, key=lambda overlay: (order[overlay.change], overlay.rule)):
        if one.change == ADD:
            rules[one.rule] = read_rule(one.row or {}, book.words, local=True)
        elif one.change == CONFIRM and one.rule in rules:
            signed = f"{one.cites} ({one.signed})"
            rules[one.rule] = replace(rules[one.rule], confidence="sourced", low=False, confirmed=signed)
        elif one.change == RETIRE and one.rule in rules:
            rules[one.rule] = _ended(rules[one.rule], one.on)
    return replace(book, rules=tuple(rules.values()))


def _ended(rule: Rule, on: date | None) -> Rule:
    """The rule up to, but not including, ``on``; without ``on`` it never stood."""
    first = on or rule.valid_from or date.min
    end = first if rule.valid_to is None else min(first, rule.valid_to)
    return replace(rule, valid_to=max(end, rule.valid_from or date.min))

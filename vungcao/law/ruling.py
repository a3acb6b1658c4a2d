"""The answer of ``authority``: one reading or several, the rules behind it, and its JSON, which is a contract."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from vungcao.law.precedence import SetAside
from vungcao.law.rules import Move, Rule

SURENESS: Final = {"sourced": 0, "recalled": 1, "unknown": 2}
ONE, SEVERAL, NOT_KNOWN, NO_RULE = "one", "several", "unknown", "no_rule"


@dataclass(frozen=True)
class Alternative:
    """Another body that the rules name, when it is that one, and by which rule."""

    decider: str
    name: str
    when: str
    rule: str


@dataclass(frozen=True)
class Reading:
    """One way to read the law: a decider, the rules that say so (the first one is to be cited), what goes with it."""

    decider: str
    allowed: bool | None
    rules: tuple[Rule, ...]
    cites: str
    confidence: str
    conditions: tuple[str, ...]
    when: str = ""
    proposer: str = ""
    consult: tuple[str, ...] = ()
    deadline: str = ""

    def as_json(self) -> dict[str, Any]:
        return {
            "decider": self.decider,
            "allowed": self.allowed,
            "rule": self.rules[0].id,
            "rules": [rule.id for rule in self.rules],
            "cites": self.cites,
            "confidence": self.confidence,
            "conditions": list(self.conditions),
            "when": self.when,
            "proposer": self.proposer,
            "consult": list(self.consult),
            "deadline": self.deadline,
        }


@dataclass(frozen=True)
class Ruling:
    """The answer. ``decider`` is None exactly when there are several readings, ``UNKNOWN`` when no rule names one.

    ``allowed``: None unless every reading agrees. ``met`` are all the rules that apply, those that give way included.
    """

    move: Move
    status: str
    decider: str | None
    decider_name: str
    allowed: bool | None
    readings: tuple[Reading, ...]
    alternatives: tuple[Alternative, ...]
    met: tuple[Rule, ...]
    adding: tuple[Rule, ...]
    set_aside: tuple[SetAside, ...]
    ask: str
    warnings: tuple[str, ...]

    @property
    def rules(self) -> tuple[str, ...]:
        """Ids of the rules behind the answer, the one to cite first."""
        named = [rule.id for reading in self.readings for rule in reading.rules]
        return tuple(dict.fromkeys([*named, *(rule.id for rule in self.adding)]))

    @property
    def confidence(self) -> str:
        """Of a single answer its own; with several readings the weakest; unknown without a decider."""
        if self.status in (NOT_KNOWN, NO_RULE):
            return "unknown"
        return max((reading.confidence for reading in self.readings), key=lambda said: SURENESS[said])

    def as_json(self) -> dict[str, Any]:
        """The contract of ``vungcao authority --json``, and more beside it."""
        several = self.status == SEVERAL
        first = self.readings[0] if self.readings and not several else None
        conditions = first.conditions if first else conditions_of(self.adding)
        return {
            "status": self.status,
            "allowed": self.allowed,
            "decider": self.decider,
            "decider_name": self.decider_name,
            "alternatives": [vars(one) for one in self.alternatives],
            "rule": first.rules[0].id if first else None,
            "rules": list(self.rules),
            "cites": first.cites if first else "; ".join(one.cites for one in self.readings),
            "confidence": self.confidence,
            "conditions": list(conditions),
            "proposer": first.proposer if first else "",
            "consult": list(first.consult) if first else [],
            "deadline": first.deadline if first else "",
            "readings": [one.as_json() for one in self.readings] if several else [],
            "set_aside": [{"rule": o.rule.id, "before": o.before.id, "why": o.why} for o in self.set_aside],
            "ask": self.ask,
            "warnings": list(self.warnings),
            "asked": {
                "on": self.move.on.isoformat(),
                "year": self.move.year,
                "use_year": self.move.used_in,
                "source": f"{self.move.kind}:{self.move.level}",
                "scope": self.move.scope,
                "circumstances": self.move.circumstances,
            },
            "sources": [_source(rule) for rule in self.met],
        }


def conditions_of(rules: Sequence[Rule]) -> tuple[str, ...]:
    """What must be shown to hold, each sentence once."""
    return tuple(dict.fromkeys(said for rule in rules for said in rule.conditions))


def _source(rule: Rule) -> dict[str, Any]:
    return {
        "rule": rule.id,
        "cites": rule.cites,
        "confidence": rule.confidence,
        "low": rule.low,
        "seen_in": rule.seen_in,
        "caveat": rule.caveat,
        "local": rule.local,
        "confirmed": rule.confirmed,
        "money": rule.money_said,
    }

"""What became of an import: per table, per figure, and in JSON (a contract: see the room's README)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, Literal

from vungcao.kernel.refusal import Cell, Problem

State = Literal["received", "held", "older", "draft", "refused"]
NEEDS_WORK: Final = frozenset({"draft", "refused"})


@dataclass
class Outcome:
    """What became of one table of one file.

    ``received``: its facts are (in a rehearsal: would be) written. ``held``: we hold the same rows already.
    ``older``: a newer edition of it stands. ``draft``: kept without facts. ``refused``: not kept at all.
    ``is_new``: this run wrote (would write) something for it.
    """

    file: str
    sheet: str
    what: str
    state: State
    lines: int = 0
    dong: int = 0
    as_of: date | None = None
    body: str = ""
    is_new: bool = False
    problems: list[Problem] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        return {
            "file": self.file,
            "sheet": self.sheet,
            "what": self.what,
            "state": self.state,
            "new": self.is_new,
            "lines": self.lines,
            "dong": self.dong,
            "as_of": f"{self.as_of}" if self.as_of else None,
            "body": self.body,
            "problems": [
                {
                    "file": problem.where.file,
                    "sheet": problem.where.sheet,
                    "cell": problem.where.cell,
                    "code": problem.code,
                    "said": problem.said,
                    "sentence": problem.sentence,
                    "weight": problem.weight,
                }
                for problem in self.problems
            ],
        }

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> Outcome:
        """The outcome that ``as_json`` told."""
        problems = [
            Problem(
                Cell(one["file"], one["sheet"], one["cell"]), one["code"], one["said"], one["sentence"], one["weight"]
            )
            for one in told["problems"]
        ]
        as_of = date.fromisoformat(told["as_of"]) if told["as_of"] else None
        same = {name: told[name] for name in ("file", "sheet", "what", "state", "lines", "dong", "body")}
        return cls(**same, as_of=as_of, is_new=told["new"], problems=problems)


@dataclass(frozen=True)
class Effect:
    """A figure of a programme and year of use on a day, before and after the import, in đồng."""

    figure: Literal["assigned", "disbursed"]
    programme: str
    year: str
    on: date
    basis: str
    before_dong: int
    after_dong: int

    def as_json(self) -> dict[str, Any]:
        return {
            "figure": self.figure,
            "programme": self.programme,
            "year": self.year,
            "on": f"{self.on}",
            "basis": self.basis,
            "before_dong": self.before_dong,
            "after_dong": self.after_dong,
        }

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> Effect:
        """The effect that ``as_json`` told."""
        return cls(**{**told, "on": date.fromisoformat(told["on"])})


@dataclass
class Run:
    """The outcome of a whole run. ``act`` is the number of the act that wrote, ``None`` when nothing was written."""

    committed: bool
    act: int | None = None
    outcomes: list[Outcome] = field(default_factory=list)
    effects: list[Effect] = field(default_factory=list)
    left_aside: list[str] = field(default_factory=list)

    @property
    def problems(self) -> list[Problem]:
        return [problem for outcome in self.outcomes for problem in outcome.problems]

    @property
    def needs_work(self) -> bool:
        """Did something stay a draft, or was it refused?"""
        return any(outcome.state in NEEDS_WORK for outcome in self.outcomes)

    def as_json(self) -> dict[str, Any]:
        return {
            "committed": self.committed,
            "act": self.act,
            "outcomes": [one.as_json() for one in self.outcomes],
            "effects": [one.as_json() for one in self.effects],
            "left_aside": self.left_aside,
        }

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> Run:
        """The run that ``as_json`` told."""
        outcomes = [Outcome.from_json(one) for one in told["outcomes"]]
        effects = [Effect.from_json(one) for one in told["effects"]]
        return cls(told["committed"], told["act"], outcomes, effects, list(told["left_aside"]))

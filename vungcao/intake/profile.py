"""Profiles are data: a short file says which table this is and what each of its columns means."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml

from vungcao.intake.reading import Column, Table
from vungcao.kernel.vietnamese import fold

FOLDER = Path(__file__).parent / "profiles"
Measure = Literal["label", "disbursed", "plan", "rate", "dong"]


@dataclass(frozen=True)
class ColumnRule:
    """``head`` is a pattern over the folded head texts joined by blanks; ``many``: one column for each component."""

    measure: Measure
    head: re.Pattern[str]
    source: str = ""
    optional: bool = False
    many: bool = False


@dataclass(frozen=True)
class Profile:
    """What a kind of workbook looks like, and what its figures become."""

    code: str
    label: str
    kind: Literal["statement", "voucher"]
    title: re.Pattern[str]
    issuer: re.Pattern[str] | None
    rows: Literal["component", "body", "place"]
    columns: tuple[ColumnRule, ...]
    voucher: dict[str, str]


@dataclass(frozen=True)
class Bound:
    """A column of a table under its rule; ``component`` is the text in the head that names one."""

    rule: ColumnRule
    col: str
    component: str = ""


@dataclass(frozen=True)
class Fit:
    """A profile laid over a table: bound columns, and the words of the columns that are missing."""

    profile: Profile
    bound: tuple[Bound, ...]
    missing: tuple[str, ...]


def _profile(said: dict[str, Any]) -> Profile:
    rules = tuple(
        ColumnRule(
            measure=rule["measure"],
            head=re.compile(rule["head"]),
            source=rule.get("source", ""),
            optional=rule.get("optional", False),
            many=rule.get("many", False),
        )
        for rule in said["columns"]
    )
    return Profile(
        code=said["code"],
        label=said["label"],
        kind=said["kind"],
        title=re.compile(said["title"]),
        issuer=re.compile(said["issuer"]) if "issuer" in said else None,
        rows=said["rows"],
        columns=rules,
        voucher=said.get("voucher", {}),
    )


@cache
def profiles() -> tuple[Profile, ...]:
    """Every profile on file, by its code."""
    return tuple(_profile(yaml.safe_load(path.read_text("utf-8"))) for path in sorted(FOLDER.glob("*.yaml")))


def head_of(column: Column) -> str:
    """Folded head texts from top to bottom, joined by blanks."""
    return fold(" ".join(column.path))


def lay(profile: Profile, table: Table) -> Fit:
    """Bind the columns of ``table`` to the rules of ``profile``; hidden columns are not bound."""
    bound: list[Bound] = []
    missing: list[str] = []
    taken: set[str] = set()
    for rule in profile.columns:
        found = list(_found(rule, [column for column in table.columns if not column.hidden and column.col not in taken]))
        if not found and not rule.optional:
            missing.append(rule.head.pattern)
        for one in found if rule.many else found[:1]:
            bound.append(one)
            taken.add(one.col)
    return Fit(profile, tuple(bound), tuple(missing))


def _found(rule: ColumnRule, columns: Iterable[Column]) -> Iterator[Bound]:
    for column in columns:
        match = rule.head.search(head_of(column))
        if match:
            yield Bound(rule, column.col, match.groupdict().get("component") or "")


def choose(table: Table, title: str, issuer: str, *, only: str | None = None) -> tuple[Fit | None, Fit | None]:
    """(the profile that fits, else the nearest one): title and issuer must match, no needed column may be missing."""
    fits = [lay(profile, table) for profile in profiles() if only is None or profile.code == only]
    titled = [
        fit
        for fit in fits
        if only or (fit.profile.title.search(title) and (fit.profile.issuer is None or fit.profile.issuer.search(issuer)))
    ]
    whole = [fit for fit in titled if not fit.missing]
    nearest = min(titled or fits, key=lambda fit: len(fit.missing), default=None)
    return (whole[0] if whole else None), nearest

"""Profiles are data: a short file says which table this is and what each of its columns means."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml
from django.utils.translation import gettext

from vungcao.intake.reading import Column, Table
from vungcao.kernel.refusal import Refusal
from vungcao.kernel.vietnamese import fold

FOLDER = Path(__file__).parent / "profiles"


_COLUMN: Final = frozenset({"measure", "head", "name", "source", "optional", "many", "group"})


class UnknownProfile(Refusal):
    """Somebody asked for a profile that is not on file."""

    code = "profile.unknown"


@dataclass(frozen=True)
class Words:
    """A pattern over folded text, and what an officer calls it."""

    pattern: re.Pattern[str]
    name: str


@dataclass(frozen=True)
class ColumnRule:
    """``head`` is a pattern over the folded head texts joined by blanks; ``many``: one column for each component.

    ``measure`` is one of the measures of the drafting of the profile's kind; of rules of one ``group`` one is enough;
    ``more`` is what else the kind reads of a column.
    """

    measure: str
    head: re.Pattern[str]
    name: str
    source: str = ""
    optional: bool = False
    many: bool = False
    group: str = ""
    more: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Profile:
    """What a kind of workbook looks like, and what its figures become.

    ``kind`` names the drafting (``registry.DRAFTING``), ``rule`` is what that kind alone needs to know.
    ``control_level``: the level of component at which money is controlled; rows below it are not posted.
    """

    code: str
    label: str
    kind: str
    title: Words
    issuer: Words | None
    rows: str
    columns: tuple[ColumnRule, ...]
    rule: Mapping[str, Any]
    control_level: str = ""


@dataclass(frozen=True)
class Bound:
    """A column of a table under its rule; ``component`` (or ``group``) is the text in the head that names one."""

    rule: ColumnRule
    col: str
    component: str = ""
    group: str = ""


@dataclass(frozen=True)
class Fit:
    """A profile laid over a table: bound columns, names of the missing ones, and whether title and issuer agree."""

    profile: Profile
    bound: tuple[Bound, ...]
    missing: tuple[str, ...]
    is_titled: bool = True
    is_issued: bool = True

    @property
    def is_whole(self) -> bool:
        return self.is_titled and self.is_issued and not self.missing

    @property
    def wanting(self) -> str:
        """What keeps the table from fitting, in Vietnamese."""
        profile, said = self.profile, []
        if self.missing:
            said.append(f"thiếu cột {', '.join(f'“{name}”' for name in self.missing)}")
        if not self.is_titled:
            said.append(f"tên biểu không có dạng “{profile.title.name}”")
        if not self.is_issued and profile.issuer:
            said.append(f"góc trên bên trái không ghi “{profile.issuer.name}”")
        return "; ".join(said)


def _profile(said: dict[str, Any], others: Mapping[str, dict[str, Any]]) -> Profile:
    """A profile as written; ``like`` another one it has that one's columns too, after its own, with its own label."""
    lent = [rule for rule in others[said["like"]]["columns"] if rule["measure"] != "label"] if "like" in said else []
    rules = tuple(
        ColumnRule(
            measure=rule["measure"],
            head=re.compile(rule["head"]),
            name=rule["name"],
            source=rule.get("source", ""),
            optional=rule.get("optional", False),
            many=rule.get("many", False),
            group=rule.get("group", ""),
            more={key: value for key, value in rule.items() if key not in _COLUMN},
        )
        for rule in (*said["columns"], *lent)
    )
    return Profile(
        code=said["code"],
        label=said["label"],
        kind=said["kind"],
        title=_words(said["title"]),
        issuer=_words(said["issuer"]) if "issuer" in said else None,
        rows=said["rows"],
        columns=rules,
        rule=said.get(said["kind"], {}),
        control_level=said.get("control_level", ""),
    )


def _words(said: dict[str, str]) -> Words:
    return Words(re.compile(said["pattern"]), said["name"])


@cache
def profiles() -> tuple[Profile, ...]:
    """Every profile on file, by its code."""
    said = {path.stem: yaml.safe_load(path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.yaml"))}
    return tuple(_profile(one, said) for one in said.values())


def known(code: str | None) -> str | None:
    """``code`` itself if a profile bears it (or none was asked for); raises ``UnknownProfile``."""
    codes = {profile.code: profile.label for profile in profiles()}
    if code is not None and code not in codes:
        listed = "; ".join(f"{one} ({label})" for one, label in codes.items())
        raise UnknownProfile(
            gettext("Không có mẫu biểu mang mã “%(code)s”. Các mẫu đang có: %(listed)s.")
            % {"code": code, "listed": listed}
        )
    return code


def counts_things(code: str) -> bool:
    """Is the profile of this code one of counts, that say no amount of money?"""
    return any(profile.code == code and profile.kind == "observation" for profile in profiles())


def label_of(code: str) -> str:
    """What officers call the kind of table a profile describes; empty for no profile."""
    return next((profile.label for profile in profiles() if profile.code == code), "")


def head_of(column: Column) -> str:
    """Folded head texts from top to bottom, joined by blanks."""
    return fold(" ".join(column.path))


def lay(profile: Profile, table: Table, title: str, issuer: str) -> Fit:
    """Bind the columns of ``table`` to the rules of ``profile``; hidden columns are not bound, and said so."""
    bound: list[Bound] = []
    missing: dict[str, ColumnRule] = {}
    taken: set[str] = set()
    for rule in profile.columns:
        free = [column for column in table.columns if not column.hidden and column.col not in taken]
        found = list(_found(rule, free))
        if not found and not rule.optional:
            hidden = any(True for _ in _found(rule, [column for column in table.columns if column.hidden]))
            missing[f"{rule.name} (đang bị ẩn)" if hidden else rule.name] = rule
        for one in found if rule.many else found[:1]:
            bound.append(one)
            taken.add(one.col)
    place = {column.col: at for at, column in enumerate(table.columns)}
    bound.sort(key=lambda one: place[one.col])
    groups = {one.rule.group for one in bound if one.rule.group}
    wanting = tuple(name for name, rule in missing.items() if rule.group not in groups)
    is_issued = profile.issuer is None or bool(profile.issuer.pattern.search(issuer))
    return Fit(profile, tuple(bound), wanting, bool(profile.title.pattern.search(title)), is_issued)


def _found(rule: ColumnRule, columns: Iterable[Column]) -> Iterator[Bound]:
    for column in columns:
        match = rule.head.search(head_of(column))
        if match:
            named = match.groupdict()
            yield Bound(rule, column.col, named.get("component") or "", named.get("group") or "")


def choose(table: Table, title: str, issuer: str, *, only: str | None = None) -> tuple[Fit | None, list[Fit]]:
    """(the profile that fits, every profile tried). A profile asked for by its code needs no title and no issuer.

    Of several that fit, the one that understands the most columns.
    """
    fits = [lay(profile, table, title, issuer) for profile in profiles() if only in (None, profile.code)]
    whole = [fit for fit in fits if fit.is_whole or (only and not fit.missing)]
    return max(whole, key=lambda fit: len(fit.bound), default=None), fits

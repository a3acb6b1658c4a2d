"""What a project, a unit or a source has before and after a dossier; and what was spent of a line's money.

Before: all money of the sources and years that the lines touch, under the programmes they touch, on the day, the
dossier's own vouchers apart. Each đồng is in one account, so a project's sum is that of all its holders. Money carried
over goes from one year of use to the next, so there a project stands once for each year.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from vungcao.bodies.queries import naming as body_naming
from vungcao.ledger.dossiers.draft import Draft
from vungcao.ledger.dossiers.moving import project_of
from vungcao.ledger.models import DossierKind, DossierLine, Side

BY = ("project", "unit", "source")


@dataclass(frozen=True)
class Changed:
    """One project, unit or source (with its years): whole đồng."""

    code: str
    name: str
    before: int
    down: int
    up: int

    @property
    def after(self) -> int:
        return self.before - self.down + self.up

    def as_json(self) -> dict[str, Any]:
        return {"code": self.code, "name": self.name, "before_dong": self.before, "down_dong": self.down,
                "up_dong": self.up, "after_dong": self.after}  # fmt: skip


@dataclass(frozen=True)
class _At:
    """Where a line has an effect, or where money is held: what columns of an account tell it by."""

    component_id: int
    body_id: int
    source_id: int
    year_origin: str
    year_use: str


def before_after(draft: Draft) -> dict[str, list[Changed]]:
    """By project, unit and source: those that a line touches, in the order of codes."""
    held = _held(draft)
    split = draft.dossier.kind == DossierKind.CARRY_OVER
    ways: dict[str, tuple[Callable[[Any], Any], Callable[[Any], tuple[str, str]]]] = {
        "project": (
            lambda row: (project_of(draft.here, row.component_id), row.year_use if split else ""),
            lambda key: _in_year(_component(draft, key[0]), key[1]),
        ),
        "unit": (
            lambda row: (row.body_id, row.year_use if split else ""),
            lambda key: _in_year(_body(draft, key[0]), key[1]),
        ),
        "source": (lambda row: (row.source_id, row.year_origin, row.year_use), lambda key: _source(draft, key)),
    }
    return {by: _changed(draft, held, *ways[by]) for by in BY}


def _held(draft: Draft) -> list[tuple[_At, int]]:
    money = {(line.source_id, line.year_origin, used) for line in draft.lines for _, used in draft.way.effects(line)}
    programme_of = draft.here.components.programme_of
    programmes = {programme_of(line.component_id) for line in draft.lines}
    return [
        (_At(at.component, at.body, at.source, at.year_origin, at.year_use), one.dong)
        for one in draft.books.held
        for at in (one.region,)
        if (at.source, at.year_origin, at.year_use) in money and programme_of(at.component) in programmes
    ]


def _changed(
    draft: Draft,
    held: list[tuple[_At, int]],
    key: Callable[[Any], Any],
    called: Callable[[Any], tuple[str, str]],
) -> list[Changed]:
    before: dict[Any, int] = defaultdict(int)
    for at, dong in held:
        before[key(at)] += dong
    moved: dict[Any, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for line in draft.lines:
        for side, used in draft.way.effects(line):
            moved[key(_At(line.component_id, line.body_id, line.source_id, line.year_origin, used))][side] += line.dong
    rows = [Changed(*called(one), before[one], sums[Side.DOWN], sums[Side.UP]) for one, sums in moved.items()]
    return sorted(rows, key=lambda row: (row.code, row.name))


def _in_year(named: tuple[str, str], used: str) -> tuple[str, str]:
    code, name = named
    return (f"{code} {used}", _("%(name)s, dùng năm %(year)s") % {"name": name, "year": used}) if used else named


def _component(draft: Draft, key: int) -> tuple[str, str]:
    tree = draft.here.components
    return tree.codes.get(key, f"{key}"), tree.short_names.get(key, f"{key}")


def _body(draft: Draft, key: int) -> tuple[str, str]:
    return draft.here.bodies.keys.get(key, f"{key}"), body_naming(key, draft.on, draft.known)[0]


def _source(draft: Draft, key: tuple[int, str, str]) -> tuple[str, str]:
    (source,) = {line.source for line in draft.lines if line.source_id == key[0]}
    said = _("%(name)s, vốn năm %(year)s") % {"name": source.name, "year": key[1]}
    return _in_year((f"{source.code} {key[1]}/{key[2]}", said), "" if key[1] == key[2] else key[2])


def spent(draft: Draft) -> dict[int, int | None]:
    """Line (its key) → đồng said to be spent of its account up to the day, or up to the closing day where the kind
    looks at that; ``None``: nobody has said.
    """
    return draft.spent


def line_json(draft: Draft, line: DossierLine, done: dict[int, int | None]) -> dict[str, Any]:
    """A line with what its account had, has after, and what was spent of it."""
    before = draft.left(line)
    return {
        "line": line.pk, "side": line.side, "component": line.component.code, "body": line.body.key,
        "place": line.place.key, "source": line.source.code, "field": line.field.code,
        "object": line.spending_object.code, "year_origin": line.year_origin, "year_use": line.year_use,
        "dong": line.dong, "before_dong": before, "given_by": draft.given(line), "spent_dong": done[line.pk],
        "basis": line.basis, "said_in": said_in(line), "reason": line.reason, "targets": line.targets,
        "proposed_by": line.proposed_by.key, "paper": line.paper,
        "paper_dated": f"{line.paper_dated}" if line.paper_dated else None,
    }  # fmt: skip


def said_in(line: DossierLine) -> dict[str, str] | None:
    """The file, sheet and cell of the unit's workbook that a line came from; ``None``: it was typed."""
    if not hasattr(line, "said_at"):
        return None
    found = line.said_at
    return {"file": found.batch.source.name, "sheet": found.batch.sheet, "cell": found.cell}

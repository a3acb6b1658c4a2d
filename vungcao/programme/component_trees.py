"""Components and the tree of a day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from vungcao.evidence.every_row import EveryRow
from vungcao.evidence.moment import held
from vungcao.evidence.remembering import Remembered
from vungcao.kernel.trees import Tree
from vungcao.kernel.validity import last_day, lives_of
from vungcao.kernel.years import NOT_DIVIDED, Years
from vungcao.programme.models import Component, ComponentVersion, Level


class ComponentTree(Tree):
    """The components in force on one day. The root is ``*``, "Mọi chương trình"."""

    def __init__(self, versions: Iterable[ComponentVersion]) -> None:
        rows = sorted(versions, key=lambda row: (row.order, row.component.code))
        standing = {row.component_id for row in rows}
        super().__init__({row.component_id: row.parent_id if row.parent_id in standing else None for row in rows})
        self.codes: Mapping[int, str] = {row.component_id: row.component.code for row in rows}
        self.ids: Mapping[str, int] = {code: node for node, code in self.codes.items()}
        self.names: Mapping[int, str] = {row.component_id: row.name for row in rows}
        self.short_names: Mapping[int, str] = {row.component_id: row.short_name or row.name for row in rows}
        self.also: Mapping[int, tuple[str, ...]] = {row.component_id: tuple(row.also) for row in rows}
        self.levels: Mapping[int, str] = {row.component_id: row.level for row in rows}
        self.order: Mapping[int, int] = {row.component_id: place for place, row in enumerate(rows)}

    @property
    def root(self) -> int:
        """The key of ``*``."""
        return self.ids[NOT_DIVIDED]

    def programme_of(self, node: int) -> int:
        """The programme that a component belongs to; the root for the root itself."""
        above = list(self.up(node))
        return next((one for one in above if self.levels.get(one) == Level.PROGRAMME), above[-1])


@dataclass(frozen=True)
class Naming:
    """What a component is or was called. ``last_day`` is the last day in force, ``None`` while it stands."""

    code: str
    name: str
    short_name: str
    level: str
    last_day: date | None


def component(code: str, on: date | None = None, known: int | None = None) -> Component | None:
    """The component of a code; with ``on``, only if it is in force on that day."""
    found = held(("component", code), lambda: Component.objects.filter(code=code).first())
    if found is None or on is None:
        return found
    return found if ComponentVersion.objects.on(on, known).filter(component=found).exists() else None


_every: Final[EveryRow[ComponentVersion]] = EveryRow(ComponentVersion, "component")
_trees: Remembered[ComponentTree] = Remembered(ComponentVersion)
_lives: Remembered[dict[int, list[ComponentVersion]]] = Remembered(ComponentVersion, room=8)


def tree(on: date, known: int | None = None) -> ComponentTree:
    """The tree of all programmes in force on ``on`` as known at act number ``known`` (``None``: now)."""
    return _trees.get(
        on, known, lambda: ComponentTree(row for life in lives(known).values() for row in life if row.holds_on(on))
    )


def lives(known: int | None = None) -> dict[int, list[ComponentVersion]]:
    """Every version that stands, by component, the earliest first (an unknown start comes first); kept in memory."""
    return _lives.get("lives", known, lambda: lives_of(_every.standing(known), "component_id"))


def naming(component_id: int, known: int | None = None) -> Naming:
    """Name of a component on any day, ended or not: its latest version as known."""
    latest = next(reversed(lives(known).get(component_id, [])), None)
    if latest is None:
        code = Component.objects.values_list("code", flat=True).get(pk=component_id)
        return Naming(code, code, code, "", None)
    return Naming(
        latest.component.code, latest.name, latest.short_name or latest.name, latest.level, last_day(latest.valid_to)
    )


def programme_key(of: Component, known: int | None = None) -> int:
    """Key of the programme whose code a component's begins with; of a programme itself its own."""
    code = of.code.partition(".")[0]
    if code == of.code:
        return of.pk
    named = (life[-1].component for life in lives(known).values())
    found = next((one.pk for one in named if one.code == code), None)
    return Component.objects.values_list("pk", flat=True).get(code=code) if found is None else found


def budget_years(programme_id: int, known: int | None = None) -> Years | None:
    """Budget years in which a programme's money may be used; ``None`` when no year is excluded."""
    spans = [Years.parse(row.years) for row in lives(known).get(programme_id, []) if row.years]
    return Years(min(span.first for span in spans), max(span.last for span in spans)) if spans else None


def versions_ended_before(on: date, known: int | None = None) -> list[ComponentVersion]:
    """Standing versions that are not in force on ``on``: what a name may once have meant."""
    return [row for life in lives(known).values() for row in life if not row.holds_on(on)]

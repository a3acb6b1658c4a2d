"""Codes and names of the nodes that a question meets, read once per question."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from functools import cached_property, lru_cache
from typing import TypeVar

from vungcao.bodies import queries as bodies
from vungcao.bodies.models import Body, BodyVersion
from vungcao.evidence.current import under_way
from vungcao.evidence.queries import stamp
from vungcao.kernel.validity import holds
from vungcao.ledger.models import SpendingObject
from vungcao.programme import queries as programmes
from vungcao.programme.models import Component, ComponentVersion, FundingSource, SpendingField
from vungcao.territory import queries as territory
from vungcao.territory.models import Place, PlaceVersion

Version = TypeVar("Version", BodyVersion, ComponentVersion, PlaceVersion)


def _code(row: BodyVersion | ComponentVersion | PlaceVersion) -> str:
    if isinstance(row, BodyVersion):
        return row.body.key
    return row.component.code if isinstance(row, ComponentVersion) else row.place.key


class Members:
    """Database key → code of every member of each dimension: the same on any day."""

    @cached_property
    def components(self) -> dict[int, str]:
        return dict(Component.objects.values_list("pk", "code"))

    @cached_property
    def places(self) -> dict[int, str]:
        return dict(Place.objects.values_list("pk", "key"))

    @cached_property
    def bodies(self) -> dict[int, str]:
        return dict(Body.objects.values_list("pk", "key"))

    @cached_property
    def sources(self) -> dict[int, str]:
        return dict(FundingSource.objects.values_list("pk", "code"))

    @cached_property
    def fields(self) -> dict[int, str]:
        return dict(SpendingField.objects.values_list("pk", "code"))

    @cached_property
    def objects(self) -> dict[int, str]:
        return dict(SpendingObject.objects.values_list("pk", "code"))


class Codes:
    """Database key → code, and code → the name of a day (else the newest), for each dimension."""

    def __init__(self, on: date | None = None, members: Members | None = None) -> None:
        self.on = on or date.max
        self._members = members or Members()

    @classmethod
    def of(cls, on: date | None) -> Codes:
        """Codes and names of a day, kept in memory while nothing newer is known; the same for all days alike."""
        if on is not None and under_way.get() is None:
            on = max(territory.since(on), bodies.since(on), programmes.since(on))
        return _kept_codes(on, stamp())

    def _of_the_day(self, rows: Iterable[Version]) -> dict[str, Version]:
        """Code → the version in force on the day, else the latest."""
        found: dict[str, Version] = {}
        for row in sorted(
            rows, key=lambda one: (holds(one.valid_from, one.valid_to, self.on), one.valid_from or date.min)
        ):
            found[_code(row)] = row
        return found

    def _nearness(self, row: BodyVersion | ComponentVersion | PlaceVersion) -> tuple[bool, date]:
        return holds(row.valid_from, row.valid_to, self.on), row.valid_from or date.min

    @property
    def components(self) -> dict[int, str]:
        return self._members.components

    @property
    def places(self) -> dict[int, str]:
        return self._members.places

    @property
    def bodies(self) -> dict[int, str]:
        return self._members.bodies

    @property
    def sources(self) -> dict[int, str]:
        return self._members.sources

    @property
    def fields(self) -> dict[int, str]:
        return self._members.fields

    @property
    def objects(self) -> dict[int, str]:
        return self._members.objects

    @cached_property
    def object_names(self) -> dict[str, str]:
        """Works, contracts, conclusions by their names; one that has none by its code."""
        return {code: name or code for code, name in SpendingObject.objects.values_list("code", "name")}

    @cached_property
    def place_names(self) -> dict[str, str]:
        rows = PlaceVersion.objects.standing().select_related("place")
        return {code: row.full_name for code, row in self._of_the_day(rows).items()}

    @cached_property
    def body_names(self) -> dict[str, str]:
        rows = BodyVersion.objects.standing().select_related("body")
        return {code: row.name for code, row in self._of_the_day(rows).items()}

    @cached_property
    def _component_versions(self) -> dict[str, ComponentVersion]:
        return self._of_the_day(ComponentVersion.objects.standing().select_related("component"))

    @cached_property
    def component_names(self) -> dict[str, str]:
        return {
            code: f"{row.short_name}: {row.name}" if row.short_name and row.short_name != row.name else row.name
            for code, row in self._component_versions.items()
        }

    @cached_property
    def component_short_names(self) -> dict[str, str]:
        return {code: row.short_name or row.name for code, row in self._component_versions.items()}

    @cached_property
    def source_names(self) -> dict[str, str]:
        return dict(FundingSource.objects.values_list("code", "name"))

    @cached_property
    def field_names(self) -> dict[str, str]:
        return dict(SpendingField.objects.values_list("code", "name"))

    def name(self, dim: str, code: str) -> str:
        """What a code of a dimension is called; the code itself where there is no name."""
        names = {
            "component": "component_names",
            "programme": "component_names",
            "place": "place_names",
            "district": "place_names",
            "province": "place_names",
            "body": "body_names",
            "owner": "body_names",
            "source": "source_names",
            "field": "field_names",
            "object": "object_names",
        }
        return str(getattr(self, names[dim]).get(code, code)) if dim in names else code

    def short_name(self, dim: str, code: str) -> str:
        """The name for narrow tables: ``Dự án 5`` instead of its whole title."""
        return self.component_short_names.get(code, code) if dim in ("component", "programme") else self.name(dim, code)

    def code_of(self, dim: str, node: int) -> str:
        """Code of a database key along a dimension."""
        tables = {
            "component": self.components,
            "programme": self.components,
            "place": self.places,
            "district": self.places,
            "province": self.places,
            "body": self.bodies,
            "owner": self.bodies,
            "field": self.fields,
            "source": self.sources,
            "object": self.objects,
        }
        return tables[dim].get(node, "") if dim in tables else ""

    def name_of_node(self, dim: str, node: int) -> str:
        """What a database key of a dimension is called."""
        return self.name(dim, self.code_of(dim, node))


@lru_cache(maxsize=64)
def _kept_codes(on: date | None, at: tuple[int, datetime | None]) -> Codes:
    return Codes(on, None if under_way.get() is not None else _kept_members(at))


@lru_cache(maxsize=2)
def _kept_members(at: tuple[int, datetime | None]) -> Members:
    return Members()

"""Codes and names of the nodes that a question meets, read once per question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import cached_property, lru_cache
from typing import TypeVar

from django.db.models import Model

from vungcao.bodies import queries as bodies
from vungcao.bodies.models import BodyVersion
from vungcao.evidence.moment import held
from vungcao.evidence.queries import stamp
from vungcao.kernel.validity import holds
from vungcao.ledger.models import SpendingObject
from vungcao.ledger.regions import node_codes
from vungcao.programme import queries as programmes
from vungcao.programme.models import ComponentVersion, SpendingField
from vungcao.programme.vocabularies import FundingSources
from vungcao.territory import queries as territory
from vungcao.territory.models import PlaceVersion

Version = TypeVar("Version", BodyVersion, ComponentVersion, PlaceVersion)


def _both(model: type[Model], key: str, value: str) -> dict[str, str]:
    """Two columns of a table; the codes of several days in one moment read it once."""
    return held((model, key, value), lambda: dict(model._default_manager.values_list(key, value)))


class Codes:
    """Database key → code, and code → the name of a day (else the newest), for each dimension."""

    def __init__(self, on: date | None = None) -> None:
        self.on = on or date.max

    @classmethod
    def of(cls, on: date | None) -> Codes:
        """Codes and names of a day, kept in memory while nothing newer is known."""
        return _kept_codes(on, stamp())

    def _of_the_day(self, lives: Mapping[int, Sequence[Version]], codes: Mapping[int, str]) -> dict[str, Version]:
        """Code → the version in force on the day, else the latest."""
        return {codes[node]: max(life, key=self._nearness) for node, life in lives.items()}

    def _nearness(self, row: BodyVersion | ComponentVersion | PlaceVersion) -> tuple[bool, date, int]:
        return holds(row.valid_from, row.valid_to, self.on), row.valid_from or date.min, row.pk

    @cached_property
    def components(self) -> dict[int, str]:
        return node_codes()["component"]

    @cached_property
    def places(self) -> dict[int, str]:
        return node_codes()["place"]

    @cached_property
    def bodies(self) -> dict[int, str]:
        return node_codes()["body"]

    @cached_property
    def sources(self) -> dict[int, str]:
        return node_codes()["source"]

    @cached_property
    def fields(self) -> dict[int, str]:
        return node_codes()["field"]

    @cached_property
    def objects(self) -> dict[int, str]:
        return node_codes()["object"]

    @cached_property
    def object_names(self) -> dict[str, str]:
        """Works, contracts, conclusions by their names; one that has none by its code."""
        return {code: name or code for code, name in _both(SpendingObject, "code", "name").items()}

    @cached_property
    def place_names(self) -> dict[str, str]:
        return {code: row.full_name for code, row in self._of_the_day(territory.lives(), self.places).items()}

    @cached_property
    def body_names(self) -> dict[str, str]:
        return {code: row.name for code, row in self._of_the_day(bodies.lives(), self.bodies).items()}

    @cached_property
    def _component_versions(self) -> dict[str, ComponentVersion]:
        return self._of_the_day(programmes.lives(), self.components)

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
        kept = FundingSources.all()
        return {kept.codes[key]: name for key, name in kept.names.items()}

    @cached_property
    def field_names(self) -> dict[str, str]:
        return _both(SpendingField, "code", "name")

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
    return Codes(on)

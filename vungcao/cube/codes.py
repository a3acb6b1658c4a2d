"""Codes and names of the nodes that a question meets, read once per question."""

from __future__ import annotations

from functools import cached_property

from vungcao.bodies.models import Body, BodyVersion
from vungcao.programme.models import Component, ComponentVersion, FundingSource, SpendingField
from vungcao.territory.models import Place, PlaceVersion


class Codes:
    """Database key → code, and code → the newest name, for each dimension."""

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
    def fields(self) -> dict[int, str]:
        return dict(SpendingField.objects.values_list("pk", "code"))

    @cached_property
    def place_names(self) -> dict[str, str]:
        rows = PlaceVersion.objects.standing().order_by("valid_from").select_related("place")
        return {row.place.key: row.full_name for row in rows}

    @cached_property
    def body_names(self) -> dict[str, str]:
        rows = BodyVersion.objects.standing().order_by("valid_from").select_related("body")
        return {row.body.key: row.name for row in rows}

    @cached_property
    def component_names(self) -> dict[str, str]:
        rows = ComponentVersion.objects.standing().order_by("valid_from").select_related("component")
        return {
            row.component.code: f"{row.short_name}: {row.name}" if row.short_name and row.short_name != row.name else row.name
            for row in rows
        }

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
        }
        return str(getattr(self, names[dim]).get(code, code)) if dim in names else code

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
        }
        return tables[dim].get(node, "") if dim in tables else ""

    def name_of_node(self, dim: str, node: int) -> str:
        """What a database key of a dimension is called."""
        return self.name(dim, self.code_of(dim, node))

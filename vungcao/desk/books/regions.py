"""A region of the register of money in an officer's words: its eight dimensions, each named or said not divided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from vungcao.cube.codes import Codes
from vungcao.desk.gaps import dim_word
from vungcao.kernel.years import NOT_DIVIDED

STAR: Final = frozenset({NOT_DIVIDED, f"{NOT_DIVIDED}:{NOT_DIVIDED}", ""})
KEYS: Final = ("component", "field", "source", "body", "place", "spending_object")


@dataclass(frozen=True)
class Fact:
    """One dimension of a region: what it is called and, where it has one, the key of its place's page."""

    word: str
    said: str
    code: str = ""
    place_key: str = ""


@dataclass(frozen=True)
class Region:
    """A region as it is drawn; names are those of the day."""

    component: str
    code: str
    field: str
    source: str
    year_origin: str
    year_use: str
    body: str
    place: str
    place_key: str
    object: str

    @property
    def years(self) -> str:
        """``2024``; money carried over: ``2023, dùng 2024``."""
        if self.year_origin == self.year_use or not self.year_use:
            return self.year_origin or self.year_use
        if not self.year_origin:
            return _("mọi năm nguồn, dùng %(use)s") % {"use": self.year_use}
        return _("%(origin)s, dùng %(use)s") % {"origin": self.year_origin, "use": self.year_use}

    @property
    def title(self) -> str:
        """What it is, in one line: holder, component, source, years."""
        return " · ".join(part for part in (self.body, self.component, self.source, self.years) if part)

    @property
    def facts(self) -> list[Fact]:
        """All dimensions, the undivided ones said as such."""
        rows = [
            ("component", self.component, self.code, ""),
            ("field", self.field, "", ""),
            ("source", self.source, "", ""),
            ("year", self.year_origin, "", ""),
            ("year_use", self.year_use, "", ""),
            ("body", self.body, "", ""),
            ("place", self.place, "", self.place_key),
            ("object", self.object, "", ""),
        ]
        words = {"object": _("đối tượng chi"), "body": _("đơn vị giữ vốn")}
        return [
            Fact(_large(words.get(dim) or dim_word(dim)), said or _("không chia"), code, key)
            for dim, said, code, key in rows
        ]

    @property
    def not_divided(self) -> list[str]:
        """Dimensions along which the row was not divided, in words; a field or an object rarely is, and is left out."""
        pairs = (
            ("component", self.component),
            ("source", self.source),
            ("year", self.year_origin),
            ("body", self.body),
            ("place", self.place),
        )
        return [dim_word(dim) for dim, said in pairs if not said]


def _large(words: str) -> str:
    return words[:1].upper() + words[1:]


def with_names(rows: QuerySet[Any], prefix: str = "") -> QuerySet[Any]:
    """The rows with everything that ``region`` reads, in the same query."""
    return rows.select_related(*(f"{prefix}{name}" for name in KEYS))


def region(row: Any, on: date) -> Region:
    """The region of a row that has the columns of one (``with_names``)."""
    codes = Codes.of(on)

    def named(dim: str, code: str) -> str:
        return "" if code in STAR else codes.short_name(dim, code)

    return Region(
        component=named("component", row.component.code),
        code="" if row.component.code in STAR else row.component.code,
        field="" if row.field.code in STAR else row.field.name or row.field.code,
        source="" if row.source.code in STAR else row.source.name or row.source.code,
        year_origin="" if row.year_origin in STAR else row.year_origin,
        year_use="" if row.year_use in STAR else row.year_use,
        body=named("body", row.body.key),
        place=named("place", row.place.key),
        place_key="" if row.place.key in STAR else row.place.key,
        object="" if row.spending_object.code in STAR else row.spending_object.name or row.spending_object.code,
    )

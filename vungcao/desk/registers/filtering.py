"""Filters of registers: django-filter's, with a search over folded words."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from vungcao.kernel.vietnamese import fold


class RegisterFilters(filters.FilterSet):
    """Every register is searched by words (``q``), folded: "dong" and "đồng" both find "ĐỒNG". All words must be there.

    ``folded`` names the column of folded words.
    """

    folded = "folded"
    q = filters.CharFilter(label=_("Tìm"), method="search", max_length=100)

    def search(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Rows that hold each of the words."""
        for word in fold(value).split()[:8]:
            rows = rows.filter(**{f"{self.folded}__contains": word})
        return rows

    @property
    def is_asked(self) -> bool:
        """Is anything filtered at all?"""
        return any(self.form.data.get(name) for name in self.form.fields)


class FromDay(filters.DateFilter):
    """Rows of a day or later."""

    def __init__(self, field_name: str, label: Any) -> None:
        super().__init__(field_name=field_name, lookup_expr="gte", label=label)


class ToDay(filters.DateFilter):
    """Rows of a day or earlier."""

    def __init__(self, field_name: str, label: Any) -> None:
        super().__init__(field_name=field_name, lookup_expr="lte", label=label)


class Choice(filters.ChoiceFilter):
    """One of several; without one, all."""

    def __init__(self, label: Any, choices: Any, field_name: str | None = None, method: Any = None) -> None:
        super().__init__(label=label, choices=choices, field_name=field_name, method=method, empty_label=_("tất cả"))

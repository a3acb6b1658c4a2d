"""The form every page starts from: labels without a colon, ids of its own, lists that are made when it is asked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _


class PlainForm(forms.Form):
    """Two forms may share a page: the ids of a form's fields begin with ``ids``, or with the name of its class."""

    ids: ClassVar[str] = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        ids = self.ids or type(self).__name__.lower()
        super().__init__(*args, **{"auto_id": f"{ids}_%s", "label_suffix": "", **kwargs})

    def choose(self, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
        """Give a field its list; what is not in it is refused in words."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(choices)
        field.error_messages["invalid_choice"] = _("Không có lựa chọn này trong danh sách.")


class PageQuestion(PlainForm):
    """The one question above a page."""

    ids = "ask"

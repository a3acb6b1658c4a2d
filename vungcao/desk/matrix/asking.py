"""What the matrix is asked: the overview's question, which dimension runs down, which across, which measure leads."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vungcao.bodies.reach import Reach
from vungcao.desk.questions import QuestionForm

DIMS: Final = {
    "component": gettext_lazy("Chương trình, dự án"),
    "source": gettext_lazy("Nguồn vốn"),
    "body": gettext_lazy("Đơn vị giữ vốn"),
    "place": gettext_lazy("Địa bàn"),
}
SHORT: Final = {**DIMS, "component": gettext_lazy("Dự án"), "body": gettext_lazy("Đơn vị")}
MEASURES: Final = {
    "spent": gettext_lazy("Giải ngân"),
    "given": gettext_lazy("Được giao"),
    "left": gettext_lazy("Còn lại"),
    "rate": gettext_lazy("Tỷ lệ"),
}
MOST_OPEN: Final = 12  # nodes open at a time: each is a question of its own


class MatrixForm(QuestionForm):
    """Names are those of the overview's question, besides ``down``, ``across``, ``measure`` and ``mo`` (open nodes)."""

    down = forms.ChoiceField(label=gettext_lazy("Hàng"), required=False, choices=list(SHORT.items()))
    across = forms.ChoiceField(label=gettext_lazy("Cột"), required=False, choices=list(SHORT.items()))
    measure = forms.ChoiceField(label=gettext_lazy("Số chính"), required=False, choices=list(MEASURES.items()))
    field_order = ("programme", "on", "year", "down", "across", "measure", "denominator")

    def __init__(self, data: QueryDict, reach: Reach) -> None:
        said = data.copy()
        said.setdefault("down", "component")
        said.setdefault("across", "source" if said["down"] != "source" else "component")
        said.setdefault("measure", "spent")
        super().__init__(said, reach)
        self.open = tuple(dict.fromkeys(code for code in data.getlist("mo") if code))[:MOST_OPEN]

    def clean(self) -> dict[str, Any]:
        """One dimension cannot run both ways."""
        said = super().clean() or self.cleaned_data
        if said.get("down") and said.get("down") == said.get("across"):
            self.add_error("across", _("Hàng và cột phải là hai chiều khác nhau."))
        return said

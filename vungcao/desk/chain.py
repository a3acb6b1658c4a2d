"""The page of the chain: from the Prime Minister to the Treasury, what is left after each step, counterpart money."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.http import HttpResponse, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from vungcao.bodies.reach import Reach
from vungcao.cube.figures import FigureQuery, answer
from vungcao.cube.rows import Answer, Row
from vungcao.desk.pages import page
from vungcao.desk.questions import programme_of_latest, programmes
from vungcao.desk.rights import OfficialRequest, needs
from vungcao.kernel import vietnamese
from vungcao.kernel.refusal import Refusal
from vungcao.ui.forms import PageQuestion


class ChainForm(PageQuestion):
    """Which programme, on which day."""

    programme = forms.ChoiceField(label=gettext_lazy("Chương trình"), required=False)
    on = forms.DateField(
        label=gettext_lazy("Đến ngày"),
        required=False,
        widget=forms.DateInput(attrs={"inputmode": "numeric", "autocomplete": "off", "placeholder": "31/12/2024"}),
        error_messages={"invalid": gettext_lazy("Ngày viết theo ngày/tháng/năm, ví dụ 15/11/2021.")},
    )

    def __init__(self, data: QueryDict, reach: Reach, today: date) -> None:
        said = data.copy()
        said.setdefault("programme", programme_of_latest(reach))
        if not said.get("on"):
            said["on"] = vietnamese.day(today)
        super().__init__(said)
        self.choose("programme", programmes())

    def query(self, name: str, *by: str) -> FigureQuery:
        """The question asked; only for a form that is valid."""
        return FigureQuery(name, self.cleaned_data["on"], programme=self.cleaned_data["programme"], by=by)


@dataclass(frozen=True)
class Cell:
    """One amount: đồng or missing, and the id that follows it (none: it is a difference of two that have one)."""

    dong: int | None
    id: str
    label: str


@dataclass(frozen=True)
class Line:
    """One row as it is drawn."""

    label: str
    kind: str
    cells: tuple[Cell, ...]


STEPS = (
    ("ttg", gettext_lazy("Thủ tướng giao")),
    ("council", gettext_lazy("HĐND phân bổ")),
    ("council_left", gettext_lazy("Chưa phân bổ")),
    ("assigned", gettext_lazy("UBND giao đơn vị")),
    ("assigned_left", gettext_lazy("Chưa giao")),
    ("entered", gettext_lazy("Kho bạc nhập")),
    ("entered_left", gettext_lazy("Chưa nhập")),
)
COUNTERPART = (
    ("central", gettext_lazy("Trung ương")),
    ("provided", gettext_lazy("Đối ứng đã bố trí")),
    ("required_low", gettext_lazy("Phải có, ít nhất")),
    ("required_high", gettext_lazy("Phải có, nhiều nhất")),
    ("short_low", gettext_lazy("Thiếu, ít nhất")),
    ("short_high", gettext_lazy("Thiếu, nhiều nhất")),
)


def lines(found: Answer, columns: Sequence[tuple[str, Any]], *, total: bool) -> list[Line]:
    """Rows of an answer in the order of ``columns``."""
    return [_line(row, columns, total=total) for row in found.rows]


def _line(row: Row, columns: Sequence[tuple[str, Any]], *, total: bool) -> Line:
    label = _("Tổng cộng") if total else " · ".join(row.names.values())
    cells = []
    for name, word in columns:
        dong = row.measures[f"{name}_dong"]
        cells.append(Cell(None if dong is None else int(dong), row.ids.get(name, ""), f"{label}, {word}"))
    return Line(label, "total" if total else "", tuple(cells))


@require_safe
@needs("figures.see")
def chain(request: OfficialRequest) -> HttpResponse:
    """Each link with its thread; a difference is that of the two links beside it."""
    form = ChainForm(request.GET, request.reach, date.today())
    if not form.is_valid():
        return page(request, "desk/chain.html", {"form": form, "refused": ""})
    try:
        whole, parts, beside = (
            answer(form.query(name, *by), request.reach)
            for name, by in (("chain", ()), ("chain", ("component",)), ("counterpart", ()))
        )
    except Refusal as refusal:
        return page(request, "desk/chain.html", {"form": form, "refused": str(refusal)})
    said = {
        "form": form,
        "refused": "",
        "on": form.cleaned_data["on"],
        "steps": [word for _name, word in STEPS],
        "lines": [*lines(whole, STEPS, total=True), *lines(parts, STEPS, total=False)],
        "beside_heads": [word for _name, word in COUNTERPART],
        "beside": lines(beside, COUNTERPART, total=True),
        "notes": beside.notes,
    }
    return page(request, "desk/chain.html", said)

"""The page that sets the Treasury beside the units: one table, causes with arithmetic, cells one click away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django import forms
from django.http import HttpResponse, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from vungcao.bodies.queries import batches_in_reach
from vungcao.desk.pages import page
from vungcao.desk.questions import programmes
from vungcao.desk.rights import OfficialRequest, needs
from vungcao.kernel import vietnamese
from vungcao.ledger.treasury.cases import Cited
from vungcao.ledger.treasury.plans import PlanCompared, plans
from vungcao.ledger.treasury.reconciling import Compared, Reconciled, days_of_treasury, reconcile
from vungcao.ui.forms import PageQuestion


class DayForm(PageQuestion):
    """Which day of the Treasury, which programme, and whether what agrees is shown too."""

    on = forms.ChoiceField(label=gettext_lazy("Số liệu Kho bạc đến ngày"), required=False)
    programme = forms.ChoiceField(label=gettext_lazy("Chương trình"), required=False)
    everything = forms.BooleanField(label=gettext_lazy("Hiện cả dòng khớp"), required=False)

    def __init__(self, data: QueryDict, days: Sequence[date]) -> None:
        said = data.copy()
        said.setdefault("on", f"{days[0]}")
        super().__init__(said)
        choices = {
            "on": [(f"{one}", vietnamese.day(one)) for one in days],
            "programme": [("", _("Mọi chương trình")), *programmes()],
        }
        for name, listed in choices.items():
            self.choose(name, listed)


@dataclass(frozen=True)
class Where:
    """A cell as it is drawn: a link only where the asker may open the kept file."""

    cited: Cited
    is_open: bool


@dataclass(frozen=True)
class Line:
    """One row of a unit's table."""

    row: Compared
    kind: str
    unit_cells: tuple[Where, ...]
    treasury_cells: tuple[Where, ...]


@dataclass(frozen=True)
class Unit:
    """One unit: its lines as asked for, and how many agree."""

    one: Reconciled
    lines: tuple[Line, ...]


def units(found: Sequence[Reconciled], seen: set[int], *, everything: bool) -> list[Unit]:
    """Units with something to show, each row with its cells; ``seen``: batches whose files the asker may open."""
    made = []
    for one in found:
        rows = one.rows if everything else [row for row in one.rows if row.sign != "holds"]
        if rows:
            made.append(Unit(one, tuple(_line(row, seen) for row in rows)))
    return made


@dataclass(frozen=True)
class PlanLine:
    """A plan of one unit and project as it is drawn."""

    one: PlanCompared
    kind: str
    cells: tuple[Where, ...]


def plan_lines(found: Sequence[PlanCompared], seen: set[int], *, everything: bool) -> list[PlanLine]:
    """Plans that differ, or all of them."""
    shown = [one for one in found if everything or not one.agrees]
    return [PlanLine(one, _kind(one.kind), _where(one.cells, seen)) for one in shown]


def _kind(code: str) -> str:
    return {"dau_tu": _("đầu tư"), "su_nghiep": _("sự nghiệp")}.get(code, "")


def _line(row: Compared, seen: set[int]) -> Line:
    kind = _kind(row.explained.group.node.kind)
    return Line(row, kind, _where(row.unit_cells, seen), _where(row.treasury_cells, seen))


def _where(cells: Sequence[Cited], seen: set[int]) -> tuple[Where, ...]:
    return tuple(Where(one, bool(one.sha256) and one.statement.batch_id in seen) for one in cells)


@require_safe
@needs("figures.see")
def treasury(request: OfficialRequest) -> HttpResponse:
    """Unit, Treasury, difference, cause, cells; nothing is written and no figure changes."""
    days = days_of_treasury(request.reach)
    if not days:
        return page(request, "desk/treasury.html", {"form": None})
    form = DayForm(request.GET, days)
    if not form.is_valid():
        return page(request, "desk/treasury.html", {"form": form})
    asked = form.cleaned_data
    on = date.fromisoformat(asked["on"] or f"{days[0]}")
    found = reconcile(on, request.reach, programme=asked["programme"] or None)
    rows = [row for one in found for row in one.rows]
    entered = plans(on, request.reach, programme=asked["programme"] or None)
    seen = set(batches_in_reach(request.reach).values_list("pk", flat=True))
    said = {
        "form": form,
        "on": on,
        "everything": asked["everything"],
        "units": units(found, seen, everything=asked["everything"]),
        "agreeing": sum(row.sign == "holds" for row in rows),
        "differing": sum(row.sign in ("warns", "fails") for row in rows),
        "unknown": sum(row.sign == "fails" for row in rows),
        "plans": plan_lines(entered, seen, everything=asked["everything"]),
        "plans_agreeing": sum(one.agrees for one in entered),
        "plans_differing": sum(not one.agrees for one in entered),
    }
    return page(request, "desk/treasury.html", said)

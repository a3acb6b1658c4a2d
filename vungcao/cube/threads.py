"""The thread from a figure to its cells, as plain values."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from vungcao.bodies.models import BatchState
from vungcao.cube.codes import Codes
from vungcao.cube.grouping import BY_KEY, OWN
from vungcao.cube.question import MONEY, FigureQuery
from vungcao.kernel.vietnamese import day


@dataclass(frozen=True)
class TraceLine:
    """One line behind a figure. ``counted`` lines add up to the figure; the others say ``why`` they do not.

    ``beside`` names what a figure is compared with, where the line belongs to that; ``figure`` is the id of the figure
    that the line stands for, where it is one itself. ``of``: key of the statement, voucher or batch that a line of kind
    ``statement``, ``voucher`` or ``opening`` belongs to.
    """

    kind: str
    label: str
    dong: int
    body: str
    as_of: date
    state: str
    paper: str
    file: str
    file_sha: str
    sheet: str
    cell: str
    said_by: str
    act: int
    counted: bool
    why: str = ""
    beside: str = ""
    figure: str = ""
    of: int = 0


@dataclass(frozen=True)
class Trace:
    """What a figure's id asks, in words, and every line behind it; amounts are in ``unit`` (đồng, or người, hộ…)."""

    figure: str
    question: str
    total_dong: int
    rows: list[TraceLine] = field(default_factory=list)
    rules: list[str] = field(default_factory=list)
    unit: str = "đồng"

    def as_json(self) -> dict[str, Any]:
        rows = [{**asdict(row), "as_of": f"{row.as_of}"} for row in self.rows]
        return {
            "figure": self.figure,
            "question": self.question,
            "total_dong": self.total_dong,
            "unit": self.unit,
            "rows": rows,
            "rules": self.rules,
        }


def step_rule(state: str) -> str:
    """Which batches a figure counts, in words."""
    label = str(BatchState(state).label)
    return _("Chỉ tính số liệu đã đến bước “%(step)s” trở lên.") % {"step": _(label).lower()}


def in_words(query: FigureQuery, codes: Codes, *, short: bool = False) -> str:
    """A question as an officer says it; ``short`` names programmes and projects by their short names."""
    name = codes.short_name if short else codes.name
    parts = [_(MONEY[query.name])]
    for dim in ("programme", "component", "place", "body", "source", "field"):
        value = getattr(query, dim)
        if value:
            parts.append(name(dim, value.removeprefix(OWN).removeprefix(BY_KEY)))
    parts.append(_("đến ngày %(day)s, năm sử dụng %(year)s") % {"day": day(query.on), "year": query.year_use})
    if query.boundaries == "today":
        parts.append(_("theo địa giới hiện nay"))
    elif query.boundaries != "then":
        parts.append(_("theo địa giới ngày %(day)s") % {"day": day(query.boundaries)})
    if query.known is not None:
        parts.append(_("như đã biết ở lần ghi số %(no)s") % {"no": query.known})
    return "; ".join(parts)

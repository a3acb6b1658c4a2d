"""What is asked: one description of a figure, used by command, page, report and trace."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Final, Literal

from vungcao.kernel.refusal import Refusal
from vungcao.ledger.models import Basis

MONEY: Final = {
    "disbursement": "Giải ngân, so với mẫu số được nêu tên",
    "given": "Vốn được giao, theo mẫu số được chọn",
    "remainder": "Vốn đã nhận, đã phân bổ tiếp và còn lại ở từng đơn vị",
}
_NAME: Final = re.compile(r"[a-z][a-z0-9_]*")
DIMS: Final = (
    *("programme", "component", "field", "source", "place", "district", "province"),
    *("body", "owner", "year", "year_use", "group", "object"),
)
DENOMINATORS: Final = ("ttg", "council", "assigned", "adjusted", "with_carry_over", "five_year", "implied")


class NotAQuestion(Refusal):
    """The question names something that does not exist, or does not fit together."""

    code = "figure.question"


@dataclass(frozen=True)
class FigureQuery:
    """``known``: an act number (``None``: now). ``year``: budget year of use (default: the year of ``on``).

    ``boundaries``: ``then``, ``today``, or a day. ``by``: dimensions; ``place`` and ``component`` give the level
    next below the one filtered on.
    """

    name: str
    on: date
    known: int | None = None
    year: int | None = None
    programme: str | None = None
    component: str | None = None
    place: str | None = None
    body: str | None = None
    source: str | None = None
    field: str | None = None
    group: str | None = None
    state: str = "received"
    basis: str = Basis.YEAR
    denominator: str | None = None
    boundaries: date | Literal["then", "today"] = "then"
    by: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.name):
            raise NotAQuestion(f"Tên số liệu {self.name!r} không đọc được.")
        for dim in self.by:
            if dim not in DIMS:
                raise NotAQuestion(f"Không có chiều {dim!r}; có: {', '.join(DIMS)}.")
        if self.denominator and self.denominator not in DENOMINATORS:
            raise NotAQuestion(f"Không có mẫu số {self.denominator!r}; có: {', '.join(DENOMINATORS)}.")

    @property
    def year_use(self) -> int:
        return self.year or self.on.year

    def units_of(self, today: date) -> date | None:
        """The day whose units are asked for; ``None`` = as reported then."""
        if self.boundaries == "then":
            return None
        return today if self.boundaries == "today" else self.boundaries

    def narrowed(self, dims: dict[str, str]) -> FigureQuery:
        """The question about one row: its dimensions become filters."""
        filters = {"district": "place", "province": "place", "owner": "body", "year_use": "year"}
        values: dict[str, object] = {}
        for dim, value in dims.items():
            name = filters.get(dim, dim)
            values[name] = int(value) if name == "year" and dim == "year_use" else value
        known = {one.name for one in fields(self)}
        return replace(self, by=(), **{name: value for name, value in values.items() if name in known})  # type: ignore[arg-type]  # values are those of the fields named

    @property
    def id(self) -> str:
        """A text that asks the same again: ``disbursement:programme=135,on=2021-11-15,known=41``."""
        parts = []
        for one in fields(self):
            value = getattr(self, one.name)
            if one.name != "name" and value != one.default and value is not None:
                parts.append(f"{one.name}={'+'.join(value) if one.name == 'by' else value}")
        return f"{self.name}:{','.join(parts)}"

    @classmethod
    def of_id(cls, said: str) -> FigureQuery:
        """Read an id; raises ``NotAQuestion`` for anything that no figure bears."""
        name, colon, rest = said.strip().partition(":")
        if not colon:
            raise NotAQuestion(f"Mã số liệu {said!r} không đọc được.")
        pairs = dict(part.partition("=")[::2] for part in rest.split(",") if part)
        known = {one.name for one in fields(cls)} - {"name"}
        if set(pairs) - known or "on" not in pairs:
            raise NotAQuestion(f"Mã số liệu {said!r} không đọc được.")
        values: dict[str, object] = dict(pairs)
        try:
            values["on"] = date.fromisoformat(pairs["on"])
            for number in {"known", "year"} & set(pairs):
                values[number] = int(pairs[number])
            if pairs.get("boundaries") not in (None, "then", "today"):
                values["boundaries"] = date.fromisoformat(pairs["boundaries"])
        except ValueError as error:
            raise NotAQuestion(f"Mã số liệu {said!r} không đọc được: {error}") from error
        if "by" in pairs:
            values["by"] = tuple(pairs["by"].split("+"))
        return cls(name=name, **values)  # type: ignore[arg-type]  # values were read by the fields' types above

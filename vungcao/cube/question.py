"""What is asked: one description of a figure, used by command, page, report and trace."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Final, Literal
from urllib.parse import quote, unquote

from vungcao.bodies.models import STATE_LINE
from vungcao.kernel.refusal import Refusal
from vungcao.kernel.years import Years
from vungcao.ledger import spending
from vungcao.ledger.models import Basis, Measure

MONEY: Final = {
    "disbursement": "Giải ngân, so với mẫu số được nêu tên",
    "given": "Vốn được giao, theo mẫu số được chọn",
    "remainder": "Vốn đã nhận, đã phân bổ tiếp và còn lại ở từng đơn vị",
    "entered": "Kế hoạch vốn Kho bạc đã nhập, theo báo cáo của Kho bạc",
    "chain": "Thủ tướng giao, HĐND phân bổ, UBND giao đơn vị, Kho bạc nhập; còn lại sau mỗi bước",
    "counterpart": "Vốn đối ứng của địa phương: phải có và đã bố trí",
    "estimate": "Ước giải ngân đến ngày được hỏi, so với mẫu số được nêu tên",
    "recovered": "Đã nộp trả ngân sách theo kiến nghị thanh tra, kiểm tra",
    "lent": "Tín dụng chính sách: doanh số cho vay",
    "repaid": "Tín dụng chính sách: doanh số thu nợ",
    "outstanding": "Tín dụng chính sách: dư nợ",
}
SPOKEN: Final = {
    "disbursement": ("disbursed_dong", Measure.DISBURSED),
    "estimate": ("estimated_dong", Measure.DISBURSED),
    "entered": ("entered_dong", spending.ENTERED),
    "recovered": ("recovered_dong", Measure.RETURNED),
    "lent": ("lent_dong", Measure.LENT),
    "repaid": ("repaid_dong", Measure.REPAID),
    "outstanding": ("outstanding_dong", Measure.OUTSTANDING),
}  # figures that somebody said: the column, and what it counts
WITHOUT_PLAN: Final = ("entered", "recovered", "lent", "repaid", "outstanding")  # not measured against money given
_NAME: Final = re.compile(r"[a-z][a-z0-9_]*")
DIMS: Final = (
    *("programme", "component", "field", "source", "place", "district", "province"),
    *("body", "owner", "year", "year_use", "group", "object"),
)
PLACES: Final = ("province", "district", "place")  # from the widest to the narrowest
DAYS: Final = (date(1945, 9, 2), date(2199, 12, 31))
_CODES: Final = ("programme", "component", "place", "body", "source", "field", "group", "object")
_LONGEST: Final = 80
_PLAIN: Final = ":@.*/|-"  # what stands in an id as it is, besides letters and digits
DENOMINATORS: Final = ("ttg", "council", "assigned", "adjusted", "with_carry_over", "five_year", "implied")


class NotAQuestion(Refusal):
    """The question names something that does not exist, or does not fit together."""

    code = "figure.question"


@dataclass(frozen=True)
class FigureQuery:
    """``known``: an act number (``None``: now). ``year``: budget year of use (default: the year of ``on``);
    ``year_origin``: the year whose budget the money comes from.

    ``boundaries``: ``then``, ``today``, or a day. ``by``: dimensions; ``place`` and ``component`` give the level
    next below the one filtered on.
    """

    name: str
    on: date
    known: int | None = None
    year: int | None = None
    year_origin: str | None = None
    programme: str | None = None
    component: str | None = None
    place: str | None = None
    body: str | None = None
    source: str | None = None
    field: str | None = None
    group: str | None = None
    object: str | None = None
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
        if self.state not in STATE_LINE:
            raise NotAQuestion(f"Không có bước {self.state!r}; có: {', '.join(STATE_LINE)}.")
        if self.basis not in Basis.values:
            raise NotAQuestion(f"Không có kỳ lũy kế {self.basis!r}; có: {', '.join(Basis.values)}.")
        self._check_numbers()
        for name in _CODES:
            said = getattr(self, name)
            if said is not None and not (0 < len(said) <= _LONGEST and said.isprintable()):
                raise NotAQuestion(f"Mã {said!r} không đọc được.")

    def _check_numbers(self) -> None:
        first, last = DAYS
        for one in (self.on, self.boundaries):
            if isinstance(one, date) and not first <= one <= last:
                raise NotAQuestion(f"Ngày {one:%d/%m/%Y} ngoài khoảng {first:%d/%m/%Y} đến {last:%d/%m/%Y}.")
        if self.year is not None and not first.year <= self.year <= last.year:
            raise NotAQuestion(f"Năm {self.year} ngoài khoảng {first.year} đến {last.year}.")
        if self.known is not None and not 0 <= self.known < 2**53:
            raise NotAQuestion(f"Không có lần ghi số {self.known}.")
        if self.year_origin is not None:
            try:
                Years.parse(self.year_origin)
            except ValueError as error:
                raise NotAQuestion(str(error)) from error

    @property
    def year_use(self) -> int:
        return self.year or self.on.year

    @property
    def spoken_basis(self) -> str:
        """The basis of the statements that answer: an estimate is about the day asked."""
        return Basis.ESTIMATE if self.name == "estimate" else self.basis

    def units_of(self, today: date) -> date | None:
        """The day whose units are asked for; ``None`` = as reported then."""
        if self.boundaries == "then":
            return None
        return today if self.boundaries == "today" else self.boundaries

    def narrowed(self, dims: dict[str, str]) -> FigureQuery:
        """The question about one row: its dimensions become filters; of several places the narrowest."""
        filters = {"district": "place", "province": "place", "owner": "body", "year_use": "year", "year": "year_origin"}
        values: dict[str, object] = {}
        for dim in sorted(dims, key=lambda dim: PLACES.index(dim) if dim in PLACES else 0):
            values[filters.get(dim, dim)] = int(dims[dim]) if dim == "year_use" else dims[dim]
        known = {one.name for one in fields(self)}
        return replace(self, by=(), **{name: value for name, value in values.items() if name in known})  # type: ignore[arg-type]  # values are those of the fields named

    @property
    def id(self) -> str:
        """A text that asks the same again: ``disbursement:on=2021-11-15,known=41,programme=135``."""
        parts = []
        for one in fields(self):
            value = getattr(self, one.name)
            if one.name != "name" and value != one.default and value is not None:
                said = "+".join(value) if one.name == "by" else quote(f"{value}", safe=_PLAIN)
                parts.append(f"{one.name}={said}")
        return f"{self.name}:{','.join(parts)}"

    @classmethod
    def of_id(cls, said: str) -> FigureQuery:
        """Read an id; raises ``NotAQuestion`` for anything that no figure bears."""
        name, colon, rest = said.strip().partition(":")
        if not colon:
            raise NotAQuestion(f"Mã số liệu {said!r} không đọc được.")
        parts = [part.partition("=") for part in rest.split(",") if part]
        pairs = {key: unquote(value) for key, _, value in parts}
        known = {one.name for one in fields(cls)} - {"name"}
        if set(pairs) - known or "on" not in pairs or len(pairs) < len(parts):
            raise NotAQuestion(f"Mã số liệu {said!r} không đọc được.")
        values: dict[str, object] = dict(pairs)
        try:
            values["on"] = date.fromisoformat(pairs["on"])
            for number in {"known", "year"} & set(pairs):
                values[number] = _whole(pairs[number])
            if pairs.get("boundaries") not in (None, "then", "today"):
                values["boundaries"] = date.fromisoformat(pairs["boundaries"])
        except ValueError as error:
            raise NotAQuestion(f"Mã số liệu {said!r} không đọc được.") from error
        if "by" in pairs:
            values["by"] = tuple(pairs["by"].split("+"))
        return cls(name=name, **values)  # type: ignore[arg-type]  # values were read by the fields' types above


def _whole(said: str) -> int:
    """A number in plain digits; raises ``ValueError`` for whatever else Python would take for one."""
    if not (said.isascii() and said.isdigit() and len(said) <= 15):
        raise ValueError(said)
    return int(said)

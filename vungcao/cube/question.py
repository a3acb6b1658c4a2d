"""What is asked: one description of a figure, used by command, page, report and trace."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Final, Literal
from urllib.parse import quote, unquote

from django.utils.translation import gettext as _

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
    "flow": "Giải ngân trong tháng: lũy kế đến ngày hỏi trừ lũy kế cuối tháng trước",
    "increased": "Điều chỉnh tăng vốn trong năm, theo từng dòng của quyết định điều chỉnh",
    "decreased": "Điều chỉnh giảm vốn trong năm, theo từng dòng của quyết định điều chỉnh",
    "advance": "Tạm ứng chưa thu hồi, nằm trong số giải ngân, theo báo cáo có ghi",
    "recovered": "Đã nộp trả ngân sách theo kiến nghị thanh tra, kiểm tra",
    "lent": "Tín dụng chính sách: doanh số cho vay",
    "repaid": "Tín dụng chính sách: doanh số thu nợ",
    "outstanding": "Tín dụng chính sách: dư nợ",
}
SPOKEN: Final = {
    "disbursement": ("disbursed_dong", Measure.DISBURSED),
    "estimate": ("estimated_dong", Measure.DISBURSED),
    "flow": ("flow_dong", Measure.DISBURSED),
    "entered": ("entered_dong", spending.ENTERED),
    "advance": ("open_advance_dong", spending.ADVANCES),
    "recovered": ("recovered_dong", Measure.RETURNED),
    "lent": ("lent_dong", Measure.LENT),
    "repaid": ("repaid_dong", Measure.REPAID),
    "outstanding": ("outstanding_dong", Measure.OUTSTANDING),
}  # figures that somebody said: the column, and what it counts
ADJUSTED: Final = ("increased", "decreased")  # lines of decisions of adjustment
WITHOUT_PLAN: Final = (
    *("flow", "entered", "advance", "recovered", "lent", "repaid", "outstanding"),
    *ADJUSTED,
)  # not over money given
COMPARED: Final = ("last_year", "last_period", "average", "national")
SPANS: Final = ("month", "quarter", "half", "year")
PICKS: Final = ("lowest", "highest")
_NAME: Final = re.compile(r"[a-z][a-z0-9_]*")
_PICK: Final = re.compile(rf"(?:{'|'.join(PICKS)})-[1-9][0-9]{{0,2}}")
DIMS: Final = (
    *("programme", "component", "field", "source", "place", "district", "province"),
    *("body", "owner", "year", "year_use", "month", "group", "object"),
)
PLACES: Final = ("province", "district", "place")  # from the widest to the narrowest
DAYS: Final = (date(1945, 9, 2), date(2199, 12, 31))
_CODES: Final = ("programme", "component", "place", "body", "source", "field", "group", "object")
_LISTS: Final = ("by", "compare", "only")
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
    next below the one filtered on, ``month`` one row a month up to ``on``.

    What is set beside each row: ``compare`` names other figures, ``span`` the length of a period (what "last period"
    goes back by), ``rank`` the measure by which rows are ranked, ``pick`` the ends of the ranking to show
    (``lowest-5``), ``only`` the codes of the one row that is asked for.
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
    compare: tuple[str, ...] = ()
    span: str = "month"
    rank: str | None = None
    pick: str | None = None
    only: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.name):
            raise NotAQuestion(_("Tên số liệu %(name)r không đọc được.") % {"name": self.name})
        for dim in self.by:
            if dim not in DIMS:
                raise NotAQuestion(_("Không có chiều %(dim)r; có: %(dims)s.") % {"dim": dim, "dims": ", ".join(DIMS)})
        if self.denominator and self.denominator not in DENOMINATORS:
            raise NotAQuestion(
                _("Không có mẫu số %(denominator)r; có: %(denominators)s.")
                % {"denominator": self.denominator, "denominators": ", ".join(DENOMINATORS)}
            )
        if self.state not in STATE_LINE:
            raise NotAQuestion(
                _("Không có bước %(state)r; có: %(states)s.") % {"state": self.state, "states": ", ".join(STATE_LINE)}
            )
        if self.basis not in Basis.values:
            raise NotAQuestion(
                _("Không có kỳ lũy kế %(basis)r; có: %(bases)s.")
                % {"basis": self.basis, "bases": ", ".join(Basis.values)}
            )
        self._check_numbers()
        self._check_what_is_beside()
        for said in (*(getattr(self, name) for name in _CODES), *self.only):
            if said is not None and not (0 < len(said) <= _LONGEST and said.isprintable()):
                raise NotAQuestion(_("Mã %(code)r không đọc được.") % {"code": said})

    def _check_what_is_beside(self) -> None:
        for said in self.compare:
            if said not in COMPARED:
                raise NotAQuestion(
                    _("Không so sánh được với %(said)r; có: %(compared)s.")
                    % {"said": said, "compared": ", ".join(COMPARED)}
                )
        if self.span not in SPANS:
            raise NotAQuestion(
                _("Không có độ dài kỳ %(span)r; có: %(spans)s.") % {"span": self.span, "spans": ", ".join(SPANS)}
            )
        if self.rank is not None and not _NAME.fullmatch(self.rank):
            raise NotAQuestion(_("Đại lượng %(rank)r không đọc được.") % {"rank": self.rank})
        if self.pick is not None and not _PICK.fullmatch(self.pick):
            raise NotAQuestion(
                _("Không chọn được %(pick)r: viết lowest-5 hoặc highest-5, từ 1 đến 999.") % {"pick": self.pick}
            )
        if self.pick is not None and self.rank is None:
            raise NotAQuestion(_("Chọn các dòng cao nhất, thấp nhất thì phải nêu đại lượng để xếp hạng."))
        if self.rank is not None and not self.by:
            raise NotAQuestion(_("Xếp hạng thì phải chia ra nhiều dòng: thêm chiều (--by), ví dụ body hoặc place."))
        if self.only and len(self.only) != len(self.by):
            raise NotAQuestion(_("Mã của dòng được hỏi không khớp với các chiều đã chia."))

    def _check_numbers(self) -> None:
        first, last = DAYS
        for one in (self.on, self.boundaries):
            if isinstance(one, date) and not first <= one <= last:
                raise NotAQuestion(
                    _("Ngày %(day)s ngoài khoảng %(first)s đến %(last)s.")
                    % {"day": f"{one:%d/%m/%Y}", "first": f"{first:%d/%m/%Y}", "last": f"{last:%d/%m/%Y}"}
                )
        if self.year is not None and not first.year <= self.year <= last.year:
            raise NotAQuestion(
                _("Năm %(year)s ngoài khoảng %(first)s đến %(last)s.")
                % {"year": self.year, "first": first.year, "last": last.year}
            )
        if self.known is not None and not 0 <= self.known < 2**53:
            raise NotAQuestion(_("Không có lần ghi số %(no)s.") % {"no": self.known})
        if self.year_origin is not None:
            try:
                Years.parse(self.year_origin)
            except ValueError as error:
                raise NotAQuestion(str(error)) from error

    @property
    def year_use(self) -> int:
        return self.year or self.on.year

    @property
    def is_beside(self) -> bool:
        """Does it ask for more than its own figure: a comparison, a rank, one row of many?"""
        return bool(self.compare or self.rank or self.only)

    @property
    def alone(self) -> FigureQuery:
        """The question about the figures themselves, without what stands beside them."""
        return replace(self, compare=(), span="month", rank=None, pick=None, only=())

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
                said = value if isinstance(value, tuple) else (f"{value}",)
                parts.append(f"{one.name}={'+'.join(quote(each, safe=_PLAIN) for each in said)}")
        return f"{self.name}:{','.join(parts)}"

    @classmethod
    def of_id(cls, said: str) -> FigureQuery:
        """Read an id; raises ``NotAQuestion`` for anything that no figure bears."""
        name, colon, rest = said.strip().partition(":")
        if not colon:
            raise NotAQuestion(_("Mã số liệu %(code)r không đọc được.") % {"code": said})
        parts = [part.partition("=") for part in rest.split(",") if part]
        lists = {key: tuple(map(unquote, value.split("+"))) for key, _, value in parts if key in _LISTS}
        pairs = {key: unquote(value) for key, _, value in parts}
        known = {one.name for one in fields(cls)} - {"name"}
        if set(pairs) - known or "on" not in pairs or len(pairs) < len(parts):
            raise NotAQuestion(_("Mã số liệu %(code)r không đọc được.") % {"code": said})
        values: dict[str, object] = dict(pairs)
        try:
            values["on"] = date.fromisoformat(pairs["on"])
            for number in {"known", "year"} & set(pairs):
                values[number] = _whole(pairs[number])
            if pairs.get("boundaries") not in (None, "then", "today"):
                values["boundaries"] = date.fromisoformat(pairs["boundaries"])
        except ValueError as error:
            raise NotAQuestion(_("Mã số liệu %(code)r không đọc được.") % {"code": said}) from error
        return cls(name=name, **(values | lists))  # type: ignore[arg-type]  # values were read by the fields' types above


def _whole(said: str) -> int:
    """A number in plain digits; raises ``ValueError`` for whatever else Python would take for one."""
    if not (said.isascii() and said.isdigit() and len(said) <= 15):
        raise ValueError(said)
    return int(said)

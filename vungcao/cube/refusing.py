"""Questions that no book can answer, and words of a question that would change nothing: each gets a sentence."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext as _

from vungcao.bodies.queries import body
from vungcao.bodies.reach import Reach
from vungcao.cube.codes import Codes
from vungcao.cube.comparing import refuse_beside
from vungcao.cube.grouping import OWN
from vungcao.cube.question import MONEY, SPOKEN, WITHOUT_PLAN, FigureQuery, NotAQuestion
from vungcao.evidence.queries import last_number
from vungcao.kernel.years import Years
from vungcao.ledger.balances import years_of_use
from vungcao.ledger.models import Basis, Statement
from vungcao.programme.models import PlanLine


def refuse_impossible(query: FigureQuery) -> None:
    """Refuse an act not written yet, a component of another programme, money by groups, and what does not fit."""
    last = last_number()
    if query.known is not None and query.known > last:
        raise NotAQuestion(
            _("Chưa có lần ghi số %(no)s: sổ mới ghi đến số %(last)s.") % {"no": query.known, "last": last}
        )
    component = (query.component or "").removeprefix(OWN)
    if query.programme and component and not f"{component}.".startswith(f"{query.programme}."):
        raise NotAQuestion(
            _("Cấu phần %(code)s không thuộc chương trình %(programme)s.")
            % {"code": query.component, "programme": query.programme}
        )
    if query.group is not None and query.name in MONEY:
        raise NotAQuestion(f"Số liệu {query.name} không chia được theo 'group'.")
    _refuse_basis(query)
    _refuse_denominator(query)
    refuse_beside(query)
    if query.year is not None and query.name in MONEY:
        _refuse_year(query.year)


def refuse_out_of_reach(query: FigureQuery, reach: Reach) -> None:
    """Refuse a body that the asker may not see, by its name and with what to do; who bodies are is no secret."""
    if query.body is None or reach.everything or not reach:
        return
    asked = body(query.body.removeprefix(OWN))
    if asked is not None and asked.pk not in reach.all_bodies():
        name = Codes.of(query.on).name("body", asked.key)
        raise NotAQuestion(
            f"{name} nằm ngoài phạm vi được xem của tài khoản này: bỏ lựa chọn đơn vị, "
            "hoặc đề nghị người quản trị giao thêm phạm vi."
        )


def _refuse_basis(query: FigureQuery) -> None:
    """Money given has no basis; an estimate is about the day itself; a month's spending is a difference of a year's."""
    if query.basis == Basis.YEAR:
        return
    by_year_only = query.name in ("estimate", "flow") or query.name not in MONEY
    if by_year_only or (query.name not in SPOKEN and query.basis != Basis.PHASE):
        raise NotAQuestion(f"Số liệu {query.name} không có kỳ lũy kế {query.basis!r}: bỏ lựa chọn này (--basis).")


def _refuse_denominator(query: FigureQuery) -> None:
    if query.denominator is None or query.name in ("chain", "counterpart"):  # these two say why themselves
        return
    if query.name in WITHOUT_PLAN or query.name not in MONEY:
        raise NotAQuestion(f"Số liệu {query.name} không so với vốn được giao: bỏ lựa chọn mẫu số (--denominator).")
    if query.name == "remainder" and query.denominator != "with_carry_over":
        raise NotAQuestion("Vốn còn lại ở đơn vị tính trên mọi vốn đã nhận, gồm vốn kéo dài: không chọn mẫu số khác.")


FAR: Final = 5  # years; a year nearer than that to one on file may simply have no money yet, which is an answer


def _refuse_year(year: int) -> None:
    """Refuse a year of use far from every year of which the books hold money, a plan or a statement: a slip of the
    finger. It names the years they hold; empty books refuse nothing.
    """
    accounts = years_of_use()
    if f"{year}" in accounts:
        return
    said, planned = (table.objects.order_by().values_list("year_use", flat=True) for table in (Statement, PlanLine))
    held = accounts | set(said.union(planned))
    spans = [years for said in held if (years := Years.parse(said)).depth]
    if spans and not any(years.first - FAR <= year <= years.last + FAR for years in spans):
        first, last = min(one.first for one in spans), max(one.last for one in spans)
        raise NotAQuestion(f"Sổ không có vốn nào của năm sử dụng {year}: sổ có vốn của các năm {first} đến {last}.")

"""The register of funding sources. Which there are is said by the programmes' vocabulary, for the whole country: here a
province keeps the codes and names under which its papers speak of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from vungcao.bodies.reach import Reach
from vungcao.desk.registers.declaring import Column, Part, Register
from vungcao.desk.registers.filtering import Choice, RegisterFilters
from vungcao.desk.registers.reference import RECORDS, SEES, aliases, aliasing, coded, coding
from vungcao.desk.registers.staff import span
from vungcao.intake.models import MappingKind
from vungcao.kernel.folding import Folded
from vungcao.kernel.vietnamese import fold
from vungcao.ledger.codes import Scheme
from vungcao.programme.models import FundingSource, SourceCode

KINDS = (
    ("dau_tu", _("Vốn đầu tư")),
    ("su_nghiep", _("Vốn sự nghiệp")),
    ("tin_dung", _("Vốn tín dụng chính sách")),
    ("huy_dong", _("Vốn huy động")),
)


class SourceFilters(RegisterFilters):
    """Words of name, code and Treasury code; the kind of money."""

    kind = Choice(_("Loại vốn"), KINDS)

    def search(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """There are a few dozen: they are folded here."""
        words = fold(value).split()
        texts = rows.order_by().values_list("pk", "name", "code", "treasury")
        found = [pk for pk, *said in texts if all(word in fold(" ".join(said)) for word in words)]
        return rows.filter(pk__in=found)


def rows(reach: Reach, today: date) -> QuerySet[Any]:
    """Every source, with the code that the Treasury gives it today."""
    now = SourceCode.objects.on(today).filter(identity=OuterRef("pk"), scheme=Scheme.SOURCE).order_by("-pk")
    code = Coalesce(Subquery(now.values("code")[:1]), Value(""))
    return FundingSource.objects.annotate(treasury=code, sorting=Folded("name"))


def _parts(row: Any, reach: Reach) -> Iterator[Part]:
    yield coded(Scheme.SOURCE, row.pk)
    yield aliases(MappingKind.SOURCE, row.pk)


REGISTER = Register(
    key="nguon-von",
    name=_("Nguồn vốn"),
    about=_(
        "Loại vốn và cấp ngân sách do bộ danh mục chung của các chương trình quy định, không thêm bớt ở đây. "
        "Tỉnh ghi mã nguồn của Kho bạc và tên gọi trong biểu, có ngày, có văn bản."
    ),
    sees=SEES,
    records=RECORDS,
    rows=rows,
    columns=(
        Column("name", _("Tên"), sort="sorting", width=40),
        Column("code", _("Mã"), sort="code", width=24),
        Column("treasury", _("Mã nguồn Kho bạc"), sort="treasury", is_kept=False),
    ),
    filters=SourceFilters,
    order="code",
    forms=(*coding(Scheme.SOURCE), aliasing(MappingKind.SOURCE, lambda row: row)),
    parts=_parts,
    kept=lambda key, reach: SourceCode.objects.filter(identity=key),
    kept_columns=(
        Column("code", _("Mã")),
        Column("since", _("Từ ngày"), "date", value="valid_from"),
        Column("until", _("Đến hết ngày"), value=lambda row: span(row)[1]),
    ),
)

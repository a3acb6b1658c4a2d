"""The register of funding sources. Which there are is said by the programmes' vocabulary, for the whole country: here a
province keeps the codes and names under which its papers speak of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms
from django.db.models import OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from vungcao.bodies.reach import Reach
from vungcao.desk.registers.declaring import Column, Doing, FormProfile, Part, Register
from vungcao.desk.registers.filtering import Choice, RegisterFilters
from vungcao.desk.registers.reference import (
    RECORDS,
    SEES,
    CodeForm,
    aliases,
    aliasing,
    bears,
    coded,
    coding,
    lines_said,
    named_so,
    record,
    refuse,
)
from vungcao.desk.registers.staff import span
from vungcao.intake import mapping
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


class LineForm(CodeForm):
    """A line of a workbook: a source, its code of the Treasury from a day, names under which tables speak of it."""

    source = forms.CharField(label=_("Mã nguồn vốn"))
    also = forms.CharField(label=_("Tên viết trong biểu"), required=False)

    def prepare(self) -> None:
        for name in ("code", "since", "cites"):  # wanted with a code; a name alone needs no paper
            self.fields[name].required = bool(self.data.get("code"))


def _source(said: dict[str, Any]) -> FundingSource:
    """Which source a line speaks of, by its code or name. Raises ``Refusal``: there are no others."""
    named = [one for one in FundingSource.objects.all() if said["source"] in (one.code, one.name)]
    if len(named) != 1:
        told = gettext(
            "Không có nguồn vốn “%(said)s”: danh mục nguồn do chương trình quy định, sổ chỉ ghi mã và tên gọi."
        )
        raise refuse(told % {"said": said["source"]}, "source")
    if said.get("name") and fold(said["name"]) != fold(named[0].name):
        told = gettext("%(code)s là nguồn “%(name)s”.") % {"code": named[0].code, "name": named[0].name}
        raise refuse(told, "name")
    return named[0]


def _held(doing: Doing) -> int | None:
    source, said = _source(doing.said), doing.said
    has_code = not said.get("code") or bears(Scheme.SOURCE, source.pk, said["code"], said.get("since"))
    names = lines_said(said.get("also") or "")
    return source.pk if has_code and all(named_so(MappingKind.SOURCE, source, one) for one in names) else None


def _bring(doing: Doing) -> int:
    source, said = _source(doing.said), doing.said
    if said["code"] and not bears(Scheme.SOURCE, source.pk, said["code"], said["since"]):
        record(Scheme.SOURCE, source.pk, doing)
    for one in lines_said(said["also"]):
        mapping.remember(one, source, kind=MappingKind.SOURCE, by=doing.by)
    return source.pk


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
    profile=FormProfile("so_nguon_von", LineForm, _bring, _held, "ledger.source_codes_imported"),
    kept_columns=(
        Column("code", _("Mã")),
        Column("since", _("Từ ngày"), "date", value="valid_from"),
        Column("until", _("Đến hết ngày"), value=lambda row: span(row)[1]),
    ),
)

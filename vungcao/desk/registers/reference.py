"""What the registers of places, components and sources have in common: rights, days, codes, names used in workbooks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import F, OuterRef, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from vungcao.desk.registers.declaring import AskedForm, Doing, Part, RegisterForm
from vungcao.desk.registers.staff import span
from vungcao.intake import mapping
from vungcao.intake.models import MappingKind, NameMapping
from vungcao.intake.names import key_of
from vungcao.kernel.refusal import Refusal
from vungcao.kernel.validity import after_last_day, holds, in_force
from vungcao.ledger.actions.one_code import end_code, record_code
from vungcao.ledger.codes import TABLES, Scheme, tidy

SEES: Final = "reference.see"
RECORDS: Final = "reference.record"
FIRST, LAST = date(1945, 9, 2), date(2199, 12, 31)


@dataclass(frozen=True)
class Ended:
    """The flag of a row that is no more, or not yet."""

    tone: str
    said: str


def a_day(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateField:
    """A day of a paper: one that a calendar of the State may hold."""
    message = _("Ngày nằm ngoài khoảng 02/9/1945 – 31/12/2199.")
    limits = [MinValueValidator(FIRST, message), MaxValueValidator(LAST, message)]
    return forms.DateField(label=label, required=required, help_text=help_text, validators=limits)


def cited() -> forms.CharField:
    """The paper that says so."""
    return forms.CharField(label=_("Theo văn bản"), max_length=60, help_text=_("số, ký hiệu, ví dụ 12/QĐ-UBND"))


def today_or_last(model: type[Any], identity: str, today: date) -> QuerySet[Any]:
    """Each identity by its version of today, or its last one."""
    versions = model.objects.standing().filter(**{identity: OuterRef(identity)})
    latest = versions.order_by(F("valid_from").desc(nulls_last=True), "-pk")
    rows = model.objects.standing().annotate(
        now=Subquery(versions.filter(in_force(today)).values("pk")[:1]), last=Subquery(latest.values("pk")[:1])
    )
    return rows.filter(pk=F("now")) | rows.filter(now=None, pk=F("last"))


def flags(row: Any, today: date) -> Iterator[Ended]:
    """Says of a row that it has ended, or that it is still to begin."""
    if row.valid_to is not None and row.valid_to <= today:
        yield Ended("quiet", gettext("đã kết thúc"))
    elif row.valid_from is not None and row.valid_from > today:
        yield Ended("quiet", gettext("chưa đến ngày"))


def is_there(row: Any) -> bool:
    """May it still be changed? What has ended stays as it is."""
    return row.valid_to is None or row.valid_to > timezone.localdate()


class AliasForm(AskedForm):
    """Another name under which workbooks speak of it."""

    said = forms.CharField(label=_("Tên viết trong biểu"), max_length=200)
    since = a_day(_("Từ ngày"), required=False)
    until = a_day(_("Đến hết ngày"), required=False)


def aliasing(kind: MappingKind, target: Callable[[Any], Any]) -> RegisterForm:
    """The form that remembers a further name; ``target`` is what a row speaks of."""

    def does(doing: Doing) -> int:
        of, said = target(doing.row), doing.said
        mapping.remember(
            said["said"], of, kind=kind, by=doing.by, since=said["since"], until=after_last_day(said["until"])
        )
        return int(of.pk)

    return RegisterForm("ten-goi", _("Ghi tên gọi khác"), mapping.REMEMBERED, AliasForm, does, is_on_row=True)


def aliases(kind: MappingKind, key: int) -> Part:
    """The names that stand for it."""
    rows = NameMapping.objects.standing().filter(**{"kind": kind, f"{kind.value}_id": key}).order_by("said", "pk")
    heads = [gettext("Tên viết trong biểu"), gettext("Từ ngày"), gettext("Đến hết ngày")]
    lines = [[row.said, *span(row)] for row in rows]
    return Part("names", gettext("Tên gọi khác"), heads, lines, gettext("Chưa ghi tên gọi nào khác."))


class CodeForm(AskedForm):
    """A code of the Treasury, from a day."""

    code = forms.CharField(label=_("Mã"), max_length=20)
    since = a_day(_("Từ ngày"))
    until = a_day(_("Đến hết ngày"), required=False)
    cites = cited()


class EndCodeForm(AskedForm):
    """Which code ends, and from which day."""

    scheme = Scheme.SOURCE
    code = forms.ChoiceField(label=_("Mã"))
    since = a_day(_("Không dùng từ ngày"))
    cites = cited()

    def prepare(self) -> None:
        rows = codes(self.scheme, coded_of(self.row)).filter(valid_to=None)
        self.choose("code", [(row.pk, f"{row.code}") for row in rows])


def coded_of(row: Any) -> int:
    """Database key of what bears the codes: the component of a version, else the row itself."""
    return int(getattr(row, "component_id", row.pk))


def codes(scheme: Scheme, identity: int) -> QuerySet[Any]:
    return TABLES[scheme].objects.standing().filter(scheme=scheme, identity=identity).order_by("valid_from", "pk")


def bears(scheme: Scheme, identity: int, said: str, since: date | None) -> bool:
    """Is the code its own, on the day or (without one) on any?"""
    rows = codes(scheme, identity).filter(code=tidy(said))
    return any(since is None or holds(row.valid_from, row.valid_to, since) for row in rows)


def record(scheme: Scheme, identity: int, doing: Doing) -> None:
    """Record the code of a form."""
    said = doing.said
    until = after_last_day(said["until"])
    record_code(scheme, said["code"], identity, since=said["since"], until=until, cites=said["cites"], by=doing.by)


def named_so(kind: MappingKind, of: Any, said: str) -> bool:
    """Does the name stand for it already? Raises ``Refusal`` where it stands for another: a list takes no name away."""
    rows = NameMapping.objects.standing().filter(kind=kind, key=key_of(said), reporter=None)
    targets = {row.target_id for row in rows}
    if targets - {of.pk}:
        raise refuse(
            gettext("“%(said)s” đang là tên gọi của nơi khác: ghi ở trang của dòng ấy.") % {"said": said}, "also"
        )
    return bool(targets)


def coding(scheme: Scheme) -> tuple[RegisterForm, RegisterForm]:
    """Recording a code of one scheme, and ending one."""

    def begins(doing: Doing) -> int:
        of = coded_of(doing.row)
        record(scheme, of, doing)
        return of

    def ends(doing: Doing) -> int:
        said = doing.said
        end_code(scheme, int(said["code"]), effective=said["since"], cites=said["cites"], by=doing.by)
        return coded_of(doing.row)

    end = type("EndCodeForm", (EndCodeForm,), {"scheme": scheme})
    return (
        RegisterForm("ghi-ma", _("Ghi mã Kho bạc"), "ledger.code_recorded", CodeForm, begins, is_on_row=True),
        RegisterForm("thoi-ma", _("Thôi dùng mã"), "ledger.code_ended", end, ends, is_on_row=True),
    )


def coded(scheme: Scheme, identity: int) -> Part:
    """Codes of one scheme through time."""
    heads = [gettext("Mã"), gettext("Từ ngày"), gettext("Đến hết ngày")]
    lines = [[row.code, *span(row)] for row in codes(scheme, identity)]
    return Part("codes", str(Scheme(scheme).label), heads, lines, gettext("Chưa ghi mã nào."))


def lines_said(text: str) -> Sequence[str]:
    """What was typed one a line (or set apart by semicolons), blank ones left out."""
    return [part.strip() for part in text.replace(";", "\n").splitlines() if part.strip()]


def refuse(sentence: str, field: str) -> Refusal:
    return Refusal(sentence, field=field)

"""Verbs and questions of the mapping memory: remember how a name is understood, take it back, list what stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from vungcao.bodies import queries as bodies
from vungcao.bodies.models import Batch, BatchState, Body
from vungcao.evidence.actions import Signer, acting, lock, record
from vungcao.evidence.models import Act, AuditRow
from vungcao.intake.models import MappingKind, NameMapping
from vungcao.intake.names import TAKEN_BACK, Names, key_of, named
from vungcao.kernel.refusal import Refusal
from vungcao.kernel.validity import last_day
from vungcao.kernel.vietnamese import day, nfc
from vungcao.programme import queries as programmes
from vungcao.programme.models import FundingSource, SpendingField
from vungcao.territory import queries as territory

REMEMBERED = "intake.name_mapped"


class NotMapped(Refusal):
    """A name that cannot be mapped so, or is not mapped at all."""

    code = "mapping.refused"


@dataclass(frozen=True)
class Remembered:
    """What stands now, and what was ended for it; ``is_new`` false: it stood already."""

    mapping: NameMapping
    ended: tuple[NameMapping, ...] = ()
    is_new: bool = True


@dataclass
class TakenBack:
    """Mappings ended; drafts that relied on them, and batches whose figures stand as they were written."""

    ended: list[NameMapping] = field(default_factory=list)
    drafts: list[Batch] = field(default_factory=list)
    kept: list[Batch] = field(default_factory=list)


def meant(code: str, on: date, kind: str | None = None) -> tuple[MappingKind, models.Model]:
    """What a code (or an official name) stands for on a day. Raises ``NotMapped`` for none or several kinds."""
    found = {one: thing for one in MappingKind if kind in (None, one) and (thing := _meant(one, nfc(code), on))}
    if len(found) == 1:
        return next(iter(found.items()))
    if found:
        listed = ", ".join(f"--kind {one.value} ({one.label.lower()})" for one in found)
        raise NotMapped(_("“%(code)s” là mã của nhiều loại: ghi rõ %(kinds)s.") % {"code": code, "kinds": listed})
    what = MappingKind(kind).label.lower() if kind in MappingKind.values else "địa bàn, đơn vị, dự án, nguồn vốn"
    raise NotMapped(
        _("Không có %(what)s nào mang mã hoặc tên “%(code)s” vào ngày %(day)s.")
        % {"what": what, "code": code, "day": day(on)}
    )


def _meant(kind: MappingKind, code: str, on: date) -> models.Model | None:
    if kind == MappingKind.PLACE:
        by_name = Names(on).place(code)
        if by_name.id is not None and by_name.mapping is None:
            return territory.Place.objects.get(pk=by_name.id)
        return territory.place(code, on)
    if kind == MappingKind.BODY:
        by_name = Names(on).body(code)
        if by_name.id is not None and by_name.mapping is None and territory.place(code, on) is None:
            return Body.objects.get(pk=by_name.id)
        return bodies.body(code)
    if kind == MappingKind.COMPONENT:
        return programmes.component(code)
    table = FundingSource if kind == MappingKind.SOURCE else SpendingField
    return table._default_manager.filter(code=code).first()


def remember(
    said: str,
    target: models.Model,
    *,
    kind: MappingKind,
    by: Signer,
    reporter: Body | None = None,
    since: date | None = None,
    until: date | None = None,
) -> Remembered:
    """Understand ``said`` as ``target`` from ``since`` up to but not including ``until``, for one reporter or for all.

    Another meaning of the same name for the same reporter ends for these days: the later word holds. The same again
    changes nothing.
    """
    key = key_of(said)
    if not key:
        raise NotMapped(_("Tên để trống: ghi tên như trong biểu."))
    if since and until and until <= since:
        raise NotMapped(
            _("Ngày cuối %(last)s đứng trước ngày đầu %(first)s.")
            % {"last": day(last_day(until) or until), "first": day(since)}
        )
    try:
        return _remember(said, key, target, kind=kind, by=by, reporter=reporter, since=since, until=until)
    except _Stands as already:
        return Remembered(already.row, is_new=False)


class _Stands(Exception):
    """Rolls the act back: the same was said before."""

    def __init__(self, row: NameMapping) -> None:
        super().__init__()
        self.row = row


def _remember(
    said: str,
    key: str,
    target: models.Model,
    *,
    kind: MappingKind,
    by: Signer,
    reporter: Body | None,
    since: date | None,
    until: date | None,
) -> Remembered:
    with acting(REMEMBERED, by=by) as act:
        lock("intake.mapping", kind, key)
        met = [row for row in _rows(key, kind, reporter) if _share_a_day(row, since, until)]
        for row in met:
            if row.target_id == target.pk and _within(row, since, until):
                raise _Stands(row)
        NameMapping.objects.filter(pk__in=[row.pk for row in met]).end(act)
        for row in met:
            _leave_outside(row, since, until, act)
        new = NameMapping(
            act=act,
            kind=kind,
            said=nfc(said)[:200],
            key=key,
            reporter=reporter,
            valid_from=since,
            valid_to=until,
            **{kind.value: target},
        )
        new.save()
        record(act, new, before={"ended": [row.pk for row in met]}, after={"said": new.said, "means": target.pk})
    return Remembered(new, tuple(met))


def take_back(said: str, *, by: Signer, kind: str | None = None, reporter: Body | None = None) -> TakenBack:
    """End every meaning of ``said`` for one reporter (or the one for all). Facts stay: they were written with the thing
    itself; drafts that relied on the name are named.
    """
    key = key_of(said)
    with acting(TAKEN_BACK, by=by) as act:
        rows = [row for one in MappingKind if kind in (None, one) for row in _locked(key, one, reporter)]
        if not rows:
            raise NotMapped(_nothing(said, key, kind))
        if len({row.kind for row in rows}) > 1:
            raise NotMapped(_("“%(said)s” được hiểu theo nhiều loại: ghi rõ --kind.") % {"said": said})
        NameMapping.objects.filter(pk__in=[row.pk for row in rows]).end(act)
        for row in rows:
            record(act, row, before={"said": row.said, "means": row.target_id})
        out = TakenBack(ended=rows)
        for batch in relying(row.pk for row in rows):
            is_draft = bodies.batch_state(batch.pk) == BatchState.DRAFT
            (out.drafts if is_draft else out.kept).append(batch)
    return out


def standing(on: date | None = None) -> Sequence[NameMapping]:
    """Mappings that nobody has ended, by name; of a day where one is given."""
    rows = NameMapping.objects.on(on) if on else NameMapping.objects.standing()
    related = ("act__numbered", "reporter", "place", "body", "component", "source", "field")
    return list(rows.select_related(*related).order_by("key", "kind", "valid_from", "pk"))


def relying(mappings: Iterable[int]) -> list[Batch]:
    """Batches in which a table was understood by one of the mappings."""
    wanted = set(mappings)
    rows = AuditRow.objects.filter(subject=Batch._meta.label, after__has_key="mappings")
    keys = {int(row.key) for row in rows if wanted & set((row.after or {})["mappings"])}
    return list(Batch.objects.filter(pk__in=keys).select_related("source").order_by("pk"))


def taken_back_under(batch: Batch) -> list[NameMapping]:
    """Mappings that a batch relied on and that have since been taken back."""
    rows = AuditRow.objects.filter(subject=Batch._meta.label, key=str(batch.pk), after__has_key="mappings")
    keys = {pk for row in rows for pk in (row.after or {})["mappings"]}
    found = NameMapping.objects.filter(pk__in=keys, ended_by__verb=TAKEN_BACK).select_related("ended_by")
    return list(found.order_by("pk"))


def say(row: NameMapping) -> str:
    """A mapping in words: ``“X. Co Ba” là Xã Cô Ba, từ 01/07/2025, do UBND … viết``."""
    on = row.valid_from or timezone.localdate()
    said = f"“{row.said}” là {named(row, on)}"
    if row.valid_from:
        said += f", từ {day(row.valid_from)}"
    last = last_day(row.valid_to)
    if last:
        said += f", đến hết {day(last)}"
    return said + (f", khi {bodies.naming(row.reporter_id)[0]} viết" if row.reporter_id else "")


def _rows(key: str, kind: str, reporter: Body | None) -> list[NameMapping]:
    return list(NameMapping.objects.standing().filter(key=key, kind=kind, reporter=reporter).order_by("pk"))


def _locked(key: str, kind: MappingKind, reporter: Body | None) -> list[NameMapping]:
    lock("intake.mapping", kind, key)
    return _rows(key, kind, reporter)


def _nothing(said: str, key: str, kind: str | None) -> str:
    rows = NameMapping.objects.standing().filter(key=key)
    rows = rows.filter(kind=kind) if kind else rows
    who = ", ".join(dict.fromkeys(row.reporter.key if row.reporter else _("chung") for row in rows))
    hint = _(" Có cách hiểu của: %(who)s; ghi rõ --reporter hoặc bỏ đi.") % {"who": who} if who else ""
    return _("“%(said)s” chưa có cách hiểu nào để rút.%(hint)s") % {"said": said, "hint": hint}


def _share_a_day(row: NameMapping, since: date | None, until: date | None) -> bool:
    starts_before = until is None or row.valid_from is None or row.valid_from < until
    return starts_before and (since is None or row.valid_to is None or since < row.valid_to)


def _within(row: NameMapping, since: date | None, until: date | None) -> bool:
    """Does the row hold on every day from ``since`` to ``until``?"""
    begins = row.valid_from is None or (since is not None and row.valid_from <= since)
    return begins and (row.valid_to is None or (until is not None and until <= row.valid_to))


def _leave_outside(row: NameMapping, since: date | None, until: date | None, act: Act) -> None:
    """What an ended row said of days outside the new one still holds."""
    spans: list[tuple[date | None, date | None]] = []
    if since is not None and (row.valid_from is None or row.valid_from < since):
        spans.append((row.valid_from, since))
    if until is not None and (row.valid_to is None or until < row.valid_to):
        spans.append((until, row.valid_to))
    for valid_from, valid_to in spans:
        same = {name: getattr(row, f"{name}_id") for name in ("reporter", *MappingKind.values)}
        rest = NameMapping(
            act=act,
            kind=row.kind,
            said=row.said,
            key=row.key,
            valid_from=valid_from,
            valid_to=valid_to,
            **{f"{name}_id": value for name, value in same.items()},
        )
        rest.save()

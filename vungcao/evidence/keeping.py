"""Bases of every row that is kept: written once under an act; dated rows may be ended, once, by a later act."""

from __future__ import annotations

from datetime import date
from typing import Any, NoReturn, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from vungcao.kernel.refusal import Refusal
from vungcao.kernel.validity import holds, in_force


class HistoryIsKept(Refusal):
    """Somebody tried to change or remove a kept row."""

    code = "history.kept"

    def __init__(self, what: str) -> None:
        super().__init__(_("Không sửa, không xóa dữ liệu đã ghi (%(what)s): hãy ghi dòng đính chính.") % {"what": what})


def known_at(no: int | None, prefix: str = "") -> Q:
    """Rows written by an act numbered ``no`` or lower; ``None`` = all that this transaction sees."""
    return Q() if no is None else Q(**{f"{prefix}act__numbered__no__lte": no})


def standing_at(no: int | None, prefix: str = "") -> Q:
    """Rows known at ``no`` and not ended by an act numbered ``no`` or lower."""
    if no is None:
        return Q(**{f"{prefix}ended_by": None})
    later = Q(**{f"{prefix}ended_by__numbered__no__gt": no}) | Q(**{f"{prefix}ended_by__numbered": None})
    return known_at(no, prefix) & (Q(**{f"{prefix}ended_by": None}) | later)


class KeptQuerySet(models.QuerySet[Any]):
    """Refuses to rewrite: the database's triggers stop raw SQL in the same voice."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise HistoryIsKept(self.model.__name__)

    def delete(self) -> NoReturn:
        raise HistoryIsKept(self.model.__name__)

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise HistoryIsKept(self.model.__name__)

    def bulk_create(self, objs: Any, *args: Any, **kwargs: Any) -> Any:
        """Rows are added; a conflict may neither rewrite what is there nor be passed over in silence."""
        if kwargs.get("update_conflicts") or kwargs.get("ignore_conflicts"):
            raise HistoryIsKept(self.model.__name__)
        return super().bulk_create(objs, *args, **kwargs)

    def known(self, no: int | None) -> Self:
        """Rows known at act number ``no`` (``None``: now)."""
        return self.filter(known_at(no))


class DatedQuerySet(KeptQuerySet):
    """Rows in two times: when they hold, and when they were known."""

    def on(self, day: date, known: int | None = None) -> Self:
        """Rows in force on ``day`` as known at act number ``known`` (``None``: now)."""
        return self.filter(in_force(day), standing_at(known))

    def standing(self, known: int | None = None) -> Self:
        """Rows of any day as known at act number ``known`` (``None``: now)."""
        return self.filter(standing_at(known))

    def end(self, act: models.Model) -> int:
        """End the rows under ``act``; the one change their trigger allows. Returns how many were ended."""
        return models.QuerySet.update(self.filter(ended_by=None), ended_by=act)


class WrittenOnce(models.Model):
    """A row that is written once and then neither saved again nor deleted."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise HistoryIsKept(type(self).__name__)
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise HistoryIsKept(type(self).__name__)


class Kept(WrittenOnce):
    """A row written once, under an act."""

    act = models.ForeignKey("evidence.Act", models.PROTECT, related_name="+", verbose_name="lần ghi")

    objects = KeptQuerySet.as_manager()

    class Meta:
        abstract = True


class Dated(Kept):
    """A row that holds for some days and is known between two acts. ``valid_from`` null: start unknown."""

    valid_from = models.DateField("có hiệu lực từ", null=True, blank=True)
    valid_to = models.DateField("đến trước ngày", null=True, blank=True)
    ended_by = models.ForeignKey(
        "evidence.Act", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="bị thay bởi lần ghi"
    )

    objects = DatedQuerySet.as_manager()  # type: ignore[misc]  # a manager overrides a manager; the plug-in sees two kinds

    class Meta:
        abstract = True

    def holds_on(self, day: date) -> bool:
        """Does the row hold on a day? Of rows in memory what ``objects.on`` says of those in the table."""
        return holds(self.valid_from, self.valid_to, day)

"""Names that an official has said how to understand."""

from __future__ import annotations

from typing import Final

from django.db import models
from django.db.models import Q

from vungcao.evidence.keeping import Dated


class MappingKind(models.TextChoices):
    """What a name may stand for; each is a column of ``NameMapping`` under the same name."""

    PLACE = "place", "Địa bàn"
    BODY = "body", "Đơn vị"
    COMPONENT = "component", "Dự án, nội dung"
    SOURCE = "source", "Nguồn vốn"
    FIELD = "field", "Lĩnh vực chi"


def _only(kind: str) -> Q:
    """The key of ``kind`` is there and no other."""
    return Q(kind=kind, **{f"{other}__isnull": other != kind for other in MappingKind.values})


def _one_of_them() -> Q:
    found = Q()
    for kind in MappingKind.values:
        found |= _only(kind)
    return found


class NameMapping(Dated):
    """A name as workbooks write it, and what it means for some days; ``reporter`` null: whoever writes it.

    ``key`` is how names are compared (``names.key_of``). Who said so, and when, is in the act.
    """

    kind = models.CharField("loại", max_length=10, choices=MappingKind.choices)
    said = models.CharField("tên viết trong biểu", max_length=200)
    key = models.CharField("khóa so tên", max_length=200, db_index=True)
    reporter = models.ForeignKey(
        "bodies.Body", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="đơn vị viết như vậy"
    )
    place = models.ForeignKey(
        "territory.Place", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="là địa bàn"
    )
    body = models.ForeignKey(
        "bodies.Body", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="là đơn vị"
    )
    component = models.ForeignKey(
        "programme.Component", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="là dự án"
    )
    source = models.ForeignKey(
        "programme.FundingSource", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="là nguồn vốn"
    )
    field = models.ForeignKey(
        "programme.SpendingField", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="là lĩnh vực"
    )

    class Meta:
        verbose_name = "cách hiểu tên"
        constraints = [
            models.CheckConstraint(condition=_one_of_them(), name="name_mapping_means_one_thing_of_its_kind"),
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gt=models.F("valid_from")),
                name="name_mapping_holds_at_least_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"“{self.said}” là {self.target}"

    @property
    def target_id(self) -> int:
        """Database key of what the name means."""
        return int(getattr(self, f"{self.kind}_id"))

    @property
    def target(self) -> models.Model:
        """The place, body, component, source or field itself."""
        found: models.Model = getattr(self, self.kind)
        return found


KINDS: Final = tuple(MappingKind.values)

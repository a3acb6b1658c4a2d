"""Tables of the desk: what an officer keeps of how he looks at a register, and forms that were sent."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from vungcao.evidence.keeping import Dated, Kept


class SavedView(Dated):
    """A way of looking at a register that an official has given a name: its filters and order, as in the address."""

    official = models.ForeignKey("bodies.Official", models.PROTECT, related_name="+", verbose_name="cán bộ")
    register = models.CharField("sổ", max_length=40)
    name = models.CharField("tên", max_length=80)
    query = models.TextField("lọc và xếp", blank=True)

    class Meta:
        verbose_name = "cách xem đã lưu"
        constraints = [
            models.UniqueConstraint(
                fields=["official", "register", "name"],
                condition=Q(ended_by=None),
                name="an_official_keeps_one_view_of_a_name",
            )
        ]

    def __str__(self) -> str:
        return self.name


class SentForm(Kept):
    """A form that was carried out, by the key it was drawn with: sent twice, it is done once."""

    key = models.UUIDField("khóa của mẫu", unique=True)
    official = models.ForeignKey("bodies.Official", models.PROTECT, related_name="+", verbose_name="cán bộ")
    leads_to = models.CharField("mở trang", max_length=200)

    class Meta:
        verbose_name = "mẫu đã gửi"

    def __str__(self) -> str:
        return f"{self.key}"

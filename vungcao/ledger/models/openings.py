"""Openings: what had been spent before a holder took over goes along with the money, as a cited figure."""

from __future__ import annotations

from django.db import models

from vungcao.evidence.keeping import Kept
from vungcao.ledger.models.accounts import RegionColumns


class Opening(Kept, RegionColumns):
    """Cumulative đồng spent by a former holder and handed over with its money; the region is the new holder's.

    From ``dated`` on it counts with the new holder and no longer with the former one. Its other dimensions are those
    of the money spent; only body and place change (as a handover's do).
    """

    batch = models.ForeignKey("bodies.Batch", models.PROTECT, related_name="+", verbose_name="lần gửi")
    dated = models.DateField("ngày bàn giao", db_index=True)
    number = models.CharField("số văn bản", max_length=60, blank=True)
    from_body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", verbose_name="đơn vị bàn giao")
    from_place = models.ForeignKey("territory.Place", models.PROTECT, related_name="+", verbose_name="địa bàn bàn giao")
    dong = models.BigIntegerField("đã chi, bàn giao (đồng)")
    sheet = models.CharField("trang tính", max_length=80, blank=True)
    cell = models.CharField("ô", max_length=12, blank=True)

    class Meta:
        verbose_name = "số đã chi nhận bàn giao"
        constraints = [models.CheckConstraint(condition=models.Q(dong__gt=0), name="opening_hands_something_over")]

    def __str__(self) -> str:
        return f"{self.number} {self.cell}: {self.dong}"

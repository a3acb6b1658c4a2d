"""The one table of the cube: which files of sealed facts hold, and up to which act."""

from __future__ import annotations

from django.db import models

from vungcao.evidence.keeping import KeptQuerySet, WrittenOnce


class Seal(WrittenOnce):
    """Facts up to act ``no`` (written at ``recorded_at``) as files that are never written again.

    ``stretches`` cut time where the cover of spending changes, ``points`` are the acts at which it is known. A seal is
    no fact: it can be made again from the register at any time, and has no act of its own.
    """

    can_be_made_again = True  # no backup holds it

    no = models.PositiveBigIntegerField("đến lần ghi số")
    recorded_at = models.DateTimeField("lần ghi đó lúc")
    made_at = models.DateTimeField("niêm lúc", auto_now_add=True)
    given_file = models.CharField("tệp vốn giao", max_length=120)
    spent_file = models.CharField("tệp giải ngân", max_length=120)
    given_rows = models.PositiveBigIntegerField("số dòng vốn giao")
    spent_rows = models.PositiveBigIntegerField("số dòng giải ngân")
    given_dong = models.BigIntegerField("tổng vốn giao (đồng)")
    spent_dong = models.BigIntegerField("tổng giải ngân (đồng)")
    stretches = models.JSONField("các khoảng ngày", default=list)
    points = models.JSONField("các lần ghi biết được", default=list)

    objects = KeptQuerySet.as_manager()

    class Meta:
        verbose_name = "lần niêm dữ liệu khối"

    def __str__(self) -> str:
        return f"{self.no}"

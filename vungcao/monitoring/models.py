"""Tables of facts that are not money."""

from __future__ import annotations

from django.db import models

from vungcao.evidence.keeping import Kept
from vungcao.law.models import Confidence


class Indicator(Kept):
    """What is counted, in which unit; a rate is kept as numerator and denominator, never as a rate.

    ``cites``: the law or statistical source that defines it, ``confidence`` how sure of that citation we are.
    """

    code = models.CharField("mã", max_length=60, unique=True)
    name = models.TextField("tên")
    unit = models.CharField("đơn vị tính", max_length=40)
    is_additive = models.BooleanField("cộng được qua địa bàn", default=True)
    is_rate = models.BooleanField("là tỷ lệ", default=False)
    cites = models.TextField("căn cứ", blank=True)
    confidence = models.CharField("độ chắc chắn", max_length=10, choices=Confidence.choices, blank=True)

    class Meta:
        verbose_name = "chỉ tiêu thống kê"

    def __str__(self) -> str:
        return self.code


class Observation(Kept):
    """What somebody said of an indicator for a place, a group and a period. A later one may supersede it."""

    batch = models.ForeignKey("bodies.Batch", models.PROTECT, related_name="+", verbose_name="lần gửi")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="observations", verbose_name="chỉ tiêu")
    place = models.ForeignKey("territory.Place", models.PROTECT, related_name="+", verbose_name="địa bàn")
    group = models.CharField("nhóm", max_length=60, default="*")
    period = models.CharField("kỳ", max_length=20)
    as_of = models.DateField("tính đến ngày")
    numerator = models.DecimalField("giá trị, tử số", max_digits=24, decimal_places=6)
    denominator = models.DecimalField("mẫu số", max_digits=24, decimal_places=6, null=True, blank=True)
    qualifier = models.CharField("từ chỉ mức độ", max_length=20, blank=True)
    note = models.TextField("ghi chú", blank=True)
    confidence = models.CharField("độ chắc chắn", max_length=10, choices=Confidence.choices, default=Confidence.SOURCED)
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="superseded_by", verbose_name="thay cho"
    )
    sheet = models.CharField("trang tính", max_length=80, blank=True)
    cell = models.CharField("ô", max_length=12, blank=True)

    class Meta:
        verbose_name = "số liệu thống kê"
        indexes = [models.Index(fields=["indicator", "as_of"])]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.place_id} {self.period}"

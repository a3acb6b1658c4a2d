"""Tables of law."""

from __future__ import annotations

from django.db import models

from vungcao.evidence.keeping import Dated


class Confidence(models.TextChoices):
    """How sure we are of a legal or public fact; the mark goes with the fact, all the way to the screen."""

    SOURCED = "sourced", "có nguồn"
    RECALLED = "recalled", "theo trí nhớ, cần kiểm chứng"
    UNKNOWN = "unknown", "chưa rõ"


class Instrument(Dated):
    """A legal instrument by number; the issuer is a code, so that law needs no table of bodies."""

    number = models.CharField("số, ký hiệu", max_length=60)
    dated = models.DateField("ngày ban hành", null=True, blank=True)
    issuer = models.CharField("cơ quan ban hành", max_length=30, blank=True)
    subject = models.TextField("trích yếu", blank=True)
    changed_by = models.CharField("bị sửa bởi", max_length=60, blank=True)
    confidence = models.CharField("độ chắc chắn", max_length=10, choices=Confidence.choices)
    seen_in = models.TextField("nơi thấy", blank=True)

    class Meta:
        verbose_name = "văn bản quy phạm, chỉ đạo"
        indexes = [models.Index(fields=["number"])]

    def __str__(self) -> str:
        return f"{self.number} ({self.dated:%d/%m/%Y})" if self.dated else self.number

"""A file on its way here in pieces, so that a lost connection costs one piece. Not a kept row."""

from __future__ import annotations

import uuid
from pathlib import Path

from django.conf import settings
from django.db import models


class ResumableUpload(models.Model):
    """``received`` bytes of ``size`` stand in ``path``; ``sha256`` is what the whole must come to."""

    can_be_made_again = True  # no backup holds it: whoever sends it still has the file

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    official = models.ForeignKey("bodies.Official", models.PROTECT, related_name="+", verbose_name="cán bộ nộp")
    name = models.CharField("tên tệp", max_length=300)
    size = models.PositiveBigIntegerField("cỡ, byte")
    sha256 = models.CharField("SHA-256 của cả tệp", max_length=64)
    received = models.PositiveBigIntegerField("đã nhận, byte", default=0)
    moved_at = models.DateTimeField("nhận phần cuối lúc", auto_now=True)

    class Meta:
        verbose_name = "tệp đang gửi từng phần"

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> Path:
        """Where its bytes stand until it is handed in."""
        return Path(settings.HOME) / "uploading" / str(self.pk)

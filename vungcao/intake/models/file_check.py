"""A file check: workbooks an official has handed in at the desk, on their way into the books. Not a kept row."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import models


class CheckStep(models.TextChoices):
    WAITING = "waiting", "Chờ đọc"
    READING = "reading", "Đang đọc"
    REHEARSED = "rehearsed", "Đã tập dượt, chưa ghi"
    TO_COMMIT = "to_commit", "Chờ ghi vào sổ"
    COMMITTING = "committing", "Đang ghi vào sổ"
    COMMITTED = "committed", "Đã ghi vào sổ"
    FAILED = "failed", "Không đọc được"


QUEUED: Final = (CheckStep.WAITING, CheckStep.TO_COMMIT)
UNDER_WAY: Final = {CheckStep.READING: CheckStep.WAITING, CheckStep.COMMITTING: CheckStep.TO_COMMIT}
"""What a worker is busy with, and where it goes back to when that worker was killed: a run is all or nothing."""


class FileCheck(models.Model):
    """Its own row is its place in the queue. Facts and their files are kept by the import, not here.

    ``files``: ``[{name, sha256, size}]``; their bytes stand in ``folder``. ``result``: ``Run.as_json()`` of the last
    run; ``known_no``: the act number it was rehearsed at. ``units``: ``{"file|sheet|cell": "triệu đồng"}``, what the
    official said of tables that name no unit. ``sent_as``: key of the form it came by: the same form with the same
    files, sent twice, is one check.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    official = models.ForeignKey("bodies.Official", models.PROTECT, related_name="+", verbose_name="cán bộ nộp")
    step = models.CharField("bước", max_length=10, choices=CheckStep.choices, default=CheckStep.WAITING, db_index=True)
    asked_at = models.DateTimeField("nộp lúc", auto_now_add=True)
    moved_at = models.DateTimeField("sang bước lúc", auto_now=True)
    files = models.JSONField("tệp", default=list)
    units = models.JSONField("đơn vị tính do cán bộ nói", default=dict)
    progress = models.CharField("đang làm", max_length=300, blank=True)
    result = models.JSONField("kết quả", null=True, blank=True)
    known_no = models.PositiveBigIntegerField("tập dượt tại lần ghi", default=0)
    said = models.TextField("vì sao không xong", blank=True)
    sent_as = models.UUIDField("khóa của mẫu nộp", null=True, blank=True, unique=True)
    replaces = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="replaced_by", verbose_name="nộp lại cho"
    )

    class Meta:
        verbose_name = "lần kiểm tệp"
        ordering = ("-asked_at",)

    def __str__(self) -> str:
        return ", ".join(one["name"] for one in self.files)

    @property
    def folder(self) -> Path:
        """Where its files stand until the check is put away."""
        return Path(settings.HOME) / "inbox" / str(self.pk)

    @property
    def marked_folder(self) -> Path:
        """Where its marked copies stand."""
        return self.folder / "ban-danh-dau"

    @property
    def is_busy(self) -> bool:
        """Waiting for a worker, or in the hands of one."""
        return self.step in QUEUED or self.step in UNDER_WAY

    @property
    def files_as_sent(self) -> list[tuple[str, str]]:
        """Names and hashes, in order: are two checks of the same files?"""
        return [(one["name"], one["sha256"]) for one in self.files]

    def paths(self) -> list[Path]:
        """The files themselves, in the order they were handed in."""
        return [self.folder / one["name"] for one in self.files]

"""Tables of evidence."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from vungcao.evidence.keeping import Kept, KeptQuerySet, WrittenOnce


class Act(WrittenOnce):
    """One writing transaction: who, in what post, did what, why. Everything it writes points to it."""

    verb = models.CharField("việc", max_length=60)
    reason = models.TextField("lý do", blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="tài khoản"
    )
    official_name = models.CharField("người ghi", max_length=120)
    official_post = models.CharField("chức vụ khi ghi", max_length=120, blank=True)
    official_body = models.CharField("cơ quan khi ghi", max_length=200, blank=True)
    opened_at = models.DateTimeField("mở lúc")

    objects = KeptQuerySet.as_manager()

    class Meta:
        verbose_name = "lần ghi"

    def __str__(self) -> str:
        return f"{self.verb} ({self.official_name})"


class ActNumber(WrittenOnce):
    """The act's place in the order of knowledge, given by the last statement of its transaction."""

    no = models.PositiveBigIntegerField("số", primary_key=True)
    act = models.OneToOneField(Act, models.PROTECT, related_name="numbered", verbose_name="lần ghi")
    recorded_at = models.DateTimeField("ghi lúc")

    objects = KeptQuerySet.as_manager()

    class Meta:
        verbose_name = "số lần ghi"

    def __str__(self) -> str:
        return f"{self.no}"


class AuditRow(Kept):
    """What an act did to one thing: before and after, personal parts never in clear."""

    verb = models.CharField("việc", max_length=60)
    subject = models.CharField("đối tượng", max_length=80)
    key = models.CharField("khóa", max_length=80)
    before = models.JSONField("trước", null=True, blank=True)
    after = models.JSONField("sau", null=True, blank=True)

    class Meta:
        verbose_name = "dòng nhật ký"
        indexes = [models.Index(fields=["subject", "key"])]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject} {self.key}"


class Link(WrittenOnce):
    """SHA-256 over the previous link and the canonical form of the act of that number."""

    no = models.PositiveBigIntegerField("số", primary_key=True)
    digest = models.CharField("mã băm", max_length=64)

    objects = KeptQuerySet.as_manager()

    class Meta:
        verbose_name = "mắt xích"

    def __str__(self) -> str:
        return f"{self.no}:{self.digest[:12]}"


class ReleasedHead(Kept):
    """A head of the chain that left the database (on a frozen report, a backup, an export)."""

    no = models.PositiveBigIntegerField("số")
    digest = models.CharField("mã băm", max_length=64)
    purpose = models.CharField("nơi dùng", max_length=80)
    order = models.PositiveBigIntegerField("thứ tự phát hành", null=True, blank=True, unique=True)

    class Meta:
        verbose_name = "đầu chuỗi đã phát hành"

    def __str__(self) -> str:
        return f"{self.no}:{self.digest[:12]} ({self.purpose})"


class SourceKind(models.TextChoices):
    WORKBOOK = "workbook", "Bảng tính"
    PAPER = "paper", "Văn bản"
    PRESS = "press", "Báo chí"
    REFERENCE = "reference", "Dữ liệu tham chiếu"


class Source(Kept):
    """A paper, workbook or publication that facts come from; a workbook's bytes are kept by their hash."""

    kind = models.CharField("loại", max_length=12, choices=SourceKind.choices)
    name = models.CharField("tên tệp hoặc tên gọi", max_length=300)
    sha256 = models.CharField("mã băm tệp", max_length=64, blank=True, db_index=True)
    number = models.CharField("số, ký hiệu", max_length=60, blank=True)
    dated = models.DateField("ngày văn bản", null=True, blank=True)
    issuer = models.CharField("cơ quan ban hành", max_length=200, blank=True)
    title = models.TextField("trích yếu", blank=True)
    is_example = models.BooleanField("là ví dụ", default=False)

    class Meta:
        verbose_name = "nguồn"

    def __str__(self) -> str:
        return f"{self.number or self.name}{f' ngày {self.dated:%d/%m/%Y}' if self.dated else ''}"

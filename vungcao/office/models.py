"""Tables of the office: documents in the registers out and in. A correction is a new line."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from vungcao.evidence.keeping import Dated, Kept


class Direction(models.TextChoices):
    OUT = "out", "Văn bản đi"
    IN = "in", "Văn bản đến"


class NumberState(models.TextChoices):
    """What became of a number that the clerk gave."""

    USED = "used", "Đã dùng"
    RESERVED = "reserved", "Lấy trước"
    CANCELLED = "cancelled", "Đã hủy"


class Urgency(models.TextChoices):
    """Nghị định 30/2020/NĐ-CP, Phụ lục I: khẩn, thượng khẩn, hỏa tốc."""

    PLAIN = "plain", "Thường"
    URGENT = "urgent", "Khẩn"
    MORE_URGENT = "more_urgent", "Thượng khẩn"
    AT_ONCE = "at_once", "Hỏa tốc"


class Document(Kept):
    """A document in the register of a body, as an identity."""

    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", verbose_name="sổ của cơ quan")
    direction = models.CharField("chiều", max_length=3, choices=Direction.choices)

    class Meta:
        verbose_name = "văn bản trong sổ"

    def __str__(self) -> str:
        return f"{self.direction} {self.pk}"


class Line(Dated):
    """What a register says of one document. It holds on every day; only what is known of it changes (``ended_by``).

    ``said_no`` is the number as the clerk wrote it (``15a``); ``no``, ``suffix`` and ``number_key`` are read from it.
    ``series`` names the run of numbers where the office counts kinds of documents apart. ``body`` is the document's.
    """

    DIRECTION: ClassVar[Direction]
    SAID: ClassVar[tuple[str, ...]]

    document = models.ForeignKey(Document, models.PROTECT, related_name="%(class)s_lines", verbose_name="văn bản")
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", verbose_name="sổ của cơ quan")
    said_no = models.CharField("số", max_length=20)
    series = models.CharField("dãy số", max_length=60, blank=True)
    year = models.PositiveSmallIntegerField("năm")
    no = models.PositiveIntegerField("số thứ tự")
    suffix = models.CharField("phần chèn", max_length=4, blank=True)
    number_key = models.CharField("khóa xếp theo số", max_length=90)
    state = models.CharField("tình trạng số", max_length=10, choices=NumberState.choices, default=NumberState.USED)
    reason = models.CharField("lý do", max_length=300, blank=True)
    summary = models.TextField("trích yếu")
    folded = models.TextField("chữ để tìm", editable=False)
    source = models.ForeignKey(
        "evidence.Source", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="tệp nhập"
    )
    sheet = models.CharField("trang tính", max_length=80, blank=True)
    cell = models.CharField("ô", max_length=12, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.said_no}/{self.year}"

    @property
    def is_inserted(self) -> bool:
        """A number put between two others: 15a."""
        return bool(self.suffix)

    def said(self) -> dict[str, Any]:
        """What was said of the document, by column; two lines that say the same are the same."""
        return {name: getattr(self, name) for name in self.SAID}


def _one_standing_line(name: str) -> models.UniqueConstraint:
    return models.UniqueConstraint(fields=["document"], condition=Q(ended_by=None), name=name)


def _indexes(name: str) -> list[models.Index]:
    standing = Q(ended_by=None)
    return [
        models.Index(fields=["number_key", "id"], condition=standing, name=f"{name}_by_number"),
        models.Index(fields=["body", "series", "year", "no"], condition=standing, name=f"{name}_in_series"),
    ]


class Outgoing(Line):
    """A line of the register of documents out (practice §4.8.1)."""

    DIRECTION = Direction.OUT
    SAID = (
        "said_no", "series", "state", "reason", "summary", "symbol", "dated", "kind", "signer", "unit", "officer",
        "recipients", "urgency", "answers_said", "task", "is_joint",
    )  # fmt: skip

    symbol = models.CharField("ký hiệu", max_length=60, blank=True)
    dated = models.DateField("ngày văn bản")
    kind = models.CharField("loại", max_length=60, blank=True)
    signer = models.CharField("người ký", max_length=120, blank=True)
    unit = models.CharField("phòng soạn", max_length=120, blank=True)
    officer = models.CharField("chuyên viên", max_length=120, blank=True)
    recipients = models.TextField("nơi nhận", blank=True)
    urgency = models.CharField("độ khẩn", max_length=12, choices=Urgency.choices, default=Urgency.PLAIN)
    answers_said = models.CharField("trả lời văn bản đến số", max_length=120, blank=True)
    answers = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="answered_by", verbose_name="trả lời văn bản"
    )
    task = models.CharField("nhiệm vụ", max_length=200, blank=True)
    is_joint = models.BooleanField("phối hợp ban hành", default=False)

    class Meta:
        verbose_name = "dòng sổ văn bản đi"
        constraints = [_one_standing_line("a_document_out_has_one_standing_line")]
        indexes = _indexes("out")


class Incoming(Line):
    """A line of the register of documents in (practice §4.8.2). Its answer is a document out that says so."""

    DIRECTION = Direction.IN
    SAID = (
        "said_no", "series", "state", "reason", "summary", "arrived", "sender", "their_number", "dated",
        "instructed_by", "instruction", "unit", "due",
    )  # fmt: skip

    arrived = models.DateField("ngày đến")
    sender = models.CharField("cơ quan gửi", max_length=200)
    their_number = models.CharField("số, ký hiệu", max_length=60, blank=True)
    dated = models.DateField("ngày văn bản", null=True, blank=True)
    instructed_by = models.CharField("người bút phê", max_length=120, blank=True)
    instruction = models.TextField("nội dung bút phê", blank=True)
    unit = models.CharField("phòng xử lý", max_length=120, blank=True)
    due = models.DateField("hạn", null=True, blank=True)

    class Meta:
        verbose_name = "dòng sổ văn bản đến"
        constraints = [_one_standing_line("a_document_in_has_one_standing_line")]
        indexes = _indexes("in")

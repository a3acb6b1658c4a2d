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


class RuleChange(models.TextChoices):
    """What an overlay does to the decision table."""

    ADD = "add", "thêm quy tắc"
    CONFIRM = "confirm", "xác nhận quy tắc"
    RETIRE = "retire", "thôi dùng quy tắc"


class RuleOverlay(Dated):
    """A local change to the decision table (``reference/budget_rules.yaml``) by id: signed by its act, with its paper.

    The days are those of the added rule; of a retirement, the first day on which the rule is none; a confirmation has
    no days. ``row`` is the added rule, in the file's words.
    """

    rule = models.CharField("mã quy tắc", max_length=10)
    change = models.CharField("thay đổi", max_length=10, choices=RuleChange.choices)
    row = models.JSONField("nội dung quy tắc", null=True, blank=True)
    cites = models.CharField("điều, khoản làm căn cứ", max_length=300)
    source = models.ForeignKey("evidence.Source", models.PROTECT, related_name="+", verbose_name="văn bản căn cứ")

    class Meta:
        verbose_name = "thay đổi quy tắc tại địa phương"
        constraints = [
            models.UniqueConstraint(
                fields=["rule", "change"],
                condition=models.Q(ended_by=None),
                name="a_rule_is_added_confirmed_or_retired_once",
            ),
            models.CheckConstraint(
                condition=models.Q(change=RuleChange.ADD, row__isnull=False)
                | (~models.Q(change=RuleChange.ADD) & models.Q(row=None)),
                name="an_added_rule_and_no_other_has_a_row",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule}: {self.get_change_display()}"

"""Extensions of the last day of use of an amount of money: asked by a paper, granted or refused by another."""

from __future__ import annotations

from django.db import models

from vungcao.evidence.keeping import Kept
from vungcao.ledger.models.accounts import RegionColumns


class ExtensionAsked(Kept, RegionColumns):
    """Whole đồng of one account for which a later last day is asked: by whom, by which paper, until when."""

    dong = models.BigIntegerField("số tiền đề nghị (đồng)")
    asked_by = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", verbose_name="đơn vị đề nghị")
    number = models.CharField("số văn bản đề nghị", max_length=60)
    asked_on = models.DateField("ngày văn bản đề nghị")
    until = models.DateField("đề nghị kéo dài đến hết ngày")
    reason = models.TextField("lý do")

    class Meta:
        verbose_name = "đề nghị kéo dài thời hạn giải ngân"
        constraints = [models.CheckConstraint(condition=models.Q(dong__gt=0), name="extension_asked_is_of_some_money")]

    def __str__(self) -> str:
        return f"{self.number} ngày {self.asked_on:%d/%m/%Y}"


class Outcome(models.TextChoices):
    GRANTED = "granted", "Cho kéo dài"
    PARTLY = "partly", "Cho kéo dài một phần"
    REFUSED = "refused", "Không cho kéo dài"


class ExtensionAnswer(Kept):
    """The paper that answers: đồng and last day where it grants. A later answer stands in the place of the one
    before.
    """

    asked = models.ForeignKey(ExtensionAsked, models.PROTECT, related_name="answers", verbose_name="đề nghị")
    outcome = models.CharField("kết quả", max_length=8, choices=Outcome.choices)
    dong = models.BigIntegerField("số tiền được kéo dài (đồng)", null=True, blank=True)
    until = models.DateField("được giải ngân đến hết ngày", null=True, blank=True)
    number = models.CharField("số văn bản trả lời", max_length=60)
    dated = models.DateField("ngày văn bản trả lời")
    decided_by = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", verbose_name="cơ quan trả lời")
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by", verbose_name="thay cho"
    )

    class Meta:
        verbose_name = "trả lời đề nghị kéo dài"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(outcome="refused", dong__isnull=True, until__isnull=True)
                | models.Q(outcome__in=("granted", "partly"), dong__gt=0, until__isnull=False),
                name="extension_granted_says_money_and_day",
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} ngày {self.dated:%d/%m/%Y}"

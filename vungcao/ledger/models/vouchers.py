"""Vouchers: decided movements of spending authority. Entries of one voucher sum to zero."""

from __future__ import annotations

from django.db import models

from vungcao.evidence.keeping import Kept
from vungcao.ledger.models.accounts import Account


class VoucherKind(models.TextChoices):
    ASSIGNMENT = "assignment", "Giao vốn (từ cấp trên)"
    ALLOCATION = "allocation", "Phân bổ"
    ADJUSTMENT = "adjustment", "Điều chỉnh"
    CARRY_OVER = "carry_over", "Chuyển nguồn, kéo dài"
    CANCELLATION = "cancellation", "Hủy dự toán"
    HANDOVER = "handover", "Bàn giao giữa đơn vị"
    RESERVATION = "reservation", "Giữ chỗ cho dự thảo"
    COMMITMENT = "commitment", "Cam kết chi theo hợp đồng"
    REVERSAL = "reversal", "Ghi đảo"


class Voucher(Kept):
    """A decision that moves money: its paper, its day, who decided. Reversals name what they undo."""

    kind = models.CharField("loại", max_length=12, choices=VoucherKind.choices)
    number = models.CharField("số văn bản", max_length=60, blank=True)
    dated = models.DateField("ngày văn bản", db_index=True)
    decided_by = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", verbose_name="cơ quan quyết định")
    batch = models.ForeignKey("bodies.Batch", models.PROTECT, related_name="+", verbose_name="lần gửi")
    reverses = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="reversed_by", verbose_name="đảo chứng từ"
    )
    note = models.TextField("ghi chú", blank=True)

    class Meta:
        verbose_name = "chứng từ"

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number} ngày {self.dated:%d/%m/%Y}"


class Entry(Kept):
    """Whole đồng into (+) or out of (−) an account, with the cell that said so."""

    voucher = models.ForeignKey(Voucher, models.PROTECT, related_name="entries", verbose_name="chứng từ")
    account = models.ForeignKey(Account, models.PROTECT, related_name="entries", verbose_name="tài khoản")
    dong = models.BigIntegerField("số tiền (đồng)")
    sheet = models.CharField("trang tính", max_length=80, blank=True)
    cell = models.CharField("ô", max_length=12, blank=True)

    class Meta:
        verbose_name = "bút toán"
        constraints = [models.CheckConstraint(condition=~models.Q(dong=0), name="entry_moves_money")]

    def __str__(self) -> str:
        return f"{self.account_id}: {self.dong}"

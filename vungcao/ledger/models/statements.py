"""Statements: what a reporter said was spent, over a coverage, as of a day."""

from __future__ import annotations

from django.db import models

from vungcao.evidence.keeping import Dated, Kept
from vungcao.ledger.models.accounts import RegionColumns


class Basis(models.TextChoices):
    YEAR = "year", "Lũy kế từ đầu năm"
    PHASE = "phase", "Lũy kế từ đầu giai đoạn"
    MONTH = "month", "Trong tháng"
    ESTIMATE = "estimate", "Ước thực hiện đến ngày"


class Measure(models.TextChoices):
    """What a statement counts. Credit is never part of a Treasury rate; what is paid back to the budget after an
    inspection frees nothing.
    """

    DISBURSED = "", "Giải ngân"  # empty: statements written before there were measures keep their link in the chain
    RETURNED = "returned", "Nộp trả ngân sách"
    LENT = "lent", "Doanh số cho vay"
    REPAID = "repaid", "Thu nợ"
    OUTSTANDING = "outstanding", "Dư nợ"


class OpeningSaid(models.TextChoices):
    """What a new holder's cumulative figure does with what was spent before the handover."""

    NOT_SAID = "", "Không nói"
    INCLUDED = "included", "Đã gồm số nhận bàn giao"
    APART = "apart", "Chưa gồm số nhận bàn giao"


class ReporterOrder(Dated):
    """Whose word figures use, per programme and for some days: the lowest rank first (by kind of body)."""

    component = models.ForeignKey("programme.Component", models.PROTECT, related_name="+", verbose_name="chương trình")
    body_kind = models.CharField("loại đơn vị", max_length=12)
    rank = models.PositiveSmallIntegerField("thứ tự")

    class Meta:
        verbose_name = "thứ tự nguồn báo cáo"

    def __str__(self) -> str:
        return f"{self.component_id} {self.body_kind}: {self.rank}"


class Statement(Kept, RegionColumns):
    """One statement of one reporter. Its own region columns are its *coverage*; ``supersedes`` an earlier one.

    An estimate's ``as_of`` is the day that it is about. ``opening``: is what was spent before a handover included?
    """

    batch = models.ForeignKey("bodies.Batch", models.PROTECT, related_name="+", verbose_name="lần gửi")
    reporter = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", verbose_name="đơn vị báo cáo")
    measure = models.CharField("loại số", max_length=12, choices=Measure.choices, blank=True, default="")
    basis = models.CharField("kỳ lũy kế", max_length=8, choices=Basis.choices)
    as_of = models.DateField("tính đến ngày", db_index=True)
    dated = models.DateField("ngày văn bản", null=True, blank=True)
    number = models.CharField("số văn bản", max_length=60, blank=True)
    opening = models.CharField("số nhận bàn giao", max_length=8, choices=OpeningSaid.choices, blank=True, default="")
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="superseded_by", verbose_name="thay cho"
    )

    class Meta:
        verbose_name = "báo cáo giải ngân"
        indexes = [models.Index(fields=["basis", "as_of"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(supersedes=None) | ~models.Q(supersedes=models.F("id")),
                name="statement_does_not_supersede_itself",
            )
        ]

    def __str__(self) -> str:
        return f"Báo cáo {self.pk} tính đến {self.as_of:%d/%m/%Y}"


class StatementLine(Kept, RegionColumns):
    """Cumulative đồng over one region, as said. ``disbursed_dong`` is the amount of the statement's measure.

    For disbursement the paper may also say of what it is made: completed volume + advances − advances cleared −
    restored (``nộp khôi phục``, recalled); ``open_advance`` = advances − cleared. What is not said is null, never 0.
    ``codes``: Treasury codes as printed.
    """

    statement = models.ForeignKey(Statement, models.PROTECT, related_name="lines", verbose_name="báo cáo")
    disbursed_dong = models.BigIntegerField("số tiền, giải ngân (đồng)")
    completed_dong = models.BigIntegerField("thanh toán khối lượng hoàn thành (đồng)", null=True, blank=True)
    advance_dong = models.BigIntegerField("tạm ứng (đồng)", null=True, blank=True)
    cleared_dong = models.BigIntegerField("đã thu hồi tạm ứng (đồng)", null=True, blank=True)
    open_advance_dong = models.BigIntegerField("tạm ứng chưa thu hồi (đồng)", null=True, blank=True)
    restored_dong = models.BigIntegerField("nộp khôi phục (đồng)", null=True, blank=True)
    plan_dong = models.BigIntegerField("kế hoạch mà báo cáo nêu (đồng)", null=True, blank=True)
    rate_said = models.CharField("tỷ lệ mà báo cáo nêu", max_length=12, blank=True)
    qualifier = models.CharField("từ chỉ mức độ", max_length=20, blank=True)
    label = models.TextField("nội dung như đã ghi", blank=True)
    sheet = models.CharField("trang tính", max_length=80, blank=True)
    cell = models.CharField("ô", max_length=12, blank=True)
    codes = models.JSONField("mã như Kho bạc in", default=dict, blank=True)

    class Meta:
        verbose_name = "dòng báo cáo giải ngân"

    def __str__(self) -> str:
        return f"{self.statement_id} {self.cell}: {self.disbursed_dong}"

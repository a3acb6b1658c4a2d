"""Statements: what a reporter said was spent, over a coverage, as of a day."""

from __future__ import annotations

from django.db import models

from vungcao.evidence.keeping import Dated, Kept
from vungcao.ledger.models.accounts import RegionColumns


class Basis(models.TextChoices):
    YEAR = "year", "Lũy kế từ đầu năm"
    PHASE = "phase", "Lũy kế từ đầu giai đoạn"
    MONTH = "month", "Trong tháng"


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
    """One statement of one reporter. Its own region columns are its *coverage*; ``supersedes`` an earlier one."""

    batch = models.ForeignKey("bodies.Batch", models.PROTECT, related_name="+", verbose_name="lần gửi")
    reporter = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", verbose_name="đơn vị báo cáo")
    basis = models.CharField("kỳ lũy kế", max_length=6, choices=Basis.choices)
    as_of = models.DateField("tính đến ngày", db_index=True)
    dated = models.DateField("ngày văn bản", null=True, blank=True)
    number = models.CharField("số văn bản", max_length=60, blank=True)
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="superseded_by", verbose_name="thay cho"
    )

    class Meta:
        verbose_name = "báo cáo giải ngân"
        indexes = [models.Index(fields=["basis", "as_of"])]

    def __str__(self) -> str:
        return f"Báo cáo {self.pk} tính đến {self.as_of:%d/%m/%Y}"


class StatementLine(Kept, RegionColumns):
    """Cumulative amounts over one region. ``disbursed`` = completed volume + advances not yet recovered, as said."""

    statement = models.ForeignKey(Statement, models.PROTECT, related_name="lines", verbose_name="báo cáo")
    disbursed_dong = models.BigIntegerField("giải ngân (đồng)")
    plan_dong = models.BigIntegerField("kế hoạch mà báo cáo nêu (đồng)", null=True, blank=True)
    rate_said = models.CharField("tỷ lệ mà báo cáo nêu", max_length=12, blank=True)
    qualifier = models.CharField("từ chỉ mức độ", max_length=20, blank=True)
    label = models.TextField("nội dung như đã ghi", blank=True)
    sheet = models.CharField("trang tính", max_length=80, blank=True)
    cell = models.CharField("ô", max_length=12, blank=True)

    class Meta:
        verbose_name = "dòng báo cáo giải ngân"

    def __str__(self) -> str:
        return f"{self.statement_id} {self.cell}: {self.disbursed_dong}"

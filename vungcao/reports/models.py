"""Tables of reports: papers frozen at an act number, with the list of figures behind them."""

from __future__ import annotations

from django.db import models

from vungcao.evidence.keeping import Kept


class PaperTemplate(Kept):
    """A Word template put in use for a kind of paper; the newest of a kind is in use, older ones stay.

    ``content`` is the docx as base64; ``is_shipped``: the frame that comes with the program (kept the first time a
    paper is frozen with it, and when an office returns to it).
    """

    kind = models.CharField("loại văn bản", max_length=20)
    name = models.CharField("tên tệp", max_length=200)
    sha256 = models.CharField("mã tệp", max_length=64)
    content = models.TextField("nội dung tệp")
    is_shipped = models.BooleanField("mẫu có sẵn", default=False)

    class Meta:
        verbose_name = "mẫu văn bản"

    def __str__(self) -> str:
        return f"{self.kind}: {self.name}"


class FrozenReport(Kept):
    """A report as printed: its figures were asked at act number ``known_no`` and recompute to the same đồng for ever.

    ``paper`` holds the words and figures as values; the files are made from it again byte by byte, in the ``template``
    it was frozen with. A reminder letter is ``about`` one body (its code) and has a ``short_text`` for the phone.
    """

    kind = models.CharField("loại báo cáo", max_length=30)
    period = models.CharField("kỳ", max_length=10)
    programme = models.CharField("chương trình", max_length=40)
    about = models.CharField("về đơn vị", max_length=40, blank=True, default="")
    as_of = models.DateField("số liệu đến ngày")
    known_no = models.PositiveBigIntegerField("biết đến lần ghi số")
    edition = models.PositiveSmallIntegerField("bản", default=1)
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="superseded_by", verbose_name="thay cho"
    )
    title = models.TextField("tên báo cáo")
    paper = models.JSONField("nội dung")
    short_text = models.TextField("lời nhắn ngắn", blank=True, default="")
    template = models.ForeignKey(
        PaperTemplate, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="mẫu văn bản"
    )
    sources = models.JSONField("nguồn số liệu")
    head_no = models.PositiveBigIntegerField("số của đầu chuỗi", null=True, blank=True)
    head_digest = models.CharField("mã chuỗi", max_length=64)

    class Meta:
        verbose_name = "báo cáo đã đóng băng"
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "period", "programme", "about", "edition"], name="report_has_one_paper_per_edition"
            )
        ]

    def __str__(self) -> str:
        return f"{self.title} (bản {self.edition})"


class ReportFigure(Kept):
    """One number of a frozen report: its id, its value as printed and, for money, in đồng."""

    report = models.ForeignKey(FrozenReport, models.PROTECT, related_name="figures", verbose_name="báo cáo")
    order = models.PositiveIntegerField("thứ tự")
    figure = models.CharField("mã số liệu", max_length=300)
    printed = models.CharField("như đã in", max_length=60)
    measure = models.CharField("đại lượng", max_length=40)
    value = models.CharField("giá trị", max_length=40)

    class Meta:
        verbose_name = "số liệu trong báo cáo"

    def __str__(self) -> str:
        return f"{self.report_id}.{self.order} {self.printed}"

"""Tables of programmes: component trees, vocabularies of money, plans as versions."""

from __future__ import annotations

from django.db import models

from vungcao.evidence.keeping import Dated, Kept
from vungcao.kernel.external import ExternalCode
from vungcao.kernel.years import Years
from vungcao.law.models import Confidence


class Level(models.TextChoices):
    ALL = "all", "Mọi chương trình"
    PROGRAMME = "programme", "Chương trình"
    PROJECT = "project", "Dự án"
    SUBPROJECT = "subproject", "Tiểu dự án"
    CONTENT = "content", "Nội dung"


class Component(Kept):
    """A node of a programme's tree as an identity: ``1719``, ``1719.DA5.TDA3``; ``*`` is the root above them all."""

    code = models.CharField("mã", max_length=40, unique=True)

    class Meta:
        verbose_name = "cấu phần chương trình"

    def __str__(self) -> str:
        return self.code


class ComponentVersion(Dated):
    """Name, level and parent of a component for some days, with how sure we are."""

    component = models.ForeignKey(Component, models.PROTECT, related_name="versions", verbose_name="cấu phần")
    parent = models.ForeignKey(Component, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="thuộc")
    level = models.CharField("cấp", max_length=12, choices=Level.choices)
    name = models.TextField("tên")
    name_en = models.TextField("tên tiếng Anh", blank=True)
    short_name = models.CharField("tên ngắn", max_length=80, blank=True)
    also = models.JSONField("tên gọi khác", default=list, blank=True)
    years = models.CharField("năm ngân sách được sử dụng", max_length=9, blank=True)
    order = models.PositiveIntegerField("thứ tự", default=0)
    capital_kinds = models.JSONField("loại vốn", default=list)
    lead_agency = models.TextField("cơ quan chủ trì", blank=True)
    confidence = models.CharField("độ chắc chắn", max_length=10, choices=Confidence.choices)
    cites = models.TextField("căn cứ", blank=True)
    seen_in = models.TextField("nơi thấy", blank=True)

    class Meta:
        verbose_name = "phiên bản cấu phần"

    def __str__(self) -> str:
        return self.name


class ComponentCode(Dated, ExternalCode):
    """A code of a scheme (``CTMT``: mã CTMT) and the component that bears it for some days."""

    identity = models.ForeignKey(Component, models.PROTECT, related_name="codes", verbose_name="cấu phần")

    class Meta:
        verbose_name = "mã cấu phần"


class FundingSource(Kept):
    """A funding source ``KIND:LEVEL``; ``*`` in either place means "not divided" that way."""

    code = models.CharField("mã", max_length=30, unique=True)
    kind = models.CharField("loại vốn", max_length=12)
    level = models.CharField("cấp ngân sách", max_length=12)
    name = models.CharField("tên", max_length=120)

    class Meta:
        verbose_name = "nguồn vốn"

    def __str__(self) -> str:
        return self.code


class SpendingField(Kept):
    """Lĩnh vực chi (loại of the budget classification); ``*`` is "not divided"."""

    code = models.CharField("mã", max_length=12, unique=True)
    name = models.CharField("tên", max_length=120)
    confidence = models.CharField("độ chắc chắn", max_length=10, choices=Confidence.choices)

    class Meta:
        verbose_name = "lĩnh vực chi"

    def __str__(self) -> str:
        return self.code


class SourceCode(Dated, ExternalCode):
    """A code of a scheme (``NGUON``: mã nguồn) and the funding source that it means for some days."""

    identity = models.ForeignKey(FundingSource, models.PROTECT, related_name="codes", verbose_name="nguồn vốn")

    class Meta:
        verbose_name = "mã nguồn vốn"


class FieldCode(Dated, ExternalCode):
    """A code of a scheme (``KHOAN``: loại-khoản) and the spending field that it means for some days."""

    identity = models.ForeignKey(SpendingField, models.PROTECT, related_name="codes", verbose_name="lĩnh vực chi")

    class Meta:
        verbose_name = "mã lĩnh vực chi"


class PlanKind(models.TextChoices):
    FIVE_YEAR = "five_year", "Kế hoạch trung hạn"
    ANNUAL = "annual", "Kế hoạch năm"
    IMPLIED = "implied", "Suy ra từ số đã công bố"


class PlanVersion(Kept):
    """A plan as decided: number, day, signer, version. Plans are not money; ``implied`` ones never enter totals."""

    programme = models.ForeignKey(Component, models.PROTECT, related_name="+", verbose_name="chương trình")
    kind = models.CharField("loại", max_length=10, choices=PlanKind.choices)
    place = models.ForeignKey("territory.Place", models.PROTECT, related_name="+", verbose_name="địa bàn")
    first_year = models.PositiveIntegerField("từ năm")
    last_year = models.PositiveIntegerField("đến năm")
    version = models.PositiveIntegerField("phiên bản", default=1)
    number = models.CharField("số quyết định", max_length=60, blank=True)
    dated = models.DateField("ngày", null=True, blank=True)
    signer = models.CharField("người ký", max_length=120, blank=True)
    source = models.ForeignKey("evidence.Source", models.PROTECT, related_name="+", verbose_name="nguồn")
    confidence = models.CharField("độ chắc chắn", max_length=10, choices=Confidence.choices)
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="superseded_by", verbose_name="thay cho"
    )
    note = models.TextField("ghi chú", blank=True)

    class Meta:
        verbose_name = "phiên bản kế hoạch"

    def __str__(self) -> str:
        return f"{self.number or self.get_kind_display()} ({self.span}, bản {self.version})"

    @property
    def span(self) -> str:
        """Its years: ``2024``, ``2021-2025``."""
        return f"{Years(self.first_year, self.last_year)}"


class PlanLine(Kept):
    """One amount of a plan at a node. ``low_dong = high_dong`` when it is a figure, an interval when it is implied."""

    plan = models.ForeignKey(PlanVersion, models.PROTECT, related_name="lines", verbose_name="kế hoạch")
    component = models.ForeignKey(Component, models.PROTECT, related_name="+", verbose_name="cấu phần")
    source = models.ForeignKey(FundingSource, models.PROTECT, related_name="+", verbose_name="nguồn vốn")
    year_use = models.CharField("năm sử dụng", max_length=9)
    place = models.ForeignKey("territory.Place", models.PROTECT, related_name="+", verbose_name="địa bàn")
    low_dong = models.BigIntegerField("từ (đồng)")
    high_dong = models.BigIntegerField("đến (đồng)")
    rate_said = models.CharField("tỷ lệ đã nói", max_length=12, blank=True)
    qualifier = models.CharField("từ chỉ mức độ", max_length=20, blank=True)
    confidence = models.CharField("độ chắc chắn", max_length=10, choices=Confidence.choices)
    cites = models.TextField("căn cứ", blank=True)

    class Meta:
        verbose_name = "dòng kế hoạch"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(low_dong__lte=models.F("high_dong")), name="plan_line_is_an_interval"
            )
        ]

    def __str__(self) -> str:
        return f"{self.component_id} {self.source_id} {self.low_dong}"


class Qualifier(models.TextChoices):
    """How a target binds: *trên 3* is more than 3, *tối thiểu 3* is 3 or more; nothing said is the figure itself."""

    EXACT = "", "bằng"
    MORE = "more", "trên"
    AT_LEAST = "at_least", "tối thiểu"
    LESS = "less", "dưới"
    AT_MOST = "at_most", "tối đa"
    ABOUT = "about", "khoảng"


class PlanTarget(Kept):
    """A target (chỉ tiêu) of a plan at a node. ``value`` is the figure of ``value_said`` in ``unit``, ``value_to`` its
    upper end where a range was said; both null where words said it. A changed one is another row that ``replaces`` it.
    """

    plan = models.ForeignKey(PlanVersion, models.PROTECT, related_name="targets", verbose_name="kế hoạch")
    code = models.CharField("mã chỉ tiêu", max_length=20)
    component = models.ForeignKey(Component, models.PROTECT, related_name="+", verbose_name="cấu phần")
    place = models.ForeignKey("territory.Place", models.PROTECT, related_name="+", verbose_name="địa bàn")
    year_use = models.CharField("năm, giai đoạn", max_length=9)
    indicator = models.TextField("chỉ tiêu")
    numerator = models.TextField("tử số", blank=True)
    denominator = models.TextField("mẫu số", blank=True)
    value_said = models.CharField("mức đã nói", max_length=80)
    value = models.DecimalField("mức", max_digits=18, decimal_places=4, null=True, blank=True)
    value_to = models.DecimalField("đến mức", max_digits=18, decimal_places=4, null=True, blank=True)
    unit = models.CharField("đơn vị tính", max_length=40, blank=True)
    qualifier = models.CharField("mức độ", max_length=10, choices=Qualifier.choices, blank=True)
    node_note = models.TextField("vì sao ở nội dung này", blank=True)
    confidence = models.CharField("độ chắc chắn", max_length=10, choices=Confidence.choices)
    cites = models.TextField("căn cứ", blank=True)
    seen_in = models.TextField("nơi thấy", blank=True)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by", verbose_name="thay cho"
    )
    is_withdrawn = models.BooleanField("đã rút", default=False)

    class Meta:
        verbose_name = "chỉ tiêu kế hoạch"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(value_to=None) | models.Q(value__lte=models.F("value_to")),
                name="plan_target_is_a_range",
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.value_said}"


class ComponentSuccession(Dated):
    """A component and the one that goes on from it, by which paper, from which budget year; and what may not be
    compared across the change. It binds a series together and sums nothing.
    """

    component = models.ForeignKey(Component, models.PROTECT, related_name="+", verbose_name="cấu phần trước")
    successor = models.ForeignKey(Component, models.PROTECT, related_name="+", verbose_name="cấu phần sau")
    year = models.PositiveIntegerField("năm ngân sách đầu của cấu phần sau")
    not_comparable = models.TextField("không so sánh được vì")
    confidence = models.CharField("độ chắc chắn", max_length=10, choices=Confidence.choices)
    cites = models.TextField("căn cứ", blank=True)
    seen_in = models.TextField("nơi thấy", blank=True)

    class Meta:
        verbose_name = "kế tiếp giữa các chương trình"
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(component=models.F("successor")), name="component_does_not_succeed_itself"
            )
        ]

    def __str__(self) -> str:
        return f"{self.component_id} → {self.successor_id} ({self.year})"

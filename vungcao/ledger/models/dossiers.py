"""Dossiers of capital: what units propose to move, carry over or cancel, the money held for it, opinions, and the paper
that decided it.

Every row is written once. A changed line is a new row that names the one it replaces; a line taken back is one that
says so; steps, holds and answers follow each other.
"""

from __future__ import annotations

from django.db import models

from vungcao.evidence.keeping import Kept
from vungcao.ledger.models.accounts import RegionColumns
from vungcao.ledger.models.vouchers import Voucher


class DossierKind(models.TextChoices):
    ADJUSTMENT = "", "Điều chỉnh"  # empty: dossiers opened before there were kinds keep their link in the chain
    CARRY_OVER = "carry_over", "Chuyển nguồn, kéo dài"
    CANCELLATION = "cancellation", "Hủy dự toán"


class PlanAdjusted(models.TextChoices):
    ANNUAL = "annual", "Kế hoạch hằng năm"
    MEDIUM = "medium", "Kế hoạch trung hạn"


class Side(models.TextChoices):
    DOWN = "down", "A. Giảm"
    UP = "up", "B. Tăng"
    OVER = "over", "Chuyển sang năm sau"
    OFF = "off", "Hủy"


class Dossier(Kept):
    """A draft of one kind. ``planned_for`` is the day on which the decision is expected: who decides, and what
    money is there, are asked for that day. The flags are circumstances that the rules of authority turn on.
    """

    kind = models.CharField("loại hồ sơ", max_length=12, choices=DossierKind.choices, blank=True, default="")
    code = models.CharField("mã", max_length=20, unique=True)
    title = models.CharField("tên", max_length=300)
    drafted_by = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", verbose_name="cơ quan soạn thảo")
    opened_on = models.DateField("ngày lập")
    planned_for = models.DateField("ngày dự kiến quyết định")
    plan = models.CharField("kế hoạch", max_length=6, choices=PlanAdjusted.choices, default=PlanAdjusted.ANNUAL)
    field_changes = models.BooleanField("lĩnh vực chi thay đổi", default=False)
    between_sessions = models.BooleanField("giữa hai kỳ họp HĐND", default=False)
    pilot_district = models.BooleanField("huyện thí điểm", default=False)
    devolved = models.BooleanField("HĐND tỉnh đã phân cấp", default=False)
    batch = models.OneToOneField("bodies.Batch", models.PROTECT, related_name="+", verbose_name="lần gửi")

    class Meta:
        verbose_name = "hồ sơ vốn"

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class DossierLine(Kept, RegionColumns):
    """Whole đồng off (A. Giảm) or onto (B. Tăng) one account, out of it into the same one of the next year, or out of
    it for good, as a unit proposed it, and why. ``basis``: what permits carrying it over, by its code
    (``law.carrying``).
    """

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="lines", verbose_name="hồ sơ")
    side = models.CharField("khối", max_length=4, choices=Side.choices)
    dong = models.BigIntegerField("số tiền (đồng)")
    reason = models.TextField("lý do")
    targets = models.TextField("chỉ tiêu bị ảnh hưởng", blank=True)
    basis = models.CharField("căn cứ được chuyển", max_length=40, blank=True, default="")
    proposed_by = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", verbose_name="đơn vị đề nghị")
    paper = models.CharField("văn bản đề nghị", max_length=60, blank=True)
    paper_dated = models.DateField("ngày văn bản đề nghị", null=True, blank=True)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by", verbose_name="thay cho dòng"
    )
    is_withdrawn = models.BooleanField("rút lại", default=False)

    class Meta:
        verbose_name = "dòng đề nghị của hồ sơ vốn"
        constraints = [
            models.CheckConstraint(condition=models.Q(dong__gt=0), name="dossier_line_moves_money"),
            models.CheckConstraint(
                condition=models.Q(is_withdrawn=False) | models.Q(replaces__isnull=False),
                name="dossier_line_taken_back_stood_before",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_side_display()} {self.dong}"


class Reservation(Kept):
    """Money held for what a dossier takes from its accounts, until a day (inside). Its voucher stands until it is
    reversed: given back, held anew, lapsed, or decided.
    """

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="reservations", verbose_name="hồ sơ")
    voucher = models.OneToOneField(Voucher, models.PROTECT, related_name="reservation", verbose_name="chứng từ giữ chỗ")
    until = models.DateField("giữ đến hết ngày")

    class Meta:
        verbose_name = "giữ chỗ vốn cho dự thảo"

    def __str__(self) -> str:
        return f"{self.dossier_id}: đến {self.until:%d/%m/%Y}"


class StepTaken(models.TextChoices):
    SUBMITTED = "submitted", "Đã trình"
    RETURNED = "returned", "Trả lại để sửa"
    WITHDRAWN = "withdrawn", "Đã rút"


class DossierStep(Kept):
    """A step of a dossier on a day; the last one says where it stands (none: still being drafted)."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="steps", verbose_name="hồ sơ")
    step = models.CharField("bước", max_length=10, choices=StepTaken.choices)
    on = models.DateField("ngày")
    reason = models.TextField("lý do", blank=True)

    class Meta:
        verbose_name = "bước của hồ sơ vốn"

    def __str__(self) -> str:
        return f"{self.dossier_id}: {self.get_step_display()}"


class OpinionAsked(Kept):
    """A body asked for its opinion on a dossier, by which letter, until when an answer is wanted."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="opinions", verbose_name="hồ sơ")
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", verbose_name="cơ quan được hỏi")
    asked_on = models.DateField("ngày xin ý kiến")
    number = models.CharField("số công văn xin ý kiến", max_length=60, blank=True)
    reply_by = models.DateField("hạn trả lời", null=True, blank=True)

    class Meta:
        verbose_name = "xin ý kiến về hồ sơ"

    def __str__(self) -> str:
        return f"{self.dossier_id}: {self.body_id}"


class Verdict(models.TextChoices):
    AGREES = "agrees", "Nhất trí"
    COMMENTS = "comments", "Nhất trí, có ý kiến"
    DISAGREES = "disagrees", "Không nhất trí"


class Taken(models.TextChoices):
    NOT_SAID = "", "Chưa xử lý"
    YES = "yes", "Tiếp thu"
    PARTLY = "partly", "Tiếp thu một phần"
    NO = "no", "Không tiếp thu, giải trình"


class OpinionAnswer(Kept):
    """What was answered, and whether the drafter took it up (said later: a row that replaces the answer's)."""

    asked = models.ForeignKey(OpinionAsked, models.PROTECT, related_name="answers", verbose_name="lần xin ý kiến")
    answered_on = models.DateField("ngày trả lời")
    number = models.CharField("số công văn trả lời", max_length=60, blank=True)
    verdict = models.CharField("ý kiến", max_length=10, choices=Verdict.choices)
    said = models.TextField("nội dung", blank=True)
    taken = models.CharField("tiếp thu", max_length=8, choices=Taken.choices, blank=True, default="")
    how = models.TextField("tiếp thu, giải trình thế nào", blank=True)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by", verbose_name="thay cho"
    )

    class Meta:
        verbose_name = "ý kiến trả lời"

    def __str__(self) -> str:
        return f"{self.asked_id}: {self.get_verdict_display()}"


class DossierDecision(Kept):
    """The signed paper that turned a dossier into vouchers; stored even where our rules call it wrong."""

    dossier = models.OneToOneField(Dossier, models.PROTECT, related_name="decision", verbose_name="hồ sơ")
    number = models.CharField("số văn bản", max_length=60)
    dated = models.DateField("ngày văn bản")
    decided_by = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", verbose_name="cơ quan quyết định")
    batch = models.ForeignKey("bodies.Batch", models.PROTECT, related_name="+", verbose_name="lần gửi")

    class Meta:
        verbose_name = "quyết định theo hồ sơ vốn"

    def __str__(self) -> str:
        return f"{self.number} ngày {self.dated:%d/%m/%Y}"


class DecisionVoucher(Kept):
    """A voucher of a decided dossier: adjustment, carry-over or cancellation; of an adjustment what does not balance,
    as money added or cancelled.
    """

    decision = models.ForeignKey(DossierDecision, models.PROTECT, related_name="vouchers", verbose_name="quyết định")
    voucher = models.ForeignKey(Voucher, models.PROTECT, related_name="+", verbose_name="chứng từ")

    class Meta:
        verbose_name = "chứng từ của quyết định theo hồ sơ"
        constraints = [models.UniqueConstraint(fields=["voucher"], name="voucher_is_of_one_dossier")]

    def __str__(self) -> str:
        return f"{self.decision_id}: {self.voucher_id}"

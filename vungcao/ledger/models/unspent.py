"""Money not spent yet, and why: what a holder says in the monthly form of causes (practice §4.2-4)."""

from __future__ import annotations

from django.db import models

from vungcao.evidence.keeping import Kept
from vungcao.ledger.models.accounts import RegionColumns


class Cause(models.TextChoices):
    """Why money is not spent, as practice codes it."""

    NO_GUIDANCE = "no_guidance", "Chưa có hướng dẫn"
    NOBODY_LEFT = "nobody_left", "Hết đối tượng"
    SITE = "site", "Mặt bằng"
    BIDDING = "bidding", "Đấu thầu, lựa chọn nhà thầu"
    GIVEN_LATE = "given_late", "Giao vốn muộn"
    FILE = "file", "Hồ sơ, thủ tục"
    CAPACITY = "capacity", "Năng lực"
    PRICES = "prices", "Giá vật liệu"
    SEASON = "season", "Mùa vụ, thời tiết"
    MERGER = "merger", "Sáp nhập, bàn giao chủ đầu tư"


class Proposal(models.TextChoices):
    NOT_SAID = "", "Không nói"
    DECREASE = "decrease", "Điều chỉnh giảm"
    CARRY_OVER = "carry_over", "Kéo dài"
    GIVE_BACK = "give_back", "Trả lại"
    GO_ON = "go_on", "Tiếp tục"


class Resolver(models.TextChoices):
    NOT_SAID = "", "Không nói"
    COMMUNE = "commune", "Cấp xã"
    DISTRICT = "district", "Cấp huyện"
    PROVINCE = "province", "Cấp tỉnh"
    CENTRE = "centre", "Trung ương"


class Unspent(Kept, RegionColumns):
    """One line of the form: đồng of a holder at a component not spent by a day, its cause, what is proposed and who can
    resolve it. It moves no money and enters no total; the latest form of a reporter for a day stands.
    """

    batch = models.ForeignKey("bodies.Batch", models.PROTECT, related_name="+", verbose_name="lần gửi")
    reporter = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", verbose_name="đơn vị báo cáo")
    as_of = models.DateField("tính đến ngày", db_index=True)
    dong = models.BigIntegerField("vốn chưa giải ngân (đồng)")
    cause = models.CharField("nguyên nhân", max_length=12, choices=Cause.choices)
    proposal = models.CharField("đề xuất", max_length=12, choices=Proposal.choices, blank=True)
    resolver = models.CharField("cấp giải quyết", max_length=10, choices=Resolver.choices, blank=True)
    label = models.TextField("nội dung như đã ghi", blank=True)
    sheet = models.CharField("trang tính", max_length=80, blank=True)
    cell = models.CharField("ô", max_length=12, blank=True)

    class Meta:
        verbose_name = "vốn chưa giải ngân và nguyên nhân"
        constraints = [models.CheckConstraint(condition=models.Q(dong__gt=0), name="unspent_is_some_money")]

    def __str__(self) -> str:
        return f"{self.cell}: {self.dong} ({self.get_cause_display()})"

"""Accounts: where spending authority stands. No key column is null; ``*`` members mean "not divided"."""

from __future__ import annotations

from django.db import models

from vungcao.evidence.keeping import Dated, Kept
from vungcao.kernel.external import ExternalCode


class ObjectKind(models.TextChoices):
    NOT_DIVIDED = "", "Không chia"  # empty: rows written before there were kinds keep their link in the chain
    WORK = "work", "Công trình, dự án đầu tư"
    BENEFIT_ROUND = "benefit_round", "Đợt hỗ trợ"
    CONTRACT = "contract", "Hợp đồng"
    RESERVATION = "reservation", "Vốn giữ chỗ cho một dự thảo"
    CONCLUSION = "conclusion", "Kết luận thanh tra, kiểm tra"


class SpendingObject(Kept):
    """What the money is for, below the component: a work, a benefit round; ``*`` is "not divided".

    A contract stands under its work (``parent``). Money that a draft has promised stands at an object of its own
    (kind *reservation*), so two drafts cannot promise the same.
    """

    code = models.CharField("mã", max_length=40, unique=True)
    name = models.CharField("tên", max_length=300, blank=True)
    kind = models.CharField("loại", max_length=14, choices=ObjectKind.choices, blank=True, default="")
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="thuộc đối tượng"
    )
    project_code = models.CharField("mã dự án đầu tư", max_length=20, blank=True, db_index=True)

    class Meta:
        verbose_name = "đối tượng chi"

    def __str__(self) -> str:
        return self.code


class ObjectCode(Dated, ExternalCode):
    """A project code (``DU_AN``: mã dự án, 7 số) and the spending object that bears it for some days.

    ``component`` and ``field``: for what the project is registered; null where the list of codes does not say.
    """

    identity = models.ForeignKey(SpendingObject, models.PROTECT, related_name="codes", verbose_name="đối tượng chi")
    component = models.ForeignKey(
        "programme.Component", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="cấu phần đăng ký"
    )
    field = models.ForeignKey(
        "programme.SpendingField", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="lĩnh vực chi đăng ký",
    )  # fmt: skip

    class Meta:
        verbose_name = "mã dự án đầu tư"


class RegionColumns(models.Model):
    """The nine dimensions of an account, of a statement's coverage and of a statement line's region."""

    component = models.ForeignKey("programme.Component", models.PROTECT, related_name="+", verbose_name="cấu phần")
    field = models.ForeignKey("programme.SpendingField", models.PROTECT, related_name="+", verbose_name="lĩnh vực chi")
    source = models.ForeignKey("programme.FundingSource", models.PROTECT, related_name="+", verbose_name="nguồn vốn")
    year_origin = models.CharField("năm nguồn", max_length=9)
    year_use = models.CharField("năm sử dụng", max_length=9)
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", verbose_name="đơn vị giữ vốn")
    place = models.ForeignKey("territory.Place", models.PROTECT, related_name="+", verbose_name="địa bàn")
    spending_object = models.ForeignKey(SpendingObject, models.PROTECT, related_name="+", verbose_name="đối tượng chi")

    class Meta:
        abstract = True


REGION = ("component", "field", "source", "year_origin", "year_use", "body", "place", "spending_object")


class Account(Kept, RegionColumns):
    """One account per combination; contra accounts hold what came from outside the province's books."""

    is_contra = models.BooleanField("tài khoản đối ứng ngoài sổ", default=False)

    class Meta:
        verbose_name = "tài khoản"
        constraints = [models.UniqueConstraint(fields=REGION, name="account_is_one_per_combination")]

    def __str__(self) -> str:
        return f"TK {self.pk}"

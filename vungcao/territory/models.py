"""Tables of territory. A place is an identity; its name, type, code and parent are dated versions."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from django.db import models

from vungcao.evidence.keeping import Dated, Kept
from vungcao.kernel.external import ExternalCode
from vungcao.kernel.vietnamese import fold, sort_key


class PlaceKind(models.TextChoices):
    NATION = "nation", "Quốc gia"
    PROVINCE = "province", "Tỉnh"
    MUNICIPALITY = "municipality", "Thành phố trực thuộc trung ương"
    DISTRICT = "district", "Huyện"
    CITY = "city", "Thành phố thuộc tỉnh"
    TOWN = "town", "Thị xã"
    WARD = "ward", "Phường"
    TOWNSHIP = "township", "Thị trấn"
    COMMUNE = "commune", "Xã"
    SPECIAL_ZONE = "special_zone", "Đặc khu"
    VILLAGE = "village", "Xóm, tổ dân phố"


CITIES: Final = frozenset({PlaceKind.CITY, PlaceKind.MUNICIPALITY})
VILLAGE_WORDS: Final = ("xom ", "thon ", "to dan pho ")  # not "bản": Cao Bằng writes xóm Bản Khuông


class Place(Kept):
    """A place as an identity. ``key`` is ours, stable and never reused (codes are: see ``PlaceCode``)."""

    key = models.CharField("khóa", max_length=40, unique=True)

    class Meta:
        verbose_name = "địa bàn"

    def __str__(self) -> str:
        return self.key


class PlaceVersion(Dated):
    """What a place was called, what it was and where it belonged, for some days."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="versions", verbose_name="địa bàn")
    name = models.CharField("tên", max_length=120)
    kind = models.CharField("loại", max_length=12, choices=PlaceKind.choices)
    parent = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="thuộc")
    folded = models.CharField("tên để tìm", max_length=120, editable=False, db_index=True)
    sorting = models.CharField("khóa xếp", max_length=600, editable=False)
    note = models.TextField("ghi chú", blank=True)

    class Meta:
        verbose_name = "phiên bản địa bàn"
        indexes = [models.Index(fields=["place", "valid_from"])]

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if self.name and not self.folded:
            self.folded, self.sorting = fold(self.name), sort_key(self.name)

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """Kind and name as papers write them: ``Xã Bảo Lạc``, ``Huyện Bảo Lạc``, ``Thành phố Cao Bằng``."""
        if self.kind == PlaceKind.NATION:
            return self.name
        if self.kind == PlaceKind.VILLAGE:
            return self.name if self.folded.startswith(VILLAGE_WORDS) else f"Xóm {self.name}"
        return f"{'Thành phố' if self.kind in CITIES else PlaceKind(self.kind).label} {self.name}"


class PlaceCode(Dated, ExternalCode):
    """A code of a scheme (``GSO``: the statistics office) and the place that bears it for some days."""

    identity = models.ForeignKey(Place, models.PROTECT, related_name="codes", verbose_name="địa bàn")

    class Meta:
        verbose_name = "mã địa bàn"
        indexes = [models.Index(fields=["scheme", "code"])]


class ReorganisationKind(models.TextChoices):
    MERGE = "merge", "Nhập"
    SPLIT = "split", "Chia, tách"
    REARRANGE = "rearrange", "Nhập và chia"  # several places, whole or in parts, become several
    ABOLISH = "abolish", "Bỏ cấp, giải thể"


class Reorganisation(Kept):
    """An event that ends identities: one clause of one instrument on one day."""

    kind = models.CharField("loại", max_length=10, choices=ReorganisationKind.choices)
    effective = models.DateField("có hiệu lực từ")
    cites = models.CharField("căn cứ", max_length=60)
    clause = models.CharField("khoản", max_length=20, blank=True)

    class Meta:
        verbose_name = "sắp xếp địa bàn"

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.cites} khoản {self.clause}".strip()


class Succession(Dated):
    """Part of a predecessor that went to a successor; no successor: the place was abolished and nobody took it over.

    ``share_*`` is the part of the predecessor that went there; without it a split "needs a share". ``origin_*`` is the
    part of the successor's totals that came from the predecessor; without it nothing goes back past a merger.
    """

    event = models.ForeignKey(Reorganisation, models.PROTECT, related_name="successions", verbose_name="sắp xếp")
    predecessor = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name="từ")
    successor = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="vào")
    share_numerator = models.PositiveIntegerField("tỷ phần: tử số", null=True, blank=True)
    share_denominator = models.PositiveIntegerField("tỷ phần: mẫu số", null=True, blank=True)
    origin_numerator = models.PositiveIntegerField("phần gốc: tử số", null=True, blank=True)
    origin_denominator = models.PositiveIntegerField("phần gốc: mẫu số", null=True, blank=True)

    class Meta:
        verbose_name = "kế thừa địa bàn"

    def __str__(self) -> str:
        return f"{self.predecessor_id} → {self.successor_id}"

    @property
    def share(self) -> Fraction | None:
        """Part of the predecessor that went to the successor, where known."""
        return Fraction(self.share_numerator or 0, self.share_denominator) if self.share_denominator else None

    @property
    def origin(self) -> Fraction | None:
        """Part of the successor's totals that came from the predecessor, where known."""
        return Fraction(self.origin_numerator or 0, self.origin_denominator) if self.origin_denominator else None


class PlaceClass(Dated):
    """A class given to a place by a decision for some days: zone I/II/III, border, safe zone, poor district."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="classes", verbose_name="địa bàn")
    scheme = models.CharField("phân loại", max_length=30)
    value = models.CharField("giá trị", max_length=30)
    cites = models.CharField("căn cứ", max_length=120)
    source = models.CharField("nguồn", max_length=30, blank=True)

    class Meta:
        verbose_name = "phân loại địa bàn"

    def __str__(self) -> str:
        return f"{self.place_id} {self.scheme} {self.value}"

"""Tables of bodies: agencies, officials, posts; the batches in which things are handed in."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from vungcao.evidence.actions import Snapshot
from vungcao.evidence.keeping import Dated, Kept
from vungcao.kernel.external import ExternalCode
from vungcao.kernel.vietnamese import fold
from vungcao.law.models import Confidence


class BodyKind(models.TextChoices):
    """What a body is; the order of reporters is given by these kinds."""

    NOT_DIVIDED = "not_divided", "Không chia theo đơn vị"
    CENTRAL = "central", "Cơ quan trung ương"
    COUNCIL = "council", "Hội đồng nhân dân"
    PROVINCE = "province", "Ủy ban nhân dân tỉnh"
    BOARD = "board", "Cơ quan công tác dân tộc"
    DEPARTMENT = "department", "Sở, ban, ngành"
    DISTRICT = "district", "Ủy ban nhân dân huyện, thành phố"
    COMMUNE = "commune", "Ủy ban nhân dân xã, phường, thị trấn"
    TREASURY = "treasury", "Kho bạc Nhà nước"
    FINANCE = "finance", "Cơ quan tài chính"
    OWNER = "owner", "Ban quản lý dự án, chủ đầu tư khác"
    PRESS = "press", "Báo chí, văn bản công bố"


class Body(Kept):
    """An agency as an identity; ``*`` is the reserved member "not divided by body"."""

    key = models.CharField("khóa", max_length=40, unique=True)

    class Meta:
        verbose_name = "cơ quan, đơn vị"

    def __str__(self) -> str:
        return self.key


class BodyVersion(Dated):
    """Name, kind, superior and seat of a body for some days."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="versions", verbose_name="đơn vị")
    name = models.CharField("tên", max_length=200)
    kind = models.CharField("loại", max_length=12, choices=BodyKind.choices)
    parent = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="cấp trên")
    place = models.ForeignKey(
        "territory.Place", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="địa bàn"
    )
    folded = models.CharField("tên để tìm", max_length=200, editable=False, db_index=True)
    also = models.JSONField("tên gọi khác", default=list, blank=True)
    confidence = models.CharField("độ chắc chắn", max_length=10, choices=Confidence.choices, default=Confidence.SOURCED)
    cites = models.TextField("căn cứ", blank=True)

    class Meta:
        verbose_name = "phiên bản đơn vị"

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if self.name and not self.folded:
            self.folded = fold(self.name)

    def __str__(self) -> str:
        return self.name


class BodyCode(Dated, ExternalCode):
    """A code of a scheme (``QHNS``: budget-user code, ``KBNN``) and the body that bears it for some days."""

    identity = models.ForeignKey(Body, models.PROTECT, related_name="codes", verbose_name="đơn vị")

    class Meta:
        verbose_name = "mã đơn vị"


class Official(Kept):
    """A person in office; posts and reach are dated rows."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="official", verbose_name="tài khoản"
    )
    name = models.CharField("họ tên", max_length=120)

    class Meta:
        verbose_name = "cán bộ, công chức"

    def __str__(self) -> str:
        return self.name

    @property
    def snapshot(self) -> Snapshot:
        """Who signs an act now: the first post in force, as text."""
        from vungcao.bodies.queries import posting_today  # the query needs this model

        posting, body_name = posting_today(self)
        return Snapshot(self.name, posting.post if posting else "", body_name, self.user_id)


class Role(models.TextChoices):
    ENTRY = "entry", "Nhập số liệu của đơn vị"
    SPECIALIST = "specialist", "Chuyên viên tổng hợp"
    LEADER = "leader", "Lãnh đạo"
    READER = "reader", "Chỉ xem"
    ADMIN = "admin", "Quản trị hệ thống"


class Subject(models.TextChoices):
    """An area of work: a post may be for some of them only."""

    MONEY = "money", "Vốn, giải ngân, đối chiếu"
    INDICATORS = "indicators", "Chỉ tiêu, số đếm"
    PAPERS = "papers", "Văn bản, báo cáo"
    OVERSIGHT = "oversight", "Thanh tra, kiểm tra, đơn thư"
    STAFF = "staff", "Cơ quan, cán bộ, tài khoản"
    RULES = "rules", "Quy định, danh mục"


class Posting(Dated):
    """A post held in a body for some days, with the area it reaches. No posting: nothing is visible."""

    official = models.ForeignKey(Official, models.PROTECT, related_name="postings", verbose_name="cán bộ")
    body = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name="đơn vị")
    post = models.CharField("chức vụ", max_length=120)
    role = models.CharField("vai trò", max_length=12, choices=Role.choices)
    reach = models.ForeignKey("territory.Place", models.PROTECT, related_name="+", verbose_name="địa bàn được xem")
    subjects = models.JSONField("lĩnh vực công việc", default=list, blank=True)  # none named: all of them

    class Meta:
        verbose_name = "vị trí công tác"

    def __str__(self) -> str:
        return f"{self.official_id} {self.post}"

    def is_for(self, subject: str) -> bool:
        """Is this area of work one of the post's?"""
        return not self.subjects or subject in self.subjects


class DelegationKind(models.TextChoices):
    DELEGATED = "delegated", "Được ủy quyền"
    ACTING = "acting", "Giao quyền, giao phụ trách"


class Delegation(Dated):
    """For some days another official acts in a post, by a paper that says so. It has a first and a last day."""

    posting = models.ForeignKey(Posting, models.PROTECT, related_name="delegations", verbose_name="vị trí công tác")
    deputy = models.ForeignKey(Official, models.PROTECT, related_name="delegations", verbose_name="người làm thay")
    kind = models.CharField("hình thức", max_length=10, choices=DelegationKind.choices)
    cites = models.TextField("theo văn bản")

    class Meta:
        verbose_name = "ủy quyền, giao phụ trách"

    def __str__(self) -> str:
        return f"{self.deputy_id} {self.kind} {self.posting_id}"


class AccessKey(Dated):
    """With it a program reads in an official's name for some days; what is kept of the key is its hash."""

    official = models.ForeignKey(Official, models.PROTECT, related_name="keys", verbose_name="cán bộ")
    name = models.CharField("dùng cho việc", max_length=80)
    digest = models.CharField("mã băm của khóa", max_length=64, unique=True)

    class Meta:
        verbose_name = "khóa truy cập"

    def __str__(self) -> str:
        return self.name


class BatchState(models.TextChoices):
    """States a batch reaches, in their order; ``returned`` and ``superseded`` leave the line."""

    DRAFT = "draft", "Nháp"
    SIGNED = "signed", "Thủ trưởng đơn vị đã ký"
    SENT = "sent", "Đã gửi"
    RECEIVED = "received", "Đã tiếp nhận"
    RECONCILED = "reconciled", "Đã đối chiếu"
    CONSOLIDATED = "consolidated", "Đã tổng hợp"
    CLOSED = "closed", "Đã khóa kỳ"
    RETURNED = "returned", "Trả lại"
    SUPERSEDED = "superseded", "Đã bị thay thế"


STATE_LINE = [
    BatchState.DRAFT,
    BatchState.SIGNED,
    BatchState.SENT,
    BatchState.RECEIVED,
    BatchState.RECONCILED,
    BatchState.CONSOLIDATED,
    BatchState.CLOSED,
]


class Batch(Kept):
    """Something handed in: for which body and period, from which file and sheet. Facts point to it."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name="đơn vị gửi")
    kind = models.CharField("loại", max_length=30)
    period = models.CharField("kỳ", max_length=10, blank=True)
    source = models.ForeignKey("evidence.Source", models.PROTECT, related_name="+", verbose_name="nguồn")
    sheet = models.CharField("trang tính", max_length=80, blank=True)

    class Meta:
        verbose_name = "lần gửi"

    def __str__(self) -> str:
        return f"{self.kind} {self.period} {self.body_id}"


class BatchEvent(Kept):
    """A batch reached a state, or left the line, with a reason."""

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="events", verbose_name="lần gửi")
    state = models.CharField("trạng thái", max_length=12, choices=BatchState.choices)
    reason = models.TextField("lý do", blank=True)

    class Meta:
        verbose_name = "bước xử lý lần gửi"

    def __str__(self) -> str:
        return f"{self.batch_id} {self.state}"

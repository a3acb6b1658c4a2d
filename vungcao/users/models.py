"""The account a person signs in with, and the log of who came to the door."""

from __future__ import annotations

from functools import cache
from typing import Any, ClassVar, Final

from django.conf import settings
from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from vungcao.kernel.put_once import PutOnce, Word


class Accounts(UserManager["User"]):
    """Asked for by its key (each request does), an account comes with what stands one to one with it: whose it is."""

    use_in_migrations = False

    def get(self, *args: Any, **said: Any) -> User:
        if type(self) is not Accounts or args or said.keys() != {"pk"}:  # of a group, say: only those in it
            return super().get(*args, **said)
        found = _by_key().ask(**said)
        if not found:
            raise User.DoesNotExist(f"no account {said['pk']}")
        return found[0]


@cache
def _by_key() -> PutOnce[User]:
    beside = [one.name for one in User._meta.related_objects if one.one_to_one]
    return PutOnce(User.objects.select_related(*beside).filter(pk=Word("pk", models.BigIntegerField())))


class User(AbstractUser):
    """Ours from the first migration, so that it can grow; a person's post and reach stand in ``bodies``.

    ``password_given_at``: when somebody else chose the password that stands; null once its owner has chosen one.
    """

    password_given_at = models.DateTimeField("người khác đặt mật khẩu lúc", null=True, blank=True)
    is_demo = models.BooleanField("là tài khoản dùng thử", default=False, db_default=False)

    objects: ClassVar[Accounts] = Accounts()

    class Meta(AbstractUser.Meta):
        verbose_name = "tài khoản"
        verbose_name_plural = "tài khoản"

    @property
    def must_choose_password(self) -> bool:
        """Somebody else knows the password; accounts for trying out are made to be shared."""
        return self.password_given_at is not None and not self.is_demo


class EventKind(models.TextChoices):
    """What happened at the door."""

    SIGNED_IN = "signed_in", _("Đăng nhập")
    FAILED = "failed", _("Mật khẩu sai")
    CODE_FAILED = "code_failed", _("Bước thứ hai sai")
    LOCKED = "locked", _("Tạm khóa")
    UNLOCKED = "unlocked", _("Mở khóa")
    SIGNED_OUT = "signed_out", _("Đăng xuất")
    PASSWORD_CHANGED = "password_changed", _("Đổi mật khẩu")
    PASSWORD_GIVEN = "password_given", _("Được cấp mật khẩu lần đầu")
    FACTOR_ADDED = "factor_added", _("Thêm cách xác thực")
    FACTOR_REMOVED = "factor_removed", _("Gỡ cách xác thực")
    CODES_RENEWED = "codes_renewed", _("Tạo lại mã dự phòng")
    SESSIONS_ENDED = "sessions_ended", _("Kết thúc phiên")
    LINKED = "linked", _("Gắn với hệ thống định danh")
    NOT_LINKED = "not_linked", _("Định danh chưa gắn tài khoản")


MEANS: Final = {
    "password": _("mật khẩu"),
    "totp": _("ứng dụng sinh mã"),
    "recovery_codes": _("mã dự phòng"),
    "webauthn": _("khóa đăng nhập"),
    "first_password": _("mật khẩu lần đầu đã hết hạn"),
    "code": _("bước thứ hai"),
    "unknown": _("tên không có trong danh sách"),
    "dinh-danh": _("hệ thống định danh"),
}


class SignInEvent(models.Model):
    """One thing that happened at the door. Says who, from where and by which means; never a password or a code.

    No act: most of these are not done *in* the system, and a wrong guess must not number the order of knowledge.
    What an administrator does to an account is an act as well (``bodies.accounts``).
    """

    at = models.DateTimeField("lúc", auto_now_add=True, db_index=True)
    kind = models.CharField("việc", max_length=20, choices=EventKind.choices)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="tài khoản"
    )
    account = models.CharField("tên đăng nhập khi ấy", max_length=150, blank=True)
    address = models.GenericIPAddressField("địa chỉ máy", null=True, blank=True)
    device = models.CharField("thiết bị", max_length=80, blank=True)
    means = models.CharField("bằng", max_length=40, blank=True)

    class Meta:
        verbose_name = "sự kiện đăng nhập"
        verbose_name_plural = "sự kiện đăng nhập"
        indexes = [models.Index(fields=["account", "at"])]

    def __str__(self) -> str:
        return f"{self.at:%d/%m/%Y %H:%M} {self.account} {self.kind}"

    @property
    def means_said(self) -> str:
        """By which means, in words: ``mật khẩu + ứng dụng sinh mã``."""
        return " + ".join(str(MEANS.get(one, one)) for one in self.means.split(" + ") if one)

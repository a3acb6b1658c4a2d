"""Where allauth asks the house: who may open an account (nobody), what is said, how secrets are kept."""

from __future__ import annotations

import re
from typing import Any, Final

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from vungcao.users import client, events, sealing
from vungcao.users.models import EventKind, User

MESSAGES: Final[dict[str, Promise]] = {
    "account/messages/password_changed.txt": _("Đã đổi mật khẩu. Các phiên khác của tài khoản đã bị kết thúc."),
    "mfa/messages/totp_activated.txt": _("Đã bật ứng dụng sinh mã. Lần đăng nhập sau sẽ hỏi mã."),
    "mfa/messages/totp_deactivated.txt": _("Đã gỡ ứng dụng sinh mã."),
    "mfa/messages/recovery_codes_generated.txt": _("Đã tạo bộ mã dự phòng."),
    "mfa/messages/webauthn_added.txt": _("Đã thêm khóa đăng nhập."),
    "mfa/messages/webauthn_removed.txt": _("Đã gỡ khóa đăng nhập."),
    "usersessions/messages/sessions_logged_out.txt": _("Đã kết thúc các phiên khác."),
}
WRONG: Final = _("Tên đăng nhập hoặc mật khẩu chưa đúng. Mật khẩu phân biệt chữ hoa, chữ thường.")
WRONG_CODE: Final = _("Mã chưa đúng hoặc đã hết hạn. Hãy nhập mã đang hiện.")
WAIT: Final = _("Thử quá nhiều lần trong thời gian ngắn. Hãy chờ vài phút.")


class OfficeAccounts(DefaultAccountAdapter):
    """Accounts are made by the office; nothing is ever sent by mail."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("Tài khoản này đã ngừng sử dụng."),
        "enter_current_password": _("Mật khẩu đang dùng chưa đúng."),
        "incorrect_password": _("Mật khẩu chưa đúng."),
        "incorrect_code": WRONG_CODE,
        "invalid_login": WRONG,
        "username_password_mismatch": WRONG,
        "too_many_login_attempts": WAIT,
        "rate_limited": WAIT,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Tries are counted by axes, in the database: every process of the site sees the same count."""

    def get_client_ip(self, request: HttpRequest) -> str:
        return client.address(request) or "0.0.0.0"

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Only our own sentences; what has none is not worth a line."""
        said = message or MESSAGES.get(message_template or "")
        if said:
            messages.add_message(request, level, str(said), extra_tags=extra_tags)

    def set_password(self, user: Any, password: str) -> None:
        """Its owner has chosen it: nobody else knows it."""
        user.password_given_at = None
        super().set_password(user, password)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account")

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """No flow depends on mail, so none is sent."""

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        words = {
            "reauthenticate": _("Bằng mật khẩu"),
            "mfa_reauthenticate": _("Bằng mã của ứng dụng hoặc mã dự phòng"),
            "mfa_reauthenticate:webauthn": _("Bằng khóa đăng nhập"),
        }
        methods = super().get_reauthentication_methods(user)
        if user.is_authenticated and not methods:
            raise PermissionDenied(
                gettext(
                    "Tài khoản này đăng nhập qua hệ thống định danh, không có mật khẩu riêng, "
                    "nên ở đây không xác nhận lại được. Nếu cần bước thứ hai ở đây, "
                    "đề nghị người quản trị hệ thống cấp mật khẩu lần đầu."
                )
            )
        return [{**one, "description": words[one["id"]]} for one in methods if one["id"] in words]


class SecondFactor(DefaultMFAAdapter):
    """TOTP, recovery codes and passkeys: secrets encrypted, QR without style or script, Vietnamese words."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": WRONG_CODE,
        "cannot_delete_authenticator": _("Không gỡ được cách xác thực này."),
        "cannot_generate_recovery_codes": _("Mã dự phòng chỉ có khi đã bật ứng dụng sinh mã hoặc khóa đăng nhập."),
    }

    def encrypt(self, text: str) -> str:
        return sealing.seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return sealing.unseal(encrypted_text)

    def get_totp_label(self, user: Any) -> str:
        return str(user.get_username())

    def get_totp_issuer(self) -> str:
        return "Vùng Cao"

    def build_totp_svg(self, url: str) -> SafeString:
        """An ``<svg>`` to stand in the page: no XML head, sized by the stylesheet."""
        drawn = re.sub(r"<\?xml.*?\?>\s*", "", super().build_totp_svg(url))
        return mark_safe(re.sub(r' (?:width|height)="[\d.]+mm"', "", drawn, count=2))

    def generate_authenticator_name(self, user: Any, type: Authenticator.Type) -> str:  # the library's own name
        held = Authenticator.objects.filter(user=user, type=type).count()
        return str(_("Khóa số %(number)s") % {"number": held + 1})

    def _get_site_name(self) -> str:
        return "Vùng Cao"

    def _get_user_identifier(self, user: Any) -> str:
        return str(user.get_username())


class LinkedOnly(DefaultSocialAccountAdapter):
    """The identity provider vouches for a person; which account is his was said by the office beforehand."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        events.note(EventKind.NOT_LINKED, request=request, means=sociallogin.account.provider)
        return False

    def can_authenticate_by_email(self, login: Any, email: str) -> bool:
        """Only an address that the office has written to an account; once a subject is known, only that subject."""
        linked = User.objects.filter(is_active=True, emailaddress__email__iexact=email, emailaddress__verified=True)
        return linked.exclude(socialaccount__provider=login.account.provider).exists()

    def on_authentication_error(self, request: HttpRequest, provider: Any, **_more: Any) -> None:
        events.note(EventKind.FAILED, request=request, means=getattr(provider, "id", ""))

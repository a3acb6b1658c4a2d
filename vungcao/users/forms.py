"""The forms of the door and of one's own account, in Vietnamese."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from allauth.account import forms as account
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as mfa
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from vungcao.users import events
from vungcao.users.locks import code_locked_until
from vungcao.users.models import EventKind, User
from vungcao.users.spent import spend

FIRST_PASSWORD_HOLDS: Final = timedelta(days=7)
CODE: Final = {"inputmode": "numeric", "autocomplete": "one-time-code", "spellcheck": "false"}
EMPTY: Final = {"required": _("Không được để trống ô này.")}


def _rules() -> str:
    return " ".join(password_validation.password_validators_help_texts())


def _is_stale(user: User) -> bool:
    given = user.password_given_at
    return given is not None and user.must_choose_password and timezone.now() - given > FIRST_PASSWORD_HOLDS


def _password(field: forms.Field, label: Any, *, required: Any = None) -> None:
    """Our words on one of the library's password fields; no placeholder, which is no label."""
    field.label = label
    field.help_text = ""
    field.widget.attrs.pop("placeholder", None)
    field.error_messages["required"] = required or EMPTY["required"]


class SignInForm(account.LoginForm):
    """Name and password; it never says which of the two was wrong."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = forms.CharField(
            label=_("Tên đăng nhập"),
            max_length=150,
            error_messages={"required": _("Hãy nhập tên đăng nhập.")},
            widget=forms.TextInput(
                attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false", "autofocus": True}
            ),
        )
        _password(self.fields["password"], _("Mật khẩu"), required=_("Hãy nhập mật khẩu."))

    def add_prefix(self, field_name: str) -> str:
        """The field is called ``username`` outside, as password keepers expect."""
        return "username" if field_name == "login" else super().add_prefix(field_name)

    def clean(self) -> dict[str, Any]:
        """As the library's, and a first password is only good for some days."""
        said: dict[str, Any] = super().clean()
        if isinstance(self.user, User) and _is_stale(self.user):
            events.note(EventKind.FAILED, request=self.request, user=self.user, means="first_password")
            raise ValidationError(
                gettext(
                    "Mật khẩu lần đầu chỉ dùng trong 7 ngày và đã hết hạn. "
                    "Đề nghị người quản trị hệ thống của cơ quan cấp lại."
                )
            )
        return said


class NewPasswordForm(account.ChangePasswordForm):
    """The password that stands, then the new one twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _password(self.fields["oldpassword"], _("Mật khẩu đang dùng"))
        _password(self.fields["password1"], _("Mật khẩu mới"))
        _password(self.fields["password2"], _("Gõ lại mật khẩu mới"))
        self.fields["password1"].help_text = lazy(_rules, str)()

    def clean(self) -> dict[str, Any]:
        """What is new must be new, and typed alike twice."""
        said = forms.Form.clean(self) or {}
        old, one, two = (said.get(name) for name in ("oldpassword", "password1", "password2"))
        if one and two and one != two:
            self.add_error("password2", gettext("Hai lần gõ mật khẩu mới chưa giống nhau."))
        if one and one == old:
            self.add_error("password1", gettext("Mật khẩu mới phải khác mật khẩu đang dùng."))
        return said


class PasswordAgainForm(account.ReauthenticateForm):
    """Before a sensitive page."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _password(self.fields["password"], _("Mật khẩu"), required=_("Hãy nhập mật khẩu."))


class _Code:
    """A code of the app or from the list; five wrong ones shut the second step for a while."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["code"]  # type: ignore[attr-defined]
        field.label = _("Mã 6 số của ứng dụng, hoặc một mã dự phòng")
        field.widget.attrs = {**CODE, "autofocus": True}
        field.error_messages["required"] = _("Hãy nhập mã.")

    def clean_code(self) -> str:
        user: User = self.user  # type: ignore[attr-defined]
        if until := code_locked_until(user):
            raise ValidationError(
                gettext("Sai mã nhiều lần: bước thứ hai tạm khóa đến %(until)s.")
                % {"until": date_format(timezone.localtime(until), "H:i d/m/Y")}
            )
        try:
            return self._opened()
        except ValidationError:
            if code_locked_until(user):
                events.note(EventKind.LOCKED, user=user, means="code")
            raise

    def _opened(self) -> str:
        """The code, used up. Raises ``ValidationError`` for one that does not open, told to the log."""
        code = str(super().clean_code())  # type: ignore[misc]
        factor: Authenticator = self.authenticator  # type: ignore[attr-defined]
        if factor.type == Authenticator.Type.TOTP and not spend(factor, code):
            self._emit_authentication_failed(factor)  # type: ignore[attr-defined]
            raise get_adapter().validation_error("incorrect_code")
        return code


class SecondStepForm(_Code, mfa.AuthenticateForm):
    """The second step of a sign-in."""


class CodeAgainForm(_Code, mfa.ReauthenticateForm):
    """A code before a sensitive page."""


class TurnOnCodesForm(totp.ActivateTOTPForm):
    """The first code shows that the app holds the secret."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Mã 6 số ứng dụng đang hiện")
        self.fields["code"].widget.attrs = dict(CODE)
        self.fields["code"].error_messages["required"] = _("Hãy nhập mã.")


class AddPasskeyForm(webauthn.AddWebAuthnForm):
    """Its name; the credential is filled in by the browser."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Tên khóa")
        self.fields["name"].help_text = _("Để nhận ra sau này, ví dụ: máy bàn ở phòng, điện thoại.")
        self.fields["name"].widget.attrs["maxlength"] = 60
        self.fields["passwordless"].label = _("Đăng nhập chỉ bằng khóa này, không cần mật khẩu")
        self.fields["passwordless"].help_text = _("Máy sẽ hỏi vân tay, khuôn mặt hoặc mã PIN của khóa.")
        self.fields["passwordless"].initial = True
        self.fields["credential"].error_messages["required"] = _("Trình duyệt chưa gửi khóa nào. Hãy thử lại.")


class RenamePasskeyForm(webauthn.EditWebAuthnForm):
    """Another name for a passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Tên khóa")
        self.fields["name"].widget.attrs["maxlength"] = 60
        self.fields["name"].error_messages.update(EMPTY)

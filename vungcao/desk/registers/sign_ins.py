"""An official's sign-in on his page, and what an administrator does of it: open a lock, a first password anew, stop."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from allauth.mfa.models import Authenticator
from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from vungcao.bodies import accounts, rights
from vungcao.bodies.models import Official, Posting
from vungcao.desk.registers.declaring import AskedForm, Doing, Part, RegisterForm
from vungcao.desk.registers.staff import RECORDS
from vungcao.kernel.refusal import Refusal
from vungcao.territory.queries import tree
from vungcao.users import locks
from vungcao.users.models import MEANS, User

UNLOCK, PASSWORD, FACTORS, SESSIONS, STOP, RESUME = "unlock", "password", "factors", "sessions", "stop", "resume"
WORDS: Final = {
    UNLOCK: _("Mở khóa đăng nhập"),
    PASSWORD: _("Cấp lại mật khẩu lần đầu"),
    FACTORS: _("Gỡ bước thứ hai (mất điện thoại, mất mã)"),
    SESSIONS: _("Kết thúc mọi phiên"),
    STOP: _("Ngừng tài khoản"),
    RESUME: _("Cho dùng lại tài khoản"),
}


class SignInHelpForm(AskedForm):
    """One thing done to the account, and why."""

    what = forms.ChoiceField(label=_("Việc"))
    password = forms.CharField(
        label=_("Mật khẩu lần đầu"),
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("chỉ khi cấp lại mật khẩu; dùng trong 7 ngày, phải đổi khi đăng nhập"),
    )
    reason = forms.CharField(label=_("Lý do"), max_length=200)

    def prepare(self) -> None:
        open_ = (UNLOCK, PASSWORD, FACTORS, SESSIONS, STOP) if self.row.user.is_active else (RESUME,)
        self.choose("what", [(one, WORDS[one]) for one in open_])

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("what") == PASSWORD and not said.get("password"):
            self.add_error("password", gettext("Hãy nhập mật khẩu lần đầu để đưa cho người ấy."))
        return said


def _help(doing: Doing) -> int:
    user: User = doing.row.user
    if not is_in_hand(doing.row, doing.by):
        raise Refusal(gettext("Người này vừa có vị trí công tác ngoài phạm vi của bạn."))
    does: dict[str, Callable[[], object]] = {
        UNLOCK: lambda: accounts.unlock(user, by=doing.by),
        PASSWORD: lambda: accounts.give_first_password(user, by=doing.by, password=doing.said["password"]),
        FACTORS: lambda: accounts.remove_second_factors(user, by=doing.by),
        SESSIONS: lambda: accounts.end_sessions(user, by=doing.by),
        STOP: lambda: accounts.stop(user, active=False, by=doing.by),
        RESUME: lambda: accounts.stop(user, active=True, by=doing.by),
    }
    does[doing.said["what"]]()
    key: int = doing.row.pk
    return key


def is_in_hand(row: Any, asker: Official) -> bool:
    """May the asker touch this sign-in? Not his own, and of nobody who acts, today or later, beyond the asker's reach:
    with another's password he would have another's rights.
    """
    if row.pk == asker.pk:
        return False
    today = timezone.localdate()
    reach, places = rights.reach_for(asker, RECORDS, today), tree(today)
    ahead = Q(valid_to=None) | Q(valid_to__gt=today)
    own = Posting.objects.standing().filter(ahead, official=row.pk)
    acted = Posting.objects.standing().filter(
        ahead, delegations__deputy=row.pk, delegations__ended_by=None, delegations__valid_to__gt=today
    )
    return all(reach.sees(place, body, places) for place, body in own.union(acted).values_list("reach", "body"))


def sign_in(row: Any) -> Part:
    """How the account stands."""
    user: User = row.user
    until = locks.locked_until(user)
    state = (
        gettext("đã ngừng") if not user.is_active
        else gettext("tạm khóa đến %(until)s") % {"until": date_format(timezone.localtime(until), "H:i d/m/Y")} if until
        else gettext("phải đổi mật khẩu lần đầu") if user.must_choose_password
        else gettext("đang dùng")
    )  # fmt: skip
    held = sorted(set(Authenticator.objects.filter(user=user).values_list("type", flat=True)))
    factors = ", ".join(f"{MEANS.get(one, one)}" for one in held) or gettext("chưa có")
    last = date_format(timezone.localtime(user.last_login), "H:i d/m/Y") if user.last_login else gettext("chưa lần nào")
    heads = [gettext("Tình trạng tài khoản"), gettext("Bước thứ hai"), gettext("Đăng nhập gần nhất")]
    return Part("sign-in", gettext("Đăng nhập"), heads, [[state, factors, last]])


HELPS: Final = RegisterForm(
    "dang-nhap", _("Giúp đăng nhập, ngừng tài khoản"), "account.helped", SignInHelpForm, _help, is_on_row=True,
    fits=is_in_hand,
)  # fmt: skip

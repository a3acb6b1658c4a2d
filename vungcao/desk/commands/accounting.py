"""``vungcao account``: who may sign in, and what an administrator does when somebody can't. Never prints a password
that stands: a first password is made, printed once, and must be changed."""

from __future__ import annotations

import argparse
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from vungcao.bodies import accounts, queries
from vungcao.bodies import actions as bodies
from vungcao.bodies.models import Official, Role
from vungcao.desk.commands.importing import OPERATOR
from vungcao.desk.commands.printing import as_json, console, table
from vungcao.evidence import chain
from vungcao.kernel.refusal import Refusal
from vungcao.territory.queries import place
from vungcao.users import events, locks
from vungcao.users.models import SignInEvent, User

LATEST = 50


def account(args: argparse.Namespace) -> int:
    """List, or do one thing to one account."""
    if args.log:
        return _log(args)
    if args.forget_log:
        return _forget_log(args)
    if not args.name:
        return _list(args)
    said = _create(args) if args.create else _do(accounts.account(args.name), args)
    chain.extend()
    if args.json:
        as_json({"account": _row(accounts.account(args.name)), **said})
        return 0
    for sentence in said["said"]:
        console.print(sentence, markup=False, soft_wrap=True)
    return 0


def _do(user: User, args: argparse.Namespace) -> dict[str, Any]:
    said: list[str] = []
    more: dict[str, Any] = {"said": said}
    if args.unlock:
        accounts.unlock(user, by=OPERATOR)
        said.append(_("Đã mở khóa đăng nhập của %(username)s.") % {"username": user.username})
    if args.remove_factors:
        gone = accounts.remove_second_factors(user, by=OPERATOR)
        said.append(
            _("Đã gỡ %(gone)s cách xác thực thứ hai của %(username)s; các phiên đã kết thúc.")
            % {"gone": gone, "username": user.username}
        )
    if args.end_sessions:
        said.append(
            _("Đã kết thúc %(count)s phiên của %(username)s.")
            % {"count": accounts.end_sessions(user, by=OPERATOR), "username": user.username}
        )
    if args.stop or args.resume:
        accounts.stop(user, active=bool(args.resume), by=OPERATOR)
        said.append(
            _("Tài khoản %(username)s %(resume)s.")
            % {"username": user.username, "resume": _("dùng lại được") if args.resume else _("đã ngừng")}
        )
    if args.unlink:
        accounts.unlink(user, by=OPERATOR)
        said.append(_("Đã bỏ gắn %(username)s với hệ thống định danh.") % {"username": user.username})
    if args.link:
        accounts.link(user, args.link, by=OPERATOR)
        said.append(_("Đã gắn %(username)s với hệ thống định danh.") % {"username": user.username})
    if args.first_password:
        more["first_password"] = accounts.give_first_password(user, by=OPERATOR)
        said.append(_first(user.username, more["first_password"]))
    if not said:
        row = _row(user)
        said += [
            f"{user.username}: {row['state']}",
            _("Bước thứ hai: %(factors)s") % {"factors": ", ".join(row["factors"]) or _("chưa có")},
        ]
    return more


def _create(args: argparse.Namespace) -> dict[str, Any]:
    missing = [f"--{one}" for one in ("named", "body", "post", "role", "reach") if not getattr(args, one)]
    if missing:
        raise Refusal(_("Để lập tài khoản còn thiếu: %(missing)s.") % {"missing": ", ".join(missing)})
    seat, area = queries.body(args.body), place(args.reach, timezone.localdate())
    if seat is None or area is None:
        raise Refusal(
            _("Không có mã %(what)s “%(what_2)s”.")
            % {
                "what": _("đơn vị") if seat is None else _("địa bàn"),
                "what_2": args.body if seat is None else args.reach,
            }
        )
    password = accounts.new_password()
    bodies.create_official(
        username=args.name,
        name=args.named,
        password=password,
        body=seat,
        post=args.post,
        role=args.role,
        reach=area,
        by=OPERATOR,
        on=timezone.localdate(),
    )
    return {
        "said": [_("Đã lập tài khoản %(name)s.") % {"name": args.name}, _first(args.name, password)],
        "first_password": password,
    }


def _first(username: str, password: str) -> str:
    return _(
        "Mật khẩu lần đầu của %(username)s: %(password)s  (chỉ in một lần, dùng trong 7 ngày, phải đổi khi đăng nhập)"
    ) % {"username": username, "password": password}


def _list(args: argparse.Namespace) -> int:
    locked = locks.locked_now()
    rows = [_row(one, locked) for one in User.objects.order_by("username")]
    if args.json:
        as_json({"accounts": rows})
        return 0
    cells = [
        (one["account"], one["name"], one["role"], one["state"], ", ".join(one["factors"]), one["last"]) for one in rows
    ]
    heads = ("Tài khoản", "Họ tên", "Vai trò", "Hiện nay", "Bước thứ hai", "Đăng nhập gần nhất")
    table(heads, cells, title=_("%(count)s tài khoản") % {"count": len(rows)})
    return 0


def _row(user: User, locked: dict[str, Any] | None = None) -> dict[str, Any]:
    locked = locks.locked_now() if locked is None else locked
    official = Official.objects.filter(user=user).first()
    posting = queries.posting_today(official)[0] if official else None
    until = locked.get(user.username)
    state = (
        _("đã ngừng") if not user.is_active
        else _("khóa đến %(localtime)s") % {"localtime": f'{timezone.localtime(until):%H:%M}'} if until
        else _("phải đổi mật khẩu") if user.must_choose_password
        else _("dùng thử") if user.is_demo
        else _("đang dùng")
    )  # fmt: skip
    return {
        "account": user.username,
        "name": official.name if official else "",
        "role": _(str(Role(posting.role).label)) if posting else "",
        "state": state,
        "factors": sorted({str(one) for one in Authenticator.objects.filter(user=user).values_list("type", flat=True)}),
        "last": f"{timezone.localtime(user.last_login):%d/%m/%Y %H:%M}" if user.last_login else "",
    }


def _log(args: argparse.Namespace) -> int:
    found = events.of(accounts.account(args.name)) if args.name else SignInEvent.objects.order_by("-at", "-pk")
    rows = list(found[: None if args.json else LATEST])
    if args.json:
        as_json({"events": [_event(one) for one in rows]})
        return 0
    heads = ("Lúc", "Tài khoản", "Việc", "Bằng", "Địa chỉ", "Thiết bị")
    cells = [tuple(_event(one)[key] for key in ("at", "account", "said", "by", "address", "device")) for one in rows]
    table(heads, cells, title=_("%(count)s sự kiện đăng nhập mới nhất") % {"count": len(rows)})
    return 0


def _forget_log(args: argparse.Namespace) -> int:
    gone = accounts.forget_door_log(on=timezone.localdate(), by=OPERATOR)
    chain.extend()
    if args.json:
        as_json({"forgotten": gone, "days": settings.DOOR_LOG_DAYS})
    else:
        console.print(
            _("Đã xóa %(gone)s sự kiện đăng nhập cũ hơn %(days)s ngày.")
            % {"gone": gone, "days": settings.DOOR_LOG_DAYS}
        )
    return 0


def _event(one: SignInEvent) -> dict[str, str]:
    return {
        "at": f"{timezone.localtime(one.at):%d/%m/%Y %H:%M:%S}",
        "account": one.account,
        "kind": one.kind,
        "said": _(str(one.get_kind_display())),
        "means": one.means,
        "by": one.means_said,
        "address": one.address or "",
        "device": one.device,
    }

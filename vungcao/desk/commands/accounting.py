"""``vungcao account``: who may sign in, and what an administrator does when somebody can't. Never prints a password
that stands: a first password is made, printed once, and must be changed."""

from __future__ import annotations

import argparse
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.utils import timezone

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
        said.append(f"Đã mở khóa đăng nhập của {user.username}.")
    if args.remove_factors:
        gone = accounts.remove_second_factors(user, by=OPERATOR)
        said.append(f"Đã gỡ {gone} cách xác thực thứ hai của {user.username}; các phiên đã kết thúc.")
    if args.end_sessions:
        said.append(f"Đã kết thúc {accounts.end_sessions(user, by=OPERATOR)} phiên của {user.username}.")
    if args.stop or args.resume:
        accounts.stop(user, active=bool(args.resume), by=OPERATOR)
        said.append(f"Tài khoản {user.username} {'dùng lại được' if args.resume else 'đã ngừng'}.")
    if args.unlink:
        accounts.unlink(user, by=OPERATOR)
        said.append(f"Đã bỏ gắn {user.username} với hệ thống định danh.")
    if args.link:
        accounts.link(user, args.link, by=OPERATOR)
        said.append(f"Đã gắn {user.username} với hệ thống định danh.")
    if args.first_password:
        more["first_password"] = accounts.give_first_password(user, by=OPERATOR)
        said.append(_first(user.username, more["first_password"]))
    if not said:
        row = _row(user)
        said += [f"{user.username}: {row['state']}", f"Bước thứ hai: {', '.join(row['factors']) or 'chưa có'}"]
    return more


def _create(args: argparse.Namespace) -> dict[str, Any]:
    missing = [f"--{one}" for one in ("named", "body", "post", "role", "reach") if not getattr(args, one)]
    if missing:
        raise Refusal(f"Để lập tài khoản còn thiếu: {', '.join(missing)}.")
    seat, area = queries.body(args.body), place(args.reach, timezone.localdate())
    if seat is None or area is None:
        raise Refusal(
            f"Không có mã {'đơn vị' if seat is None else 'địa bàn'} “{args.body if seat is None else args.reach}”."
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
    return {"said": [f"Đã lập tài khoản {args.name}.", _first(args.name, password)], "first_password": password}


def _first(username: str, password: str) -> str:
    return f"Mật khẩu lần đầu của {username}: {password}  (chỉ in một lần, dùng trong 7 ngày, phải đổi khi đăng nhập)"


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
    table(heads, cells, title=f"{len(rows)} tài khoản")
    return 0


def _row(user: User, locked: dict[str, Any] | None = None) -> dict[str, Any]:
    locked = locks.locked_now() if locked is None else locked
    official = Official.objects.filter(user=user).first()
    posting = queries.posting_today(official)[0] if official else None
    until = locked.get(user.username)
    state = (
        "đã ngừng" if not user.is_active
        else f"khóa đến {timezone.localtime(until):%H:%M}" if until
        else "phải đổi mật khẩu" if user.must_choose_password
        else "dùng thử" if user.is_demo
        else "đang dùng"
    )  # fmt: skip
    return {
        "account": user.username,
        "name": official.name if official else "",
        "role": str(Role(posting.role).label) if posting else "",
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
    table(heads, cells, title=f"{len(rows)} sự kiện đăng nhập mới nhất")
    return 0


def _forget_log(args: argparse.Namespace) -> int:
    gone = accounts.forget_door_log(on=timezone.localdate(), by=OPERATOR)
    chain.extend()
    if args.json:
        as_json({"forgotten": gone, "days": settings.DOOR_LOG_DAYS})
    else:
        console.print(f"Đã xóa {gone} sự kiện đăng nhập cũ hơn {settings.DOOR_LOG_DAYS} ngày.")
    return 0


def _event(one: SignInEvent) -> dict[str, str]:
    return {
        "at": f"{timezone.localtime(one.at):%d/%m/%Y %H:%M:%S}",
        "account": one.account,
        "kind": one.kind,
        "said": str(one.get_kind_display()),
        "means": one.means,
        "by": one.means_said,
        "address": one.address or "",
        "device": one.device,
    }

"""What can be said to ``vungcao account``."""

from __future__ import annotations

import argparse


def add_account(account: argparse.ArgumentParser) -> None:
    """One account, and what to do with it."""
    account.add_argument("name", nargs="?", metavar="TÀI_KHOẢN", help="tên đăng nhập; không ghi thì liệt kê")
    for flag, said in {
        "first-password": "cấp mật khẩu lần đầu, in một lần, phải đổi khi đăng nhập",
        "unlock": "mở khóa trước giờ",
        "remove-factors": "gỡ mọi cách xác thực thứ hai (mất điện thoại, mất mã)",
        "end-sessions": "đăng xuất khỏi mọi máy",
        "stop": "ngừng tài khoản",
        "resume": "cho dùng lại",
        "unlink": "bỏ gắn với hệ thống định danh",
        "log": "nhật ký đăng nhập của tài khoản này, hoặc của mọi tài khoản",
        "forget-log": "xóa nhật ký đăng nhập đã quá hạn lưu (VUNGCAO_DOOR_LOG_DAYS)",
        "create": "lập tài khoản cho cán bộ mới",
    }.items():
        account.add_argument(f"--{flag}", action="store_true", help=said)
    account.add_argument("--link", metavar="THƯ|MÃ", help="gắn thư điện tử công vụ hoặc mã định danh")
    account.add_argument("--named", metavar="HỌ_TÊN", help="khi lập: họ tên")
    account.add_argument("--body", metavar="MÃ", help="khi lập: mã đơn vị")
    account.add_argument("--post", metavar="CHỨC_VỤ", help="khi lập: chức vụ")
    account.add_argument(
        "--role", choices=["entry", "specialist", "leader", "reader", "admin"], help="khi lập: vai trò"
    )
    account.add_argument("--reach", metavar="MÃ", help="khi lập: mã địa bàn được xem")

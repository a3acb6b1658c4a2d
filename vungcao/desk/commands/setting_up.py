"""``vungcao setup`` and ``vungcao demo``."""

from __future__ import annotations

import argparse
import os
import secrets
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from vungcao.bodies import actions as bodies
from vungcao.bodies import loading as bodies_loading
from vungcao.bodies.models import Official, Role
from vungcao.bodies.queries import body
from vungcao.bodies.reach import Reach
from vungcao.cube.figures import FigureQuery, answer
from vungcao.cube.reconciling import findings
from vungcao.cube.sealed import sealing
from vungcao.desk.commands.asking import _show as show_answer
from vungcao.desk.commands.demo_dossiers import bring_dossiers
from vungcao.desk.commands.importing import OPERATOR, bring, show
from vungcao.desk.commands.printing import console
from vungcao.evidence import chain
from vungcao.evidence.actions import SYSTEM
from vungcao.evidence.models import Source
from vungcao.law import loading as law_loading
from vungcao.ledger import loading as ledger_loading
from vungcao.monitoring import loading as monitoring_loading
from vungcao.programme import loading as programme_loading
from vungcao.territory import loading as territory_loading
from vungcao.territory.queries import place

EXAMPLE = Path(settings.BASE_DIR) / "examples" / "cao-bang"
DOCUMENTS = EXAMPLE.with_name("so-van-ban")
DEMO_DAY = date(2021, 11, 15)
DEMO_REPORTS = (("annual", "2021", DEMO_DAY, "135"), ("monthly", "2024-12", date(2024, 12, 31), "1719"))


def holds_example() -> bool:
    """Does this base hold example papers? Then every page and print says so."""
    return Source.objects.filter(is_example=True).exists()


def setup(args: argparse.Namespace) -> int:
    """Migrate and load reference data; with ``--demo`` the example province and its accounts."""
    prepare()
    if args.demo:
        result = bring([EXAMPLE], commit=True)
        show(result)
        bring_documents()
        bring_dossiers()
        sealing.seal()
        show_accounts(demo_accounts())
    return 0


def prepare() -> None:
    """Tables, then reference data room by room; a second call changes nothing."""
    call_command("migrate", verbosity=0)
    steps: list[tuple[str, Callable[[], object]]] = [
        ("địa bàn", lambda: territory_loading.load(by=SYSTEM)),
        ("văn bản", lambda: law_loading.load(by=SYSTEM)),
        ("đơn vị", lambda: bodies_loading.load(by=SYSTEM)),
        ("chương trình", lambda: programme_loading.load(by=SYSTEM)),
        ("sổ vốn", lambda: ledger_loading.load(by=SYSTEM)),
        ("thống kê", lambda: monitoring_loading.load(by=SYSTEM)),
    ]
    for name, load in steps:
        with console.status(f"Nạp {name}"):
            changed = bool(load())
        console.print(f"✓ {name}{'' if changed else ' (đã có)'}")
    chain.extend()


def bring_documents() -> None:
    """The example registers of documents, into those of the Board; in first, for those out say what they answer."""
    from vungcao.desk.registers import documents_in, documents_out, importing

    board = body("BDT-04")
    if board is None:
        return
    for register, word in ((documents_in.REGISTER, "den"), (documents_out.REGISTER, "di")):
        for path in sorted(DOCUMENTS.glob(f"So van ban {word} *.xlsx")):
            reach = Reach.all_for_operator()
            done = importing.run(register, path, body=board, by=OPERATOR, reach=reach, commit=True)
            console.print(f"✓ {register.name}: {done.new} dòng mới, {done.same} dòng đã có")


def demo_accounts() -> dict[str, str]:
    """Accounts for trying out, with passwords made for this machine and kept in VUNGCAO_HOME (mode 600)."""
    kept = settings.HOME / "demo-accounts.txt"
    if kept.exists():
        return dict(line.split("\t") for line in kept.read_text("utf-8").splitlines())
    made: dict[str, str] = {}
    posts = [
        ("chuyenvien", "Chuyên viên ví dụ", "BDT-04", "Chuyên viên tổng hợp", Role.SPECIALIST, "04"),
        ("lanhdao", "Lãnh đạo ví dụ", "BDT-04", "Trưởng Ban", Role.LEADER, "04"),
        ("quantri", "Quản trị ví dụ", "BDT-04", "Quản trị hệ thống", Role.ADMIN, "04"),
        ("xabaolac", "Cán bộ xã ví dụ", "UBND-01321@2025-07-01", "Công chức xã", Role.ENTRY, "01321@2025-07-01"),
    ]
    for username, name, key, post, role, reach in posts:
        seat, area = body(key), place(reach, DEMO_DAY)
        if seat is None or area is None or Official.objects.filter(user__username=username).exists():
            continue
        made[username] = secrets.token_urlsafe(12)
        bodies.create_official(
            username=username,
            name=name,
            password=made[username],
            body=seat,
            post=post,
            role=role,
            reach=area,
            by=SYSTEM,
            demo=True,
        )
    kept.touch(mode=0o600)
    kept.write_text("\n".join(f"{user}\t{password}" for user, password in made.items()) + "\n", "utf-8")
    return made


def show_accounts(accounts: dict[str, str]) -> None:
    """The accounts and where they are kept."""
    for user, password in accounts.items():
        console.print(f"Tài khoản dùng thử: {user} / {password}", markup=False)
    console.print(f"(giữ trong {settings.HOME / 'demo-accounts.txt'})", markup=False)


def demo(args: argparse.Namespace) -> int:
    """All of the first thread: set-up, folder of workbooks in, reconciliation, traced figure, report; then the site."""
    from vungcao.desk.commands.checking import check_facts

    prepare()
    show(bring([EXAMPLE], commit=True))
    bring_documents()
    bring_dossiers()
    sealing.seal()
    console.rule("Đối chiếu")
    query = FigureQuery("disbursement", DEMO_DAY, programme="135")
    show_answer(answer(query, Reach.all_for_operator()))
    for one in findings(DEMO_DAY, Reach.all_for_operator()):
        console.print(f"• {one.sentence}", soft_wrap=True)
    console.rule("Báo cáo")
    make_reports()
    console.rule("Soát sự thật")
    check_facts(argparse.Namespace(expected=None, json=False))
    console.print(f"Dữ liệu: {settings.HOME}", soft_wrap=True, markup=False)
    show_accounts(demo_accounts())
    chain.extend()
    if args.serve:
        _become_the_site(args.port)
    return 0


def make_reports() -> None:
    """The reports of the example. A machine without a font to draw charts with is told what to do, and goes on."""
    from vungcao.desk.commands.reporting import make
    from vungcao.reports.paper.fonts import NoVietnameseFont

    for kind, period, on, programme in DEMO_REPORTS:
        try:
            for path in make(kind, period, on=on, programme=programme, out=settings.HOME / "reports"):
                console.print(f"Đã lập: {path}", soft_wrap=True, markup=False)
        except NoVietnameseFont as refusal:
            said = f"Chưa lập được báo cáo {kind} kỳ {period} của chương trình {programme}: {refusal}"
            console.print(said, soft_wrap=True, markup=False)


def _become_the_site(port: int) -> None:
    """Begin anew as ``vungcao serve``: a server forks, and the engine of the cube, which this process has asked, does
    not live on in a child.
    """
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, "-m", "vungcao.desk.command", "serve", "--port", f"{port}"])

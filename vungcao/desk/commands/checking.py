"""``vungcao check-facts``, ``verify-audit`` and ``export-book``."""

from __future__ import annotations

import argparse
import importlib
from collections.abc import Iterator
from pathlib import Path

import yaml
from django.conf import settings
from django.utils.translation import gettext as _

from vungcao.bodies.reach import Reach
from vungcao.cube.reconciling import every_day
from vungcao.desk.commands.importing import OPERATOR
from vungcao.desk.commands.printing import as_json, console
from vungcao.evidence import chain, heads
from vungcao.evidence.heads import Head
from vungcao.kernel.refusal import Finding, Refusal
from vungcao.ledger.book import book
from vungcao.reports.queries import printed_heads

ROOMS = ("evidence", "law", "territory", "bodies", "programme", "ledger", "monitoring", "office", "cube")


def all_findings() -> Iterator[Finding]:
    """What every room finds, then what does not reconcile on each day that anybody spoke of."""
    for room in ROOMS:
        yield from importlib.import_module(f"vungcao.{room}.checks").findings()
    for one in every_day(Reach.all_for_operator()):
        yield Finding("cube", one.code, one.key, one.sentence)


def expected(path: Path | None) -> dict[tuple[str, str], str]:
    """(code, key) → why it is expected, from the list beside the example."""
    if path is None:
        return {}
    if not path.exists():
        raise Refusal(_("Không thấy tệp phát hiện đã biết: %(name)s.") % {"name": path.name})
    said = yaml.safe_load(path.read_text("utf-8")) or {}
    return {(row["code"], row["key"]): row["why"] for row in said.get("findings") or []}


def check_facts(args: argparse.Namespace) -> int:
    """Exit 0 only if what is found is exactly what is expected."""
    from vungcao.desk.commands.setting_up import EXAMPLE, holds_example

    path = Path(args.expected) if args.expected else (EXAMPLE / "expected-findings.yaml" if holds_example() else None)
    known = expected(path)
    found = list(dict.fromkeys(all_findings()))
    new = [one for one in found if (one.code, one.key) not in known]
    gone = [f"{code} {key}" for code, key in known if not any((one.code, one.key) == (code, key) for one in found)]
    if args.json:
        rows = [
            {"room": f.room, "code": f.code, "key": f.key, "sentence": f.sentence, "expected": (f.code, f.key) in known}
            for f in found
        ]
        as_json({"findings": rows, "unexpected": len(new), "gone": gone})
    else:
        for one in found:
            mark = _("đã biết") if (one.code, one.key) in known else _("MỚI")
            console.print(f"[{mark}] {one.room} {one.code} ({one.key}): {one.sentence}", markup=False, soft_wrap=True)
        for said in gone:
            console.print(_("[KHÔNG CÒN] %(said)s") % {"said": said}, markup=False, soft_wrap=True)
        console.print(
            _("%(count)s phát hiện, %(new)s ngoài danh sách, %(gone)s không còn.")
            % {"count": len(found), "new": len(new), "gone": len(gone)}
        )
    return 1 if new or gone else 0


def verify_audit(args: argparse.Namespace) -> int:
    """Recompute the chain from the live tables, and compare it with every head that left the database: those typed,
    those in files, those kept in VUNGCAO_HOME, those printed on the reports that lie there.
    """
    chain.extend()
    told = [heads.said(text) for text in args.head]
    told += [head for name in args.heads for head in heads.in_file(Path(name))]
    kept = [*heads.kept(), *printed_heads(), *heads.on_papers(settings.HOME / "reports")]
    outside = [*told, *kept]
    found = list(chain.verify(outside, released=kept))
    if args.export and not found:
        released = chain.release_head("xuất đầu chuỗi", by=OPERATOR)
        heads.write(Head(released.no, released.digest, "xuất đầu chuỗi"), Path(args.export))
        chain.extend()
    head = chain.current_head()
    if args.json:
        rows = [{"code": f.code, "key": f.key, "sentence": f.sentence} for f in found]
        as_json({"head": f"{head.no}:{head.digest}", "compared": len(heads.alike(outside)), "findings": rows})
        return 1 if found else 0
    for one in found:
        console.print(f"• {one.sentence}", soft_wrap=True, markup=False)
    console.print(_("%(count)s phát hiện.") % {"count": len(found)} if found else _("Chuỗi nhật ký nguyên vẹn."))
    console.print(_("Đã so với %(count)s đầu chuỗi giữ ngoài cơ sở dữ liệu.") % {"count": len(heads.alike(outside))})
    if args.export:
        kept_there = _("Đã ghi đầu chuỗi vào %(export)s: giữ ở nơi khác máy này.") % {"export": args.export}
        console.print(_("Chưa xuất đầu chuỗi vì còn phát hiện.") if found else kept_there, soft_wrap=True, markup=False)
    else:
        console.print(_("Đầu chuỗi hiện nay: %(head)s") % {"head": head}, soft_wrap=True)
    return 1 if found else 0


def export_book(args: argparse.Namespace) -> int:
    """The ledger as a beancount book."""
    lines = list(book())
    if args.json:
        as_json({"book": lines})
    elif args.out:
        Path(args.out).write_text("\n".join(lines) + "\n", "utf-8")
        console.print(_("Đã ghi %(out)s") % {"out": args.out})
    else:
        print("\n".join(lines))
    return 0

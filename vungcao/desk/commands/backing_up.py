"""``vungcao backup`` and ``vungcao restore``."""

from __future__ import annotations

import argparse
from decimal import Decimal
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.utils.translation import gettext as _

from vungcao.desk.commands.importing import OPERATOR
from vungcao.desk.commands.printing import as_json, console
from vungcao.evidence import chain
from vungcao.evidence.backup import CannotRestore, back_up
from vungcao.evidence.backup import restore as bring_back
from vungcao.evidence.heads import said as head_said
from vungcao.kernel.vietnamese import number


def backup(args: argparse.Namespace) -> int:
    """One file for everything; with ``--keep`` older ones of the folder go, never the newest."""
    if args.keep is not None and args.keep < 1:
        raise CannotRestore(_("Giữ ít nhất một bản sao lưu: --keep 1 trở lên."))
    folder = Path(args.out) if args.out else Path(settings.HOME) / "backups"
    path, manifest = back_up(folder, by=OPERATOR)
    gone = _let_go(folder, args.keep) if args.keep is not None else []
    rows = sum(one["rows"] for one in manifest.tables.values())
    if args.json:
        as_json({
            "file": f"{path}", "bytes": path.stat().st_size, "rows": rows, "files": len(manifest.kept),
            "last_act": manifest.last_act, "head": manifest.head, "removed": gone,
        })  # fmt: skip
        return 0
    console.print(_("Đã sao lưu: %(path)s") % {"path": path}, markup=False, soft_wrap=True)
    size = number(Decimal(path.stat().st_size * 10 // 1024**2) / 10)
    console.print(
        _("%(rows)s dòng, %(count)s tệp, %(size)s MB; đến lần ghi %(last_act)s.")
        % {"rows": number(rows), "count": number(len(manifest.kept)), "size": size, "last_act": manifest.last_act}
    )
    console.print(_("Đầu chuỗi: %(head_said)s") % {"head_said": head_said(manifest.head)}, soft_wrap=True)
    console.print(_("Tệp chứa toàn bộ dữ liệu và khóa bí mật: cất nơi chỉ người quản trị mở được, ngoài máy chủ này."))
    for name in gone:
        console.print(_("Đã bỏ bản cũ: %(name)s") % {"name": name}, markup=False)
    return 0


def _let_go(folder: Path, keep: int) -> list[str]:
    old = sorted(folder.glob("vungcao-????????-??????-*.zip"), reverse=True)[keep:]
    for path in old:
        path.unlink()
    return [path.name for path in old]


def restore(args: argparse.Namespace) -> int:
    """Into an empty database; then the chain is walked, and exit is 1 where it doesn't hold."""
    call_command("migrate", verbosity=0)
    manifest = bring_back(Path(args.file))
    found = list(chain.verify([head_said(manifest.head)]))
    rows = sum(one["rows"] for one in manifest.tables.values())
    if args.json:
        told = [{"code": one.code, "key": one.key, "sentence": one.sentence} for one in found]
        as_json({"rows": rows, "files": len(manifest.kept), "last_act": manifest.last_act, "findings": told})
        return 1 if found else 0
    console.print(
        _("Đã phục hồi %(rows)s dòng, %(count)s tệp, đến lần ghi %(last_act)s.")
        % {"rows": number(rows), "count": number(len(manifest.kept)), "last_act": manifest.last_act}
    )
    for one in found:
        console.print(one.sentence, markup=False, soft_wrap=True)
    console.print(_("Chuỗi nhật ký không khớp: xem trên.") if found else _("Chuỗi nhật ký nguyên vẹn."))
    return 1 if found else 0

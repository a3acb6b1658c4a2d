"""``vungcao template``: the Word template of each kind of paper: see, take out, check, put in use."""

from __future__ import annotations

import argparse
from pathlib import Path

from django.utils.translation import gettext as _

from vungcao.desk.commands.importing import OPERATOR
from vungcao.desk.commands.printing import as_json, console
from vungcao.evidence import chain
from vungcao.kernel.refusal import Refusal
from vungcao.reports import templates
from vungcao.reports.models import PaperTemplate
from vungcao.reports.paper import KINDS, PaperKind, shipped_frame


def template(args: argparse.Namespace) -> int:
    """Without a kind: what is in use for each."""
    if args.kind is None:
        return _listed(args)
    kind = templates.kind_of(args.kind)
    if sum(map(bool, (args.give, args.use, args.check, args.shipped))) != 1:
        raise Refusal(_("Ghi một trong: --give THƯ_MỤC, --check TỆP, --use TỆP, --shipped."))
    if args.give:
        said = _given(kind, Path(args.give))
    elif args.check:
        path = Path(args.check)
        templates.check(kind, path.read_bytes(), name=path.name, without=args.without)
        said = _("Mẫu “%(name)s” dùng được cho %(name_2)s; chưa đưa vào dùng.") % {
            "name": path.name,
            "name_2": kind.name,
        }
    elif args.use:
        row = templates.put_in_use(kind, Path(args.use), by=OPERATOR, without=args.without)
        said = _("Từ nay %(name)s mới in theo mẫu “%(name_2)s”; văn bản đã đóng băng vẫn in theo mẫu cũ.") % {
            "name": kind.name,
            "name_2": row.name,
        }
    else:
        row = templates.use_shipped(kind, by=OPERATOR)
        said = _("Từ nay %(name)s mới in theo mẫu có sẵn.") % {"name": kind.name}
    chain.extend()
    if args.json:
        as_json({"kind": kind.code, "said": said})
    else:
        console.print(said, soft_wrap=True)
    return 0


def _listed(args: argparse.Namespace) -> int:
    rows = [(kind, templates.standing(kind)) for kind in KINDS.values()]
    if args.json:
        as_json([{"kind": kind.code, "name": _name(row), "sha256": row.sha256 if row else None} for kind, row in rows])
    else:
        for kind, row in rows:
            console.print(f"{kind.code:<11} {kind.name}: {_name(row)}", soft_wrap=True)
    return 0


def _name(row: PaperTemplate | None) -> str:
    return row.name if row and not row.is_shipped else _("mẫu có sẵn")


def _given(kind: PaperKind, folder: Path) -> str:
    """Write the template in use to a folder; a file already there is not overwritten."""
    row = templates.standing(kind)
    docx = templates.content(row) if row and not row.is_shipped else shipped_frame(kind.name)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"mau-{kind.code.replace('_', '-')}.docx"
    if path.exists():
        raise Refusal(
            _("“%(path)s” đã có: đổi tên hoặc chọn thư mục khác, để không mất bản đang sửa.") % {"path": path}
        )
    path.write_bytes(docx)
    return _("Đã ghi %(path)s. Sửa bằng Word, rồi: vungcao template %(code)s --use TỆP") % {
        "path": path,
        "code": kind.code,
    }

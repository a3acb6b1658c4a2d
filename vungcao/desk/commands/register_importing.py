"""``vungcao register SỔ --import TỆP``: a workbook into a register, tried first."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from vungcao.bodies.reach import Reach
from vungcao.desk.commands.importing import OPERATOR
from vungcao.desk.commands.printing import as_json, console
from vungcao.desk.registers.declaring import Register
from vungcao.desk.registers.importing import Result, run
from vungcao.desk.weights import WEIGHTS
from vungcao.evidence import chain
from vungcao.kernel.refusal import Refusal
from vungcao.kernel.vietnamese import number


def bring(of: Register, said: str, *, commit: bool, in_json: bool) -> int:
    """Rehearse or commit a workbook; exit 1 when something in it must be mended: then nothing of it is written."""
    if of.profile is None or of.is_of_lines:
        raise Refusal(_("Sổ %(key)s không nhập bằng lệnh: nhập trên trang, dưới tên cán bộ giữ sổ.") % {"key": of.key})
    path = Path(said)
    if not path.is_file():
        raise Refusal(_("Không thấy tệp %(name)s.") % {"name": path.name})
    result = run(of, path, body=None, by=OPERATOR, reach=Reach.all_for_operator(), commit=commit)
    if result.committed:
        chain.extend()
    if in_json:
        as_json(_told(of, result))
    else:
        _show(of, result)
    return 1 if result.must_be_mended else 0


def _told(of: Register, result: Result) -> dict[str, Any]:
    problems = [
        {"sheet": one.where.sheet, "cell": one.where.cell, "code": one.code, "said": one.said, "weight": one.weight,
         "sentence": one.sentence}
        for one in result.problems
    ]  # fmt: skip
    flagged = [{"row": row, "said": words} for row, words in result.flagged]
    return {"register": of.key, "file": result.file, "committed": result.committed, "new": result.new,
            "same": result.same, "flagged": flagged, "problems": problems}  # fmt: skip


def _show(of: Register, result: Result) -> None:
    done = _("đã ghi") if result.committed else _("sẽ ghi")
    lines = [
        _("%(name)s, %(file)s: %(done)s %(new)s dòng mới; %(same)s dòng đã có.")
        % {"name": of.name, "file": result.file, "done": done, "new": number(result.new), "same": number(result.same)}
    ]
    lines += [f"• [{WEIGHTS[one.weight][0]}] {one}" for one in result.problems]
    lines += [_("• [sẽ đánh dấu] %(row)s: %(words)s") % {"row": row, "words": words} for row, words in result.flagged]
    if result.must_be_mended:
        lines.append(_("Chưa ghi dòng nào: sửa tệp rồi nhập lại."))
    elif not result.committed and result.new:
        lines.append(_("Chưa ghi gì. Thêm --commit để ghi."))
    for line in lines:
        console.print(line, markup=False, soft_wrap=True)

"""Of what a disbursement is made: disbursed = completed volume + advances − advances cleared − restored."""

from __future__ import annotations

from collections.abc import Iterator

from vungcao.kernel.refusal import Problem
from vungcao.kernel.vietnamese import money
from vungcao.ledger.drafts import LineDraft, StatementDraft
from vungcao.ledger.models import StatementLine


def problems(draft: StatementDraft) -> Iterator[Problem]:
    """Lines that say of what they are made, and it does not come out: written and flagged."""
    for line in draft.lines:
        for code, said in of_line(line):
            yield line.problem(code, f"{said}; vẫn được ghi, đề nghị giải trình.", contradicting=True)


def of_line(line: LineDraft | StatementLine) -> Iterator[tuple[str, str]]:
    """(code, sentence) where disbursed ≠ completed volume + advances − advances cleared − restored, as far as the line
    says of what it is made.
    """
    still_open = line.open_advance_dong
    if line.advance_dong is not None and line.cleared_dong is not None:
        made = line.advance_dong - line.cleared_dong
        if still_open is not None and still_open != made:
            said = f"tạm ứng {money(line.advance_dong)} trừ đã thu hồi {money(line.cleared_dong)} là {money(made)}"
            yield "line.advances_differ", f"{said}, biểu ghi chưa thu hồi {money(still_open)}"
        still_open = made
    if line.completed_dong is None or still_open is None:
        return
    made = line.completed_dong + still_open - (line.restored_dong or 0)
    if made != line.disbursed_dong:
        said = f"khối lượng hoàn thành {money(line.completed_dong)} cộng tạm ứng chưa thu hồi {money(still_open)}"
        said += f" trừ nộp khôi phục {money(line.restored_dong)}" if line.restored_dong else ""
        yield "line.parts_differ", f"{said} là {money(made)}, biểu ghi {money(line.disbursed_dong)}"

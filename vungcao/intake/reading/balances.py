"""What an adjustment claims by its two blocks: “A. GIẢM” and “B. TĂNG” come to the same."""

from __future__ import annotations

import re

from vungcao.intake.reading.document import Check, Row, Table, Verdict
from vungcao.intake.reading.words import fold


def balance(table: Table) -> list[Check]:
    """“A. GIẢM” and “B. TĂNG” of an adjustment must come to the same: the sum moved, or reduced there, added here."""
    tops = [row for row in table.rows if row.parent is None and row.kind in ("section", "item") and not row.hidden]
    down = [row for row in tops if _says(row, "giam")]
    up = [row for row in tops if _says(row, "tang")]
    if len(down) != 1 or len(up) != 1 or len(tops) != 2:
        return []
    checks = []
    for less_col, more_col in _moved_columns(table):
        less, more = down[0].values[less_col].number, up[0].values[more_col].number
        if less is not None and more is not None:
            vague = "approximate" in (down[0].values[less_col].kind, up[0].values[more_col].kind)
            verdict: Verdict = "holds" if abs(less) == abs(more) else "cannot_tell" if vague else "fails"
            cell, terms = f"{less_col}{down[0].row}", (f"{more_col}{up[0].row}",)
            checks.append(Check("balance", cell, abs(less), abs(more), verdict, terms))
    return checks


def _moved_columns(table: Table) -> list[tuple[str, str]]:
    """Columns that hold what is moved: one for both blocks, or “giảm” for A and “tăng” for B."""
    money = [column for column in table.columns if column.kind == "money" and not column.hidden]
    heads = {column.col: fold(" ".join(column.path)) for column in money}
    less = [col for col, head in heads.items() if re.search(r"\bgiam\b", head) and "tang" not in head]
    more = [col for col, head in heads.items() if re.search(r"\btang\b", head) and "giam" not in head]
    if less and len(less) == len(more):
        return list(zip(less, more, strict=True))
    moved = [col for col, head in heads.items() if "dieu chinh" in head and not re.search(r"\b(sau|truoc)\b", head)]
    if not moved and len(money) == 1:
        moved = [money[0].col]
    return [(col, col) for col in moved]


def _says(row: Row, word: str) -> bool:
    return fold(row.label).split()[-1:] == [word] or fold(row.label).startswith((word, f"dieu chinh {word}"))

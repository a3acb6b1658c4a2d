"""A reading for the terminal: each table rebuilt, what it claims and whether that comes out, what was left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal

from vungcao.intake.reading.document import Candidate, Check, Column, Reading, Row, Sheet, Table, Value
from vungcao.intake.reading.words import say_warning
from vungcao.kernel.vietnamese import number

_WIDTH = 100  # of a terminal
_WIDEST_LABEL = 40
_WIDEST_VALUE = 18
_MOST_ROWS = 200
_FIGURES = ("number", "formula", "text_number", "percent")
_RULES = {
    "sum_of_rows": "cộng các dòng",
    "sum_of_columns": "cộng các cột",
    "of_which": "các phần “trong đó”",
    "difference": "hiệu các cột",
    "rate": "tỷ lệ",
    "balance": "cân đối giảm, tăng",
}
_SLIPS = {
    "digits_swapped": "Có thể {cell} đảo hai chữ số (đúng là {value}?).",
    "sign": "Có thể {cell} sai dấu (đúng là {value}?).",
    "unit": "Có thể {cell} ghi nhầm đơn vị nghìn lần (đúng là {value}?).",
    "counted_twice": "Có thể {cell} ({value}) bị cộng hai lần.",
    "missing_row": "Có thể {cell} ({value}) chưa được cộng vào.",
}
_WHY = {
    "title": "tiêu đề",
    "unit": "đơn vị tính",
    "column_numbers": "dòng số cột",
    "empty": "dòng trống",
    "note": "ghi chú",
    "signature": "chữ ký",
    "other": "khác",
}


def as_text(reading: Reading) -> str:
    """The whole reading as lines of text, in Vietnamese."""
    lines = [f"{reading.file}", f"sha256 {reading.sha256}"]
    for sheet in reading.sheets:
        lines += ["", *_sheet(sheet)]
    return "\n".join(lines) + "\n"


def _sheet(sheet: Sheet) -> list[str]:
    hidden = " (trang ẩn)" if sheet.hidden else ""
    lines = [f"═══ Trang “{sheet.name}”{hidden}: {len(sheet.tables) or 'không có'} bảng"]
    for table in sheet.tables:
        lines += ["", *_table(table)]
    if sheet.warnings:
        lines += ["", "Lưu ý:"]
        lines += [f"  ! {w.cell or sheet.name}: {say_warning(w.code)}" + _quoted(w.said) for w in sheet.warnings]
    if outside := left_out_said(sheet):
        lines += ["", "Ngoài bảng: " + outside]
    return lines


def left_out_said(sheet: Sheet) -> str:
    """Rows outside every table and what they are, blank ones not named."""
    return "; ".join(f"{_WHY[why]}: {_runs(rows)}" for why, rows in _left_out(sheet).items() if why != "empty")


def depths(table: Table) -> dict[int, int]:
    """How deep each row stands under others, 0 at the top."""
    parents = {row.row: row.parent for row in table.rows}
    found: dict[int, int] = {}
    for row in parents:
        chain = [row]
        while (above := parents.get(chain[-1])) is not None and above not in found and len(chain) < 64:
            chain.append(above)
        base = found[above] + 1 if above is not None and above in found else 0
        for place, one in enumerate(reversed(chain)):
            found[one] = base + place
    return found


def _quoted(said: str) -> str:
    return f" [{said[:60]}]" if said else ""


def _left_out(sheet: Sheet) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for left in sheet.left_out:
        found.setdefault(left.why, []).append(left.row)
    return found


def _runs(rows: Iterable[int]) -> str:
    """``[1, 2, 3, 7]`` → ``dòng 1-3, 7``."""
    runs: list[tuple[int, int]] = []
    for row in rows:
        if runs and row == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], row)
        else:
            runs.append((row, row))
    return "dòng " + ", ".join(f"{first}" if first == last else f"{first}-{last}" for first, last in runs)


def _table(table: Table) -> list[str]:
    """Rows and columns in blocks that fit the width; marks and labels are repeated in each block."""
    unit = f" · đơn vị: {table.unit.said}" if table.unit.said else ""
    lines = [f"■ {table.title or 'Bảng không tên'} ({table.range}{unit})"]
    columns = [column for column in table.columns if column.kind not in ("mark", "label")]
    deep = depths(table)
    rows = table.rows[:_MOST_ROWS]
    fixed = [["Dòng", "TT", "Nội dung"], *(_about(row, deep[row.row]) for row in rows)]
    wrong = {check.cell for check in table.checks if check.verdict == "fails"}
    cells = [[column.col for column in columns], *([_value(row, column, wrong) for column in columns] for row in rows)]
    sizes = [max(len(line[index]) for line in fixed) for index in range(3)]
    widths = [max(len(line[index]) for line in cells) for index in range(len(columns))]
    for block in _blocks(widths, _WIDTH - sum(sizes) - 6) or [[]]:
        for index, (about, line) in enumerate(zip(fixed, cells, strict=True)):
            padded = [about[0].rjust(sizes[0]), about[1].ljust(sizes[1]), about[2].ljust(sizes[2])]
            padded += [_aside(line[place], columns[place], widths[place]) for place in block]
            lines.append("  ".join(padded).rstrip())
            if index == 0:
                lines.append("─" * (sum(sizes) + 4 + sum(widths[place] + 2 for place in block)))
        if len(table.rows) > _MOST_ROWS:
            lines.append(f"… còn {len(table.rows) - _MOST_ROWS} dòng")
    lines += [f"  {column.col} = {' › '.join(column.path)}{_column_unit(column)}" for column in columns]
    return lines + _checks(table)


def _aside(said: str, column: Column, width: int) -> str:
    """Texts begin at the left of their column, figures end at its right."""
    return said.ljust(width) if column.kind == "text" else said.rjust(width)


def _blocks(widths: list[int], room: int) -> list[list[int]]:
    """Columns that stand side by side in the room there is, at least one in each block."""
    blocks: list[list[int]] = []
    left = 0
    for place, width in enumerate(widths):
        if not blocks or left < width + 2:
            blocks.append([])
            left = room
        blocks[-1].append(place)
        left -= width + 2
    return blocks


def _about(row: Row, depth: int) -> list[str]:
    label = "  " * min(depth, 8) + (row.label.upper() if row.kind == "total" else row.label)
    return [str(row.row), row.mark or "", _cut(label + (" (ẩn)" if row.hidden else ""), _WIDEST_LABEL)]


def _column_unit(column: Column) -> str:
    hidden = " (cột ẩn)" if column.hidden else ""
    number_said = f" [{column.number}]" if column.number and "=" in column.number else ""
    return number_said + hidden


def _value(row: Row, column: Column, wrong: set[str]) -> str:
    value = row.values.get(column.col)
    if value is None or value.kind == "empty":
        return "·"
    sign = "✗ " if f"{column.col}{row.row}" in wrong else ""
    return sign + _cut(shown(value, column), _WIDEST_VALUE)


def shown(value: Value, column: Column) -> str:
    """A figure in the Vietnamese style, whatever its format; a code, a day, a text, “gần 200” as they are said."""
    if column.kind != "text" and value.kind in _FIGURES and isinstance(value.value, Decimal):
        return number(value.value.normalize() if value.value % 1 else value.value.quantize(Decimal(1)))
    return value.said


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"


def _checks(table: Table) -> list[str]:
    counts = Counter(check.verdict for check in table.checks)
    if not table.checks:
        return ["  Không có phép kiểm nào."]
    said = f"  Kiểm {len(table.checks)} phép: {counts['holds']} đúng, {counts['rounding']} lệch do làm tròn, "
    lines = [said + f"{counts['fails']} SAI, {counts['cannot_tell']} chưa kết luận được."]
    lines += [f"  ✗ {say_check(check)}" for check in table.checks if check.verdict == "fails"]
    return lines + [f"  ? {say_check(check)}" for check in table.checks if check.verdict == "cannot_tell"]


def say_check(check: Check) -> str:
    """What a check found, in one sentence; what it points at behind it."""
    terms = ", ".join(check.terms[:8]) + (" …" if len(check.terms) > 8 else "")
    said = f"{check.cell}: {_RULES[check.rule]} ({terms})"
    if check.printed is None or check.computed is None or check.difference is None:
        return f"{said}: thiếu số để tính."
    computed, printed, difference = number(check.computed), number(check.printed), number(check.difference)
    said = f"{said} được {computed}, trong bảng ghi {printed}, lệch {difference}."
    return " ".join([said, *(say_candidate(one) for one in check.candidates)])


def say_candidate(candidate: Candidate) -> str:
    """A suggestion as a sentence: what may have slipped, at which cell."""
    value = number(candidate.value) if candidate.value is not None else ""
    return _SLIPS[candidate.what].format(cell=candidate.cell, value=value)

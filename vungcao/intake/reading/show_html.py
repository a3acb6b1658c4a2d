"""A reading as a piece of HTML: each table rebuilt, figures aligned, what its sums say beside it.

A fragment without style or script (a strict content policy allows neither inline); these classes carry the look:

- ``reading`` the whole · ``reading-sheet`` one sheet · ``reading-table`` one table with its caption
- on rows: ``row-total``, ``row-section``, ``row-item``, ``row-of_which``, ``row-hidden``, ``depth-0`` … ``depth-8``
- on cells: ``figure``, ``words``, ``kind-…`` (kinds of DESIGN §4), ``check-fails``, ``check-rounding``,
  ``check-cannot_tell`` (a cell whose check came out so); each cell has ``data-cell="C8"``
- ``reading-checks``, ``reading-warnings``, ``reading-left-out`` the lists below a table or sheet
- ``reading-sum`` what all checks came to · ``reading-scroll`` around a table that may be wider than the page
- ids: ``trang-1-C8`` is cell C8 of the first sheet; what a check says links to its cell
- ``cut`` where a table is longer than what is shown
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from html import escape
from typing import Final

from vungcao.intake.reading.document import Check, Column, Reading, Row, Sheet, Table, Verdict
from vungcao.intake.reading.show import depths, left_out_said, say_check, shown
from vungcao.intake.reading.words import say_warning

_MOST_ROWS: Final = 500
_MOST_CHECKS: Final = 200
_GRAVEST: Final = {"fails": 3, "cannot_tell": 2, "rounding": 1, "holds": 0}
_VERDICTS: Final[list[tuple[Verdict, str]]] = [
    ("holds", "đúng"),
    ("rounding", "lệch do làm tròn"),
    ("fails", "sai"),
    ("cannot_tell", "chưa kết luận được"),
]
_PAGE: Final = """<!DOCTYPE html>
<html lang="vi"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title><style>
:root{{--ink:#1b1f1d;--line:#c9d1cd;--head:#eef3f0;--bad:#b3261e;--bad-back:#fbe3e1;--open:#8a5a00;--open-back:#fdf3d0}}
*{{box-sizing:border-box}}body{{font:15px/1.5 system-ui,sans-serif;margin:0 auto;padding:1.5rem;max-width:100rem;
color:var(--ink)}}h1{{font-size:1.35rem;margin:0;overflow-wrap:anywhere}}h2{{font-size:1.15rem;margin:2rem 0 .5rem}}
h3{{font-size:1rem;margin:1rem 0 .3rem}}.reading-file,.reading-left-out{{color:#59635e;overflow-wrap:anywhere}}
.reading-sum{{font-weight:600}}.reading-scroll{{overflow-x:auto;border:1px solid var(--line);border-radius:6px}}
table{{border-collapse:separate;border-spacing:0;min-width:100%}}caption{{text-align:left;font-weight:600;padding:.6rem}}
th,td{{border-top:1px solid var(--line);border-left:1px solid var(--line);padding:.3rem .6rem;text-align:left;
vertical-align:top}}tr>:first-child{{border-left:0}}th{{background:var(--head);min-width:5.5rem;font-weight:600}}
th.narrow{{min-width:0}}.letters th{{min-width:0;color:#59635e;font-weight:400;padding-block:.1rem}}
th.name,td.label{{min-width:14rem}}td.row-number{{color:#59635e}}
td.figure{{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}}
.row-total td{{font-weight:700;background:#f6f9f7}}.row-section td{{font-weight:600}}
.row-of_which td{{font-style:italic}}.row-hidden td{{color:#666;background:#f3f3f3}}
.depth-1 .label{{padding-left:1.8rem}}.depth-2 .label{{padding-left:3rem}}
.depth-3 .label{{padding-left:4.2rem}}.depth-4 .label,.depth-5 .label{{padding-left:5.4rem}}
td.check-fails{{background:var(--bad-back);box-shadow:inset 0 0 0 2px var(--bad)}}
td.check-fails::before{{content:"✗ ";color:var(--bad)}}td.check-cannot_tell{{background:var(--open-back)}}
td.check-cannot_tell::before{{content:"? ";color:var(--open)}}td:target{{outline:3px solid #14558f}}
ul{{padding-left:1.2rem;margin:.3rem 0}}li.check-fails{{color:var(--bad)}}a{{color:inherit}}
@media (max-width:40rem){{body{{padding:.8rem}}th.name,td.label{{min-width:10rem}}}}
@media print{{body{{padding:0;max-width:none}}.reading-scroll{{overflow:visible;border:0}}
thead{{display:table-header-group}}tr{{break-inside:avoid}}}}
</style></head><body><main>
{body}
</main></body></html>
"""


def as_page(reading: Reading) -> str:
    """A whole page to open by itself; its look is in its head."""
    return _PAGE.format(title=escape(reading.file), body=as_html(reading))


def as_html(reading: Reading) -> str:
    """The reading as a fragment; every text of the workbook is escaped."""
    sheets = "\n".join(_sheet(sheet, f"trang-{place}") for place, sheet in enumerate(reading.sheets, start=1))
    tables = [table for sheet in reading.sheets for table in sheet.tables]
    checks = [check for table in tables for check in table.checks]
    about = (
        f'<h1>{escape(reading.file)}</h1>\n<p class="reading-sum">{len(tables)} bảng. {_counted(checks)}</p>\n'
        f'<p class="reading-file">sha256 <code>{reading.sha256}</code></p>'
    )
    return f'<div class="reading">\n{about}\n{sheets}\n</div>'


def _sheet(sheet: Sheet, place: str) -> str:
    """``place`` begins the ids of the sheet's cells, so that what a check says links to them."""
    hidden = " (trang ẩn)" if sheet.hidden else ""
    parts = [f"<h2>{escape(sheet.name)}{hidden}</h2>"]
    parts += [_table(table, place) for table in sheet.tables] or ["<p>Không có bảng.</p>"]
    if sheet.warnings:
        items = [
            f"<li><b>{escape(one.cell)}</b> {escape(say_warning(one.code))}{_quoted(one.said)}</li>"
            for one in sheet.warnings[:_MOST_CHECKS]
        ]
        parts.append(f'<h3>Lưu ý</h3>\n<ul class="reading-warnings">{"".join(items)}</ul>')
    if outside := left_out_said(sheet):
        parts.append(f'<p class="reading-left-out">Ngoài bảng: {escape(outside)}</p>')
    return '<section class="reading-sheet">\n' + "\n".join(parts) + "\n</section>"


def _quoted(said: str) -> str:
    return f" <q>{escape(said[:120])}</q>" if said else ""


def _table(table: Table, place: str) -> str:
    gravest: dict[str, str] = {}
    for check in table.checks:
        if _GRAVEST[check.verdict] > _GRAVEST.get(gravest.get(check.cell, "holds"), 0):
            gravest[check.cell] = check.verdict
    columns = [column for column in table.columns if column.kind not in ("mark", "label")]
    depth = depths(table)
    rows = "\n".join(_row(row, columns, depth[row.row], gravest, place) for row in table.rows[:_MOST_ROWS])
    unit = f" · đơn vị: {table.unit.said}" if table.unit.said else ""
    caption = escape(f"{table.title or 'Bảng không tên'} ({table.range}{unit})")
    cut = f'<p class="cut">… còn {len(table.rows) - _MOST_ROWS} dòng</p>' if len(table.rows) > _MOST_ROWS else ""
    return (
        f'<div class="reading-scroll" tabindex="0" role="region" aria-label="{caption}">\n'
        '<table class="reading-table">\n'
        f"<caption>{caption}</caption>\n{_head(columns)}\n<tbody>\n{rows}\n</tbody>\n</table>\n</div>\n"
        f"{cut}{_checks(table.checks, place)}"
    )


def _head(columns: list[Column]) -> str:
    """Head texts as they stand above each other; neighbours under one text share its cell."""
    height = max((len(column.path) for column in columns), default=1) or 1
    lines = []
    for level in range(height):
        own = (("Dòng", "narrow"), ("TT", "narrow"), ("Nội dung", "name"))
        cells = [f'<th class="{look}" rowspan="{height}" scope="col">{said}</th>' for said, look in own]
        cells = cells if level == 0 else []
        cells += list(_head_line(columns, level, height))
        lines.append(f"<tr>{''.join(cells)}</tr>")
    letters = "".join(f"<th>{escape(column.col)}{_numbered(column)}</th>" for column in columns)
    return f'<thead>\n{"".join(lines)}\n<tr class="letters"><th></th><th></th><th></th>{letters}</tr>\n</thead>'


def _head_line(columns: list[Column], level: int, height: int) -> Iterator[str]:
    index = 0
    while index < len(columns):
        column = columns[index]
        if len(column.path) <= level:
            if level == 0:
                yield f'<th rowspan="{height}" scope="col"></th>'
            index += 1
            continue
        is_leaf = len(column.path) == level + 1
        width = 1
        while not is_leaf and index + width < len(columns) and _same(column, columns[index + width], level):
            width += 1
        rows = height - level if is_leaf else 1
        hidden = " (cột ẩn)" if is_leaf and column.hidden else ""
        yield f'<th colspan="{width}" rowspan="{rows}" scope="col">{escape(column.path[level])}{hidden}</th>'
        index += width


def _same(one: Column, other: Column, level: int) -> bool:
    return len(other.path) > level + 1 and other.path[: level + 1] == one.path[: level + 1]


def _numbered(column: Column) -> str:
    return f" <small>{escape(column.number)}</small>" if column.number and "=" in column.number else ""


def _row(row: Row, columns: list[Column], depth: int, gravest: dict[str, str], place: str) -> str:
    hidden, unseen = (" row-hidden", " (dòng ẩn)") if row.hidden else ("", "")
    cells = [f'<td class="row-number">{row.row}</td><td>{escape(row.mark or "")}</td>']
    cells.append(f'<td class="label">{escape(row.label)}{unseen}</td>')
    for column in columns:
        value = row.values.get(column.col)
        if value is None:
            cells.append("<td></td>")
            continue
        classes = ["words" if column.kind in ("text", "date") else "figure", f"kind-{value.kind}"]
        at = f"{column.col}{row.row}"
        if at in gravest:
            classes.append(f"check-{gravest[at]}")
        said = shown(value, column)
        as_typed = f' title="{escape(value.said)}"' if value.kind == "text_number" and said != value.said else ""
        cells.append(
            f'<td id="{place}-{at}" class="{" ".join(classes)}" data-cell="{at}"{as_typed}>{escape(said)}</td>'
        )
    return f'<tr class="row-{row.kind} depth-{min(depth, 8)}{hidden}">{"".join(cells)}</tr>'


def _counted(checks: Sequence[Check]) -> str:
    if not checks:
        return "Không có phép kiểm nào."
    counts = Counter(check.verdict for check in checks)
    said = ", ".join(f"{counts[verdict]} {words}" for verdict, words in _VERDICTS if counts[verdict])
    return f"Kiểm {len(checks)} phép: {said}."


def _checks(checks: Sequence[Check], place: str) -> str:
    if not checks:
        return f'<p class="reading-checks">{_counted(checks)}</p>'
    found = [check for check in checks if check.verdict == "fails"]
    found += [check for check in checks if check.verdict == "cannot_tell"]
    items = [
        f'<li class="check-{check.verdict}"><a href="#{place}-{check.cell}">{escape(say_check(check))}</a></li>'
        for check in found[:_MOST_CHECKS]
    ]
    return f'<div class="reading-checks"><p>{_counted(checks)}</p><ul>{"".join(items)}</ul></div>'

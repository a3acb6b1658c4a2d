"""Tables of a Word paper, written as XML directly: 300 rows in a fraction of a second.

Head rows (and the row of column numbers) repeat on each page, no row is split over two pages, numbers stand on the
right. Widths stand in the grid *and* in every cell; a column is never narrower than its longest number, and the type
grows smaller before a number would be broken.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final
from xml.sax.saxutils import escape

from .parts import Table, TableRow, head_grid
from .printing import clean, shown_rows
from .typeset import longest_word, text_width

SIZES: Final = (12.0, 11.0, 10.0, 9.0, 8.0, 7.5, 7.0)
AIR: Final = 1.15  # how much wider than its longest number a column of numbers likes to be
SLANTED: Final = 0.9  # of the table's size: the row of numbers is slanted, where + and = are wider than widths say
LINE: Final = 4000  # twips beyond which a text wraps rather than asks for more room
LIKED_LINES: Final = 2  # lines that a name should take at most, before the type grows smaller instead
USUAL: Final = 0.8  # share of a column's texts that are as short or shorter
LEGIBLE: Final = 8.0  # points to which the type may shrink for that
BORDER: Final = '<w:{0} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'

Bookmark = Callable[[str], tuple[str, str]]


def margin(points: float) -> int:
    """Twips left and right inside a cell: less where a table is crowded."""
    return 70 if points >= 10 else 35


def _is_number_column(table: Table, column: int) -> bool:
    cells = [row.cells[column] for row in table.rows if column < len(row.cells)]
    return any(cell.kind != "text" for cell in cells)


def least_widths(table: Table, printed: Sequence[Sequence[str]], points: float) -> list[int]:
    """The narrowest each column may be, in twips, at a size: nothing breaks inside a number or a word."""
    least = [0] * table.columns
    for head_row in head_grid(table.head):
        for column, (cell, is_first) in enumerate(head_row):
            if is_first and cell.colspan == 1:
                least[column] = max(least[column], max(longest_word(line, points) for line in cell.text.split("\n")))
    for column, text in enumerate(table.number_row or ()):
        least[column] = max(least[column], text_width(text, points))
    for row, texts in zip(table.rows, printed, strict=True):
        if len(texts) == 1 < table.columns:
            continue
        for column, text in enumerate(texts):
            whole = row.cells[column].kind != "text"
            least[column] = max(least[column], (text_width if whole else longest_word)(text, points))
    return [width + 2 * margin(points) + 20 for width in least]


def plan_columns(table: Table, printed: Sequence[Sequence[str]], width: int) -> tuple[float, list[int]]:
    """Size in points and the width of each column in twips, which sum to `width`.

    The largest legible size at which names take few lines; else the largest at which every column holds its longest
    word; below the smallest, widths are squeezed in proportion.
    """
    tried = [*((size, True) for size in SIZES if size >= LEGIBLE), *((size, False) for size in SIZES)]
    for points, is_eased in tried:
        least = least_widths(table, printed, points)
        room = _eased(table, printed, points, least) if is_eased else least
        if sum(room) <= width:
            break
    else:
        return points, _exactly([one * width / sum(least) for one in least], width)
    wish = _shares(table.widths, width) if table.widths else _wishes(table, printed, points, least)
    widths = _share_out(least, wish, width)
    if any(given < wanted for given, wanted in zip(widths, room, strict=True)):
        widths = _share_out(room, wish, width)
    left, total = width - sum(widths), sum(widths)
    return points, _exactly([one + left * one / total for one in widths], width)


def _eased(table: Table, printed: Sequence[Sequence[str]], points: float, least: Sequence[int]) -> list[int]:
    """The least widths, with room for most texts of a column in `LIKED_LINES` lines (a rare remark may take more)."""
    eased = list(least)
    for column, low in enumerate(least):
        if not _is_number_column(table, column):
            texts = sorted(text_width(row[column], points) for row in printed if len(row) == table.columns)
            usual = texts[int((len(texts) - 1) * USUAL)] if texts else 0
            eased[column] = max(low, min(LINE, round(usual / LIKED_LINES * AIR) + 2 * margin(points)))
    return eased


def _share_out(least: Sequence[int], wish: Sequence[float], width: int) -> list[float]:
    """Spread the spare room so that modest wishes are met whole and the greatest get what is left."""
    widths = [float(low) for low in least]
    spare = width - sum(widths)
    wants = sorted((max(0.0, one - low), column) for column, (one, low) in enumerate(zip(wish, least, strict=True)))
    for done, (want, column) in enumerate(wants):
        given = min(want, spare / (len(wants) - done))
        widths[column] += given
        spare -= given
    return widths


def _shares(shares: Sequence[float], width: int) -> list[float]:
    return [share * width / sum(shares) for share in shares]


def _wishes(table: Table, printed: Sequence[Sequence[str]], points: float, least: Sequence[int]) -> list[float]:
    """The width each column would like: its longest text on one line, up to `LINE`; numbers a little air."""
    wishes = []
    for column, low in enumerate(least):
        texts = [texts[column] for texts in printed if len(texts) == table.columns]
        if _is_number_column(table, column):
            wishes.append(low * AIR)
        else:
            wishes.append(
                float(min(LINE, max((text_width(text, points) for text in texts), default=0) + 2 * margin(points)))
            )
    return wishes


def _exactly(widths: Sequence[float], width: int) -> list[int]:
    whole = [int(one) for one in widths]
    whole[whole.index(max(whole))] += width - sum(whole)
    return whole


def table_xml(table: Table, width: int, bookmark: Bookmark) -> str:
    """The `w:tbl` as XML, `width` twips wide; `bookmark(figure)` gives the pair of XML around a figure's run.

    It is never parsed (`packing` sets it in where it belongs), so it is spelt as a serializer would: no namespaces of
    its own, double quotes, no element with nothing between its tags.
    """
    printed = shown_rows(table)
    points, widths = plan_columns(table, printed, width)
    size = _size(points)
    borders = "".join(BORDER.format(side) for side in ("top", "left", "bottom", "right", "insideH", "insideV"))
    parts = [
        f'<w:tbl><w:tblPr><w:tblW w:w="{width}" w:type="dxa"/><w:tblBorders>{borders}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="{margin(points)}" w:type="dxa"/>'
        f'<w:right w:w="{margin(points)}" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>',
        *(f'<w:gridCol w:w="{one}"/>' for one in widths),
        "</w:tblGrid>",
        *_head_rows(table, widths, points),
        *(_body_row(row, texts, widths, size, bookmark) for row, texts in zip(table.rows, printed, strict=True)),
        "</w:tbl>",
    ]
    return "".join(parts)


def _cell(
    width: int, text: str, marks: str, align: str, *, span: int = 1, merge: str = "", around: tuple[str, str] = ("", "")
) -> str:
    properties = f'<w:tcW w:w="{width}" w:type="dxa"/>'
    properties += f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    properties += f'{merge}<w:vAlign w:val="center"/>'
    inner = "<w:br/>".join(map(_line, escape(text).split("\n")))
    run = f"{around[0]}<w:r><w:rPr>{marks}</w:rPr>{inner}</w:r>{around[1]}" if text else ""
    keep = f'<w:pPr><w:pStyle w:val="Bieu"/><w:jc w:val="{align}"/><w:rPr>{marks}</w:rPr></w:pPr>'
    return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p>{keep}{run}</w:p></w:tc>"


def _line(text: str) -> str:
    return f'<w:t xml:space="preserve">{text}</w:t>' if text else '<w:t xml:space="preserve"/>'


def _row(cells: Sequence[str], *, is_head: bool) -> str:
    return f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if is_head else ''}</w:trPr>{''.join(cells)}</w:tr>"


def _size(points: float) -> str:
    return f'<w:sz w:val="{round(points * 2)}"/><w:szCs w:val="{round(points * 2)}"/>'


def _head_rows(table: Table, widths: Sequence[int], points: float) -> list[str]:
    rows, size = [], _size(points)
    for row in head_grid(table.head):
        cells, column = [], 0
        while column < len(row):
            cell, is_first = row[column]
            merge = ""
            if cell.rowspan > 1:
                merge = '<w:vMerge w:val="restart"/>' if is_first else "<w:vMerge/>"
            width = sum(widths[column : column + cell.colspan])
            text = clean(cell.text) if is_first else ""
            cells.append(_cell(width, text, f"<w:b/>{size}", "center", span=cell.colspan, merge=merge))
            column += cell.colspan
        rows.append(_row(cells, is_head=True))
    if table.number_row is not None:
        numbers = zip(widths, table.number_row, strict=True)
        cells = [_cell(width, clean(text), f"<w:i/>{_size(points * SLANTED)}", "center") for width, text in numbers]
        rows.append(_row(cells, is_head=True))
    return rows


def _body_row(row: TableRow, texts: Sequence[str], widths: Sequence[int], size: str, bookmark: Bookmark) -> str:
    marks = {"total": "<w:b/>", "section": "<w:b/>", "item": "", "note": "<w:i/>"}[row.kind] + size
    if len(texts) == 1 < len(widths):
        return _row([_cell(sum(widths), texts[0], marks, "left", span=len(widths))], is_head=False)
    cells = []
    for column, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
        align = "right" if cell.kind != "text" else "center" if column == 0 and len(text) <= 6 else "left"
        around = bookmark(cell.figure) if cell.figure and text else ("", "")
        cells.append(_cell(widths[column], text, marks, align, around=around))
    return _row(cells, is_head=False)

"""The matrix as a workbook: given, spent and rate of each column, live sums, and the sheet of sources."""

from __future__ import annotations

from collections.abc import Sequence
from typing import BinaryIO, Final

from django.utils.translation import gettext as _

from vungcao.desk.matrix.asking import DIMS
from vungcao.desk.matrix.table import Cell as Figure
from vungcao.desk.matrix.table import Drawn, Matrix
from vungcao.kernel.vietnamese import day
from vungcao.reports.figuring import Ledgered
from vungcao.reports.paper.excel import write_xlsx
from vungcao.reports.paper.parts import Annex, Cell, HeadCell, RowKind, Table, TableRow

MEASURES: Final = (("given_dong", "money"), ("disbursed_dong", "money"), ("rate", "percent"))


def write(matrix: Matrix, out: BinaryIO) -> None:
    """Write the rows that are open on the screen, every column, and where each figure comes from."""
    figures = Ledgered(matrix.base.known or 0, matrix.reach)
    matrix.ask = figures.ask  # what is printed is asked here, so that each figure is written down with its cells
    rows = [_row(one, figures, len(matrix.columns)) for one in matrix.rows]
    there = matrix.overview
    title = _("GIẢI NGÂN %(subject)s THEO %(down)s VÀ %(across)s, TÍNH ĐẾN NGÀY %(day)s") % {
        "subject": there.subject.upper(), "down": f"{DIMS[matrix.down]}".upper(),
        "across": f"{DIMS[matrix.across]}".upper(), "day": day(matrix.query.on),
    }  # fmt: skip
    table = Table(title, _head(matrix), rows)
    write_xlsx([Annex("", title, table, paper="A3", notes=_notes(matrix))], out, figures.sources())


def _head(matrix: Matrix) -> Sequence[Sequence[HeadCell]]:
    words = (_("Được giao"), _("Giải ngân"), _("Tỷ lệ (%)"))
    tops = [_("Tổng cộng"), *(column.name for column in matrix.columns)]
    return (
        (HeadCell(f"{DIMS[matrix.down]}", rowspan=2), *(HeadCell(top, colspan=3) for top in tops)),
        tuple(HeadCell(word) for _top in tops for word in words),
    )


def _row(one: Drawn, figures: Ledgered, columns: int) -> TableRow:
    cells = [Cell(f"{'  ' * one.level}{one.label}{f': {one.why}' if one.why else ''}")]
    for figure in (one.total, *(one.cells or [Figure(one.total.line)] * columns)):
        cells += _cells(figure, figures)
    kind: RowKind = "total" if one.kind == "total" else "note" if one.kind == "gap-row" else "item"
    return TableRow(kind, cells, level=9 if kind == "note" else one.level + (kind == "item"))


def _cells(figure: Figure, figures: Ledgered) -> list[Cell]:
    """Three cells with their sources; of what is only a difference, the amounts without one."""
    if figure.row is not None:
        return [figures.cell(figure.row, measure, kind) for measure, kind in MEASURES]  # type: ignore[arg-type]  # kinds
    return [Cell(figure.line.low, "money"), Cell(figure.line.spent, "money"), Cell(None, "percent")]


def _notes(matrix: Matrix) -> list[str]:
    there = matrix.overview
    found = [
        _("So với: %(plan)s.") % {"plan": there.against or _("chưa có kế hoạch để so")},
        _("Như đã biết ở lần ghi số %(no)s.") % {"no": matrix.base.known},
        _("Ô trống là chưa có số liệu, không phải bằng 0."),
    ]
    silent = [gap["name"] for gap in there.not_reported]
    if silent:
        found.append(_("Chưa báo cáo: %(names)s.") % {"names": ", ".join(silent)})
    return found

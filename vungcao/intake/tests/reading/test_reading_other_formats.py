"""The same table as xlsx, xls, ods (saved by LibreOffice) and csv reads the same; and NFD text becomes NFC."""

import csv
import json
import unicodedata
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest

from vungcao.intake.reading import read_workbook
from vungcao.intake.reading.checks import Checker
from vungcao.intake.reading.claims import RowClaim
from vungcao.intake.reading.document import Column, Row, Unit, Value
from vungcao.intake.reading.lines import Line
from vungcao.intake.reading.show import as_text
from vungcao.intake.tests.reading import layouts
from vungcao.intake.tests.reading.layouts import failing, only_sheet, only_table, read

KEPT = Path(__file__).parents[1] / "workbooks" / "reading"


@pytest.mark.parametrize("suffix", ["xls", "ods", "xlsx"])
def test_a_workbook_saved_by_libreoffice_reads_as_it_was_written(tmp_path, suffix):
    """Kept files: the disbursement layout with a hidden row, a percentage and merged heads, saved by LibreOffice."""
    sheet = only_sheet(read_workbook(KEPT / f"giai_ngan_libreoffice.{suffix}"))
    page = layouts.disbursement()
    table, written = sheet.tables[0], only_table(read(tmp_path / "goc.xlsx", page))
    assert [column.path for column in table.columns] == [column.path for column in written.columns]
    assert (table.title, table.range, table.unit) == (written.title, written.range, written.unit)
    for row, other in zip(table.rows, written.rows, strict=True):
        assert (row.row, row.mark, row.label) == (other.row, other.mark, other.label)
        assert {col: v.value for col, v in row.values.items()} == {col: v.value for col, v in other.values.items()}
    assert table.row(12).values["L"].kind == "percent"
    assert [row.row for row in table.rows if row.hidden] == [14]
    assert failing(table) == set()


def test_old_fonts_of_an_ods_are_known_by_cell_and_by_column(tmp_path):
    styles = (
        '<style:style style:name="v" style:family="table-cell"><style:text-properties style:font-name="VNI-Times"/>'
        '</style:style><style:style style:name="t" style:family="table-cell" style:parent-style-name="old"/>'
        '<style:style style:name="old" style:family="table-cell"><style:text-properties fo:font-family="\'.VnTime\'"/>'
        "</style:style>"
    )

    def row(*cells):
        return "<table:table-row>" + "".join(cells) + "</table:table-row>"

    def cell(said, style=""):
        return f"<table:table-cell{style}><text:p>{said}</text:p></table:table-cell>"

    own = ' table:style-name="v"'
    body = (
        '<table:table table:name="BM01"><table:table-column table:default-cell-style-name="t"/><table:table-column/>'
        + row(cell("X·"), cell("Keá hoaïch", own)) + row(cell("X· VÝ Dô"), cell("5"))
        + row(cell("Tæng céng"), cell("5"))
        + "</table:table>"
    )  # fmt: skip
    spaces = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for short, name in [("office", "office"), ("style", "style"), ("table", "table"), ("text", "text"),
                            ("fo", "xsl-fo-compatible")]
    )  # fmt: skip
    path = tmp_path / "vi-du.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "content.xml",
            f"<office:document-content {spaces}><office:automatic-styles>{styles}</office:automatic-styles>"
            f"<office:body><office:spreadsheet>{body}</office:spreadsheet></office:body></office:document-content>",
        )
    (table,) = read_workbook(path).sheets[0].tables
    assert [column.path for column in table.columns] == [("Xã",), ("Kế hoạch",)]
    assert [(row.label, row.kind) for row in table.rows] == [("Xã Ví Dụ", "item"), ("Tổng cộng", "total")]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_csv_is_read_with_whatever_separates_it(tmp_path, separator):
    path = tmp_path / "bieu.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream, delimiter=separator)
        for row in layouts.plan_by_unit().as_text_numbers("D", 10).rows:
            writer.writerow(["" if value is None else value for value in row])
    table = only_table(read_workbook(path))
    assert [row.values["D"].value for row in table.rows] == [30, 30, 570, 370, 200, 600]
    assert table.row(13).values["C"].said == "0000021"
    assert failing(table) == set()


def test_text_is_nfc_from_the_door_on(tmp_path):
    page = layouts.plan_by_unit()
    page.rows = [[unicodedata.normalize("NFD", v) if isinstance(v, str) else v for v in row] for row in page.rows]
    sheet = only_sheet(read(tmp_path / "nfd.xlsx", page))
    assert sheet.tables[0].row(13).label == "Huyện Ví Dụ Bắc"
    texts = [one.text for one in sheet.said] + [text for column in sheet.tables[0].columns for text in column.path]
    assert all(unicodedata.is_normalized("NFC", text) for text in texts)


def test_the_terminal_view_shows_rows_and_what_does_not_come_out(tmp_path):
    text = as_text(read(tmp_path / "sai.xlsx", layouts.plan_by_component().put("E10", 6100)))
    assert "TỔNG CỘNG" in text
    assert "3.850" in text
    assert "✗ E10: cộng các dòng (E11, E14) được 6.000, trong bảng ghi 6.100, lệch 100." in text
    assert "2 SAI" in text
    assert "dòng số cột: dòng 9" in text


def test_json_piece_by_piece_is_the_same_json(tmp_path):
    reading = read(tmp_path / "mot.xlsx", layouts.plan_by_component())
    assert json.loads("".join(reading.json_pieces())) == reading.as_json()


def test_figures_that_doubles_cannot_hold_to_the_last_digit_do_not_fail_for_it():
    unit, figures = Unit("đồng", 1), (30971578816638120, 10000000000000001, 20971578816638115)
    columns = (Column("C", ("Vốn",), None, "money"),)
    lines = [Line(row, None, f"Dòng {row}", True, False) for row in (1, 2, 3)]
    rows = [Row(line.row, None, line.label, "item", None, {"C": Value(str(one), Decimal(one), "number")})
            for line, one in zip(lines, figures, strict=True)]  # fmt: skip
    claim = RowClaim("sum_of_rows", lines[0], tuple(lines[1:]), True)
    tried = [Checker(columns, rows, unit, doubles=doubles).try_rows([claim]) for doubles in (False, True)]
    assert [checks[0].verdict for (checks,) in tried] == ["fails", "rounding"]

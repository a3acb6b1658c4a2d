"""The two layouts of the province's own files: the census table and the blank near-poverty form."""

import json
from decimal import Decimal
from pathlib import Path

from vungcao.intake.reading import read_workbook
from vungcao.intake.tests.reading.layouts import only_sheet, only_table, verdicts

KEPT = Path(__file__).parents[1] / "workbooks" / "reading"


def test_the_census_table_is_read_as_its_expected_json_says():
    expected = json.loads((KEPT / "dan_so_dan_toc_cao_bang.expected.json").read_text(encoding="utf-8"))
    sheet = only_sheet(read_workbook(KEPT / "dan_so_dan_toc_cao_bang.xlsx"))
    (table,) = sheet.tables
    assert [table.header.first, table.header.last] == expected["header_rows"]
    assert table.unit.said == expected["unit"]
    assert [table.rows[0].row, table.rows[-1].row] == [expected["first_data_row"], expected["last_data_row"]]
    assert [row.row for row in table.rows if row.kind == "total"] == [expected["total_row"]]
    for row, said in zip(table.rows, expected["rows"], strict=True):
        assert row.label == said["label"]
        for col, key in zip("CDEF", ["pop_2009", "pct_2009", "pop_2019", "pct_2019"], strict=True):
            assert row.values[col].value == Decimal(str(said[key])), (row.label, col)
            assert row.values[col].kind == "text_number"
    assert ("note", 13) in {(left.why, left.row) for left in sheet.left_out}
    assert {13}.isdisjoint(row.row for row in table.rows)
    for cell in ("C12", "D12", "E12", "F12"):
        assert verdicts(table, cell, "sum_of_rows") == ["holds"]
    assert [column.kind for column in table.columns] == ["mark", "label", "count", "percent", "count", "percent"]
    assert table.columns[2].path == ("2009", "Dân số (người)")


def test_the_blank_form_has_three_head_rows_seventeen_columns_and_no_value():
    table = only_table(read_workbook(KEPT / "mau_tong_hop_ho_can_ngheo_trong.xlsx"))
    assert (table.header.first, table.header.last) == (3, 5)
    assert len(table.columns) == 17
    assert {value.kind for row in table.rows for value in row.values.values()} == {"empty"}
    assert table.checks == ()
    assert table.column("M").path == ("Diễn biến hộ cận nghèo trong năm", "Số hộ cận nghèo phát sinh", "Tỷ lệ %")
    assert [(row.row, row.mark) for row in table.rows if row.kind == "section"] == [(6, "I"), (10, "II")]
    assert [row.parent for row in table.rows] == [None, 6, 6, 6, None, 10, 10, 10, 10, 10, None]
    assert table.row(16).kind == "total"

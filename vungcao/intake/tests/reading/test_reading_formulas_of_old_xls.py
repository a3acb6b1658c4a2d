"""An old xls keeps formulas as tokens: they are read, tried, and known where a figure was typed over one."""

import shutil
import struct
import subprocess

import openpyxl
import pytest

from vungcao.intake.reading import read_workbook
from vungcao.intake.reading.opening import open_grids
from vungcao.intake.tests.reading.layouts import Page, write

pytestmark = pytest.mark.office

PAGE = Page(
    [
        ["BIỂU TỔNG HỢP (VÍ DỤ)"],
        ["Đơn vị tính: triệu đồng"],
        ["STT", "Đơn vị", "Kế hoạch", "Giải ngân", "Còn lại", "Tỷ lệ (%)"],
        [None, "Tổng cộng", "=SUM(C5:C9)", "=SUM(D5:D9)", "=C4-D4", "=ROUND(D4/C4*100,1)"],
        *[
            [n, f"Xã Ví Dụ {n}", 100 * n, 50 * n, f"=C{n + 4}-D{n + 4}", f"=IF(C{n + 4}=0,0,D{n + 4}/C{n + 4}*100)"]
            for n in range(1, 6)
        ],
    ]
)


@pytest.fixture
def as_xls(tmp_path):
    def saved(page):
        if shutil.which("soffice") is None:
            pytest.fail("LibreOffice is needed: scripts/system_needs.sh says how to get it")
        path = write(tmp_path / "bieu.xlsx", page)
        openpyxl.load_workbook(path).save(path)  # without results, so that LibreOffice works them out
        command = ["soffice", "--headless", "--convert-to", "xls", "--outdir", str(tmp_path), str(path)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        return tmp_path / "bieu.xls"

    return saved


def warned(path):
    (sheet,) = read_workbook(path).sheets
    return {(one.code, one.cell) for one in sheet.warnings}


def test_plain_and_shared_formulas_are_said_in_words(as_xls):
    (grid,) = open_grids(as_xls(PAGE))[1]
    formulas = {cell.at: cell.formula for cell in grid if cell.formula}
    assert formulas["C4"] == "SUM(C5:C9)"
    assert [formulas[f"E{row}"] for row in range(4, 10)] == [f"C{row}-D{row}" for row in range(4, 10)]
    assert formulas["F9"] == "IF(C9=0,0,D9/C9*100)"
    assert not warned(as_xls(PAGE))


def test_a_figure_typed_over_a_formula_is_found(as_xls):
    assert ("formula.overtyped", "E7") in warned(as_xls(PAGE.put("E7", 150)))


def test_a_result_that_is_not_the_formulas_is_found(as_xls):
    path = as_xls(PAGE)
    content = path.read_bytes()
    assert content.count(struct.pack("<d", 1500.0)) == 1  # the result of the sum in C4
    path.write_bytes(content.replace(struct.pack("<d", 1500.0), struct.pack("<d", 1600.0)))
    assert ("formula.stale", "C4") in warned(path)

"""The quick way and the reader say the same of every list, however its workbook is written."""

import random
import shutil
import subprocess
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from vungcao.intake.reading import CannotRead
from vungcao.intake.registers import check
from vungcao.intake.registers.quick import open_quickly
from vungcao.intake.tests.generated.corruption import corrupt
from vungcao.intake.tests.registers.lists import HEADS, LINES, rules, write

ODD = [
    None, "", "  Tày ", "Ta\u0300y", "a  b", "a\nb", "x & y <z>", 0, 1.5, -3, 1e15, 0.1 + 0.2, 12345678901234567, True,
    date(1899, 12, 31), date(1900, 2, 28), date(2024, 2, 29), datetime(2024, 5, 6, 7, 8), "31/02/2024", "1.234.567",
    "không phát sinh", "-", "#REF!", "H001", "0012", 45_000,
]  # fmt: skip


def both(path: Path):
    said = []
    for quickly in (True, False):
        taken = []
        checked = check(path, rules(), take=taken.append, quickly=quickly)
        rows = [row for lines in taken for row in lines.rows]
        columns = {c: [cell for lines in taken for cell in lines.columns[c]] for c in checked.letters}
        said.append((checked.lines, checked.faults, checked.left_out, checked.unseen, checked.letters, rows, columns))
    return said


def lines(count: int, chance: random.Random, odd: int) -> list[list[object]]:
    made = []
    for number in range(count):
        line = [*LINES[number % 3]]
        line[0], line[1] = number + 1, f"H{number:03d}"
        for _ in range(chance.randrange(3) if chance.random() * 100 < odd else 0):
            line[chance.randrange(len(line))] = chance.choice(ODD)
        made.append(line)
    return made


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10**6), odd=st.sampled_from([0, 5, 60]), above=st.integers(0, 2), shared=st.booleans())
def test_of_random_lists_both_ways_say_the_same(tmp_path_factory, seed, odd, above, shared):
    chance = random.Random(seed)
    path = tmp_path_factory.mktemp("ds") / "ds.xlsx"
    hidden = chance.sample(range(3 + above, 260), 3) if chance.random() < 0.3 else ()
    made = lines(chance.randrange(1, 700), chance, odd)
    if shared:
        write(path, made, above=above, hidden=hidden)
    else:
        by_openpyxl(path, made, above)
    quick, thorough = both(path)
    assert quick == thorough


def by_openpyxl(path: Path, made: list[list[object]], above: int) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for _ in range(above):
        sheet.append(["DANH SÁCH (VÍ DỤ)"])
    sheet.append(HEADS)
    for line in made:
        sheet.append(line)
    book.save(path)


def test_texts_written_in_place_are_read_quickly_too(tmp_path):
    path = tmp_path / "ds.xlsx"
    book = xlsxwriter.Workbook(path, {"constant_memory": True, "default_date_format": "dd/mm/yyyy"})
    sheet = book.add_worksheet()
    for index, line in enumerate([HEADS, *lines(600, random.Random(1), 10)]):
        sheet.write_row(index, 0, line)
    book.close()
    assert open_quickly(path) is not None
    quick, thorough = both(path)
    assert quick == thorough


@pytest.mark.office
def test_a_list_saved_by_libreoffice_is_read_quickly_too(tmp_path):
    if shutil.which("soffice") is None:
        pytest.fail("LibreOffice is needed: scripts/system_needs.sh says how to get it")
    for odd in (0, 10):  # LibreOffice writes TRUE as a formula: that list is the reader's
        path = write(tmp_path / f"ds{odd}.xlsx", lines(600, random.Random(2), odd), above=1)
        command = ["soffice", "--headless", "--convert-to", "xlsx", "--outdir", str(tmp_path / "lo"), str(path)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        assert (open_quickly(tmp_path / "lo" / path.name) is not None) == (odd == 0)
        quick, thorough = both(tmp_path / "lo" / path.name)
        assert quick == thorough


def formula(book, sheet, cell):
    sheet.write_formula("G3", "=F3-1", None, 5)


def late_formula(book, sheet, cell):
    sheet.write_formula("G400", "=F400-1", None, 5)


def late_formula_without_a_result(book, sheet, cell):
    sheet.write_formula("G400", "=F400-1", None, "")


def error(book, sheet, cell):
    sheet.write_formula("F400", "=1/0", None, "#DIV/0!")


def old_font(book, sheet, cell):
    sheet.write("C5", "§ång VÝ Dô", book.add_format({"font_name": ".VnTime"}))


def two_fonts(book, sheet, cell):
    sheet.write_rich_string("C5", "Người ", book.add_format({"bold": True}), "Ví Dụ")


def hidden_column(book, sheet, cell):
    sheet.set_column("I:I", None, None, {"hidden": True})


def code_with_zeros(book, sheet, cell):
    sheet.write("I5", 12, book.add_format({"num_format": "0000"}))


def percentage(book, sheet, cell):
    sheet.write("F400", 0.5, book.add_format({"num_format": "0%"}))


def no_height(book, sheet, cell):
    sheet.set_row(399, 0)


def shaded_rows(book, sheet, cell):
    grey = book.add_format({"bg_color": "#DDDDDD"})
    for row in range(1, 500, 2):
        sheet.write(row, 3, "Tày", grey)


def merged(book, sheet, cell):
    sheet.merge_range("C400:D400", "Người Ví Dụ")


@pytest.mark.parametrize(
    "change",
    [formula, late_formula, late_formula_without_a_result, error, old_font, two_fonts, hidden_column, code_with_zeros,
     percentage, no_height, shaded_rows, merged],
)  # fmt: skip
def test_what_a_workbook_may_hold_besides_changes_nothing(tmp_path, change):
    path = tmp_path / "ds.xlsx"
    book = xlsxwriter.Workbook(path, {"default_date_format": "dd/mm/yyyy"})
    sheet = book.add_worksheet("DS")
    for index, line in enumerate([HEADS, *lines(500, random.Random(3), 4)]):
        sheet.write_row(index, 0, line)
    change(book, sheet, None)
    book.close()
    quick, thorough = both(path)
    assert quick == thorough


def test_a_long_plain_list_takes_the_quick_way(tmp_path):
    """Otherwise the tests above would compare the reader with itself."""
    assert open_quickly(write(tmp_path / "ds.xlsx", lines(500, random.Random(4), 5))) is not None


def test_a_damaged_list_is_read_or_refused_with_a_sentence(tmp_path):
    whole = write(tmp_path / "ds.xlsx", lines(3_000, random.Random(5), 5)).read_bytes()
    path, refused = tmp_path / "hong.xlsx", 0
    for seed in range(60):
        path.write_bytes(corrupt(whole, seed))
        try:
            assert check(path, rules()).lines >= 0
        except CannotRead as refusal:
            assert refusal.said.endswith((".", ")"))
            refused += 1
    assert 10 < refused < 60

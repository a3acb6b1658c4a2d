"""The HTML view rebuilds the table, marks the cells that do not come out, and carries nothing a policy forbids."""

import re

from lxml import etree

from vungcao.intake.reading.show import as_text
from vungcao.intake.reading.show_html import as_html
from vungcao.intake.tests.reading import layouts
from vungcao.intake.tests.reading.layouts import only_table, read


def cells(html):
    return {cell.get("data-cell"): cell for cell in etree.fromstring(html).iter("td") if cell.get("data-cell")}


def test_values_stand_in_their_cells_and_the_wrong_sum_is_marked(tmp_path):
    found = cells(as_html(read(tmp_path / "sai.xlsx", layouts.plan_by_component().put("E10", 6100))))
    assert found["E11"].text == "3.000"
    assert "figure" in found["E11"].get("class")
    assert "check-fails" in found["E10"].get("class")
    assert "check-fails" not in found["E11"].get("class")


def test_the_head_spans_what_it_stands_over(tmp_path):
    reading = read(tmp_path / "bieu.xlsx", layouts.plan_by_component())
    tree, table = etree.fromstring(as_html(reading)), only_table(reading)
    spans = {head.text: int(head.get("colspan", "1")) for head in tree.iter("th") if head.text}
    assert spans["Vốn đầu tư"] == 3
    figures = [column for column in table.columns if column.kind not in ("mark", "label")]
    assert len(tree.findall(".//tr[@class='letters']/th")) == 3 + len(figures)


def test_texts_of_the_workbook_are_escaped_and_nothing_is_inline(tmp_path):
    page = layouts.plan_by_component().put("B11", "<script>alert(1)</script>").put("A3", 'BIỂU "VÍ DỤ" <b>')
    html = as_html(read(tmp_path / "la.xlsx", page))
    assert "<script" not in html and "&lt;script&gt;" in html
    assert not re.search(r"\sstyle=|\son\w+=|<style", html)


def test_the_terminal_view_fits_a_hundred_columns(tmp_path):
    text = as_text(read(tmp_path / "rong.xlsx", layouts.disbursement()))
    table = [line for line in text.splitlines() if re.match(r"\s*\d+  |Dòng", line)]
    assert table and max(map(len, table)) <= 100
    assert {"C", "L"} <= set(re.findall(r"\b[A-Z]\b", " ".join(line for line in table if line.startswith("Dòng"))))

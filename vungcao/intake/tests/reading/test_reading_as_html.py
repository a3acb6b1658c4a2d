"""The HTML view rebuilds the table, marks the cells that do not come out, and carries nothing a policy forbids."""

import re

import pytest
from lxml import etree

from vungcao.intake.reading.show import as_text
from vungcao.intake.reading.show_html import as_html, as_page
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


def test_what_a_check_says_links_to_its_cell_and_the_sum_of_all_stands_first(tmp_path):
    html = as_html(read(tmp_path / "sai.xlsx", layouts.plan_by_component().put("E10", 6100)))
    tree = etree.fromstring(html)
    links = {link.get("href") for link in tree.iter("a")}
    assert "#trang-1-E10" in links
    assert links <= {f"#{cell.get('id')}" for cell in tree.iter("td")}
    assert re.search(r"1 bảng\. Kiểm \d+ phép: .*sai", tree.findtext("p[@class='reading-sum']"))


def test_a_code_is_shown_as_typed_and_a_figure_in_the_vietnamese_style(tmp_path):
    rows = [["BIỂU VÍ DỤ"], ["ĐVT: đồng"], ["STT", "Đơn vị", "Mã dự án", "Vốn"], [1, "Xã Một", 7890123, 4500000],
            [2, "Xã Hai", 7890124, "1,500,000"], [None, "Cộng", None, 7000000]]  # fmt: skip
    reading = read(tmp_path / "ma.xlsx", layouts.Page(rows))
    found = cells(as_html(reading))
    assert [found[at].text for at in ("C4", "D4", "D5")] == ["7890123", "4.500.000", "1.500.000"]
    assert found["D5"].get("title") == "1,500,000"
    lines = as_text(reading).splitlines()
    assert any("7890123" in line and "4.500.000" in line for line in lines)
    assert any("✗ 7.000.000" in line for line in lines)


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 1280])
def test_a_wide_table_scrolls_by_itself_and_the_page_does_not(tmp_path, browser, width):
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.set_content(as_page(read(tmp_path / "rong.xlsx", layouts.disbursement())))
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator(".reading-scroll").count() == 1
    page.close()

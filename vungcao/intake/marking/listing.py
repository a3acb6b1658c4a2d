"""The first sheet of a marked copy: what was checked and when, how to use it, every problem with a link to its cell."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from lxml import etree

from vungcao.intake.marking.book import KEEPER, MARKER
from vungcao.intake.marking.package import legible
from vungcao.intake.marking.styles import WEIGHTS, Styles, Weight

HEADS: Final = ("TT", "Trang tính", "Ô", "Mức", "Nội dung", "Đã nói")
WIDTHS: Final = (5.5, 22.0, 9.0, 15.0, 66.0, 26.0)
MOST_LINKS: Final = 60_000
_FONT: Final = '<name val="Times New Roman"/><family val="1"/>'
_THIN: Final = "".join(
    f'<{side} style="thin"><color rgb="FFB3BAC5"/></{side}>' for side in ("left", "right", "top", "bottom")
)
_ABOVE: Final = 'horizontal="left" vertical="top" wrapText="1"'
_TEXT: Final = 'horizontal="left" vertical="center" wrapText="1" indent="1"'
_MIDDLE: Final = 'horizontal="center" vertical="center" wrapText="1"'


@dataclass(frozen=True)
class Line:
    """A line of the list. ``link`` is empty where there is nowhere to go (no cell, hidden sheet); ``keeper`` is the
    address of a marked cell and the style it had, so that a later check can give it back."""

    sheet: str
    cell: str
    weight: Weight
    sentence: str
    said: str
    link: str = ""
    keeper: tuple[str, int] | None = None


@dataclass(frozen=True)
class Intro:
    """What stands above the list."""

    file: str
    at: datetime
    remarks: Sequence[str] = ()


class Listing:
    """Builds the sheet's XML; ``head`` and ``last`` are the rows of the heads and of the last line."""

    def __init__(self, intro: Intro, lines: Sequence[Line], styles: Styles) -> None:
        self.styles, self.namespace = styles, styles.namespace
        self._make_styles()
        self.rows: list[etree._Element] = []
        self.links: list[tuple[str, str]] = []
        self.merges: list[str] = []
        self._intro(intro, lines)
        self.head = len(self.rows) + 1
        self._heads()
        for number, line in enumerate(lines, start=1):
            self._line(number, line)
        if not lines:
            self._wide("Không có điều gì phải sửa.", self.plain)
        self.last = len(self.rows)

    def xml(self) -> bytes:
        root = self._element("worksheet")
        page = self._in(root, "sheetPr")
        self._in(page, "tabColor", rgb="FF1F4B8F")
        self._in(page, "pageSetUpPr", fitToPage="1")
        self._in(root, "dimension", ref=f"A1:G{self.last}")
        view = self._in(
            self._in(root, "sheetViews"), "sheetView", showGridLines="0", tabSelected="1", workbookViewId="0"
        )
        top = f"A{self.head + 1}"
        self._in(view, "pane", ySplit=str(self.head), topLeftCell=top, activePane="bottomLeft", state="frozen")
        self._in(view, "selection", pane="bottomLeft", activeCell=top, sqref=top)
        self._in(root, "sheetFormatPr", defaultRowHeight="16.5")
        columns = self._in(root, "cols")
        for number, width in enumerate(WIDTHS, start=1):
            self._in(columns, "col", min=str(number), max=str(number), width=str(width), customWidth="1")
        keeper = {"min": str(KEEPER), "max": str(KEEPER), "width": "9", "hidden": "1", "customWidth": "1"}
        self._in(columns, "col", **keeper)
        self._in(root, "sheetData").extend(self.rows)
        self._in(root, "autoFilter", ref=f"A{self.head}:F{self.last}")
        merges = self._in(root, "mergeCells", count=str(len(self.merges)))
        for merge in self.merges:
            self._in(merges, "mergeCell", ref=merge)
        if self.links:
            links = self._in(root, "hyperlinks")
            for ref, location in self.links[:MOST_LINKS]:
                self._in(links, "hyperlink", ref=ref, location=location, display=location)
        self._in(root, "printOptions", horizontalCentered="1")
        self._in(root, "pageMargins", left="0.6", right="0.6", top="0.7", bottom="0.7", header="0.3", footer="0.3")
        self._in(root, "pageSetup", paperSize="9", orientation="landscape", fitToWidth="1", fitToHeight="0")
        footer = self._in(self._in(root, "headerFooter"), "oddFooter")
        footer.text = '&L&"Times New Roman,Regular"&10Kết quả kiểm tra&R&"Times New Roman,Regular"&10Trang &P/&N'
        return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))

    # rows ---------------------------------------------------------------------------------------------------
    def _intro(self, intro: Intro, lines: Sequence[Line]) -> None:
        self._wide("KẾT QUẢ KIỂM TRA", self.title, height=27)
        self._put(self.rows[-1], 1, KEEPER, MARKER, 0)
        self._wide(f"Tệp “{intro.file}”, kiểm tra lúc {intro.at:%H:%M} ngày {intro.at:%d/%m/%Y}.", self.plain)
        counts = {weight: sum(line.weight == weight for line in lines) for weight in WEIGHTS}
        words = {"unusable": "phải sửa", "contradicting": "cần giải trình", "notice": "lưu ý"}
        said = ", ".join(f"{counts[weight]} {words[weight]}" for weight in WEIGHTS if counts[weight])
        self._wide(f"{len(lines)} điều cần xem: {said}." if lines else "Không có điều gì cần xem.", self.bold)
        meanings = []
        if counts["unusable"]:
            meanings.append("“Phải sửa”: chưa nhận bảng này vào sổ cho đến khi sửa xong")
        if counts["contradicting"]:
            meanings.append("“Cần giải trình”: vẫn nhận, nhưng trái với số liệu đã có")
        if counts["notice"]:
            meanings.append("“Lưu ý”: để biết")
        if meanings:
            self._wide("; ".join(meanings) + ".", self.quiet)
        if any(line.link for line in lines):
            self._wide(
                "Bấm địa chỉ ở cột “Ô” để đến đúng chỗ; ô ấy được tô màu và có ghi chú. Sửa ngay trong tệp này rồi gửi "
                "lại cũng được: lần kiểm tra sau sẽ tự thay trang này và bỏ dấu cũ.",
                self.quiet,
            )
        for remark in intro.remarks:
            self._wide(remark, self.quiet)
        self._row(8)

    def _heads(self) -> None:
        row = self._row(24)
        for col, words in enumerate(HEADS, start=1):
            self._put(row, len(self.rows), col, words, self.head_style)

    def _line(self, number: int, line: Line) -> None:
        texts = (str(number), line.sheet, line.cell or "–", WEIGHTS[line.weight], line.sentence, line.said)
        lines = max(math.ceil(len(text) / (width * 1.1 - 2)) for text, width in zip(texts, WIDTHS, strict=True))
        row = self._row(max(lines, 1) * 15.75 + 7)
        at = len(self.rows)
        mark = self.weights[line.weight]
        looks = (self.centre, self.body, self.link if line.link else self.centre, mark, self.body, self.body)
        for col, (text, look) in enumerate(zip(texts, looks, strict=True), start=1):
            if col == 1:
                cell = self._in(row, "c", r=f"A{at}", s=str(look))
                self._in(cell, "v").text = text
            else:
                self._put(row, at, col, text, look)
        if line.link:
            self.links.append((f"C{at}", line.link))
        if line.keeper:
            self._put(row, at, KEEPER, line.keeper[0], line.keeper[1])

    def _wide(self, text: str, look: int, height: float | None = None) -> None:
        """A line over all columns, as high as its words need."""
        rows = math.ceil(len(text) / (sum(WIDTHS) * 1.1))
        row = self._row(height or rows * 15.75 + 2)
        self._put(row, len(self.rows), 1, text, look)
        self.merges.append(f"A{len(self.rows)}:F{len(self.rows)}")

    def _row(self, height: float) -> etree._Element:
        about = {"r": str(len(self.rows) + 1), "ht": f"{height:g}", "customHeight": "1"}
        self.rows.append(self._element("row", **about))
        return self.rows[-1]

    def _put(self, row: etree._Element, at: int, col: int, text: str, look: int) -> None:
        """A text as an inline string: never a formula, whatever it begins with."""
        cell = self._in(row, "c", r=f"{'ABCDEFG'[col - 1]}{at}", s=str(look), t="inlineStr")
        said = self._in(self._in(cell, "is"), "t")
        said.text = legible(text)
        said.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")

    # looks --------------------------------------------------------------------------------------------------
    def _make_styles(self) -> None:
        plain = self._font('<sz val="12"/>')
        bold = self._font('<b/><sz val="12"/>')
        box = self.styles.add("borders", f"<border>{_THIN}<diagonal/></border>")
        soft = '<patternFill patternType="solid"><fgColor rgb="FFE9EFF9"/><bgColor indexed="64"/></patternFill>'
        grey = self.styles.add("fills", f"<fill>{soft}</fill>")
        self.title = self._look(self._font('<b/><sz val="16"/><color rgb="FF1F4B8F"/>'), _ABOVE)
        self.plain = self._look(plain, _ABOVE)
        self.bold = self._look(bold, _ABOVE)
        self.quiet = self._look(self._font('<sz val="12"/><color rgb="FF4F5866"/>'), _ABOVE)
        self.head_style = self._look(bold, _MIDDLE, box, grey)
        self.body = self._look(plain, _TEXT, box)
        self.centre = self._look(plain, _MIDDLE, box)
        self.link = self._look(self._font('<u/><sz val="12"/><color rgb="FF1F4B8F"/>'), _MIDDLE, box)
        self.weights = {weight: self._look(bold, _TEXT, box, self.styles.fill(weight)) for weight in WEIGHTS}

    def _font(self, xml: str) -> int:
        return self.styles.add("fonts", f"<font>{xml}{_FONT}</font>")

    def _look(self, font: int, alignment: str, border: int = 0, fill: int = 0) -> int:
        about = f'numFmtId="0" fontId="{font}" fillId="{fill}" borderId="{border}" xfId="0"'
        applied = 'applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"'
        return self.styles.add("cellXfs", f"<xf {about} {applied}><alignment {alignment}/></xf>")

    def _element(self, name: str, **about: str) -> etree._Element:
        return etree.Element(f"{{{self.namespace}}}{name}", about, nsmap={None: self.namespace})

    def _in(self, parent: etree._Element, name: str, **about: str) -> etree._Element:
        return etree.SubElement(parent, f"{{{self.namespace}}}{name}", about)

"""One side of A4: lines and small tables in small type, for a page that is read and put away, not issued.

It has no number and no signature; the frames of Nghị định 30/2020/NĐ-CP leave no room for it on one side.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from .header_marks import mark_example
from .packing import packed

FONT: Final = "Times New Roman"
WIDTH: Final = 175  # mm between the margins
Rows = Sequence[Sequence[str]]


class OneSide:
    """The page while it is written; the same calls give the same bytes."""

    def __init__(self, title: str) -> None:
        self.document: Any = Document()
        section = self.document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin, section.right_margin = Mm(20), Mm(15)
        section.top_margin, section.bottom_margin = Mm(15), Mm(12)
        normal = self.document.styles["Normal"]
        normal.font.name, normal.font.size = FONT, Pt(10)
        normal.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
        normal.paragraph_format.space_before, normal.paragraph_format.space_after = Pt(0), Pt(2)
        core = self.document.core_properties
        core.author, core.title, core.language = "", title, "vi-VN"

    def title(self, text: str) -> None:
        """A heading that stays with what follows."""
        paragraph = self.line(text, size=11, bold=True)
        paragraph.paragraph_format.space_before, paragraph.paragraph_format.keep_with_next = Pt(5), True

    def line(
        self, text: str, *, size: float = 10, bold: bool = False, italic: bool = False, centred: bool = False
    ) -> Any:
        """A paragraph; returns it."""
        paragraph = self.document.add_paragraph()
        run = paragraph.add_run(text)
        run.font.size, run.font.bold, run.font.italic = Pt(size), bold, italic
        if centred:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        return paragraph

    def table(
        self, heads: Sequence[str], rows: Rows, widths: Sequence[int], *,
        right: Sequence[int] = (), bold: Sequence[int] = (),
    ) -> None:  # fmt: skip
        """A table as wide as the page. ``widths`` in proportion; ``right``: columns of figures; ``bold``: rows that
        head a group, their first two cells joined.
        """
        table = self.document.add_table(rows=0, cols=len(heads))
        table.style, table.autofit = self.document.styles["Table Grid"], False
        for column, wide in zip(table.columns, widths, strict=True):
            column.width = Mm(wide * WIDTH / sum(widths))
        for index, row in enumerate([heads, *rows]):
            cells = table.add_row().cells
            for column, (cell, text) in enumerate(zip(cells, row, strict=True)):
                cell.width = Mm(widths[column] * WIDTH / sum(widths))
                paragraph = cell.paragraphs[0]
                paragraph.paragraph_format.space_after = Pt(0)
                run = paragraph.add_run(text)
                run.font.size, run.font.bold = Pt(8.5), index == 0 or index - 1 in bold
                if column in right:
                    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        for index in bold:
            cells = table.rows[index + 1].cells
            joined = cells[0].merge(cells[1])
            joined._tc.remove(joined.paragraphs[-1]._p)
        table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))

    def content(self, *, example: bool) -> bytes:
        """The Word file; marked "VÍ DỤ" where it holds example figures."""
        if example:
            mark_example(self.document)
        return packed(self.document)

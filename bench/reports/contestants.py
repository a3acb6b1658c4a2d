"""Each contestant writes the report or the list once; run by name in a fresh process of its own.

The pictures of the report (ten charts) are ready beforehand: only the document's assembly is timed.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any, Final
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from bench.intake.measuring import measure
from bench.reports.making import HEADS, KINDS, LIST_HEADS, TABLES, TEXT, list_rows, tables
from vungcao.kernel.vietnamese import amount, number

LIST: Final = 50_000
Result = dict[str, int]


def with_picture(index: int) -> bool:
    return index % 5 < 2


# the report -----------------------------------------------------------------------------------------------
def our_docx(path: str) -> Result:
    """Our builder: frame by decree, numbered headings, bookmarks, head rows that repeat, rows that don't split."""
    from vungcao.reports.paper import (
        Cell,
        Chart,
        HeadCell,
        Paper,
        Paragraph,
        Section,
        Signature,
        Table,
        TableRow,
        write_docx,
    )

    head = (tuple(map(HeadCell, HEADS)),)
    sections = []
    for index, rows in enumerate(READY["tables"]):
        lines = tuple(
            TableRow("item", (Cell(mark), Cell(name), Cell(plan, "money", f"p{index}.{mark}"),
                              Cell(paid, "money", f"g{index}.{mark}"), Cell(Decimal(f"{rate}"), "percent"), Cell(note)))
            for mark, name, plan, paid, rate, note in rows
        )  # fmt: skip
        charts = (Chart(f"Biểu đồ {index}", {}, "ví dụ", png=READY["base64"]),) if with_picture(index) else ()
        title, said = "Dự án thành phần", (Paragraph.of(TEXT),)
        sections.append(Section(f"{index + 1}", title, said, tables=(Table("", head, lines),), charts=charts))
    paper = Paper(Signature(("TRƯỞNG BAN",)), "Kết quả (ví dụ)", year=2024, sections=sections, example=True)
    write_docx(paper, Path(path) / "our.docx")
    return {}


def _plain(rows: list[Any]) -> list[tuple[str, ...]]:
    return [(mark, name, amount(plan), amount(paid), f"{number(Decimal(f'{rate}'))}%", note)
            for mark, name, plan, paid, rate, note in rows]  # fmt: skip


def docxtpl_docx(path: str) -> Result:
    """docxtpl used plainly: ``{%tr %}`` loops in a template of Word's own table style."""
    from docx.shared import Cm
    from docxtpl import DocxTemplate, InlineImage

    template = DocxTemplate(str(Path(path) / "plain.docx"))
    told = [
        {
            "h": f"{index + 1}. Dự án thành phần",
            "txt": TEXT,
            "rows": _plain(rows),
            "pic": InlineImage(template, BytesIO(READY["png"]), width=Cm(15)) if with_picture(index) else "",
        }
        for index, rows in enumerate(READY["tables"])
    ]
    template.render({"secs": told}, autoescape=True)
    template.save(str(Path(path) / "docxtpl.docx"))
    return {}


def raw_docx(path: str) -> Result:
    """Texts joined straight into the zip: no styles worth the name, no picture set in the text."""
    body = []
    for rows in READY["tables"]:
        body.append(f'<w:p><w:r><w:t xml:space="preserve">{escape(TEXT)}</w:t></w:r></w:p><w:tbl><w:tblPr/>')
        for row in [HEADS, *_plain(rows)]:
            cells = "".join(f"<w:tc><w:p><w:r><w:t>{escape(one)}</w:t></w:r></w:p></w:tc>" for one in row)
            body.append(f"<w:tr>{cells}</w:tr>")
        body.append("</w:tbl>")
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    made = Path(path) / "raw.docx"
    with ZipFile(Path(path) / "plain.docx") as old, ZipFile(made, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name != "word/document.xml":
                new.writestr(name, old.read(name))
        text = f'<w:document xmlns:w="{space}"><w:body>{"".join(body)}</w:body></w:document>'
        new.writestr("word/document.xml", text)
        for index in range(10):
            new.writestr(f"word/media/extra{index}.png", READY["png"])
    return {}


def make_plain_template(folder: Path) -> None:
    """The template that docxtpl fills."""
    from docx import Document

    word = Document()
    word.add_paragraph("{%p for s in secs %}")
    word.add_heading("{{ s.h }}", 2)
    word.add_paragraph("{{ s.txt }}")
    table = word.add_table(4, len(HEADS), style="Table Grid")
    for cell, head in zip(table.rows[0].cells, HEADS, strict=True):
        cell.text = head
    table.cell(1, 0).text, table.cell(3, 0).text = "{%tr for r in s.rows %}", "{%tr endfor %}"
    for column in range(len(HEADS)):
        table.cell(2, column).text = f"{{{{ r[{column}] }}}}"
    for line in ("{%p if s.pic %}", "{{ s.pic }}", "{%p endif %}", "{%p endfor %}"):
        word.add_paragraph(line)
    word.save(str(folder / "plain.docx"))


def whole(docx: Path) -> bool:
    """Every table is there, whole: the same names and amounts in each contestant's file."""
    with ZipFile(docx) as file:
        xml = file.read("word/document.xml").decode()
    names = [f"Tiểu dự án {table}.{row}:" for table in range(TABLES) for row in range(22)]
    amounts = [amount(row[2]) for rows in tables() for row in rows]
    return xml.count("<w:tr>") + xml.count("<w:tr ") >= 23 * TABLES and all(one in xml for one in [*names, *amounts])


# the list -------------------------------------------------------------------------------------------------
def our_xlsx(path: str) -> Result:
    from vungcao.reports.paper.long_list import Column, write_list

    columns = [Column(head, kind) for head, kind in zip(LIST_HEADS, KINDS, strict=True)]  # type: ignore[arg-type]
    made = write_list(Path(path) / "our.xlsx", columns, READY["rows"], "Danh sách (ví dụ)")
    return {"rows": made}


def xlsxwriter_xlsx(path: str) -> Result:
    """XlsxWriter in constant memory, with the same styles for columns."""
    import xlsxwriter

    book = xlsxwriter.Workbook(str(Path(path) / "xlsxwriter.xlsx"), {"constant_memory": True})
    styles = {kind: book.add_format({"num_format": form}) for kind, form in
              {"text": "@", "number": "#,##0", "date": "dd/mm/yyyy"}.items()}  # fmt: skip
    sheet = book.add_worksheet("Danh sách (ví dụ)")
    for index, kind in enumerate(KINDS):
        sheet.set_column(index, index, 14, styles[kind])
    sheet.write_row(0, 0, LIST_HEADS, book.add_format({"bold": True}))
    wants = [styles[kind] for kind in KINDS]
    for number_of, row in enumerate(READY["rows"], start=1):
        for column, value in enumerate(row):
            if value is None:
                continue
            if KINDS[column] == "date":
                sheet.write_datetime(number_of, column, value, wants[column])
            else:
                sheet.write(number_of, column, value, wants[column])
    book.close()
    return {"rows": len(READY["rows"])}


def rustpy_xlsx(path: str) -> Result:
    """rustpy-xlsxwriter, in its own environment; it takes dictionaries and no style of a column."""
    import rustpy_xlsxwriter

    rows = [
        dict(zip(LIST_HEADS, ("" if value is None else value for value in row), strict=True)) for row in READY["rows"]
    ]
    rustpy_xlsxwriter.write_worksheet(rows, str(Path(path) / "rustpy.xlsx"))
    return {"rows": len(rows)}


CONTESTANTS: Final[dict[str, Callable[[str], Result]]] = {
    "raw XML": raw_docx,
    "docxtpl used plainly": docxtpl_docx,
    "our builder": our_docx,
    "rustpy-xlsxwriter": rustpy_xlsx,
    "XlsxWriter constant_memory": xlsxwriter_xlsx,
    "our long list": our_xlsx,
}
NEEDS: Final = {
    "docxtpl used plainly": ["docxtpl", "docx"],
    "our builder": ["vungcao.reports.paper"],
    "our long list": ["vungcao.reports.paper.long_list"],
    "XlsxWriter constant_memory": ["xlsxwriter"],
    "rustpy-xlsxwriter": ["rustpy_xlsxwriter"],
}
FILES: Final = {"raw XML": "raw.docx", "docxtpl used plainly": "docxtpl.docx", "our builder": "our.docx"}
READY: dict[str, Any] = {}


def make_ready(name: str, folder: Path) -> None:
    """What is not timed: the rows or the tables, and the picture that stands for each chart."""
    if name in ("our long list", "XlsxWriter constant_memory", "rustpy-xlsxwriter"):
        READY["rows"] = list_rows(LIST)
        return
    import base64

    from vungcao.reports.paper import shipped_frame

    READY["tables"] = tables()
    READY["png"] = (folder / "chart.png").read_bytes()
    shipped_frame("báo cáo")  # our template stands ready, as docxtpl's does
    READY["base64"] = base64.b64encode(READY["png"]).decode()


if __name__ == "__main__":
    asked, where = sys.argv[1], sys.argv[2]
    make_ready(asked, Path(where))
    measure(CONTESTANTS[asked], where, NEEDS.get(asked, []))

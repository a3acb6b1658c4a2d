"""The body of a paper as Word elements: grounds, prose, numbered headings, articles, tables, charts.

Each figure in text or table is wrapped in a bookmark (`bookmark_name`), so that a number on paper can be found from the
figure's id.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm

from .drawing import draw
from .frame import TEXT_WIDTH
from .kinds import RESOLUTION, kind_named
from .packing import table_place
from .parts import UNSURE, Article, Chart, Paper, Paragraph, Run, Section, Table
from .printing import ROUNDED_NOTE, clean, is_rounded, unit_line
from .word_table import table_xml


def bookmark_name(figure: str, nth: int = 1) -> str:
    """Name of the bookmark around the n-th print of a figure: a letter first, 40 characters at most, as Word wants."""
    key = "so_" + hashlib.sha256(figure.encode()).hexdigest()[:12]
    return key if nth == 1 else f"{key}_{nth}"


class Bookmarks:
    """Bookmarks in order of appearance: numbers and names are unique in the file."""

    def __init__(self) -> None:
        self._count = 0
        self._prints: dict[str, int] = {}

    def __call__(self, figure: str) -> tuple[str, str]:
        """The pair of XML that stands around a print of the figure."""
        self._count += 1
        self._prints[figure] = nth = self._prints.get(figure, 0) + 1
        name = bookmark_name(figure, nth)
        start = f'<w:bookmarkStart w:id="{self._count}" w:name="{name}"/>'
        return start, f'<w:bookmarkEnd w:id="{self._count}"/>'


class Setter:
    """Sets parts of a paper as elements of one Word document; pictures become parts of that document.

    In the place of a table stands an element that names its number among ``tables``: `packed` sets them in.
    """

    def __init__(self, document: Any) -> None:
        self.document = document
        self.marks = Bookmarks()
        self.tables: list[str] = []

    # text --------------------------------------------------------------------------------------------------
    def line(self, style: str, text: str) -> Any:
        """A paragraph of one plain run."""
        return self.paragraph(style, (Run(text),))

    def paragraph(self, style: str, runs: Sequence[Run], lead: str = "") -> Any:
        """A paragraph of runs in a named style; ``lead`` stands before them in bold."""
        parts = [f'<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">{escape(clean(lead))}</w:t></w:r>'] * bool(lead)
        for run in runs:
            start, end = self.marks(run.figure) if run.figure else ("", "")
            text = escape(clean(run.text + UNSURE.get(run.sure, "")))
            parts.append(f'{start}<w:r><w:t xml:space="preserve">{text}</w:t></w:r>{end}')
        head = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>'
        return parse_xml(f"<w:p {nsdecls('w')}>{head}{''.join(parts)}</w:p>")

    def prose(self, paragraphs: Sequence[Paragraph]) -> list[Any]:
        """Paragraphs of running text."""
        return [self.paragraph("NoiDung", paragraph.runs) for paragraph in paragraphs]

    # parts -------------------------------------------------------------------------------------------------
    def body(self, paper: Paper) -> list[Any]:
        """Everything between the title and the signature."""
        elements = []
        for index, ground in enumerate(paper.grounds, start=1):
            stop = "." if index == len(paper.grounds) else ";"
            elements.append(self.line("CanCu", ground.rstrip(" ;.") + stop))
        if kind_named(paper.kind).form == "decision":
            resolves = kind_named(paper.kind) == RESOLUTION
            elements.append(self.line("QuyetNghi", "QUYẾT NGHỊ:" if resolves else "QUYẾT ĐỊNH:"))
        elements += self.prose(paper.opening)
        for section in paper.sections:
            elements += self.section(section, 1)
        for number, article in enumerate(paper.articles, start=1):
            elements += self.article(number, article)
        return elements + self.prose(paper.closing)

    def article(self, number: int, article: Article) -> list[Any]:
        """``Điều 1. …``"""
        first, *rest = article.paragraphs or (Paragraph(),)
        elements = [self.paragraph("NoiDung", first.runs, f"Điều {number}. "), *self.prose(rest)]
        for table in article.tables:
            elements += self.titled_table(table)
        return elements

    def section(self, section: Section, depth: int) -> list[Any]:
        """Heading, paragraphs, tables, charts, then the sections inside."""
        mark = section.mark if section.mark.endswith((")", ".", "-")) or not section.mark else f"{section.mark}."
        heading = f"{mark} {section.title}".strip()
        elements = [self.line(f"DeMuc{min(depth, 3)}", heading)] if heading else []
        elements += self.prose(section.paragraphs)
        for table in section.tables:
            elements += self.titled_table(table)
        for chart in section.charts:
            elements += self.chart(chart)
        for child in section.children:
            elements += self.section(child, depth + 1)
        return elements

    def titled_table(self, table: Table) -> list[Any]:
        """A table of the body, under its title where it has one."""
        title = [self.line("TenBieu", table.title)] if table.title else []
        return title + self.table(table, TEXT_WIDTH)

    def table(self, table: Table, width: int, notes: Sequence[str] = ()) -> list[Any]:
        """Unit, table and what must be said below it."""
        elements = [self.line("DonViTinh", unit_line(table))] if table.unit else []
        elements.append(parse_xml(f"<w:tbl {nsdecls('w')}>{table_place(len(self.tables))}</w:tbl>"))
        self.tables.append(table_xml(table, width, self.marks))
        said = [*notes, *([ROUNDED_NOTE] if is_rounded(table) else [])]
        after = [self.line("GhiChuBieu", ("Ghi chú: " if index == 0 else "") + note) for index, note in enumerate(said)]
        return elements + (after or [self.paragraph("GhiChuBieu", ())])

    def chart(self, chart: Chart) -> list[Any]:
        """Title and picture, which stay together; the picture bears a bookmark for each figure it draws."""
        png = base64.b64decode(chart.png) if chart.png else draw(chart.spec)
        picture = self.document.part.new_pic_inline(BytesIO(png), width=Mm(chart.width_mm))
        picture.docPr.set("descr", clean(chart.alt))
        picture.docPr.set("name", f"Biểu đồ {picture.docPr.id}")
        holder = self.paragraph("BieuDo", ())
        run = parse_xml(f"<w:r {nsdecls('w')}><w:drawing/></w:r>")
        run[0].append(picture)
        around = [self.marks(figure) for figure in chart.figures]
        for start, _ in around:
            holder.append(_mark(start))
        holder.append(run)
        for _, end in reversed(around):
            holder.append(_mark(end))
        return [*([self.line("TenBieu", chart.title)] if chart.title else []), holder]


def _mark(xml: str) -> Any:
    return parse_xml(xml.replace("/>", f" {nsdecls('w')}/>"))

"""Papers as files: plain values in, docx and xlsx out, no database.

``write_docx(paper, path)``, ``write_xlsx(paper, path, sources)``; what a paper is made of stands in `parts`, sentences
from figures in `prose`, the Word frame and its placeholders in `frame`.
"""

from .excel import Unsummed, write_xlsx
from .parts import (
    Annex,
    Cell,
    HeadCell,
    Paper,
    Paragraph,
    Run,
    Section,
    Signature,
    SourceLine,
    Table,
    TableRow,
)
from .storing import from_json, to_json
from .template import TemplateIsBroken
from .word import bookmark_name, write_docx

__all__ = [
    "Annex",
    "Cell",
    "HeadCell",
    "Paper",
    "Paragraph",
    "Run",
    "Section",
    "Signature",
    "SourceLine",
    "Table",
    "TableRow",
    "TemplateIsBroken",
    "Unsummed",
    "bookmark_name",
    "from_json",
    "to_json",
    "write_docx",
    "write_xlsx",
]

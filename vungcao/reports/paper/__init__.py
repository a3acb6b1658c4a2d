"""Papers as files: plain values in, docx and xlsx out, no database.

``write_docx(paper, path)``, ``write_xlsx(paper, path, sources)``; what a paper is made of stands in `parts`, its
kinds in `kinds`, who issues and signs in `issuing`, sentences from figures in `prose`, charts in `charts`, the Word
frame and its placeholders in `frame`.
"""

from .drawing import draw, with_pictures
from .excel import Unsummed, write_xlsx
from .issuing import Issuer, board, department, issued, peoples_committee, peoples_council
from .kinds import KINDS, PaperKind
from .parts import (
    Annex,
    Article,
    Cell,
    Chart,
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
from .word import shipped_frame, write_docx
from .word_body import bookmark_name

__all__ = [
    "KINDS",
    "Annex",
    "Article",
    "Cell",
    "Chart",
    "HeadCell",
    "Issuer",
    "Paper",
    "PaperKind",
    "Paragraph",
    "Run",
    "Section",
    "Signature",
    "SourceLine",
    "Table",
    "TableRow",
    "TemplateIsBroken",
    "Unsummed",
    "board",
    "bookmark_name",
    "department",
    "draw",
    "from_json",
    "issued",
    "peoples_committee",
    "peoples_council",
    "shipped_frame",
    "to_json",
    "with_pictures",
    "write_docx",
    "write_xlsx",
]

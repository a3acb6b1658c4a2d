"""Printing the papers of a dossier as it is known at one act number: the same number prints the same words."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from django.utils import translation
from django.utils.translation import gettext as _

from vungcao.evidence.examples import holds_examples
from vungcao.evidence.queries import last_number
from vungcao.kernel.refusal import Refusal
from vungcao.ledger.dossiers.draft import Draft
from vungcao.ledger.models import Dossier
from vungcao.reports import templates
from vungcao.reports.adjusting.papers import TO_COMMITTEE, papers
from vungcao.reports.paper import Paper, write_docx, write_xlsx
from vungcao.reports.paper.kinds import kind_named
from vungcao.reports.paper.pdf import to_pdf


class NothingToPrint(Refusal):
    """A dossier without lines has no paper."""

    code = "dossier.nothing_to_print"


def composed(dossier: Dossier, *, on: date | None = None) -> dict[str, Paper]:
    """The papers by their short names, nothing written. Raises ``NothingToPrint``. Papers are Vietnamese, whatever
    language the asker's pages are in.
    """
    known = last_number()
    if not Draft(dossier, on, known).lines:
        raise NothingToPrint(_("Hồ sơ %(code)s chưa có dòng nào nên chưa có gì để in.") % {"code": dossier.code})
    note = f"Hồ sơ {dossier.code}, như đã biết ở lần ghi số {known}."
    with translation.override("vi"):
        return papers(Draft(dossier, on, known), example=holds_examples(), footer_note=note)


def print_papers(dossier: Dossier, folder: Path, *, on: date | None = None, pdf: bool = False) -> list[Path]:
    """Each paper as docx (and PDF, if asked), and the annexes of all as one xlsx with live sums."""
    folder.mkdir(parents=True, exist_ok=True)
    made: list[Path] = []
    found = composed(dossier, on=on)
    in_use = templates.standing_of({kind_named(paper.kind).code for paper in found.values()})
    for name, paper in found.items():
        docx = folder / f"{dossier.code}-{name}.docx"
        kept = in_use.get(kind_named(paper.kind).code)
        write_docx(paper, docx, templates.content(kept) if kept else None, name=kept.name if kept else "")
        made += [docx, to_pdf(docx, folder)] if pdf else [docx]
    book = folder / f"{dossier.code}-phu-luc.xlsx"
    write_xlsx(found[TO_COMMITTEE], book)
    return [*made, book]

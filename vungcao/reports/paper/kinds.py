"""Kinds of administrative papers and the form of each: name, abbreviation, where the subject stands.

Names and abbreviations: Nghị định 30/2020/NĐ-CP, Phụ lục III (the list sourced, abbreviations recalled except NQ, QĐ,
TTr and those seen in real numbers); place of the subject: Phụ lục I.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Form = Literal["titled", "letter", "decision"]


@dataclass(frozen=True)
class PaperKind:
    """One kind: ``titled`` has its name and subject in the middle of the page, a ``letter`` bears the subject under its
    number and no name, a ``decision`` (a resolution too) states who decides, its legal bases and its articles.
    """

    code: str
    name: str
    abbreviation: str
    form: Form
    subject_lead: str = ""

    @property
    def title(self) -> str:
        """The name in capitals, as printed above the subject; a letter prints none."""
        return "" if self.form == "letter" else self.name.upper()

    def number_sign(self, body: str, drafter: str = "") -> str:
        """What follows the number: ``/BC-BDT``; for a letter ``/BDT-KHTH``, body and drafting unit."""
        if self.abbreviation:
            return f"/{self.abbreviation}-{body}"
        return f"/{body}-{drafter}" if drafter else f"/{body}"


REPORT: Final = PaperKind("bao_cao", "báo cáo", "BC", "titled")
LETTER: Final = PaperKind("cong_van", "công văn", "", "letter", "V/v ")
PROPOSAL: Final = PaperKind("to_trinh", "tờ trình", "TTr", "titled", "Về việc ")
DECISION: Final = PaperKind("quyet_dinh", "quyết định", "QĐ", "decision", "Về việc ")
RESOLUTION: Final = PaperKind("nghi_quyet", "nghị quyết", "NQ", "decision", "Về việc ")
NOTICE: Final = PaperKind("thong_bao", "thông báo", "TB", "titled")
KINDS: Final = {kind.name: kind for kind in (REPORT, LETTER, PROPOSAL, DECISION, RESOLUTION, NOTICE)}
BY_CODE: Final = {kind.code: kind for kind in KINDS.values()}


def kind_named(name: str) -> PaperKind:
    """The kind by its Vietnamese name (``"báo cáo"``). Raises ``ValueError`` for a kind that we don't lay out."""
    if name not in KINDS:
        raise ValueError(f"no form is known for a paper of kind {name!r}; known: {', '.join(KINDS)}")
    return KINDS[name]

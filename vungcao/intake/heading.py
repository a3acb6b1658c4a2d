"""What the lines around a table say: who reports, on which programme, as of which day, under which number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from vungcao.intake.facets import CARRIED, carried_into, origin_years
from vungcao.intake.reading import Sheet, Table
from vungcao.intake.reading.document import Said
from vungcao.kernel.vietnamese import fold
from vungcao.ledger.models import OpeningSaid

_DAY: Final = r"(?:ngay\s*)?(\d{1,2})\s*(?:[/.\-]|thang)\s*(\d{1,2})\s*(?:[/.\-]|nam)\s*(\d{4})"
_AS_OF: Final = re.compile(rf"(?:so lieu|luy ke|tinh|thoi diem)[^.;]*?den\s*(?:het\s*)?{_DAY}")
_OWN_PAPER: Final = re.compile(
    r"^(?!.*thay the)[^a-z0-9]*"
    r"(?:.*kem theo (?:bao cao|nghi quyet|quyet dinh|bien ban|to trinh|thong bao|van ban|cong van)\s*)?"
    rf"so:?\s*([^,;]*?)(?:\s*\(vi du\))?[,;]?\s*{_DAY}"
)
_CORRECTS: Final = re.compile(r"thay the|dinh chinh|sua lan \d|ban sua")
_REPLACES: Final = re.compile(r"thay the (?:cho )?(?:bao cao|quyet dinh|nghi quyet|bieu|van ban)? ?so:?\s*([^\s,;]+)")
_BOTH: Final = re.compile(r"nam nay|trong nam|(?:va|gom ca|bao gom|ke ca) (?:von )?(?:nam truoc )?keo dai")
_OPENING: Final = (
    (OpeningSaid.INCLUDED, re.compile(r"(?<!chua )(?<!khong )(?:da |bao )gom (?:ca )?so (?:nhan )?ban giao")),
    (OpeningSaid.APART, re.compile(r"(?:chua|khong) (?:bao )?gom (?:ca )?so (?:nhan )?ban giao")),
)
_YEAR: Final = re.compile(r"\bnam\s*((?:19|20)\d\d)\b")
_LEVELS: Final = (
    ("NSTW", re.compile(r"ngan sach trung uong|\bnstw\b")),
    ("NSDP", re.compile(r"ngan sach (?:dia phuong|tinh|huyen|xa)|\bnsdp\b|doi ung")),
)
PROGRAMMES: Final = {
    "135": re.compile(r"chuong trinh 135|ct ?135"),
    "1719": re.compile(r"\b1719\b|dong bao dan toc thieu so va mien nui"),
    "GNBV": re.compile(r"giam ngheo ben vung"),
    "NTM": re.compile(r"nong thon moi"),
}


@dataclass(frozen=True)
class Heading:
    """Texts as said, and what was understood; ``None`` where nothing was said.

    ``paper`` is the title with the words by which it replaces another edition. ``unreal_day`` is a day that the
    calendar does not have, as printed. ``programmes`` are all that are named, ``programme`` the first. ``level`` is
    ``*`` when no budget level, or more than one, is named. ``carried``: the title is of money carried over, from these
    years (none said: empty); then ``year`` is the year of use. ``opening``: does a cumulative figure include what was
    handed over? ``replaces`` is the number of the paper that this one replaces, folded.
    """

    title: str
    paper: str
    issuer_lines: tuple[str, ...]
    texts: tuple[str, ...]
    programme: str | None
    as_of: date | None
    dated: date | None
    number: str
    year: int | None
    level: str
    corrects: bool
    is_example: bool
    is_phase: bool
    unreal_day: str = ""
    programmes: tuple[str, ...] = ()
    carried: tuple[int, ...] | None = None
    opening: OpeningSaid = OpeningSaid.NOT_SAID
    replaces: str = ""
    as_of_cell: str = ""

    @property
    def issuer(self) -> str:
        """The lines of the top left corner as one text."""
        return " ".join(self.issuer_lines)


def heading_of(sheet: Sheet, table: Table) -> Heading:
    """Read the lines above ``table`` (and only those: a note below is no heading)."""
    above = [said for said in sheet.said if said.row <= table.header.last]
    texts = tuple(said.text for said in above)
    folded = [fold(text) for text in texts]
    title = fold(table.title or "")
    whole = " | ".join([*folded, title])
    as_of, as_of_text = _first_day(_AS_OF, texts, folded)
    number, dated = _paper(texts, folded)
    year = _YEAR.search(title) or _YEAR.search(whole)
    named = _programmes(title) or _programmes(whole)
    is_carried = bool(CARRIED.search(title)) and not _BOTH.search(title)
    into = carried_into(title) if is_carried else None
    replacing = [text for text, bare in zip(texts, folded, strict=True) if _CORRECTS.search(bare)]
    return Heading(
        title=f"{title} | {whole}",
        paper=" ".join(dict.fromkeys([table.title or "", *replacing])).strip(),
        issuer_lines=_issuer_lines(above, title),
        texts=texts,
        programme=next(iter(named), None),
        as_of=as_of,
        as_of_cell=next((said.cell for said in above if as_of and said.text == as_of_text), ""),
        dated=dated,
        number=number,
        year=into or (int(year[1]) if year else (as_of.year if as_of else None)),
        level="NSTW" if [code for code, words in _LEVELS if words.search(whole)] == ["NSTW"] else "*",
        corrects=corrects(whole),
        is_example="vi du" in whole,
        is_phase="giai doan" in (title or whole) and "tu dau giai doan" in whole,
        unreal_day="" if as_of else as_of_text,
        programmes=named,
        carried=origin_years(title)[0] if is_carried else None,
        opening=_opening(whole),
        replaces=next((found[1] for text in folded if (found := _REPLACES.search(text))), ""),
    )


def _programmes(text: str) -> tuple[str, ...]:
    """Codes of the programmes that a text names; 135 was a project of GNBV, so naming both names only 135."""
    found = [code for code, words in PROGRAMMES.items() if words.search(text)]
    return tuple(code for code in found if code != "GNBV" or "135" not in found)


def _opening(text: str) -> OpeningSaid:
    """What a text says of the spending taken over; one that says both says nothing."""
    found = [said for said, words in _OPENING if words.search(text)]
    return found[0] if len(found) == 1 else OpeningSaid.NOT_SAID


def _issuer_lines(above: Sequence[Said], title: str) -> tuple[str, ...]:
    """The first two lines of the left corner, up to the title of the table."""
    left = [said.text for said in above if said.col in ("A", "B") and said.row <= 4]
    known = [index for index, text in enumerate(left) if title and fold(text) in title]
    return tuple(left[: min(known, default=2)][:2])


def corrects(text: str) -> bool:
    """Does the text say that its paper replaces an earlier edition?"""
    return bool(_CORRECTS.search(fold(text)))


def _first_day(pattern: re.Pattern[str], texts: Sequence[str], folded: Sequence[str]) -> tuple[date | None, str]:
    """The first day that the pattern finds, with its text; else the first text that names a day no calendar has."""
    unreal = ""
    for text, bare in zip(texts, folded, strict=True):
        found = pattern.search(bare)
        if found:
            said = _date(found)
            if said:
                return said, text
            unreal = unreal or text
    return None, unreal


def _paper(texts: Sequence[str], folded: Sequence[str]) -> tuple[str, date | None]:
    for text, bare in zip(texts, folded, strict=True):
        found = _OWN_PAPER.search(bare)
        if found:
            said = re.search(r"số:?\s*(\S+)", text, re.IGNORECASE)
            return (said[1].rstrip(",;") if said else found[1].strip()), _date(found)
    return "", None


def _date(found: re.Match[str]) -> date | None:
    day, month, year = (int(part) for part in found.groups()[-3:])
    try:
        return date(year, month, day)
    except ValueError:
        return None

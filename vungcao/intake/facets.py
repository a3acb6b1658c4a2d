"""What words say of money, in a head, a section or a title: its kind, its budget level, the year that it comes from."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from vungcao.kernel.years import NOT_DIVIDED

_KINDS: Final = (
    ("dau_tu", re.compile(r"dau tu|\bdt\b|dtpt")),
    ("su_nghiep", re.compile(r"su nghiep|\bsn\b|thuong xuyen")),
)
_LEVELS: Final = (
    ("NSTW", re.compile(r"\bnstw\b|trung uong")),
    ("NSDP_HUYEN", re.compile(r"\b(?:ns|ngan sach) (?:cap )?huyen")),
    ("NSDP_XA", re.compile(r"\b(?:ns|ngan sach) (?:cap )?xa\b")),
    ("NSDP", re.compile(r"\bnsdp\b|doi ung|dia phuong|\b(?:ns|ngan sach) (?:cap )?tinh")),
)
CARRIED: Final = re.compile(r"keo dai|chuyen nguon|nam truoc chuyen|chuyen sang")
OWN: Final = re.compile(r"nam nay|(?:giao|von|kh) trong nam|(?:von|kh|ke hoach|giao|du toan) (?:von )?nam 20\d\d")
_YEAR: Final = re.compile(r"\b20\d\d\b")
_RANGE: Final = re.compile(r"\b(20\d\d) ?[-–] ?(20\d\d)\b")
_INTO: Final = re.compile(r"(?:sang|thuc hien|su dung) (?:trong )?(?:nam )?(?:ngan sach )?(20\d\d)")
_PHASE: Final = re.compile(r"giai doan\s+20\d\d ?[-–] ?20\d\d")


@dataclass(frozen=True)
class Facets:
    """``kind`` and ``level`` are ``*`` where nothing is said; ``origin`` is ``carried``, ``own`` or empty.

    ``years`` are the years of origin that a carried one names, in order; ``is_range``: as first and last of several.
    """

    kind: str = NOT_DIVIDED
    level: str = NOT_DIVIDED
    origin: str = ""
    years: tuple[int, ...] = ()
    is_range: bool = False


def facets_of(text: str) -> Facets:
    """Read folded text; two kinds or two levels in one text say neither."""
    kinds = [code for code, words in _KINDS if words.search(text)]
    levels = [code for code, words in _LEVELS if words.search(text)]
    origin = "carried" if CARRIED.search(text) else "own" if OWN.search(text) else ""
    years, is_range = origin_years(text) if origin == "carried" else ((), False)
    return Facets(
        kinds[0] if len(kinds) == 1 else NOT_DIVIDED,
        levels[0] if len(levels) == 1 else NOT_DIVIDED,
        origin,
        years,
        is_range,
    )


def origin_years(text: str) -> tuple[tuple[int, ...], bool]:
    """Years of origin that a text on carried money names ("vốn năm 2023 kéo dài sang 2024": 2023); is it a range?"""
    bare = _PHASE.sub(" ", text)
    spanned = _RANGE.search(bare)
    if spanned:
        return (int(spanned[1]), int(spanned[2])), True
    into = _INTO.search(bare)
    found = {int(year) for year in _YEAR.findall(bare)} - ({int(into[1])} if into else set())
    return tuple(sorted(found)), False


def carried_into(text: str) -> int | None:
    """The year of use into which a text says that money is carried."""
    found = _INTO.search(_PHASE.sub(" ", text)) if CARRIED.search(text) else None
    return int(found[1]) if found else None

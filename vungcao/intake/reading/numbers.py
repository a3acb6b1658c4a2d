"""Numbers as people write them in Vietnamese tables: both styles of separators, signs, qualifiers, ranges, blanks.

``1.349.142,5`` is dot-grouped (Vietnamese), ``1,349,142.5`` comma-grouped. ``614.294`` alone may be either: the
column decides (``style_of``), and where nothing tells, the Vietnamese reading stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Final, Literal

from vungcao.intake.reading.document import Unit, Value, ValueKind
from vungcao.intake.reading.grid import Cell
from vungcao.intake.reading.units import parse_unit
from vungcao.intake.reading.words import fold

Style = Literal["dots", "commas", "groups"]  # what groups thousands; "groups": either, before three last digits

_DASHES = "-–—−‐‑"
_DIGITS = r"\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?:[.,]\d+)?|\d[\d.,]*\d|\d"
_NUMBER = re.compile(rf"^([{_DASHES}+]\s*|\(\s*)?({_DIGITS})\s*(%?)\s*(\)?)\s*(%?)\s*(.*)$")
_QUALIFIER = re.compile(r"^(gan|tren|hon|khoang|uoc dat|uoc tinh|uoc khoang|uoc|duoi|xap xi|[~≈><≥≤])\s*(?=\d)")
_RANGE = re.compile(rf"^(?:tu\s+)?({_DIGITS})\s*%?\s*(?:[{_DASHES}÷]|den)\s*({_DIGITS})\s*(%?)\s*(.*)$")
_DAY = re.compile(r"^(?:ngay\s+)?(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})$")
_ERROR = re.compile(r"^#(REF!|DIV/0!|N/A|VALUE!|NAME\?|NUM!|NULL!)$|^#{2,}$|^Err:\d+$")
_NOT_APPLICABLE: Final = {*_DASHES, "x", "X", "--", "---", "/", "//"}
_NIL: Final = {"khong phat sinh", "khong co phat sinh", "ko phat sinh", "khong co", "khong", "chua phat sinh",
              "kps", "k.p.s"}  # fmt: skip
_WIDE: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {
    0x3000: 0x20
}  # １，０００ of another keyboard
_LETTERS_AS_DIGITS: Final = re.compile(r"^[-+(]?(?=.*\d)(?=.*[^\d.,])[\d.,OoОоΟοlIІіӀЗз|]+[)%]?$")
_LIKE_A_DAY = re.compile(r"^(ngay\s+)?\d{1,2}([/.\-])\d{1,2}(\2(\d{2}|\d{4}))?$")
_FIRST_SERIAL, _LAST_SERIAL = 20_000, 60_000  # days of 1954 and 2064, as a spreadsheet counts them
_FOOTNOTE: Final = re.compile(r"\(\*+\)|\*+|[¹²³]")  # “1.234 (*)”; “12 (3)” may say that 3 are of another kind
_DOTS_ONLY = re.compile(r"^[.…_\s]+$")


@dataclass(frozen=True, slots=True)
class Numeral:
    """Digits read: the value, how many decimals are printed, what stands after them."""

    value: Decimal
    places: int
    percent: bool
    rest: str


def digits(text: str, style: Style = "dots") -> Decimal | None:
    """The decimal that digits with separators stand for; None where no reading is possible (``1.2.3``)."""
    text = re.sub(r"[ \u00a0\u202f]", "", text)
    dots, commas = text.count("."), text.count(",")
    if not dots and not commas:
        return Decimal(text)
    if dots and commas:
        decimal = "," if text.rfind(",") > text.rfind(".") else "."
        group = "." if decimal == "," else ","
        whole, _, part = text.rpartition(decimal)
        if decimal in whole or not _grouped(whole, group):
            return None
        return Decimal(f"{whole.replace(group, '')}.{part}")
    sign = "." if dots else ","
    if dots + commas > 1:
        return Decimal(text.replace(sign, "")) if _grouped(text, sign) else None
    whole, _, part = text.partition(sign)
    if is_ambiguous(text) and (style == "groups" or sign == ("." if style == "dots" else ",")):
        return Decimal(whole + part)
    return Decimal(f"{whole}.{part}")


def _grouped(text: str, sign: str) -> bool:
    first, *others = text.split(sign)
    return 1 <= len(first) <= 3 and all(len(part) == 3 for part in others)


def is_ambiguous(text: str) -> bool:
    """One separator with three digits behind and one to three before it, not led by 0: ``614.294``, ``15,213``."""
    return bool(re.fullmatch(r"[1-9]\d{0,2}[.,]\d{3}", text))


def _narrow(text: str) -> str:
    """Full-width signs as plain ones."""
    return text if text.isascii() else text.translate(_WIDE)


def figure_in(text: str) -> str:
    """The digits and separators of a text that is a figure, with a qualifier or not; ``""`` where it is none."""
    text = _narrow(text)
    found = _NUMBER.match(text) or _NUMBER.match(_QUALIFIER.sub("", fold(text)))
    return re.sub(r"[ \u00a0\u202f]", "", found.group(2)) if found else ""


def evidence(text: str) -> Style | None:
    """The style a text can only be in, if any: ``1.349.142`` and ``41,0`` group by dots, ``12.5`` by commas."""
    text = _narrow(text)
    found = _NUMBER.match(text) or _NUMBER.match(_QUALIFIER.sub("", fold(text)))
    if not found:
        return None
    said = re.sub(r"[ \u00a0\u202f]", "", found.group(2))
    if is_ambiguous(said) or digits(said) is None or not re.search(r"[.,]", said):
        return None
    if "." in said and "," in said:
        return "dots" if said.rfind(",") > said.rfind(".") else "commas"
    if said.count(".") + said.count(",") > 1:
        return "dots" if "." in said else "commas"
    return "dots" if "," in said else "commas"


def style_of(texts: Iterable[str], otherwise: Style = "dots") -> tuple[Style, bool]:
    """The style that texts prove, and whether they prove both."""
    votes = [vote for text in texts if (vote := evidence(text))]
    commas, dots = votes.count("commas"), votes.count("dots")
    if not votes:
        return otherwise, False
    return ("commas" if commas > dots else "dots"), bool(commas and dots)


def numeral(text: str, style: Style = "dots") -> Numeral | None:
    """A number at the start of a text: sign or brackets, digits, percent sign, and the rest (a unit, perhaps)."""
    found = _NUMBER.match(_narrow(text))
    if not found:
        return None
    sign, said, percent, closing, percent_after, rest = found.groups()
    value = digits(said, style)
    if value is None or (closing and not (sign or "").startswith("(")):
        return None
    if sign and (sign[0] in _DASHES or (sign[0] == "(" and closing)):
        value = -value
    elif sign and sign[0] == "(":
        return None
    places = -int(value.as_tuple().exponent) if isinstance(value.as_tuple().exponent, int) else 0
    return Numeral(value, max(places, 0), bool(percent or percent_after), rest.strip())


def looks_numeric(cell: Cell) -> bool:
    """Whether a cell holds a figure or stands for one (a dash, a cross, a percentage, an approximate figure)."""
    if cell.is_number or cell.error:
        return True
    return cell.is_text and text_looks_numeric(cell.said)


@lru_cache(maxsize=65_536)
def text_looks_numeric(text: str) -> bool:
    """As ``looks_numeric``, of a text."""
    if len(text) > 40:
        return False
    if text.isdecimal():
        return True
    if text in _NOT_APPLICABLE or _ERROR.match(text) or has_letters_as_digits(text):
        return True
    value = read_text(text)
    return value.kind in ("text_number", "percent", "approximate", "range", "nil")


def read_cell(cell: Cell | None, style: Style = "dots") -> Value:
    """What a cell of a column of figures says."""
    if cell is None:
        return Value("", None, "empty")
    if cell.is_number:
        kind: ValueKind = "percent" if cell.percent else "formula" if cell.formula else "number"
        return Value(cell, cell.number, kind)
    if cell.error:
        return Value(cell.said, None, "error")
    if cell.day is not None:
        return Value(cell.said, cell.day, "date")
    if cell.formula and cell.said.startswith("="):
        return Value(cell.said, None, "formula")
    return read_text(cell.said, style)


@lru_cache(maxsize=65_536)
def read_text(text: str, style: Style = "dots") -> Value:
    """What a text in a column of figures says."""
    if text.isascii() and text.isdecimal():
        return Value(text, Decimal(text), "text_number")
    if text in _NOT_APPLICABLE:
        return Value(text, None, "not_applicable")
    if _ERROR.match(text):
        return Value(text, None, "error")
    if _DOTS_ONLY.match(text):
        return Value(text, None, "empty")
    plain = fold(_narrow(text))
    if plain in _NIL:
        return Value(text, None, "nil")
    if (day := read_day(text)) is not None:
        return Value(text, day, "date")
    found = numeral(text, style)
    if found and _is_unit(found.rest):
        return Value(text, found.value, "percent" if found.percent else "text_number")
    if qualifier := _QUALIFIER.match(plain):
        about = numeral(plain[qualifier.end() :], style)
        if about and _is_unit(about.rest):
            return Value(text, about.value, "approximate")
    if (ends := _RANGE.match(plain)) and _is_unit(ends.group(4)):
        low, high = digits(ends.group(1), style), digits(ends.group(2), style)
        if low is not None and high is not None:
            return Value(text, None, "range")
    return Value(text, None, "text")


def read_day(text: str, *, month_first: bool = False) -> date | None:
    """``15/11/2021``, ``15.11.2021``, ``15-11-2021``, with or without “ngày” before it; American: ``11/15/2021``."""
    found = _DAY.match(fold(_narrow(text)))
    if not found:
        return None
    day, month, year = map(int, found.groups())
    if month_first:
        day, month = month, day
    try:
        return date(year, month, day)
    except ValueError:
        return None


def is_month_first(texts: Iterable[str]) -> bool:
    """Whether days are written the American way: some text is a day only so, and none only the other way."""
    alike = [text for text in texts if _DAY.match(fold(_narrow(text)))]
    only_so = any(read_day(text) is None and read_day(text, month_first=True) for text in alike)
    return only_so and not any(read_day(text, month_first=True) is None and read_day(text) for text in alike)


def is_like_a_day(text: str) -> bool:
    """Whether a text is written as days are, be there such a day or not: ``31/02/2021``, ``1/2/21``, ``ngày 5/11``."""
    found = _LIKE_A_DAY.match(fold(_narrow(text)))
    return found is not None and bool(found.group(1) or found.group(3))


def day_of_serial(number: Decimal) -> date | None:
    """The day that a spreadsheet's serial number stands for (44515 → 15/11/2021); None where it is none of our time."""
    if number != number.to_integral() or not _FIRST_SERIAL <= number <= _LAST_SERIAL:
        return None
    return date(1899, 12, 30) + timedelta(days=int(number))


def has_letters_as_digits(text: str) -> bool:
    """Whether a figure is typed with letters that look like digits: ``1OO``, ``l00``, ``З00`` (a Cyrillic letter)."""
    return len(text) <= 40 and bool(_LETTERS_AS_DIGITS.match(text))


def bounds(text: str, style: Style = "dots") -> tuple[Decimal, Decimal] | None:
    """Both ends of a range: ``20.854–20.883``."""
    ends = _RANGE.match(fold(text))
    if not ends:
        return None
    low, high = digits(ends.group(1), style), digits(ends.group(2), style)
    return (low, high) if low is not None and high is not None else None


def _is_unit(rest: str) -> bool:
    return not rest or bool(_FOOTNOTE.fullmatch(rest)) or parse_unit(rest) != Unit()

"""Vietnamese text and numbers: one way to normalise, fold, sort and print.

Folding is for matching only ("suoi trong" finds "Suối Trong"); what was said is always kept and shown.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Final

DONG: Final = 1
THOUSAND_DONG: Final = 1_000
MILLION_DONG: Final = 1_000_000
BILLION_DONG: Final = 1_000_000_000

_UNIT_NAMES: Final = {DONG: "đồng", THOUSAND_DONG: "nghìn đồng", MILLION_DONG: "triệu đồng", BILLION_DONG: "tỷ đồng"}
_SPACES: Final = re.compile(r"\s+")
_ALPHABET: Final = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệfghiìỉĩíịjklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvwxyỳỷỹýỵz"
_RANK: Final = {letter: f"{index:03d}" for index, letter in enumerate(_ALPHABET, start=100)}


def nfc(text: str) -> str:
    """Text in NFC with outer blanks removed; every door calls this (macOS Excel writes NFD)."""
    return unicodedata.normalize("NFC", text).strip()


@lru_cache(maxsize=1 << 16)  # heads, names and titles come again and again
def fold(text: str) -> str:
    """Lower case, no tone marks, đ as d, single blanks: ``fold("Hoà  An") == fold("hòa an") == "hoa an"``."""
    bare = unicodedata.normalize("NFD", text.replace("Đ", "d").replace("đ", "d"))
    bare = "".join(sign for sign in bare if not unicodedata.combining(sign))
    return _SPACES.sub(" ", bare).strip().casefold()


def unaccented(text: str) -> str:
    """Letters without marks, case kept, one for one: ``Đề nghị`` → ``De nghi`` (text messages of 160 signs)."""
    bare = unicodedata.normalize("NFD", nfc(text).replace("Đ", "D").replace("đ", "d"))
    return "".join(sign for sign in bare if not unicodedata.combining(sign))


def sort_key(text: str) -> str:
    """A key that sorts as a Vietnamese dictionary does (a ă â b … d đ e ê …), the same on every database."""
    return "".join(
        _RANK.get(letter, f"{ord(letter):07d}" if ord(letter) > 127 else f"0{ord(letter):02d}")
        for letter in nfc(text).lower()
    )


def number(value: int | Decimal, decimals: int | None = None) -> str:
    """``1349142`` → ``1.349.142``; ``Decimal("15.213")`` → ``15,213``; ``decimals`` rounds half up."""
    if decimals is None and isinstance(value, int):
        return f"{value:,}".replace(",", ".")
    exact = Decimal(value)
    if decimals is not None:
        exact = exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    sign = "-" if exact < 0 else ""
    whole, _, part = format(abs(exact), "f").partition(".")
    grouped = f"{int(whole):,}".replace(",", ".")
    return f"{sign}{grouped},{part}" if part else f"{sign}{grouped}"


def percent(rate: Decimal | None, decimals: int = 1) -> str:
    """``Decimal("72.9")`` → ``72,9%``; no rate is an empty text, never 0."""
    return "" if rate is None else f"{number(rate, decimals)}%"


def unit_name(unit: int) -> str:
    """Name of a unit of money given in đồng (1, 1_000, 1_000_000, 1_000_000_000)."""
    return _UNIT_NAMES[unit]


def money(dong: int, unit: int = MILLION_DONG, decimals: int | None = None) -> str:
    """Whole đồng printed in a unit, with the unit's name: ``money(5_857_000_000)`` → ``5.857 triệu đồng``.

    Without ``decimals`` the exact value is printed with no trailing zeros (``15,213 tỷ đồng``).
    """
    return f"{amount(dong, unit, decimals)} {unit_name(unit)}"


def amount(dong: int, unit: int = MILLION_DONG, decimals: int | None = None) -> str:
    """As ``money`` but without the name of the unit, for tables."""
    value = Decimal(dong) / unit
    if decimals is None:
        value = value.normalize() if value != value.to_integral() else value.quantize(Decimal(1))
    return number(value, decimals)


def day(value: date) -> str:
    """``date(2021, 11, 15)`` → ``15/11/2021``."""
    return f"{value.day:02}/{value.month:02}/{value.year}"


def day_in_words(value: date) -> str:
    """Date line of Nghị định 30/2020/NĐ-CP: leading 0 for days below 10 and for months 1 and 2 only."""
    month = f"{value.month:02d}" if value.month <= 2 else str(value.month)
    return f"ngày {value.day:02d} tháng {month} năm {value.year}"

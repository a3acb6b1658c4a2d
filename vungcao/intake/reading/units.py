"""Units of measure as printed over a table, in a column's head or behind a number."""

from __future__ import annotations

import re
from typing import Final

from vungcao.intake.reading.document import Unit
from vungcao.intake.reading.words import fold, look_alike

_MONEY: Final = [
    (1_000_000_000, r"(ty|ti)( dong| vnd| d)?|1\.000\.000\.000 ?(dong|d)"),
    (1_000_000, r"(trieu|tr\.?)( ?dong| ?vnd| ?d)?|trd|1[.,]?000[.,]?000 ?(dong|d|vnd)"),
    (1_000, r"(nghin|ngan)( dong| vnd| d)?|1[.,]?000 ?(dong|d|vnd)|ng\.? ?d"),
    (1, r"(viet nam )?dong( viet nam)?|vnd|d"),
]
_COUNTS: Final = (
    r"%|phan tram|diem %|diem phan tram|(luot )?nguoi|ho( gia dinh)?|khau|nhan khau|lao dong|hoc sinh|hoc vien|xa|thon|"
    r"xom|ban|huyen|km2?|m2?|m3|ha|tan|ta|kg|lop|cuoc|luot|cong trinh|to|cuon|nha|can|nguoi/km2|cong|ngay cong|don|vu|"
    r"mo hinh|du an|tieu chi|dong/nguoi(/thang|/nam)?|lan|hoi nghi|dai bieu|con|cay|tre|phong|goi|van ban|so|cap"
)
_PERCENT: Final = ("%", "phan tram", "diem %", "diem phan tram")
_OF_MEASURE: Final = r"\b(?:[đd][ơo]n\s*v[ịi]\s*t[íi]nh|[đd]v\s*t[íi]nh|[đd]vt)"  # also typed without tone marks
_NAMED = re.compile(rf"(?:{_OF_MEASURE}|\b[đd][ơo]n\s*v[ịi]|\b[đd]v)\s*[:：;\-]\s*(.+)$", re.IGNORECASE)
_STRONG = re.compile(rf"{_OF_MEASURE}\s*[:：;\-]?\s*(.+)$", re.IGNORECASE)
_BRACKETS = re.compile(r"\(([^()]*)\)")


def parse_unit(said: str) -> Unit:
    """``"Tr.đ"`` → (``"Tr.đ"``, 1_000_000); ``"người"`` → (``"người"``, None); not a unit → ``Unit()``."""
    plain = fold(said).strip(" .:;()")
    if not plain:
        return Unit()
    for dong, pattern in _MONEY:
        if re.fullmatch(pattern, plain):
            return Unit(said, dong)
    if re.fullmatch(_COUNTS, plain):
        return Unit(said)
    parts = [part for part in re.split(r"[,;/+]| va ", plain) if part.strip()]
    if 1 < len(parts) <= 4:
        units = [parse_unit(part) for part in parts]
        if all(unit != Unit() for unit in units):
            return Unit(said, next((unit.dong for unit in units if unit.dong), None))
    return Unit()


def unit_over_table(text: str) -> Unit:
    """The unit a text above a head names: ``"Đơn vị tính: triệu đồng"``, ``"ĐVT: Tr.đ"``, ``"(triệu đồng)"``.

    “Đơn vị: UBND huyện …” names a body, not a unit.
    """
    text = look_alike(text) or text
    if named := _NAMED.search(text):
        unit = parse_unit(_bare(named.group(1)))
        if unit != Unit():
            return unit
    if strong := _STRONG.search(text):
        said = _bare(strong.group(1))
        return parse_unit(said) if parse_unit(said) != Unit() else Unit(said)
    alone = parse_unit(_bare(text))
    return alone if alone.dong or (alone.said and text.startswith("(")) else Unit()


def unit_in_title(text: str) -> Unit:
    """The money a title ends with in brackets: ``"I. TÌNH HÌNH GIAO VỐN (triệu đồng)"``."""
    inside = _BRACKETS.findall(text)
    unit = parse_unit(_bare(inside[-1])) if inside and text.rstrip(" .:").endswith(")") else Unit()
    return unit if unit.dong else Unit()


def unit_in_head(text: str) -> Unit | None:
    """The unit a head names: ``"Dân số (người)"``, ``"Tỷ lệ %"``, ``"Kinh phí (ĐVT: triệu đồng)"``."""
    text = look_alike(text) or text
    for inside in reversed(_BRACKETS.findall(text)):
        unit = parse_unit(_bare(inside))
        if unit == Unit() and (named := _NAMED.search(inside) or _STRONG.search(inside)):
            unit = parse_unit(_bare(named.group(1)))
        if unit != Unit():
            return unit
    if "%" in text:
        return Unit("%")
    whole = parse_unit(text)
    return whole if whole.dong else None


def is_percent(unit: Unit | None) -> bool:
    return unit is not None and unit.said is not None and fold(unit.said).strip(" .()") in _PERCENT


def _bare(said: str) -> str:
    said = said.strip(" .:;")
    return said.strip("() ") if said.count("(") != said.count(")") or said.startswith("(") else said

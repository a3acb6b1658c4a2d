"""What a workbook says of a body → the body, or a sentence about why not. Never a guess.

Names are compared folded, with the abbreviations of ``reference/abbreviations.yaml`` written out and the province's
name at the end dropped. What reads like a place ("UBND huyện Bảo Lạc", "H. Bảo Lạc", "x. Cô Ba") is left to
territory's matching; the answer is the People's Committee of that place.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Final

from vungcao.bodies.models import BodyKind, BodyVersion
from vungcao.bodies.queries import BodyTree, tree
from vungcao.evidence.reference_rows import read_yaml
from vungcao.evidence.remembering import Remembered
from vungcao.kernel.validity import holds, last_day
from vungcao.kernel.vietnamese import day, fold, nfc
from vungcao.territory import matching as places
from vungcao.territory.queries import COMMUNES, DISTRICTS

COMMITTEES: Final = frozenset({BodyKind.DISTRICT, BodyKind.COMMUNE})
_SIGNS: Final = re.compile(r"(?<=[a-z])[&.,/-]\s?(?=[a-z])")
_NOT_WORDS: Final = re.compile(r"[^a-z0-9]+")
_PROVINCE: Final = re.compile(r"\s+tinh(?:\s+[a-z ]+)?$")
_FOLDED_MARK: Final = re.compile(r"\s*\(cu\)$")


@dataclass(frozen=True)
class BodyMatch:
    """One body, or none with the candidates (keys) and the Vietnamese sentence that says why."""

    body_id: int | None
    candidates: tuple[int, ...] = ()
    sentence: str = ""


class _Names:
    """Every standing version of a body by each of its spellings."""

    def __init__(self, versions: Iterable[BodyVersion]) -> None:
        self.by_name: dict[str, list[BodyVersion]] = defaultdict(list)
        self.by_place: dict[int, list[BodyVersion]] = defaultdict(list)
        for row in versions:
            if row.kind in COMMITTEES and row.place_id is not None:
                self.by_place[row.place_id].append(row)
                continue
            for spelling in {key for name in (row.name, *row.also) for key in spellings(name)}:
                self.by_name[spelling].append(row)


_names: Remembered[_Names] = Remembered(BodyVersion)


def match(said: str, *, on: date, within: int | None = None, known: int | None = None) -> BodyMatch:
    """The body that ``said`` means on a day; ``within`` (key) asks only for it and what is under it."""
    text = nfc(said)
    if not text:
        return BodyMatch(None, (), "Ô đơn vị để trống.")
    grown = tree(on, known)
    if text in grown.ids:
        return _inside(text, (grown.ids[text],), grown, within)
    names = _names.get(None, known, lambda: _Names(BodyVersion.objects.standing(known).select_related("body")))
    for spelling in spellings(text):
        versions = names.by_name.get(spelling, [])
        if versions:
            return _of_day(text, versions, on, grown, within)
    return _committee(text, on, names, grown, within, known)


@lru_cache(maxsize=1)
def abbreviations() -> Mapping[str, str]:
    """Folded abbreviation → folded words."""
    said: dict[str, str] = read_yaml(Path(__file__).parent / "reference" / "abbreviations.yaml")
    return said


def spellings(name: str) -> Sequence[str]:
    """The keys under which a name is found: abbreviations written out, with and without the province at the end."""
    folded = _FOLDED_MARK.sub("", fold(name))
    words = _NOT_WORDS.sub(" ", _SIGNS.sub("", folded)).split()
    written = [abbreviations().get(word, word) for word in words]
    plainly = [abbreviations().get(word, word) for word in _NOT_WORDS.sub(" ", folded).split()]
    found = [" ".join(written), " ".join(plainly)]
    found += [_PROVINCE.sub("", one) for one in found]
    return list(dict.fromkeys(one for one in found if one))


def _of_day(text: str, versions: Sequence[BodyVersion], on: date, grown: BodyTree, within: int | None) -> BodyMatch:
    """Bodies of a name that stand on the day, else the sentence about when they stood."""
    # A name given up by a renaming still finds the body: offices keep writing "Ban Dân tộc" for months.
    now = tuple(dict.fromkeys(row.body_id for row in versions if row.body_id in grown))
    if now:
        return _inside(text, now, grown, within)
    return BodyMatch(None, tuple(dict.fromkeys(row.body_id for row in versions)), _another_day(text, versions, on))


def _another_day(text: str, versions: Sequence[BodyVersion], on: date) -> str:
    latest = max(versions, key=lambda row: row.valid_to or date.max)
    ended = last_day(latest.valid_to)
    if ended is not None and ended < on:
        return f"{latest.name} đã kết thúc hoạt động: ngày cuối là {day(ended)}, số liệu là của ngày {day(on)}."
    began = min((row.valid_from for row in versions if row.valid_from), default=None)
    since = f", có từ ngày {day(began)}" if began else ""
    return f"{latest.name} ({text}) chưa có vào ngày {day(on)}{since}."


def _inside(text: str, found: Sequence[int], grown: BodyTree, within: int | None) -> BodyMatch:
    fitting = [one for one in found if within is None or grown.covers(within, one)]
    if len(fitting) == 1:
        return BodyMatch(fitting[0])
    if fitting:
        listed = ", ".join(grown.names[one] for one in fitting)
        return BodyMatch(None, tuple(fitting), f"“{text}” có thể là {listed}: hãy ghi rõ.")
    owner = grown.names.get(within, "") if within is not None else ""
    return BodyMatch(None, tuple(found), f"“{text}” không thuộc {owner}.")


def _committee(text: str, on: date, names: _Names, grown: BodyTree, within: int | None, known: int | None) -> BodyMatch:
    """The People's Committee of the place that the text names."""
    above = grown.places.get(within) if within is not None else None
    place = places.match(text, on=on, within=above, kinds=DISTRICTS | COMMUNES, known=known)
    if place.place_id is None:
        ids = [row.body_id for one in place.candidates for row in names.by_place.get(one, ())]
        sentence = place.sentence
        if place.code == "unknown" and not ids:
            sentence = f"“{text}” không phải là cơ quan, đơn vị hay địa bàn trong danh mục."
        return BodyMatch(None, tuple(dict.fromkeys(ids)), sentence)
    versions = names.by_place.get(place.place_id, [])
    now = [row for row in versions if holds(row.valid_from, row.valid_to, on)]
    if not now:
        if versions:
            return BodyMatch(None, tuple({row.body_id for row in versions}), _another_day(text, versions, on))
        return BodyMatch(None, (), f"“{text}” là địa bàn nhưng chưa có Ủy ban nhân dân trong danh mục đơn vị.")
    return _inside(text, tuple(dict.fromkeys(row.body_id for row in now)), grown, within)

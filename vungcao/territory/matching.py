"""Which place a workbook means: by code and day, then by name within parent and day. Never a guess.

A name is tried as written (tone marks wherever they stand: ``Hoà`` is ``Hòa``), then in its other known spellings,
then without marks. Only one place left is an answer; several are named; a place that had ended, or had not begun, is
told with its day and its successors.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final, Literal

from vungcao.evidence.remembering import Remembered
from vungcao.kernel.validity import holds
from vungcao.kernel.vietnamese import day, fold, nfc
from vungcao.territory import queries, telling
from vungcao.territory.models import PlaceCode, PlaceKind, PlaceVersion
from vungcao.territory.province import SPELLING, split_kind

Outcome = Literal["found", "ambiguous", "ended", "not_yet", "elsewhere", "unknown"]


@dataclass(frozen=True)
class Match:
    """One place, or none with the candidates and a sentence that says why; ``code`` is for programs.

    With ``ended`` and ``not_yet`` the candidates are the places of that name on other days; with ``elsewhere`` those
    outside the parent or of another kind.
    """

    place_id: int | None
    candidates: list[int] = field(default_factory=list)
    sentence: str = ""
    code: Outcome = "found"


_KINDS: Final[list[tuple[re.Pattern[str], frozenset[PlaceKind]]]] = [
    (re.compile(pattern + r"(?=\S)", re.IGNORECASE), frozenset(kinds))
    for pattern, kinds in [
        (r"(?:thành phố\s+|t\.?p(?:\.\s*|\s+))", (PlaceKind.CITY, PlaceKind.MUNICIPALITY)),
        (r"(?:thị trấn\s+|t\.?t(?:\.\s*|\s+))", (PlaceKind.TOWNSHIP,)),
        (r"(?:thị xã\s+|t\.?x(?:\.\s*|\s+))", (PlaceKind.TOWN,)),
        (r"(?:đặc khu\s+)", (PlaceKind.SPECIAL_ZONE,)),
        (r"(?:tỉnh\s+|t(?:\.\s*|\s+))", (PlaceKind.PROVINCE,)),
        (r"(?:huyện\s+|h(?:\.\s*|\s+))", (PlaceKind.DISTRICT,)),
        (r"(?:phường\s+|p(?:\.\s*|\s+))", (PlaceKind.WARD,)),
        (r"(?:xã\s+|x(?:\.\s*|\s+))", (PlaceKind.COMMUNE,)),
        (r"(?:xóm\s+|thôn\s+|tổ dân phố\s+|tdp(?:\.\s*|\s+))", (PlaceKind.VILLAGE,)),
    ]
]
_OFFICE: Final = re.compile(r"(?:u\.?b\.?n\.?d\.?|(?:ủy|uỷ) ban nhân dân)\s*", re.IGNORECASE)
_FORMER: Final = re.compile(r"\s*\(\s*cũ\s*\)|\s+cũ$", re.IGNORECASE)
_INSIDE: Final = re.compile(r"^(.*\S)\s*\(([^()]+)\)$")
_CODE: Final = re.compile(r"(\d{5})[\s.:–-]+(\D.*)")
_TONES: Final = "\u0300\u0301\u0303\u0309\u0323"


def written(text: str) -> str:
    """Lower case with the tone of each syllable moved to its end: ``Hoà An`` and ``Hòa An`` are the same key."""
    words = []
    for word in re.split(r"[\s\-–.']+", unicodedata.normalize("NFD", nfc(text)).casefold()):
        tones = [sign for sign in word if sign in _TONES]
        words.append("".join([sign for sign in word if sign not in _TONES] + tones))
    return " ".join(word for word in words if word)


@dataclass(frozen=True)
class _Said:
    """A cell taken apart: the place as said, its bare name, kinds allowed (empty: any), a former one?, its parent."""

    text: str
    name: str
    kinds: frozenset[PlaceKind]
    former: bool
    parent: str


def _take_apart(text: str) -> _Said:
    said = re.sub(r"\s+", " ", nfc(text))
    former = bool(_FORMER.search(said))
    said = _FORMER.sub("", said)
    name, _, parent = said.replace(" - ", ",").replace(" – ", ",").partition(",")
    if not parent and (inside := _INSIDE.match(said)):
        name, parent = inside[1], inside[2]
    text = name.strip()
    name = _OFFICE.sub("", text, count=1) if _OFFICE.match(text) else text
    for pattern, kinds in _KINDS:
        if found := pattern.match(name):
            return _Said(text, name[found.end() :], kinds, former, parent.strip())
    return _Said(text, name, frozenset(), former, parent.strip())


class _Names:
    """Every standing version by its name as written, in its other spellings and without marks; codes by their text."""

    def __init__(self, known: int | None) -> None:
        self.written: dict[str, list[PlaceVersion]] = {}
        self.spelled: dict[str, list[PlaceVersion]] = {}
        self.folded: dict[str, list[PlaceVersion]] = {}
        lives = queries.lives(known)
        for version in (version for life in lives.values() for version in life):
            parted = split_kind(version.full_name)  # a village's name may hold its own word: Thôn Một
            for name in {version.name, version.full_name, parted[1] if parted else version.name}:
                self.written.setdefault(written(name), []).append(version)
                self.folded.setdefault(fold(name), []).append(version)
        self.codes: dict[str, list[PlaceCode]] = {}
        for row in PlaceCode.objects.standing(known).filter(scheme__in=[SPELLING, queries.GSO]):
            if row.scheme == SPELLING:
                self.spelled.setdefault(written(row.code), []).extend(lives.get(row.identity_id, ()))
            else:
                self.codes.setdefault(row.code, []).append(row)

    def tiers(self, name: str) -> Iterable[list[PlaceVersion]]:
        """Versions under the name, the surest way of reading it first."""
        yield self.written.get(written(name), [])
        yield self.spelled.get(written(name), [])
        yield self.folded.get(fold(name), [])


# Apart from the trees of days: many of them must not push it out.
_names: Final[Remembered[_Names]] = Remembered(PlaceVersion, PlaceCode, room=4)


def match(
    said: str,
    *,
    on: date,
    within: int | None = None,
    kinds: Collection[str] | None = None,
    known: int | None = None,
) -> Match:
    """The place that ``said`` means on a day, at or below ``within`` and of ``kinds`` where given.

    For many cells of one workbook make one ``Matcher`` and ask it.
    """
    return Matcher(on, within=within, kinds=kinds, known=known).match(said)


class Matcher:
    """What is needed to match many names of one day, fetched once; it sees no change made after it."""

    def __init__(
        self, on: date, *, within: int | None = None, kinds: Collection[str] | None = None, known: int | None = None
    ) -> None:
        self.on, self.within, self.known = on, within, known
        self.kinds = frozenset(PlaceKind(kind) for kind in kinds or ())
        self.lives = queries.lives(known)
        self.names = _names.get("names", known, lambda: _Names(known))
        self.trees: dict[date, queries.PlaceTree] = {}

    def match(self, said: str) -> Match:
        """As ``matching.match``."""
        text = nfc(said)
        if not text:
            return Match(None, sentence="Ô địa bàn để trống.", code="unknown")
        if text.isdigit():
            return self.by_code(text)
        if parted := _CODE.fullmatch(text):
            return self.by_code_and_name(parted[1], parted[2])
        return self.by_name(_take_apart(text))

    def by_code(self, said: str) -> Match:
        """By the statistics office's code of that day; a commune's code that lost its 0 in Excel has four digits."""
        code = said.zfill(5) if len(said) == 4 else said
        rows = self.names.codes.get(code, [])
        bearers = self._bearers(code)
        if bearers:
            return self._choose(f"Mã {said}", [self._now(place_id) for place_id in sorted(bearers)])
        others = sorted({row.identity_id for row in rows})
        if others:
            return self._another_day([self.lives[place_id][-1] for place_id in others])
        padded = {said.zfill(width) for width in (2, 3) if width > len(said)}
        ids = sorted(place_id for near in padded for place_id in self._bearers(near))
        hint = f" Mã bị mất số 0 ở đầu? Có thể là {self._listing(ids)}." if ids else ""
        return Match(None, ids, f"Không có địa bàn mang mã {said}.{hint}", "unknown")

    def _bearers(self, code: str) -> set[int]:
        rows = self.names.codes.get(code, ())
        return {row.identity_id for row in rows if holds(row.valid_from, row.valid_to, self.on)}

    def by_code_and_name(self, code: str, name: str) -> Match:
        by_code, by_name = self.by_code(code), self.by_name(_take_apart(name))
        if by_code.place_id is None or by_code.place_id in (by_name.place_id, *by_name.candidates):
            return by_code
        both = [by_code.place_id, *([by_name.place_id] if by_name.place_id else by_name.candidates)]
        bearer = self._now(by_code.place_id).full_name
        return Match(None, both, f"Mã {code} ngày {day(self.on)} là của {bearer}, không phải {name}.", "ambiguous")

    def by_name(self, said: _Said) -> Match:
        versions, others = self._called(said)
        if said.parent:
            return self._below_parent(said, versions)
        if versions:
            return self._of_name(said, versions)
        if others:
            return self._other_kind(said.text, others)
        return Match(None, [], f"Không có địa bàn tên “{said.text}” trong danh mục.", "unknown")

    def _called(self, said: _Said) -> tuple[list[PlaceVersion], list[PlaceVersion]]:
        """Versions of any day that bear the name: of the kinds allowed, and of others."""
        for versions in self.names.tiers(said.name):
            if versions:
                allowed = [version for version in versions if self._may_be(PlaceKind(version.kind), said.kinds)]
                return allowed, versions
        return [], []

    def _may_be(self, kind: PlaceKind, said: frozenset[PlaceKind]) -> bool:
        return all(not kinds or kind in kinds for kinds in (said, self.kinds))

    def _of_name(self, said: _Said, versions: list[PlaceVersion]) -> Match:
        if said.former:
            return self._former(said, versions)
        versions = [version for version in versions if self._fits(version)] or versions
        now = [version for version in versions if holds(version.valid_from, version.valid_to, self.on)]
        return self._choose(said.text, now) if now else self._another_day(versions)

    def _former(self, said: _Said, versions: list[PlaceVersion]) -> Match:
        """``Cô Ba (cũ)``: the place of that name that had ended by the day."""
        ended = [version for version in versions if version.valid_to is not None and version.valid_to <= self.on]
        ended = [version for version in ended if version is self.lives[version.place_id][-1] and self._fits(version)]
        if len(ended) == 1:
            return Match(ended[0].place_id, [], f"{telling.ending(ended[0], self.known)}.")
        if ended:
            return self._several(said.text, ended)
        ids = sorted({version.place_id for version in versions})
        return Match(None, ids, f"Đến ngày {day(self.on)} chưa có địa bàn nào tên {said.name} thôi tồn tại.", "unknown")

    def _below_parent(self, said: _Said, versions: list[PlaceVersion]) -> Match:
        """``Xã Hưng Đạo, huyện Bảo Lạc``: the name below the parent, on the days on which it stood there."""
        above = Matcher(self.on, known=self.known).by_name(_take_apart(said.parent))
        parents = above.candidates if above.place_id is None else [above.place_id]
        bare = replace(said, parent="")
        below = [version for version in versions if any(self._under(version, parent) for parent in parents)]
        if below:
            return self._of_name(bare, below)
        alone = self.by_name(bare)
        ids = alone.candidates if alone.place_id is None else [alone.place_id]
        if not ids:
            return alone
        if above.place_id is None:
            return Match(None, ids, above.sentence, above.code)
        where = telling.name(above.place_id, self.on, self.known)
        return Match(None, ids, f"{where} không có “{said.text}”; có {self._listing(ids)}.", "elsewhere")

    def _choose(self, text: str, now: list[PlaceVersion]) -> Match:
        fitting = [version for version in now if self._fits(version)]
        if len(fitting) == 1:
            return Match(fitting[0].place_id)
        if fitting:
            return self._several(text, fitting)
        ids = sorted(version.place_id for version in now)
        where = f" thuộc {telling.name(self.within, self.on, self.known)}" if self.within is not None else ""
        sentence = f"{text} ngày {day(self.on)} là {self._listing(ids)}, không phải địa bàn được hỏi{where}."
        return Match(None, ids, sentence, "elsewhere")

    def _several(self, text: str, versions: list[PlaceVersion]) -> Match:
        ids = sorted({version.place_id for version in versions})
        sentence = f"{text} có thể là {self._listing(ids, ' hoặc ')}: ghi rõ loại, huyện hoặc mã."
        return Match(None, ids, sentence, "ambiguous")

    def _other_kind(self, text: str, versions: list[PlaceVersion]) -> Match:
        now = [version for version in versions if holds(version.valid_from, version.valid_to, self.on)]
        ids = sorted({version.place_id for version in now or versions})
        said = f"Ngày {day(self.on)} không có {text}; có {self._listing(ids)}."
        return Match(None, ids, said, "elsewhere")

    def _another_day(self, versions: list[PlaceVersion]) -> Match:
        """Places of the name that had ended, or had not begun: told, each with its day."""
        fitting = [version for version in versions if self._fits(version)] or versions
        ended = [version for version in fitting if version.valid_to is not None and version.valid_to <= self.on]
        later = [version for version in fitting if version.valid_from is not None and version.valid_from > self.on]
        told = [telling.ending(version, self.known) for version in ended]
        told += [telling.beginning(version, self.known) for version in later]
        ids = sorted({version.place_id for version in fitting})
        return Match(None, ids, f"{'; '.join(told)}.", "ended" if ended else "not_yet")

    def _fits(self, version: PlaceVersion) -> bool:
        """Of the kinds asked for and below the parent asked for, on the asked day or the nearest of the version."""
        if not self._may_be(PlaceKind(version.kind), frozenset()):
            return False
        return self.within is None or self._under(version, self.within)

    def _under(self, version: PlaceVersion, parent: int) -> bool:
        stood = self._day_of(version)
        if stood not in self.trees:
            self.trees[stood] = queries.tree(stood, self.known)
        return self.trees[stood].covers(parent, version.place_id)

    def _day_of(self, version: PlaceVersion) -> date:
        """The asked day, or the nearest day on which the version was in force."""
        if version.valid_to is not None and self.on >= version.valid_to:
            return date.fromordinal(version.valid_to.toordinal() - 1)
        return max(self.on, version.valid_from) if version.valid_from else self.on

    def _now(self, place_id: int) -> PlaceVersion:
        life = self.lives[place_id]
        return next((row for row in life if holds(row.valid_from, row.valid_to, self.on)), life[-1])

    def _listing(self, ids: Iterable[int], last: str = ", ") -> str:
        """Full names with their parents and codes, so that namesakes can be told apart."""
        told = []
        for place_id in ids:
            version = self._now(place_id)
            parent = telling.name(version.parent_id, self._day_of(version), self.known) if version.parent_id else ""
            told.append(f"{version.full_name} ({parent})" if parent else version.full_name)
        return last.join([", ".join(told[:-1]), told[-1]]) if len(told) > 1 else "".join(told)

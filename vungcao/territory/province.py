"""A province as data: a folder with ``province.yaml`` and the CSV files it names, read into flat rows.

The shapes are described in ``docs/province-data.md``. Days called ``last_day`` in the files are last days in force, as
papers name them; here, and only here, they become ``valid_to``.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, NamedTuple

import yaml
from django.utils.translation import gettext

from vungcao.kernel.refusal import Refusal
from vungcao.kernel.validity import after_last_day, overlap
from vungcao.kernel.vietnamese import fold, nfc
from vungcao.territory.models import PlaceKind, ReorganisationKind

REFERENCE: Final = Path(__file__).parent / "reference"
SPELLING: Final = "SPELLING"  # the scheme of other spellings of a name
KIND_WORDS: Final[Mapping[str, PlaceKind]] = {
    "quoc gia": PlaceKind.NATION,
    "tinh": PlaceKind.PROVINCE,
    "thanh pho truc thuoc trung uong": PlaceKind.MUNICIPALITY,
    "thanh pho": PlaceKind.CITY,
    "huyen": PlaceKind.DISTRICT,
    "thi xa": PlaceKind.TOWN,
    "thi tran": PlaceKind.TOWNSHIP,
    "phuong": PlaceKind.WARD,
    "xa": PlaceKind.COMMUNE,
    "dac khu": PlaceKind.SPECIAL_ZONE,
    "to dan pho": PlaceKind.VILLAGE,
    "xom": PlaceKind.VILLAGE,
    "thon": PlaceKind.VILLAGE,
    "ban": PlaceKind.VILLAGE,
    **{kind.value: kind for kind in PlaceKind},
}


class BadProvince(Refusal):
    """A province's folder doesn't hold what its ``province.yaml`` promises."""

    code = "province.bad"


class VersionRow(NamedTuple):
    place: str
    name: str
    kind: str
    parent: str | None
    valid_from: date | None
    valid_to: date | None
    note: str


class CodeRow(NamedTuple):
    place: str
    scheme: str
    code: str
    valid_from: date | None
    valid_to: date | None


class EventRow(NamedTuple):
    kind: str
    effective: date
    cites: str
    clause: str


class SuccessionRow(NamedTuple):
    kind: str
    effective: date
    cites: str
    clause: str
    predecessor: str
    successor: str | None
    share_numerator: int | None
    share_denominator: int | None
    origin_numerator: int | None
    origin_denominator: int | None
    valid_from: date | None
    valid_to: date | None

    @property
    def event(self) -> EventRow:
        return EventRow(*self[:4])


class ClassRow(NamedTuple):
    place: str
    scheme: str
    value: str
    cites: str
    source: str
    valid_from: date | None
    valid_to: date | None


class Expected(NamedTuple):
    day: date
    kinds: tuple[str, ...]
    number: int


@dataclass
class Province:
    """What a folder says, in rows that name places by their keys."""

    key: str
    versions: list[VersionRow] = field(default_factory=list)
    codes: list[CodeRow] = field(default_factory=list)
    successions: list[SuccessionRow] = field(default_factory=list)
    classes: list[ClassRow] = field(default_factory=list)
    expected: list[Expected] = field(default_factory=list)


@lru_cache(maxsize=8)
def nation() -> VersionRow:
    """The root, from ``reference/nation.yaml``."""
    said = yaml.safe_load((REFERENCE / "nation.yaml").read_text(encoding="utf-8"))
    return VersionRow(said["key"], said["name"], said["kind"], None, None, None, "")


def shipped() -> list[Path]:
    """Folders of the provinces that come with the package."""
    return sorted(path.parent for path in REFERENCE.glob("*/province.yaml"))


def read(folder: Path) -> Province:
    """Read and check a province's folder; raises ``BadProvince`` naming the file and line."""
    file = folder / "province.yaml"
    if not file.is_file():
        raise BadProvince(gettext("Thư mục %(name)s không có province.yaml.") % {"name": folder.name})
    said = yaml.safe_load(file.read_text(encoding="utf-8"))
    lacking = [word for word in ("key", "name") if not said.get(word)]
    if lacking:
        raise BadProvince(
            gettext("%(folder)s/province.yaml thiếu mục: %(lacking)s.")
            % {"folder": folder.name, "lacking": ", ".join(lacking)}
        )
    found = Province(str(said["key"]))
    top = {"kind": "province", "parent": nation().place, **{name: said[name] for name in _PLACE if name in said}}
    _add_place(found, top, _Line(folder / "province.yaml", 1, {}))
    for part in said.get("places", ()):
        for line in _lines(folder, part):
            _add_place(found, part, line)
    for part in said.get("reorganisations", ()):
        found.successions += [_succession(part, line) for line in _lines(folder, part)]
    for part in said.get("classes", ()):
        found.classes += [_class(part, line) for line in _lines(folder, part)]
    for part in said.get("spellings", ()):
        found.codes += _spellings(found, part)
    found.expected = [Expected(row["day"], tuple(row["kinds"]), row["number"]) for row in said.get("expect", ())]
    _check(found, folder.name)
    return found


_PLACE: Final = ("key", "name", "full_name", "kind", "parent", "codes", "valid_from", "last_day", "note")


@dataclass(frozen=True)
class _Line:
    file: Path
    number: int
    cells: Mapping[str, str]

    def wrong(self, sentence: str) -> BadProvince:
        return BadProvince(
            gettext("%(folder)s/%(file)s, dòng %(number)s: %(sentence)s")
            % {"folder": self.file.parent.name, "file": self.file.name, "number": self.number, "sentence": sentence}
        )

    def text(self, part: Mapping[str, Any], word: str, default: str = "") -> str:
        """A word of the description with this line's cells in the place of ``{column}``."""
        said = part.get(word)
        return default if said is None else self.fill(str(said))

    def fill(self, pattern: str) -> str:
        try:
            return nfc(pattern.format_map(self.cells))
        except KeyError as absent:
            raise self.wrong(gettext("không có cột %(absent)s.") % {"absent": absent}) from None

    def day(self, part: Mapping[str, Any], word: str) -> date | None:
        said = part.get(word)
        if said is None or isinstance(said, date):
            return said
        text = self.fill(str(said))
        try:
            return date.fromisoformat(text) if text else None
        except ValueError:
            raise self.wrong(gettext("ngày %(text)r không đọc được (viết 2025-07-01).") % {"text": text}) from None

    def share(self, part: Mapping[str, Any], word: str) -> tuple[int | None, int | None]:
        text = self.text(part, word)
        if not text:
            return None, None
        above, _, below = text.partition("/")
        if not (above.isdigit() and below.isdigit() and int(below)):
            raise self.wrong(gettext("tỷ phần %(text)r không đọc được (viết 3333/10000).") % {"text": text})
        return int(above), int(below)


def _lines(folder: Path, part: Mapping[str, Any]) -> Iterator[_Line]:
    file = folder / str(part.get("file", ""))
    if not file.is_file():
        raise BadProvince(
            gettext("%(folder)s/province.yaml nói tới tệp %(file)r nhưng không có tệp ấy.")
            % {"folder": folder.name, "file": part.get("file")}
        )
    with file.open(encoding="utf-8-sig", newline="") as opened:
        reader = csv.DictReader(opened)
        for cells in reader:
            yield _Line(file, reader.line_num, {name: value or "" for name, value in cells.items() if name})


def split_kind(full_name: str) -> tuple[PlaceKind, str] | None:
    """``Huyện Bảo Lạc`` → (DISTRICT, ``Bảo Lạc``); ``None`` where no word of a kind leads."""
    words = nfc(full_name).split()
    for count in (3, 2, 1):
        kind = KIND_WORDS.get(fold(" ".join(words[:count])))
        if kind and len(words) > count:
            return kind, " ".join(words[count:])
    return None


def _add_place(found: Province, part: Mapping[str, Any], line: _Line) -> None:
    key, name, said = line.text(part, "key"), line.text(part, "name"), line.text(part, "kind")
    if part.get("full_name"):
        parted = split_kind(line.text(part, "full_name"))
        if not parted:
            raise line.wrong(
                gettext("tên %(name)r không bắt đầu bằng Huyện, Xã, Thôn…") % {"name": line.text(part, "full_name")}
            )
        kind, name = (parted[0], line.text(part, "full_name")) if parted[0] == PlaceKind.VILLAGE else parted
    elif fold(said) not in KIND_WORDS:
        raise line.wrong(gettext("loại địa bàn %(said)r không nhận ra.") % {"said": said})
    else:
        kind = KIND_WORDS[fold(said)]
    if not key or not name:
        raise line.wrong(gettext("thiếu khóa hoặc tên địa bàn."))
    days = line.day(part, "valid_from"), after_last_day(line.day(part, "last_day"))
    note = line.text(part, "note")
    found.versions.append(VersionRow(key, name, kind.value, line.text(part, "parent") or None, *days, note))
    for scheme, pattern in (part.get("codes") or {}).items():
        code = line.fill(str(pattern))
        if code:
            found.codes.append(CodeRow(key, scheme, code, *days))


def _succession(part: Mapping[str, Any], line: _Line) -> SuccessionRow:
    kind, effective, cites = line.text(part, "kind"), line.day(part, "effective"), line.text(part, "cites")
    if kind not in ReorganisationKind.values or effective is None or not cites:
        raise line.wrong(gettext("sắp xếp phải có loại (merge, split, rearrange, abolish), ngày hiệu lực và căn cứ."))
    successor = line.text(part, "successor") or None
    if (successor is None) != (kind == ReorganisationKind.ABOLISH):
        raise line.wrong(gettext("nhập hoặc chia thì phải có nơi nhận; giải thể thì không."))
    return SuccessionRow(
        kind,
        effective,
        cites,
        line.text(part, "clause"),
        line.text(part, "predecessor"),
        successor,
        *line.share(part, "share"),
        *line.share(part, "origin"),
        effective,
        None,
    )


def _class(part: Mapping[str, Any], line: _Line) -> ClassRow:
    return ClassRow(
        line.text(part, "place"),
        line.text(part, "scheme"),
        line.text(part, "value"),
        line.text(part, "cites"),
        line.text(part, "source"),
        line.day(part, "valid_from"),
        after_last_day(line.day(part, "last_day")),
    )


def _spellings(found: Province, part: Mapping[str, str]) -> list[CodeRow]:
    name, also = nfc(part["name"]), nfc(part["also"])
    return [
        CodeRow(row.place, SPELLING, also, row.valid_from, row.valid_to) for row in found.versions if row.name == name
    ]


def _check(found: Province, folder: str) -> None:
    """Keys that nothing defines, versions written twice, shares that don't add up to the whole."""
    keys = {row.place for row in found.versions} | {nation().place}
    named: list[str | None] = [row.parent for row in found.versions]
    named += [key for row in found.successions for key in (row.predecessor, row.successor)]
    named += [row.place for row in found.classes]
    if unknown := sorted({key for key in named if key is not None} - keys):
        raise BadProvince(
            gettext("%(folder)s: có dòng nói tới địa bàn không được khai: %(unknown)s.")
            % {"folder": folder, "unknown": ", ".join(unknown[:10])}
        )
    spans: dict[str, list[tuple[date | None, date | None]]] = defaultdict(list)
    for version in found.versions:
        spans[version.place].append((version.valid_from, version.valid_to))
    if twice := [key for key, days in spans.items() if overlap(days)]:
        raise BadProvince(
            gettext("%(folder)s: địa bàn khai hai lần cho cùng một ngày: %(twice)s.")
            % {"folder": folder, "twice": ", ".join(twice[:10])}
        )
    parts: dict[tuple[EventRow, str], list[SuccessionRow]] = defaultdict(list)
    for row in found.successions:
        parts[row.event, row.predecessor].append(row)
    for (_, predecessor), rows in parts.items():
        shares = [Fraction(row.share_numerator or 0, row.share_denominator) for row in rows if row.share_denominator]
        if shares and (len(shares) < len(rows) or sum(shares) != 1):
            raise BadProvince(
                gettext("%(folder)s: các tỷ phần chia %(place)s không cộng thành 1.")
                % {"folder": folder, "place": predecessor}
            )

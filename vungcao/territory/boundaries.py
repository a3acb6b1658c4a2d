"""Boundaries that a province loads itself: one GeoJSON file kept in VUNGCAO_HOME, never in the repository.

Each feature is a polygon (or several) with the statistics office's code of a place. Longitude and latitude, WGS 84.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.utils.translation import gettext as _

from vungcao.kernel.refusal import Refusal
from vungcao.territory import queries

CODE_WORDS: Final = ("code", "ma", "ma_xa", "maxa", "gso", "gso_code")
LARGEST: Final = 30 * 1024 * 1024  # bytes; simplify a larger file first
Ring = tuple[tuple[float, float], ...]
Outlines = dict[str, tuple[Ring, ...]]


class BadBoundaries(Refusal):
    """The file can't be drawn: not GeoJSON, no code, no polygon."""

    code = "boundaries.bad"


@dataclass(frozen=True)
class Loaded:
    """What a file holds, set against the places of a day."""

    features: int
    matched: int
    unknown: tuple[str, ...]
    without: tuple[str, ...]


def kept_path() -> Path:
    """Where the province's file stands."""
    return Path(settings.HOME) / "ban-do" / "ranh-gioi.geojson"


def read(path: Path) -> Outlines:
    """Code → outer rings. Raises ``BadBoundaries`` with a Vietnamese sentence."""
    if path.stat().st_size > LARGEST:
        raise BadBoundaries(
            _("Tệp ranh giới lớn hơn %(largest)s MB: đơn giản hóa đường biên trước khi nạp.")
            % {"largest": LARGEST // 1024**2}
        )
    try:
        said = json.loads(path.read_text(encoding="utf-8-sig"))
    except (UnicodeDecodeError, ValueError) as error:
        raise BadBoundaries(_("“%(name)s” không phải tệp GeoJSON đọc được.") % {"name": path.name}) from error
    features = said.get("features") if isinstance(said, dict) else None
    if not isinstance(features, list) or not features:
        raise BadBoundaries(_("“%(name)s” không có đối tượng nào (features).") % {"name": path.name})
    found: Outlines = {}
    for number, feature in enumerate(features, 1):
        code = _code(feature)
        rings = tuple(_rings(feature))
        if not code or not rings:
            what = _("mã đơn vị hành chính (code)") if not code else _("đa giác với kinh độ, vĩ độ")
            raise BadBoundaries(
                _("“%(name)s”: đối tượng thứ %(number)s không có %(what)s.")
                % {"name": path.name, "number": number, "what": what}
            )
        found[code] = (*found.get(code, ()), *rings)
    return found


def _code(feature: Any) -> str:
    said = feature.get("properties") if isinstance(feature, dict) else None
    if not isinstance(said, dict):
        return ""
    by_word = {str(key).casefold(): value for key, value in said.items()}
    return next((f"{by_word[word]}".strip() for word in CODE_WORDS if by_word.get(word)), "")


def _rings(feature: Any) -> Iterator[Ring]:
    shape: dict[str, Any] = feature.get("geometry") or {}
    drawn = shape.get("coordinates")
    polygons: Any = {"Polygon": [drawn], "MultiPolygon": drawn}.get(f"{shape.get('type')}")
    for polygon in polygons or ():
        try:
            ring = tuple((float(point[0]), float(point[1])) for point in polygon[0])
        except (TypeError, ValueError, IndexError):
            continue
        if len(ring) >= 4 and all(-180 <= x <= 180 and -90 <= y <= 90 for x, y in ring):
            yield ring


def keep(path: Path, on: date) -> Loaded:
    """Check a file, keep it as the province's, and say which places of the day it draws."""
    found = read(path)
    tree = queries.tree(on)
    there = {code: tree.names[place] for place, code in tree.codes.items() if tree.kinds[place] in queries.COMMUNES}
    target = kept_path()
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(path.read_bytes())
    return Loaded(
        features=len(found),
        matched=len(found.keys() & set(tree.codes.values())),
        unknown=tuple(sorted(found.keys() - set(tree.codes.values()))),
        without=tuple(sorted(name for code, name in there.items() if code not in found)),
    )


def changed() -> int:
    """When the province's file was last changed, in the file system's own time; 0 without one."""
    path = kept_path()
    return path.stat().st_mtime_ns if path.exists() else 0


def outlines(on: date, known: int | None = None) -> dict[int, tuple[Ring, ...]]:
    """Rings of each place of a day that the province's file draws; nothing where there is no file.

    Codes pass on, so a file is of one day's places: that of its units, by the codes they bore then.
    """
    since = changed()
    if not since:
        return {}
    drawn = _kept(kept_path(), since)
    return {place: drawn[code] for place, code in queries.tree(on, known).codes.items() if code in drawn}


@lru_cache(maxsize=2)
def _kept(path: Path, changed: int) -> Outlines:
    return read(path)

"""Reference data of territory into the database: the nation and a province's folder, as often as one likes.

A row is written when no row with the same content stands, unless somebody ended such a row outside loading (an
officer's correction outlives the files). Rows of a new release end those they overlap, under one act.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from vungcao.evidence.actions import Signer
from vungcao.evidence.keeping import Dated
from vungcao.evidence.reference_rows import Loaded, Loading, loading
from vungcao.kernel.validity import overlap
from vungcao.territory import province as files
from vungcao.territory.models import Place, PlaceClass, PlaceCode, PlaceVersion, Reorganisation, Succession

VERB: Final = "territory.loaded"
CAO_BANG: Final = files.REFERENCE / "cao_bang"


@dataclass(frozen=True)
class _Table:
    """How rows of a file stand in a table: paths in the order of the row's columns, and what makes two rows rivals."""

    model: type[Dated]
    paths: tuple[str, ...]
    rivals: Callable[[Any], tuple[Any, ...]]


_EVENT: Final = ("event__kind", "event__effective", "event__cites", "event__clause")
_SHARES: Final = ("share_numerator", "share_denominator", "origin_numerator", "origin_denominator")
_DAYS: Final = ("valid_from", "valid_to")
_VERSIONS: Final = _Table(
    PlaceVersion, ("place__key", "name", "kind", "parent__key", *_DAYS, "note"), lambda row: (row.place,)
)
_CODES: Final = _Table(
    PlaceCode,
    ("identity__key", "scheme", "code", *_DAYS),
    lambda row: (row.place, row.scheme, row.code if row.scheme == files.SPELLING else ""),
)
_SUCCESSIONS: Final = _Table(
    Succession,
    (*_EVENT, "predecessor__key", "successor__key", *_SHARES, *_DAYS),
    lambda row: (row.event, row.predecessor),
)
_CLASSES: Final = _Table(
    PlaceClass,
    ("place__key", "scheme", "value", "cites", "source", *_DAYS),
    lambda row: (row.place, row.scheme),
)


@dataclass
class _Change:
    """Rows of one table to write and to end."""

    table: _Table
    missing: list[Any]
    to_end: list[int]


def load(*, by: Signer, province: Path | None = None) -> Loaded:
    """Load the nation and one province (Cao Bằng unless a folder is given).

    Raises ``BadProvince`` when the folder's data don't hold; then nothing is written.
    """
    said = files.read(province or CAO_BANG)
    versions = [files.nation(), *said.versions]
    keys = list(dict.fromkeys(row.place for row in versions))
    events = list(dict.fromkeys(row.event for row in said.successions))
    changes = [
        _compare(_VERSIONS, versions, keys),
        _compare(_CODES, said.codes, keys),
        _compare(_SUCCESSIONS, said.successions, keys),
        _compare(_CLASSES, said.classes, keys),
    ]
    with loading("territory", by=by) as shelf:
        ids = shelf.identities(Place, "key", ({"key": key} for key in keys))
        for change in changes:
            shelf.end(change.table.model, change.to_end)
        if any(change.missing for change in changes):
            numbers = _events(events, shelf)
            for change in changes:
                table = change.table
                shelf.write([table.model(**_columns(table, row, ids, numbers)) for row in change.missing])
    return shelf.loaded


def _compare(table: _Table, wanted: list[Any], keys: list[str]) -> _Change:
    """What is in the files and not in the table, and which standing rows that displaces."""
    shape = type(wanted[0]) if wanted else None
    if shape is None:
        return _Change(table, [], [])
    standing: dict[Any, int] = {}
    mended: set[Any] = set()
    anchor = "predecessor__key" if table is _SUCCESSIONS else table.paths[0]
    rows = table.model.objects.filter(**{f"{anchor}__in": keys})
    for pk, ended_by, verb, *cells in rows.values_list("pk", "ended_by", "ended_by__verb", *table.paths):
        row = shape(*cells)
        if ended_by is None:
            standing[row] = pk
        elif verb != VERB:
            mended.add(row)
    missing = [row for row in dict.fromkeys(wanted) if row not in standing and row not in mended]
    arriving: dict[tuple[Any, ...], list[Any]] = defaultdict(list)
    for row in missing:
        arriving[table.rivals(row)].append(row)
    asked = set(wanted)
    to_end = [
        pk
        for row, pk in standing.items()
        if row not in asked and any(_meet(row, other) for other in arriving.get(table.rivals(row), ()))
    ]
    return _Change(table, missing, to_end)


def _meet(one: Any, other: Any) -> bool:
    return overlap([(one.valid_from, one.valid_to), (other.valid_from, other.valid_to)])


def _events(rows: Iterable[files.EventRow], shelf: Loading) -> dict[files.EventRow, int]:
    """Number of each event, written where it is new."""
    wanted = list(rows)
    standing = list(Reorganisation.objects.filter(cites__in={row.cites for row in wanted}))
    known = {files.EventRow(event.kind, event.effective, event.cites, event.clause) for event in standing}
    made = [Reorganisation(**row._asdict()) for row in wanted if row not in known]
    shelf.write(made)
    return {
        files.EventRow(event.kind, event.effective, event.cites, event.clause): event.pk for event in (*standing, *made)
    }


def _columns(table: _Table, row: Any, ids: dict[str, int], events: dict[files.EventRow, int]) -> dict[str, Any]:
    """A row of a file as the columns of its table: keys become numbers, an event's four words its number."""
    about: dict[str, Any] = {"event_id": events[row.event]} if table is _SUCCESSIONS else {}
    for path, cell in zip(table.paths, row, strict=True):
        if path.endswith("__key"):
            about[path.replace("__key", "_id")] = ids[cell] if cell else None
        elif path not in _EVENT:
            about[path] = cell
    return about

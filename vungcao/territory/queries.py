"""Questions to territory: which place, called what, where in the tree, in which class, on a day and as known then."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from operator import attrgetter
from typing import Any, Final

from vungcao.evidence.every_row import EveryRow
from vungcao.evidence.moment import held
from vungcao.evidence.queries import pinned
from vungcao.evidence.remembering import Remembered
from vungcao.kernel.trees import Tree
from vungcao.kernel.validity import lives_of
from vungcao.territory.models import Place, PlaceClass, PlaceCode, PlaceKind, PlaceVersion, Succession

GSO: Final = "GSO"  # codes of the statistics office
PROVINCES: Final = frozenset({PlaceKind.PROVINCE, PlaceKind.MUNICIPALITY})
DISTRICTS: Final = frozenset({PlaceKind.DISTRICT, PlaceKind.CITY, PlaceKind.TOWN})
COMMUNES: Final = frozenset({PlaceKind.COMMUNE, PlaceKind.WARD, PlaceKind.TOWNSHIP, PlaceKind.SPECIAL_ZONE})
memory: Remembered[Any] = Remembered(PlaceVersion, PlaceCode, Succession, room=24)
# Apart: many days of trees must not push these out.
_rows: Remembered[Any] = Remembered(PlaceVersion, PlaceCode, room=12)
_places: Final[Remembered[dict[int, Place]]] = Remembered(Place, room=2)
_versions: Final[EveryRow[PlaceVersion]] = EveryRow(PlaceVersion)
_every_code: Final[EveryRow[PlaceCode]] = EveryRow(PlaceCode)
_successions: Final[EveryRow[Succession]] = EveryRow(Succession, "event")


class PlaceTree(Tree):
    """The places in force on one day. Every mapping is by the place's database key.

    ``names`` full names (``Xã Bảo Lạc``), ``kinds`` their ``PlaceKind``, ``sorting`` a key in Vietnamese order,
    ``keys`` our stable keys, ``codes`` the statistics office's codes (places without one are absent).
    """

    def __init__(self, versions: Iterable[PlaceVersion], keys: dict[int, str], codes: dict[int, str]) -> None:
        rows = list(versions)
        super().__init__({row.place_id: row.parent_id for row in rows})
        self.names = {row.place_id: row.full_name for row in rows}
        self.kinds = {row.place_id: PlaceKind(row.kind) for row in rows}
        self.sorting = {row.place_id: row.sorting for row in rows}
        self.keys = {row.place_id: keys[row.place_id] for row in rows}
        self.codes = {row.place_id: codes[row.place_id] for row in rows if row.place_id in codes}

    def ancestor_of_kind(self, node: int, kinds: Iterable[str]) -> int | None:
        """The node itself or the nearest place above it whose kind is one of ``kinds``."""
        wanted = set(kinds)
        return next((here for here in self.up(node) if self.kinds.get(here) in wanted), None)

    def of_kind(self, kinds: Iterable[str]) -> list[int]:
        """Places of these kinds in Vietnamese order."""
        wanted = set(kinds)
        found = (node for node, kind in self.kinds.items() if kind in wanted)
        return sorted(found, key=lambda node: (self.sorting[node], node))


def place(code_or_key: str, on: date, known: int | None = None) -> Place | None:
    """The place that bears the code on that day, else the one with that key (in force that day or not).

    Codes are reused and some keys look like codes: ``01321`` is Thị trấn Bảo Lạc until 30/6/2025 and Xã Bảo Lạc from
    1/7/2025, while ``01342`` (a code that nobody bears today) is still the key of the former Xã Hồng Trị.
    """
    said = code_or_key.strip()

    def ask() -> Place | None:
        if (borne := bearers(on, known).get(said)) is not None and (found := _every().get(borne)):
            return found
        at = pinned(known)  # a key is asked for once, whatever the day
        return held(("place", said, at), lambda: Place.objects.known(at).filter(key=said).first())

    return held(("place", said, on, known), ask)


def bearers(on: date, known: int | None = None) -> dict[str, int]:
    """The statistics office's code → the place that bears it on that day; kept in memory."""

    def make() -> dict[str, int]:
        rows = sorted((row for row in _codes(known) if row.holds_on(on)), key=lambda row: -row.identity_id)
        return {row.code: row.identity_id for row in rows}

    found: dict[str, int] = memory.get(("bearers", on), known, make)
    return found


def version(place_id: int, on: date, known: int | None = None) -> PlaceVersion | None:
    """The version in force on the day; ``None`` on a day outside the place's life."""
    found: PlaceVersion | None = PlaceVersion.objects.on(on, known).filter(place=place_id).first()
    return found


def naming(place_id: int, on: date, known: int | None = None) -> PlaceVersion | None:
    """The version to name the place by on any day: the one in force, else the nearest in time."""
    rows = lives(known).get(place_id, [])
    return min(rows, key=lambda row: _distance(row, on), default=None)


def _distance(row: PlaceVersion, on: date) -> int:
    if row.valid_from and on < row.valid_from:
        return (row.valid_from - on).days
    if row.valid_to and on >= row.valid_to:
        return (on - row.valid_to).days + 1
    return 0


def tree(on: date, known: int | None = None) -> PlaceTree:
    """The tree of places in force on a day, as known at act number ``known`` (``None``: now); kept in memory."""
    return memory.get(("tree", on), known, lambda: _tree(on, known))


def _tree(on: date, known: int | None) -> PlaceTree:
    there = (row for life in lives(known).values() for row in life if row.holds_on(on))
    versions = sorted(there, key=attrgetter("pk"))
    codes = {row.identity_id: row.code for row in _codes(known) if row.holds_on(on)}
    return PlaceTree(versions, {pk: place.key for pk, place in _every().items()}, codes)


def _every() -> dict[int, Place]:
    """Every place by its database key; kept in memory."""
    return _places.get("every", None, lambda: Place.objects.in_bulk())


def _codes(known: int | None) -> list[PlaceCode]:
    """Every code of the statistics office that stands, of any day; kept in memory."""

    def make() -> list[PlaceCode]:
        return [row for row in _every_code.standing(known) if row.scheme == GSO]

    found: list[PlaceCode] = _rows.get("codes", known, make)
    return found


def classes(place_id: int, scheme: str, on: date, known: int | None = None) -> list[PlaceClass]:
    """Classes of a scheme (``zone``) that a decision gives the place on that day; none is an empty list."""
    return list(PlaceClass.objects.on(on, known).filter(place=place_id, scheme=scheme).order_by("value", "pk"))


def successions_from(place_id: int, known: int | None = None) -> list[Succession]:
    """Where a place went, with the events, earliest first."""
    return successions(known)[0].get(place_id, [])


def successions_into(place_id: int, known: int | None = None) -> list[Succession]:
    """What a place was made of, with the events, earliest first."""
    return successions(known)[1].get(place_id, [])


def day_there(life: Sequence[PlaceVersion] | None, on: date) -> date:
    """``on``, or the day nearest to it on which the place stands.

    An account outlives its place until a handover; a decision may give to a commune that begins next week.
    """
    begins, ends = (life[0].valid_from, life[-1].valid_to) if life else (None, None)
    if begins and on < begins:
        return begins
    return ends - timedelta(days=1) if ends and ends <= on else on


def successions(known: int | None = None) -> tuple[dict[int, list[Succession]], dict[int, list[Succession]]]:
    """Every succession that stands, by predecessor and by successor, earliest first; kept in memory."""

    def make() -> tuple[dict[int, list[Succession]], dict[int, list[Succession]]]:
        away: dict[int, list[Succession]] = {}
        into: dict[int, list[Succession]] = {}
        for row in sorted(_successions.standing(known), key=lambda row: (row.event.effective, row.pk)):
            away.setdefault(row.predecessor_id, []).append(row)
            if row.successor_id is not None:
                into.setdefault(row.successor_id, []).append(row)
        return away, into

    return memory.get("successions", known, make)


def lives(known: int | None = None) -> dict[int, list[PlaceVersion]]:
    """Every version that stands, by place, earliest first (an unknown start comes first); kept in memory."""

    return _rows.get("lives", known, lambda: lives_of(_versions.standing(known), "place_id"))

"""What a cell names: by the official lists first, and only where those have no answer by what officials have mapped.

An official name is never overruled: a mapping is asked only after the lists gave no single place, body or component.
What a mapping points to must be in force on the day and inside what was asked; else that is said, and nothing taken.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Final

from django.db.models import F, Q

from vungcao.bodies import matching as body_matching
from vungcao.bodies import queries as bodies
from vungcao.evidence.remembering import Remembered
from vungcao.intake.models import MappingKind, NameMapping
from vungcao.kernel.vietnamese import day, fold, nfc
from vungcao.programme import queries as programmes
from vungcao.programme.matching import component_match
from vungcao.programme.models import FundingSource, SpendingField
from vungcao.territory import matching as place_matching
from vungcao.territory import queries as territory
from vungcao.territory import telling

Key = tuple[str, str, int | None]  # kind, key of the name, reporter

TYPED: Final = " Nếu biết là gì: "  # from here on a sentence tells what to type; a page has a form instead


@dataclass(frozen=True)
class Named:
    """A database key, or none with a code for programs and a Vietnamese sentence; ``mapping``: what was relied on.

    ``outcome``: of a place that is not known, whether the lists know its name at all (``unknown``, ``ended``, …).
    """

    id: int | None
    code: str = ""
    sentence: str = ""
    mapping: int | None = None
    outcome: str = ""


def key_of(said: str) -> str:
    """How names are compared: NFC, one case, tones wherever they stand, no punctuation (``Hoà An.`` = ``hòa an``)."""
    return place_matching.written("".join(sign if sign.isalnum() else " " for sign in nfc(said)))[:200]


class Names:
    """The names of one table: a day, and who wrote it (``reporter``, set once known). ``relied`` are mappings used."""

    def __init__(self, on: date) -> None:
        self.on = on
        self.reporter: int | None = None
        self.relied: set[int] = set()

    # what may be named -------------------------------------------------------------------------------------
    def place(self, said: str, *, within: int | None = None) -> Named:
        """A place at or below ``within``."""
        found = self._places(within).match(said)
        if found.place_id is not None:
            return Named(found.place_id)
        return replace(self._mapped(MappingKind.PLACE, said, found.sentence, within), outcome=found.code)

    def body(self, said: str) -> Named:
        """A body in force on the day."""
        found = body_matching.match(said, on=self.on)
        if found.body_id is not None:
            return Named(found.body_id)
        return self._mapped(MappingKind.BODY, said, found.sentence)

    def component(self, said: str, programme: str, *, within: int | None = None) -> Named:
        """A component of ``programme`` (its code), inside ``within`` where given."""
        found = component_match(said, programme, self.on, within=within)
        if found.component_id is not None:
            return Named(found.component_id)
        tree = programmes.tree(self.on)
        return self._mapped(MappingKind.COMPONENT, said, found.sentence, within or tree.ids.get(programme))

    def source(self, said: str) -> Named:
        """A funding source by its code or its whole name."""
        rows = FundingSource.objects.values_list("pk", "code", "name")
        return self._listed(MappingKind.SOURCE, said, {pk: (code, name) for pk, code, name in rows})

    def field(self, said: str) -> Named:
        """A spending field by its code or its whole name."""
        rows = SpendingField.objects.values_list("pk", "code", "name")
        return self._listed(MappingKind.FIELD, said, {pk: (code, name) for pk, code, name in rows})

    def _listed(self, kind: MappingKind, said: str, known: Mapping[int, tuple[str, str]]) -> Named:
        wanted = fold(said)
        found = [pk for pk, names in known.items() if wanted in map(fold, names)]
        if len(found) == 1:
            return Named(found[0])
        return self._mapped(kind, said, f"“{said}” không có trong danh mục {kind.label.lower()}.")

    # what was mapped ---------------------------------------------------------------------------------------
    def _mapped(self, kind: MappingKind, said: str, sentence: str, within: int | None = None) -> Named:
        row = self._standing.get((kind, key_of(said), self.reporter)) or self._standing.get((kind, key_of(said), None))
        if row is None:
            return Named(None, f"{kind}.unknown", f"{sentence}{self._taken_back(kind, said)}{how_to_map(kind, said)}")
        why = self._unfit(row, within)
        if why:
            said_so = f"“{said}” được hiểu là {named(row, self.on)} ({row.act.official_name} ghi), nhưng {why}"
            return Named(None, "mapping.unfit", said_so)
        self.relied.add(row.pk)
        return Named(row.target_id, mapping=row.pk)

    def meaning(self, kind: MappingKind, said: str) -> str:
        """What a mapping of any day says of the name for this reporter; empty when nobody has said anything."""
        whose = Q(reporter=None) | Q(reporter=self.reporter)
        rows = NameMapping.objects.standing().filter(whose, kind=kind, key=key_of(said))
        row = rows.order_by(F("reporter").asc(nulls_last=True), "-pk").first()
        return named(row, row.valid_from or self.on) if row else ""

    def _unfit(self, row: NameMapping, within: int | None) -> str:
        """Why what the mapping means cannot be meant here; empty when it can."""
        gone = f"không có hiệu lực ngày {day(self.on)}: sửa cách hiểu hoặc ngày của nó."
        if row.kind == MappingKind.PLACE:
            here = territory.tree(self.on)
            if row.target_id not in here:
                return gone
            if within is not None and not here.covers(within, row.target_id):
                return f"địa bàn ấy không thuộc {telling.name(within, self.on)}."
        if row.kind == MappingKind.BODY and row.target_id not in bodies.tree(self.on):
            return gone
        if row.kind == MappingKind.COMPONENT:
            tree = programmes.tree(self.on)
            if row.target_id not in tree:
                return gone
            if within is not None and not tree.covers(within, row.target_id):
                return f"nội dung ấy không thuộc {tree.short_names[within]}."
        return ""

    def _taken_back(self, kind: MappingKind, said: str) -> str:
        """That the name had been mapped and the mapping taken back, where that is so."""
        wanted, whose = (kind, key_of(said)), (None, self.reporter)
        rows = (row for row in _kept_or_taken_back() if (row.kind, row.key) == wanted and row.reporter_id in whose)
        last = max((row for row in rows if row.ended_by), key=lambda row: row.pk, default=None)
        if last is None or last.ended_by is None:
            return ""
        return f" Cách hiểu cũ (là {named(last, self.on)}) đã được {last.ended_by.official_name} rút lại."

    def _places(self, within: int | None) -> place_matching.Matcher:
        if within not in self._matchers:
            self._matchers[within] = place_matching.Matcher(self.on, within=within)
        return self._matchers[within]

    @cached_property
    def _matchers(self) -> dict[int | None, place_matching.Matcher]:
        return {}

    @cached_property
    def _standing(self) -> dict[Key, NameMapping]:
        """Mappings in force on the day, as this transaction sees them."""
        rows = (row for row in _kept_or_taken_back() if row.ended_by is None and row.holds_on(self.on))
        return {(row.kind, row.key, row.reporter_id): row for row in rows}


TAKEN_BACK = "intake.name_taken_back"
_mappings: Final[Remembered[list[NameMapping]]] = Remembered(NameMapping, room=2)


def _kept_or_taken_back() -> list[NameMapping]:
    """Mappings of any day that stand, and those that were taken back, by their keys; kept in memory."""

    def ask() -> list[NameMapping]:
        related = ("act", "ended_by", "place", "body", "component", "source", "field")
        rows = NameMapping.objects.filter(Q(ended_by=None) | Q(ended_by__verb=TAKEN_BACK))
        return list(rows.select_related(*related).order_by("pk"))

    return _mappings.get("all", None, ask)


def named(row: NameMapping, on: date) -> str:
    """What a mapping means, by the name that officers know."""
    if row.kind == MappingKind.PLACE:
        return telling.name(row.target_id, on)
    if row.kind == MappingKind.BODY:
        return bodies.naming(row.target_id, on)[0]
    if row.kind == MappingKind.COMPONENT:
        return programmes.naming(row.target_id).short_name
    return str(getattr(row.target, "name", row.target))


def how_to_map(kind: MappingKind, said: str) -> str:
    """The end of a sentence about an unknown name."""
    return f"{TYPED}vungcao map “{said}” MÃ --kind {kind.value}."

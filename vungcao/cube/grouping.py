"""Filters and groups: which atoms a question is about, and to which row each belongs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.translation import gettext as _

from vungcao.bodies.queries import body
from vungcao.bodies.reach import Reach
from vungcao.cube.atoms import Atom, Unplaced, in_units
from vungcao.cube.codes import Codes
from vungcao.cube.question import PLACES, FigureQuery, NotAQuestion
from vungcao.kernel.trees import Tree
from vungcao.kernel.vietnamese import day
from vungcao.kernel.years import NOT_DIVIDED, Years
from vungcao.ledger.models import Basis, SpendingObject
from vungcao.ledger.regions import Space, space, spaces_known_at
from vungcao.programme import queries as programmes
from vungcao.programme.models import SpendingField
from vungcao.territory import queries as territory
from vungcao.territory.models import Place, PlaceKind

OWN = "own:"  # before a code of component, place or body: the node itself, without those under it
BY_KEY = "key:"  # before a place's own key, where the same text is another place's code on that day


@dataclass(frozen=True)
class NotSplit:
    """Money said above the level asked for along one dimension: shown beside the rows, never spread by guess."""

    dim: str
    node: int
    atom: Atom


@dataclass
class Groups:
    """Rows by their keys, and what could not be put into one."""

    rows: dict[tuple[str, ...], list[Atom]] = field(default_factory=dict)
    not_split: list[NotSplit] = field(default_factory=list)


def _bare(code: str | None) -> str | None:
    return code.removeprefix(OWN) if code else None


class Frame:
    """A question with its names resolved to database keys."""

    def __init__(self, query: FigureQuery, reach: Reach) -> None:
        self.query, self.reach = query, reach
        self.units = query.units_of(timezone.localdate())
        self.here = here = space(self.units or query.on, query.known)
        self.codes = Codes.of(query.on)
        self.spaces = spaces_known_at(here.known)
        self.own = {dim for dim in ("component", "place", "body") if (getattr(query, dim) or "").startswith(OWN)}
        self.component = self._component(_bare(query.component) or query.programme)
        self.place = self._place(_bare(query.place))
        self.body = self._body(_bare(query.body))
        self.source = self._source(query.source)
        self.field = self._field(query.field)
        self.object = self._object(query.object)

    # names to keys -----------------------------------------------------------------------------------------
    def _component(self, code: str | None) -> int | None:
        if code is None:
            return None
        standing = self.here.components.ids.get(code)
        if standing is not None:
            return standing
        lives = programmes.lives(self.here.known)
        of_another_day = next((node for node, life in lives.items() if life[-1].component.code == code), None)
        if of_another_day is not None:
            return of_another_day
        found = programmes.component(code)
        if found is None:
            raise NotAQuestion(_("Không có cấu phần chương trình mã %(code)r.") % {"code": code})
        return int(found.pk)

    def _place(self, code: str | None) -> int | None:
        if code is None:
            return None
        if code.startswith(BY_KEY):
            found = Place.objects.filter(key=code.removeprefix(BY_KEY)).first()
        else:
            found = territory.place(code, self.here.on, self.here.known) or territory.place(code, self.query.on)
        if found is None:
            raise NotAQuestion(
                _("Không có địa bàn mã %(code)r trong ngày %(day)s.") % {"code": code, "day": day(self.here.on)}
            )
        return int(found.pk)

    def _body(self, key: str | None) -> int | None:
        if key is None:
            return None
        found = body(key)
        if found is None:
            raise NotAQuestion(_("Không có đơn vị mã %(code)r.") % {"code": key})
        return int(found.pk)

    def _source(self, code: str | None) -> tuple[str, str] | None:
        if code is None:
            return None
        kind, level = (code if ":" in code else f"{code}:*").split(":", 1)
        if (kind, level) not in self.here.sources.values():
            raise NotAQuestion(_("Không có nguồn vốn mã %(code)r.") % {"code": code})
        return kind, level

    def _field(self, code: str | None) -> int | None:
        if code is None:
            return None
        found = SpendingField.objects.filter(code=code).first()
        if found is None:
            raise NotAQuestion(_("Không có lĩnh vực chi mã %(code)r.") % {"code": code})
        return int(found.pk)

    def _object(self, code: str | None) -> int | None:
        if code is None:
            return None
        found = SpendingObject.objects.filter(code=code).first()
        if found is None:
            raise NotAQuestion(_("Không có công trình, hợp đồng, kết luận mã %(code)r.") % {"code": code})
        return int(found.pk)

    # filters -----------------------------------------------------------------------------------------------
    def space_of(self, atom: Atom) -> Space:
        return self.spaces(atom.said_on)

    def select(self, atoms: Iterable[Atom]) -> tuple[list[Atom], list[NotSplit]]:
        """Atoms inside the question, and those that only meet it: money said more widely than was asked."""
        inside: list[Atom] = []
        wider: list[NotSplit] = []
        for atom in atoms:
            verdicts = list(self._verdicts(atom))
            if all(verdict == "in" for _, _, verdict in verdicts):
                inside.append(atom)
            elif not any(verdict == "out" for _, _, verdict in verdicts):
                dim, node, _ = next(item for item in verdicts if item[2] == "wide")
                wider.append(NotSplit(dim, node, atom))
        return inside, wider

    def read(self, atoms: Iterable[Atom], by: Iterable[str]) -> tuple[list[Atom], list[Unplaced]]:
        """The atoms in the units of the reading, where places are asked for, and what is stuck below them.

        Money of a place that nobody took over stands at the nearest place above that is still there: it counts at
        that place and above it, and is not apportioned below; it is not the own money of that place. Money of years
        that were not asked about, out of the question in whatever units, is left out first.
        """
        levels = set(PLACES) & set(by)
        if self.units is None or not (self.query.place or levels):
            return list(atoms), []
        placed, unplaced = in_units(filter(self._is_of_years, atoms), to=self.units, known=self.here.known)
        stuck: list[Unplaced] = []
        for one in unplaced:
            inside = self.select([one.above])[0] if one.above else []
            if inside and "place" not in self.own and all(self.key(dim, inside[0]) for dim in levels):
                placed += inside
            elif self.select([one.atom])[0]:
                stuck.append(one)
        return placed, stuck

    def _is_of_years(self, atom: Atom) -> bool:
        return all(verdict != "out" for _, _, verdict in self._of_years(atom))

    def _of_years(self, atom: Atom) -> Iterable[tuple[str, int, str]]:
        if not self.in_year(atom.region.year_use, is_plan=atom.kind == "plan"):
            yield "year_use", 0, "out"
        if atom.kind != "plan":
            yield "year", 0, self.of_origin(atom.region.year_origin)

    def _verdicts(self, atom: Atom) -> Iterable[tuple[str, int, str]]:
        region, then = atom.region, self.space_of(atom)
        if not self.reach.sees(region.place, region.body, then.places):
            yield "place", region.place, "out"
            return
        yield from self._of_years(atom)
        for dim in ("component", "place", "body", "source", "field"):
            node = getattr(region, dim)
            yield dim, node, self.verdict(dim, node, then)
        if self.object is not None:
            said, whole = region.spending_object, self.here.not_divided["spending_object"]
            wide = said == whole or then.objects.covers(said, self.object)
            yield "object", said, "in" if said == self.object else "wide" if wide else "out"

    def verdict(self, dim: str, node: int, then: Space) -> str:
        """Of a node along a dimension: ``in`` the question, ``out`` of it, or ``wide``: it only meets it."""
        if dim == "source":
            return "in" if self.source is None else _flat(self.source, self.here.sources[node])
        wanted = {"component": self.component, "place": self.place, "body": self.body, "field": self.field}[dim]
        if wanted is None:
            return "in"
        if dim == "field":
            star = self.here.not_divided["field"]
            return "in" if wanted in (node, star) else "wide" if node == star else "out"
        tree: Tree = {"component": then.components, "place": then.places, "body": then.bodies}[dim]
        return self._of_tree(dim, tree, wanted, node)

    def of_origin(self, year_origin: str) -> str:
        """The verdict about a year of origin."""
        if self.query.year_origin is None:
            return "in"
        wanted, said = Years.parse(self.query.year_origin), Years.parse(year_origin)
        return "in" if wanted.covers(said) else "wide" if said.covers(wanted) else "out"

    def in_year(self, year_use: str, *, is_plan: bool = False) -> bool:
        """Money of the year of use asked about; a medium-term plan serves each of its years."""
        if (self.query.basis == Basis.PHASE and self.query.year is None) or year_use in (
            str(self.query.year_use),
            NOT_DIVIDED,
        ):
            return True
        year = Years(self.query.year_use, self.query.year_use)
        return is_plan and Years.parse(year_use).covers(year)

    def _of_tree(self, dim: str, tree: Tree, wanted: int, said: int) -> str:
        if dim in self.own:
            if said == wanted:
                return "in"
            return "wide" if dim == "body" and said == self.here.not_divided["body"] else "out"
        if tree.covers(wanted, said):
            return "in"
        not_divided = dim == "body" and said == self.here.not_divided["body"]
        return "wide" if not_divided or tree.covers(said, wanted) else "out"

    # groups ------------------------------------------------------------------------------------------------
    def group(self, atoms: Iterable[Atom]) -> Groups:
        found = Groups()
        for atom in atoms:
            keys: list[str] = []
            for dim in self.query.by:
                key = self.key(dim, atom)
                if key is None:
                    found.not_split.append(NotSplit(dim, self._node(dim, atom), atom))
                    break
                keys.append(key)
            else:
                found.rows.setdefault(tuple(keys), []).append(atom)
        return found

    def _node(self, dim: str, atom: Atom) -> int:
        name = {
            "programme": "component",
            "district": "place",
            "province": "place",
            "owner": "body",
            "object": "spending_object",
        }.get(dim, dim)
        value = getattr(atom.region, name, 0)
        return value if isinstance(value, int) else 0

    def key(self, dim: str, atom: Atom) -> str | None:
        """The row's key along ``dim``; ``None`` when the atom was said above that level."""
        region, then = atom.region, self.space_of(atom)
        if dim in ("component", "programme"):
            return self._component_key(dim, region.component, then)
        if dim in ("place", "district", "province"):
            return self._place_key(dim, region.place, then)
        if dim in ("body", "owner"):
            return None if region.body == self.here.not_divided["body"] else self.codes.bodies[region.body]
        if dim == "source":
            return self._source_key(region.source)
        if dim == "year":
            return region.year_origin if region.year_origin != NOT_DIVIDED else None
        if dim == "year_use":
            return region.year_use if Years.parse(region.year_use).depth == 2 else None
        if dim == "object":
            whole = self.here.not_divided["spending_object"]
            return self.codes.objects[region.spending_object] if region.spending_object != whole else None
        if dim == "field":
            return self.codes.fields[region.field] if region.field != self.here.not_divided["field"] else None
        raise NotAQuestion(_("Số liệu %(name)s không chia được theo %(dim)r.") % {"name": self.query.name, "dim": dim})

    def _source_key(self, source: int) -> str | None:
        """The level next below the one filtered on: kinds of capital first, then budget levels of one kind."""
        kind, level = self.here.sources[source]
        wanted_kind, wanted_level = self.source or (NOT_DIVIDED, NOT_DIVIDED)
        if wanted_kind == NOT_DIVIDED:
            return f"{kind}:{wanted_level}" if kind != NOT_DIVIDED else None
        return f"{wanted_kind}:{level}" if level != NOT_DIVIDED else None

    def _component_key(self, dim: str, node: int, then: Space) -> str | None:
        tree = then.components
        if dim == "programme":
            top = tree.programme_of(node)
            return self.codes.components[top] if top != self.here.not_divided["component"] else None
        return _next_below(tree, self.component, node, self.codes.components, root=self.here.not_divided["component"])

    def _place_key(self, dim: str, node: int, then: Space) -> str | None:
        tree = then.places
        if dim != "place":
            kinds = {PlaceKind.DISTRICT, PlaceKind.CITY} if dim == "district" else {PlaceKind.PROVINCE}
            found = tree.ancestor_of_kind(node, kinds)
            return self.codes.places[found] if found else None
        top = self.place
        if top is None:
            top = tree.ancestor_of_kind(node, {PlaceKind.PROVINCE})
        return _next_below(tree, top, node, self.codes.places, root=None)


def _next_below(tree: Tree, top: int | None, node: int, codes: dict[int, str], *, root: int | None) -> str | None:
    """Code of the ancestor of ``node`` one level below ``top`` (below the root when nothing is filtered)."""
    above = top if top is not None else root
    path = list(tree.up(node))
    if above not in path:
        return None
    place = path.index(above)
    return codes[path[place - 1]] if place > 0 else None


def _flat(wanted: tuple[str, str], said: tuple[str, str]) -> str:
    if all(want in (here, NOT_DIVIDED) for want, here in zip(wanted, said, strict=True)):
        return "in"
    if all(here in (want, NOT_DIVIDED) or want == NOT_DIVIDED for want, here in zip(wanted, said, strict=True)):
        return "wide"
    return "out"

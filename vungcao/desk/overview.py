"""The overview as it is drawn: figures become lines of tables, in the order an officer reads."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext as _

from vungcao.bodies.reach import Reach
from vungcao.cube.codes import Codes
from vungcao.cube.denominators import WORDS
from vungcao.cube.expiring import Expiry, expiring
from vungcao.cube.figures import FigureQuery, Row, answer
from vungcao.cube.reconciling import findings
from vungcao.desk.gaps import in_words, not_apportioned_id, not_reported_id, not_split_id, once
from vungcao.desk.tile_map import TileMap, tile_map
from vungcao.kernel.vietnamese import sort_key

SORTS: Final = ("name", "given", "spent", "left", "rate")
MOST_DECIMALS: Final = 3


@dataclass(frozen=True)
class Line:
    """One line of a table. ``low`` and ``high`` differ where the plan is an interval; ``None`` is unknown, not zero."""

    kind: str
    label: str
    code: str = ""
    id: str = ""
    low: int | None = None
    high: int | None = None
    spent: int | None = None
    left: int | None = None
    rate: Decimal | None = None
    qualifier: str = ""
    denominator: Any = None

    @property
    def is_interval(self) -> bool:
        return self.low != self.high

    @property
    def is_over(self) -> bool:
        """More spent than the plan we hold: stored, shown, flagged."""
        return self.left is not None and self.left < 0


def decimals_of(amounts: Collection[int]) -> int:
    """Decimals of triệu đồng that print every amount, in đồng, exactly; at most three."""
    return next((n for n in range(MOST_DECIMALS) if not is_finer(amounts, n)), MOST_DECIMALS)


def is_finer(amounts: Iterable[int], decimals: int) -> bool:
    """Is some amount, in đồng, finer than so many decimals of triệu đồng print?"""
    return any(amount % 10 ** (6 - decimals) for amount in amounts)


def line_of(row: Row, *, kind: str, label: str, code: str = "") -> Line:
    """A row of an answer as a line."""
    base, given, rate = row.denominator, _whole(row, "given_dong"), row.measures.get("rate")
    low, high = (base.low_dong, base.high_dong) if base else (given, given)
    return Line(
        kind=kind,
        label=label,
        code=code,
        id=row.id,
        low=low,
        high=high,
        spent=_whole(row, "disbursed_dong"),
        left=_whole(row, "remainder_dong"),
        rate=rate if isinstance(rate, Decimal) else None,
        qualifier=row.qualifier,
        denominator=base,
    )


def _whole(row: Row, measure: str) -> int | None:
    said = row.measures.get(measure)
    return said if isinstance(said, int) else None


@dataclass
class Overview:
    """Everything one question shows, asked once."""

    query: FigureQuery
    reach: Reach
    sort: str = ""

    @cached_property
    def codes(self) -> Codes:
        return Codes.of(self.query.on)

    @cached_property
    def whole(self) -> Any:
        return answer(self.query, self.reach)

    @cached_property
    def by_component(self) -> Any:
        return answer(replace(self.query, by=("component",)), self.reach)

    @cached_property
    def by_place(self) -> Any:
        return answer(replace(self.query, by=("place",)), self.reach)

    @cached_property
    def headline(self) -> Line:
        rows = self.whole.rows
        return line_of(rows[0], kind="total", label=_("Tổng cộng")) if rows else Line("total", _("Tổng cộng"))

    @cached_property
    def components(self) -> list[Line]:
        """The total, then one line a component in the order of its tree, then what was said above that level."""
        rows = [line_of(row, kind="item", **_named(row, "component", "programme")) for row in self.by_component.rows]
        if not rows:
            return []
        return [self.headline, *rows, *self._not_split_lines(self.by_component, {"component", "programme"})]

    @cached_property
    def places(self) -> list[Line]:
        """The total, one line a place, then what was said above that level or has no place in this reading."""
        rows = [line_of(row, kind="item", **_named(row, "place", "district")) for row in self.by_place.rows]
        if not rows and not self.by_place.not_apportioned:
            return []
        gaps = _side_by_side(
            (
                _("Chưa phân về địa bàn: %(name)s") % {"name": gap["name"]},
                not_apportioned_id(self.asked, {**gap, "measure": "disbursed_dong"}),
                gap,
            )
            for gap in self.by_place.not_apportioned
        )
        split = self._not_split_lines(self.by_place, {"place", "district", "province"})
        return [self.headline, *_sorted(rows, self.sort), *split, *gaps]

    @cached_property
    def map(self) -> TileMap | None:
        """The places as tiles, where it is known how they lie."""
        units = self.query.units_of(timezone.localdate()) or self.query.on
        rates = [(line.code, line.label, line.rate) for line in self.places if line.kind == "item"]
        return tile_map(rates, units, self.query.known)

    def _not_split_lines(self, said: Any, dims: set[str]) -> list[Line]:
        """One line for each node whose money was not divided further."""
        return _side_by_side(
            (
                _("Chưa chia: %(name)s") % {"name": name},
                not_split_id(self.asked, {**gap, "measure": "disbursed_dong"}),
                gap,
            )
            for gap in self._gaps(said)
            if gap["dim"] in dims and (name := self._name_of(gap))
        )

    def _gaps(self, said: Any) -> list[dict[str, Any]]:
        """Money not divided further; a plan that is only implied is no money and stands in no gap."""
        implied = self.headline.denominator is not None and self.headline.denominator.what == "implied"
        return [gap for gap in said.not_split if not (implied and gap.get("measure") == "given_dong")]

    def _name_of(self, gap: dict[str, Any]) -> str:
        if gap["dim"] in ("component", "programme") and gap["node"]:
            return self.codes.short_name(gap["dim"], gap["node"])
        return str(gap["name"] or gap["node"] or "")

    @property
    def plan_word(self) -> str:
        """What a line without a plan says: there is one above that was not divided, or there is none on file."""
        lines = [line for line in (*self.components, *self.places) if line.kind == "item"]
        divided = any(line.low is not None for line in lines)
        return "" if divided or self.headline.low is None else _("chưa chia")

    # what stands open --------------------------------------------------------------------------------------
    @cached_property
    def open_points(self) -> list[Any]:
        query = self.query
        found = findings(query.on, self.reach, known=query.known, state=query.state, programme=query.programme)
        return list(found)

    @property
    def asked(self) -> FigureQuery:
        """The question as it was answered: at its act number, over the plan that was chosen for the whole."""
        base = self.headline.denominator
        chosen = base.what if base else self.query.denominator
        return replace(self.query, known=self.whole.known_on, denominator=chosen)

    @cached_property
    def expiry(self) -> Expiry:
        """Until when what is left may be spent."""
        return expiring(self.query, self.reach)

    @cached_property
    def not_reported(self) -> list[dict[str, Any]]:
        gaps = [{**gap, "id": not_reported_id(self.asked, gap)} for gap in self.whole.not_reported if "since" in gap]
        return sorted(gaps, key=lambda gap: sort_key(gap["name"]))

    @cached_property
    def not_split(self) -> list[dict[str, Any]]:
        """Only what could still be divided: the level below must have rows of its own."""
        found = self._gaps(self.whole)
        found += self._gaps(self.by_component) if self.components else []
        found += self._gaps(self.by_place) if self.places else []
        return [
            {**in_words(gap), "name": self._name_of(gap), "id": not_split_id(self.asked, gap)} for gap in once(found)
        ]

    @cached_property
    def not_apportioned(self) -> list[dict[str, Any]]:
        gaps = once([*self.whole.not_apportioned, *self.by_place.not_apportioned])
        return [{**in_words(gap), "id": not_apportioned_id(self.asked, gap)} for gap in gaps]

    # how it is said ----------------------------------------------------------------------------------------
    @property
    def subject(self) -> str:
        """What the page is about: ``Chương trình 135``; ``Dự án 5, Chương trình 1719``."""
        code = self.query.component or self.query.programme or ""
        names = [self.codes.short_name("component", one) for one in dict.fromkeys([code, code.split(".")[0]]) if one]
        return ", ".join(names) or _("mọi chương trình")

    @property
    def full_name(self) -> str:
        """The whole name, where the heading says a short one."""
        code = self.query.component or self.query.programme
        name, short = (
            (self.codes.name("component", code), self.codes.short_name("component", code)) if code else ("", "")
        )
        return name.removeprefix(f"{short}: ") if name != short else ""

    @property
    def place_name(self) -> str:
        return self.codes.name("place", self.query.place) if self.query.place else ""

    @property
    def against(self) -> str:
        """The denominator in words, with its paper: ``kế hoạch năm sau điều chỉnh (… ngày …)``."""
        base = self.headline.denominator
        if base is None:
            return ""
        paper = base.voucher or base.version
        words = _(WORDS[base.what])
        return f"{words} ({paper})" if paper else words

    @cached_property
    def decimals(self) -> int:
        """Decimals of triệu đồng that print every amount of the tables exactly, at most three."""
        return decimals_of(self._amounts)

    @cached_property
    def is_rounded(self) -> bool:
        """Some amount of the tables is finer than the decimals printed."""
        return is_finer(self._amounts, self.decimals)

    @property
    def _amounts(self) -> list[int]:
        lines = (self.headline, *self.components, *self.places)
        said = (amount for line in lines for amount in (line.low, line.high, line.spent, line.left))
        return [amount for amount in said if amount is not None]

    @property
    def is_empty(self) -> bool:
        """Nothing given, nothing spent, nothing said: a page of gaps only."""
        return not self.components and not self.places and self.headline.spent is None and not self.headline.low


def _side_by_side(gaps: Iterable[tuple[str, str, dict[str, Any]]]) -> list[Line]:
    """A line for each label, given and spent side by side; what does not say which of the two it is has no column."""
    found: dict[tuple[str, str], dict[str, int]] = {}
    for label, figure, gap in gaps:
        measure = gap.get("measure", "")
        if measure in ("given_dong", "disbursed_dong"):
            sums = found.setdefault((label, figure), {})
            sums[measure] = sums.get(measure, 0) + gap["dong"]
    return [
        Line("gap-row", label, id=figure, low=given, high=given, spent=sums.get("disbursed_dong"))
        for (label, figure), sums in found.items()
        for given in [sums.get("given_dong")]
    ]


def _named(row: Row, *dims: str) -> dict[str, str]:
    dim = next((one for one in dims if one in row.dims), dims[0])
    return {"code": row.dims.get(dim, ""), "label": row.names.get(dim) or row.dims.get(dim, "")}


def _sorted(lines: Iterable[Line], sort: str) -> list[Line]:
    """By name unless asked otherwise; what has no figure comes last whichever way the rest runs."""
    down, name = sort.startswith("-"), sort.removeprefix("-")
    by_name = sorted(lines, key=lambda line: sort_key(line.label), reverse=down and name == "name")
    keys: dict[str, Callable[[Line], Any]] = {
        "given": lambda line: line.low,
        "spent": lambda line: line.spent,
        "left": lambda line: line.left,
        "rate": lambda line: line.rate,
    }
    if name not in keys:
        return by_name
    known = [line for line in by_name if keys[name](line) is not None]
    return [*sorted(known, key=keys[name], reverse=down), *(line for line in by_name if keys[name](line) is None)]

"""The map beside a table of places: tiles, or the province's own boundaries where it has loaded them.

Every figure on it stands in the table; the shade is never the only sign, since each place bears its rate.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _

from vungcao.desk import outline_map
from vungcao.desk.outline_map import Outline
from vungcao.kernel.vietnamese import number, percent
from vungcao.territory import queries
from vungcao.territory.boundaries import outlines
from vungcao.territory.tiles import points, tiles

SIDE: Final = 100  # of a tile, in the units of the drawing
SHADES: Final = 5
LETTERS: Final = 8  # of a name on one line of a tile


@dataclass(frozen=True)
class Tile:
    """One place: where its square stands, its name on at most two lines, its rate, its shade (0: no figure)."""

    x: int
    y: int
    names: tuple[str, ...]
    whole_name: str
    rate: Decimal | None
    shade: int

    @property
    def said(self) -> str:
        """For who points at it: ``Huyện Bảo Lạc: 61,5%``."""
        return f"{self.whole_name}: {percent(self.rate) if self.rate is not None else _('chưa có số liệu')}"

    @property
    def text(self) -> str:
        return number(self.rate, 1) if self.rate is not None else "?"

    @property
    def middle(self) -> int:
        return self.x + SIDE // 2

    @property
    def lines(self) -> list[tuple[int, str]]:
        """The name's lines with the height at which each stands."""
        first = 34 if len(self.names) == 1 else 24
        return [(self.y + first + 19 * index, word) for index, word in enumerate(self.names)]

    @property
    def figure_y(self) -> int:
        return self.y + 80


@dataclass(frozen=True)
class TileMap:
    """All tiles, the size of the drawing, and what each shade means."""

    tiles: list[Tile]
    outlines: list[Outline]
    width: int
    height: int
    legend: list[tuple[int, str]]
    left_out: int

    @property
    def is_wide(self) -> bool:
        """Too many columns for a narrow screen: it scrolls in its frame instead of shrinking past reading."""
        return bool(self.outlines) or self.width > 7 * SIDE


def tile_map(rates: Iterable[tuple[str, str, Decimal | None]], on: date, known: int | None) -> TileMap | None:
    """A map of (place key, full name, rate): by the province's own boundaries, else tiles; ``None`` where fewer than
    two places are known to lie somewhere.
    """
    keys = {key: place for place, key in queries.tree(on, known).keys.items()}
    said = [(keys.get(key), name, rate) for key, name, rate in rates]
    if (drawn_by_province := _of_boundaries(said, on, known)) is not None:
        return drawn_by_province
    where = points(on, known)
    laid = tiles([place for place, _name, _rate in said if place is not None], where)
    if len(laid) < 2:
        return None
    there = [rate for place, _name, rate in said if place in laid]
    steps = _steps([rate for rate in there if rate is not None])
    drawn = [
        Tile(
            x=laid[place][0] * SIDE,
            y=laid[place][1] * SIDE,
            names=_short(name),
            whole_name=name,
            rate=rate,
            shade=_shade(rate, steps),
        )
        for place, name, rate in said
        if place is not None and place in laid
    ]
    width = max(tile.x for tile in drawn) + SIDE
    height = max(tile.y for tile in drawn) + SIDE
    drawn.sort(key=lambda one: (one.y, one.x))
    return TileMap(drawn, [], width, height, _legend(steps, there), len(said) - len(drawn))


def _of_boundaries(
    said: Sequence[tuple[int | None, str, Decimal | None]], on: date, known: int | None
) -> TileMap | None:
    """The map of the file that the province loaded, where it draws at least half of the places asked for."""
    rings = outlines(on, known)
    here = [(rings[place], name, rate) for place, name, rate in said if place in rings]
    if len(here) < 2 or len(here) * 2 < len(said):
        return None
    steps = _steps([rate for _rings, _name, rate in here if rate is not None])
    made, height = outline_map.drawn([(shape, name, rate, _shade(rate, steps)) for shape, name, rate in here])
    legend = _legend(steps, [rate for _rings, _name, rate in here])
    return TileMap([], made, outline_map.WIDTH, height, legend, len(said) - len(here))


def _steps(rates: Sequence[Decimal]) -> list[Decimal]:
    """Upper ends of the shades: equal steps between the lowest and the highest rate, in whole per cent."""
    if not rates:
        return []
    low, high = int(min(rates)), int(max(rates)) + 1
    wide = max((high - low + SHADES - 1) // SHADES, 1)
    return [Decimal(low + wide * step) for step in range(1, SHADES + 1)]


def _shade(rate: Decimal | None, steps: Sequence[Decimal]) -> int:
    if rate is None:
        return 0
    return next((shade for shade, end in enumerate(steps, 1) if rate < end), SHADES)


def _legend(steps: Sequence[Decimal], rates: Sequence[Decimal | None]) -> list[tuple[int, str]]:
    """Shades that the map uses, in words."""
    used = {_shade(rate, steps) for rate in rates}
    wide = steps[1] - steps[0] if len(steps) > 1 else Decimal(0)
    words = [
        (shade, _("%(low)s đến dưới %(high)s%%") % {"low": number(end - wide), "high": number(end)})
        for shade, end in enumerate(steps, 1)
        if shade in used
    ]
    return [*words, *([(0, _("chưa có số liệu"))] if 0 in used else [])]


def _short(name: str) -> tuple[str, ...]:
    """The name without its kind, on one line or two: ``Huyện Nguyên Bình`` → ``Nguyên``, ``Bình``."""
    bare = name
    for kind in (_("Thành phố"), _("Thị trấn"), _("Thị xã"), _("Huyện"), _("Phường"), _("Xã"), _("Đặc khu")):
        bare = bare.removeprefix(f"{kind} ")
    if len(bare) <= LETTERS or " " not in bare:
        return (bare,)
    words = bare.split(" ")
    cut = min(range(1, len(words)), key=lambda at: abs(len(" ".join(words[:at])) - len(" ".join(words[at:]))))
    return (" ".join(words[:cut]), " ".join(words[cut:]))

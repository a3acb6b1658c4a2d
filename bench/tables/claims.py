"""What a made table claims of itself, tried on the figures as printed: which claims must, may and must not fail."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from bench.tables.figures import Printing, Shown
from bench.tables.forms import Col, Form
from bench.tables.lines import Lines, Node
from bench.tables.truth import Place

Figures = Mapping[tuple[Node, str], Shown]
_SURE = ("number", "empty", "not_applicable", "nil")


@dataclass(slots=True)
class Tried:
    """A claim, tried: where it stands, the cells it needs, how far off it is and how far rounding can carry it."""

    axis: str
    whole: tuple[Node, str]
    cells: list[tuple[Node, str]]
    off: Decimal
    slack: Decimal
    stated: bool
    doubtful: bool = False  # a term is missing or only approximate, the table is an extract, lines are hidden


class Claims:
    """All claims of one table."""

    def __init__(self, form: Form, lines: Lines, printing: Mapping[str, Printing], whole_units: set[str], *,
                 extract: bool, numbered: bool) -> None:  # fmt: skip
        self.form, self.lines, self.printing = form, lines, printing
        self.whole_units = whole_units  # columns of whole things: nothing there is rounded
        self.extract, self.numbered = extract, numbered

    def tried(self, figures: Figures, nodes: set[Node] | None = None) -> Iterable[Tried]:
        """Every claim of the table, or those of some lines only."""
        for node in self.lines.printed():
            if node.hidden or (nodes is not None and node not in nodes):
                continue
            for col in self.form.cols:
                if col.kind not in ("money", "count", "percent") or col.hidden:
                    continue
                yield from self._rows(node, col, figures)
                yield from self._columns(node, col, figures)
        if self.form.lines == "adjustment":
            yield from self._balance(figures)

    # down

    def _rows(self, node: Node, col: Col, figures: Figures) -> Iterable[Tried]:
        if not col.added or not node.valued:
            return
        if node.children:
            yield from self._sum(node, node.children, col, figures)
        parts = [part for part in node.parts if not part.header]
        if parts:
            yield from self._parts(node, parts, col, figures)

    def _sum(self, node: Node, children: list[Node], col: Col, figures: Figures) -> Iterable[Tried]:
        terms = [term for child in children for term in _valued(child)]
        whole = figures[node, col.key]
        seen = [term for term in terms if not term.hidden]
        shown = [figures[term, col.key] for term in seen]
        if whole.value is None or all(one.value is None for one in shown):
            return
        every = [figures[term, col.key].value or Decimal(0) for term in terms]
        offs = [whole.value - sum((one.value or Decimal(0) for one in shown), Decimal(0)), whole.value - sum(every)]
        off = min(offs, key=abs)
        blank = sum(one.state == "empty" for one in shown)
        extract = self.extract and node.kind == "total" and node.parent is None
        needed = [figures[term, col.key] for term in terms]  # a hidden line may be the one that is counted
        doubtful = (
            any(one.state not in _SURE for one in (*needed, whole)) or (off > 0 and blank * 2 >= len(shown)) or extract
        )
        cells = [(term, col.key) for term in seen]
        yield Tried("rows", (node, col.key), cells, off, self._slack(col.key, len(terms)), node.firm, doubtful)

    def _parts(self, node: Node, parts: list[Node], col: Col, figures: Figures) -> Iterable[Tried]:
        whole = figures[node, col.key]
        shown = [figures[part, col.key] for part in parts]
        if whole.value is None or all(one.value is None for one in shown):
            return
        over = sum((one.value or Decimal(0) for one in shown), Decimal(0)) - whole.value
        cells = [(part, col.key) for part in parts]
        slack = self._slack(col.key, len(parts))
        if node.complete:  # “Chia ra:” says that nothing else is there
            doubtful = any(one.state not in _SURE for one in (*shown, whole))
            doubtful = doubtful or (over < 0 and sum(one.state == "empty" for one in shown) * 2 >= len(shown))
            yield Tried("rows", (node, col.key), cells, over, slack, True, doubtful)
            return
        largest = max(one.value or Decimal(0) for one in shown)
        # parts of people may overlap: only money, or one part above the whole, is surely wrong
        firm = col.kind == "money" or largest > whole.value
        doubtful = any(one.state not in _SURE for one in (*shown, whole)) or whole.value < 0 or not firm
        yield Tried("rows", (node, col.key), cells, max(over, Decimal(0)), slack, True, doubtful)

    def _balance(self, figures: Figures) -> Iterable[Tried]:
        down, up = self.lines.tops
        keys = {col.key for col in self.form.cols}
        pairs = [("moved", "moved")] if "moved" in keys else [("less", "more")]
        for less, more in pairs:
            one, other = figures[down, less], figures[up, more]
            if one.value is not None and other.value is not None:
                off = abs(one.value) - abs(other.value)
                slack = self._slack(less, 1)
                yield Tried("rows", (down, less), [(up, more)], off, slack, less == "moved")

    # across

    def _columns(self, node: Node, col: Col, figures: Figures) -> Iterable[Tried]:
        if not node.valued:
            return
        whole = figures[node, col.key]
        if col.part_of:
            above = figures[node, col.part_of]
            if whole.value is not None and above.value is not None:
                over = max(whole.value - above.value, Decimal(0))
                doubtful = above.state not in _SURE or whole.state not in _SURE or above.value < 0
                slack = self._slack(col.key, 1)
                yield Tried("columns", (node, col.part_of), [(node, col.key)], over, slack, False, doubtful)
        if not col.formula or whole.value is None:
            return
        tried = self._rate(node, col, figures) if col.is_rate else self._linear(node, col, figures)
        if tried is not None:
            yield tried

    def _linear(self, node: Node, col: Col, figures: Figures) -> Tried | None:
        whole = figures[node, col.key]
        shown = [(sign, figures[node, key]) for sign, key in col.terms]
        if whole.value is None or all(one.value is None for _, one in shown):
            return None
        off = whole.value - sum((sign * (one.value or Decimal(0)) for sign, one in shown), Decimal(0))
        blank = sum(one.state == "empty" for _, one in shown)
        doubtful = any(one.state not in _SURE for _, one in shown) or whole.state not in _SURE
        doubtful = doubtful or blank * 2 >= len(shown) or any(self._hidden(key) for _, key in col.terms)
        cells = [(node, key) for _, key in col.terms]
        return Tried("columns", (node, col.key), cells, off, self._slack(col.key, len(shown)), self.numbered, doubtful)

    def _rate(self, node: Node, col: Col, figures: Figures) -> Tried | None:
        """A rate may be anything that the unrounded figures behind the printed ones could give."""
        above, below = (figures[node, key] for key in col.rate)
        printed = figures[node, col.key].value
        if printed is None or above.value is None or not below.value:
            return None
        half = [self._half(key) for key in col.rate]
        ends = [
            (above.value + a * half[0]) / (below.value + b * half[1]) * 100
            for a in (-1, 0, 1) for b in (-1, 0, 1) if below.value + b * half[1]
        ]  # fmt: skip
        away = max(min(ends) - printed, printed - max(ends), Decimal(0))
        own = Decimal(1).scaleb(-self.printing[col.key].places)
        doubtful = any(one.state not in _SURE for one in (above, below)) or any(self._hidden(key) for key in col.rate)
        cells = [(node, key) for key in col.rate]
        return Tried("columns", (node, col.key), cells, away, own, self.numbered, doubtful)

    def _hidden(self, key: str) -> bool:
        return any(col.key == key and col.hidden for col in self.form.cols)

    def _half(self, key: str) -> Decimal:
        return Decimal(0) if key in self.whole_units else Decimal("0.5").scaleb(-self.printing[key].places)

    def _slack(self, key: str, terms: int) -> Decimal:
        return self._half(key) * (terms + 1)


def _valued(node: Node) -> list[Node]:
    """A section that prints nothing stands for its lines."""
    if node.valued or not node.children:
        return [node] if node.counted or not node.hidden else []
    return [term for child in node.children for term in _valued(child)]


def judge(tried: Iterable[Tried], corrupted: set[tuple[Node, str]], at: Mapping[tuple[Node, str], str]) -> tuple[
    dict[Place, Tried], dict[Place, Tried]
]:  # fmt: skip
    """Claims that must and that may be found not to come out; ``ValueError`` where a sound claim does not."""
    must: dict[Place, Tried] = {}
    may: dict[Place, Tried] = {}
    for one in tried:
        if abs(one.off) <= one.slack:
            continue
        place: Place = (one.axis, at[one.whole])  # type: ignore[assignment]  # axis is one of the two words
        touched = one.whole in corrupted or any(cell in corrupted for cell in one.cells)
        if not touched:
            if not one.doubtful:
                raise ValueError(f"a sound claim does not come out: {place} by {one.off}")
            continue
        firm = one.stated and not one.doubtful and abs(one.off) > 3 * one.slack
        (must if firm else may)[place] = one
    return must, may

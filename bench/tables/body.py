"""The body of one table: exact figures, what is printed of them, what is put wrong, and the truth of its claims."""

from __future__ import annotations

from decimal import Decimal
from random import Random

from bench.tables.claims import Claims, Tried, judge
from bench.tables.faults import WIDER_FAULTS, Cell, propose
from bench.tables.figures import Printing, Shown, Style, disguise, rounded
from bench.tables.forms import Col, Form
from bench.tables.lines import Lines, Node
from bench.tables.truth import Fault, Place

ZERO_WORDS = [[], [], ["-"], [""], ["-", ""], ["không phát sinh"], ["x"], ["–", "", "-"]]


class TableBody:
    """Figures of a form's lines; amounts in ``unit`` đồng with ``places`` decimals."""

    def __init__(self, chance: Random, form: Form, lines: Lines, features: set[str], *, unit: int, places: int) -> None:
        self.chance, self.form, self.lines, self.features = chance, form, lines, features
        self.unit, self.money_places = unit, places
        self.formulas = "formulas" in features
        self.cols = {col.key: col for col in form.cols}
        self.printing = {col.key: self._printing(col) for col in form.cols}
        self.printed_nodes = lines.printed()
        self.figures: dict[Cell, Shown] = {}
        self.overtyped: dict[Cell, Decimal] = {}
        self.changed: dict[Cell, set[Cell]] = {}  # what each fault changed, recalculated cells too
        self._fill()
        self._print()
        self._keep_decidable()
        self.clean = {cell: shown.value for cell, shown in self.figures.items()}
        whole = {col.key for col in form.cols if col.kind == "count" or (col.kind == "money" and unit == 1)}
        if "unrounded" in features or self.formulas:
            whole |= {col.key for col in form.cols if col.kind == "money"}
        self.claims = Claims(form, lines, self.printing, whole, extract="extract" in features,
                             numbered="stated" in features)  # fmt: skip

    def places(self, key: str) -> int:
        return self.printing[key].places

    def reads_as_decimal(self, key: str, value: Decimal) -> bool:
        """Whether thousands would be printed so that they may be taken for decimals, and the sums would agree."""
        return self.printing[key].style in ("western", "mixed") and abs(value) < 1_000_000

    def _printing(self, col: Col) -> Printing:
        chance, features = self.chance, self.features
        if col.kind == "percent":
            styles: list[Style] = ["fraction", "plain"]
            if not self.formulas and "unrounded" not in features:
                styles += ["percent_text", "vietnamese"]
            return Printing(chance.choice(styles), chance.choice([1, 1, 2]), rate=True)
        places = self.money_places if col.kind == "money" else 0
        brackets = "brackets" in features
        if self.formulas or "unrounded" in features:
            return Printing("numeric", places, brackets)
        texts: list[Style] = ["mixed", "western", "vietnamese"]
        for style in texts:
            if style in features and (style != "mixed" or chance.random() < 0.5):
                return Printing("vietnamese" if places == 3 else style, places, brackets)
        return Printing("numeric", places, brackets)

    # exact figures

    def _fill(self) -> None:
        quantum = 1 if "rounding" in self.features else max(self.unit // 10**self.money_places, 1)
        for top in self.lines.tops:
            for leaf in top.leaves:
                leaf.values = self.form.leaf(self.chance, self.form)
                for key, value in leaf.values.items():
                    if self.cols.get(key, self.form.cols[0]).kind == "money" or key == "moved":
                        leaf.values[key] = value // quantum * quantum
                leaf.values |= {col.key: self.chance.randrange(1, 40) * quantum for col in self.form.cols if col.hidden}
        if self.form.lines == "adjustment":
            self._settle_adjustment()
        for top in self.lines.tops:
            _add_up(top)
        if self.lines.total:
            _add_up(self.lines.total)
        self._divide()
        if "extract" in self.features and self.lines.total:
            for key, value in self.lines.total.values.items():
                self.lines.total.values[key] = value + value // 3 + 7 * quantum
                if self.lines.total.complete:
                    self.lines.total.parts[-1].values[key] += value // 3 + 7 * quantum

    def _settle_adjustment(self) -> None:
        """Block B gives out exactly what block A takes away."""
        down, up = self.lines.tops
        left = sum(leaf.values["moved"] for leaf in down.leaves)
        for leaf in up.leaves[:-1]:
            leaf.values["moved"] = min(leaf.values["moved"], left // 2 // self.unit * self.unit)
            left -= leaf.values["moved"]
        up.leaves[-1].values["moved"] = left
        for block, key, other in ((down, "less", "more"), (up, "more", "less")):
            for leaf in block.leaves:
                leaf.values |= {key: leaf.values["moved"], other: 0}
                if block is down:
                    leaf.values["assigned"] = max(leaf.values["assigned"], leaf.values["moved"])

    def _divide(self) -> None:
        """Figures of “Trong đó”: the first part a share of each figure, the second what is left or less."""
        for node in self.printed_nodes:
            parts = [part for part in node.parts if not part.header]
            share = self.chance.choice([Decimal("0.5"), Decimal("0.8"), Decimal("0.25")])
            for at, part in enumerate(parts):
                for key, value in node.values.items():
                    first = int(value * share)
                    part.values[key] = first if at == 0 else value - first

    def exact(self, node: Node, col: Col) -> Decimal | None:
        """The unrounded figure, in the printed unit; a rate in percent, None where nothing divides."""
        if col.is_rate:
            above, below = (self.exact(node, self.cols[key]) for key in col.rate)
            return above / below * 100 if above is not None and below else None
        if (node, col.key) in self.overtyped:
            return self.overtyped[node, col.key]
        if col.formula:
            return sum((sign * (self.exact(node, self.cols[key]) or Decimal(0)) for sign, key in col.terms), Decimal(0))
        if self.overtyped and node.children:
            return sum((self.exact(child, col) or Decimal(0) for child in _terms(node)), Decimal(0))
        unit = self.unit if col.kind == "money" else 1
        return Decimal(node.values.get(col.key, 0)) / unit

    # printed figures

    def _print(self) -> None:
        zero_words = [] if self.formulas else self.chance.choice(ZERO_WORDS)
        ranks = list(range(1, 200))
        self.chance.shuffle(ranks)
        anchor = next(col.key for col in self.form.cols if col.added and col.kind in ("money", "count"))
        for node in self.printed_nodes:
            for col in self.form.cols:
                if col.kind in ("text", "code", "date"):
                    continue
                shown = self._shown(node, col, ranks)
                if shown.state == "number" and col.added and col.key != anchor and not self.formulas:
                    vague = "vague" in self.features and not node.children and col.formula is None
                    shown = disguise(self.chance, shown, self.printing[col.key], zero_words=zero_words, vague=vague)
                self.figures[node, col.key] = shown
        if "errors" in self.features:
            self._break(anchor)

    def _shown(self, node: Node, col: Col, ranks: list[int]) -> Shown:
        if not node.valued:
            return Shown(None, "empty")
        if col.key == "rank":
            return Shown(Decimal(ranks.pop())) if node.kind == "item" else Shown(None, "empty")
        if col.key == "before":
            return Shown(rounded(Decimal(self.chance.randrange(0, 10000)) / 100, self.places(col.key)))
        value = self.exact(node, col)
        if value is None:
            word = "#DIV/0!" if self.formulas else self.chance.choice(["#DIV/0!", "-", ""])
            state = {"#DIV/0!": "error", "-": "not_applicable", "": "empty"}[word]
            return Shown(None, state, word)  # type: ignore[arg-type]  # the values of the dictionary are states
        if ("unrounded" in self.features and self.printing[col.key].style in ("numeric", "fraction", "plain")) or (
            self.formulas
        ):
            return Shown(value if value == value.to_integral() else Decimal(format(float(value), ".15g")))
        return Shown(rounded(value, self.places(col.key)))

    def _keep_decidable(self) -> None:
        """Where nobody could tell 614,294 from 614.294, figures are printed the Vietnamese way."""
        if self.unit == 1 or self.money_places:
            return
        money = [col.key for col in self.form.cols if col.kind == "money"]
        values = [shown.value for (_, key), shown in self.figures.items() if key in money and shown.value is not None]
        summed = bool(self.lines.total) or any(top.children for top in self.lines.tops)
        for key in money:
            how = self.printing[key]
            telling = max(map(abs, values), default=0) >= 1_000_000
            if (how.style == "western" and not telling) or (how.style == "mixed" and not (telling and summed)):
                how.style = "vietnamese"

    def _break(self, anchor: str) -> None:
        """A link that broke: ``#REF!`` in one figure of one line."""
        cells = [
            (leaf, col.key) for top in self.lines.tops for leaf in top.leaves for col in self.form.cols
            if col.added and not col.formula and col.key != anchor and col.kind in ("money", "count") and leaf.valued
        ]  # fmt: skip
        if cells:
            self.figures[self.chance.choice(cells)] = Shown(None, "error", "#REF!")

    # faults

    def put_wrong(self, kinds: set[str]) -> dict[Cell, str]:
        """Put wrong what can be, each fault so that a claim fails by it; returns cell → fault."""
        done: dict[Cell, str] = {}
        for kind in WIDER_FAULTS:
            if kind not in kinds:
                continue
            for cell, wrong in propose(self, kind):
                if cell in done:
                    continue
                before = dict(self.figures)
                self._set(cell, wrong, kind)
                changed = {one for one, shown in self.figures.items() if shown.value != before[one].value}
                if self._shows(cell[0], changed):
                    done[cell] = kind
                    self.changed[cell] = changed
                    break
                self.figures = before
                self.overtyped.pop(cell, None)
        return done

    def _set(self, cell: Cell, wrong: Decimal, kind: str) -> None:
        if kind == "overtyped":
            self.overtyped[cell] = wrong
            for other, shown in list(self.figures.items()):
                node, key = other
                if shown.state == "number" and key not in ("rank", "before"):
                    value = wrong if other == cell else self.exact(node, self.cols[key])
                    if value is not None:
                        self.figures[other] = Shown(
                            value if value == value.to_integral() else Decimal(format(float(value), ".15g"))
                        )
            return
        by = wrong - (self.figures[cell].value or Decimal(0))
        self.figures[cell] = Shown(wrong)
        if kind == "balance":  # the block stays right in itself: only A and B no longer agree
            self._carry(cell, by)

    def _carry(self, cell: Cell, by: Decimal) -> None:
        node, key = cell
        line: Node | None = node
        while line is not None:
            for col in self.form.cols:
                sign = next((sign for sign, term in col.terms if term == key), 0)
                shown = self.figures.get((line, col.key))
                if shown is None or shown.value is None:
                    continue
                if col.key == key and line is not node:
                    self.figures[line, key] = Shown(shown.value + by)
                elif sign and not col.is_rate:
                    self.figures[line, col.key] = Shown(shown.value + sign * by)
            line = line.parent

    @property
    def corrupted(self) -> set[Cell]:
        return {cell for cell, shown in self.figures.items() if shown.value != self.clean[cell]}

    def _shows(self, node: Node, changed: set[Cell]) -> bool:
        """Whether a claim of the line, or of those above it, fails by what was changed."""
        near = {node, self.lines.total} if self.lines.total else {node}
        line = node.parent
        while line is not None:
            near |= {line, line.closing} if line.closing else {line}
            line = line.parent
        at = {one: f"{id(one[0])}.{one[1]}" for one in self.figures}
        must, may = judge(self.claims.tried(self.figures, near), self.corrupted, at)
        return any(one.whole in changed or changed.intersection(one.cells) for one in (*must.values(), *may.values()))

    def judged(self, at: dict[Cell, str]) -> tuple[dict[Place, Tried], dict[Place, Tried]]:
        return judge(self.claims.tried(self.figures), self.corrupted, at)

    def faults(self, done: dict[Cell, str], at: dict[Cell, str]) -> list[Fault]:
        """Each fault with the claims that it spoils."""
        must, may = self.judged(at)
        faults = []
        for cell, kind in done.items():
            own = self.changed[cell]
            touched = [
                {place for place, one in some.items() if one.whole in own or own.intersection(one.cells)}
                for some in (must, may)
            ]
            faults.append(Fault(kind, at[cell], touched[0], touched[1]))
        return faults


def _add_up(node: Node) -> None:
    for child in node.children:
        if child.children and not child.values:
            _add_up(child)
    if node.children:
        counted = [child for child in node.children if child.counted]
        node.values = {key: sum(child.values[key] for child in counted) for key in counted[0].values}
    if node.closing:
        node.closing.values = node.values


def _terms(node: Node) -> list[Node]:
    return [child for child in node.children if child.counted]

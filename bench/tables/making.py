"""Composes a workbook from a seed: sheets, tables, difficulties, faults; and the truth of it."""

from __future__ import annotations

import unicodedata
from collections.abc import Set
from random import Random

from bench.tables.body import TableBody
from bench.tables.drawing import TableDrawing
from bench.tables.faults import FAULTS
from bench.tables.forms import LAYOUTS, WIDER, Col, Form
from bench.tables.letters import nfd, old_tones, tcvn3, vni
from bench.tables.lines import Lines, Node, compose, say_complete
from bench.tables.page import Ink, Page, has_results, write_openpyxl, write_xlsxwriter
from bench.tables.truth import Made, TrueSheet, TrueTable, Truth

_CHANCES = {  # difficulties of a table, and how often each is met
    "stated": 0.6, "rounding": 0.35, "unrounded": 0.12, "brackets": 0.12, "vague": 0.1, "errors": 0.06,
    "hidden_rows": 0.1, "hidden_column": 0.12, "extract": 0.05, "mixed": 0.12, "western": 0.12, "vietnamese": 0.2,
    "formulas": 0.2, "long_integers": 0.03,
}  # fmt: skip
WIDER_FROM = 7_000_000  # seeds from here on also make what the first ones could not: see ``WorkbookMaker._more``
_SPELLINGS = [("nfd", 0.08), ("tcvn3", 0.06), ("old_tones", 0.15)]
_BODIES = ["ỦY BAN NHÂN DÂN TỈNH VÍ DỤ", "UBND XÃ VÍ DỤ", "BAN DÂN TỘC TỈNH VÍ DỤ"]


def make(seed: int, *, faults: Set[str] | None = None, layout: str | None = None) -> Made:
    """A workbook from a seed, always the same for the same arguments.

    ``faults``: kinds to put wrong, where a table offers a place for them (None: nothing is wrong); ``layout``: a key of
    ``LAYOUTS`` (None: any).
    """
    chance = Random(seed)
    more = Random(f"{seed} wider") if seed >= WIDER_FROM else None
    maker = WorkbookMaker(chance, set(faults or ()), layout, more)
    return Made(seed, maker.content(), maker.truth)


class WorkbookMaker:
    """One workbook: a first sheet with one or two tables, now and then a second and a hidden old one."""

    def __init__(self, chance: Random, faults: set[str], layout: str | None, more: Random | None) -> None:
        self.chance, self.wrong, self.more = chance, faults, more
        self.layout = layout or chance.choice(list(LAYOUTS))
        if layout is None and self._more(0.1):
            self.layout = "indicators"
        self.features: set[str] = set()
        self.sheets: list[TrueSheet] = []
        names = chance.sample(["THop", "BM01", "Bieu 02", "Sheet1", "BM02 (2)"], 3)
        many = 2 if chance.random() < 0.12 else 1
        if many == 1 and self._more(0.35):
            self.features.add("side_by_side")
            self.pages = [self._page_of_two(names[0])]
        else:
            self.pages = [self._page(names[0], many, hidden=False)]
        if chance.random() < 0.1:
            self.features.add("two_sheets")
            self.pages.append(self._page(names[1], 1, hidden=False))
        if chance.random() < 0.1:
            self.features.add("hidden_sheet")
            self.pages.append(self._page(names[2], 1, hidden=True))
        self.truth = Truth(self.layout, self.features, self.sheets)

    def content(self) -> bytes:
        if not has_results(self.pages) and self.chance.random() < 0.3:
            return write_openpyxl(self.pages)
        return write_xlsxwriter(self.pages)

    def _page(self, name: str, tables: int, *, hidden: bool) -> Page:
        page, true = Page(name, hidden=hidden), []
        row = 1
        if tables > 1:
            self.features.add("two_tables")
        for at in range(tables):
            row, table = self._table(page, row, first=at == 0, last=at == tables - 1)
            true.append(table)
        inside = {row for table in true for row in range(table.first, table.last + 1)}
        outside = sorted({row for (row, _), ink in page.cells.items() if ink.content is not None} - inside)
        self._respell(page)
        self.sheets.append(TrueSheet(name, hidden, true, outside))
        return page

    def _more(self, often: float) -> bool:
        """Whether a difficulty that only later seeds know is met; it is drawn apart, so that early seeds stay."""
        return self.more is not None and self.more.random() < often

    def _page_of_two(self, name: str) -> Page:
        """Two tables beside each other, the right one now and then some rows lower."""
        assert self.more is not None
        page = Page(name)
        _, one = self._table(page, 1, first=True, last=False, beside=1)
        right = max(col for _, col in page.cells) + 2
        lower = self.more.choice([0, 0, 0, 1, 2, 5])
        _, other = self._table(page, 1 + lower, first=False, last=False, beside=right)
        inside = {row for table in (one, other) for row in range(table.first, table.last + 1)}
        outside = sorted({row for (row, _), ink in page.cells.items() if ink.content is not None} - inside)
        self._respell(page)
        self.sheets.append(TrueSheet(name, False, [one, other], outside))
        return page

    def _table(
        self, page: Page, row: int, *, first: bool, last: bool, beside: int | None = None
    ) -> tuple[int, TrueTable]:
        """``beside``: the first column of a table that has another beside it."""
        chance = self.chance
        year = chance.randint(2022, 2025)
        form = (LAYOUTS | WIDER)[self.layout](chance, year)
        features = self._difficulties(form)
        if beside:
            features.discard("hidden_rows")  # they would be hidden in both
        if not (first and last):  # a hidden column is hidden for every table of the sheet
            features.discard("hidden_column")
        unit, places = self._unit(form, features)
        lines = compose(chance, form)
        if self._more(0.5) and say_complete(chance, lines):
            features.add("complete_parts")
        _hide(chance, form, lines, features)
        body = TableBody(chance, form, lines, features, unit=unit, places=places)
        done = body.put_wrong(self.wrong)
        self.features |= features
        serials = 0.5 if beside else 0.88
        drawing = TableDrawing(chance, page, body, features, unit, left=beside, serials=serials)
        top = drawing.preamble(row, _BODIES if first else None)
        bottom = drawing.draw(top)
        table = drawing.truth(done)
        end = drawing.closing(bottom, signed=last)
        return end + chance.randint(2, 4), table

    def _difficulties(self, form: Form) -> set[str]:
        chance = self.chance
        features = {name for name, often in _CHANCES.items() if chance.random() < often}
        if self.wrong == {"overtyped"}:
            features.add("formulas")
        if "formulas" in features:
            features -= {"rounding", "unrounded", "vague", "errors", "extract", "mixed", "western", "vietnamese",
                         "long_integers"}  # fmt: skip
            features.add(chance.choice(["with_results", "with_results", "without_results"]))
        if not form.has_money:
            features -= {"rounding", "unrounded", "long_integers"}
        if form.lines == "adjustment":
            features -= {"hidden_rows", "extract", "errors", "vague"}
        if "unrounded" in features:
            features -= {"rounding", "mixed", "western", "vietnamese", "long_integers"}
        if "vague" in features:
            features -= {"hidden_rows"}
        return features

    def _unit(self, form: Form, features: set[str]) -> tuple[int, int]:
        """Worth of the unit in đồng, and how many decimals are printed."""
        chance = self.chance
        unit = 1 if "long_integers" in features else chance.choice([1, 1000, 1_000_000, 1_000_000, 1_000_000_000])
        places = {1: [0], 1000: [0, 0, 1], 1_000_000: [0, 0, 1, 2, 3], 1_000_000_000: [1, 2, 3]}[unit]
        scale = {1: 10**10, 1000: 10**10, 1_000_000: 5 * 10**10, 1_000_000_000: 10**12}[unit]
        form.scale = 4 * 10**16 if "long_integers" in features else chance.choice([scale, scale // 8])
        if unit == 1:
            features.discard("rounding")
        scope = chance.random()
        features.add("unit_over_table" if scope < 0.65 else "unit_in_heads" if scope < 0.88 else "unit_not_said")
        return unit, chance.choice(places)

    def _respell(self, page: Page) -> None:
        """The whole sheet in another way of keeping Vietnamese letters."""
        if self._more(0.12):
            self.features.add("vni")
            for ink in page.cells.values():
                if isinstance(ink.content, str) and not ink.formula:
                    _respell_ink(ink, "vni")
            return
        pick = self.chance.random()
        for name, often in _SPELLINGS:
            if pick < often:
                self.features.add(name)
                for ink in page.cells.values():
                    if isinstance(ink.content, str) and not ink.formula:
                        _respell_ink(ink, name)
                return
            pick -= often


def _respell_ink(ink: Ink, way: str) -> None:
    text = str(ink.content)
    if way == "nfd":
        ink.content = nfd(text)
    elif way == "old_tones":
        ink.content = old_tones(text)
    else:
        ink.content, ink.font = vni(text) if way == "vni" else tcvn3(text)


def same_text(said: str, truth: str) -> bool:
    """Whether a text was read as it is said: in NFC, whichever tone placing, capitals aside (capital fonts)."""
    one, other = (old_tones(unicodedata.normalize("NFC", text)).casefold().split() for text in (said, truth))
    return one == other


def _hide(chance: Random, form: Form, lines: Lines, features: set[str]) -> None:
    """Hidden lines (a filter left on, or old ones that no total counts) and a hidden column of last year."""
    if "hidden_rows" in features:
        groups = [top.children for top in lines.tops if top.children] or [lines.tops]
        group = chance.choice(groups)
        leaves = [node for node in group if not node.children and not node.parts]
        if len(group) < 3 or not leaves:
            features.discard("hidden_rows")
        else:
            node: Node = chance.choice(leaves)
            node.hidden = True
            node.counted = "formulas" in features or chance.random() < 0.5
    if "hidden_column" in features:
        kind = "money" if form.has_money else "count"
        edges = [
            at for at in range(len(form.cols) + 1)
            if at in (0, len(form.cols)) or form.cols[at - 1].path[0] != form.cols[at].path[0]
        ]  # fmt: skip
        at = chance.choice(edges)
        form.cols.insert(at, Col("old", (f"Năm {form.year - 1}",), kind, hidden=True))  # type: ignore[arg-type]  # a kind


ALL_FAULTS = frozenset(FAULTS)

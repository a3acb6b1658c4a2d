"""Lines of a table's body: mark, label, kind and parent, from marks, “Trong đó” and totals."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from vungcao.intake.reading import words
from vungcao.intake.reading.beside import Region
from vungcao.intake.reading.document import RowKind
from vungcao.intake.reading.grid import Grid
from vungcao.intake.reading.groups import settle_groups, shared_labels
from vungcao.intake.reading.marks import RANK, Mark, parse_mark, settle_letters, split_label
from vungcao.intake.reading.numbers import looks_numeric
from vungcao.intake.reading.totals import Scope, closing_totals, named_in
from vungcao.intake.reading.words import fold

_UNNUMBERED = ("bare", "dash", "plus", "star")


@dataclass(slots=True)
class Line:
    """A body row before its figures are read; ``parent`` is a row number."""

    row: int
    mark: Mark | None
    label: str
    valued: bool
    hidden: bool
    kind: RowKind = "item"
    parent: int | None = None
    grand: bool = False  # a total of the whole table, not of one section
    complete: bool = False  # it opens parts that are all there is of their whole (“Chia ra:”)
    under: bool = False  # named in the second column of labels, under the label it belongs to
    level: str = ""  # level of its mark; "bare" without one, "head" for an unmarked line over numbered ones

    @property
    def plain(self) -> str:
        return fold(self.label)


def read_lines(grid: Grid, region: Region) -> list[Line]:
    """The lines of a region in order, their hierarchy settled."""
    lines = [_line(grid, region, row) for row in region.body]
    shared = shared_labels(grid, region)
    at = {line.row: line for line in lines}
    for row, top in shared.items():
        at[row].mark, at[row].label = at[top].mark, at[top].label
    for line, mark in zip(lines, settle_letters([line.mark for line in lines]), strict=True):
        line.mark = mark
    Hierarchy(lines, closing_totals(grid, region, lines)).settle()
    if shared or any(not line.label for line in lines):
        settle_groups(grid, region, lines, shared)
    return lines


def _line(grid: Grid, region: Region, row: int) -> Line:
    mark_cell = grid.at(row, region.mark_col) if region.mark_col else None
    label_cell = grid.at(row, region.label_col)
    edge = max(region.mark_col or 0, region.label_col)
    mark = parse_mark(mark_cell.mark_text) if mark_cell else None
    if label_cell is None and mark is None and not mark_cell:  # “Tổng cộng” written under the codes before the labels
        label_cell = next((cell for cell in grid.lines.get(row, ())[region.left : edge] if cell and cell.is_text), None)
    label = label_cell.said if label_cell else ""
    if mark is None:
        if mark_cell and not looks_numeric(mark_cell):
            label = " ".join(part for part in (mark_cell.said, label) if part)
        if not words.TOTAL.fullmatch(fold(label)):
            mark, label = split_label(label)
    elif mark.scheme in ("dash", "plus", "star") or label.startswith(("- ", "+ ")):
        label = label.lstrip("-–+ ").strip()
    cells = [cell for cell in grid.lines.get(row, ())[edge + 1 : region.right + 1] if cell is not None]
    valued = any(cell.is_number for cell in cells) or any(looks_numeric(cell) for cell in cells)
    return Line(row, mark, label, valued, row in grid.hidden_rows)


def _adds_mark_of(line: Line, section: Line) -> bool:
    """Whether a total names a section's own mark among those it adds (“Cộng A+B” closing section B)."""
    added = words.MARKS_ADDED.search(line.plain)
    own = section.mark.path[-1].lower() if section.mark else ""
    return added is not None and own in re.split(r" ?\+ ?", added.group())


class Hierarchy:
    """Builds parents line by line with a stack of open levels."""

    def __init__(self, lines: list[Line], totals: Mapping[int, Scope]) -> None:
        """``totals``: rows that are totals though their words alone do not tell."""
        self.lines = lines
        self.totals = totals
        self.stack: list[tuple[str, int, Line]] = []  # level, rank, line
        self.whole: Line | None = None  # what “Trong đó” divides, while it is open
        self.part_level: str | None = None
        self.last: Line | None = None  # last line that may be divided

    def settle(self) -> None:
        grand = [line for line in self.lines if line.mark is None and words.GRAND_TOTAL.fullmatch(line.plain)]
        for index, line in enumerate(self.lines):
            if self._total(line, bool(grand)):
                continue
            line.complete = words.WHOLLY.match(line.plain) is not None
            if of_which := words.OF_WHICH.match(line.plain) or words.WHOLLY.match(line.plain):
                self._of_which(line, of_which.end() >= len(line.plain))
                continue
            self._place(line, index)
        self._set_breakdowns_apart()
        parents = {line.parent for line in self.lines if line.kind != "of_which"}
        for line in self.lines:
            if line.kind == "item" and line.row in parents:
                line.kind = "section"

    def _set_breakdowns_apart(self) -> None:
        """Lines by source (“Vốn ĐTPT”, “- NSTW”) between a line and its numbered children divide it a second time.

        They are parts of it, not further children: else its sum would count the same money twice.
        """
        groups: dict[int | None, list[Line]] = {}
        for line in self.lines:
            if line.kind == "item":
                groups.setdefault(line.parent, []).append(line)
        said = Counter(line.plain for line in self.lines if line.kind == "item" and line.level in _UNNUMBERED)
        total = next((line for line in self.lines if line.kind == "total" and line.grand), None)
        for parent, children in groups.items():
            numbered = [line for line in children if line.level not in _UNNUMBERED]
            for line in children:
                if not numbered or line.row > numbered[0].row or line.level not in _UNNUMBERED:
                    continue
                by_source = line.level != "bare" or words.SOURCE.match(line.plain) or said[line.plain] > 1
                whole = parent if parent is not None else total.row if total and total.row < line.row else None
                if by_source and whole is not None:
                    line.kind, line.parent = "of_which", whole

    def _total(self, line: Line, has_grand: bool) -> bool:
        """Totals stand outside the levels; a subtotal belongs to the section it closes."""
        if line.mark is not None and line.mark.scheme not in ("dash", "star"):
            return self._marked_total(line)
        if words.CARRIED.fullmatch(line.plain.strip(" :.")):
            line.kind = "total"  # of what stands above it on this page or the one before: nobody's part
            return True
        of_section = words.SUBTOTAL.fullmatch(line.plain)
        told = of_section or words.TOTAL.fullmatch(line.plain)
        if not told and line.row not in self.totals and not (line.mark is None and line.plain.startswith("tong cong")):
            return False
        line.kind = "total"
        named = of_section.group(3).upper() if of_section else None
        section = next(
            (one for _, _, one in self.stack if named and one.mark and one.mark.path[-1].upper() == named), None
        )
        of_table = words.GRAND_TOTAL.fullmatch(line.plain) or line.row in self.totals
        if self.totals.get(line.row) == "section":
            section = self._closed_by(line)
        elif section is None and has_grand and not of_table and len(self.stack) > 1:
            section = self.stack[0][2]
            if _adds_mark_of(line, section):  # “Cộng A+B” before C: neither the whole table nor one section of it
                return True
        if section is not None:
            line.parent = section.row
        else:
            line.grand = True
            self.stack = []
        self.whole = self.part_level = None
        self.last = line
        return True

    def _marked_total(self, line: Line) -> bool:
        """“C. Tổng cộng (A+B)” closes the table, though it bears a mark."""
        if not (words.TOTAL.fullmatch(line.plain) and words.MARKS_ADDED.search(line.plain)) or not self.stack:
            return False
        line.kind, line.grand = "total", True
        self.stack = []
        self.whole = self.part_level = None
        self.last = line
        return True

    def _closed_by(self, line: Line) -> Line | None:
        """The open section that a total in words of its own closes: the one it names, else the innermost."""
        said = named_in(line)
        named = [one for _, _, one in self.stack if said and one.plain.startswith(said)]
        return named[-1] if named else self.stack[-2][2] if len(self.stack) > 1 else None

    def _of_which(self, line: Line, bare: bool) -> None:
        """“Trong đó:” opens the parts of the line above; “Trong đó: NSTW 5” is itself a part."""
        whole = self.whole or self.last
        line.kind = "of_which"
        line.parent = whole.row if whole else None
        self.whole, self.part_level = whole, None
        if not bare:
            self.part_level = line.mark.level if line.mark else "bare"

    def _place(self, line: Line, index: int) -> None:
        level, rank = self._level(line, index)
        line.level = level
        if self.whole is not None and self._part(line, level):
            return
        self._pop_to(line, level, rank)
        line.parent = self.stack[-1][2].row if self.stack else None
        self.stack.append((level, rank, line))
        self.last = line

    def _part(self, line: Line, level: str) -> bool:
        """Whether a line under an open “Trong đó” is one of its parts."""
        whole = self.whole
        open_levels = {name for name, _, _ in self.stack}
        if (
            whole is None
            or level in open_levels
            or (whole.kind == "total" and level in ("upper", "roman", "arabic", "head"))
        ):
            self.whole = self.part_level = None
            return False
        if self.part_level is None:
            self.part_level = level
        if self.part_level in _UNNUMBERED and level not in _UNNUMBERED:  # numbers do not divide a dash
            self.whole = self.part_level = None
            return False
        if level != self.part_level:
            if self.last is not None and self.last.kind == "of_which":
                line.kind, line.parent = "of_which", self.last.row
            return self.last is not None and self.last.kind == "of_which"
        line.kind, line.parent = "of_which", whole.row
        self.last = line
        return True

    def _level(self, line: Line, index: int) -> tuple[str, int]:
        if line.mark is not None:
            return line.mark.level, RANK[line.mark.scheme] + (
                len(line.mark.path) - 2 if line.mark.scheme == "dotted" else 0
            )
        following = self.lines[index + 1] if index + 1 < len(self.lines) else None
        opens = following is not None and following.mark is not None and following.mark.path[-1] == "1"
        if opens and (not self.stack or any(name in ("arabic", "head") for name, _, _ in self.stack)):
            return "head", RANK["head"]
        head = next((one for name, _, one in self.stack if name == "head"), None)
        numbered = following is not None and following.mark is not None and following.mark.scheme == "arabic"
        if head is not None and numbered and head.plain.split()[:1] == line.plain.split()[:1]:
            return "head", RANK["head"]  # “Huyện B” between 2 and 3, after “Huyện A” over 1 and 2
        return "bare", RANK["bare"]

    def _pop_to(self, line: Line, level: str, rank: int) -> None:
        """Close the levels that a line ends."""
        path = line.mark.path if line.mark and line.mark.scheme == "dotted" else None
        if path:
            for depth in range(len(self.stack) - 1, -1, -1):
                other = self.stack[depth][2].mark
                if other and len(other.path) < len(path) and path[: len(other.path)] == other.path:
                    del self.stack[depth + 1 :]
                    return
        names = [name for name, _, _ in self.stack]
        if level in names:
            del self.stack[names.index(level) :]
            return
        while self.stack and self.stack[-1][1] >= rank:
            self.stack.pop()

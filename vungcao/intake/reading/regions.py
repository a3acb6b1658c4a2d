"""Where the tables of a sheet are: first and last row of the head, the row of column numbers, the body."""

from __future__ import annotations

from vungcao.intake.reading import words
from vungcao.intake.reading.beside import Region, are_beside, told_apart
from vungcao.intake.reading.grid import MOST_COLUMNS, Cell, Grid
from vungcao.intake.reading.headrows import (
    YEAR,
    is_head_like,
    is_number_row,
    is_plain_line,
    serial_cell,
    stands_above,
)
from vungcao.intake.reading.marks import parse_mark
from vungcao.intake.reading.numbers import looks_numeric
from vungcao.intake.reading.pages import joined
from vungcao.intake.reading.words import fold

_MOST_HEAD_ROWS = 7
_MOST_BLANK_ROWS = 3
_MOST_BLANK_COLUMNS = 20  # tried as gaps between tables; a sheet with more is no table's sheet


class RegionFinder:
    """Walks one sheet from top to bottom and finds its tables."""

    def __init__(self, grid: Grid, *, left: int = 1, right: int | None = None) -> None:
        """Of the columns ``left`` to ``right`` only, where tables stand side by side."""
        self.grid = grid
        self.left, self.right = left, right
        self.merges = [one for one in grid.merges if left <= one.left and (right is None or one.right <= right)]
        self.rows = dict(grid.by_row())
        if right is not None or left > 1:
            last = MOST_COLUMNS if right is None else right
            inside = {row: [c for c in cells if left <= c.col <= last] for row, cells in self.rows.items()}
            self.rows = {row: cells for row, cells in inside.items() if cells}
        self.numbers = sorted(self.rows)

    def _cells(self, row: int) -> list[Cell]:
        return self.rows.get(row, [])

    def find(self) -> list[Region]:
        found = self._beside_blank_columns() or self._from_the_top()
        return joined(self.grid, found)

    def _beside_blank_columns(self) -> list[Region]:
        """The tables on both sides of a column with nothing in it, where there are such on both sides."""
        cols = {cell.col for cells in self.rows.values() for cell in cells}
        blank = sorted(set(range(min(cols, default=0) + 2, max(cols, default=0) - 1)) - cols)
        for gutter in blank[:_MOST_BLANK_COLUMNS]:
            left = RegionFinder(self.grid, left=self.left, right=gutter - 1)._from_the_top()
            behind = RegionFinder(self.grid, left=gutter + 1, right=self.right)
            if left and are_beside(self.grid, left, behind._from_the_top(), gutter):
                right = RegionFinder(self.grid, left=gutter + 1, right=self.right).find()
                return sorted([*left, *right], key=lambda one: (one.head_first, one.left))
        return []

    def _from_the_top(self) -> list[Region]:
        regions: list[Region] = []
        after = 0
        while True:
            region = self._next(after)
            if region is None:
                return regions
            found = self._with_neighbours(region, after)
            regions += found
            level = [one for one in found if one.head_first <= region.head_last]
            after = max(one.last for one in (*level, region))

    def _with_neighbours(self, region: Region, after: int) -> list[Region]:
        """A table, or the tables it turns out to be, and those that begin beside it lower down or higher up."""

        def first_of(left: int, right: int | None) -> Region | None:
            return RegionFinder(self.grid, left=left, right=right or self.right)._next(region.head_first - 1)

        found = told_apart(self.grid, region, first_of) or [region]
        left, right = min(one.left for one in found), max(one.right for one in found)
        last = max(one.last for one in found)
        for strip in ((right + 2, self.right or MOST_COLUMNS), (self.left, left - 2)):
            rows = [row for row in self.numbers if after < row <= last and self._reaches(row, *strip)]
            if not rows:
                continue
            beside = RegionFinder(self.grid, left=strip[0], right=strip[1])._next(rows[0] - 1)
            if beside is not None and beside.body and beside.head_first <= last:
                found.append(beside)
                self._set_aside(beside)
        return found

    def _reaches(self, row: int, left: int, right: int) -> bool:
        return any(left <= cell.col <= right for cell in self._cells(row))

    def _set_aside(self, region: Region) -> None:
        """Cells of a table already found are not looked at again."""
        for row in [row for row in self.numbers if region.head_first <= row <= region.last]:
            self.rows[row] = [cell for cell in self.rows[row] if not region.covers(row, cell.col)]
        self.numbers = [row for row in self.numbers if self.rows[row]]

    def _next(self, after: int) -> Region | None:
        for row in self.numbers:
            if row <= after:
                continue
            if serial_cell(self._cells(row)) is not None or is_number_row(self._cells(row)):
                region = self._from_serial(row, after)
            else:
                region = self._from_plain_head(row)
            if region is not None:
                return region
        return None

    # heads

    def _from_serial(self, row: int, after: int) -> Region | None:
        serial = serial_cell(self._cells(row))
        first = row
        if serial is None:
            first = self._climb(row, after)
            if first == row:
                return None
        else:
            first = self._climb_over_serial(serial, after)
        number_row, last = self._head_end(first, row, serial)
        if serial is None:
            serial = next((c for r in range(first, last + 1) if (c := serial_cell(self._cells(r)))), None)
        left, right = self._width(first, last)
        mark_col = serial.col if serial else None
        region = Region(first, last, number_row, left, right, mark_col, 0, [])
        region.body = self._body(region)
        before = region.mark_col, region.label_col
        self._settle_columns(region)
        if (region.mark_col, region.label_col) != before:
            region.body = self._body(region)
        return region

    def _climb(self, row: int, after: int) -> int:
        """From a row of column numbers up over its head."""
        first = row
        while first - 1 > after and row - first < _MOST_HEAD_ROWS and is_head_like(self._cells(first - 1)):
            first -= 1
        return first

    def _climb_over_serial(self, serial: Cell, after: int) -> int:
        """Up from the STT row where heads stand above it (``STT`` written low, a group head above)."""
        merge = self.grid.merge_at(serial.row, serial.col)
        first = merge.top if merge else serial.row
        while first - 1 > after:
            above = self.rows.get(first - 1, [])
            grouped = [c for c in above if c.col > serial.col + 1 and self.grid.span(c)[0] < self.grid.span(c)[1]]
            if not above or any(c.col <= serial.col + 1 for c in above) or not (grouped or len(above) >= 2):
                return first
            if any(stands_above(cell) for cell in above):
                return first
            first -= 1
        return first

    def _head_end(self, first: int, row: int, serial: Cell | None) -> tuple[int | None, int]:
        """The row of column numbers, if there is one, and the last row of the head."""
        for below in range(row, first + _MOST_HEAD_ROWS + 1):
            if below > first and is_number_row(self._cells(below)):
                return below, below
            if below > row and self._is_body_like(below, serial) and not self._in_head_merge(below, first, row):
                break
        last = max([row] + [m.bottom for m in self.merges if first <= m.top <= row and m.bottom - m.top < 7
                            and m.right - m.left < 60 and self.grid.at(m.top, m.left)])  # fmt: skip
        while last - first < _MOST_HEAD_ROWS and self._continues_head(last + 1, serial):
            last += 1
        return (last + 1, last + 1) if is_number_row(self._cells(last + 1)) else (None, last)

    def _in_head_merge(self, row: int, first: int, last: int) -> bool:
        return any(first <= m.top <= last and m.top < row <= m.bottom for m in self.merges)

    def _is_body_like(self, row: int, serial: Cell | None) -> bool:
        cells = self._cells(row)
        if serial is not None:
            mark = self.grid.at(row, serial.col)
            if mark is not None and parse_mark(mark.mark_text):
                return True
        return any(looks_numeric(cell) and not YEAR.match(cell.said) for cell in cells)

    def _continues_head(self, row: int, serial: Cell | None) -> bool:
        """A further row of the head: texts only, none under STT or the label (where they are not merged down)."""
        cells = self._cells(row)
        if not cells or any(looks_numeric(cell) and not YEAR.match(cell.said) for cell in cells):
            return False
        edge = serial.col + 1 if serial else cells[0].col - 1 if is_head_like(self._cells(row)) else None
        return edge is not None and all(cell.col > edge for cell in cells) and len(cells) >= 1 and not (
            len(cells) == 1 and words.SIGNATURE.match(fold(cells[0].said))
        )  # fmt: skip

    def _from_plain_head(self, row: int) -> Region | None:
        """A head without STT and without column numbers: texts over columns of figures."""
        if not is_head_like(self._cells(row)):
            return None
        last = row
        while last - row < _MOST_HEAD_ROWS and (
            self._is_sub_head(row, last + 1) or self._in_head_merge(last + 1, row, row)
        ):
            if serial_cell(self._cells(last + 1)) is not None:
                return None
            last += 1
        number_row = last + 1 if is_number_row(self._cells(last + 1)) else None
        last = number_row or last
        left, right = self._width(row, last)
        following = [r for r in self.numbers if last < r <= last + 3]
        figures = {c.col for r in following for c in self.rows[r] if looks_numeric(c) and left <= c.col <= right}
        named = {col for r in range(row, last + 1) for col in range(left, right + 1) if self.grid.shown_at(r, col)}
        if not figures or len(figures & named) * 2 < len(figures) or (last + 1) not in self.rows:
            return None
        region = Region(row, last, number_row, left, right, None, 0, [])
        self._settle_columns(region)
        region.body = self._body(region)
        self._settle_columns(region)
        return region if region.body else None

    def _is_sub_head(self, first: int, row: int) -> bool:
        """Below a head without STT: texts only, and nothing in its first column."""
        cells = self._cells(row)
        left = self.rows[first][0].col
        return bool(cells) and all(
            (cell.is_text or YEAR.match(cell.said))
            and cell.col > left
            and (not looks_numeric(cell) or YEAR.match(cell.said))
            for cell in cells
        )

    def _width(self, first: int, last: int) -> tuple[int, int]:
        spans = [self.grid.span(cell) for row in range(first, last + 1) for cell in self._cells(row)]
        return min(left for left, _ in spans), max(right for _, right in spans)

    # body

    def _body(self, region: Region) -> list[int]:
        """Rows of the body, in order; label-only rows at the end are left to notes and signatures."""
        body: list[int] = []
        waiting: list[int] = []
        previous = region.head_last
        edge = max(region.mark_col or 0, region.label_col)
        for row in self.numbers:
            if row <= region.head_last:
                continue
            blank = row - previous - 1
            if not blank and not waiting and is_plain_line(self.rows[row], edge, region.right):
                body.append(row)
                previous = row
                continue
            if blank > _MOST_BLANK_ROWS or self._starts_table(row, blank or len(waiting), region):
                break
            if self._ends_body(row, region) or (len(body) > 1 and self._is_nameless_under_total(row, body[-1], region)):
                break
            if self._is_body_row(row, region):
                body += [*waiting, row] if not (waiting and blank and not body) else [row]
                waiting = []
            else:
                waiting.append(row)
            previous = row
        return body

    def _starts_table(self, row: int, blank: int, region: Region) -> bool:
        if serial_cell(self._cells(row)) is not None or (is_number_row(self._cells(row)) and blank):
            return True
        if not blank or not is_head_like(self._cells(row)):
            return False
        cells = self.rows[row]
        if region.mark_col is not None and cells[0].col == region.mark_col and parse_mark(cells[0].mark_text):
            return False
        return self._from_plain_head(row) is not None

    def _ends_body(self, row: int, region: Region) -> bool:
        cells = self.rows[row]
        if any(cell.is_number and cell.col > region.label_col for cell in cells):
            return False
        plain = [fold(cell.said) for cell in cells]
        marked = region.mark_col is not None and cells[0].col == region.mark_col and parse_mark(cells[0].mark_text)
        if marked and len(cells) > 1 and cells[0].said not in ("*",):
            return False
        return any(words.NOTE.search(text) or words.PLACE_AND_DAY.match(text) for text in plain) or (
            any(words.SIGNATURE.match(text) for text in plain) and not any(looks_numeric(c) for c in cells[1:])
        )

    def _is_nameless_under_total(self, row: int, above: int, region: Region) -> bool:
        """Figures without mark and label under a closing total: somebody's sums on the side, no line of the table."""
        label = self.grid.shown_at(above, region.label_col) or self.grid.shown_at(above, region.left)
        if label is None or not words.TOTAL.fullmatch(fold(label.said)):
            return False
        return all(self.grid.shown_at(row, col) is None for col in {region.mark_col or region.left, region.label_col})

    def _is_body_row(self, row: int, region: Region) -> bool:
        cells = [cell for cell in self.rows[row] if region.left <= cell.col <= region.right]
        if not cells:
            return False
        edge = max(region.mark_col or 0, region.label_col)
        if any(cell.is_number and cell.col > edge for cell in cells):
            return True
        if any(looks_numeric(cell) or cell.day for cell in cells if cell.col > edge):
            return True
        first = cells[0]
        if region.mark_col is not None and first.col == region.mark_col and parse_mark(first.mark_text):
            return True
        if first.col <= edge and words.TOTAL.fullmatch(fold(first.said)):
            return True
        texts = [cell for cell in cells if cell.col > edge]
        return first.col <= edge and len(texts) >= 1 and self.grid.span(first)[1] <= edge

    def _are_codes_before(self, body: list[int], col: int, region: Region) -> bool:
        """Whether a first column holds codes before the column of labels: figures all, but for a total at its foot."""
        cells = [cell for row in body if (cell := self.grid.at(row, col))]
        texts = [cell for cell in cells if cell.is_text and not looks_numeric(cell)]
        if len(texts) * 2 >= len(cells) or not all(words.TOTAL.fullmatch(fold(cell.said)) for cell in texts):
            return False
        beside = [self.grid.at(row, col + 1) for row in body if col < region.right]
        return sum(cell is not None and cell.is_text and not looks_numeric(cell) for cell in beside) * 2 > len(cells)

    def _settle_columns(self, region: Region) -> None:
        """Which column holds the marks and which the labels."""
        body = [row for row in (region.body or range(region.head_last + 1, region.head_last + 30)) if row in self.rows]
        if region.mark_col is None:
            cells = [cell for row in body if (cell := self.grid.at(row, region.left))]
            heads = [
                c for r in range(region.head_first, region.head_last + 1) if (c := self.grid.shown_at(r, region.left))
            ]
            marks = [cell for cell in cells if parse_mark(cell.mark_text)]
            if cells and not heads and len(marks) * 2 > len(cells):
                region.mark_col = region.left
        start = region.left if region.mark_col is None else region.mark_col + 1
        best, most = min(start, region.right), 0
        for col in range(start, region.right + 1):
            texts = sum(
                1 for row in body if (cell := self.grid.at(row, col)) and cell.is_text and not looks_numeric(cell)
            )
            if texts and col == start and not self._are_codes_before(body, col, region):
                best = col
                break
            if texts > most:
                best, most = col, texts
        region.label_col = best

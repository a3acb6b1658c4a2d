"""From a file to a ``Reading``: opens it, finds its tables, reads them and tries what they claim."""

from __future__ import annotations

import gc
import os
from pathlib import Path

from vungcao.intake.reading import words
from vungcao.intake.reading.balances import balance
from vungcao.intake.reading.beside import Region, strip_of
from vungcao.intake.reading.candidates import with_candidates
from vungcao.intake.reading.checks import Checker
from vungcao.intake.reading.claims import RowClaim, column_claims, row_claims
from vungcao.intake.reading.columnstyles import ColumnStyle, Tally, better_styles, settle_columns
from vungcao.intake.reading.document import (
    CannotRead,
    Check,
    Column,
    Header,
    Reading,
    Row,
    Sheet,
    Table,
    Unit,
    Warned,
)
from vungcao.intake.reading.figures import is_rate
from vungcao.intake.reading.formulas import fill_uncached, overtyped, overtyped_in_rows, stale
from vungcao.intake.reading.grid import Cell, Grid, TextCell, letters
from vungcao.intake.reading.heads import Head, read_heads, settle_kinds
from vungcao.intake.reading.likely import likely_claims
from vungcao.intake.reading.lines import Line, read_lines
from vungcao.intake.reading.numbers import (
    Style,
    has_letters_as_digits,
    is_like_a_day,
    is_month_first,
    numeral,
    read_cell,
)
from vungcao.intake.reading.opening import open_grids
from vungcao.intake.reading.pages import written_on_beside
from vungcao.intake.reading.regions import RegionFinder
from vungcao.intake.reading.surroundings import (
    Rows,
    hidden_parts,
    left_out,
    own_strip,
    said_outside,
    scaled,
    title_over,
)
from vungcao.intake.reading.units import parse_unit, unit_in_title, unit_over_table
from vungcao.intake.reading.values import Place, RowValues
from vungcao.intake.reading.words import fold, look_alike
from vungcao.kernel.vietnamese import number as say_number

_TRIED_ROWS = 1_000  # longer tables are not read again in another style of numbers


def read_workbook(path: str | os.PathLike[str]) -> Reading:
    """Read a workbook as it is said; raises ``CannotRead`` with a Vietnamese sentence where nothing can be read."""
    file = Path(path)
    collecting = gc.isenabled()
    gc.disable()  # millions of cells, none in a ring: walking them again and again costs a third of the time
    try:
        sha256, grids = open_grids(file)
        sheets = tuple(SheetReader(grid).read() for grid in grids)
    finally:
        if collecting:
            gc.enable()
    if not any(sheet.tables for sheet in sheets):
        if not grids:
            said = f"Tệp “{file.name}” chỉ có trang biểu đồ, không có trang tính nào để đọc."
            raise CannotRead("only_charts", said)
        if not any(grid.cells for grid in grids):
            if any(grid.pictures for grid in grids):
                said = f"Tệp “{file.name}” chỉ có hình ảnh, không có ô nào có chữ: đề nghị gửi tệp gõ số liệu."
                raise CannotRead("only_pictures", said)
            raise CannotRead("nothing_in_it", f"Tệp “{file.name}” không có ô nào có nội dung.")
        raise CannotRead(
            "no_table", f"Tệp “{file.name}” không có bảng nào đọc được (cần dòng tiêu đề cột và dòng số liệu)."
        )
    return Reading(file.name, sha256, sheets)


class SheetReader:
    """Reads one sheet; warnings are gathered as it goes."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self.rows = grid.by_row()
        self.warnings: list[Warned] = []
        self.unit = Unit()  # of the table at hand
        self.extract = False  # whether the table at hand says it is taken from a larger one

    def read(self) -> Sheet:
        for cell in fill_uncached(self.grid):
            self.warn("formula.evaluated", cell.at, f"={cell.formula}")
        self.rows = self.grid.by_row()
        for cell, result in stale(self.grid) if self.grid.formula_cols else ():
            self.warn("formula.stale", cell.at, f"={cell.formula}: lưu {cell.said}, tính lại {say_number(result)}")
        regions = RegionFinder(self.grid).find()
        for code, place, said in self.grid.notes:
            self.warn(code, place, said)
        self.warnings += hidden_parts(self.grid, self.rows)
        strange = [c for c in self.grid if type(c) is TextCell and not c.said.isascii() and look_alike(c.said)]
        if strange:
            self.warn("text.look_alike", strange[0].at, "; ".join(cell.said for cell in strange[:3]))
        tables = []
        for region in regions:
            after = max((one.last for one in regions if one.last < region.head_first), default=0)
            over = {row: cells for row, cells in self.rows.items() if after < row < region.head_first}
            self.extract = written_on_beside(self.grid, region, regions)
            if self.extract:
                self.warn("table.goes_on", f"{letters(region.left)}{region.head_first}", "")
            tables.append(self._table(region, own_strip(self.grid, over, strip_of(region, regions), region)))
        if not tables and self.grid.cells:
            self.warn("sheet.no_table", "", self.grid.name)
        return Sheet(
            self.grid.name,
            self.grid.hidden,
            tuple(tables),
            tuple(left_out(self.rows, regions)),
            tuple(self.warnings),
            tuple(said_outside(self.rows, regions)),
        )

    def warn(self, code: str, cell: str, said: str) -> None:
        self.warnings.append(Warned(code, cell, said))

    # a table

    def _table(self, region: Region, above: Rows) -> Table:
        unit = self._unit(above)
        texts = " ".join(cell.said for cells in above.values() for cell in cells)
        self.extract = self.extract or bool(words.EXTRACT.search(fold(texts)))
        title = title_over(above)
        heads = read_heads(self.grid, region)
        settle_kinds(self.grid, region, heads, unit)
        self.unit = unit = unit if unit.said else _shared_unit(heads)
        lines = read_lines(self.grid, region)
        columns = [self._column(head) for head in heads]
        styles = self._styles(region, heads, unit, lines)
        rows = self._rows(lines, heads, styles)
        if unit.dong is None and any(c.kind == "money" and (c.unit is None or c.unit.dong is None) for c in columns):
            self.warn("unit.missing", f"{letters(region.left)}{region.head_first}", title or "")
        self.warnings += scaled(self.grid, region)
        left, right = letters(region.left), letters(region.right)
        place = f"{left}{region.head_first}:{right}{region.last}"
        header = Header(region.head_first, region.head_last)
        table = Table(place, title, unit, header, tuple(columns), tuple(rows), ())
        totals = {line.row for line in lines if line.kind == "total"}
        for head in heads:
            if head.col in self.grid.formula_cols and head.kind in ("money", "count", "percent"):
                for cell in overtyped(self.grid, region.body, head.col, totals=totals):
                    self.warn("formula.overtyped", cell.at, cell.said)
        if self.grid.formula_cols:
            figures = [head.col for head in heads if head.kind in ("money", "count") and not head.hidden]
            told = {warned.cell for warned in self.warnings if warned.code == "formula.overtyped"}
            for cell in overtyped_in_rows(self.grid, region.body, figures):
                if cell.at not in told:
                    self.warn("formula.overtyped", cell.at, cell.said)
        checks = self._checks(table, heads, lines)
        return Table(place, title, unit, header, table.columns, table.rows, tuple(checks))

    def _unit(self, above: Rows) -> Unit:
        """The unit said nearest above the head."""
        found = [(row, unit) for row in above for cell in above[row] if (unit := unit_over_table(cell.said)).said]
        if not found:
            titles = [unit for row in above for cell in above[row] if (unit := unit_in_title(cell.said)).dong]
            return titles[-1] if titles else Unit()
        nearest = found[-1][1]
        if len({unit.dong for _, unit in found}) > 1:
            cell = next(c for c in above[found[-1][0]] if unit_over_table(c.said).said)
            self.warn("unit.several", cell.at, "; ".join(unit.said or "" for _, unit in found))
        return nearest

    def _styles(self, region: Region, heads: list[Head], unit: Unit, lines: list[Line]) -> dict[int, Style]:
        """The number style of each column: as its texts and its neighbours show, then as the sums come out."""
        columns = settle_columns(self.grid, region, heads, unit)
        proved = self._proved_by_sums(columns, region, heads, lines, unit)
        for col, one in columns.items():
            place, said = f"{letters(col)}{region.head_last + 1}", "; ".join(one.texts[:3])
            if one.settled.mixed:
                self.warn("number.mixed_styles", place, said)
            elif col in proved:
                self.warn("number.style_by_sums", place, said)
            elif one.settled.why == "commas":
                self.warn("number.style_guessed", place, said)
        return {col: one.settled.style for col, one in columns.items()} | proved

    def _proved_by_sums(
        self, columns: dict[int, ColumnStyle], region: Region, heads: list[Head], lines: list[Line], unit: Unit
    ) -> dict[int, Style]:
        """Other styles for columns that allow them, where they make what fails come out."""
        if len(lines) > _TRIED_ROWS or not any(one.settled.or_else for one in columns.values()):
            return {}
        shown = tuple(self._column(head) for head in heads)
        header = Header(region.head_first, region.head_last)

        def tried(styles: dict[int, Style]) -> Tally:
            kept = len(self.warnings)
            rows = self._rows(lines, heads, styles)
            checks = self._checks(Table("", None, unit, header, shown, tuple(rows), ()), heads, lines)
            del self.warnings[kept:]
            return Tally.of(checks)

        return better_styles({col: one.settled for col, one in columns.items()}, tried)

    def _column(self, head: Head) -> Column:
        return Column(letters(head.col), head.path, head.unit, head.kind, head.hidden, head.number)

    def _rows(self, lines: list[Line], heads: list[Head], styles: dict[int, Style]) -> list[Row]:
        """The rows of a table; what cannot be read in them is warned of."""
        figures = [head for head in heads if head.kind not in ("mark", "label")]
        american = {head.col for head in figures if head.kind == "date" and self._is_month_first(head.col, lines)}
        places = {
            letters(head.col): Place(head.col, head.kind, styles[head.col], head.col in american) for head in figures
        }
        by_col = {head.col: head for head in figures}
        quiet = {head.col for head in heads if head.kind in ("text", "mark", "label")}  # only errors are told there
        rows = []
        said_in = next((head.col for head in heads if words.UNIT_HEAD.fullmatch(fold(head.leaf))), None)
        for line in lines:
            cells = self.grid.lines.get(line.row)
            said = line.mark.said if line.mark else None
            values = RowValues(cells, places)
            of_row = self.grid.at(line.row, said_in) if said_in is not None else None
            unit = parse_unit(of_row.said) if of_row else None
            rows.append(Row(line.row, said, line.label, line.kind, line.parent, values, line.hidden, unit))
            for cell in cells or ():
                if cell is None or cell.is_number or (cell.col in quiet and not cell.error):
                    continue
                if (head := by_col.get(cell.col)) is not None and cell.col not in american:
                    self._warn_value(cell, head, styles[head.col])
        return rows

    def _is_month_first(self, col: int, lines: list[Line]) -> bool:
        cells = [cell for line in lines if (cell := self.grid.at(line.row, col)) is not None and cell.is_text]
        found = is_month_first(cell.said for cell in cells)
        if found:
            self.warn("date.month_first", cells[0].at, "; ".join(cell.said for cell in cells[:3]))
        return found

    def _warn_value(self, cell: Cell, head: Head, style: Style) -> None:
        if cell.error:
            self.warn("number.error", cell.at, cell.said)
        elif head.kind in ("money", "count", "percent", "date"):
            value = read_cell(cell, style)
            if value.kind == "error":
                self.warn("number.error", cell.at, cell.said)
            elif value.kind == "formula" and value.value is None:
                self.warn("formula.no_value", cell.at, cell.said)
            elif value.kind == "text" and head.kind == "date":
                if is_like_a_day(cell.said):
                    self.warn("date.not_read", cell.at, cell.said)
            elif value.kind == "text":
                code = "number.look_alike" if has_letters_as_digits(cell.said) else "number.not_read"
                self.warn(code, cell.at, cell.said)
            elif head.kind == "money":
                self._warn_own_unit(cell, head, style)

    def _warn_own_unit(self, cell: Cell, head: Head, style: Style) -> None:
        """“0,2 tỷ” in a column of triệu đồng: a figure that names another size than its column's."""
        found = numeral(cell.said, style)
        own = parse_unit(found.rest).dong if found and found.rest else None
        of_column = (head.unit or self.unit).dong
        if own is not None and of_column is not None and own != of_column:
            self.warn("unit.of_its_own", cell.at, cell.said)

    # claims

    def _checks(self, table: Table, heads: list[Head], lines: list[Line]) -> list[Check]:
        checker = Checker(table.columns, table.rows, table.unit, extract=self.extract, doubles=self.grid.doubles)
        checks = self._try_rows(checker, row_claims(lines), lines)
        claims, strange = column_claims(heads)
        for head in strange:
            self.warn("claim.not_read", f"{letters(head.col)}{table.header.last}", head.number or head.leaf)
        explained = {claim.col for claim in claims if claim.rule != "of_which"} | {
            letters(head.col) for head in strange
        }
        claims += likely_claims(table.columns, table.rows, explained)
        for one in claims:
            tried = checker.try_columns(one)
            if one.firm and len(tried) > 1 and all(check.verdict == "fails" for check in tried):
                said = table.column(one.col).number or ""
                self.warn("claim.holds_nowhere", f"{one.col}{table.header.last}", said)
            checks += tried
        return with_candidates([*checks, *balance(table)], checker)

    def _try_rows(self, checker: Checker, claims: list[RowClaim], lines: list[Line]) -> list[Check]:
        """A sum that fails for the lines in sight but holds with hidden ones cannot be judged: a filter may be on."""
        unseen: dict[int | None, list[Line]] = {}
        for line in lines:
            if line.hidden and line.kind in ("item", "section"):
                unseen.setdefault(line.parent, []).append(line)
        units = {row.row: row.unit.said for row in checker.rows.values() if row.unit is not None and row.unit.said}
        if units:  # tonnes and households are not added up
            claims = [claim for claim in claims if len({units.get(part.row) for part in claim.parts}) == 1
                      and not is_rate(checker.rows[claim.parts[0].row])]  # fmt: skip
        full: dict[int, RowClaim] = {}
        for index, claim in enumerate(claims):
            parent = claim.whole.row if claim.whole.kind != "total" else claim.whole.parent
            if claim.rule == "sum_of_rows" and unseen:
                parts = tuple(sorted((*claim.parts, *unseen.get(parent, ())), key=lambda one: one.row))
                full[index] = RowClaim(claim.rule, claim.whole, parts, True)
        tried = checker.try_rows(claims)
        with_hidden = {
            check.cell: check for checks in checker.try_rows(list(full.values()), with_hidden=True) for check in checks
        }
        settled = []
        for index, checks in enumerate(tried):
            for check in checks:
                other = with_hidden.get(check.cell) if index in full else None
                if check.verdict == "fails" and other is not None and other.verdict != "fails":
                    if other.verdict != "cannot_tell":  # there a hidden figure is missing or in error
                        self.warn("hidden.counted_in_total", check.cell, str(check.printed))
                    check = Check(check.rule, check.cell, check.printed, check.computed, "cannot_tell", check.terms)
                settled.append(check)
        return settled


def _shared_unit(heads: list[Head]) -> Unit:
    """Where no unit stands over the table but its columns of figures all name one and the same, that is the table's."""
    units = {head.unit for head in heads if head.kind in ("money", "count")}
    only = next(iter(units)) if len(units) == 1 else None
    return only or Unit()

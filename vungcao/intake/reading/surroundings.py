"""What stands around the tables of a sheet: titles, texts, rows left out and why, and what is hidden."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from vungcao.intake.reading import words
from vungcao.intake.reading.beside import Region
from vungcao.intake.reading.document import LeftOut, Said, Warned, Why
from vungcao.intake.reading.grid import Cell, Grid, NumberCell, letters
from vungcao.intake.reading.units import unit_over_table
from vungcao.intake.reading.words import fold

_TRIED_ROWS = 1_000
Rows = dict[int, list[Cell]]


def own_strip(grid: Grid, above: Rows, strip: tuple[int, int | None], region: Region) -> Rows:
    """What stands over a table: where others stand beside it, its own strip of the sheet, if anything is said there.

    A title or a unit over all of them may begin in a neighbour's strip: it is then everybody's. A unit over all stands
    at the far right, so one over a table further left is that table's only; so is one over a table at the right with a
    title of its own. What is merged over a neighbour only is the neighbour's.
    """
    left, right = strip
    if (left, right) == (1, None):
        return above
    own = {
        row: inside
        for row, cells in above.items()
        if (inside := [cell for cell in cells if left <= cell.col and (right is None or cell.col <= right)])
    }
    alone = {
        row: cells
        for row, cells in above.items()
        if row not in own and len(cells) == 1 and not _is_over_neighbour(grid, cells[0], strip)
    }
    said = any(unit_over_table(cell.said).said for cells in own.values() for cell in cells)
    titled = right is not None and any(
        cell.is_text and cell.col > right and not is_preamble(cell.said) for cells in above.values() for cell in cells
    )
    for row, (cell,) in list(alone.items()):
        if unit_over_table(cell.said).said and (said or cell.col < left or (titled and cell.col > (right or 0))):
            del alone[row]  # it has its own, or the unit stands over the table before it
    return dict(sorted((own | alone).items()))


def _is_over_neighbour(grid: Grid, cell: Cell, strip: tuple[int, int | None]) -> bool:
    (first, last), (left, right) = grid.span(cell), strip
    return first < last and (last < left or (right is not None and first > right))


def title_over(above: Rows) -> str | None:
    """The title over a table: lines in capitals, else the last plain line that is no unit, number or letterhead."""
    lines = []
    for row, cells in above.items():
        if len(cells) == 1 and not is_preamble(cells[0].said):
            lines.append((row, cells[0].said))
    capitals = [(row, text) for row, text in lines if text.upper() == text and not text.startswith("(")]
    if capitals:
        run = [capitals[-1]]
        for row, text in reversed(capitals[:-1]):
            if run[0][0] - row > 1:
                break
            run.insert(0, (row, text))
        return " ".join(text for _, text in run)
    plain = [text for _, text in lines if not text.startswith("(")]
    return plain[-1] if plain else None


def is_preamble(text: str) -> bool:
    plain = fold(text)
    patterns = (words.FORM_NUMBER, words.LETTERHEAD, words.PLACE_AND_DAY, words.SIGNATURE, words.NOTE)
    if words.OFFICE.match(text):
        return True
    before, bracket, _ = text.rpartition("(")
    said = before if bracket and len(before.split()) > 1 else text  # “GIẢI NGÂN THEO XÃ (ĐVT: …)” is a title
    return bool(unit_over_table(said).said) or any(pattern.match(plain) for pattern in patterns)


def scaled(grid: Grid, region: Region) -> Iterable[Warned]:
    """The first figure that its format prints divided by a thousand or a million: who copies it gets another."""
    for row in region.body[:_TRIED_ROWS]:
        for cell in grid.lines.get(row, ())[region.left : region.right + 1]:
            if type(cell) is NumberCell and cell.form.thousands:
                yield Warned("number.scaled", cell.at, f"{cell.said} ← {cell.kept:f}")
                return


def hidden_parts(grid: Grid, rows: Rows) -> Iterable[Warned]:
    """A hidden sheet, hidden rows and columns that hold something."""
    if grid.hidden:
        yield Warned("hidden.sheet", "", grid.name)
    for first, last in _runs(row for row in grid.hidden_rows if row in rows):
        yield Warned("hidden.rows", f"{first}:{last}", "; ".join(cell.said for cell in rows[first][:3]))
    used = {cell.col for cell in grid} if grid.hidden_cols else set()
    for first, last in _runs(col for col in grid.hidden_cols if col in used):
        said = "; ".join(cell.said for cell in grid if cell.col == first and cell.is_text)
        yield Warned("hidden.columns", f"{letters(first)}:{letters(last)}", said[:120])


def left_out(rows: Rows, regions: list[Region]) -> Iterable[LeftOut]:
    """Each row outside the tables, and each row of column numbers, with the reason."""
    inside = {row for region in regions for row in (*range(region.head_first, region.head_last + 1), *region.body)}
    numbers = {region.number_row for region in regions}
    ended = min((region.last for region in regions), default=0)
    signed = False
    for row in range(1, max(rows, default=0) + 1):
        if row in numbers:
            yield LeftOut(row, "column_numbers")
        elif row in inside:
            signed = False
        elif row not in rows:
            if row <= 100_000:
                yield LeftOut(row, "empty")
        else:
            why = _why(rows, row, after_table=row > ended and bool(regions), regions=regions, signed=signed)
            signed = signed or why == "signature"
            yield LeftOut(row, why)


def _why(rows: Rows, row: int, *, after_table: bool, regions: list[Region], signed: bool) -> Why:
    cells = rows[row]
    plain = [fold(cell.said) for cell in cells]
    if any(unit_over_table(cell.said).said for cell in cells):
        return "unit"
    before_another = any(region.head_first > row for region in regions)
    if any(words.NOTE.search(text) for text in plain):
        return "note"
    if after_table and (signed or any(words.SIGNATURE.match(text) for text in plain)):
        return "signature"
    if after_table and any(words.PLACE_AND_DAY.match(text) for text in plain):
        return "title" if before_another else "signature"
    if before_another or not regions:
        return "title" if all(cell.is_text for cell in cells) else "other"
    return "note" if len(cells) == 1 and cells[0].is_text else "other"


def said_outside(rows: Rows, regions: list[Region]) -> Iterable[Said]:
    """Texts beside, above and below the tables: what a profile knows a paper by."""
    inside: dict[int, list[Region]] = {}
    for region in regions:
        for row in (*range(region.head_first, region.head_last + 1), *region.body):
            inside.setdefault(row, []).append(region)
    for row, cells in rows.items():
        own = inside.get(row, [])
        if any(region.left <= cells[0].col and cells[-1].col <= region.right for region in own):
            continue
        for cell in cells:
            if cell.is_text and not any(region.left <= cell.col <= region.right for region in own):
                yield Said(row, letters(cell.col), cell.at, cell.said)


def _runs(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """``1 2 3 7`` → ``(1, 3), (7, 7)``."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return [cast(tuple[int, int], tuple(run)) for run in runs]

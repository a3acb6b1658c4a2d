"""xlsx and xlsm: values through calamine, and from the XML what it does not tell: raw digits, formats, formulas,
errors, merged and hidden parts. Macros are never run.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import IO, Any

from lxml import etree
from python_calamine import CalamineWorkbook, PasswordError, SheetTypeEnum

from vungcao.intake.reading.document import CannotRead
from vungcao.intake.reading.grid import Cell, Grid, Merge, clean, column_number, exact, number_cell

_PLACE = re.compile(r"^\$?([A-Z]{1,3})\$?(\d{1,7})$")
_BUILT_IN = {1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 37: "#,##0", 38: "#,##0",
             39: "#,##0.00", 40: "#,##0.00"}  # fmt: skip


@dataclass(slots=True)
class Raw:
    """What the XML says of one cell."""

    type: str
    text: str | None
    formula: str | None
    style: int


def read_xlsx(archive: zipfile.ZipFile, content: bytes) -> list[Grid]:
    """A grid for each worksheet (chart and macro sheets have none)."""
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    except PasswordError:
        raise CannotRead("password", "Tệp có mật khẩu: bỏ mật khẩu rồi gửi lại.") from None
    formats = _formats(archive)
    parts = _parts(archive)
    doubtful = _asks_to_be_recalculated(archive)
    grids = []
    for about in book.sheets_metadata:
        if about.typ != SheetTypeEnum.WorkSheet:
            continue
        hidden = "visible" not in str(about.visible).lower().rsplit(".", 1)[-1]
        grid = Grid(clean(about.name), hidden)
        rows = book.get_sheet_by_name(about.name).to_python(skip_empty_area=False)
        part = parts.get(about.name)
        if part in archive.NameToInfo:
            with archive.open(part) as stream:
                _fill(grid, rows, stream, formats, doubtful)
        else:
            _fill_plain(grid, rows)
        grids.append(grid)
    return grids


def _fill(grid: Grid, rows: list[list[Any]], stream: IO[bytes], formats: list[str], doubtful: bool) -> None:
    """Walk the XML of a sheet beside the values calamine read from it."""
    row = 0
    for element in _elements(stream):
        if element.tag.endswith("}row"):
            row = int(element.get("r") or row + 1)
            if element.get("hidden") in ("1", "true"):
                grid.hidden_rows.add(row)
            raw = _raw_row(element)
            values = rows[row - 1] if row <= len(rows) else []
            for col, value in enumerate(values, start=1):
                about = raw.pop(col, None)
                if about is not None or value != "":
                    grid_cell(grid, row, col, value, about, formats, doubtful)
            for col, about in raw.items():
                grid_cell(grid, row, col, "", about, formats, doubtful)
        elif element.tag.endswith("}col"):
            if element.get("hidden") in ("1", "true"):
                first, last = int(element.get("min", "1")), int(element.get("max", "1"))
                grid.hidden_cols.update(range(first, min(last, first + 1_000) + 1))
        elif merge := _merge(element.get("ref", "")):
            grid.merges.append(merge)


def _fill_plain(grid: Grid, rows: list[list[Any]]) -> None:
    for row, values in enumerate(rows, start=1):
        for col, value in enumerate(values, start=1):
            if value != "":
                grid_cell(grid, row, col, value, None, [], False)


def grid_cell(grid: Grid, row: int, col: int, value: Any, raw: Raw | None, formats: list[str], doubtful: bool) -> None:
    """Put one cell into the grid, from calamine's value and what the XML adds.

    ``doubtful``: the file asks to be recalculated on opening, so a result of 0 may only mean "not computed yet".
    """
    if raw and raw.type == "n" and raw.style == 0 and raw.formula is None and raw.text and raw.text.isdigit():
        grid.cells[row, col] = Cell(row, col, raw.text, number=Decimal(raw.text))
        return
    formula = raw.formula if raw else None
    code = formats[raw.style] if raw and raw.style < len(formats) else "General"
    if raw and raw.type == "e":
        grid.put(Cell(row, col, raw.text or "#REF!", error=True, formula=formula))
    elif formula and raw and (not raw.text or (doubtful and raw.text == "0" and formula != "…")):
        grid.uncached.add((row, col))
        grid.formats[row, col] = code
        grid.put(Cell(row, col, f"={formula}", formula=formula))
    elif isinstance(value, bool):
        grid.put(Cell(row, col, "TRUE" if value else "FALSE", formula=formula))
    elif isinstance(value, (date, datetime)):
        day = value.date() if isinstance(value, datetime) else value
        grid.put(Cell(row, col, f"{day:%d/%m/%Y}", day=day, formula=formula))
    elif isinstance(value, (int, float)):
        number = None
        if raw and raw.text:
            with suppress(InvalidOperation, ValueError):
                number = exact(raw.text)
        number = exact(value) if number is None else number
        grid.put(number_cell(row, col, number, format_code=code, formula=formula))
    else:
        text = clean(str(value))
        if text:
            grid.put(Cell(row, col, text, formula=formula))


def _tree(archive: zipfile.ZipFile, part: str) -> etree._Element | None:
    try:
        content = archive.read(part)
    except KeyError:
        return None
    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))


def _parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Name of each sheet → its part of the archive."""
    book, links = _tree(archive, "xl/workbook.xml"), _tree(archive, "xl/_rels/workbook.xml.rels")
    if book is None or links is None:
        return {}
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    parts = {}
    for sheet in book.iter("{*}sheet"):
        link = next((value for key, value in sheet.attrib.items() if key.endswith("}id")), None)
        target = targets.get(link, "")
        if target:
            part = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
            parts[sheet.get("name", "")] = part
    return parts


def _asks_to_be_recalculated(archive: zipfile.ZipFile) -> bool:
    book = _tree(archive, "xl/workbook.xml")
    return book is not None and any(calc.get("fullCalcOnLoad") in ("1", "true") for calc in book.iter("{*}calcPr"))


def _formats(archive: zipfile.ZipFile) -> list[str]:
    """Number format of each cell style."""
    styles = _tree(archive, "xl/styles.xml")
    if styles is None:
        return []
    own = {int(one.get("numFmtId", "0")): one.get("formatCode", "") for one in styles.iter("{*}numFmt")}
    xfs = next(styles.iter("{*}cellXfs"), None)
    ids = [int(xf.get("numFmtId", "0")) for xf in (xfs if xfs is not None else []) if isinstance(xf.tag, str)]
    return [own.get(one, _BUILT_IN.get(one, "General")) for one in ids]


def _elements(stream: IO[bytes]) -> Iterator[etree._Element]:
    """Rows, columns and merged ranges of a sheet as they are read; each is dropped after use."""
    tags = ("{*}row", "{*}col", "{*}mergeCell")
    options = {"resolve_entities": False, "no_network": True, "load_dtd": False}
    for _, element in etree.iterparse(stream, events=("end",), tag=tags, **options):
        yield element
        element.clear()
        parent = element.getparent()
        while parent is not None and element.getprevious() is not None:
            del parent[0]


def _raw_row(element: etree._Element) -> dict[int, Raw]:
    raw: dict[int, Raw] = {}
    col = 0
    for cell in element:
        place = _PLACE.match(cell.get("r") or "")
        col = column_number(place.group(1)) if place else col + 1
        text = formula = None
        for child in cell:
            if child.tag.endswith("}v"):
                text = child.text
            elif child.tag.endswith("}f"):
                formula = child.text or "…"
        if text is not None or formula is not None:
            raw[col] = Raw(cell.get("t") or "n", text, formula, int(cell.get("s") or 0))
    return raw


def _merge(ref: str) -> Merge | None:
    ends = [_PLACE.match(end) for end in ref.split(":")]
    if len(ends) != 2 or not ends[0] or not ends[1]:
        return None
    (left, top), (right, bottom) = ((column_number(end.group(1)), int(end.group(2))) for end in ends if end)
    return Merge(top, left, bottom, right)

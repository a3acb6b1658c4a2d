"""OpenDocument sheets, read from content.xml: values, percentages, formulas, fonts, merged and hidden parts."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from datetime import date

from lxml import etree

from vungcao.intake.reading.fonts import Legacy, decoded, legacy_of
from vungcao.intake.reading.grid import DayCell, ErrorCell, Grid, Merge, TextCell, clean, exact, number_cell

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
_MOST_REPEATED = 5_000
_PREFIX = re.compile(r"^(of|oooc|msoxl):=|^=")
_REFERENCE = re.compile(r"\[\.(\$?[A-Z]{1,3}\$?\d+)(?::\.(\$?[A-Z]{1,3}\$?\d+))?\]")  # on the same sheet


def read_ods(archive: zipfile.ZipFile) -> list[Grid]:
    """A grid for each sheet."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    root = etree.fromstring(archive.read("content.xml"), parser)
    named = etree.fromstring(archive.read("styles.xml"), parser) if "styles.xml" in archive.NameToInfo else None
    legacy = _legacy_styles([one for one in (named, root) if one is not None])
    unseen = {
        style.get(f"{_STYLE}name")
        for style in root.iter(f"{_STYLE}style")
        for about in style.iter(f"{_STYLE}table-properties")
        if about.get(f"{_TABLE}display") == "false"
    }
    return [_grid(table, table.get(f"{_TABLE}style-name") in unseen, legacy) for table in root.iter(f"{_TABLE}table")]


@dataclass(slots=True)
class _Fonts:
    """Letters from before Unicode: by style, and the styles of cells that name none, by column."""

    legacy: dict[str, Legacy]
    of_columns: dict[int, str]

    def at(self, cell: etree._Element, of_line: str | None, col: int) -> Legacy | None:
        own = cell.get(f"{_TABLE}style-name") or of_line or self.of_columns.get(col, "")
        return self.legacy.get(own)


def _legacy_styles(roots: list[etree._Element]) -> dict[str, Legacy]:
    """Styles whose font holds letters from before Unicode, by name; a style without a font has its parent's."""
    fonts: dict[str, str] = {}
    parents: dict[str, str] = {}
    faces = {face.get(f"{_STYLE}name", ""): face for root in roots for face in root.iter(f"{_STYLE}font-face")}
    for root in roots:
        for style in root.iter(f"{_STYLE}style"):
            name = style.get(f"{_STYLE}name", "")
            parents[name] = style.get(f"{_STYLE}parent-style-name", "")
            for about in style.iter(f"{_STYLE}text-properties"):
                said = about.get(f"{_STYLE}font-name") or about.get(f"{_FO}font-family") or ""
                face = faces.get(said)
                fonts[name] = (face.get(f"{_SVG}font-family", said) if face is not None else said).strip("'\"")
    found: dict[str, Legacy] = {}
    for name in parents:
        own = name if fonts.get(name) else parents[name]
        if legacy := legacy_of(fonts.get(own, "")):
            found[name] = legacy
    return found


def _grid(table: etree._Element, hidden: bool, legacy: dict[str, Legacy]) -> Grid:
    grid = Grid(clean(table.get(f"{_TABLE}name", "")), hidden)
    col = 1
    fonts = _Fonts(legacy, {})
    for column in table.iter(f"{_TABLE}table-column"):
        times = int(column.get(f"{_TABLE}number-columns-repeated", "1"))
        if own := column.get(f"{_TABLE}default-cell-style-name"):
            fonts.of_columns.update(dict.fromkeys(range(col, col + min(times, 1_000)), own))
        if column.get(f"{_TABLE}visibility") in ("collapse", "filter"):
            grid.hidden_cols.update(range(col, col + min(times, 1_000)))
        col += times
    row = 1
    for line in table.iter(f"{_TABLE}table-row"):
        times = int(line.get(f"{_TABLE}number-rows-repeated", "1"))
        full = any(len(cell) for cell in line)
        for again in range(min(times, _MOST_REPEATED) if full else 0):
            _read_row(grid, line, row + again, fonts)
        if line.get(f"{_TABLE}visibility") in ("collapse", "filter"):
            grid.hidden_rows.update(range(row, row + min(times, _MOST_REPEATED)))
        row += times
    return grid


def _read_row(grid: Grid, line: etree._Element, row: int, fonts: _Fonts) -> None:
    of_line = line.get(f"{_TABLE}default-cell-style-name")
    col = 1
    for cell in line:
        if cell.tag not in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
            continue
        times = int(cell.get(f"{_TABLE}number-columns-repeated", "1"))
        down = int(cell.get(f"{_TABLE}number-rows-spanned", "1"))
        right = int(cell.get(f"{_TABLE}number-columns-spanned", "1"))
        if down > 1 or right > 1:
            grid.merges.append(Merge(row, col, row + down - 1, col + right - 1))
        for again in range(min(times, _MOST_REPEATED) if len(cell) else 0):
            _put(grid, cell, row, col + again, fonts.at(cell, of_line, col + again))
        col += times


def _put(grid: Grid, cell: etree._Element, row: int, col: int, legacy: Legacy | None) -> None:
    kind = cell.get(f"{_OFFICE}value-type", "string")
    formula = as_excel_says(cell.get(f"{_TABLE}formula"))
    paragraphs = [" ".join(paragraph.itertext()) for paragraph in cell.iter(f"{_TEXT}p")]
    said = clean(" ".join(paragraphs))
    if said.startswith(("#", "Err:")) and formula:
        grid.put(ErrorCell(row, col, said, formula))
    elif kind in ("float", "currency", "percentage"):
        code = _format_of(said, percent=kind == "percentage")
        value = exact(cell.get(f"{_OFFICE}value", "0"))
        grid.put(number_cell(row, col, value, format_code=code, formula=formula))
    elif kind == "date":
        day = date.fromisoformat(cell.get(f"{_OFFICE}date-value", "")[:10])
        grid.put(DayCell(row, col, day, formula))
    else:
        grid.put(TextCell(row, col, clean(decoded(said, legacy)) if legacy else said, formula))


def as_excel_says(formula: str | None) -> str | None:
    """``of:=SUM([.C4:.C6];[.D4])`` → ``SUM(C4:C6,D4)``; what points to another sheet stays as it is."""
    if not formula:
        return None
    said = _REFERENCE.sub(lambda one: one.group(1) + (f":{one.group(2)}" if one.group(2) else ""), formula)
    parts = re.split(r'("[^"]*")', _PREFIX.sub("", said))
    return "".join(part if part.startswith('"') else part.replace(";", ",") for part in parts)


def _format_of(said: str, *, percent: bool) -> str:
    """A number format that prints as many decimals as the percentage was seen with."""
    if not percent:
        return "General"
    digits = said.rstrip("% ")
    places = max((len(digits) - 1 - digits.rfind(sign) for sign in ",." if sign in digits), default=0)
    return "0." + "0" * places + "%" if places else "0%"

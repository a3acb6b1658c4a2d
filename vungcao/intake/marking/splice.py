"""One sheet's XML, changed only where it must be: bytes are put in at the places a parser tells, the rest stays.

What may change: the style of a cell concerned (a cell or row that is not there is added in its order), the
``legacyDrawing`` that notes hang on, and whether the sheet is the one selected.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from typing import Final
from xml.parsers import expat

from vungcao.intake.marking.package import CannotMark

Place = tuple[int, int]
Restyle = Callable[[int, int, int], int]

_TAG: Final = re.compile(rb"<[^>\"']*(?:\"[^\"]*\"[^>\"']*|'[^']*'[^>\"']*)*>")
_PLACE: Final = re.compile(r"^\$?([A-Za-z]{1,3})\$?([1-9]\d{0,6})")
_NUMBER: Final = re.compile(rb"\sr\s*=\s*[\"'](\d+)[\"']")
_MERGE: Final = re.compile(rb"<(?:[\w.-]+:)?mergeCell\s[^>]*?ref\s*=\s*[\"']([A-Z]+\d+):([A-Z]+\d+)[\"']")
_AFTER_DRAWING: Final = {
    "legacyDrawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
}
LAST_ROW: Final = 1_048_576
LAST_COLUMN: Final = 16_384


def place(said: str) -> Place | None:
    """Row and column of ``B7`` (the first cell of ``B7:C9``); None when it names no cell."""
    match = _PLACE.match(said.strip())
    if match is None:
        return None
    row, col = int(match[2]), _column(match[1].upper())
    return (row, col) if row <= LAST_ROW and col <= LAST_COLUMN else None


def address(row: int, col: int) -> str:
    """``B7`` of row 7, column 2."""
    letters = ""
    while col:
        col, rest = divmod(col - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"


def anchors(data: bytes, wanted: Collection[Place]) -> dict[Place, Place]:
    """For each wanted place that a merged range covers, the first place of that range."""
    start = data.find(b"mergeCells")
    if start < 0 or not wanted:
        return {}
    rows = sorted(wanted)
    found: dict[Place, Place] = {}
    for match in _MERGE.finditer(data, start):
        first, last = place(match[1].decode()), place(match[2].decode())
        if first and last:
            at = bisect_left(rows, (first[0], 0))
            while at < len(rows) and rows[at][0] <= last[0]:
                if first[1] <= rows[at][1] <= last[1]:
                    found[rows[at]] = first
                at += 1
    return found


def utf8(data: bytes) -> bytes:
    """The same XML in an encoding that plain letters may be put into."""
    if data[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        return data
    text = re.sub(r"^(<\?xml[^>]*?)\s+encoding\s*=\s*([\"']).*?\2", r"\1", data.decode("utf-16"), count=1)
    return text.encode()


@dataclass
class Sheet:
    """A pass over a sheet: ``restyle(row, col, style)`` is asked for each wanted place, and for each cell whose
    style is among ``ours``. After ``run``, ``legacy`` is the id of the drawing of notes and ``widths`` the columns'.
    """

    data: bytes
    wanted: Collection[Place]
    restyle: Restyle
    ours: Collection[int] = ()
    deselect: bool = False
    legacy: str | None = None
    widths: list[tuple[int, int, float]] = field(default_factory=list)
    _edits: list[tuple[int, int, bytes]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._todo: dict[int, list[int]] = {}
        for row, col in sorted(self.wanted):
            self._todo.setdefault(row, []).append(col)
        self._absent = list(self._todo)  # rows not yet met, in order
        self._styles: list[tuple[int, int, int]] = []  # of columns
        self._prefix = b""
        self._depth = self._row = self._col = self._row_style = self._tail = 0
        self._row_cols: list[int] = []
        self._inside = False
        self._aside: int | None = None
        self._row_at, self._row_spans = 0, ""
        self._data_at = 0

    def run(self) -> Sheet:
        """Read it through; raises ``ExpatError`` where the XML is broken."""
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.StartDoctypeDeclHandler = _refuse
        self._pieces = _concerned(self.data, sorted(self._todo), self.ours)
        self._begins = list(accumulate((end - start for start, end in self._pieces), initial=0))
        for start, end in self._pieces:
            self._parser.Parse(self.data[start:end], False)
        self._parser.Parse(b"", True)
        return self

    def hang(self, relation: str, namespace: str) -> None:
        """Name the drawing of notes by its relationship id."""
        tag = f'<{self._prefix.decode()}legacyDrawing xmlns:vcr="{namespace}" vcr:id="{relation}"/>'
        self._edits.append((self._tail, self._tail, tag.encode()))

    def result(self) -> bytes:
        """The sheet with what was to be changed."""
        kept, at = [], 0
        for start, end, put in sorted(self._edits, key=lambda edit: edit[:2]):
            kept += [self.data[at:start], put]
            at = end
        return b"".join([*kept, self.data[at:]])

    @property
    def _at(self) -> int:
        """Where in the whole sheet the parser is."""
        seen = self._parser.CurrentByteIndex
        piece = bisect_right(self._begins, seen, hi=len(self._pieces)) - 1
        return self._pieces[piece][0] + seen - self._begins[piece]

    # what the parser meets ------------------------------------------------------------------------------------
    def _start(self, name: str, about: dict[str, str]) -> None:
        self._depth += 1
        depth = self._depth
        if self._inside and depth == 4:
            if name.endswith("c"):
                self._cell(about)
        elif self._inside and depth == 3:
            self._row_starts(about)
        elif depth <= 4 and not self._inside:
            self._outside(name.rsplit(":", 1)[-1], depth, name, about)

    def _outside(self, local: str, depth: int, name: str, about: dict[str, str]) -> None:
        at = self._at
        if depth == 1:
            self._prefix = name[: len(name) - len(local)].encode()
        elif depth == 2:
            self._aside = at if local == "AlternateContent" else None
            self._inside = local == "sheetData"
            self._data_at = at if self._inside else self._data_at
            if local == "legacyDrawing":
                self.legacy = next((value for key, value in about.items() if key.rsplit(":", 1)[-1] == "id"), None)
            elif local in _AFTER_DRAWING and not self._tail:
                self._tail = at
            elif local == "dimension":
                self._widen(at, about.get("ref", ""))
        elif depth == 3 and local == "col":
            self._column(about)
        elif depth == 3 and local == "sheetView" and self.deselect and about.get("tabSelected") in ("1", "true"):
            self._replace(at, b"tabSelected", None)
        elif depth == 4 and self._aside is not None and local in _AFTER_DRAWING and not self._tail:
            self._tail = self._aside

    def _column(self, about: dict[str, str]) -> None:
        first, last = int(about["min"]), int(about["max"])
        self._styles.append((first, last, int(about.get("style", "0"))))
        if "width" in about or about.get("hidden") in ("1", "true"):
            hidden = about.get("hidden") in ("1", "true")
            self.widths.append((first, last, 0.0 if hidden else float(about["width"])))

    def _row_starts(self, about: dict[str, str]) -> None:
        at = self._at
        self._row = int(about["r"]) if "r" in about else self._row + 1
        self._col = 0
        while self._absent and self._absent[0] < self._row:
            self._add_row(at, self._absent.pop(0))
        if self._absent and self._absent[0] == self._row:
            self._row_cols = list(self._todo[self._absent.pop(0)])
            self._row_style = int(about.get("s", "0")) if about.get("customFormat") in ("1", "true") else -1
            self._row_at, self._row_spans = at, about.get("spans", "")
        else:
            self._row_cols = []

    def _cell(self, about: dict[str, str]) -> None:
        self._col = _column(about["r"].rstrip("0123456789")) if "r" in about else self._col + 1
        cols = self._row_cols
        if not cols and not self.ours:
            return
        while cols and cols[0] < self._col:
            self._add_cell(self._at, self._row, cols.pop(0))
        style = int(about.get("s", "0"))
        mine = bool(cols) and cols[0] == self._col
        if mine:
            cols.pop(0)
        if mine or style in self.ours:
            new = self.restyle(self._row, self._col, style)
            if new != style:
                self._replace(self._at, b"s", b"%d" % new)

    def _end(self, name: str) -> None:
        depth, self._depth = self._depth, self._depth - 1
        if self._inside and depth == 3 and self._row_cols:
            self._row_ends(name.encode())
        elif self._inside and depth == 2:
            self._rows_end(name.encode())
        elif depth == 1 and not self._tail:
            self._tail = self._at

    def _row_ends(self, name: bytes) -> None:
        at = self._at
        tag = self._tag(self._row_at)
        last, cells = max(self._row_cols), self._cells(self._row, self._row_cols)
        new = _reaching(tag, self._row_spans, last)
        if tag.endswith(b"/>"):
            new = new[:-2].rstrip() + b">" + cells + b"</" + name + b">"
        else:
            self._edits.append((at, at, cells))
        if new != tag:
            self._edits.append((self._row_at, self._row_at + len(tag), new))
        self._row_cols = []

    def _rows_end(self, name: bytes) -> None:
        self._inside = False
        tag = self._tag(self._data_at)
        rows = b"".join(self._new_row(row) for row in self._absent)
        self._absent = []
        if rows and tag.endswith(b"/>"):
            end = self._data_at + len(tag)
            self._edits.append((self._data_at, end, tag[:-2].rstrip() + b">" + rows + b"</" + name + b">"))
        elif rows:
            self._edits.append((self._at, self._at, rows))

    # what is put in -----------------------------------------------------------------------------------------
    def _tag(self, at: int) -> bytes:
        match = _TAG.match(self.data, at)
        assert match is not None  # the parser has just read it
        return match[0]

    def _replace(self, at: int, attribute: bytes, value: bytes | None) -> None:
        tag = self._tag(at)
        self._edits.append((at, at + len(tag), _with(tag, attribute, value)))

    def _add_row(self, at: int, row: int) -> None:
        self._edits.append((at, at, self._new_row(row)))

    def _new_row(self, row: int) -> bytes:
        self._row_style = -1
        cells = self._cells(row, self._todo[row])
        return b'<%srow r="%d">%s</%srow>' % (self._prefix, row, cells, self._prefix)

    def _add_cell(self, at: int, row: int, col: int) -> None:
        self._edits.append((at, at, self._cells(row, [col])))

    def _cells(self, row: int, cols: list[int]) -> bytes:
        made = b""
        for col in cols:
            style = self.restyle(row, col, self._row_style if self._row_style >= 0 else self._style_of(col))
            made += b'<%sc r="%s" s="%d"/>' % (self._prefix, address(row, col).encode(), style)
        return made

    def _style_of(self, col: int) -> int:
        return next((style for first, last, style in self._styles if first <= col <= last), 0)

    def _widen(self, at: int, said: str) -> None:
        ends = [place(part) for part in said.split(":")]
        if not self.wanted or None in ends:
            return
        known = [end for end in ends if end]
        all_rows = [row for row, _ in [*known, *self.wanted]]
        all_cols = [col for _, col in [*known, *self.wanted]]
        new = f"{address(min(all_rows), min(all_cols))}:{address(max(all_rows), max(all_cols))}"
        if {(min(all_rows), min(all_cols)), (max(all_rows), max(all_cols))} != set(known):
            self._replace(at, b"ref", new.encode())


def _concerned(data: bytes, rows: list[int], ours: Collection[int]) -> list[tuple[int, int]]:
    """The pieces of a sheet worth parsing: all but rows that nothing is wanted of. The whole sheet, where its rows
    can't be told apart by their tags alone (comments, unnumbered rows, rows out of order).
    """
    whole = [(0, len(data))]
    opening = re.search(rb"<((?:[\w.-]+:)?)sheetData\s*>", data)
    if opening is None or b"<!" in data or data.find(b"<?", 6) >= 0:
        return whole
    closing = data.rfind(b"</" + opening[1] + b"sheetData")
    starts, numbers = [], []
    for match in re.compile(rb"<%srow[\s/>][^>]*" % opening[1]).finditer(data, 0, max(closing, 0)):
        said = _NUMBER.search(match[0])
        if said is None:
            return whole
        starts.append(match.start())
        numbers.append(int(said[1]))
    if not starts or any(one >= other for one, other in pairwise(numbers)):
        return whole
    kept = {bisect_left(numbers, row) for row in rows} - {len(numbers)}  # a row, or the one it comes before
    if ours:
        styled = rb"\ss\s*=\s*[\"'](?:%s)[\"']" % b"|".join(b"%d" % style for style in sorted(ours))
        found = re.compile(styled).finditer(data, starts[0], closing)
        kept |= {bisect_right(starts, match.start()) - 1 for match in found}
    ends = [*starts[1:], closing]
    return [(0, starts[0]), *((starts[index], ends[index]) for index in sorted(kept)), (closing, len(data))]


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _with(tag: bytes, attribute: bytes, value: bytes | None) -> bytes:
    """A start tag with an attribute set, or taken away."""
    said = re.compile(rb"(\s+)%s\s*=\s*(?:\"[^\"]*\"|'[^']*')" % attribute)
    if value is None:
        return said.sub(b"", tag, count=1)
    if said.search(tag):
        return said.sub(rb'\g<1>%s="%s"' % (attribute, value), tag, count=1)
    end = 2 if tag.endswith(b"/>") else 1
    return tag[:-end].rstrip() + b' %s="%s"' % (attribute, value) + tag[-end:]


def _reaching(tag: bytes, spans: str, last: int) -> bytes:
    """A row's start tag whose hint of columns used reaches ``last``."""
    first, _, end = spans.partition(":")
    if not (first.isdigit() and end.isdigit()) or last <= int(end):
        return tag
    return _with(tag, b"spans", f"{first}:{last}".encode())


def _refuse(*_: object) -> None:
    raise CannotMark("Tệp có khai báo kiểu tài liệu (DTD) nên không mở.")

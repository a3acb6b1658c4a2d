"""Notes at cells: the part that holds the words and the drawing Excel wants beside it, merged with what is there."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from vungcao.intake.marking.package import CONTENT, CannotMark, Package, Relations, legible
from vungcao.intake.marking.splice import LAST_COLUMN, LAST_ROW, Place, Sheet, address, place

AUTHOR: Final = "Vùng Cao (kiểm tra)"
RULE: Final = "—— Vùng Cao ——"
_THREAD: Final = "tc="
_BOX_WIDTH, _LINE, _LETTERS, _ROW_HEIGHT = 300, 16, 44, 20  # pixels; letters on a line
_SHAPE: Final = re.compile(rb"<v:shape\s.*?</v:shape>", re.DOTALL)
_BLANK: Final = (
    b'<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    b'xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit">'
    b'<o:idmap v:ext="edit" data="1"/></o:shapelayout></xml>'
)
_KIND: Final = (
    b'<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    b'<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)


@dataclass(frozen=True)
class Said:
    """One thing to say at a cell: its weight in words, and the sentence."""

    weight: str
    sentence: str


@dataclass
class Notes:
    """The notes of one sheet; ``threads`` are cells that hold a conversation, which is left as it is."""

    package: Package
    part: str
    namespace: str
    relations_namespace: str
    threads: list[str] = field(default_factory=list)
    _room: set[str] = field(default_factory=set)  # boxes an earlier check has made taller

    def __post_init__(self) -> None:
        self.relations = Relations(self.package, self.part)
        self.words = self.relations.of_kind("comments")
        if self.words is not None and self.words not in self.package:
            self.words = None
        self.root = self.package.tree(self.words) if self.words else self._blank()
        self.authors = self._one("authors", 0)
        self.list = self._one("commentList", 1)

    @property
    def are_marked(self) -> bool:
        """An earlier check left notes here."""
        return any(self._is_ours(comment) or self._seam(comment) for comment in self.list)

    def write(self, said: Mapping[Place, list[Said]], sheet: Sheet) -> None:
        """Take earlier notes of ours away, add these, and hang their drawing on the sheet."""
        drawing = self.relations.target(sheet.legacy) if sheet.legacy else None
        known = drawing is not None and drawing in self.package
        shapes = self.package.read(drawing) if known and drawing else _BLANK
        for comment in list(self.list):
            shapes = self._forget(comment, shapes)
        there = {comment.get("ref"): comment for comment in self.list}
        for (row, col), things in sorted(said.items()):
            at = address(row, col)
            lines = _lines(things)
            if at in there:
                shapes = self._append(there[at], at, lines, shapes)
            else:
                self._add(at, lines)
                shapes = _with_shape(shapes, (row, col), lines, sheet.widths)
        self._keep(sheet, shapes, drawing if known else None)

    def _keep(self, sheet: Sheet, shapes: bytes, drawing: str | None) -> None:
        if self.words is None:
            self.words = self.package.free("xl/comments{}.xml")
            self.package.plant(self.words, self.root)
            self.package.declare(self.words, CONTENT + "spreadsheetml.comments+xml")
            self.relations.add(f"{self.relations_namespace}/comments", self.words)
        self.package.plant(self.words, self.root)
        if drawing is None:
            drawing = self.package.free("xl/drawings/vmlDrawing{}.vml")
            self.package.declare(drawing, CONTENT + "vmlDrawing")
            sheet.hang(self.relations.add(f"{self.relations_namespace}/vmlDrawing", drawing), self.relations_namespace)
        self.package.write(drawing, shapes)

    # words ---------------------------------------------------------------------------------------------------
    def _forget(self, comment: etree._Element, shapes: bytes) -> bytes:
        at = place(comment.get("ref", ""))
        if at and self._is_ours(comment):
            self.list.remove(comment)
            return _SHAPE.sub(lambda shape: b"" if _stands_at(shape[0], at) else shape[0], shapes)
        seam = self._seam(comment)
        if seam is not None:
            self._room.add(comment.get("ref", ""))
            for later in list(seam.getparent().itersiblings(self._tag("r"))):
                later.getparent().remove(later)
            seam.text = (seam.text or "").partition(RULE)[0].rstrip("\n")
            if not seam.text and seam.getparent().tag == self._tag("r"):
                seam.getparent().getparent().remove(seam.getparent())
        return shapes

    def _append(self, comment: etree._Element, at: str, lines: list[tuple[str, bool]], shapes: bytes) -> bytes:
        if self._author(comment).startswith(_THREAD):
            self.threads.append(at)
            return shapes
        text = comment.find(self._tag("text"))
        if text is None:
            text = etree.SubElement(comment, self._tag("text"))
        plain = text.find(self._tag("t"))
        if plain is not None:  # plain words stand alone; beside runs they are a run
            words, run = plain.text or "", etree.Element(self._tag("r"))
            text.replace(plain, run)
            self._words(run, words)
        runs = [(f"\n{RULE}\n", False), *lines]
        after = [run for run in text if run.tag == self._tag("r")]
        start = text.index(after[-1]) + 1 if after else 0
        for index, run in enumerate(self._runs(runs)):
            text.insert(start + index, run)
        where = place(at)
        if where is None or at in self._room:
            return shapes
        return _SHAPE.sub(
            lambda shape: _taller(shape[0], _height(runs)) if _stands_at(shape[0], where) else shape[0], shapes
        )

    def _add(self, at: str, lines: list[tuple[str, bool]]) -> None:
        names = [author.text or "" for author in self.authors]
        if AUTHOR not in names:
            etree.SubElement(self.authors, self._tag("author")).text = AUTHOR
            names.append(AUTHOR)
        about = {"ref": at, "authorId": str(names.index(AUTHOR)), "shapeId": "0"}
        comment = etree.SubElement(self.list, self._tag("comment"), about)
        etree.SubElement(comment, self._tag("text")).extend(self._runs(lines))

    def _runs(self, lines: list[tuple[str, bool]]) -> list[etree._Element]:
        runs = []
        for words, bold in lines:
            run = etree.Element(self._tag("r"))
            look = etree.SubElement(run, self._tag("rPr"))
            if bold:
                etree.SubElement(look, self._tag("b"))
            etree.SubElement(look, self._tag("sz"), val="9")
            etree.SubElement(look, self._tag("color"), indexed="81")
            etree.SubElement(look, self._tag("rFont"), val="Tahoma")
            etree.SubElement(look, self._tag("family"), val="2")
            self._words(run, words)
            runs.append(run)
        return runs

    def _words(self, run: etree._Element, words: str) -> None:
        said = etree.SubElement(run, self._tag("t"))
        said.text = words
        said.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")

    def _is_ours(self, comment: etree._Element) -> bool:
        return self._author(comment) == AUTHOR

    def _seam(self, comment: etree._Element) -> etree._Element | None:
        """The words after which an officer's note holds what an earlier check said."""
        return next((said for said in comment.iter(self._tag("t")) if RULE in (said.text or "")), None)

    def _author(self, comment: etree._Element) -> str:
        number = int(comment.get("authorId", "-1"))
        return (self.authors[number].text or "") if 0 <= number < len(self.authors) else ""

    def _blank(self) -> etree._Element:
        return etree.Element(self._tag("comments"), nsmap={None: self.namespace})

    def _one(self, name: str, at: int) -> etree._Element:
        found = self.root.find(self._tag(name))
        if found is None:
            found = etree.Element(self._tag(name))
            self.root.insert(at, found)
        return found

    def _tag(self, name: str) -> str:
        return f"{{{self.namespace}}}{name}"


def _lines(things: list[Said]) -> list[tuple[str, bool]]:
    """Runs of a note: the weight in bold, then the sentence."""
    lines = []
    for number, thing in enumerate(things):
        end = "\n" if number < len(things) - 1 else ""
        lines += [(f"{thing.weight}: ", True), (legible(thing.sentence, 2_000) + end, False)]
    return lines


# the drawing ------------------------------------------------------------------------------------------------
def _with_shape(shapes: bytes, at: Place, lines: list[tuple[str, bool]], widths: list[tuple[int, int, float]]) -> bytes:
    """The drawing with one more box, hidden until its cell is pointed at."""
    row, col = at
    number = max([1024, *(int(one) for one in re.findall(rb"_x0000_s(\d{1,9})\b", shapes))]) + 1
    left = min(col, LAST_COLUMN - 5)
    right, filled = left, 0
    while filled < _BOX_WIDTH and right < LAST_COLUMN - 1:
        right += 1
        filled += _pixels(right, widths)
    top = min(max(row - 2, 0), LAST_ROW - 40)
    bottom = top + math.ceil(_height(lines) / _ROW_HEIGHT)
    bound = b"" if all(f'xmlns:{one}="'.encode() in shapes for one in "vox") else (
        b' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
        b'xmlns:x="urn:schemas-microsoft-com:office:excel"'
    )  # fmt: skip
    shape = (
        b'<v:shape%s id="_x0000_s%d" type="#_x0000_t202" style="position:absolute;margin-left:60pt;margin-top:2pt;'
        b'width:%dpx;height:%dpx;z-index:1;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto">'
        b'<v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
        b'<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
        b'<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
        b"<x:Anchor>%d, 12, %d, 4, %d, 12, %d, 8</x:Anchor><x:AutoFill>False</x:AutoFill>"
        b"<x:Row>%d</x:Row><x:Column>%d</x:Column></x:ClientData></v:shape>"
        % (bound, number, _BOX_WIDTH, _height(lines), left, top, right, bottom, row - 1, col - 1)
    )
    kind = b"" if b'id="_x0000_t202"' in shapes else _KIND
    end = shapes.rfind(b"</xml")
    if end < 0:
        raise CannotMark("Phần ghi chú trong tệp bị hỏng nên không chèn thêm được: mở bằng Excel rồi lưu lại.")
    return shapes[:end] + kind + shape + shapes[end:]


def _height(lines: list[tuple[str, bool]]) -> int:
    letters = "".join(words for words, _ in lines)
    rows = sum(max(1, math.ceil(len(line) / _LETTERS)) for line in letters.split("\n"))
    return min(rows, 30) * _LINE + 14


def _pixels(column: int, widths: list[tuple[int, int, float]]) -> int:
    """Width of a column counted from 0 in pixels."""
    said = next((width for first, last, width in widths if first <= column + 1 <= last), 8.43)
    return round(said * 7 + 5) if said else 0


def _stands_at(shape: bytes, at: Place) -> bool:
    row, col = re.search(rb"<x:Row>\s*(\d+)", shape), re.search(rb"<x:Column>\s*(\d+)", shape)
    return bool(row and col and b'"Note"' in shape and (int(row[1]) + 1, int(col[1]) + 1) == at)


def _taller(shape: bytes, more: int) -> bytes:
    """A box with room below for what is added to its note."""
    match = re.search(rb"(<x:Anchor>(?:\s*\d+\s*,){6}\s*)(\d+)", shape)
    if match is None:
        return shape
    rows = int(match[2]) + math.ceil(more / _ROW_HEIGHT)
    return shape[: match.start(2)] + b"%d" % min(rows, LAST_ROW - 1) + shape[match.end(2) :]

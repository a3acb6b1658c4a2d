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
_BOX_WIDTH, _ASIDE, _LINE, _LETTERS, _ROW_HEIGHT = 300, 12, 16, 44, 20  # pixels; letters on a line
_SHAPE: Final = re.compile(rb"<v:shape\s.*?</v:shape>", re.DOTALL)
_NOTE: Final = re.compile(rb"ObjectType\s*=\s*[\"']Note[\"']")
_SPACES: Final = (
    b'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    b'xmlns:x="urn:schemas-microsoft-com:office:excel"'
)
_BLANK: Final = b'<xml %s><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout></xml>' % _SPACES
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
        return any(self._is_ours(comment) or self._seam(comment) is not None for comment in self.list)

    def write(self, said: Mapping[Place, list[Said]], sheet: Sheet) -> None:
        """Take earlier notes of ours away, add these, and hang their drawing on the sheet."""
        drawing = self.relations.target(sheet.legacy) if sheet.legacy else None
        known = drawing is not None and drawing in self.package
        shapes = self.package.read(drawing) if known and drawing else _BLANK
        gone = {at for comment in list(self.list) if (at := self._forget(comment))}
        there = {comment.get("ref"): comment for comment in self.list}
        taller: dict[Place, int] = {}
        new: list[tuple[Place, int]] = []
        for at, things in sorted(said.items()):
            lines = [(f"{RULE}\n", False), *_lines(things)]
            if (held := there.get(address(*at))) is None:
                self._add(address(*at), lines)
                new.append((at, _height(lines)))
            elif self._author(held).startswith(_THREAD):
                self.threads.append(address(*at))
            else:
                taller[at] = self._append(held, lines)
        shapes = _with_shapes(_changed(shapes, gone, taller), new, sheet.widths)
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
    def _forget(self, comment: etree._Element) -> Place | None:
        """Take away what an earlier check said; the place, where that was the whole note."""
        if self._is_ours(comment) or "".join(comment.itertext()).lstrip().startswith(RULE):
            self.list.remove(comment)
            return place(comment.get("ref", ""))
        seam = self._seam(comment)
        if seam is not None:
            self._room.add(comment.get("ref", ""))
            for later in list(seam.getparent().itersiblings(self._tag("r"))):
                later.getparent().remove(later)
            seam.text = (seam.text or "").partition(RULE)[0].rstrip("\n")
            if not seam.text and seam.getparent().tag == self._tag("r"):
                seam.getparent().getparent().remove(seam.getparent())
        return None

    def _append(self, comment: etree._Element, lines: list[tuple[str, bool]]) -> int:
        """Say more below an officer's note; returns by how many pixels its box should grow."""
        text = comment.find(self._tag("text"))
        if text is None:
            text = etree.SubElement(comment, self._tag("text"))
        plain = text.find(self._tag("t"))
        if plain is not None:  # plain words stand alone; beside runs they are a run
            words, run = plain.text or "", etree.Element(self._tag("r"))
            text.replace(plain, run)
            self._words(run, words)
        runs = [(f"\n{RULE}\n", False), *lines[1:]]
        after = [run for run in text if run.tag == self._tag("r")]
        start = text.index(after[-1]) + 1 if after else 0
        for index, run in enumerate(self._runs(runs)):
            text.insert(start + index, run)
        return 0 if comment.get("ref") in self._room else _height(runs)

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
def _changed(shapes: bytes, gone: set[Place], taller: Mapping[Place, int]) -> bytes:
    """The drawing without some boxes, with others made taller."""

    def change(match: re.Match[bytes]) -> bytes:
        at = _place_of(match[0])
        if at in gone:
            return b""
        return _taller(match[0], taller[at]) if at is not None and at in taller else match[0]

    return _SHAPE.sub(change, shapes) if gone or taller else shapes


def _with_shapes(shapes: bytes, new: list[tuple[Place, int]], widths: list[tuple[int, int, float]]) -> bytes:
    """The drawing with more boxes of given heights, each hidden until its cell is pointed at."""
    end = shapes.rfind(b"</xml")
    if end < 0:
        raise CannotMark("Phần ghi chú trong tệp bị hỏng nên không chèn thêm được: mở bằng Excel rồi lưu lại.")
    bound = b"" if all(f'xmlns:{one}="'.encode() in shapes for one in "vox") else b" " + _SPACES
    last = max([1024, *(int(one) for one in re.findall(rb"_x0000_s(\d{1,9})\b", shapes))])
    kind = (
        b""
        if re.search(rb"<v:shapetype\s[^>]*_x0000_t202", shapes) or not new
        else _KIND.replace(b"<v:shapetype", b"<v:shapetype" + bound)
    )
    made = [_shape(at, height, last + number, widths, bound) for number, (at, height) in enumerate(new, start=1)]
    return b"".join([shapes[:end], kind, *made, shapes[end:]])


def _shape(at: Place, height: int, number: int, widths: list[tuple[int, int, float]], bound: bytes) -> bytes:
    row, col = at
    left = min(col, LAST_COLUMN - 5)
    right, over = left, _BOX_WIDTH + _ASIDE  # the box ends in this column, so many pixels from its left edge
    while (width := _pixels(right, widths)) < over and right < LAST_COLUMN - 1:
        right, over = right + 1, over - width
    top = min(max(row - 2, 0), LAST_ROW - 40)
    bottom = top + math.ceil(height / _ROW_HEIGHT)
    return (
        b'<v:shape%s id="_x0000_s%d" type="#_x0000_t202" style="position:absolute;margin-left:60pt;margin-top:2pt;'
        b'width:%dpx;height:%dpx;z-index:1;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto">'
        b'<v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
        b'<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
        b'<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
        b"<x:Anchor>%d, %d, %d, 4, %d, %d, %d, 8</x:Anchor><x:AutoFill>False</x:AutoFill>"
        b"<x:Row>%d</x:Row><x:Column>%d</x:Column></x:ClientData></v:shape>"
        % (bound, number, _BOX_WIDTH, height, left, _ASIDE, top, right, over, bottom, row - 1, col - 1)
    )


def _height(lines: list[tuple[str, bool]]) -> int:
    letters = "".join(words for words, _ in lines)
    rows = sum(max(1, math.ceil(len(line) / _LETTERS)) for line in letters.split("\n"))
    return min(rows, 30) * _LINE + 14


def _pixels(column: int, widths: list[tuple[int, int, float]]) -> int:
    """Width of a column counted from 0 in pixels."""
    said = next((width for first, last, width in widths if first <= column + 1 <= last), 8.43)
    return round(said * 7 + 5) if said else 0


def _place_of(shape: bytes) -> Place | None:
    """The cell a box belongs to; None for what is no note."""
    row, col = re.search(rb"<x:Row>\s*(\d+)", shape), re.search(rb"<x:Column>\s*(\d+)", shape)
    return (int(row[1]) + 1, int(col[1]) + 1) if row and col and _NOTE.search(shape) else None


def _taller(shape: bytes, more: int) -> bytes:
    """A box with room below for what is added to its note."""
    match = re.search(rb"(<x:Anchor>(?:\s*\d+\s*,){6}\s*)(\d+)", shape)
    if match is None:
        return shape
    rows = int(match[2]) + math.ceil(more / _ROW_HEIGHT)
    return shape[: match.start(2)] + b"%d" % min(rows, LAST_ROW - 1) + shape[match.end(2) :]

"""Putting a marked copy together: problems to their cells, notes and colours there, the list as first sheet."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final
from xml.parsers.expat import ExpatError
from zoneinfo import ZoneInfo

from lxml import etree

from vungcao.intake.marking.book import Book, Tab
from vungcao.intake.marking.comments import Notes, Said
from vungcao.intake.marking.converting import Converted, converted
from vungcao.intake.marking.listing import Intro, Line, Listing
from vungcao.intake.marking.package import WORKBOOK, CannotMark, Package
from vungcao.intake.marking.splice import Place, Sheet, address, anchors, place, utf8
from vungcao.intake.marking.styles import WEIGHTS, Styles, Weight
from vungcao.kernel.refusal import Problem

MOST_MARKED: Final = 5_000
_RANK: Final = {weight: rank for rank, weight in enumerate(WEIGHTS)}
_BROKEN: Final = (zipfile.BadZipFile, zlib.error, etree.XMLSyntaxError, ExpatError, EOFError, NotImplementedError,
                  UnicodeError, KeyError, ValueError)  # fmt: skip


@dataclass(frozen=True)
class Marked:
    """The copy: where it is, whether it had to be made anew as xlsx, and what the officer should be told of it."""

    path: Path
    converted: bool
    note: str


def mark(path: Path, problems: Sequence[Problem], out: Path, *, at: datetime | None = None) -> Marked:
    """Write the workbook at ``path`` to ``out`` with its problems marked; ``out`` gets the ending the copy needs.

    ``at`` is the moment of the check (default now). Raises ``CannotMark`` (a Vietnamese sentence) for a file that is
    broken, locked by a password or no workbook; ``path`` itself is never written.
    """
    if path.resolve() == out.resolve():
        raise CannotMark(f"Không ghi bản đánh dấu đè lên tệp gốc “{path.name}”: chọn thư mục khác.")
    moment = at or datetime.now(ZoneInfo("Asia/Ho_Chi_Minh"))
    try:
        content = path.read_bytes()
    except OSError as error:
        raise CannotMark(f"Không mở được tệp “{path.name}”: {error.strerror}.") from None
    made = None if _is_xlsx(content) else converted(path)
    try:
        return _Marking(path.name, made.content if made else content, made, moment).mark(problems, out)
    except _BROKEN as error:
        said = f"Tệp “{path.name}” có phần bị hỏng nên không đánh dấu được ({type(error).__name__})."
        raise CannotMark(said) from error


def _is_xlsx(content: bytes) -> bool:
    if not content.startswith(b"PK"):
        return False
    name = WORKBOOK.encode()
    return name in content


@dataclass(frozen=True)
class _Aimed:
    """A problem with the sheet and place it was found to be about."""

    problem: Problem
    tab: Tab | None
    order: int
    where: Place | None = None  # as said
    seen: Place | None = None  # where it shows: the first cell of a merged range


class _Marking:
    def __init__(self, name: str, content: bytes, made: Converted | None, moment: datetime) -> None:
        self.name, self.made, self.moment = name, made, moment
        self.package = Package(name, content)
        self.book = Book(self.package, content)
        self.styles = Styles(self.package, self.book.namespace, self.book.relations, self.book.relations_namespace)
        self.before: dict[tuple[str, Place], int] = {}
        self.remarks: list[str] = [made.note] if made else []

    def mark(self, problems: Sequence[Problem], out: Path) -> Marked:
        aimed = self._seen(self._aim(problems))
        shown = list(dict.fromkeys((one.tab.name, one.seen) for one in aimed if one.tab and one.seen))
        if len(shown) > MOST_MARKED:
            self.remarks.append(
                f"Chỉ {MOST_MARKED:,} ô đầu được tô màu và ghi chú; danh sách thì đủ.".replace(",", ".")
            )
        marked = set(shown[:MOST_MARKED])
        for tab in self.book.tabs:
            if tab.part in self.package:
                mine = [one for one in aimed if one.tab == tab and (tab.name, one.seen) in marked]
                self._mark_sheet(tab, mine)
        if self.styles.is_full:
            self.remarks.append(
                "Tệp đã dùng hết số kiểu định dạng Excel cho phép nên có ô chỉ có ghi chú, không tô màu."
            )
        if any(part.startswith("_xmlsignatures/") for part in self.package.parts()):
            self.remarks.append("Chữ ký số của tệp gốc không còn giá trị trên bản đánh dấu này.")
        self._list(aimed, marked)
        target = out.with_suffix(self.package.suffix)
        self.package.save(target)
        return Marked(target, self.made is not None, " ".join(self.remarks))

    # problems to places -------------------------------------------------------------------------------------
    def _aim(self, problems: Iterable[Problem]) -> list[_Aimed]:
        """Each different problem with its sheet and place, worst first, then in the order of the workbook."""
        order = {tab.name: number for number, tab in enumerate(self.book.tabs)}
        aimed = []
        for problem in dict.fromkeys(problems):
            tab = self._tab(problem.where.sheet) if problem.where.sheet or problem.where.cell else None
            where = place(problem.where.cell) if tab and tab.kind == "worksheet" else None
            aimed.append(_Aimed(problem, tab, order[tab.name] if tab else -1, where))
        return sorted(aimed, key=lambda one: (_RANK[one.problem.weight], one.order, one.where or (0, 0)))

    def _tab(self, said: str) -> Tab | None:
        if self.made and self.made.is_text:
            return self.book.tabs[0]
        return self.book.tab(self.made.names.get(said, said) if self.made else said)

    def _seen(self, aimed: list[_Aimed]) -> list[_Aimed]:
        found: dict[str, dict[Place, Place]] = {}
        for tab in self.book.tabs:
            places = {one.where for one in aimed if one.tab == tab and one.where}
            if places and tab.part in self.package:
                found[tab.name] = anchors(utf8(self.package.read(tab.part)), places)
        return [
            replace(one, seen=found.get(one.tab.name, {}).get(one.where, one.where)) if one.tab and one.where else one
            for one in aimed
        ]

    # one sheet ----------------------------------------------------------------------------------------------
    def _mark_sheet(self, tab: Tab, mine: list[_Aimed]) -> None:
        weights: dict[Place, Weight] = {}
        said: dict[Place, list[Said]] = {}
        for one in mine:
            if one.seen:
                weights.setdefault(one.seen, one.problem.weight)  # worst first
                thing = Said(WEIGHTS[one.problem.weight], sentence(one.problem.sentence))
                said.setdefault(one.seen, []).append(thing)
        original = self.package.read(tab.part)
        again = self.book.old is not None and tab.kind == "worksheet"
        if not weights and not again and b"tabSelected" not in original[:20_000]:
            return

        def restyle(row: int, col: int, style: int) -> int:
            base = style
            if again and style in self.styles.ours:
                kept = self.book.before.get(f"{tab.name}!{address(row, col)}")
                base = kept if kept is not None else self.styles.bare(style)
            weight = weights.get((row, col))
            if weight:
                self.before[tab.name, (row, col)] = base
            return self.styles.marked(base, weight) if weight else base

        ours = self.styles.ours if again else ()
        sheet = Sheet(utf8(original), weights.keys(), restyle, ours, deselect=True).run()
        if tab.kind == "worksheet":
            notes = Notes(self.package, tab.part, self.book.namespace, self.book.relations_namespace)
            if said or notes.are_marked:
                notes.write(said, sheet)
            if notes.threads:
                cells = ", ".join(notes.threads)
                self.remarks.append(f"Trang “{tab.name}”, ô {cells} đã có chuỗi trao đổi: chỉ tô màu.")
        changed = sheet.result()
        if changed != original:
            self.package.write(tab.part, changed)

    # the first sheet ----------------------------------------------------------------------------------------
    def _list(self, aimed: list[_Aimed], marked: set[tuple[str, Place]]) -> None:
        kept: set[tuple[str, Place]] = set()
        lines = []
        for one in aimed:
            problem, tab = one.problem, one.tab
            name = tab.name if tab else problem.where.sheet
            keeper = None
            if tab and one.seen and (tab.name, one.seen) in marked and (tab.name, one.seen) not in kept:
                kept.add((tab.name, one.seen))
                keeper = (f"{tab.name}!{address(*one.seen)}", self.before.get((tab.name, one.seen), 0))
            link = ""
            if tab and one.where and not tab.hidden:
                link = "'" + tab.name.replace("'", "''") + "'!" + address(*one.where)
            shown = f"{name} (trang ẩn)" if tab and tab.hidden else name
            said = problem.said if len(problem.said) <= 300 else problem.said[:299] + "…"
            lines.append(
                Line(shown, problem.where.cell, problem.weight, sentence(problem.sentence), said, link, keeper)
            )
        listing = Listing(Intro(self.name, self.moment, self.remarks), lines, self.styles)
        part = self._part()
        self.package.write(part, listing.xml())
        title = self.book.put_first(part)
        self.book.name_ranges(title, listing.last, listing.head)
        self.styles.save()
        self.book.save()

    def _part(self) -> str:
        """The part of the first sheet: that of an earlier check, or a new one."""
        if self.book.old is None:
            return self.package.free("xl/worksheets/sheet{}.xml")
        part = self.book.relations.target(self.book.old.get(self.book.id_key, "")) or ""
        folder, _, name = part.rpartition("/")
        self.package.drop(f"{folder}/_rels/{name}.rels")
        return part


def sentence(words: str) -> str:
    """Beginning with a capital, ending with a full stop."""
    words = words.strip()
    return words[:1].upper() + words[1:] + ("" if words.endswith((".", "!", "?", "…")) else ".")

"""The parts of an xlsx that stand around its sheets: which sheets there are, styles with their fonts, shared texts."""

from __future__ import annotations

import posixpath
import re
import zipfile
from dataclasses import dataclass
from datetime import datetime
from html import unescape
from typing import Any, Final

from lxml import etree

from vungcao.intake.reading.document import CannotRead
from vungcao.intake.reading.fonts import Legacy, decoded, legacy_of
from vungcao.intake.reading.grid import Form, clean, form_of, is_day

MOST_SHEETS: Final = 500
_BUILT_IN: Final = {1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 37: "#,##0", 38: "#,##0",
                    39: "#,##0.00", 40: "#,##0.00"}  # fmt: skip
_DAYS: Final = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}  # built-in formats of days and hours


_PLAIN_TEXT: Final = re.compile(r'<si><t(?: xml:space="preserve")?>([^<]*)</t></si>\s*')
_FEW_TEXTS: Final = 1 << 20  # bytes of a list that may as well be parsed
_GENERAL: Final = form_of("General")


@dataclass(frozen=True, slots=True)
class SheetPart:
    name: str
    part: str
    hidden: bool
    kind: str  # worksheet, chartsheet, dialogsheet, xlMacrosheet …


@dataclass(frozen=True, slots=True)
class Style:
    """What a cell style says that matters to reading; ``legacy``: its font holds letters from before Unicode."""

    code: str = "General"
    is_day: bool = False
    legacy: Legacy | None = None
    form: Form = _GENERAL


class Text:
    """A shared text: plain, or in runs that have fonts of their own."""

    __slots__ = ("plain", "runs")

    def __init__(self, plain: str, runs: list[tuple[str, Legacy | None]] | None = None) -> None:
        self.plain, self.runs = plain, runs

    def read_in(self, legacy: Legacy | None) -> str:
        """The text, where the cell's font is ``legacy``; a run's own font goes before it."""
        if self.runs is not None:
            return clean("".join(decoded(text, own) if own else text for text, own in self.runs))
        if legacy is None or (legacy != "tcvn3_capitals" and self.plain.isascii()):
            return self.plain
        return clean(decoded(self.plain, legacy))


def refuse_entities(content: bytes, part: str) -> None:
    """Raise ``CannotRead`` where a part declares XML entities: no workbook needs them, attacks do."""
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content or "<!DOCTYPE".encode("utf-16-le") in content[:2_000]:
        raise CannotRead("xml_entity", f"Tệp có khai báo thực thể XML (phần {part}): không mở vì có thể gây hại.")


def part_tree(content: bytes, part: str, *, recover: bool = False) -> etree._Element:
    """The XML of a part; entities are refused, nothing is fetched."""
    refuse_entities(content, part)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=recover, huge_tree=True)
    root = etree.fromstring(content, parser)
    if root is None:
        raise CannotRead("broken", f"Tệp bị hỏng: phần {part} không đọc được, đề nghị gửi lại.")
    return root


def said_of(text: etree._Element) -> Text:
    """The text of an ``si`` or ``is`` element; what tells how to pronounce it is passed over."""
    runs: list[tuple[str, Legacy | None]] = []
    own = False
    for child in text:
        tag = etree.QName(child).localname if isinstance(child.tag, str) else ""
        if tag == "t":
            runs.append((child.text or "", None))
        elif tag == "r":
            said = "".join(one.text or "" for one in child.iter("{*}t"))
            font = next((one.get("val", "") for one in child.iter("{*}rFont")), "")
            legacy = legacy_of(font)
            own = own or bool(font)
            runs.append((said, legacy))
    plain = clean("".join(said for said, _ in runs))
    return Text(plain, runs if own and any(legacy for _, legacy in runs) else None)


def _parsed_texts(written: str, part: str) -> list[Text]:
    """Shared texts of a stretch of the list that is not plain."""
    if "<si" not in written:
        return []
    return [said_of(one) for one in part_tree(f"<sst>{written}</sst>".encode(), part).iterchildren("{*}si")]


class Book:
    """An open archive with what its sheets share."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        self.notes: list[tuple[str, str, str]] = []
        self.sheets, self.epoch, self.doubtful = self._workbook()
        if len(self.sheets) > MOST_SHEETS:
            said = f"Tệp có {len(self.sheets)} trang tính, quá {MOST_SHEETS} trang: tách ra rồi gửi lại."
            raise CannotRead("too_many_sheets", said)
        self.styles = self._styles()
        self.plain_style = self.styles.get("0", Style())
        self.strings = self._strings()
        self._notes()

    def _part(self, name: str) -> etree._Element | None:
        if name not in self.archive.NameToInfo:
            return None
        return part_tree(self.archive.read(name), name)

    def _workbook(self) -> tuple[list[SheetPart], datetime, bool]:
        """Sheets in order; the day serial numbers count from; whether results of 0 may only mean "not computed yet"."""
        from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900

        book = self._part("xl/workbook.xml")
        links = self._part("xl/_rels/workbook.xml.rels")
        if book is None:
            raise CannotRead("broken", "Tệp bị hỏng: thiếu phần mô tả sổ tính, đề nghị gửi lại.")
        targets: dict[str, Any] = {} if links is None else {link.get("Id", ""): link for link in links}
        sheets = []
        for number, sheet in enumerate(book.iter("{*}sheet"), start=1):
            link = targets.get(next((value for key, value in sheet.attrib.items() if key.endswith("}id")), ""))
            target = link.get("Target", "") if link is not None else f"worksheets/sheet{number}.xml"
            part = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
            kind = link.get("Type", "").rsplit("/", 1)[-1] if link is not None else "worksheet"
            hidden = sheet.get("state", "visible") != "visible"
            sheets.append(SheetPart(sheet.get("name", ""), part, hidden, kind))
        old = any(about.get("date1904") in ("1", "true") for about in book.iter("{*}workbookPr"))
        doubtful = any(calc.get("fullCalcOnLoad") in ("1", "true") for calc in book.iter("{*}calcPr"))
        return sheets, CALENDAR_MAC_1904 if old else CALENDAR_WINDOWS_1900, doubtful

    def _styles(self) -> dict[str, Style]:
        """Number format and font of each cell style, by its number as written."""
        root = self._part("xl/styles.xml")
        if root is None:
            return {}
        own = {one.get("numFmtId", "0"): one.get("formatCode", "") for one in root.iter("{*}numFmt")}
        fonts = [
            next((name.get("val", "") for name in font.iter("{*}name")), "")
            for block in root.iter("{*}fonts")
            for font in block.iter("{*}font")
        ]
        xfs = next(root.iter("{*}cellXfs"), None)
        found: dict[str, Style] = {}
        for number, xf in enumerate(one for one in (xfs if xfs is not None else []) if isinstance(one.tag, str)):
            about = int(xf.get("numFmtId", "0"))
            code = own.get(str(about)) or _BUILT_IN.get(about, "General")
            font = int(xf.get("fontId", "0"))
            legacy = legacy_of(fonts[font]) if font < len(fonts) else None
            of_days = is_day(code) or (about in _DAYS and str(about) not in own)
            found[str(number)] = Style(code, of_days, legacy, form_of(code))
        return found

    def _strings(self) -> list[Text]:
        """The shared texts; a long list is taken piece by piece, so that its tree is never held whole."""
        name = "xl/sharedStrings.xml"
        if name not in self.archive.NameToInfo:
            return []
        content = self.archive.read(name)
        refuse_entities(content, name)
        if content[:2] in (b"\xff\xfe", b"\xfe\xff") or len(content) < _FEW_TEXTS or b"<si>" not in content:
            return [said_of(one) for one in part_tree(content, name).iterchildren("{*}si")]
        text = content.decode("utf-8", "replace")
        del content
        found: list[Text] = []
        at = end = text.index("<si>")
        for piece in _PLAIN_TEXT.finditer(text, at):
            if piece.start() != end:  # texts in runs, or written in another way, stand between
                found += _parsed_texts(text[end : piece.start()], name)
            said = piece.group(1)
            found.append(Text(clean(unescape(said) if "&" in said else said)))
            end = piece.end()
        return found + _parsed_texts(text[end : text.rfind("</sst>")], name)

    def _notes(self) -> None:
        """What the officer should know of the workbook as a whole: macros not run, links outside not followed."""
        names = self.archive.NameToInfo
        if any(name.lower().endswith("vbaproject.bin") for name in names):
            self.notes.append(("macros.ignored", "", "vbaProject.bin"))
        linked = []
        for name in sorted(names):
            if name.startswith("xl/externalLinks/_rels/") and (root := self._part(name)) is not None:
                linked += [link.get("Target", "") for link in root]
        if linked:
            self.notes.append(("links.outside", "", "; ".join(linked[:5])))

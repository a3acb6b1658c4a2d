"""The workbook part: which sheets there are, in which order; a sheet put first moves every place that counts them."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from lxml import etree
from python_calamine import CalamineError, CalamineWorkbook

from vungcao.intake.marking.package import CONTENT, WORKBOOK, CannotMark, Package, Relations
from vungcao.intake.reading.grid import clean

NAME: Final = "Kết quả kiểm tra"
MARKER: Final = "vungcao:ket-qua-kiem-tra"
KEEPER: Final = 7  # column G: the marker, then each marked cell's address in the style it had
_BEFORE_NAMES: Final = ("fileVersion", "fileSharing", "workbookPr", "workbookProtection", "bookViews", "sheets",
                        "functionGroups", "externalReferences", "AlternateContent", "revisionPtr")  # fmt: skip


@dataclass(frozen=True)
class Tab:
    """A sheet of the workbook: its name, its part, its standing."""

    name: str
    part: str
    kind: str  # worksheet, chartsheet, dialogsheet, xlMacrosheet …
    hidden: bool


class Book:
    """``xl/workbook.xml``: the sheets in order, without the result sheet of an earlier check."""

    def __init__(self, package: Package, content: bytes) -> None:
        self.package = package
        self.root = package.tree(WORKBOOK)
        self.namespace = etree.QName(self.root).namespace or ""
        self.relations = Relations(package, WORKBOOK)
        self.sheets = self.root.find(self._tag("sheets"))
        if self.sheets is None or not len(self.sheets):
            raise CannotMark(f"Tệp “{package.name}” bị hỏng: không có trang tính nào.")
        self.id_key = next((key for key in self.sheets[0].attrib if key.endswith("}id")), "")
        self.relations_namespace = self.id_key[1:].partition("}")[0]
        self.old, self.before = self._earlier(content)
        self.tabs = [self._tab(sheet) for sheet in self.sheets if sheet is not self.old]

    def tab(self, said: str) -> Tab | None:
        """The sheet an officer's problem names; of a workbook with one sheet, that one when no sheet is named."""
        named = [tab for tab in self.tabs if tab.name == said] or [
            tab for tab in self.tabs if clean(tab.name) == clean(said)
        ]
        if named:
            return named[0]
        return self.tabs[0] if not said and len(self.tabs) == 1 else None

    def put_first(self, part: str) -> str:
        """Make ``part`` the first sheet, the one seen on opening; returns its name."""
        old_order = list(self.sheets)
        if self.old is not None:
            sheet = self.old
            sheet.attrib.pop("state", None)
            sheet.set("name", self._free_name())
        else:
            number = max(int(one.get("sheetId", "0")) for one in old_order) + 1
            about = {"name": self._free_name(), "sheetId": str(number)}
            sheet = etree.Element(self._tag("sheet"), about)
            sheet.set(self.id_key, self.relations.add(f"{self.relations_namespace}/worksheet", part))
            self.package.declare(part, CONTENT + "spreadsheetml.worksheet+xml")
        self.sheets.insert(0, sheet)
        places = {old: list(self.sheets).index(one) for old, one in enumerate(old_order)}
        self._shift_names(places, old_order.index(sheet) if self.old is not None else None)
        for view in self.root.iter(self._tag("workbookView")):
            view.attrib.pop("activeTab", None)
            view.attrib.pop("firstSheet", None)
        return str(sheet.get("name"))

    def name_ranges(self, title: str, last_row: int, head: int) -> None:
        """The filter, the repeated head and the printed area of the first sheet."""
        sheet = "'" + title.replace("'", "''") + "'!"
        names = self.root.find(self._tag("definedNames"))
        if names is None:
            names = etree.Element(self._tag("definedNames"))
            ahead = [one for one in self.root if etree.QName(one).localname in _BEFORE_NAMES]
            self.root.insert(self.root.index(ahead[-1]) + 1, names)
        filtered = {"name": "_xlnm._FilterDatabase", "localSheetId": "0", "hidden": "1"}
        for about, said in [
            (filtered, f"{sheet}$A${head}:$F${last_row}"),
            ({"name": "_xlnm.Print_Area", "localSheetId": "0"}, f"{sheet}$A$1:$F${last_row}"),
            ({"name": "_xlnm.Print_Titles", "localSheetId": "0"}, f"{sheet}${head}:${head}"),
        ]:
            etree.SubElement(names, self._tag("definedName"), about).text = said

    def save(self) -> None:
        self.package.plant(WORKBOOK, self.root)

    def _shift_names(self, places: dict[int, int], old: int | None) -> None:
        names = self.root.find(self._tag("definedNames"))
        for name in list(names) if names is not None else []:
            if (said := name.get("localSheetId")) is None:
                continue
            if int(said) == old:
                names.remove(name)
            elif int(said) in places:
                name.set("localSheetId", str(places[int(said)]))

    def _free_name(self) -> str:
        taken = {unicodedata.normalize("NFC", tab.name).casefold() for tab in self.tabs}
        name, number = NAME, 2
        while name.casefold() in taken:
            name, number = f"{NAME} ({number})", number + 1
        return name

    def _tab(self, sheet: etree._Element) -> Tab:
        one = sheet.get(self.id_key, "")
        kinds = [
            relation.get("Type", "").rsplit("/", 1)[-1] for relation in self.relations.root if relation.get("Id") == one
        ]
        hidden = sheet.get("state", "visible") != "visible"
        return Tab(sheet.get("name", ""), self.relations.target(one) or "", kinds[0] if kinds else "", hidden)

    def _earlier(self, content: bytes) -> tuple[etree._Element | None, dict[str, int]]:
        """The result sheet an earlier check put in, and the styles the cells it marked had before."""
        for sheet in self.sheets:
            if not unicodedata.normalize("NFC", sheet.get("name", "")).startswith(NAME):
                continue
            try:
                source = CalamineWorkbook.from_filelike(io.BytesIO(content))
                rows = source.get_sheet_by_name(sheet.get("name", "")).to_python(skip_empty_area=False)
            except CalamineError:
                continue
            kept = [row[KEEPER - 1] if len(row) >= KEEPER else "" for row in rows]
            if MARKER in kept:
                return sheet, self._styles_before(self._tab(sheet).part, kept)
        return None, {}

    def _styles_before(self, part: str, kept: Sequence[object]) -> dict[str, int]:
        styles = {cell.get("r", ""): int(cell.get("s", "0")) for cell in self.package.tree(part).iter(self._tag("c"))}
        return {
            said: styles[f"G{number}"]
            for number, said in enumerate(kept, start=1)
            if isinstance(said, str) and "!" in said and f"G{number}" in styles
        }

    def _tag(self, name: str) -> str:
        return f"{{{self.namespace}}}{name}"

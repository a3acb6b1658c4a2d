"""The stylesheet of a workbook: styles are added at the end, so that no cell that is left alone changes its own."""

from __future__ import annotations

import copy
from typing import Final, Literal

from lxml import etree

from vungcao.intake.marking.package import CONTENT, Package, Relations

PART: Final = "xl/styles.xml"
Weight = Literal["unusable", "contradicting", "notice"]
FILLS: Final[dict[Weight, str]] = {"unusable": "FFF7C4BF", "contradicting": "FFFBDD9A", "notice": "FFC5DDF4"}
WEIGHTS: Final[dict[Weight, str]] = {
    "unusable": "Phải sửa",
    "contradicting": "Cần giải trình",
    "notice": "Lưu ý",
}
MOST_FORMATS: Final = 64_000
_ORDER: Final = ("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs")
_FIRST: Final = {
    "fonts": '<font><sz val="11"/><name val="Calibri"/></font>',
    "fills": '<fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>',
    "borders": "<border><left/><right/><top/><bottom/><diagonal/></border>",
    "cellStyleXfs": '<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>',
    "cellXfs": '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>',
    "cellStyles": '<cellStyle name="Normal" xfId="0" builtinId="0"/>',
}
_NEEDED: Final = ("fonts", "fills", "borders", "cellStyleXfs", "cellXfs")


class Styles:
    """What cells look like; ``ours`` are the styles that bear a colour of an earlier check."""

    def __init__(self, package: Package, namespace: str, relations: Relations, relations_namespace: str) -> None:
        self.package, self.namespace = package, namespace
        self.part = relations.of_kind("styles") or PART
        if self.part in package:
            self.root = package.tree(self.part)
        else:
            self.root = etree.Element(f"{{{namespace}}}styleSheet", nsmap={None: namespace})
            package.plant(self.part, self.root)
            package.declare(self.part, CONTENT + "spreadsheetml.styles+xml")
            relations.add(f"{relations_namespace}/styles", self.part)
            self._section("cellStyles")
        for name in _NEEDED:
            self._section(name)
        self._known: dict[str, dict[bytes, int]] = {}
        self._made: dict[tuple[int, Weight], int] = {}
        self._bare: dict[int, int] = {}
        self.is_full = False
        self.ours = self._marked_before()

    def marked(self, style: int, weight: Weight) -> int:
        """``style`` with the colour of a weight: number format, font, borders and the rest as they were."""
        if (style, weight) not in self._made:
            self._made[style, weight] = self._filled(style, self._fill(FILLS[weight]))
        return self._made[style, weight]

    def bare(self, style: int) -> int:
        """``style`` without a colour."""
        if style not in self._bare:
            self._bare[style] = self._filled(style, 0)
        return self._bare[style]

    def add(self, section: str, xml: str) -> int:
        """The index of a font, fill, border or style, added where there is none like it."""
        return self._index(section, etree.fromstring(f'<r xmlns="{self.namespace}">{xml}</r>')[0])

    def fill(self, weight: Weight) -> int:
        return self._fill(FILLS[weight])

    def save(self) -> None:
        for name in _NEEDED:
            section = self._section(name)
            section.set("count", str(len(section)))
        self.package.plant(self.part, self.root)

    def _fill(self, colour: str) -> int:
        said = f'<patternFill patternType="solid"><fgColor rgb="{colour}"/><bgColor indexed="64"/></patternFill>'
        return self.add("fills", f"<fill>{said}</fill>")

    def _filled(self, style: int, fill: int) -> int:
        styles = self._section("cellXfs")
        if len(styles) >= MOST_FORMATS:
            self.is_full = True
            return style
        own = copy.deepcopy(styles[style] if style < len(styles) else styles[0])
        own.set("fillId", str(fill))
        own.set("applyFill", "1")
        return self._index("cellXfs", own)

    def _index(self, section: str, element: etree._Element) -> int:
        there = self._section(section)
        if section not in self._known:
            self._known[section] = {}
            for index, one in enumerate(there):
                self._known[section].setdefault(_said(one), index)
        said = _said(element)
        if said not in self._known[section]:
            self._known[section][said] = len(there)
            there.append(element)
        return self._known[section][said]

    def _marked_before(self) -> set[int]:
        colours = set(FILLS.values())
        fills = {
            str(index)
            for index, fill in enumerate(self._section("fills"))
            for colour in fill.iter(f"{{{self.namespace}}}fgColor")
            if colour.get("rgb", "").upper() in colours
        }
        return {index for index, xf in enumerate(self._section("cellXfs")) if xf.get("fillId") in fills}

    def _section(self, name: str) -> etree._Element:
        """A section of the stylesheet; made, with what must stand in it, where it is missing."""
        found = self.root.find(f"{{{self.namespace}}}{name}")
        if found is None:
            before = {f"{{{self.namespace}}}{one}" for one in _ORDER[: _ORDER.index(name)]}
            at = sum(1 for one in self.root if one.tag in before)
            found = etree.fromstring(f'<{name} xmlns="{self.namespace}">{_FIRST[name]}</{name}>')
            self.root.insert(at, found)
        return found


def _said(element: etree._Element) -> bytes:
    return bytes(etree.tostring(element, method="c14n", exclusive=True, with_tail=False))

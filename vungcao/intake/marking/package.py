"""A workbook as the zip of parts it is: read safely, a few parts replaced or added, every other copied as it is."""

from __future__ import annotations

import io
import os
import posixpath
import re
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from lxml import etree

from vungcao.intake.reading.opening import LARGEST_FILE, LARGEST_UNZIPPED
from vungcao.kernel.refusal import Refusal

TYPES: Final = "[Content_Types].xml"
WORKBOOK: Final = "xl/workbook.xml"
CONTENT: Final = "application/vnd.openxmlformats-officedocument."
_TYPES_NS: Final = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_RELS_NS: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_SUFFIXES: Final = {
    "application/vnd.ms-excel.sheet.macroEnabled.main+xml": ".xlsm",
    "application/vnd.ms-excel.template.macroEnabled.main+xml": ".xltm",
    CONTENT + "spreadsheetml.template.main+xml": ".xltx",
}


class CannotMark(Refusal):
    """The file can't be given back with marks; ``str()`` says why in Vietnamese."""

    code = "marking.refused"


class Package:
    """The parts of an xlsx or xlsm; nothing is written until ``save``."""

    def __init__(self, name: str, content: bytes) -> None:
        self.name = name
        try:
            self.archive = zipfile.ZipFile(io.BytesIO(content))
        except zipfile.BadZipFile:
            raise CannotMark(f"Tệp “{name}” bị hỏng: phần nén không mở được, đề nghị gửi lại.") from None
        entries = self.archive.infolist()
        if len(content) > LARGEST_FILE or sum(entry.file_size for entry in entries) > LARGEST_UNZIPPED:
            raise CannotMark(f"Tệp “{name}” khi giải nén lớn quá 200 MB nên không mở (có thể là tệp phá hoại).")
        if any(entry.flag_bits & 1 for entry in entries):
            raise CannotMark(f"Tệp “{name}” có mật khẩu: bỏ mật khẩu rồi gửi lại.")
        self._new: dict[str, bytes] = {}
        self._gone: set[str] = set()

    def __contains__(self, part: object) -> bool:
        return part in self._new or (part in self.archive.NameToInfo and part not in self._gone)

    def parts(self) -> Iterator[str]:
        """Names of all parts."""
        yield from (name for name in {**self.archive.NameToInfo, **self._new} if name in self)

    def read(self, part: str) -> bytes:
        if part not in self:
            raise CannotMark(f"Tệp “{self.name}” bị hỏng: thiếu phần {part}.")
        return self._new[part] if part in self._new else self.archive.read(part)

    def write(self, part: str, content: bytes) -> None:
        """Replace or add a part."""
        self._gone.discard(part)
        self._new[part] = content

    def drop(self, part: str) -> None:
        self._new.pop(part, None)
        self._gone.add(part)

    def tree(self, part: str) -> etree._Element:
        """The root of a small XML part; document types are refused."""
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        root = etree.fromstring(self.read(part), parser)
        if root.getroottree().docinfo.doctype:
            raise CannotMark(f"Tệp “{self.name}” có khai báo kiểu tài liệu (DTD) nên không mở.")
        return root

    def plant(self, part: str, root: etree._Element) -> None:
        """Replace or add an XML part by its root."""
        self.write(part, etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))

    def free(self, pattern: str) -> str:
        """The first part name of the pattern (``xl/comments{}.xml``) that nothing bears, whatever the case."""
        taken = {name.lower() for name in self.parts()}
        number = 1
        while pattern.format(number).lower() in taken:
            number += 1
        return pattern.format(number)

    def declare(self, part: str, content_type: str) -> None:
        """Say the content type of a part; vml by its ending, others by name."""
        root = self.tree(TYPES)
        ending = part.rsplit(".", 1)[-1]
        if ending == "vml":
            if any(one.get("Extension", "").lower() == "vml" for one in root.iter(f"{_TYPES_NS}Default")):
                return
            root.insert(0, root.makeelement(f"{_TYPES_NS}Default", {"Extension": "vml", "ContentType": content_type}))
        elif all(one.get("PartName") != f"/{part}" for one in root.iter(f"{_TYPES_NS}Override")):
            etree.SubElement(root, f"{_TYPES_NS}Override", {"PartName": f"/{part}", "ContentType": content_type})
        self.plant(TYPES, root)

    @property
    def suffix(self) -> str:
        """The ending Excel demands for what the workbook says it is."""
        for one in self.tree(TYPES).iter(f"{_TYPES_NS}Override"):
            if one.get("PartName") == f"/{WORKBOOK}":
                return _SUFFIXES.get(one.get("ContentType", ""), ".xlsx")
        return ".xlsx"

    def save(self, out: Path) -> None:
        """Write the workbook whole or not at all."""
        out.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=out.parent, prefix=".", suffix=out.suffix)
        try:
            with os.fdopen(handle, "wb") as stream, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as copy:
                for part, about in self.archive.NameToInfo.items():
                    if part in self:
                        copy.writestr(_like(about), self.read(part))
                for part in sorted(self._new.keys() - self.archive.NameToInfo.keys()):
                    copy.writestr(zipfile.ZipInfo(part, (1980, 1, 1, 0, 0, 0)), self._new[part], zipfile.ZIP_DEFLATED)
            Path(name).chmod(0o644)
            Path(name).replace(out)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise


def _like(about: zipfile.ZipInfo) -> zipfile.ZipInfo:
    same = zipfile.ZipInfo(about.filename, about.date_time)
    packed = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
    same.compress_type = about.compress_type if about.compress_type in packed else zipfile.ZIP_DEFLATED
    same.external_attr, same.create_system = about.external_attr, about.create_system
    return same


class Relations:
    """The relationships of one part."""

    def __init__(self, package: Package, part: str) -> None:
        self.package, self.part = package, part
        folder, name = posixpath.split(part)
        self.path = posixpath.join(folder, "_rels", f"{name}.rels")
        blank = etree.Element(f"{_RELS_NS}Relationships", nsmap={None: _RELS_NS[1:-1]})
        self.root = package.tree(self.path) if self.path in package else blank

    def target(self, one: str) -> str | None:
        """The part a relationship id leads to; None when there is none such inside the file."""
        for relation in self.root:
            if relation.get("Id") == one and relation.get("TargetMode") != "External":
                return self._resolved(relation.get("Target", ""))
        return None

    def of_kind(self, ending: str) -> str | None:
        """The part that the first relationship of a type (by its last word) leads to."""
        for relation in self.root:
            if relation.get("Type", "").endswith(f"/{ending}"):
                return self._resolved(relation.get("Target", ""))
        return None

    def add(self, kind: str, part: str) -> str:
        """A new relationship of type ``kind`` (full address) to a part; returns its id."""
        taken = {relation.get("Id") for relation in self.root}
        number = len(taken) + 1
        while f"rId{number}" in taken:
            number += 1
        about = {"Id": f"rId{number}", "Type": kind, "Target": f"/{part}"}
        etree.SubElement(self.root, f"{_RELS_NS}Relationship", about)
        self.package.plant(self.path, self.root)
        return f"rId{number}"

    def _resolved(self, target: str) -> str:
        if target.startswith("/"):
            return target[1:]
        return posixpath.normpath(posixpath.join(posixpath.dirname(self.part), target))


_UNSAID = re.compile(r"[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def legible(text: str, most: int = 30_000) -> str:
    """Text as a cell or note may hold it: nothing XML forbids, nothing Excel takes for an escape, not too long."""
    kept = _ESCAPE.sub("_x005F_", _UNSAID.sub(" ", text))
    return kept if len(kept) <= most else kept[: most - 1] + "…"

"""A Word package as bytes, every entry at one fixed time: equal papers are equal bytes, compressed once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from io import BytesIO
from typing import Any, Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from docx.opc.pkgwriter import PackageWriter

_PACKED: Final = ("png", "jpg", "jpeg")  # pictures are small already
_LEVEL: Final = 4  # of deflate: text of tables is hardly larger than at 6, and written in half the time
_STILL: Final = (1980, 1, 1, 0, 0, 0)
_PLACE: Final = re.compile("<w:tbl>\u2060vungcao-bieu-([0-9]+)\u2060</w:tbl>".encode())


def table_place(index: int) -> str:
    """What stands in the document's tree where the table of that number is to be set in."""
    return f"\u2060vungcao-bieu-{index}\u2060"


class _StillWriter:
    """Takes the parts of a package from python-docx and writes them without a clock."""

    def __init__(self, book: ZipFile, method: int, tables: Sequence[str]) -> None:
        self._book, self._method, self._tables = book, method, tables

    def write(self, uri: Any, blob: bytes) -> None:
        """One part under its name in the package."""
        if self._tables and uri == "/word/document.xml":
            blob = _PLACE.sub(lambda found: self._tables[int(found[1])].encode(), blob)
        entry = ZipInfo(uri.membername, _STILL)
        entry.compress_type = ZIP_STORED if uri.ext in _PACKED else self._method
        self._book.writestr(entry, blob, compresslevel=_LEVEL)


def packed(document: Any, *, is_last: bool = True, tables: Sequence[str] = ()) -> bytes:
    """The document's package; one that is only handed on (``is_last`` false) is not compressed.

    ``tables`` are set in as XML where their places are: a long paper's tables are never made a tree and unmade again.
    """
    package = document.part.package
    parts = list(package.parts)
    for part in parts:
        part.before_marshal()
    stream = BytesIO()
    with ZipFile(stream, "w") as book:
        writer = _StillWriter(book, ZIP_DEFLATED if is_last else ZIP_STORED, tables)
        PackageWriter._write_content_types_stream(writer, parts)
        PackageWriter._write_pkg_rels(writer, package.rels)
        PackageWriter._write_parts(writer, parts)  # type: ignore[arg-type]  # it only calls write
    return stream.getvalue()

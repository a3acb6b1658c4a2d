"""Opening a file safely: what it really is (by its bytes, not its name), how large it would grow, then its grids."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from pathlib import Path

from vungcao.intake.reading.csvfile import looks_like_csv, read_csv
from vungcao.intake.reading.document import CannotRead
from vungcao.intake.reading.grid import Grid
from vungcao.intake.reading.ods import read_ods
from vungcao.intake.reading.xls import read_xls
from vungcao.intake.reading.xlsx import read_xlsx
from vungcao.intake.reading.xlsxparts import MOST_SHEETS

LARGEST_FILE = 200 * 1024 * 1024
LARGEST_UNZIPPED = 200 * 1024 * 1024
_MOST_GROWN = 60  # times a long list grows when unzipped, at most; what grows more was made to do harm
_MOST_PARTS = 10_000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SUFFIXES = {
    "xlsx": (".xlsx", ".xlsm", ".xltx", ".xltm"), "ods": (".ods", ".ots"), "xls": (".xls", ".xlt"),
    "csv": (".csv", ".tsv", ".txt"),
}  # fmt: skip
_OTHERS = [
    (b"%PDF", "tệp PDF"),
    (b"{\\rtf", "văn bản RTF"),
    (b"\xff\xd8\xff", "tệp ảnh"),
    (b"\x89PNG", "tệp ảnh"),
    (b"GIF8", "tệp ảnh"),
    (b"Rar!", "tệp nén RAR"),
    (b"7z\xbc\xaf", "tệp nén 7z"),
    (b"\x1f\x8b", "tệp nén gzip"),
]


def open_grids(path: Path) -> tuple[str, list[Grid]]:
    """SHA-256 of the file and a grid for each sheet, in order; raises ``CannotRead`` with a sentence."""
    name = path.name
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise CannotRead("not_a_file", f"“{name}” là thư mục, không phải tệp bảng tính.")
        if size == 0:
            raise CannotRead("empty_file", f"Tệp “{name}” rỗng (0 byte): có thể chưa tải xong, đề nghị gửi lại.")
        if size > LARGEST_FILE:
            raise CannotRead("too_large", f"Tệp “{name}” lớn hơn 200 MB nên không đọc.")
        content = path.read_bytes()
    except FileNotFoundError:
        raise CannotRead("not_found", f"Không thấy tệp “{name}”.") from None
    except OSError as error:
        raise CannotRead("not_readable", f"Không mở được tệp “{name}”: {error.strerror}.") from None
    grids = _grids(name, path.suffix.lower(), content)
    if len(grids) > MOST_SHEETS:
        raise CannotRead("too_many_sheets", f"Tệp “{name}” có {len(grids)} trang tính, quá {MOST_SHEETS} trang.")
    kind = kind_of(content) or "csv"
    if grids and path.suffix.lower() not in _SUFFIXES[kind]:
        grids[0].notes.append(("file.wrong_extension", "", f"{name} → {kind}"))
    return hashlib.sha256(content).hexdigest(), grids


def kind_of(content: bytes) -> str:
    """What the bytes are: ``xlsx``, ``ods``, ``xls`` or ``""`` (text)."""
    if content.startswith(b"PK"):
        return "ods" if b"opendocument.spreadsheet" in content[:200] else "xlsx"
    return "xls" if content.startswith(_OLE) else ""


def _grids(name: str, suffix: str, content: bytes) -> list[Grid]:
    try:
        if content.startswith(b"PK"):
            return _zipped(name, content)
        if content.startswith(_OLE):
            return _compound(name, content)
        for start, what in _OTHERS:
            if content.startswith(start):
                raise CannotRead("not_a_workbook", f"“{name}” thực ra là {what}, không phải bảng tính.")
        if suffix in (".csv", ".tsv", ".txt"):
            return [read_csv(content, name=Path(name).stem)]
        if re.match(rb"\s*<", content[:64]):
            said = f"“{name}” là trang web hoặc XML đổi đuôi, không phải bảng tính: mở bằng Excel rồi lưu lại .xlsx."
            raise CannotRead("not_a_workbook", said)
        if looks_like_csv(content):
            return [read_csv(content, name=Path(name).stem)]
    except CannotRead:
        raise
    except (MemoryError, RecursionError):
        raise CannotRead("too_large", f"Tệp “{name}” quá lớn để đọc trên máy này.") from None
    except Exception as error:  # a hostile file may break a parser anywhere: the officer gets a sentence
        said = f"Tệp “{name}” bị hỏng, không đọc được ({type(error).__name__}): đề nghị gửi lại."
        raise CannotRead("broken", said) from error
    raise CannotRead("not_a_workbook", f"“{name}” không phải tệp bảng tính (nhận .xlsx, .xlsm, .xls, .ods, .csv).")


def _zipped(name: str, content: bytes) -> list[Grid]:
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except zipfile.BadZipFile:
        raise CannotRead("broken", f"Tệp “{name}” bị hỏng: phần nén không mở được, đề nghị gửi lại.") from None
    with archive:
        entries = archive.infolist()
        grown = sum(entry.file_size for entry in entries)
        if grown > LARGEST_UNZIPPED and len(content) * _MOST_GROWN >= grown and len(entries) <= _MOST_PARTS:
            said = (
                f"Tệp “{name}” giải nén ra {grown >> 20} MB, quá 200 MB (chừng 250.000 dòng × 20 cột) nên không đọc: "
            )
            raise CannotRead("too_large", said + "đề nghị tách thành nhiều tệp.")
        if grown > LARGEST_UNZIPPED or len(entries) > _MOST_PARTS:
            said = f"Tệp “{name}” khi giải nén lớn quá 200 MB nên không mở (có thể là tệp phá hoại)."
            raise CannotRead("zip_bomb", said)
        if any(entry.flag_bits & 1 for entry in entries):
            raise CannotRead("password", f"Tệp “{name}” có mật khẩu: bỏ mật khẩu rồi gửi lại.")
        names = {entry.filename for entry in entries}
        if "xl/workbook.xml" in names:
            return read_xlsx(archive)
        if "content.xml" in names and b"spreadsheet" in _read_safely(archive, "mimetype", names):
            if b"encryption-data" in _read_safely(archive, "META-INF/manifest.xml", names):
                raise CannotRead("password", f"Tệp “{name}” có mật khẩu: bỏ mật khẩu rồi gửi lại.")
            return read_ods(archive)
        if "xl/workbook.bin" in names:
            raise CannotRead("xlsb", f"“{name}” là bảng tính nhị phân (.xlsb): mở bằng Excel rồi lưu lại .xlsx.")
        if "word/document.xml" in names:
            raise CannotRead("not_a_workbook", f"“{name}” thực ra là văn bản Word, không phải bảng tính.")
    raise CannotRead("not_a_workbook", f"“{name}” là tệp nén, không phải bảng tính.")


def _read_safely(archive: zipfile.ZipFile, part: str, names: set[str]) -> bytes:
    if part not in names:
        return b""
    with archive.open(part) as stream:
        return stream.read(1_000_000)


def _compound(name: str, content: bytes) -> list[Grid]:
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise CannotRead("password", f"Tệp “{name}” có mật khẩu: bỏ mật khẩu rồi gửi lại.")
    if "WordDocument".encode("utf-16-le") in content and "Workbook".encode("utf-16-le") not in content:
        raise CannotRead("not_a_workbook", f"“{name}” thực ra là văn bản Word (.doc), không phải bảng tính.")
    return read_xls(name, content)

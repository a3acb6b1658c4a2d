"""Heads of the chain that left the database: said as ``NO:DIGEST``, kept in a file, printed on papers.

Who owns the database can rebuild the chain and its list of released heads. What was printed, exported or written
beside the database before still says what the chain was.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from vungcao.kernel.refusal import Refusal

SHORTEST: Final = 16  # hex digits: fewer could be met by trying
PRINTED: Final = 32
_HEAD: Final = re.compile(rf"(\d{{1,18}})\s*:\s*([0-9a-f]{{{SHORTEST},64}})(?![0-9a-f])", re.IGNORECASE)
_ON_PAPER: Final = re.compile(rf"đầu chuỗi nhật ký\s*{_HEAD.pattern}", re.IGNORECASE)
_TAGS: Final = re.compile(r"<[^>]*>")
_LARGEST: Final = 4_000_000  # bytes of one part of a paper, or of a list of heads


class NotAHead(Refusal):
    """Neither ``NO:DIGEST`` nor a file that holds some."""

    code = "audit.not_a_head"


@dataclass(frozen=True)
class Head:
    """The link of act ``no``, at least its first digits, and where it was said."""

    no: int
    digest: str
    where: str

    def __str__(self) -> str:
        return f"{self.no}:{self.digest[:PRINTED]}"


def said(text: str, where: str = "dòng lệnh") -> Head:
    """One head as an officer types it. Raises ``NotAHead``."""
    found = _HEAD.fullmatch(text.strip())
    if found is None:
        raise NotAHead(
            _("Đầu chuỗi %(text)r không đọc được: viết SỐ:MÃ như in ở chân báo cáo (mã từ %(shortest)s chữ số).")
            % {"text": text, "shortest": SHORTEST}
        )
    return Head(int(found[1]), found[2].lower(), where)


def in_file(path: Path) -> list[Head]:
    """The heads that a list (one a line, then anything) or a Word paper holds. Raises ``NotAHead`` where none is."""
    if not path.is_file():
        raise NotAHead(_("Không thấy tệp %(name)s.") % {"name": path.name})
    found = list(_on_paper(path) if zipfile.is_zipfile(path) else _listed(path))
    if not found:
        raise NotAHead(_("Tệp %(name)s không có đầu chuỗi nào (dạng SỐ:MÃ).") % {"name": path.name})
    return found


def _listed(path: Path) -> Iterator[Head]:
    with path.open(encoding="utf-8", errors="replace") as lines:
        for line in lines.read(_LARGEST).splitlines():
            found = _HEAD.match(line.strip())
            if found:
                yield Head(int(found[1]), found[2].lower(), path.name)


def _on_paper(path: Path) -> Iterator[Head]:
    try:
        with zipfile.ZipFile(path) as parts:
            for part in parts.infolist():
                if part.filename.startswith("word/") and part.filename.endswith(".xml") and part.file_size < _LARGEST:
                    text = _TAGS.sub("", parts.read(part).decode("utf-8", "replace"))
                    for found in _ON_PAPER.finditer(text):
                        yield Head(int(found[1]), found[2].lower(), path.name)
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError):
        raise NotAHead(_("Tệp %(name)s hỏng, không đọc được đầu chuỗi.") % {"name": path.name}) from None


# what is kept beside the database ------------------------------------------------------------------------------
def kept_file() -> Path:
    """The list in ``VUNGCAO_HOME`` to which each released head is added; one for each database used from there."""
    name = re.sub(r"\W+", "-", Path(str(settings.DATABASES["default"]["NAME"])).stem) or "database"
    home: Path = settings.HOME
    return home / f"heads-{name}.txt"


def keep(head: Head) -> None:
    """Add a head to the list beside the database."""
    write(head, kept_file())


def write(head: Head, path: Path) -> None:
    """Add one line to a list of heads: ``NO:DIGEST``, time, what for."""
    with path.open("a", encoding="utf-8") as lines:
        lines.write(f"{head.no}:{head.digest}  {timezone.localtime():%d/%m/%Y %H:%M}  {head.where}\n")


def kept() -> list[Head]:
    """The list beside the database; none where no head was ever released."""
    path = kept_file()
    return list(_listed(path)) if path.is_file() else []


def on_papers(folder: Path) -> list[Head]:
    """Heads printed on the Word papers that lie in a folder; a paper without one, or a broken one, says nothing."""
    found: list[Head] = []
    for path in sorted(folder.rglob("*.docx")) if folder.is_dir() else []:
        try:
            found += in_file(path)
        except NotAHead:
            continue
    return found


def alike(heads: Iterable[Head]) -> dict[tuple[int, str], list[Head]]:
    """Heads by number and first digits: the same head said in several places is one."""
    found: dict[tuple[int, str], list[Head]] = {}
    for head in heads:
        found.setdefault((head.no, head.digest[:SHORTEST]), []).append(head)
    return found

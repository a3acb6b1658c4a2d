"""Giving marked copies back after an import: one for each file that has problems, into a folder of their own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from vungcao.intake.marking.book import MARKER, NAME
from vungcao.intake.marking.marker import Marked, mark
from vungcao.intake.marking.package import CannotMark
from vungcao.intake.reading import Sheet
from vungcao.kernel.refusal import Problem

NOT_COPIED: Final = {
    "paper.secret": "văn bản có dấu MẬT nên không lập bản sao.",
    "persons.listed": "tệp có danh sách người nên không lập bản sao.",
}


@dataclass
class Returned:
    """The copies made, and a sentence for each file that got none."""

    marked: list[Marked] = field(default_factory=list)
    unmarked: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        made = [{"path": str(one.path), "converted": one.converted, "note": one.note} for one in self.marked]
        return {"marked": made, "unmarked": self.unmarked}


def is_list(sheet: Sheet) -> bool:
    """The sheet of problems a marked copy begins with: it is ours, and no table to take in."""
    return sheet.name.startswith(NAME) and any(MARKER in warned.said for warned in sheet.warnings)


def refuse_within(folder: Path, sources: Iterable[Path]) -> None:
    """Raise ``CannotMark`` where copies would come to lie among the files to be read."""
    for source in sources:
        if source.is_dir() and folder.resolve().is_relative_to(source.resolve()):
            raise CannotMark(f"Thư mục trả lại “{folder}” nằm trong thư mục nạp “{source}”: chọn thư mục khác.")


def give_back(files: Sequence[Path], problems: Sequence[Problem], folder: Path) -> Returned:
    """Mark each of ``files`` that has problems (told by file name) into ``folder``."""
    returned = Returned()
    names = Counter(path.name for path in files)
    stems = Counter(path.stem.casefold() for path in files)
    for path in files:
        mine = [problem for problem in problems if problem.where.file == path.name]
        if not mine:
            continue
        try:
            _refuse(path, mine, names)
            alone = stems[path.stem.casefold()] == 1
            stem = path.stem if alone else f"{path.stem} ({path.suffix.lstrip('.').lower()})"
            returned.marked.append(mark(path, mine, folder / f"{stem}.xlsx"))
        except CannotMark as refusal:
            returned.unmarked.append(f"{path.name}: {refusal}")
    return returned


def _refuse(path: Path, problems: Sequence[Problem], names: Counter[str]) -> None:
    for problem in problems:
        if problem.code in NOT_COPIED:
            raise CannotMark(NOT_COPIED[problem.code])
    if names[path.name] > 1:
        raise CannotMark("có nhiều tệp cùng tên này nên không rõ lỗi thuộc tệp nào; nạp từng thư mục một.")

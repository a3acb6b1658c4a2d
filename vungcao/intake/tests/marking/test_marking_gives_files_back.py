"""After an import each file with problems comes back marked, and what may not be copied does not."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pytest

from vungcao.intake.marking import CannotMark, give_back, is_list, mark, refuse_within
from vungcao.intake.reading import read_workbook
from vungcao.intake.tests.marking.books import AT, LIST, TABLE, problem, written
from vungcao.kernel.refusal import Cell, Problem


def about(path: Path, code: str = "vi.du") -> Problem:
    return Problem(Cell(path.name, TABLE, "C6"), code, "", "sai")


def test_only_files_with_problems_come_back(tmp_path: Path) -> None:
    wrong, right = written(tmp_path / "sai.xlsx"), written(tmp_path / "dung.xlsx")
    returned = give_back([wrong, right], [about(wrong)], tmp_path / "tra-lai")
    assert [one.path for one in returned.marked] == [tmp_path / "tra-lai" / "sai.xlsx"]
    assert returned.unmarked == []
    assert [one.name for one in (tmp_path / "tra-lai").iterdir()] == ["sai.xlsx"]


def test_two_formats_of_one_name_do_not_write_over_each_other(tmp_path: Path) -> None:
    first = written(tmp_path / "bieu.xlsx")
    (tmp_path / "bieu.csv").write_text("A;B\n1;2\n", encoding="utf-8")
    files = [first, tmp_path / "bieu.csv"]
    returned = give_back(files, [about(path) for path in files], tmp_path / "out")
    assert sorted(one.path.name for one in returned.marked) == ["bieu (csv).xlsx", "bieu (xlsx).xlsx"]


def test_two_files_of_one_name_are_not_mistaken_for_each_other(tmp_path: Path) -> None:
    first = written(tmp_path / "bieu.xlsx")
    (tmp_path / "b").mkdir()
    second = Path(shutil.copy(first, tmp_path / "b" / "bieu.xlsx"))
    returned = give_back([first, second], [about(first)], tmp_path / "out")
    assert returned.marked == [] and "cùng tên" in returned.unmarked[0]


@pytest.mark.parametrize("code", ["paper.secret", "persons.listed"])
def test_secret_papers_and_lists_of_persons_are_not_copied(tmp_path: Path, code: str) -> None:
    source = written(tmp_path / "bieu.xlsx")
    returned = give_back([source], [about(source), about(source, code)], tmp_path / "out")
    assert returned.marked == [] and len(returned.unmarked) == 1
    assert not (tmp_path / "out").exists()


def test_a_file_that_cannot_be_marked_is_a_sentence_beside_the_others(tmp_path: Path) -> None:
    broken = tmp_path / "hong.xlsx"
    broken.write_bytes(b"PK\x03\x04 xl/workbook.xml")
    good = written(tmp_path / "tot.xlsx")
    returned = give_back([broken, good], [about(broken), about(good)], tmp_path / "out")
    assert [one.path.name for one in returned.marked] == ["tot.xlsx"]
    assert returned.unmarked[0].startswith("hong.xlsx: ") and "hỏng" in returned.unmarked[0]


def test_copies_do_not_come_to_lie_among_the_files_read(tmp_path: Path) -> None:
    with pytest.raises(CannotMark):
        refuse_within(tmp_path / "tra-lai", [tmp_path])
    refuse_within(tmp_path / "tra-lai", [tmp_path / "tra", written(tmp_path / "a.xlsx")])


def test_the_list_of_a_marked_copy_is_known_when_it_is_read(tmp_path: Path) -> None:
    made = mark(written(tmp_path / "a.xlsx"), [problem("C6")], tmp_path / "out.xlsx", at=AT)
    listed = [sheet.name for sheet in read_workbook(made.path).sheets if is_list(sheet)]
    assert listed == [LIST]
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    book[TABLE].title = LIST  # a table of the officer's own by that name
    book.save(tmp_path / "mine.xlsx")
    assert [is_list(sheet) for sheet in read_workbook(tmp_path / "mine.xlsx").sheets if sheet.name == LIST] == [False]


def test_a_marked_copy_reads_as_the_file_it_was_made_of(tmp_path: Path) -> None:
    source = written(tmp_path / "a.xlsx")
    made = mark(source, [problem("C6"), problem("A1"), problem("Z60")], tmp_path / "out.xlsx", at=AT)
    before = [sheet.as_json() for sheet in read_workbook(source).sheets]
    after = [sheet.as_json() for sheet in read_workbook(made.path).sheets if not is_list(sheet)]
    assert after == before

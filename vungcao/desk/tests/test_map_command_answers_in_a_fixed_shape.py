"""`vungcao map`: exit codes, JSON of a fixed shape, and what an officer reads."""

from __future__ import annotations

import json

import pytest

from vungcao.desk.commands import mapping
from vungcao.intake.tests import papers
from vungcao.intake.tests.conftest import cao_bang, loaded_once
from vungcao.intake.tests.observations.count_papers import MOVEMENT
from vungcao.intake.tests.observations.test_counts_enter_as_observations import with_row

pytestmark = pytest.mark.django_db
__all__ = ["cao_bang", "loaded_once"]  # fixtures of the door's own tests
ROW = {"said", "kind", "code", "name", "reporter", "since", "until", "by", "act"}


@pytest.fixture
def said(commanding):
    """Run `vungcao …`: (exit code, what was printed)."""
    return commanding(mapping)


def answer(said, *words):
    code, printed = said(*words, "--json")
    assert code == 0, printed.err
    return json.loads(printed.out)


def test_a_mapping_is_remembered_listed_and_taken_back(said, cao_bang):
    words = ("map", "Nam Tuan 1", "01660", "--kind", "place", "--reporter", "UBND-04.051", "--since", "01/01/2024")
    made = answer(said, *words, "--until", "31/12/2024")
    assert (set(made), set(made["mapping"]), made["new"]) == ({"mapping", "new", "ended"}, ROW, True)
    row = made["mapping"]
    assert (row["code"], row["name"], row["reporter"]) == ("01660", "Xã Nam Tuấn", "UBND-04.051")
    assert (row["since"], row["until"]) == ("2024-01-01", "2024-12-31")
    assert answer(said, "map", "--list")["mappings"] == [row]
    gone = answer(said, "map", "nam tuan 1", "--undo", "--reporter", "UBND-04.051")
    assert (set(gone), [one["said"] for one in gone["ended"]]) == ({"ended", "drafts", "kept"}, ["Nam Tuan 1"])
    assert answer(said, "map", "--list") == {"mappings": []}


def test_the_later_meaning_says_which_one_it_ends(said, cao_bang):
    said("map", "Nam Tuan 1", "01660", "--kind", "place", "--since", "2024-01-01")
    code, printed = said("map", "Nam Tuan 1", "01657", "--kind", "place", "--since", "2024-01-01")
    assert code == 0
    assert "Đã nhớ: “Nam Tuan 1” là Xã Dân Chủ" in printed.out
    assert "Thôi hiểu trong những ngày ấy: “Nam Tuan 1” là Xã Nam Tuấn" in printed.out


def test_undo_names_the_drafts_that_relied_on_it(said, cao_bang):
    said("map", "Nam Tuan 1", "01660", "--kind", "place", "--since", "2024-01-01", "--until", "2024-12-31")
    paper = with_row(with_row(MOVEMENT, 1, {1: "Nam Tuan 1"}), 2, {1: "Xã Chưa Rõ"})
    assert said("import", str(papers.write(cao_bang / "bieu.xlsx", paper)), "--commit")[0] == 1
    code, printed = said("map", "Nam Tuan 1", "--undo")
    assert code == 0
    assert "Bản nháp dựa vào cách hiểu này" in printed.out and "bieu.xlsx" in printed.out


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("map", "Tên", "không-có-mã-này"), "Không có"),
        (("map", "Tên"), "Thiếu mã"),
        (("map", "Tên", "--undo"), "chưa có cách hiểu nào để rút"),
        (("map", "Tên", "01660", "--kind", "place", "--since", "2024-02-01", "--until", "2024-01-01"), "đứng trước"),
        (("map", "Tên", "01660", "--reporter", "Không đơn vị nào"), "Không có đơn vị nào"),
    ],
)
def test_what_cannot_be_mapped_is_refused_with_a_sentence(said, cao_bang, words, sentence):
    code, printed = said(*words)
    assert (code, printed.out) == (2, "")
    assert sentence in printed.err
